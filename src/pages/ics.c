#include "base/date.h"
#include "base/vec.h"
#include "pages/ics_internal.h"

/* A zone that events use, and the moments that it must be right for. */
struct use {
    const struct zone *zone;
    int64_t from;
    int64_t to;
};

struct use_list {
    struct use *items;
    size_t count;
    size_t capacity;
};

static const int64_t FOREVER = INT64_C(253402300800);

static bool is_utc(const struct zone *zone)
{
    return str_eq(zone_name(zone), STR("UTC"));
}

/* Digits of a number below 10 ** count. */
static void put_digits(char *at, int number, size_t count)
{
    while (count > 0) {
        at[--count] = (char)('0' + number % 10);
        number /= 10;
    }
}

enum { DAY_LENGTH = 8, MOMENT_LENGTH = 15 };

/* "20260301T180000" of a wall clock, in `text`, of MOMENT_LENGTH bytes. */
static struct str compact(int64_t seconds, char *text)
{
    struct date_time time = date_from_seconds(seconds, 0);

    put_digits(text, time.year, 4);
    put_digits(text + 4, time.month, 2);
    put_digits(text + 6, time.day, 2);
    text[DAY_LENGTH] = 'T';
    put_digits(text + 9, time.hour, 2);
    put_digits(text + 11, time.minute, 2);
    put_digits(text + 13, time.second, 2);
    return (struct str){text, MOMENT_LENGTH};
}

static void add_moment(struct buf *out, const char *name, int64_t utc)
{
    char text[MOMENT_LENGTH];

    buf_addf(out, "%s:%.*sZ\r\n", name, STR_ARG(compact(utc, text)));
}

/* A time of the event's wall clock, or the day of an all-day event. */
static void add_local(struct buf *out, const char *name, const struct calendar *calendar,
                      int64_t local)
{
    const struct zone *zone = calendar_zone(calendar);
    struct buf line = {0};
    char text[MOMENT_LENGTH];
    struct str moment = compact(local, text);

    buf_adds(&line, name);
    if (calendar_all_day(calendar)) {
        buf_addf(&line, ";VALUE=DATE:%.*s", STR_ARG(str_sub(moment, 0, DAY_LENGTH)));
    } else if (is_utc(zone)) {
        buf_addf(&line, ":%.*sZ", STR_ARG(moment));
    } else {
        buf_addf(&line, ";TZID=%.*s:%.*s", STR_ARG(zone_name(zone)), STR_ARG(moment));
    }
    ics_line(out, buf_str(&line));
    buf_release(&line);
}

/* The same for an instance: the second of two equal wall-clock times can only be said in UTC. */
static void add_time(struct buf *out, const char *name, const struct calendar *calendar,
                     int64_t local, int64_t utc)
{
    int64_t read;

    if (!calendar_all_day(calendar)) {
        zone_to_utc(calendar_zone(calendar), local, &read);
        if (read != utc) {
            add_moment(out, name, utc);
            return;
        }
    }
    add_local(out, name, calendar, local);
}

static void add_categories(struct buf *out, const struct ics_event *event)
{
    struct buf line = {0};

    for (size_t i = 0; i < event->category_count; i++) {
        buf_adds(&line, i == 0 ? "CATEGORIES:" : ",");
        ics_escape(&line, event->categories[i]);
    }
    if (line.len > 0)
        ics_line(out, buf_str(&line));
    buf_release(&line);
}

static void begin_event(struct buf *out, const struct ics_event *event, size_t session)
{
    struct buf line = {0};

    buf_adds(out, "BEGIN:VEVENT\r\n");
    buf_adds(&line, "UID:");
    ics_escape(&line, event->uid);
    if (session > 0)
        buf_addf(&line, "-session-%zu", session + 1);
    ics_line(out, buf_str(&line));
    buf_release(&line);
    add_moment(out, "DTSTAMP", event->modified);
    add_moment(out, "LAST-MODIFIED", event->modified);
    buf_adds(out, "SEQUENCE:");
    buf_add_int(out, event->sequence < 0 ? 0 : event->sequence);
    buf_adds(out, "\r\n");
}

static struct str changed(struct str mine, struct str own)
{
    return mine.len > 0 ? mine : own;
}

static void end_event(struct buf *out, const struct ics_event *event,
                      const struct calendar_change *change, bool cancelled)
{
    struct str none = {NULL, 0};
    struct buf line = {0};

    ics_text(out, "SUMMARY", changed(change == NULL ? none : change->title, event->title));
    ics_text(out, "LOCATION", changed(change == NULL ? none : change->location, event->location));
    ics_text(out, "DESCRIPTION", event->description);
    if (event->url.len > 0) {
        buf_adds(&line, "URL:");
        buf_add(&line, event->url);
        ics_line(out, buf_str(&line));
    }
    ics_text(out, "CONTACT", event->contact);
    add_categories(out, event);
    buf_addf(out, "STATUS:%s\r\n", cancelled || event->cancelled ? "CANCELLED" : "CONFIRMED");
    buf_adds(out, "END:VEVENT\r\n");
    buf_release(&line);
}

/* One occurrence; of an event that recurs, one that was changed. */
static void add_instance(struct buf *out, const struct ics_event *event,
                         const struct calendar_instance *instance)
{
    const struct calendar *calendar = event->calendar;

    begin_event(out, event, instance->session);
    if (calendar_repeats(calendar))
        add_local(out, "RECURRENCE-ID", calendar, instance->original);
    add_time(out, "DTSTART", calendar, instance->local_start, instance->utc_start);
    if (instance->utc_end > instance->utc_start)
        add_time(out, "DTEND", calendar, instance->local_end, instance->utc_end);
    end_event(out, event, instance->change, instance->cancelled);
}

static void add_recurring(struct buf *out, const struct ics_event *event, struct arena *scratch)
{
    const struct calendar *calendar = event->calendar;
    struct calendar_instances instances = calendar_changed(calendar, scratch);
    struct calendar_excluded excluded = calendar_excluded(calendar);
    int64_t first = calendar_first(calendar);
    int64_t utc;
    struct buf line = {0};

    begin_event(out, event, 0);
    add_local(out, "DTSTART", calendar, first);
    if (calendar_all_day(calendar)) {
        add_local(out, "DTEND", calendar, first + calendar_duration(calendar));
    } else if (calendar_duration(calendar) > 0) {
        zone_to_utc(calendar_zone(calendar), first, &utc);
        utc += calendar_duration(calendar);
        add_time(out, "DTEND", calendar, utc + zone_at(calendar_zone(calendar), utc).offset, utc);
    }
    buf_adds(&line, "RRULE:");
    calendar_rule_write(calendar, &line);
    ics_line(out, buf_str(&line));
    buf_release(&line);
    for (size_t i = 0; i < excluded.count; i++)
        add_local(out, "EXDATE", calendar, excluded.items[i]);
    end_event(out, event, NULL, false);
    for (size_t i = 0; i < instances.count; i++)
        add_instance(out, event, &instances.items[i]);
}

static struct calendar_instances all_instances(const struct calendar *calendar,
                                               struct arena *scratch)
{
    return calendar_expand(calendar, -FOREVER, FOREVER, scratch);
}

static void add_event(struct buf *out, const struct ics_event *event, struct arena *scratch)
{
    struct calendar_instances instances;

    if (calendar_repeats(event->calendar)) {
        add_recurring(out, event, scratch);
        return;
    }
    instances = all_instances(event->calendar, scratch);
    for (size_t i = 0; i < instances.count; i++)
        add_instance(out, event, &instances.items[i]);
}

static void add_use(struct use_list *uses, struct arena *scratch, const struct zone *zone,
                    int64_t from, int64_t to)
{
    for (size_t i = 0; i < uses->count; i++) {
        struct use *use = &uses->items[i];

        if (!str_eq(zone_name(use->zone), zone_name(zone)))
            continue;
        use->from = from < use->from ? from : use->from;
        use->to = to > use->to ? to : use->to;
        return;
    }
    *vec_push(scratch, uses) = (struct use){zone, from, to};
}

static void note_zone(struct use_list *uses, const struct ics_feed *feed,
                      const struct calendar *calendar, struct arena *scratch)
{
    const struct zone *zone = calendar_zone(calendar);
    struct calendar_instances instances;
    int64_t last;

    if (calendar_all_day(calendar) || is_utc(zone))
        return;
    if (calendar_repeats(calendar)) {
        if (!calendar_last(calendar, &last) || last > feed->horizon)
            last = feed->horizon;
        add_use(uses, scratch, zone, calendar_first(calendar) - 86400,
                last + calendar_duration(calendar) + 86400);
        instances = calendar_changed(calendar, scratch);
    } else {
        instances = all_instances(calendar, scratch);
    }
    for (size_t i = 0; i < instances.count; i++)
        add_use(uses, scratch, zone, instances.items[i].utc_start, instances.items[i].utc_end);
}

void ics_write(const struct ics_feed *feed, struct arena *scratch, struct buf *out)
{
    struct use_list uses = {0};

    buf_adds(out, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n");
    ics_text(out, "PRODID", feed->product);
    buf_adds(out, "CALSCALE:GREGORIAN\r\n");
    ics_text(out, "NAME", feed->name);
    ics_text(out, "X-WR-CALNAME", feed->name);
    if (feed->refresh_hours > 0)
        buf_addf(out, "REFRESH-INTERVAL;VALUE=DURATION:PT%dH\r\nX-PUBLISHED-TTL:PT%dH\r\n",
                 feed->refresh_hours, feed->refresh_hours);
    for (size_t i = 0; i < feed->count; i++)
        note_zone(&uses, feed, feed->events[i].calendar, scratch);
    for (size_t i = 0; i < uses.count; i++)
        ics_zone(out, uses.items[i].zone, uses.items[i].from, uses.items[i].to, scratch);
    for (size_t i = 0; i < feed->count; i++)
        add_event(out, &feed->events[i], scratch);
    buf_adds(out, "END:VCALENDAR\r\n");
}
