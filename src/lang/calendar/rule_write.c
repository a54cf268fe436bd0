#include "lang/calendar/calendar_internal.h"

static const char *const WEEKDAYS[] = {"SU", "MO", "TU", "WE", "TH", "FR", "SA"};

static void write_numbers(struct buf *out, const char *name, struct calendar_numbers numbers)
{
    for (size_t i = 0; i < numbers.count; i++) {
        if (i == 0)
            buf_addf(out, ";%s=", name);
        else
            buf_addc(out, ',');
        buf_add_int(out, numbers.items[i]);
    }
}

static void write_weekdays(struct buf *out, const struct calendar *calendar)
{
    const struct calendar_rule *rule = calendar->rule;

    for (size_t i = 0; i < rule->weekdays.count; i++) {
        buf_adds(out, i == 0 ? ";BYDAY=" : ",");
        if (rule->weekdays.items[i].nth != 0)
            buf_add_int(out, rule->weekdays.items[i].nth);
        buf_adds(out, WEEKDAYS[rule->weekdays.items[i].weekday]);
    }
    /* Programs differ on which days BYWEEKNO alone means, so it is said. */
    if (rule->weeks.count > 0 &&
        rule->weekdays.count + rule->month_days.count + rule->year_days.count == 0) {
        struct date_time first = date_from_seconds(calendar->first, 0);

        buf_addf(out, ";BYDAY=%s", WEEKDAYS[date_weekday(&first)]);
    }
}

/* RFC 5545 §3.3.10: a day beside a DTSTART that is one, else a moment in UTC. */
static void write_until(struct buf *out, const struct calendar *calendar)
{
    const struct date_time *until = &calendar->rule->until;
    struct date_time time = date_from_seconds(calendar->last, 0);
    int64_t utc;

    if (calendar->all_day) {
        date_format(out, &time, STR(";UNTIL=%Y%m%d"), (struct str){NULL, 0}, NULL);
        return;
    }
    if (until->has_zone)
        utc = date_utc_seconds(until);
    else
        zone_to_utc(calendar->series->zone, calendar->last, &utc);
    time = date_from_seconds(utc, 0);
    date_format(out, &time, STR(";UNTIL=%Y%m%dT%H%M%SZ"), (struct str){NULL, 0}, NULL);
}

void calendar_rule_write(const struct calendar *calendar, struct buf *out)
{
    static const char *const frequencies[] = {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"};
    const struct calendar_rule *rule = calendar->rule;

    if (rule == NULL)
        return;
    buf_addf(out, "FREQ=%s", frequencies[rule->frequency]);
    if (rule->interval > 1)
        buf_addf(out, ";INTERVAL=%d", rule->interval);
    if (rule->count > 0)
        buf_addf(out, ";COUNT=%d", rule->count);
    if (rule->has_until)
        write_until(out, calendar);
    write_numbers(out, "BYMONTH", rule->months);
    write_numbers(out, "BYWEEKNO", rule->weeks);
    write_numbers(out, "BYYEARDAY", rule->year_days);
    write_numbers(out, "BYMONTHDAY", rule->month_days);
    write_weekdays(out, calendar);
    write_numbers(out, "BYHOUR", rule->hours);
    write_numbers(out, "BYMINUTE", rule->minutes);
    write_numbers(out, "BYSECOND", rule->seconds);
    write_numbers(out, "BYSETPOS", rule->positions);
    if (rule->week_start != 1)
        buf_addf(out, ";WKST=%s", WEEKDAYS[rule->week_start]);
}
