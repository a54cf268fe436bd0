/* When each event takes place: its calendar is made from its front matter, and what pages show of
 * it is expanded. All zones are read here, on one thread. */
#include "base/suggest.h"
#include "site/linker.h"

enum { DAY = 86400 };

/* Before and after every date that can be written. */
static const int64_t FOREVER = INT64_C(253402300800);

/* All of an event that is not a rule is on the site for good; of a rule what is near. */
struct window {
    int64_t from;
    int64_t to;
};

/* People know their city: "Halifax", "St. John's" are America/Halifax and America/St_Johns. */
static struct str zone_of_city(struct str given, const struct str *names, size_t count,
                               struct arena *arena)
{
    struct str *cities = arena_zalloc(arena, count, sizeof *cities);
    for (size_t i = 0; i < count; i++)
        cities[i] = str_after(names[i], str_rfind_byte(names[i], '/') + 1);
    struct str nearest = suggest_nearest(given, cities, count);
    for (size_t i = 0; i < count && nearest.len > 0; i++) {
        if (cities[i].ptr == nearest.ptr)
            return names[i];
    }
    return nearest;
}

static void unknown_zone(struct linker *linker, const struct entry *entry)
{
    const struct field_text *given = &entry->record->event.timezone;
    struct str *names = NULL;
    size_t count = 0;
    struct str nearest = {0};
    diag_error(linker->diags, "unknown-zone", entry_span(entry, given->place),
               "no time zone is called '%.*s'", STR_ARG(given->text));
    if (zone_names(linker->options->fs, NULL, linker->arena, &names, &count) == 0)
        nearest = suggest_nearest(given->text, names, count);
    if (nearest.len == 0 && names && str_find_byte(given->text, '/', 0) == STR_NONE)
        nearest = zone_of_city(given->text, names, count, linker->arena);
    if (nearest.len > 0)
        diag_hint(linker->diags, "did you mean '%.*s'?", STR_ARG(nearest));
    else
        diag_hint(linker->diags, "zones are named by continent and city, such as America/Halifax");
}

/* The zone of an event, read once for all events that name it. */
static const struct zone *find_zone(struct linker *linker, const struct entry *entry)
{
    const struct field_text *given = &entry->record->event.timezone;
    const struct zone *zone = linker->site->config.zone;
    if (given->text.len == 0 || str_eq(given->text, linker->site->config.timezone))
        return zone;
    const struct zone *known = map_get(&linker->zones, given->text);
    if (known)
        return known;
    if (zone_load(linker->options->fs, NULL, given->text, linker->arena, &zone) != 0) {
        unknown_zone(linker, entry); /* and the event's other mistakes are still looked for */
        return linker->site->config.zone;
    }
    map_put(&linker->zones, given->text, (void *)zone);
    return zone;
}

static void add_excepts(struct linker *linker, const struct entry *entry,
                        struct calendar_series *series)
{
    const struct date_list *given = &entry->record->event.except;
    struct calendar_except *items = arena_zalloc(linker->arena, given->count, sizeof *items);
    for (size_t i = 0; i < given->count; i++) {
        if (given->items[i].given)
            items[series->except_count++] = (struct calendar_except){
                given->items[i].time, entry_span(entry, given->items[i].place)};
    }
    series->excepts = items;
}

static void add_changes(struct linker *linker, const struct entry *entry,
                        struct calendar_series *series)
{
    const struct change_list *given = &entry->record->event.changes;
    struct calendar_change *items = arena_zalloc(linker->arena, given->count, sizeof *items);
    for (size_t i = 0; i < given->count; i++) {
        const struct change *change = &given->items[i];
        if (!change->date.given)
            continue;
        items[series->change_count++] = (struct calendar_change){
            .date = change->date.time,
            .span = entry_span(entry, change->date.place),
            .has_start = change->start.given,
            .has_end = change->end.given,
            .start = change->start.time,
            .end = change->end.time,
            .start_span = entry_span(entry, change->start.place),
            .end_span = entry_span(entry, change->end.place),
            .title = change->title.text,
            .location = change->location.text,
            .cancelled = change->cancelled.value,
        };
    }
    series->changes = items;
}

static void add_sessions(struct linker *linker, const struct entry *entry,
                         struct calendar_series *series)
{
    const struct session_list *given = &entry->record->event.sessions;
    struct calendar_session *items = arena_zalloc(linker->arena, given->count, sizeof *items);
    for (size_t i = 0; i < given->count; i++) {
        const struct session *session = &given->items[i];
        if (!session->start.given)
            continue;
        items[series->session_count++] = (struct calendar_session){
            .start = session->start.time,
            .end = session->end.time,
            .has_end = session->end.given,
            .start_span = entry_span(entry, session->start.place),
            .end_span = entry_span(entry, session->end.place),
        };
    }
    series->sessions = items;
    if (series->session_count > 0)
        series->sessions_span = items[0].start_span;
}

/* Makes entry->calendar; it stays NULL after an error. */
static void open_calendar(struct linker *linker, struct entry *entry)
{
    const struct record_event *event = &entry->record->event;
    struct calendar_series *series = arena_zalloc(linker->arena, 1, sizeof *series);
    if (!event->start.given)
        return;
    *series = (struct calendar_series){
        .zone = entry->zone,
        .start = event->start.time,
        .end = event->end.time,
        .has_end = event->end.given,
        .all_day = event->all_day.value,
        .start_span = entry_span(entry, event->start.place),
        .end_span = entry_span(entry, event->end.place),
        .rule_span = entry_span(entry, event->repeat.place),
    };
    if (event->repeat.text.len > 0 &&
        calendar_rule_parse(event->repeat.text, series->rule_span, linker->arena, linker->diags,
                            &series->rule) != 0)
        return;
    add_excepts(linker, entry, series);
    add_changes(linker, entry, series);
    add_sessions(linker, entry, series);
    calendar_open(series, linker->arena, linker->diags, &entry->calendar);
}

static struct moment local_moment(const struct entry *entry, int64_t utc, int64_t local)
{
    struct moment moment = {.given = true, .utc = utc};
    if (calendar_all_day(entry->calendar)) {
        moment.shown = date_from_seconds(local, 0);
        moment.shown.has_time = false;
        moment.shown.has_zone = false;
        return moment;
    }
    struct zone_rule rule = zone_at(entry->zone, utc);
    moment.shown = date_from_seconds(utc, rule.offset);
    moment.zone_name = rule.abbreviation;
    return moment;
}

static bool has_end(const struct entry *entry, const struct calendar_instance *instance)
{
    const struct record_event *event = &entry->record->event;
    if (instance->change && instance->change->has_end)
        return true;
    if (!calendar_repeats(entry->calendar) && event->sessions.count > 0)
        return instance->utc_end > instance->utc_start;
    return event->end.given;
}

static int64_t day_of(int64_t local)
{
    return local >= 0 ? local / DAY : (local - DAY + 1) / DAY;
}

static struct occurrence make_occurrence(const struct entry *entry,
                                         const struct calendar_instance *instance)
{
    const struct record_event *event = &entry->record->event;
    const struct calendar_change *change = instance->change;
    bool all_day = calendar_all_day(entry->calendar);
    int64_t last = instance->local_end > instance->local_start ? instance->local_end - 1
                                                               : instance->local_start;
    struct occurrence made = {
        .event = entry,
        .utc_start = instance->utc_start,
        .utc_end = instance->utc_end,
        .first_day = day_of(instance->local_start),
        .last_day = day_of(last),
        .start = local_moment(entry, instance->utc_start, instance->local_start),
        .title = change && change->title.len > 0 ? change->title : entry->record->title.text,
        .location = change && change->location.len > 0 ? change->location : event->location.text,
        .cancelled = event->cancelled.value || instance->cancelled,
    };
    if (has_end(entry, instance))
        made.end = local_moment(entry, instance->utc_end,
                                all_day ? made.last_day * DAY : instance->local_end);
    if (calendar_repeats(entry->calendar) && change && change->has_start &&
        instance->original != instance->local_start) {
        int64_t utc;
        zone_to_utc(entry->zone, instance->original, &utc);
        made.moved_from = local_moment(entry, utc, instance->original);
    }
    return made;
}

static const struct occurrence *keep(struct linker *linker, const struct entry *entry,
                                     const struct calendar_instance *instance)
{
    struct occurrence *made = arena_zalloc(linker->arena, 1, sizeof *made);
    *made = make_occurrence(entry, instance);
    return made;
}

/* An occurrence comes on the site when its start is near enough and leaves it when its end is far
 * enough: the moments that changes.c foresees. */
static void list_occurrences(struct linker *linker, struct entry *entry, struct window window,
                             struct arena *scratch)
{
    struct calendar_instances found =
        calendar_expand(entry->calendar, window.from, window.to + 1, scratch);
    struct occurrence *items = arena_zalloc(linker->arena, found.count, sizeof *items);
    size_t count = 0;
    for (size_t i = 0; i < found.count; i++) {
        if (found.items[i].utc_end > window.from && found.items[i].utc_start <= window.to)
            items[count++] = make_occurrence(entry, &found.items[i]);
    }
    entry->occurrences = (struct occurrence_list){items, count};
}

/* The one that is next, cancelled or not; else the last one there was. */
static void choose_shown(struct linker *linker, struct entry *entry, struct arena *scratch)
{
    const struct occurrence_list *list = &entry->occurrences;
    struct calendar_instance instance;
    int64_t local;
    for (size_t i = 0; i < list->count && !entry->next; i++) {
        if (list->items[i].utc_end > linker->site->now)
            entry->shown = entry->shown && entry->shown->utc_end > linker->site->now
                               ? entry->shown
                               : &list->items[i];
        else
            entry->shown = &list->items[i];
        if (list->items[i].utc_end > linker->site->now &&
            (!list->items[i].cancelled || entry->record->event.cancelled.value))
            entry->next = &list->items[i];
    }
    if (!entry->next && calendar_repeats(entry->calendar) &&
        calendar_next(entry->calendar, linker->site->now, scratch, &instance))
        entry->next = keep(linker, entry, &instance);
    if (entry->next)
        entry->shown = entry->next;
    entry->over = !entry->shown || entry->shown->utc_end <= linker->site->now;
    if (entry->shown || !calendar_last(entry->calendar, &local))
        return;
    struct calendar_instances last =
        calendar_expand(entry->calendar, local - 2 * DAY, local + 2 * DAY, scratch);
    if (last.count > 0)
        entry->shown = keep(linker, entry, &last.items[last.count - 1]);
}

static void find_occurrences(struct linker *linker, struct entry *entry, struct arena *scratch)
{
    const struct config *config = &linker->site->config;
    struct window window = {-FOREVER, FOREVER};
    if (!entry->calendar)
        return;
    if (calendar_repeats(entry->calendar)) {
        window.from = linker->site->now - (int64_t)config->calendar_past_days * DAY;
        window.to = linker->site->now + (int64_t)config->calendar_ahead_days * DAY;
    }
    list_occurrences(linker, entry, window, scratch);
    choose_shown(linker, entry, scratch);
    if (entry->shown)
        entry->ends = entry->shown->end;
}

void occurrences_open(struct linker *linker, struct entry *entry)
{
    const struct record_event *event = &entry->record->event;
    struct field_date start = event->start;
    if (event->all_day.value)
        start.time.has_time = false;
    const struct zone *zone = find_zone(linker, entry);
    entry->zone = zone ? zone : linker->site->config.zone;
    entry->date = moment_make(entry->zone, &start);
    if (zone)
        open_calendar(linker, entry);
}

/* A calendar program takes two events of one UID for one event and shows only one of them. The
 * languages of an event stand in calendars of their own. */
static void check_uid(struct linker *linker, const struct entry *event, struct map *uids)
{
    const struct field_text *uid = &event->record->event.uid;
    if (uid->text.len == 0)
        return;
    const struct entry *other = map_get(uids, uid->text);
    if (!other) {
        map_put(uids, uid->text, (void *)event);
    } else if (other->group != event->group) {
        diag_error(linker->diags, "duplicate-uid", entry_span(event, uid->place),
                   "another event has this 'uid' already: %.*s",
                   STR_ARG(other->group->primary->file->path));
        diag_hint(linker->diags, "give this one another, or leave 'uid' out: its address serves");
    }
}

void occurrences_find(struct linker *linker)
{
    struct site *site = linker->site;
    struct arena scratch = {0};
    struct map uids;
    map_init(&uids, linker->arena);
    for (size_t i = 0; i < site->entry_count; i++) {
        if (site->entries[i].kind != KIND_EVENT)
            continue;
        check_uid(linker, &site->entries[i], &uids);
        find_occurrences(linker, &site->entries[i], &scratch);
        arena_clear(&scratch);
    }
    arena_release(&scratch);
}

int64_t site_calendar_horizon(const struct site *site, int64_t now)
{
    struct date_time last =
        date_from_seconds(now + (int64_t)site->config.calendar_ahead_days * DAY, 0);
    return date_days(last.year + 1, 1, 1) * DAY;
}
