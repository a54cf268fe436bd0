/* Which articles are akin: those that share tags, and words that few others have.
 *
 * A tag, or a word, that few articles have counts for more. Of each tag's articles those that are
 * nearest in time are looked at, and a word is only rare if at most KIN_WORD_MOST articles have it
 * and at most a tenth of all, so that a page costs the same whatever a site's size is. The same
 * articles always give the same answer. */
#ifndef COPSE_PAGES_KIN_H
#define COPSE_PAGES_KIN_H

#include "base/arena.h"
#include "site/site.h"

enum { KIN_WORD_MOST = 16 };

/* The rare words of an edition's articles. Constant once made. */
struct kin_words {
    struct entry_list **lists; /* by article: who shares each of its rare words, its own included */
    uint32_t *first;           /* by entry->number: where its lists begin */
    uint32_t *count;           /* by entry->number */
    size_t entry_count;
};

/* Finds them; in `arena`. */
void kin_words_find(const struct site *site, const struct edition *edition, struct arena *arena,
                    struct kin_words *out);

/* Writes up to `most` articles that are akin to `article` to `found`, nearest first, and returns
 * how many. */
size_t kin_find(const struct kin_words *words, const struct entry *article,
                const struct entry **found, size_t most, struct arena *scratch);

#endif
