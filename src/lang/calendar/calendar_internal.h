/* What the files of this folder share. Not for others. */
#ifndef COPSE_LANG_CALENDAR_INTERNAL_H
#define COPSE_LANG_CALENDAR_INTERNAL_H

#include "lang/calendar.h"

enum { DAY = 86400 };

/* Occurrences of a rule in local seconds, ascending. */
struct occurrences {
    int64_t *items;
    size_t count;
    size_t capacity;
    bool cut; /* there were more than asked for */
};

/* The occurrences in [from, to) of a rule whose series starts at `start`, at most `most` of them.
 * The rule's UNTIL and COUNT are the caller's affair. Costs a walk over the days from `from` (or
 * `start`, if that is later) to the last one found or to `to`. */
void rule_occurrences(const struct calendar_rule *rule, int64_t start, int64_t from, int64_t to,
                      size_t most, struct arena *arena, struct occurrences *out);

/* Whether `local` is one of them. */
bool rule_meets(const struct calendar_rule *rule, int64_t start, int64_t local);

/* A change, and the occurrence that it is of. */
struct resolved_change {
    int64_t original;
    const struct calendar_change *change;
};

struct calendar {
    const struct calendar_series *series;
    const struct calendar_rule *rule; /* NULL: none; without times of day for an all-day event */
    bool all_day;
    int64_t first;    /* local seconds of the first occurrence as written or as the rule has it */
    int64_t last;     /* of the last one that may be; CALENDAR_END if it never ends */
    int64_t duration; /* seconds; of a session, see session_duration() */
    const int64_t *excluded; /* ascending */
    size_t excluded_count;
    const struct resolved_change *changes; /* by original */
    size_t change_count;
};

/* Local seconds of 0001-01-01 and of the end of 9999: nothing is before or after. */
#define CALENDAR_BEGIN INT64_C(-62135596800)
#define CALENDAR_END INT64_C(253402300800)

/* The occurrences in [from, to) of a rule, of the sessions, or the one of the event. */
void calendar_originals(const struct calendar *calendar, int64_t from, int64_t to, size_t most,
                        struct arena *arena, struct occurrences *out);

/* For qsort() and bsearch() over local seconds. */
int calendar_compare_locals(const void *a, const void *b);

/* Whether `except` leaves this occurrence out. */
bool calendar_is_excluded(const struct calendar *calendar, int64_t local);

/* Local seconds that a written time names: the day alone for an all-day event. */
int64_t calendar_local(const struct calendar *calendar, const struct date_time *time);

/* What is between two written times in seconds, the end's day included in an all-day event. */
int64_t calendar_length(const struct calendar *calendar, const struct date_time *start,
                        const struct date_time *end);

/* Day number of local seconds, and the rest. */
static inline int64_t day_of(int64_t local)
{
    return local >= 0 ? local / DAY : -((-local + DAY - 1) / DAY);
}

#endif
