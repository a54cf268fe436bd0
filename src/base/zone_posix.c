#include "base/zone_internal.h"

#include "base/date.h"

static bool take(struct str *rest, char byte)
{
    if (rest->len == 0 || rest->ptr[0] != byte)
        return false;
    *rest = str_after(*rest, 1);
    return true;
}

static int take_number(struct str *rest, int least, int most, int *number)
{
    size_t count = 0;

    *number = 0;
    while (count < rest->len && count < 4 && str_is_digit(rest->ptr[count]))
        *number = *number * 10 + (rest->ptr[count++] - '0');
    *rest = str_after(*rest, count);
    return count > 0 && *number >= least && *number <= most ? 0 : -1;
}

/* Either three or more letters, or anything of letters, digits and signs between < and >. */
static int take_name(struct str *rest, struct str *name)
{
    bool quoted = take(rest, '<');
    size_t count = 0;

    for (; count < rest->len; count++) {
        char c = rest->ptr[count];

        if (!str_is_alpha(c) && !(quoted && (str_is_digit(c) || c == '+' || c == '-')))
            break;
    }
    *name = str_sub(*rest, 0, count);
    *rest = str_after(*rest, count);
    if (count < 3 || count > 32)
        return -1;
    return !quoted || take(rest, '>') ? 0 : -1;
}

/* [+-]hh[:mm[:ss]] in seconds. */
static int take_time(struct str *rest, int most_hours, int32_t *seconds)
{
    int sign = take(rest, '-') ? -1 : 1;
    int hours;
    int minutes = 0;
    int second = 0;

    if (sign > 0)
        take(rest, '+');
    if (take_number(rest, 0, most_hours, &hours) < 0)
        return -1;
    if (take(rest, ':') && take_number(rest, 0, 59, &minutes) < 0)
        return -1;
    if (take(rest, ':') && take_number(rest, 0, 59, &second) < 0)
        return -1;
    *seconds = sign * (hours * 3600 + minutes * 60 + second);
    return 0;
}

static int take_change(struct str *rest, struct posix_change *change)
{
    *change = (struct posix_change){.time = 7200};
    if (!take(rest, ','))
        return -1;
    if (take(rest, 'M')) {
        if (take_number(rest, 1, 12, &change->month) < 0 || !take(rest, '.') ||
            take_number(rest, 1, 5, &change->week) < 0 || !take(rest, '.') ||
            take_number(rest, 0, 6, &change->weekday) < 0)
            return -1;
    } else {
        change->kind = take(rest, 'J') ? POSIX_JULIAN : POSIX_YEAR_DAY;
        if (take_number(rest, change->kind == POSIX_JULIAN ? 1 : 0, 365, &change->day) < 0)
            return -1;
    }
    return take(rest, '/') ? take_time(rest, 167, &change->time) : 0;
}

int posix_zone_parse(struct str text, struct posix_zone *out)
{
    struct str rest = text;
    int32_t west;

    *out = (struct posix_zone){0};
    if (take_name(&rest, &out->standard.abbreviation) < 0 || take_time(&rest, 24, &west) < 0)
        return -1;
    out->standard.offset = -west;
    if (rest.len == 0)
        return 0;
    out->has_daylight = true;
    out->daylight.daylight = true;
    out->daylight.offset = out->standard.offset + 3600;
    if (take_name(&rest, &out->daylight.abbreviation) < 0)
        return -1;
    if (rest.len > 0 && rest.ptr[0] != ',') {
        if (take_time(&rest, 24, &west) < 0)
            return -1;
        out->daylight.offset = -west;
    }
    if (take_change(&rest, &out->start) < 0 || take_change(&rest, &out->end) < 0)
        return -1;
    return rest.len == 0 ? 0 : -1;
}

/* The day, counted from 1970, on which the change falls in a year. */
static int64_t change_day(const struct posix_change *change, int year)
{
    int64_t first = date_days(year, change->month, 1);
    int64_t day;

    switch (change->kind) {
    case POSIX_JULIAN:
        day = date_days(year, 1, 1) + change->day - 1;
        return change->day >= 60 && date_month_length(year, 2) == 29 ? day + 1 : day;
    case POSIX_YEAR_DAY: return date_days(year, 1, 1) + change->day;
    case POSIX_MONTH_WEEK: break;
    }
    /* 1970-01-01 was a Thursday. */
    day = first + ((change->weekday - (first + 4) % 7) % 7 + 7) % 7 + (change->week - 1) * 7;
    return day >= first + date_month_length(year, change->month) ? day - 7 : day;
}

struct moment {
    int64_t utc;
    bool daylight; /* what begins then */
};

enum { MOMENTS = 8 };

/* The changes of the year of `utc` and its neighbours, in no order. */
static void changes_near(const struct posix_zone *zone, int64_t utc, struct moment *moments)
{
    struct date_time time = date_from_seconds(utc, zone->standard.offset);

    for (int i = 0; i < MOMENTS / 2; i++) {
        int year = time.year - 1 + i;

        moments[2 * i] = (struct moment){change_day(&zone->start, year) * 86400 + zone->start.time -
                                             zone->standard.offset,
                                         true};
        moments[2 * i + 1] = (struct moment){
            change_day(&zone->end, year) * 86400 + zone->end.time - zone->daylight.offset, false};
    }
}

struct zone_rule posix_zone_at(const struct posix_zone *zone, int64_t utc)
{
    struct moment moments[MOMENTS];
    struct moment last = {INT64_MIN, false};

    if (!zone->has_daylight)
        return zone->standard;
    changes_near(zone, utc, moments);
    /* Where daylight saving ends as it begins again (a zone that has it all year), it goes on. */
    for (int i = 0; i < MOMENTS; i++) {
        if (moments[i].utc <= utc &&
            (moments[i].utc > last.utc || (moments[i].utc == last.utc && moments[i].daylight)))
            last = moments[i];
    }
    return last.daylight ? zone->daylight : zone->standard;
}

bool posix_zone_next(const struct posix_zone *zone, int64_t utc, int64_t *when)
{
    struct moment moments[MOMENTS];
    bool found = false;

    if (!zone->has_daylight)
        return false;
    changes_near(zone, utc, moments);
    for (int i = 0; i < MOMENTS; i++) {
        int64_t at = moments[i].utc;
        struct zone_rule before = posix_zone_at(zone, at - 1);
        struct zone_rule after = posix_zone_at(zone, at);

        if (at <= utc || (found && at >= *when) || before.daylight == after.daylight)
            continue;
        *when = at;
        found = true;
    }
    return found;
}

static bool yearly_change(const struct posix_change *change, struct zone_yearly *out)
{
    /* In a common year; February is refused below where that would matter. */
    int length = date_month_length(2023, change->month > 0 ? change->month : 1);
    int32_t time = ((change->time % 86400) + 86400) % 86400;
    int days = (change->time - time) / 86400;

    if (change->kind != POSIX_MONTH_WEEK || (change->month == 2 && change->week == 5))
        return false;
    out->month = change->month;
    out->day = (change->week == 5 ? length - 6 : 7 * (change->week - 1) + 1) + days;
    out->weekday = ((change->weekday + days) % 7 + 7) % 7;
    out->time = time;
    return out->day >= 1 && out->day + 6 <= length;
}

bool posix_zone_yearly(const struct posix_zone *zone, struct zone_yearly changes[2])
{
    if (!zone->has_daylight || !yearly_change(&zone->start, &changes[0]) ||
        !yearly_change(&zone->end, &changes[1]))
        return false;
    changes[0].from = changes[1].to = zone->standard.offset;
    changes[0].to = changes[1].from = zone->daylight.offset;
    return true;
}
