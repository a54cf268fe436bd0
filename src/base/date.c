#include "base/date.h"

#include <stddef.h>

static bool is_leap(int year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

int date_month_length(int year, int month)
{
    static const int8_t lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    return month == 2 && is_leap(year) ? 29 : lengths[month - 1];
}

/* Both directions count years from 1 March, so that the leap day is the last of its year, in eras
 * of 400 years (146097 days), which all have the same days. */
int64_t date_days(int year, int month, int day)
{
    int64_t shifted = month <= 2 ? (int64_t)year - 1 : year;
    int64_t era = (shifted >= 0 ? shifted : shifted - 399) / 400;
    int64_t year_of_era = shifted - era * 400;
    int64_t day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;

    return era * 146097 + day_of_era - 719468;
}

void date_from_days(int64_t days, int *year, int *month, int *day)
{
    int64_t shifted = days + 719468;
    int64_t era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
    int64_t day_of_era = shifted - era * 146097;
    int64_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t shifted_month = (5 * day_of_year + 2) / 153;

    *day = (int)(day_of_year - (153 * shifted_month + 2) / 5 + 1);
    *month = (int)(shifted_month < 10 ? shifted_month + 3 : shifted_month - 9);
    *year = (int)(year_of_era + era * 400 + (*month <= 2 ? 1 : 0));
}

int64_t date_local_seconds(const struct date_time *time)
{
    return date_days(time->year, time->month, time->day) * 86400 + time->hour * 3600 +
           time->minute * 60 + time->second;
}

int64_t date_utc_seconds(const struct date_time *time)
{
    return date_local_seconds(time) - (time->has_zone ? time->offset : 0);
}

struct date_time date_from_seconds(int64_t utc, int32_t offset)
{
    static const int64_t first = -62135596800; /* 0001-01-01T00:00:00 */
    static const int64_t last = 253402300799;  /* 9999-12-31T23:59:59 */
    int64_t local = utc < first - offset ? first : utc > last - offset ? last : utc + offset;
    int64_t days = local / 86400;
    int64_t rest = local % 86400;
    int year;
    int month;
    int day;

    if (rest < 0) {
        rest += 86400;
        days--;
    }
    date_from_days(days, &year, &month, &day);
    return (struct date_time){.year = (int16_t)year,
                              .month = (int8_t)month,
                              .day = (int8_t)day,
                              .hour = (int8_t)(rest / 3600),
                              .minute = (int8_t)(rest / 60 % 60),
                              .second = (int8_t)(rest % 60),
                              .has_time = true,
                              .has_zone = true,
                              .offset = offset};
}

int date_weekday(const struct date_time *time)
{
    /* 1970-01-01 was a Thursday. */
    int64_t weekday = (date_days(time->year, time->month, time->day) + 4) % 7;

    return (int)(weekday < 0 ? weekday + 7 : weekday);
}

int date_year_day(const struct date_time *time)
{
    return (int)(date_days(time->year, time->month, time->day) - date_days(time->year, 1, 1)) + 1;
}

void date_iso_week(const struct date_time *time, int *year, int *week)
{
    /* A week belongs to the year that has its Thursday. */
    int from_monday = (date_weekday(time) + 6) % 7;
    int64_t thursday = date_days(time->year, time->month, time->day) - from_monday + 3;
    int month;
    int day;

    date_from_days(thursday, year, &month, &day);
    *week = (int)((thursday - date_days(*year, 1, 1)) / 7) + 1;
}

/* `width` digits of a number that has no more of them. */
static void add_digits(struct buf *out, int number, int width)
{
    char digits[4];
    for (int i = width - 1; i >= 0; i--, number /= 10)
        digits[i] = (char)('0' + number % 10);
    buf_add(out, (struct str){digits, (size_t)width});
}

void date_rfc3339(struct buf *out, const struct date_time *time)
{
    add_digits(out, time->year, 4);
    buf_addc(out, '-');
    add_digits(out, time->month, 2);
    buf_addc(out, '-');
    add_digits(out, time->day, 2);
    if (!time->has_time)
        return;
    buf_addc(out, 'T');
    add_digits(out, time->hour, 2);
    buf_addc(out, ':');
    add_digits(out, time->minute, 2);
    buf_addc(out, ':');
    add_digits(out, time->second, 2);
    if (!time->has_zone)
        return;
    if (time->offset == 0)
        buf_addc(out, 'Z');
    else
        date_format(out, time, STR("%:z"), (struct str){NULL, 0}, NULL);
}

void date_rfc822(struct buf *out, const struct date_time *time)
{
    date_format(out, time, STR("%a, %d %b %Y %H:%M:%S %z"), (struct str){NULL, 0}, NULL);
}
