#include "pages/objects.h"

#include <stdlib.h>

static struct value occurrence_get(const void *self, struct value_key key,
                                   struct value_reader *reader)
{
    const struct occurrence *occurrence = self;
    switch ((enum property)key.symbol) {
    case PROPERTY_title:
    case PROPERTY_name: return value_text(occurrence->title);
    case PROPERTY_date:
    case PROPERTY_start: return object_moment(&occurrence->start, reader);
    case PROPERTY_end: return object_moment(&occurrence->end, reader);
    case PROPERTY_moved_from: return object_moment(&occurrence->moved_from, reader);
    case PROPERTY_location: return value_text_or_nil(occurrence->location);
    case PROPERTY_cancelled: return value_boolean(occurrence->cancelled);
    case PROPERTY_past:
        return value_boolean(occurrence->utc_end <= view_of(reader)->plan->site->now);
    default: return object_entry_get(occurrence->event, key, reader);
    }
}

static struct value occurrence_print(const void *self, struct value_reader *reader)
{
    (void)reader;
    return value_text(((const struct occurrence *)self)->title);
}

static const struct value_class occurrence_class = {
    .name = "event at a time", .get = occurrence_get, .print = occurrence_print};

struct value object_occurrence(const struct occurrence *occurrence)
{
    return value_object(&occurrence_class, occurrence);
}

/* An event at the time it is shown with; one whose times have errors as it is. */
static struct value as_shown(const struct entry *event)
{
    return event->shown ? object_occurrence(event->shown) : object_entry(event);
}

struct value object_dates(const struct entry *event, struct value_reader *reader)
{
    const struct occurrence_list *all = &event->occurrences;
    if (!event->calendar || !calendar_repeats(event->calendar))
        return value_nil();
    struct value *items = arena_zalloc(reader->arena, all->count, sizeof *items);
    size_t count = 0;
    for (size_t i = 0; i < all->count; i++) {
        if (all->items[i].utc_end > view_of(reader)->plan->site->now)
            items[count++] = object_occurrence(&all->items[i]);
    }
    return value_list(reader->arena, items, count);
}

struct value object_sessions(const struct entry *event, struct value_reader *reader)
{
    const struct occurrence_list *all = &event->occurrences;
    if (event->record->event.sessions.count == 0 || !event->calendar)
        return value_nil();
    struct value *items = arena_zalloc(reader->arena, all->count, sizeof *items);
    for (size_t i = 0; i < all->count; i++)
        items[i] = object_occurrence(&all->items[i]);
    return value_list(reader->arena, items, all->count);
}

struct value object_month_events(const struct month *month, struct value_reader *reader)
{
    const struct occurrences *all = &month->occurrences;
    struct value *items = arena_zalloc(reader->arena, all->count, sizeof *items);
    for (size_t i = 0; i < all->count; i++)
        items[i] = object_occurrence(all->items[i]);
    return value_list(reader->arena, items, all->count);
}

/* The edition's list is sorted by the time that is shown, so what is over may stand among what is
 * to come. */
static size_t add_upcoming(const struct entry_list *events, struct value *items)
{
    size_t count = 0;
    for (size_t i = 0; i < events->count; i++) {
        if (!events->items[i]->over)
            items[count++] = as_shown(events->items[i]);
    }
    return count;
}

static size_t add_past(const struct entry_list *events, struct value *items)
{
    size_t count = 0;
    for (size_t i = events->count; i > 0; i--) {
        if (events->items[i - 1]->over)
            items[count++] = as_shown(events->items[i - 1]);
    }
    return count;
}

struct value object_upcoming(const struct view *view, const struct entry_list *events,
                             struct value_reader *reader)
{
    (void)view;
    struct value *items = arena_zalloc(reader->arena, events->count, sizeof *items);
    return value_list(reader->arena, items, add_upcoming(events, items));
}

struct value object_past(const struct view *view, const struct entry_list *events,
                         struct value_reader *reader)
{
    (void)view;
    struct value *items = arena_zalloc(reader->arena, events->count, sizeof *items);
    return value_list(reader->arena, items, add_past(events, items));
}

struct value object_events(const struct view *view, const struct entry_list *events,
                           struct value_reader *reader)
{
    (void)view;
    struct value *items = arena_zalloc(reader->arena, events->count, sizeof *items);
    size_t count = add_upcoming(events, items);
    return value_list(reader->arena, items, count + add_past(events, items + count));
}

static int latest_first(const void *left, const void *right)
{
    const struct occurrence *a = *(const struct occurrence *const *)left;
    const struct occurrence *b = *(const struct occurrence *const *)right;
    if (a->start.shown.year != b->start.shown.year)
        return a->start.shown.year > b->start.shown.year ? -1 : 1;
    if (a->utc_start != b->utc_start)
        return a->utc_start > b->utc_start ? -1 : 1;
    return str_cmp(a->event->file->path, b->event->file->path);
}

/* The last time of a series in each year that is over; another event when all of it is over. */
static size_t list_past(const struct entry *event, int64_t now, const struct occurrence **out)
{
    const struct occurrence_list *all = &event->occurrences;
    size_t count = 0;
    if (!event->calendar || !calendar_repeats(event->calendar)) {
        if (event->over && event->shown)
            out[count++] = event->shown;
        return count;
    }
    for (size_t i = 0; i < all->count; i++) {
        const struct occurrence *occurrence = &all->items[i];
        if (occurrence->utc_end > now || occurrence->cancelled)
            continue;
        bool same_year =
            count > 0 && out[count - 1]->start.shown.year == occurrence->start.shown.year;
        out[same_year ? count - 1 : count++] = occurrence;
    }
    return count;
}

struct value object_past_years(const struct view *view, struct value_reader *reader)
{
    const struct entry_list *events = &view->edition->events;
    size_t most = 0;
    for (size_t i = 0; i < events->count; i++)
        most += events->items[i]->occurrences.count + 1;
    const struct occurrence **past = arena_zalloc(reader->arena, most, sizeof *past);
    size_t count = 0;
    for (size_t i = 0; i < events->count; i++)
        count += list_past(events->items[i], view->plan->site->now, past + count);
    if (count > 1)
        qsort(past, count, sizeof *past, latest_first);
    struct value *items = arena_zalloc(reader->arena, count, sizeof *items);
    struct value *years = arena_zalloc(reader->arena, count, sizeof *years);
    size_t year_count = 0;
    for (size_t i = 0, end; i < count; i = end) {
        int year = past[i]->start.shown.year;
        for (end = i; end < count && past[end]->start.shown.year == year; end++)
            items[end] = object_occurrence(past[end]);
        const struct value_entry parts[] = {
            {STR("year"), value_integer(year)},
            {STR("events"), value_list(reader->arena, items + i, end - i)}};
        years[year_count++] = object_map(reader, parts, 2);
    }
    return value_list(reader->arena, years, year_count);
}
