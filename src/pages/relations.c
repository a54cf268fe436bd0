#include "pages/relations.h"
#include "base/vec.h"
#include "pages/body.h"

#include <stdlib.h>

static const struct entry_list none;

static bool is_author(const struct entry *article, const struct group *member)
{
    for (size_t i = 0; i < article->authors.count; i++) {
        if (article->authors.items[i].member == member)
            return true;
    }
    return false;
}

static struct entry_list *list_in(struct map *map, struct str key, struct arena *arena)
{
    void **slot = map_slot(map, key);
    if (!*slot)
        *slot = arena_zalloc(arena, 1, sizeof(struct entry_list));
    return *slot;
}

static void find_mentions(const struct plan *plan, const struct entry *article, struct arena *arena,
                          struct map *mentions)
{
    const struct markup_links *links = &article->record->body.links;
    for (size_t i = 0; i < links->count; i++) {
        if (links->items[i].kind != MARKUP_LINK)
            continue;
        struct body_target target = body_look_up(plan, article, links->items[i].target);
        if (!target.output || target.output->kind != OUTPUT_ENTRY)
            continue;
        const struct entry *entry = target.output->subject;
        if (entry->kind != KIND_MEMBER || is_author(article, entry->group))
            continue;
        struct entry_list *list = list_in(mentions, entry->group->primary->file->path, arena);
        if (list->count == 0 || list->items[list->count - 1] != article)
            *vec_push(arena, list) = article;
    }
}

void relations_find(const struct plan *plan, const struct edition *edition, struct arena *arena,
                    struct relations *out)
{
    map_init(&out->mentions, arena);
    map_init(&out->series, arena);
    for (size_t i = 0; i < edition->articles.count; i++)
        find_mentions(plan, edition->articles.items[i], arena, &out->mentions);
    for (size_t i = edition->articles.count; i > 0; i--) {
        const struct entry *article = edition->articles.items[i - 1];
        struct str name = article->record->article.series.text;
        if (name.len > 0)
            *vec_push(arena, list_in(&out->series, name, arena)) = article;
    }
}

const struct entry_list *relations_mentions(const struct relations *relations,
                                            const struct group *member)
{
    const struct entry_list *found = map_get(&relations->mentions, member->primary->file->path);
    return found ? found : &none;
}

const struct entry_list *relations_series(const struct relations *relations,
                                          const struct entry *article)
{
    struct str name = article->record->article.series.text;
    const struct entry_list *found = name.len > 0 ? map_get(&relations->series, name) : NULL;
    return found ? found : &none;
}

/* How many of a tag's articles are looked at on each side of the one in question. */
enum { NEIGHBOURS = 32 };

struct kin {
    const struct entry *article;
    size_t weight;
};

struct kin_list {
    struct kin *items;
    size_t count, capacity;
};

/* Where an article of that moment stands in a list that is sorted newest first. */
static size_t find_moment(const struct entry_list *list, int64_t utc)
{
    size_t low = 0;
    size_t high = list->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (list->items[middle]->date.utc > utc)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void add_neighbours(const struct tag *tag, const struct entry *article,
                           struct arena *scratch, struct kin_list *all)
{
    const struct entry_list *list = &tag->articles;
    size_t at = find_moment(list, article->date.utc);
    size_t first = at > NEIGHBOURS ? at - NEIGHBOURS : 0;
    size_t end = list->count - at > NEIGHBOURS + 1 ? at + NEIGHBOURS + 1 : list->count;
    for (size_t i = first; i < end; i++) {
        if (list->items[i] != article)
            *vec_push(scratch, all) = (struct kin){list->items[i], 1000000 / list->count};
    }
}

static int compare_articles(const void *left, const void *right)
{
    const struct kin *a = left;
    const struct kin *b = right;
    return (a->article->number > b->article->number) - (a->article->number < b->article->number);
}

static int compare_weights(const void *left, const void *right)
{
    const struct kin *a = left;
    const struct kin *b = right;
    if (a->weight != b->weight)
        return a->weight > b->weight ? -1 : 1;
    if (a->article->date.utc != b->article->date.utc)
        return a->article->date.utc > b->article->date.utc ? -1 : 1;
    return compare_articles(left, right);
}

/* One item an article, with the weights of all tags that are shared. */
static void join(struct kin_list *all)
{
    size_t kept = 0;
    for (size_t i = 0; i < all->count; i++) {
        if (kept > 0 && all->items[kept - 1].article == all->items[i].article)
            all->items[kept - 1].weight += all->items[i].weight;
        else
            all->items[kept++] = all->items[i];
    }
    all->count = kept;
}

size_t relations_related(const struct entry *article, const struct entry **found, size_t most,
                         struct arena *scratch)
{
    struct kin_list all = {0};
    for (size_t i = 0; i < article->tags.count; i++)
        add_neighbours(article->tags.items[i], article, scratch, &all);
    if (all.count == 0)
        return 0;
    qsort(all.items, all.count, sizeof *all.items, compare_articles);
    join(&all);
    qsort(all.items, all.count, sizeof *all.items, compare_weights);
    size_t count = all.count < most ? all.count : most;
    for (size_t i = 0; i < count; i++)
        found[i] = all.items[i].article;
    return count;
}
