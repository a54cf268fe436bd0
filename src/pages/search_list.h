/* One list of an index: the documents that a stem is in, as bytes and back (search_postings.h). */
#ifndef COPSE_PAGES_SEARCH_LIST_H
#define COPSE_PAGES_SEARCH_LIST_H

#include "pages/search_postings.h"

/* A document in a list. */
struct search_place {
    uint32_t number;
    uint8_t level;
    uint8_t marked;        /* how many marks it has there; 0: too many */
    const uint16_t *marks; /* those */
};

/* Writes what a list is: its count, its bytes and, unless it is a filter's, its marks. `places` are
 * in order of number, each once, at least one. In `arena`. */
void search_list_write(const struct search_place *places, size_t count, struct arena *arena,
                       struct search_list *list);

/* The places of a list whose bytes are there, in `arena` with room for one more; its marks are all
 * 0 if it has none. False: these are not the bytes of a list. */
bool search_list_read(const struct search_list *list, struct arena *arena,
                      struct search_place **places, size_t *count);

/* Whether a stem is a filter's: no word has a colon. */
bool search_is_filter(struct str stem);

#endif
