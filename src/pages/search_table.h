/* A table of texts, each with a number: like base/map.h, but for words, which are short and looked
 * up once for each time they stand in a text.
 *
 * Texts are copied, with zeros up to a multiple of eight bytes, so that most words are compared and
 * hashed as one or two numbers. The hash is seeded with an address, so that a stranger cannot
 * prepare words that collide; since numbers are given in the order of meeting, it never shows. */
#ifndef COPSE_PAGES_SEARCH_TABLE_H
#define COPSE_PAGES_SEARCH_TABLE_H

#include "base/arena.h"
#include "base/str.h"

#include <stdint.h>

struct search_text {
    struct str text;
    uint32_t value; /* the owner's */
    uint32_t hash;
};

struct search_table {
    struct arena *arena;
    struct search_text *items; /* in the order of meeting */
    size_t count, capacity;
    uint64_t *slots; /* hash << 32 | index plus 1, or 0 */
    size_t slot_count;
    uint64_t seed;
};

/* An empty table in `arena`. */
void search_table_init(struct search_table *table, struct arena *arena);

/* The index of a text, which is taken in with the value 0 if it was not there. */
uint32_t search_table_number(struct search_table *table, struct str text);

/* The same, where `room` bytes may be read from its beginning on: fast if they are some more than
 * it has. */
uint32_t search_table_number_within(struct search_table *table, struct str text, size_t room);

#endif
