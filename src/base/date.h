/* Dates and times of day on the proleptic Gregorian calendar, and their text forms.
 *
 * No time zone database here (zone.h has it) and nothing from the locale. Years 1 to 9999. */
#ifndef COPSE_BASE_DATE_H
#define COPSE_BASE_DATE_H

#include "base/buf.h"
#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

/* A moment or a day, as it was written. */
struct date_time {
    int16_t year;
    int8_t month;   /* 1-12 */
    int8_t day;     /* 1-31 */
    int8_t hour;    /* 0-23 */
    int8_t minute;  /* 0-59 */
    int8_t second;  /* 0-60 */
    bool has_time;  /* false: a whole day, the time fields are 0 */
    bool has_zone;  /* false: `offset` is 0 and means nothing */
    int32_t offset; /* seconds east of UTC */
};

/* Reads DESIGN §1's forms: YYYY-MM-DD, then optionally a time (`T` or a space; seconds and a
 * fraction of them optional), then optionally a zone (Z, UTC, GMT, +01:00, +0100, UTC+01:00, -4).
 * Months, days and hours of one digit are accepted; blanks around it are ignored. Returns 0, or -1
 * with *why set to a static sentence part ("the month must be 01 to 12", …). */
int date_parse(struct str text, struct date_time *out, const char **why);

/* Reads other forms in which only one day can be meant: 2026/03/01, 1 March 2026, March 1st, 2026,
 * 1er mars 2026, 13/3/2026 (but not 3/4/2026), and times such as 6:30 pm and 18h30. Months are
 * English and French. False if it cannot be told. */
bool date_guess(struct str text, struct date_time *out);

/* Days since 1970-01-01, and back. */
int64_t date_days(int year, int month, int day);
void date_from_days(int64_t days, int *year, int *month, int *day);
int date_month_length(int year, int month);

/* Seconds since 1970-01-01T00:00 of the fields as they stand, the offset not considered (local
 * seconds); with it considered (UTC). */
int64_t date_local_seconds(const struct date_time *time);
int64_t date_utc_seconds(const struct date_time *time);

/* The fields for a moment (seconds since 1970, UTC) seen at `offset`; has_time and has_zone true.
 */
struct date_time date_from_seconds(int64_t utc, int32_t offset);

int date_weekday(const struct date_time *time);  /* 0 Sunday - 6 Saturday */
int date_year_day(const struct date_time *time); /* 1-366 */
/* ISO 8601 week and its year. */
void date_iso_week(const struct date_time *time, int *year, int *week);

/* The names a format needs; each table may be NULL (English then). */
struct date_names {
    const struct str *months;         /* 12, "January" … */
    const struct str *months_short;   /* 12 */
    const struct str *weekdays;       /* 7 from Sunday */
    const struct str *weekdays_short; /* 7 */
    const struct str *half_days;      /* 2, "AM", "PM" */
    const struct str *days;           /* 31, "1er", "2" …: what %Od prints; NULL: digits as of %d */
};

/* strftime's conversions as Ruby has them, which Liquid layouts use: all of POSIX's but those of
 * the locale's choosing (%c %x %X have the C locale's form), and the flags - 0 ^ # _ and : (%-d,
 * %:z), widths, %L %N %P %s %e %k %l %v %+ . An unknown conversion stays as it is. `zone_name` is
 * what %Z prints (empty: the offset, or UTC). `names` NULL: English. POSIX's %Od is the day as the
 * language writes it, where `names` say how. */
void date_format(struct buf *out, const struct date_time *time, struct str format,
                 struct str zone_name, const struct date_names *names);

/* "2022-07-01" or "2022-07-01T09:00:00+01:00" (Z at offset 0; no zone if it has none). */
void date_rfc3339(struct buf *out, const struct date_time *time);
/* "Fri, 01 Jul 2022 09:00:00 +0100" (RFC 5322; RSS and HTTP-like headers). */
void date_rfc822(struct buf *out, const struct date_time *time);

#endif
