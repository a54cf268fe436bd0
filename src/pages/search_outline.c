#include "pages/search_outline.h"
#include "base/hash.h"
#include "base/vec.h"
#include "pages/search_internal.h"

#include <inttypes.h>

struct search_outline {
    const struct site *site;
    const struct edition *edition;
    struct search_document_list documents; /* without cards */
};

struct outlining {
    struct search_outline *outline;
    struct arena *scratch; /* one a worker */
};

static void mix(uint64_t *sum, struct str text)
{
    *sum = hash_bytes(text, *sum + text.len);
}

static void mix_time(uint64_t *sum, const struct date_time *time)
{
    const int64_t parts[] = {date_local_seconds(time), time->offset,
                             time->has_time * 2 + time->has_zone};
    mix(sum, (struct str){(const char *)parts, sizeof parts});
}

/* What a card shows besides what its words come from (search_shard_cards.c). */
static void mix_card(uint64_t *sum, const struct site *site, const struct entry *entry,
                     struct arena *scratch)
{
    mix(sum, site->config.base_path);
    mix(sum, entry->url);
    mix(sum, entry->record->body.excerpt);
    if (entry->date.given)
        mix_time(sum, &entry->date.shown);
    if (entry->kind == KIND_EVENT && entry->shown)
        mix_time(sum, &entry->shown->start.shown);
    if (entry->kind == KIND_MEMBER)
        mix(sum, site_post_nominals(entry->group, scratch));
}

static void sum_up(void *context, unsigned worker, size_t index)
{
    const struct outlining *outlining = context;
    struct search_outline *outline = outlining->outline;
    struct search_document *document = &outline->documents.items[index];
    struct arena *scratch = &outlining->scratch[worker];
    arena_clear(scratch);
    uint64_t sum = search_inputs(outline->edition, document->entry, scratch, &document->facets);
    mix_card(&sum, outline->site, document->entry, scratch);
    document->inputs = sum;
}

/* What all documents of an edition share: how it writes dates. */
static uint64_t edition_sum(const struct edition *edition)
{
    uint64_t sum = 17;
    struct buf months = {0};
    for (int8_t month = 1; month <= 12; month++) {
        const struct date_time first = {.year = 2001, .month = month, .day = 1};
        date_format(&months, &first, words_format(edition->words, STR("short")), (struct str){0},
                    words_dates(edition->words));
    }
    mix(&sum, edition->lang);
    mix(&sum, buf_str(&months));
    buf_release(&months);
    return sum;
}

static struct str digest_all(const struct search_outline *outline, struct arena *arena)
{
    uint64_t sum = edition_sum(outline->edition);
    for (size_t i = 0; i < outline->documents.count; i++) {
        const struct search_document *document = &outline->documents.items[i];
        const uint64_t pair[] = {document->number, document->inputs};
        mix(&sum, (struct str){(const char *)pair, sizeof pair});
    }
    return arena_printf(arena, "%016" PRIx64, sum);
}

static void leave_only(struct search_document_list *documents, const bool *only)
{
    size_t left = 0;
    for (size_t i = 0; i < documents->count; i++) {
        if (only[documents->items[i].entry->number])
            documents->items[left++] = documents->items[i];
    }
    documents->count = left;
}

static void outline_edition(const struct site *site, const struct edition *edition,
                            const bool *only, struct pool *pool, struct arena *arena,
                            struct search *out)
{
    struct search_outline *outline = arena_zalloc(arena, 1, sizeof *outline);
    struct search_file *file = arena_zalloc(arena, 1, sizeof *file);
    unsigned workers = pool_size(pool);
    struct outlining outlining = {outline, arena_zalloc(arena, workers, sizeof(struct arena))};
    *outline = (struct search_outline){.site = site, .edition = edition};
    search_list_documents(edition, &outline->documents, arena);
    if (only)
        leave_only(&outline->documents, only);
    pool_run(pool, outline->documents.count, 64, sum_up, &outlining);
    for (unsigned i = 0; i < workers; i++)
        arena_release(&outlining.scratch[i]);
    *file = (struct search_file){
        .url = arena_printf(arena, "%.*s/search/index.json", STR_ARG(edition->prefix)),
        .bytes = digest_all(outline, arena),
        .outline = outline,
    };
    *out = (struct search){edition, file, 1};
}

const struct search *search_outlines(const struct site *site, const bool *only, struct pool *pool,
                                     struct arena *arena)
{
    struct search *searches = arena_zalloc(arena, site->edition_count, sizeof *searches);
    for (size_t i = 0; i < site->edition_count; i++)
        outline_edition(site, &site->editions[i], only, pool, arena, &searches[i]);
    return searches;
}

const struct search_file *search_outline_renew(const struct search_file *file,
                                               const struct site *renewed, const bool *changed,
                                               struct arena *arena)
{
    struct search_outline *outline = arena_zalloc(arena, 1, sizeof *outline);
    struct search_file *out = arena_zalloc(arena, 1, sizeof *out);
    struct arena scratch = {0};
    struct outlining outlining = {outline, &scratch};
    *outline = *file->outline;
    outline->site = renewed;
    outline->documents.items =
        arena_zalloc(arena, outline->documents.count, sizeof *outline->documents.items);
    for (size_t i = 0; i < outline->documents.count; i++) {
        struct search_document *document = &outline->documents.items[i];
        *document = file->outline->documents.items[i];
        uint32_t number = document->entry->number;
        document->entry = &renewed->entries[number];
        if (changed[number])
            sum_up(&outlining, 0, i);
    }
    arena_release(&scratch);
    *out = *file;
    out->bytes = digest_all(outline, arena);
    out->outline = outline;
    return out;
}

/* ---- comparing */

/* The documents of one side that the other has not, or has from something else. */
static void list_differing(const struct search_outline *own, const struct search_outline *other,
                           bool all, struct search_document_list *out, struct arena *arena)
{
    size_t at = 0;
    for (size_t i = 0; i < own->documents.count; i++) {
        const struct search_document *document = &own->documents.items[i];
        while (at < other->documents.count && other->documents.items[at].number < document->number)
            at++;
        bool same = at < other->documents.count &&
                    other->documents.items[at].number == document->number &&
                    other->documents.items[at].inputs == document->inputs;
        if (all || !same)
            *vec_push(arena, out) = *document;
    }
}

static struct str manifest_of(const struct search_outline *outline,
                              const struct search_document_list *documents, struct pool *pool,
                              struct arena *arena)
{
    struct search search;
    search_index(outline->site, outline->edition, documents, pool, NULL, arena, &search, NULL);
    return search.files[0].bytes;
}

/* The manifest names all other files by their digests. */
bool search_same(const struct search_outline *left, const struct search_outline *right)
{
    struct arena scratch = {0};
    struct search_document_list lists[2] = {0};
    bool all = edition_sum(left->edition) != edition_sum(right->edition);
    list_differing(left, right, all, &lists[0], &scratch);
    list_differing(right, left, all, &lists[1], &scratch);
    bool same = left->documents.count == right->documents.count && lists[0].count == lists[1].count;
    if (same && lists[0].count > 0) {
        struct pool *pool = pool_new(1);
        same = str_eq(manifest_of(left, &lists[0], pool, &scratch),
                      manifest_of(right, &lists[1], pool, &scratch));
        pool_free(pool);
    }
    arena_release(&scratch);
    return same;
}
