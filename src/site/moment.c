#include "site/linker.h"

static int64_t local_to_utc(const struct zone *zone, const struct date_time *time)
{
    int64_t utc;
    zone_to_utc(zone, date_local_seconds(time), &utc);
    return utc;
}

struct moment moment_make(const struct zone *zone, const struct field_date *date)
{
    struct moment moment = {.given = date->given, .shown = date->time};
    if (!date->given)
        return moment;
    moment.utc =
        date->time.has_zone ? date_utc_seconds(&date->time) : local_to_utc(zone, &date->time);
    if (!date->time.has_time)
        return moment;
    struct zone_rule rule = zone_at(zone, moment.utc);
    moment.shown = date_from_seconds(moment.utc, rule.offset);
    moment.zone_name = rule.abbreviation;
    return moment;
}

int64_t moment_end(const struct zone *zone, const struct field_date *date)
{
    if (date->time.has_time)
        return moment_make(zone, date).utc;
    struct field_date next = *date;
    int year, month, day;
    date_from_days(date_days(next.time.year, next.time.month, next.time.day) + 1, &year, &month,
                   &day);
    next.time.year = (int16_t)year;
    next.time.month = (int8_t)month;
    next.time.day = (int8_t)day;
    return moment_make(zone, &next).utc;
}
