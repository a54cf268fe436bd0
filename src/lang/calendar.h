/* Events in time: RFC 5545 recurrence rules, their exceptions, and the moments they come to.
 *
 * A rule is reckoned in the wall-clock time of the event's zone, so that a meeting at 9:00 stays at
 * 9:00 when the clocks change; each result is then placed in UTC by base/zone.h. A wall-clock time
 * that the clocks skip is read with the offset before the gap, one that comes twice means the first
 * (RFC 5545 §3.3.5).
 *
 * The reckoning is copse's own. libical, which Debian has for it, is only asked by tests: its
 * 3.0.16 crashes on FREQ=YEARLY;BYWEEKNO=7,21,35, takes FREQ=YEARLY;BYMONTHDAY=20 for one month
 * only, passes over negative BYMONTHDAY with DAILY, seeks up to a second for a rule that never
 * matches and for ever below FREQ=DAILY, overlooks RECURRENCE-ID, reads times in a gap or an
 * overlap of the clocks otherwise than RFC 5545 says, looks zones up with a race, and takes 40 ms
 * for the first of them.
 *
 * "Local seconds" are seconds from 1970-01-01T00:00 of a wall clock (date_local_seconds), "UTC"
 * ones from that moment. An all-day event has days only: its local seconds are those of midnight.
 *
 * Everything made here lives in the arena handed over and is constant once made: any thread may
 * expand it. Time and memory are bounded whatever a rule says: see CALENDAR_MOST and the limits
 * that calendar_rule_parse() and calendar_open() name.
 *
 * Codes of the diagnostics: bad-rule, never-repeats, end-before-start, time-mismatch,
 * too-many-dates (errors); start-off-rule, unmatched-date, repeated-date, time-gap (warnings). */
#ifndef COPSE_LANG_CALENDAR_H
#define COPSE_LANG_CALENDAR_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/date.h"
#include "base/diag.h"
#include "base/zone.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum calendar_frequency { CALENDAR_DAILY, CALENDAR_WEEKLY, CALENDAR_MONTHLY, CALENDAR_YEARLY };

/* In ascending order, without repeats. */
struct calendar_numbers {
    const int16_t *items;
    size_t count;
};

struct calendar_weekday {
    int16_t nth;    /* 0: each; 1 the first, -1 the last of the month or year */
    int8_t weekday; /* 0 Sunday - 6 */
};

struct calendar_weekdays {
    const struct calendar_weekday *items; /* as written, without repeats */
    size_t count;
};

/* A recurrence rule; a list that the rule does not name is empty. */
struct calendar_rule {
    enum calendar_frequency frequency;
    int interval; /* 1 or more */
    int count;    /* 0: none */
    bool has_until;
    struct date_time until; /* a day, a wall-clock time, or (has_zone) a moment */
    int week_start;         /* 0 Sunday - 6; Monday unless WKST says otherwise */
    struct calendar_numbers months;
    struct calendar_numbers weeks;
    struct calendar_numbers year_days;
    struct calendar_numbers month_days;
    struct calendar_weekdays weekdays;
    struct calendar_numbers hours;
    struct calendar_numbers minutes;
    struct calendar_numbers seconds;
    struct calendar_numbers positions; /* BYSETPOS */
};

/* Reads "FREQ=MONTHLY;BYDAY=+1TH": parts in any order and case, blanks around them allowed, an
 * "RRULE:" in front too; UNTIL may be written 20271231 or 2027-12-31. What RFC 5545 forbids is
 * refused, and so are HOURLY, MINUTELY and SECONDLY, more than 24 times a day and a COUNT above
 * 9999. All that is wrong is reported at `span`, code "bad-rule". */
int calendar_rule_parse(struct str text, struct span span, struct arena *arena, struct diags *diags,
                        const struct calendar_rule **out);

/* What the people of a site write about one event. Times without an offset are wall-clock times of
 * `zone`; a start without a time makes the event all-day. Spans are where diagnostics point. */
struct calendar_except {
    struct date_time date; /* with a time: only the occurrence at that time */
    struct span span;
};

struct calendar_change {
    struct date_time date; /* of the occurrence as the rule has it */
    struct span span;
    bool has_start;
    bool has_end;
    struct date_time start; /* a day alone moves the event and keeps its time */
    struct date_time end;
    struct span start_span;
    struct span end_span;
    struct str title; /* empty: unchanged */
    struct str location;
    bool cancelled;
};

struct calendar_session {
    struct date_time start;
    struct date_time end;
    bool has_end;
    struct span start_span;
    struct span end_span;
};

struct calendar_series {
    const struct zone *zone;
    struct date_time start;
    struct date_time end;
    bool has_end;
    bool all_day;                     /* the times of day are then of no account */
    const struct calendar_rule *rule; /* NULL: once, or in sessions */
    const struct calendar_except *excepts;
    size_t except_count;
    const struct calendar_change *changes;
    size_t change_count;
    const struct calendar_session *sessions; /* in place of start and end; not with a rule */
    size_t session_count;
    struct span start_span;
    struct span end_span;
    struct span rule_span;
    struct span sessions_span;
};

struct calendar;

/* Checks a series and makes it ready to expand. Returns -1 if it has errors: an end before its
 * start, a rule that gives no date in a hundred years, sessions together with a rule, an end that
 * is a day where the start is a time, more than 1000 exceptions, changes or sessions. Warns of a
 * start that its rule does not meet (the first occurrence is then the first that the rule gives),
 * of dates that match no occurrence, and of times in a gap of the clocks. What `series` points to
 * must live as long as the result. */
int calendar_open(const struct calendar_series *series, struct arena *arena, struct diags *diags,
                  const struct calendar **out);

/* One time that the event takes place, changes applied. */
struct calendar_instance {
    int64_t utc_start;
    int64_t utc_end; /* exclusive; of an all-day event the midnight after its last day */
    int64_t local_start;
    int64_t local_end;
    int64_t original; /* local seconds of the occurrence as the rule has it: its RECURRENCE-ID */
    const struct calendar_change *change; /* or NULL */
    bool cancelled;
    size_t session; /* its number from 0, of an event in sessions */
};

struct calendar_instances {
    const struct calendar_instance *items; /* by start */
    size_t count;
    bool cut; /* there were more than CALENDAR_MOST */
};

enum { CALENDAR_MOST = 5000 };

/* The instances that touch the window [from, to) of UTC seconds, cancelled ones too. */
struct calendar_instances calendar_expand(const struct calendar *calendar, int64_t from, int64_t to,
                                          struct arena *arena);

/* The first instance that ends after `utc` and is not cancelled; false if there is none (within a
 * hundred years). For "the next one is …" and for `copse next`. */
bool calendar_next(const struct calendar *calendar, int64_t utc, struct arena *arena,
                   struct calendar_instance *out);

bool calendar_all_day(const struct calendar *calendar);
const struct zone *calendar_zone(const struct calendar *calendar);
/* Local seconds of the first occurrence as the rule has it: what DTSTART is to be. */
int64_t calendar_first(const struct calendar *calendar);
/* Seconds from start to end; of an all-day event whole days. */
int64_t calendar_duration(const struct calendar *calendar);
/* Local seconds of the last occurrence; false if the rule never ends. */
bool calendar_last(const struct calendar *calendar, int64_t *local);
/* Whether the event recurs. */
bool calendar_repeats(const struct calendar *calendar);

/* The occurrences that `except` leaves out, in local seconds, ascending: EXDATE. */
struct calendar_excluded {
    const int64_t *items;
    size_t count;
};
struct calendar_excluded calendar_excluded(const struct calendar *calendar);

/* The instances that `changes` alters, by original, however far away: RECURRENCE-ID. */
struct calendar_instances calendar_changed(const struct calendar *calendar, struct arena *arena);

/* The rule as RFC 5545 wants it beside its DTSTART: FREQ first, UNTIL of the right type (a day for
 * an all-day event, else UTC). Adds nothing for an event that does not recur. */
void calendar_rule_write(const struct calendar *calendar, struct buf *out);

/* Where a written time stands in a zone: an offset of its own counts, else the zone's. */
struct calendar_moment {
    int64_t utc;
    int64_t local; /* of a time in a gap: what the clocks show then */
    enum zone_fit fit;
};
struct calendar_moment calendar_moment(const struct zone *zone, const struct date_time *time);

/* The words that calendar_describe() needs. In each text, {n} stands for a number, {day} for a day
 * of the month, {month} for a month, {weekdays} for a list of weekdays, {nth} for "first Thursday".
 */
struct calendar_words {
    struct str day;            /* every day */
    struct str days;           /* every {n} days */
    struct str week;           /* every {weekdays} */
    struct str weeks;          /* every {n} weeks on {weekdays} */
    struct str month_nth;      /* {nth} of each month */
    struct str months_nth;     /* {nth} of every {n} months */
    struct str month_day;      /* day {day} of each month */
    struct str months_day;     /* day {day} of every {n} months */
    struct str month_end;      /* last day of each month */
    struct str months_end;     /* last day of every {n} months */
    struct str year_day;       /* every year on {day} {month} */
    struct str years_day;      /* every {n} years on {day} {month} */
    struct str year_nth;       /* {nth} of {month} each year */
    struct str years_nth;      /* {nth} of {month} every {n} years */
    struct str ordinals[6];    /* first … fifth, last: "{weekday}" stands for the weekday */
    struct str first_of_month; /* what {day} is for 1 */
    struct str comma;          /* between all but the last two of a list */
    struct str and;            /* between the last two */
};

/* The words of a language ("en", "fr-CA"), or NULL: only English and French are known here. */
const struct calendar_words *calendar_words(struct str language);

/* Adds "first Thursday of each month" and the like. Rules that are not of the usual kinds, and
 * events that do not recur, add nothing and return false. `names` NULL: English. */
bool calendar_describe(const struct calendar *calendar, const struct calendar_words *words,
                       const struct date_names *names, struct buf *out);

#endif
