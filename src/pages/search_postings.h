/* From cards to lists: for each stem the documents it is in, and the marks of its places there.
 *
 * A list, as bytes: `varint` count of documents, one byte k, then bits, the highest of a byte
 * first. For each document in order of number:
 *
 *     rice(k)   its number less the one before it less 1 (the first: its number)
 *     rice(1)   its level (search_card.h)
 *
 * The marks of a list, bits as well, for each document in the same order:
 *
 *     rice(1)   how many follow; 0: too many to tell, take any phrase as met
 *     6 + 6     for each place: the form after it, the form before it (search_mark(); 0: none)
 *
 * rice(k) is the number shifted right by k in unary (so many ones, then a zero), then its lowest k
 * bits. A varint is little-endian, seven bits a byte, the highest bit set where more follow. */
#ifndef COPSE_PAGES_SEARCH_POSTINGS_H
#define COPSE_PAGES_SEARCH_POSTINGS_H

#include "base/pool.h"
#include "pages/search_card.h"

enum { SEARCH_NUMBER_BITS = 22 };

/* What a form that is turned round begins with; no word has it. */
#define SEARCH_TURNED '~'

/* A document of an index and its card. */
struct search_document {
    const struct entry *entry;
    uint32_t number;
    uint32_t vocabulary; /* which the card is in */
    uint64_t inputs;     /* a digest of what it was made of; search_kept.h */
    uint64_t facets;     /* likewise of what it can be filtered by; only if it is kept */
    struct search_card card;
    const struct search_kept_document *known; /* where the card was kept before; NULL: it was not */
};

struct search_list {
    struct str stem;
    uint32_t documents;
    bool apart; /* too long for a words file: it has files of its own */
    struct str postings;
    struct str marks;       /* empty for a filter's */
    uint64_t postings_file; /* the digests of these files, once they are laid out; 0: none */
    uint64_t marks_file;
};

/* That a form leads to a stem. */
struct search_lead {
    struct str form;
    struct str stem;
    uint32_t documents; /* that have the form for that stem; 1 of one turned round */
};

struct search_lists {
    struct search_list *items; /* by stem */
    size_t count;
    struct search_lead *leads; /* by form, then stem; each once; those turned round among them */
    size_t lead_count;
};

/* Turns cards into lists. `documents` are sorted by number; `vocabularies` are those that their
 * cards are in, which may hold words that none of the documents has. Everything lies in `arena`;
 * stems and forms are the vocabularies'. */
void search_postings_make(const struct search_document *documents, size_t count,
                          const struct search_vocabulary *const *vocabularies,
                          size_t vocabulary_count, struct pool *pool, struct arena *arena,
                          struct search_lists *out);

/* A form as the reader looks for it from its end, in `arena`; nothing of those that are no word to
 * misspell. */
struct str search_turned(struct str form, struct arena *arena);

#endif
