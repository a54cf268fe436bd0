/* What one build leaves in memory for another of nearly the same site: both sides of a change
 * (src/review), of which the second need not render what comes out as in the first.
 *
 * The same as the cache (cache.h) without the file: the records of the first build are shared by
 * the second, so its arenas must live as long. With their HTML, which the second has no other way
 * to come by than to read all files again. */
#ifndef COPSE_BUILD_MEMORY_H
#define COPSE_BUILD_MEMORY_H

#include "base/buf.h"
#include "build/cache.h"
#include "site/bodies.h"

/* All zero before the first build. */
struct build_memory {
    bool filled;
    struct cache cache;
    struct arena arena; /* of its arrays */
    struct buf paths;
    struct bodies *bodies; /* of the first build */
    struct str *html;      /* of the bodies of cache.sources; `ptr` NULL: not at hand */
};

static inline void build_memory_release(struct build_memory *memory)
{
    bodies_free(memory->bodies);
    buf_release(&memory->paths);
    arena_release(&memory->arena);
    *memory = (struct build_memory){0};
}

#endif
