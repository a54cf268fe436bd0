/* The site's colours: whatever two are given, everything made of them can be read. */
#include "pages/stylesheets.h"
#include "site/brand.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct colour parsed(const char *text)
{
    struct colour colour = {0};
    assert_true(colour_parse(str_from(text), &colour));
    return colour;
}

static void colours_are_written_in_four_ways(void **state)
{
    struct colour colour = {1, 2, 3};
    (void)state;
    static const char *const good[] = {"#aabbcc", "AABBCC", "#abc", "abc"};
    static const char *const bad[] = {"",    "#",        "#abcd",      "#12345", "#gggggg",
                                      "red", "#1234567", "rgb(1,2,3)", "#fff;}"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        colour = parsed(good[i]);
        assert_int_equal(colour.red, 0xaa);
        assert_int_equal(colour.blue, 0xcc);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(colour_parse(str_from(bad[i]), &colour));
}

/* The examples of WCAG's techniques and of common checkers. */
static void contrast_is_that_of_wcag(void **state)
{
    (void)state;
    assert_true(fabs(colour_contrast(parsed("#000"), parsed("#fff")) - 21) < 0.001);
    assert_true(fabs(colour_contrast(parsed("#777"), parsed("#fff")) - 4.478) < 0.001);
    assert_true(fabs(colour_contrast(parsed("#ffff00"), parsed("#fff")) - 1.074) < 0.001);
    assert_true(fabs(colour_contrast(parsed("#123456"), parsed("#123456")) - 1) < 0.001);
}

static void a_colour_survives_the_way_to_oklch_and_back(void **state)
{
    (void)state;
    for (unsigned i = 0; i < 4096; i++) {
        struct colour colour = {(uint8_t)((i >> 8) * 17), (uint8_t)((i >> 4 & 15) * 17),
                                (uint8_t)((i & 15) * 17)};
        struct colour back = colour_from_lch(colour_to_lch(colour));
        assert_true(abs(back.red - colour.red) <= 1 && abs(back.green - colour.green) <= 1 &&
                    abs(back.blue - colour.blue) <= 1);
    }
}

static void can_be_read(struct colour text, struct colour behind)
{
    if (colour_contrast(text, behind) < BRAND_CONTRAST)
        fail_msg("#%02x%02x%02x on #%02x%02x%02x has %.2f to 1", text.red, text.green, text.blue,
                 behind.red, behind.green, behind.blue, colour_contrast(text, behind));
}

static void scheme_can_be_read(const struct brand_scheme *scheme)
{
    const struct colour grounds[] = {scheme->paper, scheme->shade};
    for (size_t i = 0; i < 2; i++) {
        can_be_read(scheme->ink, grounds[i]);
        can_be_read(scheme->soft, grounds[i]);
        can_be_read(scheme->main, grounds[i]);
        can_be_read(scheme->main_deep, grounds[i]);
        can_be_read(scheme->accent, grounds[i]);
    }
    can_be_read(scheme->on_main, scheme->main);
    can_be_read(scheme->on_main, scheme->main_deep);
}

static void whatever_is_given_can_be_read(void **state)
{
    struct brand brand;
    (void)state;
    brand_make(NULL, NULL, &brand);
    scheme_can_be_read(&brand.light);
    scheme_can_be_read(&brand.dark);
    for (unsigned i = 0; i < 512; i++) {
        struct colour main = {(uint8_t)((i >> 6) * 36), (uint8_t)((i >> 3 & 7) * 36),
                              (uint8_t)((i & 7) * 36)};
        struct colour accent = {main.blue, main.red, main.green};
        brand_make(&main, &accent, &brand);
        scheme_can_be_read(&brand.light);
        scheme_can_be_read(&brand.dark);
    }
}

static void a_readable_colour_is_used_as_it_is(void **state)
{
    struct brand brand;
    struct colour nearest;
    struct colour main = parsed("#7a1f3d");
    struct colour yellow = parsed("#ffd400");
    (void)state;
    brand_make(&main, NULL, &brand);
    assert_memory_equal(&brand.light.main, &main, sizeof main);
    assert_true(brand_reaches(&brand, main, &nearest));
    assert_false(brand_reaches(&brand, yellow, &nearest));
    can_be_read(nearest, brand.light.shade);
    assert_true(colour_contrast(nearest, brand.light.shade) < BRAND_CONTRAST + 0.2);
}

/* What layouts see of a site without colours of its own is what its stylesheet shows. */
static void the_stylesheet_has_the_same_defaults(void **state)
{
    static char css[65536];
    struct brand brand;
    FILE *file = fopen("assets/style.css", "rb");
    (void)state;
    assert_non_null(file);
    css[fread(css, 1, sizeof css - 1, file)] = '\0';
    (void)fclose(file);
    brand_make(NULL, NULL, &brand);
    const struct brand_scheme *schemes[] = {&brand.light, &brand.dark};
    const char *at = css;
    for (size_t i = 0; i < 2; i++) {
        const struct {
            const char *name;
            struct colour colour;
        } rows[] = {{"paper", schemes[i]->paper},
                    {"shade", schemes[i]->shade},
                    {"ink", schemes[i]->ink},
                    {"soft", schemes[i]->soft},
                    {"rule", schemes[i]->rule},
                    {"brand", schemes[i]->main},
                    {"brand-deep", schemes[i]->main_deep},
                    {"on-brand", schemes[i]->on_main},
                    {"accent", schemes[i]->accent}};
        for (size_t j = 0; j < sizeof rows / sizeof *rows; j++) {
            char line[64];
            (void)snprintf(line, sizeof line, "--%s: #%02x%02x%02x;", rows[j].name,
                           rows[j].colour.red, rows[j].colour.green, rows[j].colour.blue);
            at = strstr(at, line);
            if (!at)
                fail_msg("assets/style.css has no %s where it should", line);
        }
    }
}

static void the_sheet_holds_only_what_is_given(void **state)
{
    struct brand brand;
    struct buf out = {0};
    struct colour accent = parsed("#a23c1a");
    (void)state;
    brand_make(NULL, NULL, &brand);
    stylesheet_brand(&brand, &out);
    assert_int_equal(out.len, 0);
    brand_make(NULL, &accent, &brand);
    stylesheet_brand(&brand, &out);
    assert_true(str_starts(buf_str(&out),
                           STR("@media screen{:root:root{--accent:#a23c1a;}}\n@media screen and "
                               "(prefers-color-scheme:dark){:root:root{--accent:#")));
    assert_false(str_has(buf_str(&out), STR("--paper")));
    buf_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(colours_are_written_in_four_ways),
        cmocka_unit_test(contrast_is_that_of_wcag),
        cmocka_unit_test(a_colour_survives_the_way_to_oklch_and_back),
        cmocka_unit_test(whatever_is_given_can_be_read),
        cmocka_unit_test(a_readable_colour_is_used_as_it_is),
        cmocka_unit_test(the_stylesheet_has_the_same_defaults),
        cmocka_unit_test(the_sheet_holds_only_what_is_given),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
