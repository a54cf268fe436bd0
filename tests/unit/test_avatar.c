/* Initials on a colour: the same every time, and legible. */
#include "pages/avatar.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

static double linear(unsigned value)
{
    double part = value / 255.0;
    return part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4);
}

static void white_is_legible_on_every_colour(void **state)
{
    (void)state;
    for (size_t i = 0; i < AVATAR_COLOURS; i++) {
        unsigned red;
        unsigned green;
        unsigned blue;
        assert_int_equal(sscanf(avatar_colour(i), "#%2x%2x%2x", &red, &green, &blue), 3);
        double light = 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
        assert_true(1.05 / (light + 0.05) >= 4.5);
    }
}

static void a_name_keeps_its_colour(void **state)
{
    (void)state;
    assert_int_equal(avatar_number(STR("Jo Tremblay")), avatar_number(STR("Jo Tremblay")));
    assert_int_equal(avatar_number(STR("Jo Tremblay")), 21);
    assert_int_equal(avatar_number(STR("Zoë Ó Briain")), 18);
}

static void initials_cannot_add_markup(void **state)
{
    struct buf out = {0};
    (void)state;
    avatar_write(STR("<b> &"), STR("<&"), &out);
    assert_true(str_has(buf_str(&out), STR(">&lt;&amp;</text></svg>")));
    assert_true(
        str_starts(buf_str(&out), STR("<svg class=\"avatar\" viewBox=\"0 0 96 96\" aria-hidden")));
    buf_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(white_is_legible_on_every_colour),
        cmocka_unit_test(a_name_keeps_its_colour),
        cmocka_unit_test(initials_cannot_add_markup),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
