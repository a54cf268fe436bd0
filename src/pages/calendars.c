#include "pages/calendars.h"
#include "base/path.h"
#include "pages/body.h"
#include "pages/ics.h"

#include <stdlib.h>

enum { REFRESH_HOURS = 12, DAY = 86400 };

struct str calendars_event_url(const struct entry *event, struct arena *arena)
{
    struct str url = event->url;
    if (str_ends(url, STR("/")))
        return arena_printf(arena, "%.*sevent.ics", STR_ARG(url));
    url.len -= path_extension(url).len;
    return arena_printf(arena, "%.*s/event.ics", STR_ARG(url));
}

struct str calendars_uid(const struct site *site, const struct entry *event, struct arena *arena)
{
    const struct record *record = event->record;
    struct str folder = arena_printf(arena, "%.*s/events/", STR_ARG(event->edition->prefix));
    if (record->event.uid.text.len > 0)
        return record->event.uid.text;
    for (size_t i = 0; i < record->aliases.count; i++) {
        struct str alias = record->aliases.items[i].text;
        if (!str_starts(alias, folder) && !str_starts(alias, STR("/events/")))
            continue;
        /* As the address was, however the alias is written. */
        if (path_extension(alias).len == 0 && !str_ends(alias, STR("/")))
            alias = arena_printf(arena, "%.*s/", STR_ARG(alias));
        return url_absolute(site, alias, arena);
    }
    return url_absolute(site, event->url, arena);
}

static struct str join_names(const struct person_list *people, struct arena *arena)
{
    struct str names = {0};
    for (size_t i = 0; i < people->count; i++)
        names = i == 0 ? people->items[i].name
                       : arena_printf(arena, "%.*s, %.*s", STR_ARG(names),
                                      STR_ARG(people->items[i].name));
    return names;
}

static struct ics_event describe(const struct site *site, const struct entry *event,
                                 struct arena *arena)
{
    const struct record *record = event->record;
    struct str *categories = arena_zalloc(arena, event->tags.count, sizeof *categories);
    for (size_t i = 0; i < event->tags.count; i++)
        categories[i] = event->tags.items[i]->name;
    return (struct ics_event){
        .uid = calendars_uid(site, event, arena),
        .sequence = event->history ? (int64_t)event->history->commits - 1 : 0,
        .modified = event->history ? event->history->last.utc : 0,
        .title = record->title.text,
        .description =
            record->description.text.len > 0 ? record->description.text : record->body.excerpt,
        .location = record->event.location.text.len > 0 ? record->event.location.text
                                                        : record->event.online.text,
        .url = url_absolute(site, event->url, arena),
        .contact = join_names(&event->organisers, arena),
        .categories = categories,
        .category_count = event->tags.count,
        .cancelled = record->event.cancelled.value,
        .calendar = event->calendar,
    };
}

/* Whether a cancelled event has been in the calendars for long enough. */
static bool is_forgotten(const struct site *site, const struct entry *event)
{
    int64_t kept = (int64_t)site->config.calendar_cancelled_days * DAY;
    return event->record->event.cancelled.value && event->over && event->shown &&
           event->shown->utc_end + kept <= site->now;
}

/* By first start, which no clock changes. */
static int by_date(const void *left, const void *right)
{
    const struct entry *a = *(const struct entry *const *)left;
    const struct entry *b = *(const struct entry *const *)right;
    if (a->date.utc != b->date.utc)
        return a->date.utc < b->date.utc ? -1 : 1;
    return str_cmp(a->file->path, b->file->path);
}

/* What is in a calendar; the count is in *count. */
static const struct entry **events_of(const struct site *site, const struct calendar_file *file,
                                      struct arena *arena, size_t *count)
{
    size_t all = file->event ? 1 : file->events->count;
    const struct entry **kept = arena_zalloc(arena, all, sizeof *kept);
    *count = 0;
    for (size_t i = 0; i < all; i++) {
        const struct entry *event = file->event ? file->event : file->events->items[i];
        if (event->calendar && (file->event || !is_forgotten(site, event)))
            kept[(*count)++] = event;
    }
    if (*count > 1)
        qsort(kept, *count, sizeof *kept, by_date);
    return kept;
}

static struct str product_of(const struct output *output, const struct site *site,
                             struct arena *arena)
{
    struct str host = str_after(site->config.origin, str_find(site->config.origin, STR("//"), 0));
    if (str_starts(host, STR("//")))
        host = str_after(host, 2);
    return arena_printf(arena, "-//%.*s//copse//%.*s", STR_ARG(host),
                        STR_ARG(output->edition->lang));
}

void calendars_write(const struct plan *plan, const struct output *output, struct arena *scratch,
                     struct buf *out)
{
    const struct calendar_file *file = output->subject;
    const struct site *site = plan->site;
    size_t count;
    const struct entry **entries = events_of(site, file, scratch, &count);
    struct ics_event *events = arena_zalloc(scratch, count, sizeof *events);
    for (size_t i = 0; i < count; i++)
        events[i] = describe(site, entries[i], scratch);
    const struct ics_feed feed = {
        .name = file->name,
        .product = product_of(output, site, scratch),
        .refresh_hours = REFRESH_HOURS,
        .horizon = site_calendar_horizon(site, site->now),
        .events = events,
        .count = count,
    };
    ics_write(&feed, scratch, out);
}
