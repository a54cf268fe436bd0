/* An arena: memory that is handed out in order and given back all at once.
 *
 * copse has three lifetimes (see src/README.md): the build arena (sources, records, site, plan),
 * a job arena for each worker (cleared after each page), and the bytes of an output (buf.h).
 * Nothing in the pipeline is freed one by one.
 *
 * An arena belongs to one thread at a time. What it handed out stays where it is until
 * arena_clear() or arena_release(). */
#ifndef COPSE_BASE_ARENA_H
#define COPSE_BASE_ARENA_H

#include "base/str.h"

#include <stddef.h>

struct arena_block;
struct region;

struct arena {
    struct arena_block *block; /* the newest; older ones are chained behind it */
    char *next;                /* first free byte of it */
    size_t left;               /* free bytes behind next */
    struct region *region;     /* where blocks come from; NULL: the heap */
};

/* An empty arena; holds no memory until first used. `struct arena a = {0};` does the same. */
void arena_init(struct arena *arena);

/* An empty one whose blocks come from `region` (region.h), as long as that has room; what they take
 * from it goes back with the region, not before. */
void arena_in(struct arena *arena, struct region *region);

/* Gives everything back. The arena may be used again, as if fresh. */
void arena_release(struct arena *arena);

/* Forgets everything but keeps one block, so that a job after the first allocates nothing. */
void arena_clear(struct arena *arena);

/* Takes over everything that `from` holds: it lives as long as `arena` from then on, and `from` is
 * empty. For the arena of a worker whose results outlive it. */
void arena_adopt(struct arena *arena, struct arena *from);

/* A place in an arena, to go back to: what a job needed only on its way to a result. */
struct arena_mark {
    struct arena_block *block;
    char *next;
    size_t left;
};
struct arena_mark arena_mark(const struct arena *arena);
/* Gives back all that was handed out since the mark was taken. */
void arena_rewind(struct arena *arena, struct arena_mark mark);

/* `size` bytes, aligned for any type, not cleared. Never NULL (see mem.h). */
void *arena_alloc(struct arena *arena, size_t size);

/* `count` times `size` cleared bytes, aligned for any type; the product is checked. */
void *arena_zalloc(struct arena *arena, size_t count, size_t size);

/* A copy of `str` that lives as long as the arena; a NUL byte follows it (not counted), so that
 * its ptr can be handed to a library. */
struct str arena_str(struct arena *arena, struct str str);

/* The same, as a C string. */
char *arena_cstr(struct arena *arena, struct str str);

/* `first` and `second` as one text, likewise NUL-terminated. */
struct str arena_concat(struct arena *arena, struct str first, struct str second);

/* Formatted text (printf's formats), NUL-terminated like arena_str(). */
struct str arena_printf(struct arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif
