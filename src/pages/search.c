#include "pages/search.h"
#include "base/hash.h"
#include "base/vec.h"
#include "pages/search_internal.h"
#include "pages/search_kept.h"

#include <stdlib.h>

/* The making of one edition's cards. */
struct cutting {
    const struct edition *edition;
    bool keeping;
    const struct search_kept_edition *known; /* or NULL */
    const struct search_document_list *documents;
    struct search_cutter *cutters; /* one a worker */
    struct arena *scratch;         /* likewise */
};

enum { NUMBER_MASK = (1 << SEARCH_NUMBER_BITS) - 1 };

bool search_holds(const struct entry *entry)
{
    return entry->published && entry->kind != KIND_COMMENT && !entry->record->noindex.value;
}

static void add_documents(struct search_document_list *documents, const struct entry_list *entries,
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
static void number_documents(struct search_document_list *documents, struct arena *scratch)
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

/* Takes the card that is known of the document, if it was made of the same. */
static bool take_known(const struct cutting *cutting, struct search_document *document,
                       struct arena *scratch)
{
    document->inputs = search_inputs(cutting->edition, document->entry, scratch, &document->facets);
    if (!cutting->known)
        return false;
    size_t at = search_kept_find(cutting->known, document->entry->url);
    if (at == cutting->known->count || cutting->known->documents[at]->inputs != document->inputs)
        return false;
    document->known = cutting->known->documents[at];
    document->vocabulary = document->known->vocabulary;
    document->card = document->known->card;
    return true;
}

static void make_card(void *context, unsigned worker, size_t index)
{
    struct cutting *cutting = context;
    struct search_document *document = &cutting->documents->items[index];
    arena_clear(&cutting->scratch[worker]);
    if (cutting->keeping && take_known(cutting, document, &cutting->scratch[worker]))
        return;
    document->vocabulary =
        (uint32_t)(cutting->known ? cutting->known->vocabulary_count : 0) + worker;
    document->card = search_card_make(&cutting->cutters[worker], document->entry);
}

/* The vocabularies that are known, then those of the workers. */
static const struct search_vocabulary *const *list_vocabularies(const struct cutting *cutting,
                                                                unsigned workers,
                                                                struct arena *arena, size_t *count)
{
    size_t known = cutting->known ? cutting->known->vocabulary_count : 0;
    const struct search_vocabulary **all = arena_zalloc(arena, known + workers, sizeof *all);
    struct search_vocabulary *own = arena_zalloc(arena, workers, sizeof *own);
    for (size_t i = 0; i < known; i++)
        all[i] = cutting->known->vocabularies[i];
    for (unsigned i = 0; i < workers; i++) {
        own[i] = search_words_vocabulary(&cutting->cutters[i].words);
        all[known + i] = &own[i];
    }
    *count = known + workers;
    return all;
}

void search_list_documents(const struct edition *edition, struct search_document_list *documents,
                           struct arena *scratch)
{
    add_documents(documents, &edition->articles, scratch);
    add_documents(documents, &edition->members, scratch);
    add_documents(documents, &edition->events, scratch);
    add_documents(documents, &edition->pages, scratch);
    number_documents(documents, scratch);
}

void search_index(const struct site *site, const struct edition *edition,
                  const struct search_document_list *documents, struct pool *pool,
                  const struct search_keeping *keeping, struct arena *arena, struct search *out,
                  struct search_kept_edition *kept)
{
    struct arena scratch = {0};
    struct cutting cutting = {
        .edition = edition, .keeping = keeping != NULL, .documents = documents};
    struct search_lists lists;
    unsigned workers = pool_size(pool);
    size_t vocabulary_count;
    cutting.known = search_kept_edition(keeping ? keeping->known : NULL, edition->lang);
    struct arena *arenas = arena_zalloc(&scratch, workers, sizeof *arenas);
    cutting.scratch = arena_zalloc(&scratch, workers, sizeof *cutting.scratch);
    cutting.cutters = arena_zalloc(&scratch, workers, sizeof *cutting.cutters);
    for (unsigned i = 0; i < workers; i++)
        search_cutter_init(&cutting.cutters[i], site, edition,
                           keeping ? &keeping->arenas[i] : &arenas[i], &arenas[i]);
    pool_run(pool, documents->count, 16, make_card, &cutting);
    const struct search_vocabulary *const *vocabularies =
        list_vocabularies(&cutting, workers, &scratch, &vocabulary_count);
    search_postings_make(documents->items, documents->count, vocabularies, vocabulary_count, pool,
                         arena, &lists);
    if (keeping)
        *kept =
            search_keep_edition(edition, documents->items, documents->count, vocabularies,
                                vocabulary_count, vocabulary_count - workers, &keeping->arenas[0]);
    const struct search_making making = {
        .site = site,
        .edition = edition,
        .documents = documents->items,
        .count = documents->count,
        .lists = &lists,
        .pool = pool,
        .arena = arena,
        .keep = keeping ? keeping->arenas : NULL,
    };
    search_shards_make(&making, out, keeping ? &kept->files : NULL);
    for (unsigned i = 0; i < workers; i++) {
        search_cutter_release(&cutting.cutters[i]);
        arena_release(&cutting.scratch[i]);
        arena_release(&arenas[i]);
    }
    arena_release(&scratch);
}

static void make_edition(const struct site *site, const struct edition *edition, struct pool *pool,
                         const struct search_keeping *keeping, struct arena *arena,
                         struct search *out, struct search_kept_edition *kept)
{
    struct arena scratch = {0};
    struct search_document_list documents = {0};
    search_list_documents(edition, &documents, &scratch);
    search_index(site, edition, &documents, pool, keeping, arena, out, kept);
    arena_release(&scratch);
}

const struct search *search_make(const struct site *site, struct pool *pool,
                                 struct search_keeping *keeping, struct arena *arena)
{
    struct search *searches = arena_zalloc(arena, site->edition_count, sizeof *searches);
    struct search_kept_edition *kept =
        keeping ? arena_zalloc(&keeping->arenas[0], site->edition_count, sizeof *kept) : NULL;
    for (size_t i = 0; i < site->edition_count; i++)
        make_edition(site, &site->editions[i], pool, keeping, arena, &searches[i],
                     kept ? &kept[i] : NULL);
    if (keeping) {
        struct search_kept *made = arena_zalloc(&keeping->arenas[0], 1, sizeof *made);
        *made = (struct search_kept){kept, site->edition_count};
        keeping->made = made;
    }
    return searches;
}
