#include "pages/search_postings.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "pages/search_list.h"
#include "pages/search_sort.h"
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
    struct arena scratch;
    struct search_lists *out;
    uint32_t **numbers; /* of each vocabulary: its stem's place among all */
};

/* ---- stems and forms of all vocabularies, each once */

/* Texts with their places in the row of all vocabularies' texts. */
struct gathered {
    struct search_sortable *items;
    size_t count;
};

static struct gathered gather(struct merging *merging, bool forms)
{
    struct gathered out = {0};
    size_t most = 0;
    for (size_t v = 0; v < merging->vocabulary_count; v++)
        most += forms ? merging->vocabularies[v]->form_count : merging->vocabularies[v]->stem_count;
    out.items = arena_alloc(&merging->scratch, (most + 1) * sizeof *out.items);
    for (size_t v = 0; v < merging->vocabulary_count; v++) {
        const struct search_vocabulary *own = merging->vocabularies[v];
        for (size_t i = 0; i < (forms ? own->form_count : own->stem_count); i++) {
            out.items[out.count] = (struct search_sortable){
                .text = forms ? own->forms[i].text : own->stems[i], .index = (uint32_t)out.count};
            out.count++;
        }
    }
    search_sort(out.items, out.count, &merging->scratch);
    return out;
}

/* Numbers sorted texts: by vocabulary, the place of each of its texts among the different ones.
 * Returns how many these are; they come first in `sorted` then. */
static size_t rank(struct merging *merging, struct gathered *sorted, uint32_t **numbers, bool forms)
{
    uint32_t *all = arena_alloc(&merging->scratch, (sorted->count + 1) * sizeof *all);
    size_t count = 0;
    for (size_t i = 0; i < sorted->count; i++) {
        if (count == 0 || !str_eq(sorted->items[i].text, sorted->items[count - 1].text))
            sorted->items[count++] = sorted->items[i];
        all[sorted->items[i].index] = (uint32_t)count - 1;
    }
    for (size_t v = 0; v < merging->vocabulary_count; v++) {
        const struct search_vocabulary *own = merging->vocabularies[v];
        numbers[v] = all;
        all += forms ? own->form_count : own->stem_count;
    }
    return count;
}

static void number_stems(struct merging *merging)
{
    struct search_lists *out = merging->out;
    struct gathered stems = gather(merging, false);
    merging->numbers =
        arena_zalloc(&merging->scratch, merging->vocabulary_count, sizeof *merging->numbers);
    out->count = rank(merging, &stems, merging->numbers, false);
    out->items = arena_zalloc(merging->arena, out->count + 1, sizeof *out->items);
    for (size_t i = 0; i < out->count; i++)
        out->items[i].stem = stems.items[i].text;
}

/* ---- leads */

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
        len = 1;
        if ((unsigned char)form.ptr[at] >= 0x80)
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
 * ASCII, before all else. There is room for twice as many leads. */
static void add_turned(struct merging *merging)
{
    struct search_lists *out = merging->out;
    struct gathered turned = {
        arena_alloc(&merging->scratch, (out->lead_count + 1) * sizeof *turned.items), 0};
    size_t place = 0;
    for (size_t i = 0; i < out->lead_count; i++) {
        place += out->leads[i].form.ptr[0] <= SEARCH_TURNED && out->leads[i].form.ptr[0] > 0;
        if (i > 0 && str_eq(out->leads[i].form, out->leads[i - 1].form))
            continue;
        struct str form = search_turned(out->leads[i].form, merging->arena);
        if (form.len > 0)
            turned.items[turned.count++] = (struct search_sortable){.text = form};
    }
    search_sort(turned.items, turned.count, &merging->scratch);
    memmove(out->leads + place + turned.count, out->leads + place,
            (out->lead_count - place) * sizeof *out->leads);
    for (size_t i = 0; i < turned.count; i++)
        out->leads[place + i] = (struct search_lead){turned.items[i].text, turned.items[i].text, 1};
    out->lead_count += turned.count;
}

/* A lead in numbers. */
struct pair {
    uint32_t stem;
    uint32_t documents;
};

/* Sorts the pairs of one form by stem and makes one of those that agree; returns how many are left.
 */
static size_t join_pairs(struct pair *pairs, size_t count)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        struct pair pair = pairs[i];
        size_t at = kept;
        while (at > 0 && pairs[at - 1].stem > pair.stem)
            at--;
        if (at > 0 && pairs[at - 1].stem == pair.stem) {
            pairs[at - 1].documents += pair.documents;
            continue;
        }
        memmove(pairs + at + 1, pairs + at, (kept - at) * sizeof *pairs);
        pairs[at] = pair;
        kept++;
    }
    return kept;
}

/* The pairs of all forms, one form's behind another's; starts[form] is where its own begin. */
static struct pair *deal_pairs(struct merging *merging, uint32_t *const *forms, uint32_t *starts,
                               size_t form_count)
{
    uint32_t **counts = count_tokens(merging);
    for (size_t v = 0; v < merging->vocabulary_count; v++) {
        for (size_t i = 0; i < merging->vocabularies[v]->token_count; i++)
            starts[forms[v][merging->vocabularies[v]->tokens[i].form] + 1] += counts[v][i] > 0;
    }
    for (size_t i = 0; i < form_count; i++)
        starts[i + 1] += starts[i];
    struct pair *pairs = arena_alloc(&merging->scratch, (starts[form_count] + 1) * sizeof *pairs);
    uint32_t *next = arena_alloc(&merging->scratch, (form_count + 1) * sizeof *next);
    memcpy(next, starts, (form_count + 1) * sizeof *next);
    for (size_t v = 0; v < merging->vocabulary_count; v++) {
        const struct search_token *tokens = merging->vocabularies[v]->tokens;
        for (size_t i = 0; i < merging->vocabularies[v]->token_count; i++) {
            if (counts[v][i] > 0)
                pairs[next[forms[v][tokens[i].form]]++] =
                    (struct pair){merging->numbers[v][tokens[i].stem], counts[v][i]};
        }
        free(counts[v]);
    }
    free(counts);
    return pairs;
}

static void gather_leads(struct merging *merging)
{
    struct search_lists *out = merging->out;
    struct gathered texts = gather(merging, true);
    uint32_t **forms =
        arena_zalloc(&merging->scratch, merging->vocabulary_count + 1, sizeof *forms);
    size_t count = rank(merging, &texts, forms, true);
    uint32_t *starts = arena_zalloc(&merging->scratch, count + 2, sizeof *starts);
    struct pair *pairs = deal_pairs(merging, forms, starts, count);
    out->leads = arena_alloc(merging->arena, (2 * (size_t)starts[count] + 1) * sizeof *out->leads);
    for (size_t i = 0; i < count; i++) {
        struct pair *own = pairs + starts[i];
        size_t kept = join_pairs(own, starts[i + 1] - starts[i]);
        for (size_t j = 0; j < kept; j++)
            out->leads[out->lead_count++] = (struct search_lead){
                texts.items[i].text, out->items[own[j].stem].stem, own[j].documents};
    }
    add_turned(merging);
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
    arena_release(&merging.scratch);
}
