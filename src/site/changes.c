#include "site/changes.h"
#include "base/vec.h"

#include <stdlib.h>

enum { DAY = 86400 };

static const int64_t YEAR = INT64_C(366) * DAY;
static const int64_t FOREVER = INT64_C(253402300800);

struct change_found {
    struct site_change *items;
    size_t count, capacity;
};

struct search {
    const struct site *site;
    size_t moments;
    struct arena *arena;
    struct arena scratch;
    struct change_found found;
};

static void add(struct search *search, int64_t at, struct str why, struct str path)
{
    if (at > search->site->now && at < search->site->now + 100 * YEAR)
        *vec_push(search->arena, &search->found) = (struct site_change){at, why, path};
}

static struct str sentence(struct search *search, const char *format, struct str name)
{
    struct buf text = {0};
    buf_addf(&text, format, STR_ARG(name));
    struct str made = arena_str(search->arena, buf_str(&text));
    buf_release(&text);
    return made;
}

static void add_article(struct search *search, const struct entry *article)
{
    struct str title = article->record->title.text;
    const struct moment *expires = &article->expires;
    if (article->record->draft.value && !article->published)
        return;
    if (expires->given && expires->utc <= article->date.utc)
        return;
    if (article->future && !article->published)
        add(search, article->date.utc, sentence(search, "the article “%.*s” is published", title),
            article->file->path);
    if (expires->given)
        add(search, expires->utc, sentence(search, "the article “%.*s” expires", title),
            article->file->path);
}

/* What becomes of an occurrence at which moment. */
struct passage {
    int64_t shift; /* from its start or end */
    bool from_start;
    const char *why;
};

static void add_passages(struct search *search, const struct entry *event,
                         const struct calendar_instances *instances, int64_t until,
                         const struct passage *passage)
{
    for (size_t i = 0; i < instances->count; i++) {
        const struct calendar_instance *instance = &instances->items[i];
        const struct calendar_change *change = instance->change;
        struct str title =
            change && change->title.len > 0 ? change->title : event->record->title.text;
        int64_t at =
            (passage->from_start ? instance->utc_start : instance->utc_end) + passage->shift;
        if (at > search->site->now && at <= until)
            add(search, at, sentence(search, passage->why, title), event->file->path);
    }
}

/* Wider and wider, until there are enough or all. */
static void follow(struct search *search, const struct entry *event, struct passage passage)
{
    int64_t now = search->site->now;
    for (int64_t span = YEAR; span <= 128 * YEAR; span *= 2) {
        size_t before = search->found.count;
        int64_t from = now - passage.shift;
        struct calendar_instances instances =
            calendar_expand(event->calendar, from - 1, from + span + 1, &search->scratch);
        add_passages(search, event, &instances, now + span, &passage);
        arena_clear(&search->scratch);
        if (search->found.count - before >= search->moments || span == 128 * YEAR)
            return;
        search->found.count = before;
    }
}

/* Calendars say what zones do until the horizon, which moves once a year; of a zone with a rule for
 * ever that is nothing new. */
static void add_zone(struct search *search, const struct entry *event)
{
    const struct site *site = search->site;
    struct zone_yearly yearly[2];
    int64_t changes_at;
    int64_t last = INT64_MAX;
    int64_t beyond = calendar_duration(event->calendar) + DAY + 366 * DAY;
    if (calendar_all_day(event->calendar) || zone_yearly(event->zone, yearly))
        return;
    calendar_last(event->calendar, &last);
    int64_t horizon = site_calendar_horizon(site, site->now);
    size_t count = 0;
    while (count < search->moments && horizon < last &&
           zone_next_change(event->zone, horizon + beyond, &changes_at)) {
        int64_t at = horizon - (int64_t)site->config.calendar_ahead_days * DAY;
        int64_t moved = site_calendar_horizon(site, at);
        if (changes_at <= moved + beyond) {
            add(search, at,
                sentence(search, "the calendar of “%.*s” needs the clock changes of another year",
                         event->record->title.text),
                event->file->path);
            count++;
        }
        horizon = moved;
    }
}

static void add_cancelled(struct search *search, const struct entry *event)
{
    int64_t kept = (int64_t)search->site->config.calendar_cancelled_days * DAY;
    struct calendar_instances all;
    int64_t last;
    if (!event->record->event.cancelled.value || !calendar_last(event->calendar, &last))
        return;
    int64_t from = calendar_repeats(event->calendar) ? last - 2 * DAY : -FOREVER;
    all = calendar_expand(event->calendar, from, FOREVER, &search->scratch);
    if (all.count > 0)
        add(search, all.items[all.count - 1].utc_end + kept,
            sentence(search, "the cancelled event “%.*s” leaves the calendars",
                     event->record->title.text),
            event->file->path);
    arena_clear(&search->scratch);
}

static void add_event(struct search *search, const struct entry *event)
{
    const struct config *config = &search->site->config;
    if (!event->published || !event->calendar)
        return;
    follow(search, event, (struct passage){0, false, "the event “%.*s” ends"});
    add_cancelled(search, event);
    if (!calendar_repeats(event->calendar))
        return;
    follow(search, event,
           (struct passage){-(int64_t)config->calendar_ahead_days * DAY, true,
                            "another date of “%.*s” is near enough to be listed"});
    follow(search, event,
           (struct passage){(int64_t)config->calendar_past_days * DAY, false,
                            "a past date of “%.*s” is not listed any more"});
    add_zone(search, event);
}

static bool is_published(const struct group *group)
{
    for (size_t i = 0; i < group->count; i++) {
        if (group->entries[i]->published)
            return true;
    }
    return false;
}

static int64_t begin_of(const struct grant *grant)
{
    return grant->since.given ? grant->since.utc : INT64_MIN;
}

/* The grant by which a designation is held at a moment: the first of those that are in force then,
 * as pages have it; NULL if it is not held. */
static const struct grant *held_by(const struct grant_list *grants,
                                   const struct designation *designation, int64_t at)
{
    for (size_t i = 0; i < grants->count; i++) {
        const struct grant *grant = &grants->items[i];
        if (grant->designation == designation && begin_of(grant) <= at && at < grant->end)
            return grant;
    }
    return NULL;
}

static void add_grant(struct search *search, const struct entry *member, const struct grant *grant,
                      int64_t at)
{
    const struct grant_list *grants = &member->group->grants;
    const struct grant *before = held_by(grants, grant->designation, at - 1);
    const struct grant *after = held_by(grants, grant->designation, at);
    if (before == after)
        return;
    struct str what = arena_printf(search->arena, "%.*s of %.*s", STR_ARG(grant->designation->code),
                                   STR_ARG(member->record->title.text));
    const char *words = !before  ? "the designation %.*s begins"
                        : !after ? "the designation %.*s lapses"
                                 : "the designation %.*s is held by another grant";
    add(search, at, sentence(search, words, what), member->file->path);
}

static void add_member(struct search *search, const struct entry *member)
{
    const struct grant_list *grants = &member->group->grants;
    if (member->group->primary != member || !is_published(member->group))
        return;
    for (size_t i = 0; i < grants->count; i++) {
        const struct grant *grant = &grants->items[i];
        if (grant->since.given)
            add_grant(search, member, grant, grant->since.utc);
        if (grant->end != INT64_MAX && (!grant->since.given || grant->end != grant->since.utc))
            add_grant(search, member, grant, grant->end);
    }
}

static int compare_changes(const void *left, const void *right)
{
    const struct site_change *a = left;
    const struct site_change *b = right;
    if (a->at != b->at)
        return a->at < b->at ? -1 : 1;
    int order = str_cmp(a->path, b->path);
    return order ? order : str_cmp(a->why, b->why);
}

/* Where one grant follows another, both say so. Returns how many are left. */
static size_t without_repeats(struct site_change *items, size_t count)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (kept == 0 || compare_changes(&items[kept - 1], &items[i]) != 0)
            items[kept++] = items[i];
    }
    return kept;
}

struct site_changes site_changes(const struct site *site, size_t moments, struct arena *arena)
{
    struct search search = {.site = site, .moments = moments, .arena = arena};
    for (size_t i = 0; i < site->entry_count; i++) {
        const struct entry *entry = &site->entries[i];
        switch (entry->kind) {
        case KIND_ARTICLE: add_article(&search, entry); break;
        case KIND_EVENT: add_event(&search, entry); break;
        case KIND_MEMBER: add_member(&search, entry); break;
        case KIND_COMMENT:
        case KIND_PAGE: break;
        }
    }
    arena_release(&search.scratch);
    struct site_change *items = search.found.items;
    if (search.found.count > 1)
        qsort(items, search.found.count, sizeof *items, compare_changes);
    search.found.count = without_repeats(items, search.found.count);
    size_t count = 0;
    for (size_t seen = 0; count < search.found.count; count++) {
        seen += count == 0 || items[count].at != items[count - 1].at;
        if (seen > moments)
            break;
    }
    return (struct site_changes){items, count};
}
