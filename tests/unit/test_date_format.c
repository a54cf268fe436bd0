/* strftime as Ruby has it: the expected texts are what Ruby's Time#strftime prints. */
#include "base/buf.h"
#include "base/date.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

/* Friday 1 July 2022, 09:05:07 at +01:00 */
static const struct date_time MORNING = {.year = 2022,
                                         .month = 7,
                                         .day = 1,
                                         .hour = 9,
                                         .minute = 5,
                                         .second = 7,
                                         .has_time = true,
                                         .has_zone = true,
                                         .offset = 3600};

static void check(const struct date_time *time, const char *format, const char *expected)
{
    struct buf out = {0};

    date_format(&out, time, str_from(format), STR("BST"), NULL);
    if (strcmp(out.ptr == NULL ? "" : out.ptr, expected) != 0)
        fail_msg("%s: '%s', not '%s'", format, out.ptr, expected);
    buf_release(&out);
}

static void each_conversion_prints_its_field(void **state)
{
    static const char *const cases[][2] = {
        {"%Y %C %y %G %g", "2022 20 22 2022 22"},
        {"%m %B %b %h", "07 July Jul Jul"},
        {"%d|%e|%j", "01| 1|182"},
        {"%H|%k|%I|%l", "09| 9|09| 9"},
        {"%M %S %L %N %3N %6N", "05 07 000 000000000 000 000000"},
        {"%p %P", "AM am"},
        {"%z %:z %::z %:::z %Z", "+0100 +01:00 +01:00:00 +01 BST"},
        {"%A %a %u %w", "Friday Fri 5 5"},
        {"%U %W %V", "26 26 26"},
        {"%s", "1656662707"},
        {"%D %x", "07/01/22 07/01/22"},
        {"%F %T %X %R", "2022-07-01 09:05:07 09:05:07 09:05"},
        {"%r", "09:05:07 AM"},
        {"%c", "Fri Jul  1 09:05:07 2022"},
        {"%v", " 1-JUL-2022"},
        {"%+", "Fri Jul  1 09:05:07 BST 2022"},
        {"%n%t%%", "\n\t%"},
        {"%Ec %Od", "Fri Jul  1 09:05:07 2022 01"},
        {"", ""},
        {"no conversion at all", "no conversion at all"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check(&MORNING, cases[i][0], cases[i][1]);
}

static void flags_and_widths_change_padding_and_case(void **state)
{
    static const char *const cases[][2] = {
        {"%-d %-m %-H %-I %-M %-j %-y", "1 7 9 9 5 182 22"},
        {"%-e|%-k|%-l", "1|9|9"},
        {"%_d|%_m|%_H|%_j", " 1| 7| 9|182"},
        {"%0e|%0k|%0l", "01|09|09"},
        {"%^A %^b %#A %#p %#Z", "FRIDAY JUL FRIDAY am bst"},
        {"%10A|%010A|%-10A|%^10a", "    Friday|0000Friday|Friday|       FRI"},
        {"%5d|%_5d|%05e|%8Y", "00001|    1|00001|00002022"},
        {"%10z|%_10z|%-z|%_z|%_2z|%06:::z", "+000000100|      +100|+0100| +100| +100|+00001"},
        {"%10:z|%_10:z|%-:z", "+000001:00|     +1:00|+01:00"},
        {"%12F|%5%|%3t|", "  2022-07-01|    %|  \t|"},
        {"%^c|%#c|%#x", "FRI JUL  1 09:05:07 2022|Fri Jul  1 09:05:07 2022|07/01/22"},
        {"%^P %#P %P", "AM AM am"},
        {"%010p|%_10p|%-P", "00000000AM|        AM|am"},
        {"%12N %05L %_L %-N", "000000000000 00000 000 000000000"},
        {"%-_0d", "1"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check(&MORNING, cases[i][0], cases[i][1]);
}

static void negative_numbers_keep_their_sign_in_front(void **state)
{
    struct date_time time = date_from_seconds(-12345, 0);

    (void)state;
    check(&time, "%s|%8s|%_8s|%-8s", "-12345|-0012345|  -12345|-12345");
    time.offset = -1800;
    check(&time, "%z|%_z|%_8z|%:::z|%_:z", "-0030| -030|    -030|-00:30| -0:30");
}

static void what_is_no_conversion_stays_as_it_is(void **state)
{
    static const char *const cases[] = {"%",      "100%", "%Q %i %!", "%-",  "%5",      "%:d",
                                        "%::::z", "%E",   "%Ed",      "%Oz", "%99999d", "%é"};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check(&MORNING, cases[i], cases[i]);
}

static void a_zone_without_a_name_shows_its_offset(void **state)
{
    struct date_time utc = date_from_seconds(0, 0);
    struct date_time west = date_from_seconds(0, -12600);
    struct buf out = {0};

    (void)state;
    date_format(&out, &utc, STR("%Z %z "), (struct str){NULL, 0}, NULL);
    date_format(&out, &west, STR("%Z %z %::z"), (struct str){NULL, 0}, NULL);
    assert_string_equal(out.ptr, "UTC +0000 -03:30 -0330 -03:30:00");
    buf_release(&out);
}

static void other_languages_bring_their_names_and_capitals(void **state)
{
    static const struct str months[] = {
        STR_INIT("janvier"), STR_INIT("février"), STR_INIT("mars"),     STR_INIT("avril"),
        STR_INIT("mai"),     STR_INIT("juin"),    STR_INIT("juillet"),  STR_INIT("août"),
        STR_INIT("sept."),   STR_INIT("octobre"), STR_INIT("novembre"), STR_INIT("décembre")};
    struct date_names names = {.months = months};
    struct date_time time = {.year = 2022, .month = 2, .day = 1};
    struct buf out = {0};

    (void)state;
    date_format(&out, &time, STR("%-d %B %Y|%^B|%9B|%A"), (struct str){NULL, 0}, &names);
    assert_string_equal(out.ptr, "1 février 2022|FÉVRIER|  février|Tuesday");
    buf_release(&out);
}

/* libc agrees on what both know, over moments of many years. */
static void libc_prints_the_same(void **state)
{
    static const char *const formats[] = {"%Y-%m-%d %H:%M:%S", "%j %U %W %V %G %g %u %w",
                                          "%C %y %e %k %I %l %p", "%a %A %b %B %h %D %F %T %R %r",
                                          "%s %z"};

    (void)state;
    for (time_t moment = -30000000000; moment < 200000000000; moment += 7654321) {
        struct date_time time = date_from_seconds(moment, 0);
        struct tm tm;

        gmtime_r(&moment, &tm);
        for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
            char expected[200];
            struct buf out = {0};

            /* libc's %s asks the process's zone; the test runs wherever it is run. */
            if (strstr(formats[i], "%s") != NULL)
                snprintf(expected, sizeof expected, "%lld +0000", (long long)moment);
            else
                strftime(expected, sizeof expected, formats[i], &tm);
            date_format(&out, &time, str_from(formats[i]), (struct str){NULL, 0}, NULL);
            assert_string_equal(out.ptr, expected);
            buf_release(&out);
        }
        if (moment > 4000000000)
            moment += 1000000000;
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_conversion_prints_its_field),
        cmocka_unit_test(flags_and_widths_change_padding_and_case),
        cmocka_unit_test(negative_numbers_keep_their_sign_in_front),
        cmocka_unit_test(what_is_no_conversion_stays_as_it_is),
        cmocka_unit_test(a_zone_without_a_name_shows_its_offset),
        cmocka_unit_test(other_languages_bring_their_names_and_capitals),
        cmocka_unit_test(libc_prints_the_same),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
