/* Reading dates, arithmetic on them, and the fixed forms they are written in. */
#include "base/buf.h"
#include "base/date.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

struct reading {
    const char *text;
    const char *result; /* RFC 3339, or "!" and a part of the reason */
};

static const struct reading READINGS[] = {
    {"2022-07-01", "2022-07-01"},
    {"2022-8-3", "2022-08-03"},
    {" 2022-07-01\n", "2022-07-01"},
    {"2022-07-01T09:00", "2022-07-01T09:00:00"},
    {"2022-07-01t09:00", "2022-07-01T09:00:00"},
    {"2022-07-01 9:30", "2022-07-01T09:30:00"},
    {"2022-07-01   9:30", "2022-07-01T09:30:00"},
    {"2022-07-01 09:00:15.123456", "2022-07-01T09:00:15"},
    {"2022-07-01 09:00Z", "2022-07-01T09:00:00Z"},
    {"2022-07-01 09:00z", "2022-07-01T09:00:00Z"},
    {"2016-01-12 19:23:30 UTC", "2016-01-12T19:23:30Z"},
    {"2016-01-12 19:23:30 gmt", "2016-01-12T19:23:30Z"},
    {"2016-01-12 19:23:30 UTC+01:00", "2016-01-12T19:23:30+01:00"},
    {"2016-01-12 19:23:30 GMT -5", "2016-01-12T19:23:30-05:00"},
    {"2016-01-12 19:23:30 +0530", "2016-01-12T19:23:30+05:30"},
    {"2016-01-12 19:23:30 -330", "2016-01-12T19:23:30-03:30"},
    {"2022-8-23 9:30 -4", "2022-08-23T09:30:00-04:00"},
    {"2022-8-23 9:30-04", "2022-08-23T09:30:00-04:00"},
    {"2016-12-31T23:59:60Z", "2016-12-31T23:59:60Z"},
    {"2024-02-29", "2024-02-29"},
    {"2000-02-29", "2000-02-29"},
    {"0001-01-01", "0001-01-01"},
    {"9999-12-31", "9999-12-31"},
    {"", "!empty"},
    {"   ", "!empty"},
    {"soon", "!year-month-day"},
    {"22-07-01", "!year-month-day"},
    {"2022/07/01", "!year-month-day"},
    {"2022-07", "!year-month-day"},
    {"2022-07-", "!year-month-day"},
    {"2022-007-01", "!year-month-day"},
    {"2022-07-01x", "!year-month-day"},
    {"20220701", "!year-month-day"},
    {"99999999999999999999-01-01", "!year-month-day"},
    {"9:30", "!the date is missing"},
    {"0000-01-01", "!year must be 0001"},
    {"2022-13-01", "!month must be 01 to 12"},
    {"2022-00-01", "!month must be 01 to 12"},
    {"2022-07-32", "!day must be 01 to 31"},
    {"2022-07-00", "!day must be 01 to 31"},
    {"2022-06-31", "!day must be 01 to 30 in that month"},
    {"2022-02-29", "!day must be 01 to 28 in that month"},
    {"2024-02-30", "!day must be 01 to 29 in that month"},
    {"1900-02-29", "!01 to 28"},
    {"2022-07-01 25:00", "!the hour must be 00 to 23"},
    {"2022-07-01 24:00", "!the hour must be 00 to 23"},
    {"2022-07-01 9:60", "!minute must be 00 to 59"},
    {"2022-07-01 9:5", "!minutes must have two digits"},
    {"2022-07-01 9:05:1", "!seconds must have two digits"},
    {"2022-07-01 9:05:61", "!second must be"},
    {"2022-07-01 9:05:01.", "!after the point"},
    {"2022-07-01 9", "!hours:minutes"},
    {"2022-07-01T", "!hours:minutes"},
    {"2022-07-01 noon", "!hours:minutes"},
    {"2022-07-01 9pm", "!21:00"},
    {"2022-07-01 9:30 PM", "!21:30"},
    {"2022-07-01 UTC", "!hours:minutes"},
    {"2022-07-01 09:00 Europe/London", "!Z, UTC or an offset"},
    {"2022-07-01 09:00 UTCX", "!Z, UTC or an offset"},
    {"2022-07-01 09:00 UTC+", "!Z, UTC or an offset"},
    {"2022-07-01 09:00 +1:0", "!Z, UTC or an offset"},
    {"2022-07-01 09:00 +01:00 x", "!Z, UTC or an offset"},
    {"2022-07-01 09:00 +24:00", "!offset from UTC must be"},
    {"2022-07-01 09:00 +12345", "!Z, UTC or an offset"},
};

static void every_form_is_read_or_refused_with_its_reason(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof READINGS / sizeof *READINGS; i++) {
        struct date_time time;
        struct buf shown = {0};
        const char *why = NULL;
        int result = date_parse(str_from(READINGS[i].text), &time, &why);

        if (READINGS[i].result[0] == '!') {
            assert_int_equal(result, -1);
            if (strstr(why, READINGS[i].result + 1) == NULL)
                fail_msg("'%s': %s", READINGS[i].text, why);
        } else {
            if (result != 0)
                fail_msg("'%s': %s", READINGS[i].text, why);
            date_rfc3339(&shown, &time);
            assert_string_equal(shown.ptr, READINGS[i].result);
        }
        buf_release(&shown);
    }
}

static void a_time_with_a_nul_byte_is_refused(void **state)
{
    struct date_time time;
    const char *why = NULL;

    (void)state;
    assert_int_equal(date_parse(STR("2022-07-01\0 09:00"), &time, &why), -1);
    assert_non_null(why);
    assert_int_equal(time.year, 0);
}

static void days_and_dates_agree_on_every_day_of_ten_thousand_years(void **state)
{
    int64_t days = date_days(1, 1, 1);

    (void)state;
    assert_int_equal(days, -719162);
    assert_int_equal(date_days(1970, 1, 1), 0);
    for (int year = 1; year <= 9999; year++) {
        for (int month = 1; month <= 12; month++) {
            for (int day = 1; day <= date_month_length(year, month); day++, days++) {
                int y, m, d;

                if (date_days(year, month, day) != days)
                    fail_msg("%d-%d-%d", year, month, day);
                date_from_days(days, &y, &m, &d);
                if (y != year || m != month || d != day)
                    fail_msg("%d-%d-%d became %d-%d-%d", year, month, day, y, m, d);
            }
        }
    }
    assert_int_equal(days, 2932897);
}

static void seconds_and_fields_agree(void **state)
{
    struct date_time time = date_from_seconds(1656662400, 3600);

    (void)state;
    assert_int_equal(time.year, 2022);
    assert_int_equal(time.month, 7);
    assert_int_equal(time.day, 1);
    assert_int_equal(time.hour, 9);
    assert_true(time.has_time && time.has_zone);
    assert_int_equal(date_utc_seconds(&time), 1656662400);
    assert_int_equal(date_local_seconds(&time), 1656666000);
    time = date_from_seconds(-1, 0);
    assert_int_equal(time.year, 1969);
    assert_int_equal(time.second, 59);
}

static void moments_beyond_the_calendar_stop_at_its_ends(void **state)
{
    (void)state;
    assert_int_equal(date_from_seconds(INT64_MIN, 3600).year, 1);
    assert_int_equal(date_from_seconds(INT64_MAX, -3600).year, 9999);
}

static void weeks_follow_iso_8601(void **state)
{
    static const struct {
        int16_t year;
        int8_t month, day;
        int iso_year, week, weekday, year_day;
    } days[] = {{2021, 1, 3, 2020, 53, 0, 3},    {2021, 1, 4, 2021, 1, 1, 4},
                {2024, 12, 30, 2025, 1, 1, 365}, {2024, 12, 31, 2025, 1, 2, 366},
                {2016, 1, 1, 2015, 53, 5, 1},    {1, 1, 1, 1, 1, 1, 1}};

    (void)state;
    for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
        struct date_time time = {.year = days[i].year, .month = days[i].month, .day = days[i].day};
        int year, week;

        date_iso_week(&time, &year, &week);
        assert_int_equal(year, days[i].iso_year);
        assert_int_equal(week, days[i].week);
        assert_int_equal(date_weekday(&time), days[i].weekday);
        assert_int_equal(date_year_day(&time), days[i].year_day);
    }
}

static void rfc_822_dates_are_english_and_numeric(void **state)
{
    struct buf out = {0};
    struct date_time time = date_from_seconds(1656662400, 3600);
    struct date_time day = {.year = 2022, .month = 12, .day = 5};

    (void)state;
    date_rfc822(&out, &time);
    buf_addc(&out, '|');
    date_rfc822(&out, &day);
    assert_string_equal(out.ptr, "Fri, 01 Jul 2022 09:00:00 +0100|Mon, 05 Dec 2022 00:00:00 +0000");
    buf_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_form_is_read_or_refused_with_its_reason),
        cmocka_unit_test(a_time_with_a_nul_byte_is_refused),
        cmocka_unit_test(days_and_dates_agree_on_every_day_of_ten_thousand_years),
        cmocka_unit_test(seconds_and_fields_agree),
        cmocka_unit_test(moments_beyond_the_calendar_stop_at_its_ends),
        cmocka_unit_test(weeks_follow_iso_8601),
        cmocka_unit_test(rfc_822_dates_are_english_and_numeric),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
