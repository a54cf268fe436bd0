/* JSON-LD: what search engines require of each kind, and that nothing ends the script element. */
#include "pages/json.h"
#include "pages/jsonld.h"
#include "plan_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const char CONTENT[] =
    "put designations.yml <<'E'\n"
    "- {code: MCRS, name: Master of Scones, issuer: The Board, level: advanced,\n"
    "   url: https://board.example/mcrs, description: Bakes.}\n"
    "- {code: OLD, name: Former}\nE\n"
    "put members/jo.md <<'E'\n---\nname: Jo Tremblay\nemail: jo@secret.example\n"
    "designations: [{code: MCRS, expires: 2027-01-31}, {code: OLD, expires: 2020-01-01}]\n"
    "roles: [{team: Board, title: Treasurer}]\nlocation: Halifax, NS\nlanguages: [en, fr]\n"
    "links: [{label: Site, url: 'https://jo.example'}, {label: Mail, url: 'mailto:a@b.example'}]\n"
    "---\nBakes.\nE\n"
    "put articles/a.md <<'E'\n---\ntitle: 'A </script><script>alert(1)</script>'\n"
    "date: 2026-01-05\nupdated: 2026-02-01\nauthors: [jo, Ada Guest]\ntags: [x]\n---\nText.\nE\n"
    "put comments/a/1.md <<'E'\n---\nauthor: Ann\ndate: 2026-01-06\n---\n"
    "Nice <!-- no --> *one*\nE\n"
    "put comments/a/2.md <<'E'\n---\nauthor: jo\ndate: 2026-01-07\nreply_to: 1\n---\nThanks\nE\n";

#define HAS(text, part)                                                                            \
    do {                                                                                           \
        if (!strstr((text), (part)))                                                               \
            fail_msg("no %s in:\n%s", (part), (text));                                             \
    } while (0)
#define HAS_NOT(text, part) assert_null(strstr((text), (part)))

static void write_jsonld(const struct plan *plan, const struct output *output, struct buf *out)
{
    struct arena scratch = {0};
    jsonld_write(plan, output, &scratch, out);
    arena_release(&scratch);
}

static const char *of(struct plan_fixture *fixture, const char *url)
{
    return plan_fixture_write(fixture, url, write_jsonld);
}

static void an_article_names_its_authors_and_what_they_hold(void **state)
{
    struct plan_fixture *fixture = *state;
    plan_fixture_make(fixture, "organisation: {name: The Guild of Bakers, logo: /assets/l.png}\n",
                      CONTENT);
    const char *data = of(fixture, "/articles/a/");
    HAS(data, "\"@type\":\"Article\",\"@id\":\"https://example.org/articles/a/\",\"headline\":");
    HAS(data, "\"datePublished\":\"2026-01-05\",\"dateModified\":\"2026-02-01\"");
    HAS(data, "\"author\":[{\"@type\":\"Person\",\"name\":\"Jo Tremblay\","
              "\"url\":\"https://example.org/members/jo/\",\"honorificSuffix\":\"MCRS\","
              "\"hasCredential\":[{\"@type\":\"EducationalOccupationalCredential\","
              "\"name\":\"Master of Scones\",\"alternateName\":\"MCRS\"");
    HAS(data, "{\"@type\":\"Person\",\"name\":\"Ada Guest\"}]");
    HAS(data, "\"publisher\":{\"@type\":\"Organization\","
              "\"@id\":\"https://example.org/#organization\",\"name\":\"The Guild of Bakers\"");
    HAS(data, "\"logo\":\"https://example.org/assets/l.png\"");
    HAS(data, "\"keywords\":[\"x\"]");
}

static void nothing_in_a_title_ends_the_script_element(void **state)
{
    struct plan_fixture *fixture = *state;
    plan_fixture_make(fixture, "", CONTENT);
    const char *data = of(fixture, "/articles/a/");
    assert_int_equal(plan_fixture_count(data, "<"), 2);
    assert_int_equal(plan_fixture_count(data, "</script>"), 1);
    HAS(data, "\"headline\":\"A \\u003c/script\\u003e");
}

static void comments_stand_with_their_article_in_the_order_of_the_thread(void **state)
{
    struct plan_fixture *fixture = *state;
    plan_fixture_make(fixture, "", CONTENT);
    const char *data = of(fixture, "/articles/a/");
    HAS(data, "\"commentCount\":2,\"comment\":[{\"@type\":\"Comment\","
              "\"@id\":\"https://example.org/articles/a/#comment-1\"");
    HAS(data, "\"dateCreated\":\"2026-01-06\",\"text\":\"Nice one\"}");
    HAS(data, "\"text\":\"Thanks\","
              "\"parentItem\":{\"@id\":\"https://example.org/articles/a/#comment-1\"}");
}

static void comments_that_are_off_are_not_told_of(void **state)
{
    struct plan_fixture *fixture = *state;
    plan_fixture_make(fixture, "comments: off\n", CONTENT);
    HAS_NOT(of(fixture, "/articles/a/"), "omment");
}

static void a_long_thread_is_cut(void **state)
{
    struct plan_fixture *fixture = *state;
    plan_fixture_make(fixture, "",
                      "put articles/a.md <<'E'\n---\ntitle: A\ndate: 2026-01-05\n---\nE\n"
                      "for i in $(seq 1000 1119); do put comments/a/$i.md <<E\n---\nauthor: Ann\n"
                      "date: 2026-01-06\n$([ $i = 1000 ] || echo reply_to: $((i - 1)))\n---\nHi\n"
                      "E\ndone\n");
    const char *data = of(fixture, "/articles/a/");
    HAS(data, "\"commentCount\":120");
    assert_int_equal(plan_fixture_count(data, "\"Comment\""), 50);
}

static void a_member_has_credentials_in_force_and_no_e_mail_address(void **state)
{
    struct plan_fixture *fixture = *state;
    plan_fixture_make(fixture, "", CONTENT);
    const char *data = of(fixture, "/members/jo/");
    HAS(data, "\"@type\":\"Person\",\"name\":\"Jo Tremblay\",\"honorificSuffix\":\"MCRS\"");
    HAS(data, "\"workLocation\":{\"@type\":\"Place\",\"name\":\"Halifax, NS\"}");
    HAS(data, "\"knowsLanguage\":[\"en\",\"fr\"]");
    HAS(data, "\"sameAs\":[\"https://jo.example\"]");
    HAS(data, "{\"@type\":\"OrganizationRole\",\"roleName\":\"Treasurer\","
              "\"memberOf\":{\"@type\":\"Organization\",\"name\":\"Board\"}}");
    HAS(data, "\"credentialCategory\":\"advanced\","
              "\"url\":\"https://example.org/designations/mcrs/\","
              "\"recognizedBy\":{\"@type\":\"Organization\",\"name\":\"The Board\","
              "\"url\":\"https://board.example/mcrs\"},\"expires\":\"2027-01-31\"}");
    HAS_NOT(data, "Former");
    HAS_NOT(data, "@secret");
    HAS_NOT(data, "mailto");
}

static void a_designation_page_says_what_it_is(void **state)
{
    struct plan_fixture *fixture = *state;
    plan_fixture_make(fixture, "", CONTENT);
    const char *data = of(fixture, "/designations/mcrs/");
    HAS(data, "\"@type\":\"EducationalOccupationalCredential\",\"name\":\"Master of Scones\"");
    HAS(data, "\"description\":\"Bakes.\"");
}

static void an_event_says_when_where_and_whether(void **state)
{
    struct plan_fixture *fixture = *state;
    plan_fixture_make(fixture, "",
                      "put events/e.md <<'E'\n---\ntitle: Clinic\nstart: 2026-07-02 18:30\n"
                      "end: 2026-07-02 20:00\nlocation: Library\nonline: https://meet.example\n"
                      "registration: https://reg.example\nprice: Free\nsold_out: true\n"
                      "speakers: [Ada Guest]\n---\nE\n");
    const char *data = of(fixture, "/events/e/");
    HAS(data, "\"@type\":\"Event\"");
    HAS(data, "\"startDate\":\"2026-07-02T18:30:00-03:00\","
              "\"endDate\":\"2026-07-02T20:00:00-03:00\","
              "\"eventStatus\":\"https://schema.org/EventScheduled\","
              "\"eventAttendanceMode\":\"https://schema.org/MixedEventAttendanceMode\","
              "\"location\":[{\"@type\":\"Place\",\"name\":\"Library\",\"address\":\"Library\"},"
              "{\"@type\":\"VirtualLocation\",\"url\":\"https://meet.example\"}]");
    HAS(data, "\"performer\":[{\"@type\":\"Person\",\"name\":\"Ada Guest\"}]");
    HAS(data, "\"isAccessibleForFree\":true,\"offers\":{\"@type\":\"Offer\","
              "\"url\":\"https://reg.example\",\"availability\":\"https://schema.org/SoldOut\","
              "\"price\":0}");
}

static void a_series_has_its_next_time_and_how_often_it_comes(void **state)
{
    struct plan_fixture *fixture = *state;
    plan_fixture_make(fixture, "",
                      "put events/e.md <<'E'\n---\ntitle: Meeting\nstart: 2026-01-01 19:00\n"
                      "end: 2026-01-01 20:00\nrepeat: FREQ=MONTHLY;INTERVAL=1;BYDAY=1TH\n"
                      "changes: [{date: 2026-06-04, start: 2026-06-11 19:00}]\n---\nE\n");
    const char *data = of(fixture, "/events/e/");
    HAS(data,
        "\"startDate\":\"2026-06-11T19:00:00-03:00\",\"endDate\":\"2026-06-11T20:00:00-03:00\","
        "\"previousStartDate\":\"2026-06-04T19:00:00-03:00\","
        "\"eventStatus\":\"https://schema.org/EventRescheduled\"");
    HAS(data, "\"eventSchedule\":{\"@type\":\"Schedule\",\"repeatFrequency\":\"P1M\","
              "\"startDate\":\"2026-01-01T19:00:00-04:00\","
              "\"scheduleTimezone\":\"America/Halifax\"}");
}

static void a_cancelled_event_on_a_screen_says_so(void **state)
{
    struct plan_fixture *fixture = *state;
    plan_fixture_make(fixture, "",
                      "put events/e.md <<'E'\n---\ntitle: E\nstart: 2026-07-02\n"
                      "online: https://meet.example\ncancelled: true\n---\nE\n");
    const char *data = of(fixture, "/events/e/");
    HAS(data, "\"startDate\":\"2026-07-02\",\"eventStatus\":\"https://schema.org/EventCancelled\","
              "\"eventAttendanceMode\":\"https://schema.org/OnlineEventAttendanceMode\","
              "\"location\":{\"@type\":\"VirtualLocation\",\"url\":\"https://meet.example\"}");
    HAS(data, "\"organizer\":{\"@type\":\"Organization\"");
    HAS_NOT(data, "offers");
}

static void the_home_page_is_the_organisation_and_its_site(void **state)
{
    struct plan_fixture *fixture = *state;
    plan_fixture_make(fixture,
                      "description: We bake.\n"
                      "social: [{label: M, url: 'https://social.example/@g'}]\n",
                      "");
    const char *data = of(fixture, "/");
    HAS(data, "{\"@type\":\"Organization\",\"@id\":\"https://example.org/#organization\","
              "\"name\":\"The Guild\",\"url\":\"https://example.org/\","
              "\"sameAs\":[\"https://social.example/@g\"]}");
    HAS(data, "\"@type\":\"WebSite\"");
    HAS(data, "\"publisher\":{\"@id\":\"https://example.org/#organization\"}");
    HAS_NOT(data, "Breadcrumb");
}

static void the_way_to_a_page_leads_over_its_index(void **state)
{
    struct plan_fixture *fixture = *state;
    plan_fixture_make(fixture, "", CONTENT);
    const char *data = of(fixture, "/tags/x/");
    HAS(data, "\"itemListElement\":[{\"@type\":\"ListItem\",\"position\":1,\"name\":\"The Guild\","
              "\"item\":\"https://example.org/\"},{\"@type\":\"ListItem\",\"position\":2,");
    HAS(data, "\"item\":\"https://example.org/tags/\"},{\"@type\":\"ListItem\",\"position\":3,"
              "\"name\":\"x\",\"item\":\"https://example.org/tags/x/\"}]");
}

static void pages_that_no_one_should_find_have_none(void **state)
{
    struct plan_fixture *fixture = *state;
    plan_fixture_make(fixture, "",
                      "put pages/a.md <<'E'\n---\ntitle: A\naliases: [/old/]\n---\nE\n");
    assert_string_equal(of(fixture, "/404.html"), "");
    assert_string_equal(of(fixture, "/old/"), "");
    assert_string_equal(of(fixture, "/feed.xml"), "");
}

static void json_gets_its_commas_by_itself(void **state)
{
    struct buf out = {0};
    const struct date_time day = {.year = 2026, .month = 1, .day = 2};
    (void)state;
    json_open_object(&out, NULL);
    json_add_text(&out, "a", STR("{"));
    json_open_list(&out, "b");
    json_add_integer(&out, NULL, -1);
    json_add_boolean(&out, NULL, true);
    json_open_object(&out, NULL);
    json_close_object(&out);
    json_add_date(&out, NULL, &day);
    json_close_list(&out);
    json_add_given(&out, "c", STR(""));
    json_add_given(&out, "d", STR("["));
    json_close_object(&out);
    assert_string_equal(out.ptr, "{\"a\":\"{\",\"b\":[-1,true,{},\"2026-01-02\"],\"d\":\"[\"}");
    buf_release(&out);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, plan_fixture_setup, plan_fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(an_article_names_its_authors_and_what_they_hold),
        TEST(nothing_in_a_title_ends_the_script_element),
        TEST(comments_stand_with_their_article_in_the_order_of_the_thread),
        TEST(comments_that_are_off_are_not_told_of),
        TEST(a_long_thread_is_cut),
        TEST(a_member_has_credentials_in_force_and_no_e_mail_address),
        TEST(a_designation_page_says_what_it_is),
        TEST(an_event_says_when_where_and_whether),
        TEST(a_series_has_its_next_time_and_how_often_it_comes),
        TEST(a_cancelled_event_on_a_screen_says_so),
        TEST(the_home_page_is_the_organisation_and_its_site),
        TEST(the_way_to_a_page_leads_over_its_index),
        TEST(pages_that_no_one_should_find_have_none),
        cmocka_unit_test(json_gets_its_commas_by_itself),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
