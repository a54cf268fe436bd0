/* In what a document's old card and its new one differ. */
#include "base/vec.h"
#include "pages/search_edit_internal.h"
#include "pages/varint.h"

#include <stdlib.h>
#include <string.h>

/* A card's terms and tokens with their texts, sorted. */
struct term {
    struct str stem;
    struct search_place place;
};

struct token {
    struct str form;
    struct str stem;
};

struct listing {
    struct term *terms;
    size_t term_count;
    struct tokens {
        struct token *items;
        size_t count, capacity;
    } tokens;
};

static int compare_terms(const void *left, const void *right)
{
    return str_cmp(((const struct term *)left)->stem, ((const struct term *)right)->stem);
}

static int compare_tokens(const void *left, const void *right)
{
    const struct token *a = left;
    const struct token *b = right;
    int order = str_cmp(a->form, b->form);
    return order ? order : str_cmp(a->stem, b->stem);
}

static struct listing list(const struct search_card *card, const struct search_vocabulary *words,
                           uint32_t number, struct arena *arena)
{
    struct listing out = {
        arena_alloc(arena, (card->count + 1) * sizeof *out.terms), card->count, {0}};
    const uint16_t *marks = card->marks;
    for (uint32_t i = 0; i < card->count; i++) {
        out.terms[i] =
            (struct term){words->stems[card->terms[i] >> 4],
                          {number, (uint8_t)(card->terms[i] & 15), card->marked[i], marks}};
        marks += card->marked[i];
    }
    for (struct str rest = card->tokens; rest.len > 0;) {
        struct search_token token = words->tokens[varint_take(&rest)];
        *vec_push(arena, &out.tokens) =
            (struct token){words->forms[token.form].text, words->stems[token.stem]};
    }
    if (out.term_count > 1)
        qsort(out.terms, out.term_count, sizeof *out.terms, compare_terms);
    if (out.tokens.count > 1)
        qsort(out.tokens.items, out.tokens.count, sizeof *out.tokens.items, compare_tokens);
    return out;
}

static bool same_place(const struct search_place *a, const struct search_place *b)
{
    return a->level == b->level && a->marked == b->marked &&
           (a->marked == 0 || memcmp(a->marks, b->marks, a->marked * sizeof *a->marks) == 0);
}

static void diff_terms(const struct listing *old, const struct listing *now, struct arena *arena,
                       struct search_changes *changes)
{
    size_t i = 0, j = 0;
    while (i < old->term_count || j < now->term_count) {
        int order = i == old->term_count   ? 1
                    : j == now->term_count ? -1
                                           : compare_terms(&old->terms[i], &now->terms[j]);
        if (order != 0 || !same_place(&old->terms[i].place, &now->terms[j].place)) {
            const struct term *term = order < 0 ? &old->terms[i] : &now->terms[j];
            *vec_push(arena, &changes->lists) =
                (struct search_list_change){term->stem, term->place, order >= 0};
        }
        i += order <= 0;
        j += order >= 0;
    }
}

static void diff_tokens(const struct tokens *old, const struct tokens *now, struct arena *arena,
                        struct search_changes *changes)
{
    size_t i = 0, j = 0;
    while (i < old->count || j < now->count) {
        int order = i == old->count   ? 1
                    : j == now->count ? -1
                                      : compare_tokens(&old->items[i], &now->items[j]);
        const struct token *token = order < 0 ? &old->items[i] : &now->items[j];
        if (order != 0)
            *vec_push(arena, &changes->leads) =
                (struct search_lead_change){token->form, token->stem, order < 0 ? -1 : 1};
        i += order <= 0;
        j += order >= 0;
    }
}

void search_diff(const struct search_card *old, const struct search_vocabulary *old_words,
                 const struct search_card *now, const struct search_vocabulary *now_words,
                 uint32_t number, struct arena *arena, struct search_changes *changes)
{
    struct listing before = list(old, old_words, number, arena);
    struct listing after = list(now, now_words, number, arena);
    diff_terms(&before, &after, arena, changes);
    diff_tokens(&before.tokens, &after.tokens, arena, changes);
}

static int compare_list_changes(const void *left, const void *right)
{
    const struct search_list_change *a = left;
    const struct search_list_change *b = right;
    int order = str_cmp(a->stem, b->stem);
    if (order)
        return order;
    return a->place.number < b->place.number ? -1 : a->place.number > b->place.number;
}

static int compare_lead_changes(const void *left, const void *right)
{
    const struct search_lead_change *a = left;
    const struct search_lead_change *b = right;
    int order = str_cmp(a->form, b->form);
    return order ? order : str_cmp(a->stem, b->stem);
}

void search_changes_sort(struct search_changes *changes)
{
    if (changes->lists.count > 1)
        qsort(changes->lists.items, changes->lists.count, sizeof *changes->lists.items,
              compare_list_changes);
    if (changes->leads.count > 1)
        qsort(changes->leads.items, changes->leads.count, sizeof *changes->leads.items,
              compare_lead_changes);
}
