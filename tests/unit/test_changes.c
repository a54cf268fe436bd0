/* What `copse next` tells: each kind of change at its moment, and nothing that changes nothing. */
#include "plan_fixture.h"
#include "site/changes.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* "2026-06-04T15:00:00Z the event “A” ends (content/events/a.md)", a line for each change. */
static const char *changes_of(struct plan_fixture *fixture, size_t moments, const char *settings,
                              const char *script)
{
    plan_fixture_make(fixture, settings, script);
    const struct site_changes changes =
        site_changes(fixture->site, moments, &fixture->files->arena);
    buf_clear(&fixture->out);
    buf_adds(&fixture->out, "");
    for (size_t i = 0; i < changes.count; i++) {
        const struct date_time at = date_from_seconds(changes.items[i].at, 0);
        date_rfc3339(&fixture->out, &at);
        buf_addf(&fixture->out, " %.*s (%.*s)\n", STR_ARG(changes.items[i].why),
                 STR_ARG(changes.items[i].path));
    }
    return fixture->out.ptr;
}

static void an_article_is_published_and_expires(void **state)
{
    assert_string_equal(
        changes_of(*state, 9, "",
                   "put articles/a.md <<'E'\n---\ntitle: A\ndate: 2026-06-02 09:30\n"
                   "expires: 2026-07-01\n---\nE\n"
                   "put articles/old.md <<'E'\n---\ntitle: Old\ndate: 2025-01-01\n---\nE\n"),
        "2026-06-02T12:30:00Z the article “A” is published (content/articles/a.md)\n"
        "2026-07-01T03:00:00Z the article “A” expires (content/articles/a.md)\n");
}

static void what_is_never_seen_changes_nothing(void **state)
{
    assert_string_equal(
        changes_of(
            *state, 9, "",
            "put articles/draft.md <<'E'\n---\ntitle: D\ndate: 2026-06-02\ndraft: true\n---\n"
            "E\n"
            "put articles/never.md <<'E'\n---\ntitle: N\ndate: 2026-07-02\n"
            "expires: 2026-07-01\n---\nE\n"
            "put events/draft.md <<'E'\n---\ntitle: D\nstart: 2026-06-02\ndraft: true\n"
            "---\nE\n"
            "put designations.yml <<'E'\n- {code: X, name: X}\nE\n"
            "put members/jo.md <<'E'\n---\nname: Jo\ndraft: true\n"
            "designations: [{code: X, expires: 2026-06-30}]\n---\nE\n"),
        "");
}

static void an_event_ends_and_one_without_an_end_ends_as_it_starts(void **state)
{
    assert_string_equal(
        changes_of(*state, 9, "",
                   "put events/a.md <<'E'\n---\ntitle: A\nstart: 2026-06-02 18:00\n"
                   "end: 2026-06-02 20:00\n---\nE\n"
                   "put events/b.md <<'E'\n---\ntitle: B\nstart: 2026-06-03 18:00\n---\nE\n"
                   "put events/days.md <<'E'\n---\ntitle: D\nstart: 2026-06-03\nend: 2026-06-05\n"
                   "---\nE\n"
                   "put events/over.md <<'E'\n---\ntitle: O\nstart: 2026-05-03\n---\nE\n"),
        "2026-06-02T23:00:00Z the event “A” ends (content/events/a.md)\n"
        "2026-06-03T21:00:00Z the event “B” ends (content/events/b.md)\n"
        "2026-06-06T03:00:00Z the event “D” ends (content/events/days.md)\n");
}

static void a_series_has_dates_that_come_end_and_go(void **state)
{
    assert_string_equal(
        changes_of(*state, 4, "calendar: {past_days: 10, ahead_days: 20}\n",
                   "put events/a.md <<'E'\n---\ntitle: A\nstart: 2026-05-25 09:00\n"
                   "end: 2026-05-25 10:00\nrepeat: FREQ=WEEKLY\n"
                   "changes: [{date: 2026-06-08, title: Quiz}]\n---\nE\n"),
        "2026-06-01T13:00:00Z the event “A” ends (content/events/a.md)\n"
        "2026-06-02T12:00:00Z another date of “A” is near enough to be listed "
        "(content/events/a.md)\n"
        "2026-06-04T13:00:00Z a past date of “A” is not listed any more (content/events/a.md)\n"
        "2026-06-08T13:00:00Z the event “Quiz” ends (content/events/a.md)\n");
}

static void a_cancelled_event_leaves_the_calendars(void **state)
{
    assert_string_equal(changes_of(*state, 9, "calendar: {cancelled_days: 3}\n",
                                   "put events/a.md <<'E'\n---\ntitle: A\nstart: 2026-06-02 18:00\n"
                                   "end: 2026-06-02 20:00\ncancelled: true\n---\nE\n"),
                        "2026-06-02T23:00:00Z the event “A” ends (content/events/a.md)\n"
                        "2026-06-05T23:00:00Z the cancelled event “A” leaves the calendars "
                        "(content/events/a.md)\n");
}

static void a_designation_begins_and_lapses_after_its_last_day(void **state)
{
    assert_string_equal(
        changes_of(*state, 9, "",
                   "put designations.yml <<'E'\n- {code: X, name: X}\n- {code: Y, name: Y}\nE\n"
                   "put roster.yml <<'E'\n"
                   "- {member: jo, code: X, since: 2020-01-01, until: 2026-06-30}\n"
                   "- {member: jo, code: Y, since: 2026-06-10, revoked: 2026-06-20}\n"
                   "- {member: jo, code: Y, since: 2020-01-01, until: 2025-06-20}\nE\n"
                   "put members/jo.md <<'E'\n---\nname: Jo\n---\nE\n"),
        "2026-06-10T03:00:00Z the designation Y of Jo begins (content/members/jo.md)\n"
        "2026-06-20T03:00:00Z the designation Y of Jo lapses (content/members/jo.md)\n"
        "2026-07-01T03:00:00Z the designation X of Jo lapses (content/members/jo.md)\n");
}

static void grants_that_overlap_change_something_only_where_another_counts(void **state)
{
    assert_string_equal(
        changes_of(*state, 9, "",
                   "put designations.yml <<'E'\n- {code: X, name: X}\nE\n"
                   "put roster.yml <<'E'\n"
                   "- {member: jo, code: X, since: 2020-01-01, until: 2026-06-30}\n"
                   "- {member: jo, code: X, since: 2026-06-10, until: 2026-07-31}\n"
                   "- {member: jo, code: X, since: 2026-06-15, until: 2026-06-20}\n"
                   "- {member: jo, code: X, since: 2026-08-01, until: 2026-08-31}\nE\n"
                   "put members/jo.md <<'E'\n---\nname: Jo\n---\nE\n"),
        "2026-07-01T03:00:00Z the designation X of Jo is held by another grant "
        "(content/members/jo.md)\n"
        "2026-08-01T03:00:00Z the designation X of Jo is held by another grant "
        "(content/members/jo.md)\n"
        "2026-09-01T03:00:00Z the designation X of Jo lapses (content/members/jo.md)\n");
}

/* Which zones these are is a matter of the year's tzdata: Casablanca was one until 2026. */
static void a_zone_without_a_lasting_rule_is_told_of_year_by_year(void **state)
{
    struct plan_fixture *fixture = *state;
    struct zone_yearly yearly[2];
    int64_t later;
    const char *text = changes_of(fixture, 40, "calendar: {ahead_days: 30, past_days: 30}\n",
                                  "put events/a.md <<'E'\n---\ntitle: A\nstart: 2026-01-01 09:00\n"
                                  "timezone: Africa/Casablanca\nrepeat: FREQ=YEARLY\n---\nE\n");
    const struct zone *zone = fixture->site->editions[0].events.items[0]->zone;
    bool told = !zone_yearly(zone, yearly) && zone_next_change(zone, 1900000000, &later);
    assert_int_equal(strstr(text, "needs the clock changes of another year") != NULL, told);
}

static void all_that_happens_at_one_moment_counts_once(void **state)
{
    assert_string_equal(
        changes_of(*state, 1, "",
                   "put articles/b.md <<'E'\n---\ntitle: B\ndate: 2026-06-02 09:30\n---\nE\n"
                   "put articles/a.md <<'E'\n---\ntitle: A\ndate: 2026-06-02T12:30:00Z\n---\nE\n"
                   "put articles/c.md <<'E'\n---\ntitle: C\ndate: 2026-06-03\n---\nE\n"),
        "2026-06-02T12:30:00Z the article “A” is published (content/articles/a.md)\n"
        "2026-06-02T12:30:00Z the article “B” is published (content/articles/b.md)\n");
}

static void nothing_further_away_than_a_hundred_years(void **state)
{
    assert_string_equal(changes_of(*state, 9, "",
                                   "put articles/a.md <<'E'\n---\ntitle: A\ndate: 2200-01-01\n---\n"
                                   "E\n"),
                        "");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, plan_fixture_setup, plan_fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(an_article_is_published_and_expires),
        TEST(what_is_never_seen_changes_nothing),
        TEST(an_event_ends_and_one_without_an_end_ends_as_it_starts),
        TEST(a_series_has_dates_that_come_end_and_go),
        TEST(a_cancelled_event_leaves_the_calendars),
        TEST(a_designation_begins_and_lapses_after_its_last_day),
        TEST(grants_that_overlap_change_something_only_where_another_counts),
        TEST(a_zone_without_a_lasting_rule_is_told_of_year_by_year),
        TEST(all_that_happens_at_one_moment_counts_once),
        TEST(nothing_further_away_than_a_hundred_years),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
