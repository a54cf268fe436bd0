/* Search cards kept between builds, so that an edit of one text does not cut all the others into
 * words again.
 *
 * All of it lies in memory that the next build finds at the same addresses (base/region.h, by
 * build/incremental.h): cards as they were made, the vocabularies they are in, and for each a
 * digest of all that it was made of. A card is taken only if that digest comes out the same. Each
 * build adds a vocabulary with the words of what it cut; those that no document is in any more are
 * left out, and when they have become many, all documents are cut anew. */
#ifndef COPSE_PAGES_SEARCH_KEPT_H
#define COPSE_PAGES_SEARCH_KEPT_H

#include "pages/search_postings.h"

enum { SEARCH_VOCABULARIES_MOST = 200 };

struct search_kept_document {
    struct str url;
    uint64_t inputs;
    uint32_t vocabulary;
    struct search_card card;
};

struct search_kept_edition {
    struct str lang;
    const struct search_vocabulary *const *vocabularies;
    size_t vocabulary_count;
    const struct search_kept_document *documents; /* by URL */
    size_t count;
};

struct search_kept {
    const struct search_kept_edition *editions;
    size_t count;
};

/* What was kept of an edition, or NULL. `kept` may be NULL. */
const struct search_kept_edition *search_kept_edition(const struct search_kept *kept,
                                                      struct str lang);

/* The document of that URL if it was made of the same, or NULL. */
const struct search_kept_document *search_kept_find(const struct search_kept_edition *edition,
                                                    struct str url, uint64_t inputs);

/* A digest of all that search_card_make() reads. */
uint64_t search_inputs(const struct edition *edition, const struct entry *entry,
                       struct arena *scratch);

/* What the next build is to know of an edition: `documents` by URL, in `vocabularies`, of which the
 * first `known` were kept before. In `arena`, but for what was kept before. */
struct search_kept_edition
search_keep_edition(const struct edition *edition, const struct search_document *documents,
                    size_t count, const struct search_vocabulary *const *vocabularies,
                    size_t vocabulary_count, size_t known, struct arena *arena);

#endif
