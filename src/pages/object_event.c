#include "pages/body.h"
#include "pages/objects.h"

static struct value sessions(const struct entry *entry, struct value_reader *reader)
{
    struct session_list list = entry->record->event.sessions;
    struct value *items = arena_zalloc(reader->arena, list.count, sizeof *items);
    for (size_t i = 0; i < list.count; i++) {
        const struct session *session = &list.items[i];
        const struct value_entry parts[] = {
            {STR("start"), value_time(reader->arena, session->start.time, entry->date.zone_name)},
            {STR("end"), session->end.given
                             ? value_time(reader->arena, session->end.time, entry->date.zone_name)
                             : value_nil()},
        };
        items[i] = object_map(reader, parts, 2);
    }
    return list.count > 0 ? value_list(reader->arena, items, list.count) : value_nil();
}

static struct value credits(const struct entry *entry, struct value_reader *reader)
{
    struct credit_list list = entry->record->event.credits;
    struct value *items = arena_zalloc(reader->arena, list.count, sizeof *items);
    for (size_t i = 0; i < list.count; i++) {
        const struct value_entry parts[] = {
            {STR("code"), value_text_or_nil(list.items[i].code.text)},
            {STR("hours"), value_float(list.items[i].hours)},
        };
        items[i] = object_map(reader, parts, 2);
    }
    return list.count > 0 ? value_list(reader->arena, items, list.count) : value_nil();
}

bool object_event_get(const struct entry *entry, enum property property,
                      struct value_reader *reader, struct value *out)
{
    const struct record_event *event = &entry->record->event;
    int64_t now = view_of(reader)->plan->site->now;
    switch (property) {
    case PROPERTY_start: *out = object_moment(&entry->date, reader); return true;
    case PROPERTY_end:
        *out = event->end.given ? object_moment(&entry->ends, reader) : value_nil();
        return true;
    case PROPERTY_timezone:
        *out =
            value_text(event->timezone.text.len > 0 ? event->timezone.text
                                                    : view_of(reader)->plan->site->config.timezone);
        return true;
    case PROPERTY_all_day: *out = value_boolean(!entry->date.shown.has_time); return true;
    case PROPERTY_location: *out = value_text_or_nil(event->location.text); return true;
    case PROPERTY_online: *out = value_text_or_nil(event->online.text); return true;
    case PROPERTY_registration: *out = value_text_or_nil(event->registration.text); return true;
    case PROPERTY_price: *out = value_text_or_nil(event->price.text); return true;
    case PROPERTY_sold_out: *out = value_boolean(event->sold_out.value); return true;
    case PROPERTY_cancelled: *out = value_boolean(event->cancelled.value); return true;
    case PROPERTY_organiser: *out = object_people(&entry->organisers); return true;
    case PROPERTY_speakers: *out = object_people(&entry->speakers); return true;
    case PROPERTY_credits: *out = credits(entry, reader); return true;
    case PROPERTY_sessions: *out = sessions(entry, reader); return true;
    case PROPERTY_past: *out = value_boolean(entry->ends.utc <= now); return true;
    default: return false;
    }
}

/* Events are sorted by start; those that are over are not simply the first ones. */
struct value object_upcoming(const struct view *view, const struct entry_list *events,
                             struct value_reader *reader)
{
    struct value *items = arena_zalloc(reader->arena, events->count, sizeof *items);
    size_t count = 0;
    for (size_t i = 0; i < events->count; i++) {
        if (events->items[i]->ends.utc > view->plan->site->now)
            items[count++] = object_entry(events->items[i]);
    }
    return value_list(reader->arena, items, count);
}

struct value object_past(const struct view *view, const struct entry_list *events,
                         struct value_reader *reader)
{
    struct value *items = arena_zalloc(reader->arena, events->count, sizeof *items);
    size_t count = 0;
    for (size_t i = events->count; i > 0; i--) {
        if (events->items[i - 1]->ends.utc <= view->plan->site->now)
            items[count++] = object_entry(events->items[i - 1]);
    }
    return value_list(reader->arena, items, count);
}
