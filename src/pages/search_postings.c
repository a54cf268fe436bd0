#include "pages/search_postings.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "pages/search_list.h"
#include "pages/varint.h"

#include <stdlib.h>
#include <string.h>

/* So many places of lists are in memory at a time for each worker. */
enum { PLACES_AT_ONCE = 1 << 20 };

struct merging {
    const struct search_document *documents;
    size_t count;
    const struct search_vocabulary *const *vocabularies;
    size_t vocabulary_count;
    struct pool *pool;
    struct arena *arena;
    struct search_lists *out;
    uint32_t **numbers; /* of each vocabulary: its stem's place among all */
};

static int compare_strs(const void *a, const void *b)
{
    return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

static int compare_leads(const void *left, const void *right)
{
    const struct search_lead *a = left;
    const struct search_lead *b = right;
    int order = str_cmp(a->form, b->form);
    return order ? order : str_cmp(a->stem, b->stem);
}

/* All stems of all vocabularies, each once, sorted: their places are the lists'. */
static void number_stems(struct merging *merging)
{
    size_t most = 0;
    size_t count = 0;
    for (size_t v = 0; v < merging->vocabulary_count; v++)
        most += merging->vocabularies[v]->stem_count;
    struct str *stems = mem_alloc((most + 1) * sizeof *stems);
    for (size_t v = 0; v < merging->vocabulary_count; v++) {
        for (size_t i = 0; i < merging->vocabularies[v]->stem_count; i++)
            stems[count++] = merging->vocabularies[v]->stems[i];
    }
    qsort(stems, count, sizeof *stems, compare_strs);
    struct search_lists *out = merging->out;
    out->items = arena_zalloc(merging->arena, count + 1, sizeof *out->items);
    for (size_t i = 0; i < count; i++) {
        if (i == 0 || !str_eq(stems[i], stems[i - 1]))
            out->items[out->count++].stem = stems[i];
    }
    free(stems);
    merging->numbers =
        arena_zalloc(merging->arena, merging->vocabulary_count, sizeof *merging->numbers);
    for (size_t v = 0; v < merging->vocabulary_count; v++) {
        const struct search_vocabulary *own = merging->vocabularies[v];
        merging->numbers[v] = mem_alloc((own->stem_count + 1) * sizeof **merging->numbers);
        for (size_t i = 0; i < own->stem_count; i++) {
            const struct search_list *at =
                bsearch(&own->stems[i], out->items, out->count, sizeof *out->items, compare_strs);
            merging->numbers[v][i] = (uint32_t)(at - out->items);
        }
    }
}

/* How many documents have each token of each vocabulary. */
static uint32_t **count_tokens(const struct merging *merging)
{
    uint32_t **counts = mem_zalloc(merging->vocabulary_count + 1, sizeof *counts);
    for (size_t v = 0; v < merging->vocabulary_count; v++)
        counts[v] = mem_zalloc(merging->vocabularies[v]->token_count + 1, sizeof **counts);
    for (size_t d = 0; d < merging->count; d++) {
        const struct search_document *document = &merging->documents[d];
        struct str tokens = document->card.tokens;
        while (tokens.len > 0)
            counts[document->vocabulary][varint_take(&tokens)]++;
    }
    return counts;
}

struct str search_turned(struct str form, struct arena *arena)
{
    enum { LEAST = 4 };
    size_t characters = 0;
    char *turned = arena_alloc(arena, form.len + 1);
    size_t end = form.len + 1;
    turned[0] = SEARCH_TURNED;
    for (size_t at = 0, len; at < form.len; at += len) {
        utf8_decode(str_after(form, at), &len);
        if (str_is_digit(form.ptr[at]))
            return (struct str){0};
        end -= len;
        memcpy(turned + end, form.ptr + at, len);
        characters++;
    }
    return characters < LEAST ? (struct str){0} : (struct str){turned, form.len + 1};
}

/* Adds the forms turned round, each leading to itself, where they belong among the others: behind
 * ASCII, before all else. `leads` has room for twice as many. */
static void add_turned(struct merging *merging, struct search_lead *leads)
{
    struct search_lists *out = merging->out;
    struct search_lead *turned = mem_alloc((out->lead_count + 1) * sizeof *turned);
    size_t count = 0;
    size_t place = 0;
    for (size_t i = 0; i < out->lead_count; i++) {
        place += out->leads[i].form.ptr[0] <= SEARCH_TURNED && out->leads[i].form.ptr[0] > 0;
        if (i > 0 && str_eq(out->leads[i].form, out->leads[i - 1].form))
            continue;
        struct str form = search_turned(out->leads[i].form, merging->arena);
        if (form.len > 0)
            turned[count++] = (struct search_lead){form, form, 1};
    }
    qsort(turned, count, sizeof *turned, compare_leads);
    memmove(leads + place + count, leads + place, (out->lead_count - place) * sizeof *leads);
    memcpy(leads + place, turned, count * sizeof *leads);
    out->lead_count += count;
    free(turned);
}

static void gather_leads(struct merging *merging)
{
    struct search_lists *out = merging->out;
    size_t most = 0;
    for (size_t v = 0; v < merging->vocabulary_count; v++)
        most += merging->vocabularies[v]->token_count;
    struct search_lead *leads = arena_alloc(merging->arena, (2 * most + 1) * sizeof *leads);
    size_t count = 0;
    uint32_t **counts = count_tokens(merging);
    for (size_t v = 0; v < merging->vocabulary_count; v++) {
        const struct search_vocabulary *own = merging->vocabularies[v];
        for (size_t i = 0; i < own->token_count; i++) {
            if (counts[v][i] > 0)
                leads[count++] =
                    (struct search_lead){own->forms[own->tokens[i].form].text,
                                         own->stems[own->tokens[i].stem], counts[v][i]};
        }
        free(counts[v]);
    }
    free(counts);
    if (count > 1)
        qsort(leads, count, sizeof *leads, compare_leads);
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && compare_leads(&leads[i], &leads[out->lead_count - 1]) == 0)
            leads[out->lead_count - 1].documents += leads[i].documents;
        else
            leads[out->lead_count++] = leads[i];
    }
    out->leads = leads;
    add_turned(merging, leads);
}

/* ---- lists */

/* A run of lists that are written together. */
struct slice {
    uint32_t first, end;
};

struct listing {
    const struct merging *merging;
    size_t *starts; /* of each list's places among all; one more at the end */
    struct slices {
        struct slice *items;
        size_t count, capacity;
    } slices;
    struct arena *arenas; /* one a worker: the lists */
    struct arena *scratch;
};

/* Where the places of each list begin, if they lay all in a row. */
static void count_places(struct listing *listing)
{
    const struct merging *merging = listing->merging;
    size_t *starts = listing->starts;
    for (size_t d = 0; d < merging->count; d++) {
        const struct search_document *document = &merging->documents[d];
        const uint32_t *numbers = merging->numbers[document->vocabulary];
        for (uint32_t i = 0; i < document->card.count; i++)
            starts[numbers[document->card.terms[i] >> 4] + 1]++;
    }
    for (size_t i = 0; i < merging->out->count; i++)
        starts[i + 1] += starts[i];
}

static void add_slices(struct listing *listing, struct arena *scratch)
{
    size_t count = listing->merging->out->count;
    for (size_t first = 0, end; first < count; first = end) {
        size_t room = listing->starts[first] + PLACES_AT_ONCE;
        for (end = first + 1; end < count && listing->starts[end + 1] <= room;)
            end++;
        *vec_push(scratch, &listing->slices) = (struct slice){(uint32_t)first, (uint32_t)end};
    }
}

/* The places of a slice's lists, each list's in order of its documents. */
static void fill(const struct listing *listing, struct slice slice, struct search_place *places,
                 uint32_t *next)
{
    const struct merging *merging = listing->merging;
    for (uint32_t i = slice.first; i < slice.end; i++)
        next[i - slice.first] = (uint32_t)(listing->starts[i] - listing->starts[slice.first]);
    for (size_t d = 0; d < merging->count; d++) {
        const struct search_document *document = &merging->documents[d];
        const uint32_t *numbers = merging->numbers[document->vocabulary];
        const struct search_card *card = &document->card;
        const uint16_t *marks = card->marks;
        for (uint32_t i = 0; i < card->count; i++) {
            uint32_t list = numbers[card->terms[i] >> 4] - slice.first;
            if (list < slice.end - slice.first)
                places[next[list]++] = (struct search_place){
                    document->number, (uint8_t)(card->terms[i] & 15), card->marked[i], marks};
            marks += card->marked[i];
        }
    }
}

static void write_lists(void *context, unsigned worker, size_t index)
{
    struct listing *listing = context;
    struct slice slice = listing->slices.items[index];
    struct arena *scratch = &listing->scratch[worker];
    const size_t *starts = listing->starts;
    arena_clear(scratch);
    size_t count = starts[slice.end] - starts[slice.first];
    struct search_place *places = arena_alloc(scratch, (count + 1) * sizeof *places);
    fill(listing, slice, places,
         arena_alloc(scratch, (slice.end - slice.first) * sizeof(uint32_t)));
    for (uint32_t i = slice.first; i < slice.end; i++) {
        if (starts[i + 1] > starts[i])
            search_list_write(places + (starts[i] - starts[slice.first]), starts[i + 1] - starts[i],
                              &listing->arenas[worker], &listing->merging->out->items[i]);
    }
}

static void make_lists(const struct merging *merging)
{
    struct arena scratch = {0};
    struct search_lists *out = merging->out;
    unsigned workers = pool_size(merging->pool);
    struct listing listing = {.merging = merging};
    listing.starts = arena_zalloc(&scratch, out->count + 2, sizeof *listing.starts);
    listing.arenas = arena_zalloc(&scratch, workers, sizeof *listing.arenas);
    listing.scratch = arena_zalloc(&scratch, workers, sizeof *listing.scratch);
    count_places(&listing);
    add_slices(&listing, &scratch);
    pool_run(merging->pool, listing.slices.count, 1, write_lists, &listing);
    for (unsigned i = 0; i < workers; i++) {
        arena_adopt(merging->arena, &listing.arenas[i]);
        arena_release(&listing.scratch[i]);
    }
    size_t kept = 0;
    for (size_t i = 0; i < out->count; i++) {
        if (out->items[i].documents > 0)
            out->items[kept++] = out->items[i];
    }
    out->count = kept;
    arena_release(&scratch);
}

void search_postings_make(const struct search_document *documents, size_t count,
                          const struct search_vocabulary *const *vocabularies,
                          size_t vocabulary_count, struct pool *pool, struct arena *arena,
                          struct search_lists *out)
{
    struct merging merging = {.documents = documents,
                              .count = count,
                              .vocabularies = vocabularies,
                              .vocabulary_count = vocabulary_count,
                              .pool = pool,
                              .arena = arena,
                              .out = out};
    *out = (struct search_lists){0};
    number_stems(&merging);
    gather_leads(&merging);
    make_lists(&merging);
    for (size_t v = 0; v < vocabulary_count; v++)
        free(merging.numbers[v]);
}
