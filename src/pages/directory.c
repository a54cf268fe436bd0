#include "pages/directory.h"
#include "base/vec.h"
#include "lang/collation.h"
#include "lang/slug.h"

#include <stdlib.h>

/* A facet with what it is sorted by. */
struct sorted_facet {
    struct facet facet;
    struct str key;
    size_t kind; /* place in kinds[] */
};

struct facet_list {
    struct sorted_facet **items;
    size_t count, capacity;
};

struct gathering {
    struct arena *arena;
    const struct edition *edition;
    struct map by_url;
    struct facet_list facets;
};

enum { LETTER, LOCATION, LANGUAGE, SERVICE, DESIGNATION_LOCATION };
static const char *const kinds[] = {"letter", "location", "language", "service",
                                    "designation-location"};

static void add(struct gathering *gathering, size_t kind, struct str base, struct str label,
                const struct holding *holding, const struct entry *member)
{
    struct arena *arena = gathering->arena;
    struct str slug = slug_fold(arena, label);
    if (slug.len == 0)
        slug = str_eq(label, STR("#")) ? STR("other") : slug_fallback(arena, label);
    struct str url = arena_printf(arena, "%.*s%.*s/", STR_ARG(base), STR_ARG(slug));
    void **slot = map_slot(&gathering->by_url, url);
    struct sorted_facet *found = *slot;
    if (!found) {
        found = *slot = arena_zalloc(arena, 1, sizeof *found);
        found->facet =
            (struct facet){.kind = kinds[kind], .label = label, .url = url, .holding = holding};
        found->key = collation_key(arena, label);
        found->kind = kind;
        *vec_push(arena, &gathering->facets) = found;
    }
    struct entry_list *members = &found->facet.members;
    if (members->count == 0 || members->items[members->count - 1] != member)
        *vec_push(arena, members) = member;
}

static void add_member(struct gathering *gathering, const struct entry *member)
{
    const struct record_member *bio = &member->record->member;
    struct arena *arena = gathering->arena;
    struct str base = arena_printf(arena, "%.*s/members/", STR_ARG(gathering->edition->prefix));
    const char letter[1] = {member->group->letter};
    struct str letters = arena_str(arena, (struct str){letter, 1});
    add(gathering, LETTER, arena_printf(arena, "%.*sletter/", STR_ARG(base)), letters, NULL,
        member);
    if (bio->location.text.len > 0)
        add(gathering, LOCATION, arena_printf(arena, "%.*slocation/", STR_ARG(base)),
            bio->location.text, NULL, member);
    for (size_t i = 0; i < bio->languages.count; i++)
        add(gathering, LANGUAGE, arena_printf(arena, "%.*slanguage/", STR_ARG(base)),
            bio->languages.items[i].text, NULL, member);
    for (size_t i = 0; i < bio->services.count; i++)
        add(gathering, SERVICE, arena_printf(arena, "%.*sservice/", STR_ARG(base)),
            bio->services.items[i].text, NULL, member);
}

static void add_holding(struct gathering *gathering, const struct holding *holding)
{
    for (size_t i = 0; i < holding->holders.count; i++) {
        const struct entry *member = holding->holders.items[i];
        struct str location = member->record->member.location.text;
        if (location.len > 0)
            add(gathering, DESIGNATION_LOCATION, holding->url, location, holding, member);
    }
}

static int compare(const void *left, const void *right)
{
    const struct sorted_facet *a = *(const struct sorted_facet *const *)left;
    const struct sorted_facet *b = *(const struct sorted_facet *const *)right;
    if (a->kind != b->kind)
        return a->kind < b->kind ? -1 : 1;
    int order = str_cmp(a->key, b->key);
    return order ? order : str_cmp(a->facet.url, b->facet.url);
}

const struct facet *directory_facets(const struct edition *edition, struct arena *arena,
                                     size_t *count)
{
    struct gathering gathering = {.arena = arena, .edition = edition};
    map_init(&gathering.by_url, arena);
    for (size_t i = 0; i < edition->members.count; i++)
        add_member(&gathering, edition->members.items[i]);
    for (size_t i = 0; i < edition->holding_count; i++)
        add_holding(&gathering, &edition->holdings[i]);
    struct facet_list *list = &gathering.facets;
    if (list->count > 1)
        qsort(list->items, list->count, sizeof *list->items, compare);
    struct facet *facets = arena_zalloc(arena, list->count, sizeof *facets);
    for (size_t i = 0; i < list->count; i++)
        facets[i] = list->items[i]->facet;
    *count = list->count;
    return facets;
}
