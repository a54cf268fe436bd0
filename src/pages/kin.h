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

#include <stdatomic.h>

enum { KIN_WORD_MOST = 16, KIN_MOST = 6 };

/* What was found for an article: its fact and its page both ask. */
struct kin_near {
    _Atomic(uint8_t) state; /* 0: not yet, 1: being written, else 2 + count */
    uint32_t numbers[KIN_MOST];
};

/* The rare words of an edition's articles. Constant once made, but for `near`. */
struct kin_words {
    struct entry_list **lists; /* by article: who shares each of its rare words, its own included */
    uint32_t *first;           /* by entry->number: where its lists begin */
    uint32_t *count;           /* by entry->number */
    size_t entry_count;
    const struct entry *entries; /* of the site */
    struct kin_near *near;       /* by entry->number; filled by whoever asks first */
};

/* Finds them; in `arena`. */
void kin_words_find(const struct site *site, const struct edition *edition, struct arena *arena,
                    struct kin_words *out);

/* Writes the articles that are akin to `article` to `found`, nearest first, and returns how many.
 * From any thread. */
size_t kin_find(const struct kin_words *words, const struct entry *article,
                const struct entry *found[KIN_MOST], struct arena *scratch);

#endif
