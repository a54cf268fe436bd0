/* What the site puts into its calendars: which events, under which UID, in which order. */
#include "pages/calendars.h"
#include "plan_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define HAS(text, part)                                                                            \
    do {                                                                                           \
        if (!strstr((text), (part)))                                                               \
            fail_msg("no %s in:\n%s", (part), (text));                                             \
    } while (0)
#define HAS_NOT(text, part) assert_null(strstr((text), (part)))

static void write_calendar(const struct plan *plan, const struct output *output, struct buf *out)
{
    struct arena scratch = {0};
    calendars_write(plan, output, &scratch, out);
    arena_release(&scratch);
}

static const char *of(struct plan_fixture *fixture, const char *url)
{
    return plan_fixture_write(fixture, url, write_calendar);
}

static void a_calendar_has_a_name_and_tells_how_often_to_look(void **state)
{
    struct plan_fixture *fixture = *state;
    plan_fixture_make(fixture, "",
                      "put events/a.md <<'E'\n---\ntitle: A\nstart: 2026-06-02\n---\nE\n");
    const char *text = of(fixture, "/events.ics");
    HAS(text, "PRODID:-//example.org//copse//en\r\n");
    HAS(text, "NAME:The Guild\r\nX-WR-CALNAME:The Guild\r\n");
    HAS(text, "REFRESH-INTERVAL;VALUE=DURATION:PT12H\r\n");
    HAS_NOT(of(fixture, "/events/a/event.ics"), "X-WR-CALNAME");
}

static void events_stand_by_their_first_start(void **state)
{
    struct plan_fixture *fixture = *state;
    plan_fixture_make(
        fixture, "",
        "put events/a.md <<'E'\n---\ntitle: Later\nstart: 2026-07-02\ntags: [x]\n---\nE\n"
        "put events/b.md <<'E'\n---\ntitle: Series\nstart: 2026-01-02\nrepeat: FREQ=WEEKLY\n---\n"
        "E\n"
        "put events/c.md <<'E'\n---\ntitle: Sooner\nstart: 2026-06-02\ntags: [x]\n---\nE\n");
    const char *text = of(fixture, "/events.ics");
    HAS(strstr(text, "SUMMARY:Series"), "SUMMARY:Sooner");
    HAS(strstr(text, "SUMMARY:Sooner"), "SUMMARY:Later");
    text = of(fixture, "/tags/x/events.ics");
    assert_int_equal(plan_fixture_count(text, "BEGIN:VEVENT"), 2);
    assert_int_equal(plan_fixture_count(of(fixture, "/events/b/event.ics"), "BEGIN:VEVENT"), 1);
}

static void a_uid_stays_what_it_first_was(void **state)
{
    struct plan_fixture *fixture = *state;
    plan_fixture_make(fixture, "",
                      "put events/own.md <<'E'\n---\ntitle: A\nstart: 2026-06-02\n---\nE\n"
                      "put events/renamed.md <<'E'\n---\ntitle: A\nstart: 2026-06-02\n"
                      "aliases: [/blog/x/, /events/first-name, /events/second-name/]\n---\nE\n"
                      "put events/given.md <<'E'\n---\ntitle: A\nstart: 2026-06-02\nuid: x@y\n"
                      "aliases: [/events/third-name/]\n---\nE\n");
    HAS(of(fixture, "/events/own/event.ics"), "UID:https://example.org/events/own/\r\n");
    HAS(of(fixture, "/events/renamed/event.ics"), "UID:https://example.org/events/first-name/\r\n");
    HAS(of(fixture, "/events/given/event.ics"), "UID:x@y\r\n");
}

static void languages_are_events_of_calendars_of_their_own(void **state)
{
    struct plan_fixture *fixture = *state;
    plan_fixture_make(fixture, "languages: [en, fr]\n",
                      "put events/a.md <<'E'\n---\ntitle: One\nstart: 2026-06-02\n---\nE\n"
                      "put events/a.fr.md <<'E'\n---\ntitle: Un\nstart: 2026-06-02\n---\nE\n");
    HAS_NOT(of(fixture, "/events.ics"), "SUMMARY:Un");
    const char *text = of(fixture, "/fr/events.ics");
    HAS(text, "PRODID:-//example.org//copse//fr\r\n");
    HAS(text, "UID:https://example.org/fr/events/a/\r\n");
    HAS_NOT(text, "SUMMARY:One");
}

static void a_cancelled_event_is_kept_for_its_days_and_in_its_own_file(void **state)
{
    struct plan_fixture *fixture = *state;
    plan_fixture_make(
        fixture, "calendar: {cancelled_days: 10}\n",
        "put events/kept.md <<'E'\n---\ntitle: Kept\nstart: 2026-05-25\ncancelled: true\n---\nE\n"
        "put events/gone.md <<'E'\n---\ntitle: Gone\nstart: 2026-05-20\ncancelled: true\n---\nE\n"
        "put events/held.md <<'E'\n---\ntitle: Held\nstart: 2026-05-20\n---\nE\n");
    const char *text = of(fixture, "/events.ics");
    HAS(strstr(text, "SUMMARY:Kept"), "STATUS:CANCELLED");
    HAS_NOT(text, "SUMMARY:Gone");
    HAS(text, "SUMMARY:Held");
    HAS(of(fixture, "/events/gone/event.ics"), "STATUS:CANCELLED");
}

static void what_is_said_of_an_event_is_in_it_and_no_address_of_a_person(void **state)
{
    struct plan_fixture *fixture = *state;
    plan_fixture_make(
        fixture, "",
        "put members/jo.md <<'E'\n---\nname: Jo Tremblay\nemail: jo@secret.example\n---\nE\n"
        "put events/a.md <<'E'\n---\ntitle: A\nstart: 2026-06-02\nonline: https://meet.example/1\n"
        "organiser: [jo, Ada Guest]\ntags: [Talks, 'One, two']\n---\nCome *along*.\nE\n");
    const char *text = of(fixture, "/events/a/event.ics");
    HAS(text, "LOCATION:https://meet.example/1\r\n");
    HAS(text, "DESCRIPTION:Come along.\r\n");
    HAS(text, "CONTACT:Jo Tremblay\\, Ada Guest\r\n");
    HAS(text, "CATEGORIES:Talks,One\\, two\r\n");
    HAS(text, "URL:https://example.org/events/a/\r\n");
    HAS_NOT(text, "secret");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, plan_fixture_setup, plan_fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_calendar_has_a_name_and_tells_how_often_to_look),
        TEST(events_stand_by_their_first_start),
        TEST(a_uid_stays_what_it_first_was),
        TEST(languages_are_events_of_calendars_of_their_own),
        TEST(a_cancelled_event_is_kept_for_its_days_and_in_its_own_file),
        TEST(what_is_said_of_an_event_is_in_it_and_no_address_of_a_person),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
