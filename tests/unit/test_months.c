/* The months of the calendar pages: which there are, what stands in each, what lies beside it. */
#include "pages/months.h"
#include "plan_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* "2026-06: a b\n", a line for each month, the events by their slugs. */
static const char *months_text(struct plan_fixture *fixture, const char *settings,
                               const char *script)
{
    size_t count;
    plan_fixture_make(fixture, settings, script);
    const struct month *months =
        months_of(&fixture->site->editions[0], &fixture->files->arena, &count);
    buf_clear(&fixture->out);
    buf_adds(&fixture->out, "");
    for (size_t i = 0; i < count; i++) {
        assert_ptr_equal(months[i].previous, i > 0 ? &months[i - 1] : NULL);
        assert_ptr_equal(months[i].next, i + 1 < count ? &months[i + 1] : NULL);
        buf_addf(&fixture->out, "%04d-%02d:", months[i].year, months[i].month);
        for (size_t j = 0; j < months[i].occurrences.count; j++)
            buf_addf(&fixture->out, " %.*s", STR_ARG(months[i].occurrences.items[j]->event->slug));
        buf_addc(&fixture->out, '\n');
    }
    return fixture->out.ptr;
}

static void only_months_with_events_are_there_oldest_first(void **state)
{
    assert_string_equal(months_text(*state, "",
                                    "put events/b.md <<'E'\n---\ntitle: B\nstart: 2026-09-02\n---\n"
                                    "E\n"
                                    "put events/a.md <<'E'\n---\ntitle: A\nstart: 2025-12-31 "
                                    "23:30\n---\nE\n"),
                        "2025-12: a\n2026-09: b\n");
}

static void in_a_month_what_begins_first_stands_first(void **state)
{
    assert_string_equal(
        months_text(*state, "",
                    "put events/a.md <<'E'\n---\ntitle: A\nstart: 2026-09-02 19:00\n---\nE\n"
                    "put events/z.md <<'E'\n---\ntitle: Z\nstart: 2026-09-02 18:00\n---\nE\n"
                    "put events/m.md <<'E'\n---\ntitle: M\nstart: 2026-09-01\n---\nE\n"),
        "2026-09: m z a\n");
}

static void what_lasts_over_the_end_of_a_month_stands_in_both(void **state)
{
    assert_string_equal(
        months_text(*state, "",
                    "put events/a.md <<'E'\n---\ntitle: A\nstart: 2026-09-30\nend: 2026-10-01\n"
                    "---\nE\n"
                    "put events/night.md <<'E'\n---\ntitle: N\nstart: 2026-10-31 22:00\n"
                    "end: 2026-11-01 02:00\n---\nE\n"
                    "put events/midnight.md <<'E'\n---\ntitle: M\nstart: 2026-12-31 22:00\n"
                    "end: 2027-01-01 00:00\n---\nE\n"),
        "2026-09: a\n2026-10: a night\n2026-11: night\n2026-12: midnight\n");
}

static void a_month_is_that_of_the_events_own_clock(void **state)
{
    assert_string_equal(
        months_text(*state, "",
                    "put events/a.md <<'E'\n---\ntitle: A\nstart: 2026-10-01 08:00\n"
                    "timezone: Asia/Tokyo\n---\nE\n"),
        "2026-10: a\n");
}

static void a_series_stands_in_each_of_its_months_within_the_window(void **state)
{
    assert_string_equal(
        months_text(*state, "calendar: {past_days: 31, ahead_days: 61}\n",
                    "put events/a.md <<'E'\n---\ntitle: A\nstart: 2020-01-02 18:00\n"
                    "repeat: FREQ=MONTHLY;BYDAY=1TH\n"
                    "changes: [{date: 2026-07-02, start: 2026-06-30 18:00}]\n---\nE\n"),
        "2026-05: a\n2026-06: a a\n");
}

static void what_lasts_longer_than_two_years_stands_in_the_first_24_of_its_months(void **state)
{
    const char *text = months_text(
        *state, "",
        "put events/a.md <<'E'\n---\ntitle: A\nstart: 2026-01-01\nend: 2030-01-01\n---\nE\n");
    assert_int_equal(plan_fixture_count(text, ": a\n"), 24);
    assert_non_null(strstr(text, "2027-12: a\n"));
    assert_null(strstr(text, "2028-01"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, plan_fixture_setup, plan_fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(only_months_with_events_are_there_oldest_first),
        TEST(in_a_month_what_begins_first_stands_first),
        TEST(what_lasts_over_the_end_of_a_month_stands_in_both),
        TEST(a_month_is_that_of_the_events_own_clock),
        TEST(a_series_stands_in_each_of_its_months_within_the_window),
        TEST(what_lasts_longer_than_two_years_stands_in_the_first_24_of_its_months),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
