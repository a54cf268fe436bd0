/* Whether two records of a file differ in their texts only, so that of the whole site nothing has
 * to be linked anew for the one in the place of the other. */
#ifndef COPSE_BUILD_TEXT_ONLY_H
#define COPSE_BUILD_TEXT_ONLY_H

#include "site/site.h"

/* With the same front matter and the same links within the site, and the same to say about both.
 * Which ids they have is for the caller to look at. */
bool text_only(const struct site *site, const struct record *old, const struct record *new);

/* Likewise, but that words of the front matter may differ too (front_words.h). */
bool text_or_words_only(const struct site *site, const struct record *old,
                        const struct record *new);

/* Likewise, whatever their links. */
bool text_or_words_but_links(const struct record *old, const struct record *new);

/* The next link of a body from number `*at` on that the site itself has to follow. False: there is
 * none. */
bool text_next_own_link(const struct site *site, const struct markup *body, size_t *at,
                        struct markup_link *link);

/* Whether the same is said of both versions of a file, wherever in it. */
bool text_same_said(const struct diags *old, const struct diags *new);

/* Words by which articles are akin (site/record_words.h). */
struct text_words {
    uint32_t *items;
    size_t count, capacity;
};

/* Adds those that only one of the two has. */
void text_words_differ(struct text_words *out, const struct record *a, const struct record *b,
                       struct arena *arena);

/* Sorts them, each once. */
void text_words_sort(struct text_words *words);

#endif
