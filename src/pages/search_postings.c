#include "pages/search_postings.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "pages/varint.h"

#include <stdlib.h>
#include <string.h>

/* Bits going into memory that was measured before. */
struct bits {
    unsigned char *next;
    uint64_t held; /* the lowest `count` bits wait */
    unsigned count;
};

/* A list in the making. */
struct draft {
    struct bits postings;
    struct bits marks;
    unsigned char *start;
    unsigned char *marks_start;
    size_t level_bits;
    size_t mark_bits;
    uint32_t documents;
    uint32_t last; /* number of the last document, plus 1 */
    uint32_t rice;
};

struct merging {
    const struct search_document *documents;
    size_t count;
    const struct search_vocabulary *const *vocabularies;
    size_t vocabulary_count;
    struct arena *arena;
    struct search_lists *out;
    uint32_t **numbers; /* of each vocabulary: its stem's place among all */
    struct draft *drafts;
};

static void put(struct bits *bits, uint32_t value, unsigned count)
{
    bits->held = bits->held << count | value;
    bits->count += count;
    while (bits->count >= 8) {
        bits->count -= 8;
        *bits->next++ = (unsigned char)(bits->held >> bits->count);
    }
}

static void put_rice(struct bits *bits, uint32_t value, unsigned rice)
{
    uint32_t ones = value >> rice;
    for (; ones >= 24; ones -= 24)
        put(bits, 0xFFFFFF, 24);
    put(bits, (uint32_t)((1ULL << (ones + 1)) - 2), ones + 1);
    put(bits, value & ((1U << rice) - 1), rice);
}

static void end_bits(struct bits *bits)
{
    if (bits->count > 0)
        *bits->next++ = (unsigned char)(bits->held << (8 - bits->count));
    bits->count = 0;
}

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

/* Which tokens of each vocabulary a document has. */
static bool **used_tokens(const struct merging *merging)
{
    bool **used = mem_zalloc(merging->vocabulary_count + 1, sizeof *used);
    for (size_t v = 0; v < merging->vocabulary_count; v++)
        used[v] = mem_zalloc(merging->vocabularies[v]->token_count + 1, sizeof **used);
    for (size_t d = 0; d < merging->count; d++) {
        const struct search_document *document = &merging->documents[d];
        struct str tokens = document->card.tokens;
        while (tokens.len > 0)
            used[document->vocabulary][varint_take(&tokens)] = true;
    }
    return used;
}

/* A form as the reader looks for it from its end; nothing of those that are no word to misspell. */
static struct str turn_round(struct str form, struct arena *arena)
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
        struct str form = turn_round(out->leads[i].form, merging->arena);
        if (form.len > 0)
            turned[count++] = (struct search_lead){form, form};
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
    bool **used = used_tokens(merging);
    for (size_t v = 0; v < merging->vocabulary_count; v++) {
        const struct search_vocabulary *own = merging->vocabularies[v];
        for (size_t i = 0; i < own->token_count; i++) {
            if (used[v][i])
                leads[count++] = (struct search_lead){own->forms[own->tokens[i].form].text,
                                                      own->stems[own->tokens[i].stem]};
        }
        free(used[v]);
    }
    free(used);
    if (count > 1)
        qsort(leads, count, sizeof *leads, compare_leads);
    for (size_t i = 0; i < count; i++) {
        if (i == 0 || compare_leads(&leads[i], &leads[i - 1]) != 0)
            leads[out->lead_count++] = leads[i];
    }
    out->leads = leads;
    add_turned(merging, leads);
}

static unsigned bit_length(uint32_t number)
{
    return number == 0 ? 0 : 32 - (unsigned)__builtin_clz(number);
}

/* How many documents, levels and marks each list will hold. */
static void measure(struct merging *merging)
{
    for (size_t d = 0; d < merging->count; d++) {
        const struct search_document *document = &merging->documents[d];
        const uint32_t *numbers = merging->numbers[document->vocabulary];
        const struct search_card *card = &document->card;
        for (uint32_t i = 0; i < card->count; i++) {
            struct draft *draft = &merging->drafts[numbers[card->terms[i] >> 4]];
            uint32_t marked = card->marked[i];
            draft->documents++;
            draft->level_bits += ((card->terms[i] & 15) >> 1) + 2;
            draft->mark_bits += (marked >> 1) + 2 + marked * 12U;
        }
    }
}

/* Memory for a list. Gaps sum up to less than all numbers, so their unary parts have a bound. */
static void start_list(struct merging *merging, struct draft *draft)
{
    uint32_t gap = (1U << SEARCH_NUMBER_BITS) / draft->documents;
    unsigned length = bit_length(gap * 7 / 10);
    draft->rice = length > 0 ? length - 1 : 0;
    size_t bits = draft->level_bits + draft->documents * (draft->rice + 1ULL) +
                  ((1U << SEARCH_NUMBER_BITS) >> draft->rice);
    draft->start = arena_alloc(merging->arena, bits / 8 + 8);
    unsigned char *next = draft->start;
    uint32_t count = draft->documents;
    for (; count >= 0x80; count >>= 7)
        *next++ = (unsigned char)(count | 0x80);
    *next++ = (unsigned char)count;
    *next++ = (unsigned char)draft->rice;
    draft->postings.next = next;
    draft->marks_start = arena_alloc(merging->arena, draft->mark_bits / 8 + 8);
    draft->marks.next = draft->marks_start;
}

static void write_document(struct merging *merging, const struct search_document *document)
{
    const uint32_t *numbers = merging->numbers[document->vocabulary];
    const struct search_card *card = &document->card;
    const uint16_t *mark = card->marks;
    for (uint32_t i = 0; i < card->count; i++) {
        struct draft *draft = &merging->drafts[numbers[card->terms[i] >> 4]];
        put_rice(&draft->postings, document->number - draft->last, draft->rice);
        put_rice(&draft->postings, card->terms[i] & 15, 1);
        draft->last = document->number + 1;
        put_rice(&draft->marks, card->marked[i], 1);
        for (uint8_t j = 0; j < card->marked[i]; j++)
            put(&draft->marks, *mark++, 12);
    }
}

static void finish_list(const struct draft *from, struct search_list *list)
{
    struct draft draft = *from;
    end_bits(&draft.postings);
    end_bits(&draft.marks);
    list->documents = draft.documents;
    list->postings =
        (struct str){(const char *)draft.start, (size_t)(draft.postings.next - draft.start)};
    if (str_find_byte(list->stem, ':', 0) == STR_NONE)
        list->marks = (struct str){(const char *)draft.marks_start,
                                   (size_t)(draft.marks.next - draft.marks_start)};
}

void search_postings_make(const struct search_document *documents, size_t count,
                          const struct search_vocabulary *const *vocabularies,
                          size_t vocabulary_count, struct arena *arena, struct search_lists *out)
{
    struct merging merging = {.documents = documents,
                              .count = count,
                              .vocabularies = vocabularies,
                              .vocabulary_count = vocabulary_count,
                              .arena = arena,
                              .out = out};
    *out = (struct search_lists){0};
    number_stems(&merging);
    gather_leads(&merging);
    merging.drafts = mem_zalloc(out->count + 1, sizeof *merging.drafts);
    measure(&merging);
    for (size_t i = 0; i < out->count; i++) {
        if (merging.drafts[i].documents > 0)
            start_list(&merging, &merging.drafts[i]);
    }
    for (size_t i = 0; i < count; i++)
        write_document(&merging, &documents[i]);
    size_t kept = 0;
    for (size_t i = 0; i < out->count; i++) {
        if (merging.drafts[i].documents == 0)
            continue;
        out->items[kept].stem = out->items[i].stem;
        finish_list(&merging.drafts[i], &out->items[kept++]);
    }
    out->count = kept;
    free(merging.drafts);
    for (size_t v = 0; v < vocabulary_count; v++)
        free(merging.numbers[v]);
}
