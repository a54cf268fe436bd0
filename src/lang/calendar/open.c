#include "base/vec.h"
#include "lang/calendar/calendar_internal.h"

#include <stdlib.h>

enum { DATES_MOST = 1000, YEARS_AHEAD = 100, OCCURRENCES_A_DAY = 24 };

static const int64_t YEAR = 31557600; /* seconds, of 365.25 days */

struct opening {
    struct calendar *calendar;
    const struct calendar_series *series;
    struct arena *arena;
    struct diags *diags;
    bool failed;
};

struct change_list {
    struct resolved_change *items;
    size_t count;
    size_t capacity;
};

struct local_list {
    int64_t *items;
    size_t count;
    size_t capacity;
};

/* "Thursday 2026-09-03", with the time where there is one. */
static struct str shown(struct opening *opening, int64_t local)
{
    struct date_time time = date_from_seconds(local, 0);
    struct buf text = {0};
    struct str copy;

    date_format(&text, &time, opening->calendar->all_day ? STR("%A %F") : STR("%A %F %H:%M"),
                (struct str){NULL, 0}, NULL);
    copy = arena_str(opening->arena, buf_str(&text));
    buf_release(&text);
    return copy;
}

static void fail(struct opening *opening, const char *code, struct span span, const char *message)
{
    diag_error(opening->diags, code, span, "%s", message);
    opening->failed = true;
}

/* A time that the clocks skip is taken, but said. */
static void check_gap(struct opening *opening, const struct date_time *time, struct span span)
{
    struct calendar_moment moment = calendar_moment(opening->series->zone, time);

    if (opening->calendar->all_day || !time->has_time || moment.fit != ZONE_GAP)
        return;
    diag_add(
        opening->diags, SEVERITY_WARNING, "time-gap", span,
        "the clocks of %.*s skip %.*s, so %.*s is taken", STR_ARG(zone_name(opening->series->zone)),
        STR_ARG(shown(opening, date_local_seconds(time))), STR_ARG(shown(opening, moment.local)));
}

static int64_t check_length(struct opening *opening, const struct date_time *start,
                            const struct date_time *end, struct span span)
{
    int64_t length;

    if (!opening->calendar->all_day && !end->has_time) {
        fail(opening, "time-mismatch", span,
             "the start has a time of day but the end is only a day; give the end a time too");
        return 0;
    }
    if (!opening->series->all_day && opening->calendar->all_day && end->has_time)
        diag_add(opening->diags, SEVERITY_WARNING, "time-mismatch", span,
                 "the start is only a day, so the time of the end does nothing; give the start a "
                 "time too");
    check_gap(opening, end, span);
    length = calendar_length(opening->calendar, start, end);
    if (length >= 0 && (length > 0 || !opening->calendar->all_day))
        return length;
    diag_error(opening->diags, "end-before-start", span,
               "the event ends on %.*s, before it starts on %.*s",
               STR_ARG(shown(opening, calendar_local(opening->calendar, end))),
               STR_ARG(shown(opening, calendar_local(opening->calendar, start))));
    opening->failed = true;
    return 0;
}

static void check_counts(struct opening *opening)
{
    const struct calendar_series *series = opening->series;

    if (series->except_count > DATES_MOST || series->change_count > DATES_MOST ||
        series->session_count > DATES_MOST)
        fail(opening, "too-many-dates", series->start_span,
             "an event can have 1000 exceptions, 1000 changes and 1000 sessions, not more");
    if (series->session_count > 0 && series->rule != NULL)
        fail(opening, "bad-rule", series->rule_span,
             "an event either repeats or has sessions; for both, write one event for each session");
}

static void open_sessions(struct opening *opening)
{
    const struct calendar_series *series = opening->series;

    for (size_t i = 0; i < series->session_count; i++) {
        const struct calendar_session *session = &series->sessions[i];

        check_gap(opening, &session->start, session->start_span);
        if (!opening->calendar->all_day && !session->start.has_time)
            fail(opening, "time-mismatch", session->start_span,
                 "the event has times of day but this session is only a day; give it a time");
        else if (session->has_end)
            check_length(opening, &session->start, &session->end, session->end_span);
    }
}

/* The last local second on which UNTIL lets the event take place. */
static int64_t until_local(const struct calendar *calendar, const struct date_time *until)
{
    int64_t local;

    if (!until->has_time)
        local = date_days(until->year, until->month, until->day) * DAY + DAY - 1;
    else
        local = calendar_moment(calendar->series->zone, until).local;
    return calendar->all_day ? day_of(local) * DAY : local;
}

static int64_t last_of_count(struct opening *opening)
{
    struct calendar *calendar = opening->calendar;
    struct arena arena = {0};
    struct occurrences found;
    int64_t last;

    rule_occurrences(calendar->rule, calendar->first, calendar->first, CALENDAR_END,
                     (size_t)calendar->rule->count, &arena, &found);
    last = found.count == 0 ? calendar->first : found.items[found.count - 1];
    arena_release(&arena);
    return last;
}

static void warn_off_rule(struct opening *opening, int64_t written)
{
    struct str first = shown(opening, opening->calendar->first);

    diag_add(opening->diags, SEVERITY_WARNING, "start-off-rule", opening->series->start_span,
             "the event starts on %.*s, which is not a date that `repeat` gives; its first date "
             "is %.*s",
             STR_ARG(shown(opening, written)), STR_ARG(first));
    diag_hint(opening->diags, "write %.*s as the start, or change `repeat`",
              STR_ARG(str_after(first, str_find_byte(first, ' ', 0) + 1)));
}

/* RFC 5545 §3.3.10: of no account where DTSTART is a day. */
static void drop_times(struct calendar_rule *rule)
{
    rule->hours = rule->minutes = rule->seconds = (struct calendar_numbers){NULL, 0};
    if (rule->months.count + rule->weeks.count + rule->year_days.count + rule->month_days.count +
            rule->weekdays.count ==
        0)
        rule->positions = rule->hours;
}

static void open_rule(struct opening *opening)
{
    struct calendar *calendar = opening->calendar;
    struct calendar_rule *rule = arena_alloc(opening->arena, sizeof *rule);
    struct occurrences found;
    int64_t written = calendar->first;

    *rule = *opening->series->rule;
    if (calendar->all_day)
        drop_times(rule);
    calendar->rule = rule;
    rule_occurrences(rule, written, written, written + YEARS_AHEAD * YEAR, 1, opening->arena,
                     &found);
    if (found.count == 0) {
        fail(opening, "never-repeats", opening->series->rule_span,
             "the rule gives no date in the hundred years after the start");
        return;
    }
    calendar->first = found.items[0];
    if (rule->has_until)
        calendar->last = until_local(calendar, &rule->until);
    else if (rule->count > 0)
        calendar->last = last_of_count(opening);
    if (calendar->last < calendar->first) {
        fail(opening, "never-repeats", opening->series->rule_span,
             "the rule ends (UNTIL) before its first date");
        return;
    }
    if (calendar->first != written)
        warn_off_rule(opening, written);
}

/* The occurrences that a written date names. */
static struct occurrences named_by(struct opening *opening, const struct date_time *date)
{
    struct occurrences found;
    int64_t local = calendar_local(opening->calendar, date);
    int64_t length = 1;

    if (!date->has_time || opening->calendar->all_day) {
        local = day_of(local) * DAY;
        length = DAY;
    }
    calendar_originals(opening->calendar, local, local + length, OCCURRENCES_A_DAY, opening->arena,
                       &found);
    return found;
}

static void warn_unmatched(struct opening *opening, const struct date_time *date, struct span span,
                           const char *key)
{
    struct occurrences next;
    int64_t local = calendar_local(opening->calendar, date);
    struct buf text = {0};

    date_format(&text, date, date->has_time ? STR("%A %F %H:%M") : STR("%A %F"),
                (struct str){NULL, 0}, NULL);
    diag_add(opening->diags, SEVERITY_WARNING, "unmatched-date", span,
             "the event does not take place on %.*s, so this date in `%s` does nothing",
             STR_ARG(buf_str(&text)), key);
    buf_release(&text);
    calendar_originals(opening->calendar, local, local + 2 * YEAR, 1, opening->arena, &next);
    if (next.count > 0)
        diag_hint(opening->diags, "the next date after it is %.*s",
                  STR_ARG(shown(opening, next.items[0])));
}

static void open_excepts(struct opening *opening)
{
    struct local_list list = {0};
    size_t kept = 0;

    for (size_t i = 0; i < opening->series->except_count; i++) {
        const struct calendar_except *except = &opening->series->excepts[i];
        struct occurrences named = named_by(opening, &except->date);

        if (named.count == 0)
            warn_unmatched(opening, &except->date, except->span, "except");
        for (size_t n = 0; n < named.count; n++)
            *vec_push(opening->arena, &list) = named.items[n];
    }
    if (list.count > 1)
        qsort(list.items, list.count, sizeof *list.items, calendar_compare_locals);
    for (size_t i = 0; i < list.count; i++) {
        if (kept == 0 || list.items[kept - 1] != list.items[i])
            list.items[kept++] = list.items[i];
    }
    opening->calendar->excluded = list.items;
    opening->calendar->excluded_count = kept;
}

static void check_change(struct opening *opening, const struct calendar_change *change,
                         int64_t original)
{
    struct date_time start = date_from_seconds(original, 0);

    start.has_zone = false;
    if (change->has_start) {
        check_gap(opening, &change->start, change->start_span);
        start = change->start;
        if (!start.has_time && !opening->calendar->all_day) {
            struct date_time time = date_from_seconds(original, 0);

            start.hour = time.hour;
            start.minute = time.minute;
            start.second = time.second;
            start.has_time = true;
        }
    }
    if (change->has_end)
        check_length(opening, &start, &change->end, change->end_span);
}

static int compare_changes(const void *a, const void *b)
{
    const struct resolved_change *x = a;
    const struct resolved_change *y = b;

    if (x->original != y->original)
        return x->original < y->original ? -1 : 1;
    return x->change < y->change ? -1 : x->change > y->change; /* as written */
}

static void open_changes(struct opening *opening)
{
    struct change_list list = {0};
    size_t kept = 0;

    for (size_t i = 0; i < opening->series->change_count; i++) {
        const struct calendar_change *change = &opening->series->changes[i];
        struct occurrences named = named_by(opening, &change->date);

        if (named.count == 0)
            warn_unmatched(opening, &change->date, change->span, "changes");
        for (size_t n = 0; n < named.count; n++)
            *vec_push(opening->arena, &list) = (struct resolved_change){named.items[n], change};
        if (named.count > 0)
            check_change(opening, change, named.items[0]);
    }
    if (list.count > 1)
        qsort(list.items, list.count, sizeof *list.items, compare_changes);
    for (size_t i = 0; i < list.count; i++) {
        bool excluded = calendar_is_excluded(opening->calendar, list.items[i].original);

        if (!excluded && (kept == 0 || list.items[kept - 1].original != list.items[i].original)) {
            list.items[kept++] = list.items[i];
            continue;
        }
        diag_add(opening->diags, SEVERITY_WARNING, "repeated-date", list.items[i].change->span,
                 "%.*s is %s, so this change does nothing",
                 STR_ARG(shown(opening, list.items[i].original)),
                 excluded ? "left out by `except`" : "changed above");
    }
    opening->calendar->changes = list.items;
    opening->calendar->change_count = kept;
}

int calendar_open(const struct calendar_series *series, struct arena *arena, struct diags *diags,
                  const struct calendar **out)
{
    struct calendar *calendar = arena_zalloc(arena, 1, sizeof *calendar);
    struct opening opening = {calendar, series, arena, diags, false};

    calendar->series = series;
    calendar->all_day = series->all_day || !series->start.has_time;
    calendar->first = calendar_local(calendar, &series->start);
    calendar->last = CALENDAR_END;
    calendar->duration = calendar->all_day ? DAY : 0;
    check_counts(&opening);
    check_gap(&opening, &series->start, series->start_span);
    if (series->has_end)
        calendar->duration = check_length(&opening, &series->start, &series->end, series->end_span);
    if (!opening.failed)
        open_sessions(&opening);
    if (!opening.failed && series->rule != NULL)
        open_rule(&opening);
    if (!opening.failed) {
        open_excepts(&opening);
        open_changes(&opening);
    }
    if (opening.failed)
        return -1;
    *out = calendar;
    return 0;
}
