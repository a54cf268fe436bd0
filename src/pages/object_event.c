#include "pages/body.h"
#include "pages/calendars.h"
#include "pages/objects.h"

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

/* "first Thursday of each month", in the language of the page if copse knows it. */
static struct value repeats(const struct entry *entry, struct value_reader *reader)
{
    const struct words *words = view_of(reader)->edition->words;
    const struct calendar_words *rule_words = calendar_words(words_language(words));
    struct buf text = {0};
    struct value value = value_nil();
    if (entry->calendar && rule_words &&
        calendar_describe(entry->calendar, rule_words, words_dates(words), &text))
        value = value_text(arena_str(reader->arena, buf_str(&text)));
    buf_release(&text);
    return value;
}

bool object_event_get(const struct entry *entry, enum property property,
                      struct value_reader *reader, struct value *out)
{
    const struct record_event *event = &entry->record->event;
    const struct occurrence *shown = entry->shown;
    switch (property) {
    case PROPERTY_start:
        *out = object_moment(shown ? &shown->start : &entry->date, reader);
        return true;
    case PROPERTY_end: *out = object_moment(&entry->ends, reader); return true;
    case PROPERTY_timezone:
        *out =
            value_text(event->timezone.text.len > 0 ? event->timezone.text
                                                    : view_of(reader)->plan->site->config.timezone);
        return true;
    case PROPERTY_all_day: *out = value_boolean(!entry->date.shown.has_time); return true;
    case PROPERTY_location:
        *out = value_text_or_nil(shown ? shown->location : event->location.text);
        return true;
    case PROPERTY_online: *out = value_text_or_nil(event->online.text); return true;
    case PROPERTY_registration: *out = value_text_or_nil(event->registration.text); return true;
    case PROPERTY_price: *out = value_text_or_nil(event->price.text); return true;
    case PROPERTY_sold_out: *out = value_boolean(event->sold_out.value); return true;
    case PROPERTY_cancelled: *out = value_boolean(event->cancelled.value); return true;
    case PROPERTY_organiser: *out = object_people(&entry->organisers); return true;
    case PROPERTY_speakers: *out = object_people(&entry->speakers); return true;
    case PROPERTY_credits: *out = credits(entry, reader); return true;
    case PROPERTY_sessions: *out = object_sessions(entry, reader); return true;
    case PROPERTY_dates: *out = object_dates(entry, reader); return true;
    case PROPERTY_repeats: *out = repeats(entry, reader); return true;
    case PROPERTY_past: *out = value_boolean(entry->over); return true;
    case PROPERTY_ics_url:
        *out = object_planned(calendars_event_url(entry, reader->arena), reader);
        return true;
    default: return false;
    }
}
