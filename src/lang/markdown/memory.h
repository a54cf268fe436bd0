/* Where cmark's trees live: in the arena of the rendering that reads them, in pieces that are
 * handed out again as cmark gives them back. A tree costs no call of malloc(), and goes with the
 * arena: nobody frees it as a whole.
 *
 * cmark's allocator is three functions without a context, so which memory they take from stands in
 * a variable of the thread, the only one in the program, from md_memory_begin() to md_memory_end().
 * No tree outlives that, and all of them are made here. */
#ifndef COPSE_LANG_MARKDOWN_MEMORY_H
#define COPSE_LANG_MARKDOWN_MEMORY_H

#include "base/arena.h"

#include <cmark.h>

/* Pieces of up to 16 times as many bytes are handed out again by their size. */
#define MD_MEMORY_SIZES 32

struct md_memory {
    struct arena *arena;
    char *next; /* the free part of what was last taken from the arena */
    char *end;
    size_t slab;                 /* how much is to be taken next */
    void *free[MD_MEMORY_SIZES]; /* chains of pieces given back, by size in sixteenths */
    struct md_memory *outer;     /* that of the rendering around this one, or NULL */
};

/* From here on the thread's trees lie in `arena`. Every begin has its end, in turn. */
void md_memory_begin(struct md_memory *memory, struct arena *arena);
void md_memory_end(struct md_memory *memory);

/* As cmark_parse_document() and cmark_node_new(), in the thread's memory. */
cmark_node *md_parse(struct str text, int options);
cmark_node *md_node_new(cmark_node_type type);

/* Gives back a text that cmark returned. */
void md_memory_free(void *piece);

#endif
