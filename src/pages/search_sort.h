/* Sorting words by their bytes, eight of them at a time.
 *
 * A vocabulary is tens of thousands of short texts. Compared one with another they cost several
 * times as much as being dealt out by one byte after the other (most significant first), and the
 * time does not depend on what a stranger wrote. */
#ifndef COPSE_PAGES_SEARCH_SORT_H
#define COPSE_PAGES_SEARCH_SORT_H

#include "base/arena.h"
#include "base/str.h"

#include <stdint.h>

struct search_sortable {
    struct str text;
    uint64_t prefix; /* search_sort()'s own */
    uint32_t index;  /* the caller's */
};

/* Sorts by text, as str_cmp() has it; equal texts in no order. */
void search_sort(struct search_sortable *items, size_t count, struct arena *scratch);

#endif
