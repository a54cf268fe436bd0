/* The iCalendar writer, line by line. What other programs make of it: tests/ical/run.sh. */
#include "base/utf8.h"
#include "pages/ics.h"
#include "pages/ics_internal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static const struct fs FS = {0};

struct fixture {
    struct arena arena;
    struct diags diags;
    struct calendar_series series;
    struct ics_event event;
    struct buf out;
};

static struct date_time at(const char *text)
{
    struct date_time time;
    const char *why;

    assert_int_equal(date_parse(str_from(text), &time, &why), 0);
    return time;
}

static int64_t utc(const char *text)
{
    struct date_time time = at(text);

    return date_utc_seconds(&time);
}

static void begin(struct fixture *f, const char *zone, const char *start, const char *end,
                  const char *rule)
{
    *f = (struct fixture){0};
    diags_init(&f->diags, &f->arena);
    assert_int_equal(zone_load(&FS, NULL, str_from(zone), &f->arena, &f->series.zone), 0);
    f->series.start = at(start);
    f->series.has_end = end != NULL;
    if (end != NULL)
        f->series.end = at(end);
    if (rule != NULL)
        assert_int_equal(calendar_rule_parse(str_from(rule), (struct span){0}, &f->arena, &f->diags,
                                             &f->series.rule),
                         0);
    f->event = (struct ics_event){
        .uid = STR("a@b"), .sequence = 2, .modified = 1767323045, .title = STR("Talk")};
}

static const char *write_feed(struct fixture *f)
{
    struct ics_feed feed = {
        .product = STR("-//x//copse//EN"), .horizon = utc("2028-01-01"), .events = &f->event};

    feed.count = 1;
    assert_int_equal(calendar_open(&f->series, &f->arena, &f->diags, &f->event.calendar), 0);
    buf_clear(&f->out);
    ics_write(&feed, &f->arena, &f->out);
    return f->out.ptr;
}

static void end(struct fixture *f)
{
    buf_release(&f->out);
    arena_release(&f->arena);
}

static void check_has(struct fixture *f, const char *part)
{
    if (strstr(f->out.ptr, part) == NULL)
        fail_msg("no\n%s\nin\n%s", part, f->out.ptr);
}

static void check_lacks(struct fixture *f, const char *part)
{
    if (strstr(f->out.ptr, part) != NULL)
        fail_msg("%s in\n%s", part, f->out.ptr);
}

static void an_event_of_one_time_is_written_whole(void **state)
{
    struct fixture f;

    (void)state;
    begin(&f, "UTC", "2026-07-01 09:00", "2026-07-01 10:00", NULL);
    assert_string_equal(write_feed(&f), "BEGIN:VCALENDAR\r\n"
                                        "VERSION:2.0\r\n"
                                        "PRODID:-//x//copse//EN\r\n"
                                        "CALSCALE:GREGORIAN\r\n"
                                        "BEGIN:VEVENT\r\n"
                                        "UID:a@b\r\n"
                                        "DTSTAMP:20260102T030405Z\r\n"
                                        "LAST-MODIFIED:20260102T030405Z\r\n"
                                        "SEQUENCE:2\r\n"
                                        "DTSTART:20260701T090000Z\r\n"
                                        "DTEND:20260701T100000Z\r\n"
                                        "SUMMARY:Talk\r\n"
                                        "STATUS:CONFIRMED\r\n"
                                        "END:VEVENT\r\n"
                                        "END:VCALENDAR\r\n");
    end(&f);
}

/* Unfolding must give back the line; no line may be too long or begin within a character. */
static void lines_fold_between_characters_at_75_octets(void **state)
{
    static const struct str fillings[] = {STR_INIT("x"), STR_INIT("\xc3\xa9"),
                                          STR_INIT("\xe2\x82\xac"), STR_INIT("\xf0\x9f\x8e\x89")};

    (void)state;
    for (size_t length = 0; length < 200; length++) {
        struct buf line = {0};
        struct buf folded = {0};
        struct buf unfolded = {0};
        struct str rest;
        struct str physical;

        buf_adds(&line, "SUMMARY:");
        for (size_t i = 0; i < length; i++)
            buf_addc(&line, 'x');
        for (size_t i = 0; i < 60; i++)
            buf_add(&line, fillings[(i + length) % 4]);
        ics_line(&folded, buf_str(&line));
        rest = buf_str(&folded);
        while (str_line(&rest, &physical)) {
            assert_true(physical.len <= 75);
            assert_int_equal(utf8_invalid(physical), STR_NONE);
            assert_true(unfolded.len == 0 || physical.ptr[0] == ' ');
            buf_add(&unfolded, str_after(physical, unfolded.len == 0 ? 0 : 1));
        }
        assert_true(str_ends(buf_str(&folded), STR("\r\n")));
        assert_true(str_eq(buf_str(&unfolded), buf_str(&line)));
        buf_release(&line);
        buf_release(&folded);
        buf_release(&unfolded);
    }
}

static void a_line_of_75_octets_is_not_folded(void **state)
{
    char line[76];
    struct buf out = {0};

    (void)state;
    memset(line, 'a', 75);
    ics_line(&out, (struct str){line, 75});
    assert_int_equal(out.len, 77);
    buf_clear(&out);
    memset(line, 'a', 76);
    ics_line(&out, (struct str){line, 76});
    assert_int_equal(out.len, 81);
    buf_release(&out);
}

static void nothing_in_a_text_can_end_its_line(void **state)
{
    struct buf out = {0};

    (void)state;
    ics_text(&out, "SUMMARY", STR("a;b,c\\d\r\ne\rf\ng\0h\x07i\x7fj\xffk"));
    assert_string_equal(out.ptr, "SUMMARY:a\\;b\\,c\\\\d\\ne\\nf\\nghij\xef\xbf\xbdk\r\n");
    buf_clear(&out);
    ics_text(&out, "SUMMARY", STR(""));
    assert_int_equal(out.len, 0);
    ics_line(&out, STR("URL:https://example.org/\r\nATTACH:evil"));
    assert_string_equal(out.ptr, "URL:https://example.org/ATTACH:evil\r\n");
    buf_release(&out);
}

static void all_day_events_have_days_and_an_exclusive_end(void **state)
{
    struct fixture f;

    (void)state;
    begin(&f, "Europe/London", "2026-03-28", "2026-03-29", "FREQ=YEARLY;UNTIL=2028-12-31");
    write_feed(&f);
    check_has(&f, "DTSTART;VALUE=DATE:20260328\r\nDTEND;VALUE=DATE:20260330\r\n"
                  "RRULE:FREQ=YEARLY;UNTIL=20281231\r\n");
    check_lacks(&f, "VTIMEZONE");
    end(&f);
}

static void exceptions_and_changes_are_written(void **state)
{
    struct fixture f;
    struct calendar_except except = {.date = at("2026-01-15")};
    struct calendar_change changes[] = {
        {.date = at("2026-01-22"),
         .has_start = true,
         .start = at("2026-01-23 19:00"),
         .title = STR("Other talk"),
         .location = STR("Elsewhere")},
        {.date = at("2026-01-29"), .cancelled = true},
    };

    (void)state;
    begin(&f, "Europe/London", "2026-01-08 18:00", "2026-01-08 19:00", "FREQ=WEEKLY");
    f.series.excepts = &except;
    f.series.except_count = 1;
    f.series.changes = changes;
    f.series.change_count = 2;
    write_feed(&f);
    check_has(&f, "DTSTART;TZID=Europe/London:20260108T180000\r\n"
                  "DTEND;TZID=Europe/London:20260108T190000\r\n"
                  "RRULE:FREQ=WEEKLY\r\n"
                  "EXDATE;TZID=Europe/London:20260115T180000\r\n");
    check_has(&f, "RECURRENCE-ID;TZID=Europe/London:20260122T180000\r\n"
                  "DTSTART;TZID=Europe/London:20260123T190000\r\n"
                  "DTEND;TZID=Europe/London:20260123T200000\r\n"
                  "SUMMARY:Other talk\r\nLOCATION:Elsewhere\r\nSTATUS:CONFIRMED\r\n");
    check_has(&f, "RECURRENCE-ID;TZID=Europe/London:20260129T180000\r\n"
                  "DTSTART;TZID=Europe/London:20260129T180000\r\n"
                  "DTEND;TZID=Europe/London:20260129T190000\r\n"
                  "SUMMARY:Talk\r\nSTATUS:CANCELLED\r\n");
    end(&f);
}

static void a_cancelled_event_says_so(void **state)
{
    struct fixture f;

    (void)state;
    begin(&f, "UTC", "2026-01-08 18:00", NULL, NULL);
    f.event.cancelled = true;
    write_feed(&f);
    check_has(&f, "STATUS:CANCELLED\r\n");
    check_lacks(&f, "DTEND");
    end(&f);
}

static void sessions_have_identifiers_of_their_own(void **state)
{
    struct fixture f;
    struct calendar_session sessions[] = {{.start = at("2026-05-01 09:00")},
                                          {.start = at("2026-05-02 09:00")}};

    (void)state;
    begin(&f, "UTC", "2026-05-01 09:00", NULL, NULL);
    f.series.sessions = sessions;
    f.series.session_count = 2;
    write_feed(&f);
    check_has(&f, "UID:a@b\r\n");
    check_has(&f, "UID:a@b-session-2\r\n");
    check_lacks(&f, "RECURRENCE-ID");
    end(&f);
}

static void a_regular_zone_has_two_yearly_observances(void **state)
{
    struct fixture f;

    (void)state;
    begin(&f, "Europe/Dublin", "2026-07-01 09:00", NULL, NULL);
    write_feed(&f);
    /* tzdata calls Dublin's winter its daylight saving; programs expect it the other way. */
    check_has(&f, "BEGIN:VTIMEZONE\r\nTZID:Europe/Dublin\r\nBEGIN:STANDARD\r\n"
                  "DTSTART:20251026T020000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0000\r\n"
                  "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\nTZNAME:GMT\r\nEND:STANDARD\r\n"
                  "BEGIN:DAYLIGHT\r\nDTSTART:20260329T010000\r\nTZOFFSETFROM:+0000\r\n"
                  "TZOFFSETTO:+0100\r\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\nTZNAME:IST\r\n"
                  "END:DAYLIGHT\r\nEND:VTIMEZONE\r\n");
    end(&f);
}

static void years_of_other_rules_are_written_one_by_one(void **state)
{
    struct fixture f;

    (void)state;
    begin(&f, "America/New_York", "2006-06-01 09:00", NULL, "FREQ=MONTHLY;UNTIL=20080101");
    write_feed(&f);
    check_has(&f, "DTSTART:20060402T020000\r\nTZOFFSETFROM:-0500\r\nTZOFFSETTO:-0400\r\n"
                  "TZNAME:EDT\r\nEND:DAYLIGHT\r\n");
    check_has(&f, "DTSTART:20061029T020000\r\n");
    check_has(&f, "DTSTART:20070311T020000\r\nTZOFFSETFROM:-0500\r\nTZOFFSETTO:-0400\r\n"
                  "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU\r\n");
    check_lacks(&f, "RDATE");
    end(&f);
}

/* Macquarie Island did not go back to winter time in April 2010. */
static void a_change_left_out_breaks_the_rule(void **state)
{
    struct fixture f;

    (void)state;
    begin(&f, "Antarctica/Macquarie", "2009-06-01 09:00", NULL, "FREQ=MONTHLY;UNTIL=20111201");
    write_feed(&f);
    check_has(&f, "DTSTART:20091004T020000\r\nTZOFFSETFROM:+1000\r\nTZOFFSETTO:+1100\r\n"
                  "TZNAME:AEDT\r\n");
    check_has(&f, "DTSTART:20110403T030000\r\nTZOFFSETFROM:+1100\r\nTZOFFSETTO:+1000\r\n"
                  "RRULE:FREQ=YEARLY;BYMONTH=4;BYDAY=1SU\r\n");
    end(&f);
}

static void a_zone_without_changes_has_one_observance(void **state)
{
    struct fixture f;

    (void)state;
    begin(&f, "Asia/Kolkata", "2026-07-01 09:00", NULL, NULL);
    write_feed(&f);
    check_has(&f, "TZID:Asia/Kolkata\r\nBEGIN:STANDARD\r\nDTSTART:16010101T000000\r\n"
                  "TZOFFSETFROM:+0530\r\nTZOFFSETTO:+0530\r\nTZNAME:IST\r\nEND:STANDARD\r\n"
                  "END:VTIMEZONE\r\n");
    end(&f);
}

/* Only UTC can say which of two equal wall-clock times is meant. */
static void the_second_of_two_equal_times_is_written_in_utc(void **state)
{
    struct fixture f;

    (void)state;
    begin(&f, "Europe/London", "2026-10-25 01:30 +00:00", NULL, NULL);
    write_feed(&f);
    check_has(&f, "DTSTART:20261025T013000Z\r\n");
    end(&f);
    begin(&f, "Europe/London", "2026-10-25 01:30", NULL, NULL);
    write_feed(&f);
    check_has(&f, "DTSTART;TZID=Europe/London:20261025T013000\r\n");
    end(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_event_of_one_time_is_written_whole),
        cmocka_unit_test(lines_fold_between_characters_at_75_octets),
        cmocka_unit_test(a_line_of_75_octets_is_not_folded),
        cmocka_unit_test(nothing_in_a_text_can_end_its_line),
        cmocka_unit_test(all_day_events_have_days_and_an_exclusive_end),
        cmocka_unit_test(exceptions_and_changes_are_written),
        cmocka_unit_test(a_cancelled_event_says_so),
        cmocka_unit_test(sessions_have_identifiers_of_their_own),
        cmocka_unit_test(a_regular_zone_has_two_yearly_observances),
        cmocka_unit_test(years_of_other_rules_are_written_one_by_one),
        cmocka_unit_test(a_change_left_out_breaks_the_rule),
        cmocka_unit_test(a_zone_without_changes_has_one_observance),
        cmocka_unit_test(the_second_of_two_equal_times_is_written_in_utc),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
