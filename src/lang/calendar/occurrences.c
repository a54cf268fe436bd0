/* The expansion of RFC 5545 §3.3.10: a rule is a set of filters over the days of a period (a year,
 * a month, a week or a day), of which every INTERVAL-th counts.
 *
 * Every rule is a bounded walk. */
#include "base/vec.h"
#include "lang/calendar/calendar_internal.h"

#include <stdlib.h>

enum { TIMES_MOST = 24, PERIOD_DAYS_MOST = 366 };

/* The last day of the calendar, 9999-12-31. */
static const int64_t LAST_DAY = 2932896;

struct day {
    int64_t number; /* from 1970-01-01 */
    int year;
    int month;
    int day;
    int weekday;
    int year_day;
};

struct walk {
    const struct calendar_rule *rule;
    struct day start;
    int32_t times[TIMES_MOST]; /* seconds of the day, ascending */
    size_t time_count;
};

/* The days [first, end) of one period. */
struct period {
    int64_t first;
    int64_t end;
};

static int weekday_of(int64_t day)
{
    return (int)(((day + 4) % 7 + 7) % 7); /* 1970-01-01 was a Thursday */
}

static struct day day_fields(int64_t number)
{
    struct day day = {.number = number, .weekday = weekday_of(number)};

    date_from_days(number, &day.year, &day.month, &day.day);
    day.year_day = (int)(number - date_days(day.year, 1, 1)) + 1;
    return day;
}

/* The day after: walking is much cheaper than reckoning each one anew. */
static struct day day_after(struct day day)
{
    day.number++;
    day.year_day++;
    day.weekday = day.weekday == 6 ? 0 : day.weekday + 1;
    if (day.day++ < date_month_length(day.year, day.month))
        return day;
    day.day = 1;
    if (day.month++ < 12)
        return day;
    day.month = 1;
    day.year++;
    day.year_day = 1;
    return day;
}

static int year_length(int year)
{
    return 337 + date_month_length(year, 2);
}

static bool has_number(struct calendar_numbers numbers, int number)
{
    for (size_t i = 0; i < numbers.count; i++) {
        if (numbers.items[i] == number)
            return true;
    }
    return false;
}

/* Whether place `place` (from 1) of `length` is named, from the front or from the end. */
static bool has_place(struct calendar_numbers numbers, int place, int length)
{
    return has_number(numbers, place) || has_number(numbers, place - length - 1);
}

/* First day of week 1 of a year: the first week with four days or more in it. */
static int64_t first_week(int year, int week_start)
{
    int64_t new_year = date_days(year, 1, 1);
    int into_week = (weekday_of(new_year) - week_start + 7) % 7;

    return into_week <= 3 ? new_year - into_week : new_year + 7 - into_week;
}

static bool week_matches(const struct calendar_rule *rule, const struct day *day)
{
    int year = day->year;
    int64_t first = first_week(year, rule->week_start);
    int64_t next = first_week(year + 1, rule->week_start);

    if (day->number < first) {
        next = first;
        first = first_week(year - 1, rule->week_start);
    } else if (day->number >= next) {
        first = next;
        next = first_week(year + 2, rule->week_start);
    }
    return has_place(rule->weeks, (int)((day->number - first) / 7) + 1, (int)((next - first) / 7));
}

static bool weekday_matches(const struct calendar_rule *rule, const struct day *day)
{
    /* A number before a weekday counts within the month, or within a year that names no month. */
    bool in_month = rule->frequency == CALENDAR_MONTHLY || rule->months.count > 0;
    int place = in_month ? day->day : day->year_day;
    int length = in_month ? date_month_length(day->year, day->month) : year_length(day->year);
    int from_front = (place - 1) / 7 + 1;
    int from_end = -((length - place) / 7 + 1);

    for (size_t i = 0; i < rule->weekdays.count; i++) {
        const struct calendar_weekday *wanted = &rule->weekdays.items[i];

        if (wanted->weekday == day->weekday &&
            (wanted->nth == 0 || wanted->nth == from_front || wanted->nth == from_end))
            return true;
    }
    return false;
}

/* What a rule does not say comes from its start. */
static bool unsaid_matches(const struct walk *walk, const struct day *day)
{
    const struct calendar_rule *rule = walk->rule;

    if (rule->weekdays.count + rule->month_days.count + rule->year_days.count > 0)
        return true;
    switch (rule->frequency) {
    case CALENDAR_DAILY: return true;
    case CALENDAR_WEEKLY: return day->weekday == walk->start.weekday;
    case CALENDAR_MONTHLY: return day->day == walk->start.day;
    case CALENDAR_YEARLY: break;
    }
    if (rule->weeks.count > 0)
        return day->weekday == walk->start.weekday;
    return day->day == walk->start.day &&
           (rule->months.count > 0 || day->month == walk->start.month);
}

static bool day_matches(const struct walk *walk, const struct day *day)
{
    const struct calendar_rule *rule = walk->rule;

    if (rule->months.count > 0 && !has_number(rule->months, day->month))
        return false;
    if (rule->month_days.count > 0 &&
        !has_place(rule->month_days, day->day, date_month_length(day->year, day->month)))
        return false;
    if (rule->weekdays.count > 0 && !weekday_matches(rule, day))
        return false;
    if (rule->year_days.count > 0 &&
        !has_place(rule->year_days, day->year_day, year_length(day->year)))
        return false;
    if (rule->weeks.count > 0 && !week_matches(rule, day))
        return false;
    return unsaid_matches(walk, day);
}

static int64_t floor_div(int64_t a, int64_t b)
{
    return a >= 0 ? a / b : -((-a + b - 1) / b);
}

/* Months counted from year 0. */
static int64_t month_number(const struct day *day)
{
    return (int64_t)day->year * 12 + day->month - 1;
}

/* Period `index`, counted in steps of INTERVAL from the one of the start. */
static struct period period_at(const struct walk *walk, int64_t index)
{
    int64_t steps = index * walk->rule->interval;
    int64_t first;
    int64_t month;

    switch (walk->rule->frequency) {
    case CALENDAR_DAILY:
        return (struct period){walk->start.number + steps, walk->start.number + steps + 1};
    case CALENDAR_WEEKLY:
        first = walk->start.number - (walk->start.weekday - walk->rule->week_start + 7) % 7;
        return (struct period){first + steps * 7, first + steps * 7 + 7};
    case CALENDAR_MONTHLY:
        month = month_number(&walk->start) + steps;
        first = date_days((int)(month / 12), (int)(month % 12) + 1, 1);
        return (struct period){first,
                               first + date_month_length((int)(month / 12), (int)(month % 12) + 1)};
    case CALENDAR_YEARLY: break;
    }
    first = date_days(walk->start.year + (int)steps, 1, 1);
    return (struct period){first, first + year_length(walk->start.year + (int)steps)};
}

/* The last period that begins on or before `day`; 0 for a day before the start. */
static int64_t period_index(const struct walk *walk, int64_t day)
{
    struct day fields;
    int64_t steps = 0;

    if (day <= walk->start.number)
        return 0;
    fields = day_fields(day);
    switch (walk->rule->frequency) {
    case CALENDAR_DAILY: steps = day - walk->start.number; break;
    case CALENDAR_WEEKLY: steps = floor_div(day - period_at(walk, 0).first, 7); break;
    case CALENDAR_MONTHLY: steps = month_number(&fields) - month_number(&walk->start); break;
    case CALENDAR_YEARLY: steps = fields.year - walk->start.year; break;
    }
    return steps / walk->rule->interval;
}

/* The days of a period that match, in `days`. */
static size_t matching_days(const struct walk *walk, struct period period, int64_t *days)
{
    const struct calendar_rule *rule = walk->rule;
    struct day day = day_fields(period.first);
    size_t count = 0;

    while (day.number < period.end) {
        int length = date_month_length(day.year, day.month);

        if (rule->months.count > 0 && !has_number(rule->months, day.month)) {
            day = day_fields(day.number + length - day.day + 1);
            continue;
        }
        if (day_matches(walk, &day))
            days[count++] = day.number;
        day = day_after(day);
    }
    return count;
}

/* Whether number `index` of `count` in its period is chosen by BYSETPOS. */
static bool is_chosen(const struct calendar_rule *rule, size_t index, size_t count)
{
    return rule->positions.count == 0 || has_place(rule->positions, (int)index + 1, (int)count);
}

static int compare_times(const void *a, const void *b)
{
    int32_t x = *(const int32_t *)a;
    int32_t y = *(const int32_t *)b;

    return x < y ? -1 : x > y;
}

/* The numbers of a list, or the start's own where the rule names none. */
static struct calendar_numbers or_own(struct calendar_numbers named, const int16_t *own)
{
    return named.count > 0 ? named : (struct calendar_numbers){own, 1};
}

static void fill_times(struct walk *walk, int32_t time)
{
    const int16_t own[] = {(int16_t)(time / 3600), (int16_t)(time / 60 % 60), (int16_t)(time % 60)};
    struct calendar_numbers hours = or_own(walk->rule->hours, &own[0]);
    struct calendar_numbers minutes = or_own(walk->rule->minutes, &own[1]);
    struct calendar_numbers seconds = or_own(walk->rule->seconds, &own[2]);

    for (size_t h = 0; h < hours.count; h++) {
        for (size_t m = 0; m < minutes.count; m++) {
            for (size_t s = 0; s < seconds.count && walk->time_count < TIMES_MOST; s++)
                walk->times[walk->time_count++] =
                    hours.items[h] * 3600 + minutes.items[m] * 60 + seconds.items[s];
        }
    }
    qsort(walk->times, walk->time_count, sizeof *walk->times, compare_times);
}

/* Adds what a period gives within [from, to). Returns false when the list is full. */
static bool add_period(const struct walk *walk, struct period period, int64_t from, int64_t to,
                       size_t most, struct arena *arena, struct occurrences *out)
{
    int64_t days[PERIOD_DAYS_MOST];
    size_t count = matching_days(walk, period, days);
    size_t total = count * walk->time_count;

    for (size_t i = 0; i < total; i++) {
        int64_t local = days[i / walk->time_count] * DAY + walk->times[i % walk->time_count];

        if (local < from || local >= to || !is_chosen(walk->rule, i, total))
            continue;
        if (out->count == most) {
            out->cut = true;
            return false;
        }
        *vec_push(arena, out) = local;
    }
    return true;
}

void rule_occurrences(const struct calendar_rule *rule, int64_t start, int64_t from, int64_t to,
                      size_t most, struct arena *arena, struct occurrences *out)
{
    struct walk walk = {.rule = rule, .start = day_fields(day_of(start))};
    int64_t last_day = day_of(to - 1) < LAST_DAY ? day_of(to - 1) : LAST_DAY;

    *out = (struct occurrences){0};
    if (from < start)
        from = start;
    if (to <= from)
        return;
    fill_times(&walk, (int32_t)(start - walk.start.number * DAY));
    for (int64_t index = period_index(&walk, day_of(from));; index++) {
        struct period period = period_at(&walk, index);

        if (period.first > last_day)
            return;
        if (!add_period(&walk, period, from, to, most, arena, out))
            return;
    }
}

bool rule_meets(const struct calendar_rule *rule, int64_t start, int64_t local)
{
    struct arena arena = {0};
    struct occurrences found;

    rule_occurrences(rule, start, local, local + 1, 1, &arena, &found);
    arena_release(&arena);
    return found.count > 0;
}
