/* Which documents may give an index something else than those of another site do. */
#include "pages/search_outline.h"

static bool same_people(const struct person_list *a, const struct person_list *b)
{
    bool same = a->count == b->count;
    for (size_t i = 0; i < a->count && same; i++)
        same = str_eq(a->items[i].name, b->items[i].name);
    return same;
}

static bool same_tags(const struct tag_list *a, const struct tag_list *b)
{
    bool same = a->count == b->count;
    for (size_t i = 0; i < a->count && same; i++)
        same = str_eq(a->items[i]->slug, b->items[i]->slug) &&
               str_eq(a->items[i]->name, b->items[i]->name);
    return same;
}

static bool same_time(const struct date_time *a, const struct date_time *b)
{
    return date_local_seconds(a) == date_local_seconds(b) && a->offset == b->offset &&
           a->has_time == b->has_time && a->has_zone == b->has_zone;
}

static bool same_moment(const struct moment *a, const struct moment *b)
{
    return a->given == b->given && (!a->given || same_time(&a->shown, &b->shown));
}

static bool same_times(const struct entry *a, const struct entry *b)
{
    bool same = a->occurrences.count == b->occurrences.count && !a->shown == !b->shown &&
                (!a->shown || same_time(&a->shown->start.shown, &b->shown->start.shown));
    for (size_t i = 0; i < a->occurrences.count && same; i++)
        same =
            same_time(&a->occurrences.items[i].start.shown, &b->occurrences.items[i].start.shown);
    return same;
}

/* In each language; the same editions are there. */
static bool same_designation(const struct site *a_site, const struct designation *a,
                             const struct designation *b)
{
    bool same = str_eq(a->code, b->code) && str_eq(a->slug, b->slug);
    for (size_t i = 0; i < a_site->edition_count && same; i++)
        same = str_eq(a->words[i].name, b->words[i].name);
    return same;
}

static bool same_member(const struct site *site, const struct entry *a, const struct entry *b)
{
    const struct grant_list *was = &a->group->grants;
    const struct grant_list *now = &b->group->grants;
    bool same = was->count == now->count && a->position_count == b->position_count;
    for (size_t i = 0; i < was->count && same; i++)
        same = was->items[i].live == now->items[i].live &&
               same_designation(site, was->items[i].designation, now->items[i].designation);
    for (size_t i = 0; i < a->position_count && same; i++) {
        const struct team *team = a->positions[i].team;
        const struct team *other = b->positions[i].team;
        same = str_eq(a->positions[i].title, b->positions[i].title) && !team == !other &&
               (!team || str_eq(team->name, other->name));
    }
    return same;
}

/* As search_inputs() and a card see them. */
static bool same_entry(const struct site *site, const struct entry *a, const struct entry *b)
{
    return a->record == b->record && a->published == b->published && a->edition && b->edition &&
           a->group && b->group && str_eq(a->edition->lang, b->edition->lang) &&
           str_eq(a->url, b->url) && same_moment(&a->date, &b->date) &&
           same_tags(&a->tags, &b->tags) && same_people(&a->authors, &b->authors) &&
           same_people(&a->with, &b->with) && same_people(&a->speakers, &b->speakers) &&
           same_people(&a->organisers, &b->organisers) &&
           (a->kind != KIND_EVENT || same_times(a, b)) &&
           (a->kind != KIND_MEMBER || same_member(site, a, b));
}

/* Both have their entries by path. */
bool search_outline_differ(const struct site *was, const struct site *now, bool *was_differs,
                           bool *now_differs)
{
    size_t i = 0;
    size_t j = 0;
    if (was->edition_count != now->edition_count ||
        !str_eq(was->config.base_path, now->config.base_path))
        return false;
    for (size_t k = 0; k < was->edition_count; k++) {
        if (!str_eq(was->editions[k].lang, now->editions[k].lang))
            return false;
    }
    while (i < was->entry_count || j < now->entry_count) {
        const struct entry *before = i < was->entry_count ? &was->entries[i] : NULL;
        const struct entry *after = j < now->entry_count ? &now->entries[j] : NULL;
        int order = !before ? 1 : !after ? -1 : str_cmp(before->file->path, after->file->path);
        bool same = order == 0 && same_entry(was, before, after);
        if (order <= 0)
            was_differs[i++] = !same;
        if (order >= 0)
            now_differs[j++] = !same;
    }
    return true;
}
