/* What of an index is kept between builds, so that an edit of one text does not cut all the others
 * into words again, nor make all files again (search_edit.h).
 *
 * All of it lies in memory that the next build finds at the same addresses (base/region.h, by
 * build/incremental.h): cards as they were made, the vocabularies they are in, and for each a
 * digest of all that it was made of. A card is taken only if that digest comes out the same. Each
 * build adds a vocabulary with the words of what it cut; those that no document is in any more are
 * left out, and when they have become many, all documents are cut anew.
 *
 * Of the files there is an outline: what decides where they begin and end, and what they are called
 * by. Their bytes are not here: they are published. An edit puts new ones of what is new in the
 * places of the old and leaves the rest alone. */
#ifndef COPSE_PAGES_SEARCH_KEPT_H
#define COPSE_PAGES_SEARCH_KEPT_H

#include "pages/search_postings.h"

enum { SEARCH_VOCABULARIES_MOST = 200 };

struct search_kept_document {
    struct str url;
    uint64_t inputs;
    uint64_t facets; /* a digest of what it can be filtered by */
    uint32_t vocabulary;
    uint32_t place; /* in order of number */
    struct search_card card;
};

/* A words file. */
struct search_kept_range {
    struct str first; /* keys */
    struct str last;
    uint64_t words;        /* the digest of its bytes */
    uint64_t marks;        /* that of its marks file; 0: none */
    uint32_t size;         /* what counts when ranges are cut */
    uint8_t zeros;         /* at the end of its first key's digest */
    uint8_t inner;         /* the most of any other key */
    struct str documents;  /* how many have each form: varints, search_range.c */
    const uint64_t *apart; /* of each list in files of its own: digests of the list, of its marks */
    uint32_t apart_count;  /* lists */
};

/* A cards file. */
struct search_kept_cards {
    uint32_t from;  /* its first number */
    uint32_t depth; /* how often numbers were halved for it */
    uint32_t first; /* its documents, in order of number */
    uint32_t end;
    uint64_t digest;
};

/* The files of an index. */
struct search_kept_files {
    const struct search_kept_range *const *ranges;
    size_t range_count;
    const struct search_kept_cards *cards;
    size_t cards_count;
    const uint32_t *numbers; /* of all documents, in their order */
    const uint32_t *sizes;   /* of what stands of each in its cards file */
    uint64_t filters;
    bool ambiguous; /* not to be edited: names that agreed by chance, a form with too many stems */
};

struct search_kept_edition {
    struct str lang;
    const struct search_vocabulary *const *vocabularies;
    size_t vocabulary_count;
    const struct search_kept_document *const *documents; /* by URL */
    size_t count;
    struct search_kept_files files;
};

struct search_kept {
    const struct search_kept_edition *editions;
    size_t count;
};

/* What was kept of an edition, or NULL. `kept` may be NULL. */
const struct search_kept_edition *search_kept_edition(const struct search_kept *kept,
                                                      struct str lang);

/* Where the document of that URL is among the documents, or their count. */
size_t search_kept_find(const struct search_kept_edition *edition, struct str url);

/* A digest of all that search_card_make() reads; *facets is one of what the entry can be filtered
 * by, with labels. */
uint64_t search_inputs(const struct edition *edition, const struct entry *entry,
                       struct arena *scratch, uint64_t *facets);

/* What the next build is to know of an edition's documents, which are in order of number and in
 * `vocabularies`, of which the first `known` were kept before. In `arena`, but for what was kept
 * before; `files` are left empty. */
struct search_kept_edition
search_keep_edition(const struct edition *edition, const struct search_document *documents,
                    size_t count, const struct search_vocabulary *const *vocabularies,
                    size_t vocabulary_count, size_t known, struct arena *arena);

#endif
