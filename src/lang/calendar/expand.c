#include "base/vec.h"
#include "lang/calendar/calendar_internal.h"

#include <stdlib.h>

/* No zone is further than that from UTC. */
enum { ZONE_SLACK = 2 * DAY };

struct instance_list {
    struct calendar_instance *items;
    size_t count;
    size_t capacity;
};

struct calendar_moment calendar_moment(const struct zone *zone, const struct date_time *time)
{
    struct calendar_moment moment = {.fit = ZONE_ONCE};

    if (time->has_zone)
        moment.utc = date_utc_seconds(time);
    else
        moment.fit = zone_to_utc(zone, date_local_seconds(time), &moment.utc);
    moment.local = moment.utc + zone_at(zone, moment.utc).offset;
    return moment;
}

int64_t calendar_local(const struct calendar *calendar, const struct date_time *time)
{
    if (calendar->all_day)
        return date_days(time->year, time->month, time->day) * DAY;
    /* The wall clock as written, even in a gap: a rule that starts there goes on at that time. */
    return time->has_zone ? calendar_moment(calendar->series->zone, time).local
                          : date_local_seconds(time);
}

int64_t calendar_length(const struct calendar *calendar, const struct date_time *start,
                        const struct date_time *end)
{
    if (calendar->all_day)
        return calendar_local(calendar, end) - calendar_local(calendar, start) + DAY;
    return calendar_moment(calendar->series->zone, end).utc -
           calendar_moment(calendar->series->zone, start).utc;
}

static int64_t clamp(int64_t local)
{
    return local < CALENDAR_BEGIN ? CALENDAR_BEGIN : local > CALENDAR_END ? CALENDAR_END : local;
}

int calendar_compare_locals(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a;
    int64_t y = *(const int64_t *)b;

    return x < y ? -1 : x > y;
}

bool calendar_is_excluded(const struct calendar *calendar, int64_t local)
{
    return calendar->excluded_count > 0 &&
           bsearch(&local, calendar->excluded, calendar->excluded_count, sizeof local,
                   calendar_compare_locals) != NULL;
}

void calendar_originals(const struct calendar *calendar, int64_t from, int64_t to, size_t most,
                        struct arena *arena, struct occurrences *out)
{
    const struct calendar_series *series = calendar->series;
    size_t count = series->session_count > 0 ? series->session_count : 1;

    from = clamp(from);
    to = clamp(to);
    if (calendar->rule != NULL) {
        if (calendar->last < CALENDAR_END && to > calendar->last + 1)
            to = calendar->last + 1;
        rule_occurrences(calendar->rule, calendar->first, from, to, most, arena, out);
        return;
    }
    *out = (struct occurrences){0};
    for (size_t i = 0; i < count; i++) {
        int64_t local = series->session_count > 0
                            ? calendar_local(calendar, &series->sessions[i].start)
                            : calendar->first;

        if (local >= from && local < to)
            *vec_push(arena, out) = local;
    }
    if (out->count > 1)
        qsort(out->items, out->count, sizeof *out->items, calendar_compare_locals);
}

static void place(const struct calendar *calendar, struct calendar_instance *instance,
                  int64_t local, int64_t duration)
{
    const struct zone *zone = calendar->series->zone;

    instance->local_start = local;
    zone_to_utc(zone, local, &instance->utc_start);
    if (calendar->all_day) {
        instance->local_end = local + duration;
        zone_to_utc(zone, instance->local_end, &instance->utc_end);
        return;
    }
    instance->local_start = instance->utc_start + zone_at(zone, instance->utc_start).offset;
    instance->utc_end = instance->utc_start + duration;
    instance->local_end = instance->utc_end + zone_at(zone, instance->utc_end).offset;
}

/* A change's new start: a moment, or a day on which the old time of day is kept. */
static int64_t changed_start(const struct calendar *calendar, const struct calendar_change *change,
                             int64_t original)
{
    const struct date_time *start = &change->start;

    if (calendar->all_day || start->has_time)
        return calendar_local(calendar, start);
    return date_days(start->year, start->month, start->day) * DAY + original -
           day_of(original) * DAY;
}

static void apply_change(const struct calendar *calendar, struct calendar_instance *instance,
                         const struct calendar_change *change, int64_t duration)
{
    instance->change = change;
    instance->cancelled = change->cancelled;
    if (change->has_start) {
        place(calendar, instance, changed_start(calendar, change, instance->original), duration);
        if (change->start.has_time && !calendar->all_day) {
            /* A written offset may name the second of two equal wall-clock times. */
            instance->utc_start = calendar_moment(calendar->series->zone, &change->start).utc;
            instance->utc_end = instance->utc_start + duration;
        }
    }
    if (!change->has_end)
        return;
    if (calendar->all_day) {
        instance->local_end = calendar_local(calendar, &change->end) + DAY;
        zone_to_utc(calendar->series->zone, instance->local_end, &instance->utc_end);
    } else {
        struct calendar_moment end = calendar_moment(calendar->series->zone, &change->end);

        instance->local_end = end.local;
        instance->utc_end = end.utc;
    }
}

static const struct calendar_change *change_of(const struct calendar *calendar, int64_t original)
{
    size_t low = 0;
    size_t high = calendar->change_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (calendar->changes[middle].original == original)
            return calendar->changes[middle].change;
        if (calendar->changes[middle].original < original)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

static struct calendar_instance make_instance(const struct calendar *calendar, int64_t original,
                                              size_t session)
{
    const struct calendar_series *series = calendar->series;
    const struct calendar_change *change = change_of(calendar, original);
    struct calendar_instance instance = {.original = original, .session = session};
    const struct date_time *start = &series->start;
    int64_t duration = calendar->duration;

    if (series->session_count > 0) {
        const struct calendar_session *written = &series->sessions[session];

        start = &written->start;
        duration = written->has_end    ? calendar_length(calendar, start, &written->end)
                   : calendar->all_day ? DAY
                                       : 0;
    }
    place(calendar, &instance, original, duration);
    if (calendar->rule == NULL && !calendar->all_day) {
        /* A written offset may name the second of two equal wall-clock times. */
        instance.utc_start = calendar_moment(series->zone, start).utc;
        instance.utc_end = instance.utc_start + duration;
        instance.local_end = instance.utc_end + zone_at(series->zone, instance.utc_end).offset;
    }
    if (change != NULL)
        apply_change(calendar, &instance, change, duration);
    return instance;
}

struct expansion {
    const struct calendar *calendar;
    int64_t from;
    int64_t to;
    struct arena *arena;
    struct instance_list list;
    bool cut;
};

static void add_if_inside(struct expansion *expansion, int64_t original, size_t session)
{
    struct calendar_instance instance;

    if (calendar_is_excluded(expansion->calendar, original))
        return;
    instance = make_instance(expansion->calendar, original, session);
    if (instance.utc_start >= expansion->to ||
        (instance.utc_end <= expansion->from && instance.utc_start < expansion->from))
        return;
    if (expansion->list.count == CALENDAR_MOST)
        expansion->cut = true;
    else
        *vec_push(expansion->arena, &expansion->list) = instance;
}

static int compare_instances(const void *a, const void *b)
{
    const struct calendar_instance *x = a;
    const struct calendar_instance *y = b;

    if (x->utc_start != y->utc_start)
        return x->utc_start < y->utc_start ? -1 : 1;
    if (x->original != y->original)
        return x->original < y->original ? -1 : 1;
    return x->session < y->session ? -1 : x->session > y->session;
}

static void expand_rule(struct expansion *expansion)
{
    const struct calendar *calendar = expansion->calendar;
    int64_t low = clamp(expansion->from - calendar->duration - ZONE_SLACK);
    int64_t high = clamp(expansion->to + ZONE_SLACK);
    struct occurrences found;

    calendar_originals(calendar, low, high, CALENDAR_MOST + 1, expansion->arena, &found);
    expansion->cut = found.cut;
    for (size_t i = 0; i < found.count; i++)
        add_if_inside(expansion, found.items[i], 0);
    /* What was moved into the window from far away. */
    for (size_t i = 0; i < calendar->change_count; i++) {
        int64_t original = calendar->changes[i].original;

        if (original < low || original >= high)
            add_if_inside(expansion, original, 0);
    }
}

struct calendar_instances calendar_expand(const struct calendar *calendar, int64_t from, int64_t to,
                                          struct arena *arena)
{
    const struct calendar_series *series = calendar->series;
    struct expansion expansion = {calendar, clamp(from), clamp(to), arena, {0}, false};

    if (calendar->rule != NULL)
        expand_rule(&expansion);
    else if (series->session_count == 0)
        add_if_inside(&expansion, calendar->first, 0);
    for (size_t i = 0; calendar->rule == NULL && i < series->session_count; i++)
        add_if_inside(&expansion, calendar_local(calendar, &series->sessions[i].start), i);
    if (expansion.list.count > 1)
        qsort(expansion.list.items, expansion.list.count, sizeof *expansion.list.items,
              compare_instances);
    return (struct calendar_instances){expansion.list.items, expansion.list.count, expansion.cut};
}

struct calendar_instances calendar_changed(const struct calendar *calendar, struct arena *arena)
{
    struct instance_list list = {0};

    for (size_t i = 0; i < calendar->change_count; i++)
        *vec_push(arena, &list) = make_instance(calendar, calendar->changes[i].original, 0);
    return (struct calendar_instances){list.items, list.count, false};
}

bool calendar_next(const struct calendar *calendar, int64_t utc, struct arena *arena,
                   struct calendar_instance *out)
{
    static const int64_t step = 366 * DAY;

    for (int year = 0; year < 100; year++) {
        int64_t from = utc + year * step;
        struct calendar_instances found = calendar_expand(calendar, from, from + step, arena);

        for (size_t i = 0; i < found.count; i++) {
            if (found.items[i].utc_end > utc && !found.items[i].cancelled) {
                *out = found.items[i];
                return true;
            }
        }
    }
    return false;
}

bool calendar_all_day(const struct calendar *calendar)
{
    return calendar->all_day;
}

const struct zone *calendar_zone(const struct calendar *calendar)
{
    return calendar->series->zone;
}

int64_t calendar_first(const struct calendar *calendar)
{
    return calendar->first;
}

int64_t calendar_duration(const struct calendar *calendar)
{
    return calendar->duration;
}

bool calendar_last(const struct calendar *calendar, int64_t *local)
{
    struct arena arena = {0};
    struct occurrences found;

    if (calendar->rule == NULL) {
        calendar_originals(calendar, CALENDAR_BEGIN, CALENDAR_END, SIZE_MAX, &arena, &found);
        *local = found.items[found.count - 1];
        arena_release(&arena);
        return true;
    }
    if (calendar->last == CALENDAR_END)
        return false;
    /* UNTIL need not be a date of the rule: look back from it, further and further. */
    for (int64_t back = DAY;; back *= 8) {
        int64_t from = calendar->last - back;

        calendar_originals(calendar, from, CALENDAR_END, SIZE_MAX, &arena, &found);
        if (found.count > 0 || from <= calendar->first)
            break;
    }
    *local = found.count > 0 ? found.items[found.count - 1] : calendar->first;
    arena_release(&arena);
    return true;
}

bool calendar_repeats(const struct calendar *calendar)
{
    return calendar->rule != NULL;
}

struct calendar_excluded calendar_excluded(const struct calendar *calendar)
{
    return (struct calendar_excluded){calendar->excluded, calendar->excluded_count};
}
