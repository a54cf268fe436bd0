#include "pages/relations.h"
#include "base/vec.h"
#include "pages/body.h"

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
    const struct markup *body = &article->record->body;
    for (size_t i = 0; i < body->link_count; i++) {
        struct markup_link link = markup_link_at(body, i);
        if (link.kind != MARKUP_LINK)
            continue;
        struct body_target target = body_look_up(plan, article, link.target);
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

/* Whether an article can be read in the language of an edition. */
static bool is_in(const struct edition *edition, const struct entry *article)
{
    const struct group *group = article->group;
    for (size_t i = 0; i < group->count; i++) {
        if (group->entries[i]->edition == edition && group->entries[i]->published)
            return true;
    }
    return false;
}

/* The mentions in an edition's own articles, then those in articles that it does not have. */
static void find_all_mentions(const struct plan *plan, const struct edition *edition,
                              struct arena *arena, struct map *mentions)
{
    for (size_t i = 0; i < edition->articles.count; i++)
        find_mentions(plan, edition->articles.items[i], arena, mentions);
    for (size_t i = 0; i < plan->site->edition_count; i++) {
        const struct entry_list *foreign = &plan->site->editions[i].articles;
        for (size_t j = 0; &plan->site->editions[i] != edition && j < foreign->count; j++) {
            if (!is_in(edition, foreign->items[j]))
                find_mentions(plan, foreign->items[j], arena, mentions);
        }
    }
}

void relations_find(const struct plan *plan, const struct edition *edition, struct arena *arena,
                    struct relations *out)
{
    map_init(&out->mentions, arena);
    map_init(&out->series, arena);
    find_all_mentions(plan, edition, arena, &out->mentions);
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

/* Candidates in an open table, by the article's number: a page has a hundred or two, and sorting
 * them on each of ten thousand pages would show. `size` is a power of two above their count. */
struct kin_table {
    struct kin *slots;
    size_t size;
};

static void add_kin(struct kin_table *table, const struct entry *article, size_t weight)
{
    size_t slot = article->number & (table->size - 1);
    while (table->slots[slot].article && table->slots[slot].article != article)
        slot = (slot + 1) & (table->size - 1);
    table->slots[slot].article = article;
    table->slots[slot].weight += weight;
}

static void add_neighbours(const struct tag *tag, const struct entry *article,
                           struct kin_table *table)
{
    const struct entry_list *list = &tag->articles;
    size_t at = find_moment(list, article->date.utc);
    size_t first = at > NEIGHBOURS ? at - NEIGHBOURS : 0;
    size_t end = list->count - at > NEIGHBOURS + 1 ? at + NEIGHBOURS + 1 : list->count;
    for (size_t i = first; i < end; i++) {
        if (list->items[i] != article)
            add_kin(table, list->items[i], 1 + 1000000 / list->count);
    }
}

/* The heavier first; of equals the newer, then by number, so that the order is always the same. */
static bool is_nearer(const struct kin *a, const struct kin *b)
{
    if (a->weight != b->weight)
        return a->weight > b->weight;
    if (a->article->date.utc != b->article->date.utc)
        return a->article->date.utc > b->article->date.utc;
    return a->article->number < b->article->number;
}

/* Puts `kin` among the nearest found so far, which are sorted; *count is how many there are. */
static void offer(struct kin *nearest, size_t *count, size_t most, const struct kin *kin)
{
    size_t at = *count;
    while (at > 0 && is_nearer(kin, &nearest[at - 1]))
        at--;
    if (at == most)
        return;
    if (*count < most)
        (*count)++;
    for (size_t i = *count - 1; i > at; i--)
        nearest[i] = nearest[i - 1];
    nearest[at] = *kin;
}

size_t relations_related(const struct entry *article, const struct entry **found, size_t most,
                         struct arena *scratch)
{
    struct kin_table table = {.size = 64};
    while (table.size < article->tags.count * (2 * NEIGHBOURS + 1) * 2)
        table.size *= 2;
    table.slots = arena_zalloc(scratch, table.size, sizeof *table.slots);
    for (size_t i = 0; i < article->tags.count; i++)
        add_neighbours(article->tags.items[i], article, &table);
    struct kin *nearest = arena_alloc(scratch, most * sizeof *nearest);
    size_t count = 0;
    for (size_t i = 0; i < table.size; i++) {
        if (table.slots[i].article)
            offer(nearest, &count, most, &table.slots[i]);
    }
    for (size_t i = 0; i < count; i++)
        found[i] = nearest[i].article;
    return count;
}
