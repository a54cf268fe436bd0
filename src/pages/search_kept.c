#include "pages/search_kept.h"
#include "base/hash.h"

#include <stdlib.h>

const struct search_kept_edition *search_kept_edition(const struct search_kept *kept,
                                                      struct str lang)
{
    for (size_t i = 0; kept && i < kept->count; i++) {
        if (str_eq(kept->editions[i].lang, lang))
            return kept->editions[i].vocabulary_count < SEARCH_VOCABULARIES_MOST
                       ? &kept->editions[i]
                       : NULL;
    }
    return NULL;
}

size_t search_kept_find(const struct search_kept_edition *edition, struct str url)
{
    size_t low = 0;
    size_t high = edition->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = str_cmp(edition->documents[middle]->url, url);
        if (order == 0)
            return middle;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return edition->count;
}

/* ---- what a card is made of */

static void mix(uint64_t *sum, struct str text)
{
    *sum = hash_bytes(text, *sum + text.len);
}

static void mix_people(uint64_t *sum, const struct person_list *people)
{
    for (size_t i = 0; i < people->count; i++)
        mix(sum, people->items[i].name);
}

static void mix_member(uint64_t *sum, const struct edition *edition, const struct entry *member)
{
    const struct grant_list *grants = &member->group->grants;
    for (size_t i = 0; i < grants->count; i++) {
        if (!grants->items[i].live)
            continue;
        mix(sum, grants->items[i].designation->code);
        mix(sum, site_designation_words(edition, grants->items[i].designation)->name);
    }
    for (size_t i = 0; i < member->position_count; i++) {
        mix(sum, member->positions[i].title);
        mix(sum, member->positions[i].team ? member->positions[i].team->name : STR(""));
    }
}

static uint64_t facets_sum(const struct edition *edition, const struct entry *entry,
                           struct arena *scratch)
{
    uint64_t sum = 1;
    struct search_facets facets = {0};
    search_facets_of(edition, entry, scratch, &facets);
    for (size_t i = 0; i < facets.count; i++) {
        mix(&sum, str_from(facets.items[i].field));
        mix(&sum, facets.items[i].slug);
        mix(&sum, facets.items[i].label);
    }
    return sum;
}

/* The front matter as a whole stands for all that is read of the record besides the body. */
uint64_t search_inputs(const struct edition *edition, const struct entry *entry,
                       struct arena *scratch, uint64_t *facets)
{
    const struct record *record = entry->record;
    *facets = facets_sum(edition, entry, scratch);
    uint64_t sum = record->body_digest + (uint64_t)entry->kind + *facets;
    mix(&sum, record->text->bytes);
    mix(&sum, entry->edition->lang);
    mix(&sum, edition->lang);
    for (size_t i = 0; i < entry->tags.count; i++)
        mix(&sum, entry->tags.items[i]->name);
    if (entry->kind == KIND_MEMBER)
        mix_member(&sum, edition, entry);
    mix_people(&sum, &entry->authors);
    mix(&sum, STR("with"));
    mix_people(&sum, &entry->with);
    mix(&sum, STR("speakers"));
    mix_people(&sum, &entry->speakers);
    mix(&sum, STR("organisers"));
    mix_people(&sum, &entry->organisers);
    return sum;
}

/* ---- for the next build */

static int by_url(const void *left, const void *right)
{
    const struct search_kept_document *a = *(const struct search_kept_document *const *)left;
    const struct search_kept_document *b = *(const struct search_kept_document *const *)right;
    return str_cmp(a->url, b->url);
}

/* Leaves out vocabularies that no document is in. Returns how many are left; *numbers says which
 * number each has then. */
static size_t choose(const struct search_document *documents, size_t count, size_t vocabulary_count,
                     uint32_t *numbers)
{
    size_t left = 0;
    for (size_t i = 0; i < count; i++)
        numbers[documents[i].vocabulary] = 1;
    for (size_t v = 0; v < vocabulary_count; v++)
        numbers[v] = numbers[v] > 0 ? (uint32_t)++left : 0;
    return left;
}

/* As it was kept before, if it is the same: else each build would leave all of them once more. */
static const struct search_kept_document *keep_document(const struct search_document *document,
                                                        uint32_t vocabulary, size_t place,
                                                        struct arena *arena)
{
    const struct search_kept_document *known = document->known;
    if (known && known->facets == document->facets && known->vocabulary == vocabulary &&
        known->place == place)
        return known;
    struct search_kept_document *kept = arena_alloc(arena, sizeof *kept);
    *kept = (struct search_kept_document){
        .url = known ? known->url : arena_str(arena, document->entry->url),
        .inputs = document->inputs,
        .facets = document->facets,
        .vocabulary = vocabulary,
        .place = (uint32_t)place,
        .card = document->card,
    };
    return kept;
}

struct search_kept_edition
search_keep_edition(const struct edition *edition, const struct search_document *documents,
                    size_t count, const struct search_vocabulary *const *vocabularies,
                    size_t vocabulary_count, size_t known, struct arena *arena)
{
    struct arena scratch = {0};
    uint32_t *numbers = arena_zalloc(&scratch, vocabulary_count, sizeof *numbers);
    size_t left = choose(documents, count, vocabulary_count, numbers);
    const struct search_vocabulary **kept = arena_zalloc(arena, left, sizeof *kept);
    const struct search_kept_document **sorted = arena_zalloc(arena, count, sizeof *sorted);
    for (size_t v = 0; v < vocabulary_count; v++) {
        if (numbers[v] > 0)
            kept[numbers[v] - 1] =
                v < known ? vocabularies[v] : search_vocabulary_keep(vocabularies[v], arena);
    }
    for (size_t i = 0; i < count; i++)
        sorted[i] = keep_document(&documents[i], numbers[documents[i].vocabulary] - 1, i, arena);
    if (count > 1)
        qsort(sorted, count, sizeof *sorted, by_url);
    arena_release(&scratch);
    return (struct search_kept_edition){.lang = arena_str(arena, edition->lang),
                                        .vocabularies = kept,
                                        .vocabulary_count = left,
                                        .documents = sorted,
                                        .count = count};
}
