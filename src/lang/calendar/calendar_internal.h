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

struct calendar {
    const struct calendar_series *series;
    bool all_day;
    int64_t start;    /* local seconds of the first occurrence */
    int64_t last;     /* of the last one; INT64_MAX if it never ends */
    int64_t duration; /* seconds */
    int64_t *excluded;
    size_t excluded_count;
};

/* Day number of local seconds, and the rest. */
static inline int64_t day_of(int64_t local)
{
    return local >= 0 ? local / DAY : -((-local + DAY - 1) / DAY);
}

/* Whether a written date (and time, if it has one) names this occurrence. */
static inline bool date_names_occurrence(const struct date_time *date, int64_t local)
{
    return date->has_time ? date_local_seconds(date) == local
                          : date_days(date->year, date->month, date->day) == day_of(local);
}

#endif
