/* Recurrence rules and series of events: what is refused, what is expanded, and when. */
#include "lang/calendar.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

static const struct fs FS = {0};

struct fixture {
    struct arena arena;
    struct diags diags;
    struct calendar_series series;
    struct calendar_except excepts[4];
    struct calendar_change changes[4];
    struct calendar_session sessions[4];
};

static struct date_time at(const char *text)
{
    struct date_time time;
    const char *why;

    if (date_parse(str_from(text), &time, &why) != 0)
        fail_msg("%s: %s", text, why);
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
    f->series.excepts = f->excepts;
    f->series.changes = f->changes;
    f->series.sessions = f->sessions;
}

static const struct calendar *open_series(struct fixture *f)
{
    const struct calendar *calendar = NULL;

    if (calendar_open(&f->series, &f->arena, &f->diags, &calendar) != 0)
        fail_msg("%.*s", STR_ARG(f->diags.items[0].message));
    return calendar;
}

static void end(struct fixture *f)
{
    arena_release(&f->arena);
}

/* The starts of the instances in 2020-2100 (at most 12), UTC, with ! before a cancelled one. */
static void check(struct fixture *f, const char *expected)
{
    const struct calendar *calendar = open_series(f);
    struct calendar_instances found =
        calendar_expand(calendar, utc("2020-01-01"), utc("2100-01-01"), &f->arena);
    struct buf text = {0};

    for (size_t i = 0; i < found.count && i < 12; i++) {
        struct date_time time = date_from_seconds(found.items[i].utc_start, 0);

        date_format(&text, &time, STR(" %F %H:%M"), STR(""), NULL);
        if (found.items[i].cancelled)
            buf_addc(&text, '!');
    }
    assert_string_equal(text.len > 0 ? text.ptr + 1 : "", expected);
    buf_release(&text);
}

static void check_diag(struct fixture *f, size_t index, enum severity severity, const char *code,
                       const char *part)
{
    assert_true(f->diags.count > index);
    assert_int_equal(f->diags.items[index].severity, severity);
    assert_string_equal(f->diags.items[index].code, code);
    if (!str_has(f->diags.items[index].message, str_from(part)))
        fail_msg("%.*s", STR_ARG(f->diags.items[index].message));
}

static void rules_that_cannot_be_are_refused_in_plain_words(void **state)
{
    static const char *const cases[][2] = {
        {"", "does not say how often"},
        {"BYDAY=MO", "does not say how often"},
        {"FREQ=HOURLY", "cannot repeat HOURLY"},
        {"FREQ=MINUTELY;INTERVAL=2", "cannot repeat MINUTELY"},
        {"byday=mo;freq=secondly", "cannot repeat SECONDLY"},
        {"FREQ=WEAKLY", "FREQ cannot be 'WEAKLY'"},
        {"FREQ=DAILY;COUNT=3;UNTIL=20270101", "COUNT and UNTIL cannot stand in one rule"},
        {"FREQ=DAILY;BYDAYS=MO", "no part 'BYDAYS'"},
        {"FREQ=DAILY;X-FOO=1", "no part 'X-FOO'"},
        {"every thursday", "'every thursday' is none"},
        {"FREQ=DAILY;FREQ=WEEKLY", "FREQ stands twice"},
        {"FREQ=", "FREQ has no value"},
        {"FREQ=DAILY;COUNT=0", "COUNT cannot be '0'"},
        {"FREQ=DAILY;COUNT=10000", "COUNT cannot be '10000'"},
        {"FREQ=DAILY;INTERVAL=-1", "INTERVAL cannot be '-1'"},
        {"FREQ=DAILY;INTERVAL=1.5", "INTERVAL cannot be '1.5'"},
        {"FREQ=MONTHLY;BYMONTHDAY=32", "BYMONTHDAY cannot be '32'"},
        {"FREQ=MONTHLY;BYMONTHDAY=0", "BYMONTHDAY cannot be '0'"},
        {"FREQ=YEARLY;BYMONTH=13", "BYMONTH cannot be '13'"},
        {"FREQ=YEARLY;BYMONTH=-1", "BYMONTH cannot be '-1'"},
        {"FREQ=YEARLY;BYMONTH=1,,2", "BYMONTH cannot be ''"},
        {"FREQ=YEARLY;BYMONTH=99999999999999", "BYMONTH cannot be"},
        {"FREQ=DAILY;BYHOUR=24", "BYHOUR cannot be '24'"},
        {"FREQ=MONTHLY;BYDAY=0MO", "BYDAY cannot be '0MO'"},
        {"FREQ=MONTHLY;BYDAY=1XX", "BYDAY cannot be '1XX'"},
        {"FREQ=MONTHLY;BYDAY=first", "BYDAY cannot be 'first'"},
        {"FREQ=WEEKLY;BYDAY=+2TH", "goes with MONTHLY or YEARLY"},
        {"FREQ=YEARLY;BYWEEKNO=1;BYDAY=1MO", "does not go with BYWEEKNO"},
        {"FREQ=MONTHLY;BYWEEKNO=1", "BYWEEKNO goes with FREQ=YEARLY"},
        {"FREQ=DAILY;BYYEARDAY=1", "BYYEARDAY goes with FREQ=YEARLY"},
        {"FREQ=WEEKLY;BYMONTHDAY=1", "BYMONTHDAY does not go with FREQ=WEEKLY"},
        {"FREQ=MONTHLY;BYSETPOS=1", "BYSETPOS chooses among"},
        {"FREQ=DAILY;UNTIL=tomorrow", "UNTIL cannot be 'tomorrow'"},
        {"FREQ=DAILY;UNTIL=20270230", "01 to 28"},
        {"FREQ=DAILY;WKST=XX", "WKST cannot be 'XX'"},
        {"FREQ=DAILY;BYHOUR=0,1,2,3;BYMINUTE=0,10,20,30,40,50;BYSECOND=0,30", "24 times a day"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct arena arena = {0};
        struct diags diags;
        const struct calendar_rule *rule;

        diags_init(&diags, &arena);
        assert_int_equal(
            calendar_rule_parse(str_from(cases[i][0]), (struct span){0}, &arena, &diags, &rule),
            -1);
        assert_true(diags.count > 0);
        assert_string_equal(diags.items[0].code, "bad-rule");
        if (!str_has(diags.items[0].message, str_from(cases[i][1])))
            fail_msg("%s: %.*s", cases[i][0], STR_ARG(diags.items[0].message));
        arena_release(&arena);
    }
}

static void forms_that_people_write_are_read(void **state)
{
    struct fixture f;

    (void)state;
    begin(&f, "UTC", "2026-01-08 18:00", NULL, "BYDAY=+2TH;FREQ=MONTHLY;COUNT=3");
    check(&f, "2026-01-08 18:00 2026-02-12 18:00 2026-03-12 18:00");
    end(&f);
    begin(&f, "UTC", "2026-01-01 18:00", NULL, " RRULE:FREQ=monthly; BYDAY=1th ; COUNT=2; ");
    check(&f, "2026-01-01 18:00 2026-02-05 18:00");
    end(&f);
    begin(&f, "UTC", "2026-01-01 18:00", NULL, "FREQ=DAILY;UNTIL=2026-01-02");
    check(&f, "2026-01-01 18:00 2026-01-02 18:00");
    end(&f);
}

static void rules_give_the_dates_of_rfc_5545(void **state)
{
    static const struct {
        const char *start, *rule, *dates;
    } cases[] = {
        {"2026-01-31", "FREQ=MONTHLY;COUNT=4",
         "2026-01-31 00:00 2026-03-31 00:00 2026-05-31 00:00 2026-07-31 00:00"},
        {"2024-02-29", "FREQ=YEARLY;COUNT=3", "2024-02-29 00:00 2028-02-29 00:00 2032-02-29 00:00"},
        {"2026-01-30", "FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=2", "2026-01-31 00:00 2026-02-28 00:00"},
        {"2026-01-02", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=3",
         "2026-01-30 00:00 2026-02-27 00:00 2026-03-31 00:00"},
        {"2026-11-03",
         "FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8;COUNT=2",
         "2026-11-03 00:00 2030-11-05 00:00"},
        {"2026-05-11", "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO;COUNT=2",
         "2026-05-11 00:00 2027-05-17 00:00"},
        {"2024-12-30", "FREQ=YEARLY;BYWEEKNO=1;BYDAY=MO;COUNT=2",
         "2024-12-30 00:00 2025-12-29 00:00"},
        {"2026-01-01", "FREQ=YEARLY;BYYEARDAY=1,-1;COUNT=3",
         "2026-01-01 00:00 2026-12-31 00:00 2027-01-01 00:00"},
        /* The RFC's pair of examples on WKST. */
        {"2025-08-05", "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO",
         "2025-08-05 00:00 2025-08-10 00:00 2025-08-19 00:00 2025-08-24 00:00"},
        {"2025-08-05", "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU",
         "2025-08-05 00:00 2025-08-17 00:00 2025-08-19 00:00 2025-08-31 00:00"},
        {"2026-06-19", "FREQ=YEARLY;BYMONTHDAY=20,29;COUNT=3",
         "2026-06-20 00:00 2026-06-29 00:00 2026-07-20 00:00"},
        {"2026-03-01 09:00", "FREQ=DAILY;BYHOUR=9,14;BYMINUTE=0,30;COUNT=5",
         "2026-03-01 09:00 2026-03-01 09:30 2026-03-01 14:00 2026-03-01 14:30 2026-03-02 09:00"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct fixture f;

        begin(&f, "UTC", cases[i].start, NULL, cases[i].rule);
        check(&f, cases[i].dates);
        end(&f);
    }
}

static void a_meeting_stays_at_its_hour_when_the_clocks_change(void **state)
{
    struct fixture f;

    (void)state;
    begin(&f, "Europe/London", "2026-03-22 09:00", NULL, "FREQ=WEEKLY;COUNT=3");
    check(&f, "2026-03-22 09:00 2026-03-29 08:00 2026-04-05 08:00");
    end(&f);
    /* A gap is read with the offset before it, an overlap means the first. */
    begin(&f, "Europe/London", "2026-03-22 01:30", NULL, "FREQ=WEEKLY;COUNT=3");
    check(&f, "2026-03-22 01:30 2026-03-29 01:30 2026-04-05 00:30");
    end(&f);
    begin(&f, "Europe/London", "2026-10-18 01:30", NULL, "FREQ=WEEKLY;COUNT=3");
    check(&f, "2026-10-18 00:30 2026-10-25 00:30 2026-11-01 01:30");
    end(&f);
    begin(&f, "Australia/Lord_Howe", "2026-10-03 02:15", NULL, "FREQ=DAILY;COUNT=3");
    check(&f, "2026-10-02 15:45 2026-10-03 15:45 2026-10-04 15:15");
    end(&f);
}

static void until_is_read_in_the_event_s_zone(void **state)
{
    static const char *const rules[][2] = {
        {"FREQ=DAILY;UNTIL=20260702", "2026-07-01 00:30 2026-07-02 00:30"},
        {"FREQ=DAILY;UNTIL=20260702T013000", "2026-07-01 00:30 2026-07-02 00:30"},
        {"FREQ=DAILY;UNTIL=20260702T012959", "2026-07-01 00:30"},
        {"FREQ=DAILY;UNTIL=20260702T003000Z", "2026-07-01 00:30 2026-07-02 00:30"},
        {"FREQ=DAILY;UNTIL=20260702T002959Z", "2026-07-01 00:30"},
    };
    struct fixture f;

    (void)state;
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        begin(&f, "Europe/London", "2026-07-01 01:30", NULL, rules[i][0]);
        check(&f, rules[i][1]);
        end(&f);
    }
    begin(&f, "America/New_York", "2026-07-01", NULL, "FREQ=DAILY;UNTIL=20260703T030000Z");
    check(&f, "2026-07-01 04:00 2026-07-02 04:00");
    end(&f);
}

static void exceptions_and_changes_are_applied(void **state)
{
    struct fixture f;
    struct calendar_instances found;

    (void)state;
    begin(&f, "UTC", "2026-01-01 18:00", "2026-01-01 20:00", "FREQ=WEEKLY;COUNT=5");
    f.excepts[0].date = at("2026-01-08");
    f.series.except_count = 1;
    f.changes[0] = (struct calendar_change){
        .date = at("2026-01-15"), .has_start = true, .start = at("2026-01-16 19:00")};
    f.changes[1] = (struct calendar_change){.date = at("2026-01-22 18:00"), .cancelled = true};
    f.changes[2] = (struct calendar_change){
        .date = at("2026-01-29"), .has_start = true, .start = at("2025-12-30")};
    f.series.change_count = 3;
    check(&f, "2025-12-30 18:00 2026-01-01 18:00 2026-01-16 19:00 2026-01-22 18:00!");
    assert_int_equal(f.diags.count, 0);
    /* What moved into a window from far away is in it, what moved out is not. */
    found = calendar_expand(open_series(&f), utc("2025-12-30"), utc("2025-12-31"), &f.arena);
    assert_int_equal(found.count, 1);
    assert_int_equal(found.items[0].original, utc("2026-01-29 18:00"));
    assert_int_equal(found.items[0].utc_end - found.items[0].utc_start, 7200);
    found = calendar_expand(open_series(&f), utc("2026-01-29"), utc("2026-01-30"), &f.arena);
    assert_int_equal(found.count, 0);
    end(&f);
}

static void dates_that_match_nothing_are_said(void **state)
{
    struct fixture f;

    (void)state;
    begin(&f, "UTC", "2026-01-01 18:00", NULL, "FREQ=WEEKLY");
    f.excepts[0].date = at("2026-01-09");
    f.excepts[1].date = at("2026-01-15");
    f.series.except_count = 2;
    f.changes[0].date = at("2026-01-08 19:00");
    f.changes[1].date = at("2026-01-15");
    f.changes[2].date = at("2026-01-22");
    f.changes[3].date = at("2026-01-22");
    f.series.change_count = 4;
    open_series(&f);
    check_diag(&f, 0, SEVERITY_WARNING, "unmatched-date", "Friday 2026-01-09");
    assert_true(str_has(f.diags.items[0].hint, STR("Thursday 2026-01-15 18:00")));
    check_diag(&f, 1, SEVERITY_WARNING, "unmatched-date", "Thursday 2026-01-08 19:00");
    check_diag(&f, 2, SEVERITY_WARNING, "repeated-date", "left out by `except`");
    check_diag(&f, 3, SEVERITY_WARNING, "repeated-date", "changed above");
    assert_int_equal(f.diags.count, 4);
    end(&f);
}

static void a_start_off_its_rule_is_explained(void **state)
{
    struct fixture f;

    (void)state;
    begin(&f, "UTC", "2026-09-01 19:00", NULL, "FREQ=MONTHLY;BYDAY=1TH;COUNT=2");
    check(&f, "2026-09-03 19:00 2026-10-01 19:00");
    check_diag(&f, 0, SEVERITY_WARNING, "start-off-rule", "starts on Tuesday 2026-09-01 19:00");
    assert_true(str_has(f.diags.items[0].hint, STR("write 2026-09-03 19:00 as the start")));
    assert_int_equal(calendar_first(open_series(&f)), utc("2026-09-03 19:00"));
    end(&f);
}

static void series_that_cannot_be_are_refused(void **state)
{
    static const struct {
        const char *start, *end, *rule, *code;
    } cases[] = {
        {"2026-01-02 10:00", "2026-01-02 09:00", NULL, "end-before-start"},
        {"2026-01-02", "2026-01-01", NULL, "end-before-start"},
        {"2026-01-02 10:00", "2026-01-02", NULL, "time-mismatch"},
        {"2026-01-02", NULL, "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "never-repeats"},
        {"2026-01-02", NULL, "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "never-repeats"},
        {"2026-01-02", NULL, "FREQ=MONTHLY;BYDAY=7TH", "never-repeats"},
        {"2026-01-02", NULL, "FREQ=MONTHLY;BYMONTHDAY=1,2,3;BYSETPOS=5", "never-repeats"},
        {"2023-02-28", NULL, "FREQ=YEARLY;INTERVAL=4;BYMONTHDAY=29;BYMONTH=2", "never-repeats"},
        {"2026-01-02", NULL, "FREQ=DAILY;UNTIL=20251231", "never-repeats"},
    };
    struct fixture f;
    const struct calendar *calendar;

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        begin(&f, "UTC", cases[i].start, cases[i].end, cases[i].rule);
        assert_int_equal(calendar_open(&f.series, &f.arena, &f.diags, &calendar), -1);
        check_diag(&f, 0, SEVERITY_ERROR, cases[i].code, "");
        end(&f);
    }
    begin(&f, "UTC", "2026-01-01 09:00", NULL, "FREQ=DAILY");
    f.series.session_count = 1;
    assert_int_equal(calendar_open(&f.series, &f.arena, &f.diags, &calendar), -1);
    check_diag(&f, 0, SEVERITY_ERROR, "bad-rule", "either repeats or has sessions");
    end(&f);
}

static void a_time_in_a_gap_is_said_and_resolved(void **state)
{
    struct fixture f;

    (void)state;
    begin(&f, "Europe/London", "2026-03-29 01:30", NULL, NULL);
    check(&f, "2026-03-29 01:30");
    check_diag(&f, 0, SEVERITY_WARNING, "time-gap", "Europe/London skip Sunday 2026-03-29 01:30");
    check_diag(&f, 0, SEVERITY_WARNING, "time-gap", "so Sunday 2026-03-29 02:30 is taken");
    end(&f);
}

static void sessions_are_instances_of_their_own(void **state)
{
    struct fixture f;
    struct calendar_instances found;

    (void)state;
    begin(&f, "Europe/London", "2026-05-01 09:00", "2026-05-02 17:00", NULL);
    f.sessions[0] = (struct calendar_session){.start = at("2026-05-02 10:00")};
    f.sessions[1] = (struct calendar_session){
        .start = at("2026-05-01 09:00"), .end = at("2026-05-01 12:00"), .has_end = true};
    f.series.session_count = 2;
    found = calendar_expand(open_series(&f), utc("2026-05-01"), utc("2026-06-01"), &f.arena);
    assert_int_equal(found.count, 2);
    assert_int_equal(found.items[0].session, 1);
    assert_int_equal(found.items[0].utc_end, utc("2026-05-01 11:00"));
    assert_int_equal(found.items[1].utc_start, utc("2026-05-02 09:00"));
    end(&f);
}

static void the_window_holds_what_touches_it(void **state)
{
    struct fixture f;
    const struct calendar *calendar;

    (void)state;
    begin(&f, "UTC", "2026-01-01 22:00", "2026-01-02 02:00", "FREQ=DAILY");
    calendar = open_series(&f);
    assert_int_equal(
        calendar_expand(calendar, utc("2026-01-03 00:00"), utc("2026-01-03 22:00"), &f.arena).count,
        1);
    assert_int_equal(
        calendar_expand(calendar, utc("2026-01-03 02:00"), utc("2026-01-03 22:00"), &f.arena).count,
        0);
    assert_int_equal(
        calendar_expand(calendar, utc("2025-01-03"), utc("2026-01-01 22:00"), &f.arena).count, 0);
    end(&f);
}

static void all_day_events_end_on_their_last_day(void **state)
{
    struct fixture f;
    struct calendar_instances found;

    (void)state;
    begin(&f, "Europe/London", "2026-03-28", "2026-03-29", NULL);
    found = calendar_expand(open_series(&f), utc("2026-03-01"), utc("2026-06-01"), &f.arena);
    assert_int_equal(found.count, 1);
    assert_int_equal(found.items[0].local_end, utc("2026-03-30"));
    assert_int_equal(found.items[0].utc_end, utc("2026-03-29 23:00"));
    end(&f);
}

static void no_rule_takes_long_or_gives_without_end(void **state)
{
    static const char *const rules[] = {
        "FREQ=DAILY",
        "FREQ=DAILY;BYHOUR=0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;BYDAY=SU;COUNT=9999",
        "FREQ=DAILY;BYMONTHDAY=31;BYDAY=SU;COUNT=9999",
        "FREQ=DAILY;INTERVAL=9999",
        "FREQ=YEARLY;BYWEEKNO=53;COUNT=9999"};
    struct timespec before, after;

    (void)state;
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        struct fixture f;
        struct calendar_instances found;

        begin(&f, "UTC", "0001-01-01 00:00", NULL, rules[i]);
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &before);
        found = calendar_expand(open_series(&f), INT64_MIN, INT64_MAX, &f.arena);
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &after);
        assert_true(found.count <= CALENDAR_MOST);
        if (after.tv_sec - before.tv_sec > 2)
            fail_msg("%s takes seconds", rules[i]);
        end(&f);
    }
}

static void rules_are_written_as_programs_want_them(void **state)
{
    static const struct {
        const char *zone, *start, *rule, *written;
    } cases[] = {
        {"UTC", "2026-01-08 18:00", "byday=+2th,-1FR;freq=monthly", "FREQ=MONTHLY;BYDAY=2TH,-1FR"},
        {"Europe/London", "2026-07-01 09:00", "FREQ=DAILY;UNTIL=20260702",
         "FREQ=DAILY;UNTIL=20260702T225959Z"},
        {"Europe/London", "2026-07-01", "FREQ=DAILY;UNTIL=20260702T120000Z;BYHOUR=9",
         "FREQ=DAILY;UNTIL=20260702"},
        {"UTC", "2026-05-12", "FREQ=YEARLY;BYWEEKNO=20;WKST=SU",
         "FREQ=YEARLY;BYWEEKNO=20;BYDAY=TU;WKST=SU"},
        {"UTC", "2026-01-01", "INTERVAL=2;COUNT=3;FREQ=YEARLY;BYMONTH=5,1",
         "FREQ=YEARLY;INTERVAL=2;COUNT=3;BYMONTH=1,5"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct fixture f;
        struct buf out = {0};

        begin(&f, cases[i].zone, cases[i].start, NULL, cases[i].rule);
        calendar_rule_write(open_series(&f), &out);
        assert_string_equal(out.ptr, cases[i].written);
        buf_release(&out);
        end(&f);
    }
}

static void usual_rules_are_told_in_words(void **state)
{
    static const struct {
        const char *start, *rule, *english, *french;
    } cases[] = {
        {"2026-01-01", "FREQ=MONTHLY;BYDAY=1TH", "first Thursday of each month",
         "chaque premier Thursday du mois"},
        {"2026-01-01", "FREQ=MONTHLY;BYDAY=1TH,3TH",
         "first Thursday and third Thursday of each month",
         "chaque premier Thursday et troisième Thursday du mois"},
        {"2026-01-30", "FREQ=MONTHLY;INTERVAL=2;BYDAY=-1FR", "last Friday of every 2 months",
         "dernier Friday du mois, tous les 2 mois"},
        {"2026-01-01", "FREQ=WEEKLY;BYDAY=TH,MO,FR", "every Monday, Thursday and Friday",
         "chaque Monday, Thursday et Friday"},
        {"2026-01-01", "FREQ=DAILY;COUNT=3", "every day", "chaque jour"},
        {"2026-07-01", "FREQ=MONTHLY", "day 1 of each month", "le 1er de chaque mois"},
        {"2026-07-14", "FREQ=YEARLY", "every year on 14 July", "chaque année le 14 July"},
        {"2026-07-14", "FREQ=DAILY;BYMONTH=7", "", ""},
        {"2026-07-14", "FREQ=MONTHLY;BYDAY=TU;BYSETPOS=2", "", ""},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct fixture f;
        struct buf out = {0};
        bool told;

        begin(&f, "UTC", cases[i].start, NULL, cases[i].rule);
        told = calendar_describe(open_series(&f), calendar_words(STR("en-CA")), NULL, &out);
        assert_int_equal(told, cases[i].english[0] != '\0');
        assert_string_equal(out.len > 0 ? out.ptr : "", cases[i].english);
        buf_clear(&out);
        calendar_describe(open_series(&f), calendar_words(STR("fr")), NULL, &out);
        assert_string_equal(out.len > 0 ? out.ptr : "", cases[i].french);
        buf_release(&out);
        end(&f);
    }
    assert_null(calendar_words(STR("de")));
}

static void the_next_instance_skips_what_is_cancelled(void **state)
{
    struct fixture f;
    struct calendar_instance next;

    (void)state;
    begin(&f, "UTC", "2026-01-01 18:00", "2026-01-01 19:00", "FREQ=WEEKLY;COUNT=3");
    f.changes[0] = (struct calendar_change){.date = at("2026-01-08"), .cancelled = true};
    f.series.change_count = 1;
    assert_true(calendar_next(open_series(&f), utc("2026-01-01 18:30"), &f.arena, &next));
    assert_int_equal(next.utc_start, utc("2026-01-01 18:00"));
    assert_true(calendar_next(open_series(&f), utc("2026-01-01 19:00"), &f.arena, &next));
    assert_int_equal(next.utc_start, utc("2026-01-15 18:00"));
    assert_false(calendar_next(open_series(&f), utc("2026-01-15 19:00"), &f.arena, &next));
    end(&f);
}

static void *expand_in_thread(void *context)
{
    const struct calendar *calendar = context;
    struct arena arena = {0};
    size_t total = 0;

    for (int i = 0; i < 50; i++) {
        total += calendar_expand(calendar, 1767225600, 1830297600, &arena).count;
        arena_clear(&arena);
    }
    arena_release(&arena);
    return (void *)total;
}

static void eight_threads_expand_one_series_alike(void **state)
{
    struct fixture f;
    pthread_t threads[8];
    const struct calendar *calendar;

    (void)state;
    begin(&f, "America/New_York", "2026-01-01 18:00", NULL, "FREQ=WEEKLY;BYDAY=MO,TH");
    calendar = open_series(&f);
    for (int i = 0; i < 8; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, expand_in_thread, (void *)calendar), 0);
    for (int i = 0; i < 8; i++) {
        void *total;

        pthread_join(threads[i], &total);
        assert_int_equal((size_t)total, 50 * 209);
    }
    end(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rules_that_cannot_be_are_refused_in_plain_words),
        cmocka_unit_test(forms_that_people_write_are_read),
        cmocka_unit_test(rules_give_the_dates_of_rfc_5545),
        cmocka_unit_test(a_meeting_stays_at_its_hour_when_the_clocks_change),
        cmocka_unit_test(until_is_read_in_the_event_s_zone),
        cmocka_unit_test(exceptions_and_changes_are_applied),
        cmocka_unit_test(dates_that_match_nothing_are_said),
        cmocka_unit_test(a_start_off_its_rule_is_explained),
        cmocka_unit_test(series_that_cannot_be_are_refused),
        cmocka_unit_test(a_time_in_a_gap_is_said_and_resolved),
        cmocka_unit_test(sessions_are_instances_of_their_own),
        cmocka_unit_test(the_window_holds_what_touches_it),
        cmocka_unit_test(all_day_events_end_on_their_last_day),
        cmocka_unit_test(no_rule_takes_long_or_gives_without_end),
        cmocka_unit_test(rules_are_written_as_programs_want_them),
        cmocka_unit_test(usual_rules_are_told_in_words),
        cmocka_unit_test(the_next_instance_skips_what_is_cancelled),
        cmocka_unit_test(eight_threads_expand_one_series_alike),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
