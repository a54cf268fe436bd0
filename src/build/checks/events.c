/* event-end and event-zone: what calendars and people in other places would have to guess. Events
 * that are over are let be. */
#include "build/checks/checks_internal.h"

static bool site_has_zone(const struct site *site)
{
    const struct value *zone = value_map_get(&site->config.values, STR("timezone"));
    return zone && zone->type == VALUE_TEXT;
}

static void check_end(const struct entry *entry, struct diags *diags)
{
    const struct record_event *event = &entry->record->event;
    bool whole_day = event->all_day.value || !event->start.time.has_time;
    if (event->end.given || whole_day || event->sessions.count > 0)
        return;
    diag_add(diags, SEVERITY_WARNING, "event-end", record_span(entry->record, event->start.place),
             "nothing says when this event ends, so calendars must guess");
    diag_hint(diags, "add a line such as  end: %04d-%02d-%02d %02d:%02d", event->start.time.year,
              event->start.time.month, event->start.time.day,
              event->start.time.hour < 23 ? event->start.time.hour + 1 : 23,
              event->start.time.hour < 23 ? event->start.time.minute : 59);
}

static void check_zone(const struct site *site, const struct entry *entry, struct diags *diags)
{
    const struct record_event *event = &entry->record->event;
    if (!event->start.time.has_time || event->start.time.has_zone || event->timezone.text.len > 0 ||
        site_has_zone(site))
        return;
    diag_add(diags, SEVERITY_WARNING, "event-zone", record_span(entry->record, event->start.place),
             "nothing says in which time zone this is, so it is taken for UTC");
    diag_hint(diags, "add  timezone: America/Halifax  to content/site.yml, for all events");
}

void check_event(const struct check *check)
{
    const struct entry *entry = check->entry;
    if (entry->over || !entry->record->event.start.given)
        return;
    check_end(entry, check->diags);
    check_zone(check->site, entry, check->diags);
}
