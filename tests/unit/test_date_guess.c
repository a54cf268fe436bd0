/* Dates in other forms: what can only be one day is read, what could be two is not. */
#include "base/date.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>

static void check(const char *text, const char *wanted)
{
    struct date_time time;
    char found[32] = "";
    if (date_guess(str_from(text), &time)) {
        int len = snprintf(found, sizeof found, "%04d-%02d-%02d", time.year, time.month, time.day);
        if (time.has_time)
            snprintf(found + len, sizeof found - (size_t)len, " %02d:%02d", time.hour, time.minute);
    }
    if (str_cmp(str_from(found), str_from(wanted)) != 0)
        fail_msg("'%s' gives '%s' and not '%s'", text, found, wanted);
}

static void one_day_is_found_in_many_forms(void **state)
{
    (void)state;
    check("2026/03/01", "2026-03-01");
    check("2026.3.1", "2026-03-01");
    check("1 March 2026", "2026-03-01");
    check("March 1, 2026", "2026-03-01");
    check("March 1st, 2026", "2026-03-01");
    check("1er mars 2026", "2026-03-01");
    check("3 février 2026", "2026-02-03");
    check("14 juillet 2026", "2026-07-14");
    check("14 juin 2026", "2026-06-14");
    check("24 Dec 2026", "2026-12-24");
    check("13/3/2026", "2026-03-13");
    check("3/13/2026", "2026-03-13");
    check("3.3.2026", "2026-03-03");
    check("29 February 2028", "2028-02-29");
}

static void times_of_day_are_understood(void **state)
{
    (void)state;
    check("2026-03-01 18h30", "2026-03-01 18:30");
    check("2026-03-01 6:30 pm", "2026-03-01 18:30");
    check("2026/03/01T18:30", "2026-03-01 18:30");
    check("1 March 2026, 12 am", "2026-03-01 00:00");
    check("1 March 2026 12:05 p.m.", "2026-03-01 12:05");
    check("1 mars 2026 18 h", "2026-03-01 18:00");
}

static void what_could_be_two_days_or_none_is_not_guessed(void **state)
{
    static const char *const texts[] = {"3/4/2026",
                                        "1/3/26",
                                        "soon",
                                        "March 2026",
                                        "2026",
                                        "32 March 2026",
                                        "29 February 2026",
                                        "2026/13/01",
                                        "1 Brumaire 2026",
                                        "Sunday 1 March 2026",
                                        "2026/03/01 25:00",
                                        "",
                                        "2026/03/01 18",
                                        "2026/03/01 13:00 pm",
                                        "2026/03/01 18:3",
                                        "2026/03/01 and more",
                                        "99999999999999999999/03/01",
                                        "20260301",
                                        "March March 2026",
                                        "1 2 3 4"};
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        check(texts[i], "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_day_is_found_in_many_forms),
        cmocka_unit_test(times_of_day_are_understood),
        cmocka_unit_test(what_could_be_two_days_or_none_is_not_guessed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
