#include "build/text_only.h"
#include "base/html.h"
#include "base/vec.h"
#include "build/front_words.h"

#include <stdlib.h>
#include <string.h>

bool text_next_own_link(const struct site *site, const struct markup *body, size_t *at,
                        struct markup_link *link)
{
    while (*at < body->link_count) {
        *link = markup_link_at(body, (*at)++);
        if (!url_is_external(link->target) || str_starts(link->target, site->config.url))
            return true;
    }
    return false;
}

/* Mentions, pictures and what the link check says hang on these. */
static bool same_own_links(const struct site *site, const struct markup *a, const struct markup *b)
{
    size_t at_a = 0;
    size_t at_b = 0;
    struct markup_link link_a;
    struct markup_link link_b;
    for (;;) {
        bool more_a = text_next_own_link(site, a, &at_a, &link_a);
        bool more_b = text_next_own_link(site, b, &at_b, &link_b);
        if (!more_a || !more_b)
            return more_a == more_b;
        if (link_a.kind != link_b.kind || !str_eq(link_a.target, link_b.target))
            return false;
    }
}

/* As whoever compares what is said of two sites does: where it stands is no matter. */
static bool same_diag(const struct diag *a, const struct diag *b)
{
    return a->severity == b->severity && strcmp(a->code, b->code) == 0 &&
           !a->span.text == !b->span.text && str_eq(a->message, b->message);
}

bool text_same_said(const struct diags *old, const struct diags *new)
{
    if (old->count != new->count)
        return false;
    for (size_t i = 0; i < old->count; i++) {
        if (!same_diag(&old->items[i], &new->items[i]))
            return false;
    }
    return true;
}

bool text_only(const struct site *site, const struct record *old, const struct record *new)
{
    return str_eq(old->text->bytes, new->text->bytes) && text_or_words_only(site, old, new);
}

bool text_or_words_but_links(const struct record *old, const struct record *new)
{
    return old->kind == new->kind &&front_words_only(old, new) &&
           text_same_said(&old->said, &new->said);
}

bool text_or_words_only(const struct site *site, const struct record *old, const struct record *new)
{
    return text_or_words_but_links(old, new) && same_own_links(site, &old->body, &new->body);
}

void text_words_differ(struct text_words *out, const struct record *a, const struct record *b,
                       struct arena *arena)
{
    size_t i = 0;
    size_t j = 0;
    while (i < a->word_count || j < b->word_count) {
        if (i < a->word_count && j < b->word_count && a->words[i] == b->words[j]) {
            i++;
            j++;
        } else if (j == b->word_count || (i < a->word_count && a->words[i] < b->words[j])) {
            *vec_push(arena, out) = a->words[i++];
        } else {
            *vec_push(arena, out) = b->words[j++];
        }
    }
}

static int compare_words(const void *left, const void *right)
{
    uint32_t a = *(const uint32_t *)left;
    uint32_t b = *(const uint32_t *)right;
    return (a > b) - (a < b);
}

void text_words_sort(struct text_words *words)
{
    size_t count = 0;
    if (words->count > 1)
        qsort(words->items, words->count, sizeof *words->items, compare_words);
    for (size_t i = 0; i < words->count; i++) {
        if (count == 0 || words->items[count - 1] != words->items[i])
            words->items[count++] = words->items[i];
    }
    words->count = count;
}
