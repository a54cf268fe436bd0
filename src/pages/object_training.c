#include "pages/objects.h"

/* What an event counts for a designation; hours without a code count for every one. */
static double hours_for(const struct entry *event, struct str code)
{
    const struct credit_list *credits = &event->record->event.credits;
    double hours = 0;
    for (size_t i = 0; i < credits->count; i++) {
        struct str of = credits->items[i].code.text;
        if (of.len == 0 || str_eq(of, code))
            hours += credits->items[i].hours;
    }
    return hours;
}

/* A series counts once, with the hours of one meeting. */
struct value object_training(const struct holding *holding, struct value_reader *reader)
{
    const struct entry_list *events = &view_of(reader)->edition->events;
    struct value *items = arena_zalloc(reader->arena, events->count, sizeof *items);
    size_t count = 0;
    double sum = 0;
    for (size_t i = 0; i < events->count; i++) {
        const struct entry *event = events->items[i];
        double hours = hours_for(event, holding->designation->code);
        if (event->over || event->record->event.cancelled.value || hours <= 0)
            continue;
        sum += hours;
        const struct value_entry parts[] = {
            {STR("event"), event->shown ? object_occurrence(event->shown) : object_entry(event)},
            {STR("hours"), value_float(hours)},
        };
        items[count++] = object_map(reader, parts, 2);
    }
    if (count == 0)
        return value_nil();
    const struct value_entry all[] = {{STR("hours"), value_float(sum)},
                                      {STR("events"), value_list(reader->arena, items, count)}};
    return object_map(reader, all, 2);
}
