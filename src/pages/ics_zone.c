/* VTIMEZONE as all programs take it: two observances with a yearly RRULE where the zone keeps its
 * rule, and one for each change of the years in which it did otherwise. */
#include "base/date.h"
#include "base/vec.h"
#include "pages/ics_internal.h"

static const int64_t YEAR = 31557600; /* seconds, of 365.25 days */

struct change {
    int64_t utc;
    struct zone_rule before;
    struct zone_rule after;
};

struct change_list {
    struct change *items;
    size_t count;
    size_t capacity;
};

/* By the clock before the change, as RFC 5545 wants it. */
static int64_t onset(const struct change *change)
{
    return change->utc + change->before.offset;
}

/* The changes in [from, to], and the two before them, so that both of a year's are there. */
static struct change_list changes_between(const struct zone *zone, int64_t from, int64_t to,
                                          struct arena *arena)
{
    struct change_list list = {0};
    size_t before = 0;
    int64_t utc = from - 3 * YEAR;

    while (zone_next_change(zone, utc, &utc) && utc <= to) {
        *vec_push(arena, &list) = (struct change){utc, zone_at(zone, utc - 1), zone_at(zone, utc)};
        if (utc <= from)
            before++;
    }
    if (before > 2) {
        list.items += before - 2;
        list.count -= before - 2;
    }
    return list;
}

static bool is_yearly(const struct change *change, const struct zone_yearly *yearly)
{
    struct date_time time = date_from_seconds(onset(change), 0);

    return time.month == yearly->month && time.day >= yearly->day && time.day < yearly->day + 7 &&
           date_weekday(&time) == yearly->weekday &&
           time.hour * 3600 + time.minute * 60 + time.second == yearly->time &&
           change->before.offset == yearly->from && change->after.offset == yearly->to;
}

/* Clocks that go forward for the summer are "daylight", also where tzdata calls the winter so
 * (Dublin): programs expect the larger offset there. */
static bool is_daylight(const struct change *change)
{
    return change->after.offset > change->before.offset &&
           (change->after.daylight || change->before.daylight);
}

static void add_offset(struct buf *out, const char *name, int32_t offset)
{
    int32_t magnitude = offset < 0 ? -offset : offset;

    buf_addf(out, "%s:%c%02d%02d", name, offset < 0 ? '-' : '+', (int)(magnitude / 3600),
             (int)(magnitude / 60 % 60));
    if (magnitude % 60 != 0)
        buf_addf(out, "%02d", (int)(magnitude % 60));
    buf_adds(out, "\r\n");
}

static void add_local(struct buf *out, const char *name, int64_t local)
{
    struct date_time time = date_from_seconds(local, 0);

    buf_addf(out, "%s:", name);
    date_format(out, &time, STR("%Y%m%dT%H%M%S"), STR(""), NULL);
    buf_adds(out, "\r\n");
}

static void begin_observance(struct buf *out, bool daylight, int64_t local, int32_t from,
                             int32_t to)
{
    buf_addf(out, "BEGIN:%s\r\n", daylight ? "DAYLIGHT" : "STANDARD");
    add_local(out, "DTSTART", local);
    add_offset(out, "TZOFFSETFROM", from);
    add_offset(out, "TZOFFSETTO", to);
}

static void end_observance(struct buf *out, bool daylight, struct str abbreviation)
{
    ics_text(out, "TZNAME", abbreviation);
    buf_addf(out, "END:%s\r\n", daylight ? "DAYLIGHT" : "STANDARD");
}

/* "BYDAY=2SU", "BYDAY=-1SU", or the days of the month where neither says it. */
static void add_yearly_rule(struct buf *out, const struct zone_yearly *yearly)
{
    static const char *const weekdays[] = {"SU", "MO", "TU", "WE", "TH", "FR", "SA"};
    struct buf line = {0};

    buf_addf(&line, "RRULE:FREQ=YEARLY;BYMONTH=%d;BYDAY=", yearly->month);
    if (yearly->day % 7 == 1 && yearly->day < 28)
        buf_addf(&line, "%d%s", yearly->day / 7 + 1, weekdays[yearly->weekday]);
    else if (yearly->day + 6 == date_month_length(2023, yearly->month))
        buf_addf(&line, "-1%s", weekdays[yearly->weekday]);
    else
        buf_addf(&line, "%s;BYMONTHDAY=%d,%d,%d,%d,%d,%d,%d", weekdays[yearly->weekday],
                 yearly->day, yearly->day + 1, yearly->day + 2, yearly->day + 3, yearly->day + 4,
                 yearly->day + 5, yearly->day + 6);
    ics_line(out, buf_str(&line));
    buf_release(&line);
}

/* Which of a year's two changes it is; 2 for neither. */
static int kind_of(const struct change *change, const struct zone_yearly *yearly)
{
    return is_yearly(change, &yearly[0]) ? 0 : is_yearly(change, &yearly[1]) ? 1 : 2;
}

/* How many changes at the front do not follow the rule that all after them follow, none left out
 * (Macquarie Island stayed with its summer time once). */
static size_t irregular_count(const struct change_list *list, const struct zone_yearly *yearly)
{
    size_t count = list->count;

    while (count > 0 && kind_of(&list->items[count - 1], yearly) != 2) {
        if (count < list->count && list->items[count].utc - list->items[count - 1].utc > YEAR)
            break;
        count--;
    }
    return count;
}

/* A change of a year that the rule does not hold for. One observance each, since there are programs
 * that forget DTSTART beside an RDATE. */
static void add_single(struct buf *out, const struct change *change)
{
    begin_observance(out, is_daylight(change), onset(change), change->before.offset,
                     change->after.offset);
    end_observance(out, is_daylight(change), change->after.abbreviation);
}

static void add_yearly(struct buf *out, const struct change_list *list, size_t first,
                       const struct zone_yearly *yearly)
{
    for (size_t i = first; i < list->count; i++) {
        const struct change *change = &list->items[i];

        if (!is_yearly(change, yearly))
            continue;
        begin_observance(out, is_daylight(change), onset(change), yearly->from, yearly->to);
        add_yearly_rule(out, yearly);
        end_observance(out, is_daylight(change), change->after.abbreviation);
        return;
    }
}

/* What holds before the first change that is written. */
static void add_beginning(struct buf *out, struct zone_rule rule)
{
    buf_adds(out, "BEGIN:STANDARD\r\nDTSTART:16010101T000000\r\n");
    add_offset(out, "TZOFFSETFROM", rule.offset);
    add_offset(out, "TZOFFSETTO", rule.offset);
    end_observance(out, false, rule.abbreviation);
}

void ics_zone(struct buf *out, const struct zone *zone, int64_t from, int64_t to,
              struct arena *scratch)
{
    struct zone_yearly yearly[2];
    struct change_list list;
    size_t irregular;

    /* A year more, so that both changes of the last year are there. */
    list = changes_between(zone, from, to + YEAR, scratch);
    irregular = zone_yearly(zone, yearly) ? irregular_count(&list, yearly) : list.count;
    buf_adds(out, "BEGIN:VTIMEZONE\r\n");
    ics_text(out, "TZID", zone_name(zone));
    if (list.count == 0)
        add_beginning(out, zone_at(zone, from));
    else if (list.items[0].utc > from)
        add_beginning(out, list.items[0].before);
    for (size_t i = 0; i < irregular; i++)
        add_single(out, &list.items[i]);
    if (irregular < list.count) {
        /* In order of time, whichever half of the year the rule calls daylight. */
        int first = kind_of(&list.items[irregular], yearly);

        add_yearly(out, &list, irregular, &yearly[first]);
        add_yearly(out, &list, irregular, &yearly[1 - first]);
    }
    buf_adds(out, "END:VTIMEZONE\r\n");
}
