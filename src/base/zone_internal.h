/* What zone.c (the TZif file) and zone_posix.c (its last line) share. Not for others. */
#ifndef COPSE_BASE_ZONE_INTERNAL_H
#define COPSE_BASE_ZONE_INTERNAL_H

#include "base/zone.h"

/* A day of each year, and the wall-clock time of it at which a rule begins. */
enum posix_day {
    POSIX_MONTH_WEEK, /* Mm.w.d */
    POSIX_JULIAN,     /* Jn: 1-365, 29 February never counted */
    POSIX_YEAR_DAY    /* n: 0-365, 29 February counted */
};

struct posix_change {
    enum posix_day kind;
    int month;    /* 1-12 */
    int week;     /* 1-5, 5 the last */
    int weekday;  /* 0 Sunday - 6 */
    int day;      /* of the other two kinds */
    int32_t time; /* seconds after 00:00, from -167 hours to 167 hours */
};

/* A POSIX TZ string, RFC 9636 §3.3: what is in force for ever after the last change listed. */
struct posix_zone {
    struct zone_rule standard;
    struct zone_rule daylight;
    bool has_daylight;
    struct posix_change start; /* of daylight saving, by the standard clock */
    struct posix_change end;   /* by the daylight clock */
};

/* Reads one. The abbreviations are slices of `text`. Returns 0, or -1 if it is damaged. */
int posix_zone_parse(struct str text, struct posix_zone *out);

struct zone_rule posix_zone_at(const struct posix_zone *zone, int64_t utc);

/* The first change after `utc`. */
bool posix_zone_next(const struct posix_zone *zone, int64_t utc, int64_t *when);

/* The two changes of each year, if both can be said with a weekday on or after a day. */
bool posix_zone_yearly(const struct posix_zone *zone, struct zone_yearly changes[2]);

#endif
