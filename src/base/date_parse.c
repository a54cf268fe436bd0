#include "base/date.h"

#include <stddef.h>

/* What is still to be read; every reader takes its part off the front. */
struct cursor {
    struct str rest;
    const char *why;
};

static const char WRITE_DATE[] = "a date is written year-month-day, like 2022-07-01";
static const char WRITE_TIME[] = "a time is written hours:minutes, like 09:30";
static const char WRITE_ZONE[] = "what follows the time must be Z, UTC or an offset such as +01:00";

static int refuse(struct cursor *cursor, const char *why)
{
    cursor->why = why;
    return -1;
}

static bool next_is(const struct cursor *cursor, char byte)
{
    return cursor->rest.len > 0 && cursor->rest.ptr[0] == byte;
}

static bool take(struct cursor *cursor, char byte)
{
    if (!next_is(cursor, byte))
        return false;
    cursor->rest = str_after(cursor->rest, 1);
    return true;
}

static bool take_word(struct cursor *cursor, struct str word)
{
    struct str after = str_after(cursor->rest, word.len);

    if (!str_eq_nocase(str_sub(cursor->rest, 0, word.len), word) ||
        (after.len > 0 && str_is_alpha(after.ptr[0])))
        return false;
    cursor->rest = after;
    return true;
}

static void skip_blanks(struct cursor *cursor)
{
    cursor->rest = str_trim_left(cursor->rest);
}

/* A run of digits: its value, and how many there were (0: none). Values stop growing at five
 * digits, which no field allows. */
static size_t take_digits(struct cursor *cursor, int *value)
{
    size_t count = 0;

    *value = 0;
    while (count < cursor->rest.len && str_is_digit(cursor->rest.ptr[count])) {
        if (count < 5)
            *value = *value * 10 + (cursor->rest.ptr[count] - '0');
        count++;
    }
    cursor->rest = str_after(cursor->rest, count);
    return count;
}

static const char *day_reason(int length)
{
    switch (length) {
    case 28: return "the day must be 01 to 28 in that month";
    case 29: return "the day must be 01 to 29 in that month";
    case 30: return "the day must be 01 to 30 in that month";
    default: return "the day must be 01 to 31";
    }
}

static int parse_day(struct cursor *cursor, struct date_time *out)
{
    int year;
    int month;
    int day;
    size_t digits = take_digits(cursor, &year);

    if (digits > 0 && digits <= 2 && next_is(cursor, ':'))
        return refuse(cursor, "the date is missing before the time; write it like 2022-07-01");
    if (digits != 4 || !take(cursor, '-'))
        return refuse(cursor, WRITE_DATE);
    digits = take_digits(cursor, &month);
    if (digits == 0 || digits > 2 || !take(cursor, '-'))
        return refuse(cursor, WRITE_DATE);
    digits = take_digits(cursor, &day);
    if (digits == 0 || digits > 2)
        return refuse(cursor, WRITE_DATE);
    if (year < 1)
        return refuse(cursor, "the year must be 0001 to 9999");
    if (month < 1 || month > 12)
        return refuse(cursor, "the month must be 01 to 12");
    if (day < 1 || day > date_month_length(year, month))
        return refuse(cursor, day_reason(date_month_length(year, month)));
    out->year = (int16_t)year;
    out->month = (int8_t)month;
    out->day = (int8_t)day;
    return 0;
}

static int parse_seconds(struct cursor *cursor, int *second)
{
    int fraction;

    *second = 0;
    if (!take(cursor, ':'))
        return 0;
    if (take_digits(cursor, second) != 2)
        return refuse(cursor, "the seconds must have two digits");
    if (*second > 60)
        return refuse(cursor, "the second must be 00 to 59");
    if ((take(cursor, '.') || take(cursor, ',')) && take_digits(cursor, &fraction) == 0)
        return refuse(cursor, "digits are missing after the point of the seconds");
    return 0;
}

static bool has_half_day(struct cursor *cursor)
{
    struct cursor ahead = *cursor;

    skip_blanks(&ahead);
    return take_word(&ahead, STR("am")) || take_word(&ahead, STR("pm"));
}

static int parse_time(struct cursor *cursor, struct date_time *out)
{
    int hour;
    int minute;
    int second;
    size_t digits = take_digits(cursor, &hour);

    if (has_half_day(cursor))
        return refuse(cursor, "hours count from 00 to 23; write 9 pm as 21:00");
    if (digits == 0 || digits > 2 || !take(cursor, ':'))
        return refuse(cursor, WRITE_TIME);
    if (take_digits(cursor, &minute) != 2)
        return refuse(cursor, "the minutes must have two digits");
    if (hour > 23)
        return refuse(cursor, "the hour must be 00 to 23");
    if (minute > 59)
        return refuse(cursor, "the minute must be 00 to 59");
    if (parse_seconds(cursor, &second) < 0)
        return -1;
    if (has_half_day(cursor))
        return refuse(cursor, "hours count from 00 to 23; write 9:30 pm as 21:30");
    out->hour = (int8_t)hour;
    out->minute = (int8_t)minute;
    out->second = (int8_t)second;
    out->has_time = true;
    return 0;
}

/* `+01:00`, `+0100`, `+1`, the sign already taken. */
static int parse_offset(struct cursor *cursor, int sign, struct date_time *out)
{
    int hours;
    int minutes = 0;
    size_t digits = take_digits(cursor, &hours);

    if (digits == 3 || digits == 4) {
        minutes = hours % 100;
        hours /= 100;
    } else if (digits == 0 || digits > 2) {
        return refuse(cursor, WRITE_ZONE);
    } else if (take(cursor, ':') && take_digits(cursor, &minutes) != 2) {
        return refuse(cursor, WRITE_ZONE);
    }
    if (hours > 23 || minutes > 59)
        return refuse(cursor, "the offset from UTC must be -23:59 to +23:59");
    out->offset = sign * (hours * 3600 + minutes * 60);
    return 0;
}

static int parse_zone(struct cursor *cursor, struct date_time *out)
{
    out->has_zone = true;
    if (take_word(cursor, STR("Z")))
        return 0;
    if ((take_word(cursor, STR("UTC")) || take_word(cursor, STR("GMT"))) && cursor->rest.len == 0)
        return 0;
    skip_blanks(cursor);
    if (take(cursor, '+'))
        return parse_offset(cursor, 1, out);
    if (take(cursor, '-'))
        return parse_offset(cursor, -1, out);
    return refuse(cursor, WRITE_ZONE);
}

static int parse(struct cursor *cursor, struct date_time *out)
{
    if (cursor->rest.len == 0)
        return refuse(cursor, "the date is empty; write it like 2022-07-01");
    if (parse_day(cursor, out) < 0)
        return -1;
    if (cursor->rest.len == 0)
        return 0;
    if (!take(cursor, 'T') && !take(cursor, 't') && !str_is_space(cursor->rest.ptr[0]))
        return refuse(cursor, WRITE_DATE);
    skip_blanks(cursor);
    if (cursor->rest.len > 0 && !str_is_digit(cursor->rest.ptr[0]))
        return refuse(cursor, WRITE_TIME);
    if (parse_time(cursor, out) < 0)
        return -1;
    skip_blanks(cursor);
    if (cursor->rest.len == 0)
        return 0;
    if (parse_zone(cursor, out) < 0)
        return -1;
    return cursor->rest.len == 0 ? 0 : refuse(cursor, WRITE_ZONE);
}

int date_parse(struct str text, struct date_time *out, const char **why)
{
    struct cursor cursor = {str_trim(text), NULL};

    *out = (struct date_time){0};
    if (parse(&cursor, out) == 0)
        return 0;
    *out = (struct date_time){0};
    *why = cursor.why;
    return -1;
}
