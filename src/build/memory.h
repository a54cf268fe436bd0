/* What one build leaves in memory for another of nearly the same site: both sides of a change
 * (src/review), of which the second need not render what comes out as in the first.
 *
 * The same as the cache (cache.h) without the file: the records of the first build are shared by
 * the second, so its arenas must live as long. With their HTML, which the second has no other way
 * to come by than to read all files again. Or it is what a build left on disk: then both sides make
 * what differs from that, and can do so at the same time. */
#ifndef COPSE_BUILD_MEMORY_H
#define COPSE_BUILD_MEMORY_H

#include "base/buf.h"
#include "build/cache.h"
#include "site/bodies.h"

struct build_options;

/* All zero before the first build. */
struct build_memory {
    bool filled;
    struct cache cache;
    struct arena arena; /* of its arrays */
    struct buf paths;
    struct bodies *bodies;    /* of the first build */
    struct str *html;         /* of the bodies of cache.sources; `ptr` NULL: not at hand */
    struct cache_memory kept; /* a cache that was read */
    bool has_site;            /* with the site itself, of BASE as it is now: recall.h */
    const struct plan *plan;  /* of the first build, once it is done, or was recalled; else NULL */
    struct plan *unsearched;  /* that plan as long as its search is not outlined: what outlines have
                                 to tell hangs on the second; else NULL */
};

/* Fills it from what a build left on disk that read commits too, with the same options: the cache
 * of any state of the site will do, that of a near one is of most use; with `site`, that of the
 * very commit gives the site too. Returns whether there was one. */
bool build_memory_recall(struct build_memory *memory, const struct build_options *options,
                         bool site);

/* What was built with it must no more be looked at. */
void build_memory_release(struct build_memory *memory);

#endif
