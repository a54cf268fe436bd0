#include "pages/search.h"
#include "base/hash.h"
#include "base/vec.h"
#include "pages/search_shards.h"

#include <stdlib.h>

struct document_list {
    struct search_document *items;
    size_t count, capacity;
};

/* The making of one edition's cards. */
struct cutting {
    struct document_list documents;
    struct search_cutter *cutters; /* one a worker */
};

enum { NUMBER_MASK = (1 << SEARCH_NUMBER_BITS) - 1 };

bool search_holds(const struct entry *entry)
{
    return entry->published && entry->kind != KIND_COMMENT && !entry->record->noindex.value;
}

static void add_documents(struct document_list *documents, const struct entry_list *entries,
                          struct arena *arena)
{
    for (size_t i = 0; i < entries->count; i++) {
        if (search_holds(entries->items[i]))
            *vec_push(arena, documents) = (struct search_document){.entry = entries->items[i]};
    }
}

static int by_url(const void *left, const void *right)
{
    const struct search_document *a = left;
    const struct search_document *b = right;
    return str_cmp(a->entry->url, b->entry->url);
}

static int by_number(const void *left, const void *right)
{
    uint32_t a = ((const struct search_document *)left)->number;
    uint32_t b = ((const struct search_document *)right)->number;
    return a < b ? -1 : a > b;
}

/* One bit a number: taken or free. */
static bool take(unsigned char *taken, uint32_t number)
{
    unsigned char bit = (unsigned char)(1U << (number & 7));
    if (taken[number >> 3] & bit)
        return false;
    taken[number >> 3] |= bit;
    return true;
}

/* Numbers come from the URL; of two that fall together the later URL moves on. */
static void number_documents(struct document_list *documents, struct arena *scratch)
{
    unsigned char *taken = arena_zalloc(scratch, (NUMBER_MASK + 1) / 8, 1);
    if (documents->count > 1)
        qsort(documents->items, documents->count, sizeof *documents->items, by_url);
    if (documents->count > NUMBER_MASK / 2)
        documents->count = NUMBER_MASK / 2;
    for (size_t i = 0; i < documents->count; i++) {
        struct search_document *document = &documents->items[i];
        uint64_t digest = digest_of(document->entry->url).low;
        document->number = digest & NUMBER_MASK;
        if (take(taken, document->number))
            continue;
        document->number = digest >> SEARCH_NUMBER_BITS & NUMBER_MASK;
        while (!take(taken, document->number))
            document->number = (document->number + 1) & NUMBER_MASK;
    }
    if (documents->count > 1)
        qsort(documents->items, documents->count, sizeof *documents->items, by_number);
}

static void make_card(void *context, unsigned worker, size_t index)
{
    struct cutting *cutting = context;
    struct search_document *document = &cutting->documents.items[index];
    document->worker = worker;
    document->card = search_card_make(&cutting->cutters[worker], document->entry);
}

static void make_edition(const struct site *site, const struct edition *edition, struct pool *pool,
                         struct arena *arena, struct search *out)
{
    struct arena scratch = {0};
    struct cutting cutting = {0};
    struct search_lists lists;
    unsigned workers = pool_size(pool);
    add_documents(&cutting.documents, &edition->articles, &scratch);
    add_documents(&cutting.documents, &edition->members, &scratch);
    add_documents(&cutting.documents, &edition->events, &scratch);
    add_documents(&cutting.documents, &edition->pages, &scratch);
    number_documents(&cutting.documents, &scratch);
    struct arena *arenas = arena_zalloc(&scratch, workers, sizeof *arenas);
    cutting.cutters = arena_zalloc(&scratch, workers, sizeof *cutting.cutters);
    for (unsigned i = 0; i < workers; i++)
        search_cutter_init(&cutting.cutters[i], site, edition, &arenas[i]);
    pool_run(pool, cutting.documents.count, 16, make_card, &cutting);
    search_postings_make(cutting.documents.items, cutting.documents.count, cutting.cutters, workers,
                         arena, &lists);
    search_shards_make(site, edition, cutting.documents.items, cutting.documents.count, &lists,
                       arena, out);
    for (unsigned i = 0; i < workers; i++) {
        search_cutter_release(&cutting.cutters[i]);
        arena_release(&arenas[i]);
    }
    arena_release(&scratch);
}

const struct search *search_make(const struct site *site, struct pool *pool, struct arena *arena)
{
    struct search *searches = arena_zalloc(arena, site->edition_count, sizeof *searches);
    for (size_t i = 0; i < site->edition_count; i++)
        make_edition(site, &site->editions[i], pool, arena, &searches[i]);
    return searches;
}
