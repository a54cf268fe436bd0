/* What the files of the incremental build share; incremental.h is the manual. */
#ifndef COPSE_BUILD_INCREMENTAL_INTERNAL_H
#define COPSE_BUILD_INCREMENTAL_INTERNAL_H

#include "build/frozen.h"
#include "build/incremental.h"

#include <stdatomic.h>

/* A table from the ids of facts to their numbers, open addressing; ids are hashes already. */
struct fact_table {
    uint32_t *slots; /* number plus 1 */
    size_t mask;
};

/* What was noted for one output. */
struct made {
    bool is_made;
    bool always;
    uint32_t *facts;
    size_t fact_count;
    struct digest digest;
    struct links_of_page links;
};

struct saving;

struct incremental {
    const struct build_options *options;
    struct source *source;
    struct pool *pool;
    struct arena *arena;
    struct cache_memory memory; /* the last build's; new records are put behind those in it */
    struct arena site_arena;    /* in its region for the site, or of the heap */
    const char *path;           /* of the cache; NULL: nothing can be kept here */
    struct cache old;
    bool has_old;
    int64_t taken;
    const struct source_file *files;
    size_t file_count;
    struct source_signature *signatures;
    const struct str *watched;
    struct source_signature *watched_signatures;
    size_t watched_count;
    bool *unknown;     /* of files whose state could not be taken */
    uint64_t settings; /* what records are read under */
    const struct plan *plan;
    const struct facts *facts;
    uint64_t until;                   /* when the site changes by itself */
    const struct search_kept *search; /* to be kept; NULL: none */
    struct incremental_beside beside;
    struct fact_table table;
    uint32_t *numbers; /* new number plus 1 of each old fact that is unchanged; 0: it changed */
    const struct cache_page **pages; /* of the last build, by number of output; NULL: none */
    struct made *made;
    unsigned workers;
    struct trace *traces;
    struct arena *notes; /* one a worker */
    atomic_size_t made_count;
    struct saving *saving;  /* incremental_gather(); NULL: nothing */
    struct fs_stat written; /* the cache as it was left */
    bool is_written;
};

/* For facts_digests; `context` is the incremental. */
uint64_t incremental_file(void *context, const struct source_file *file);

/* One whose outputs all stand as the build left them that the memory is from (recall.h). */
struct incremental *incremental_recall(const struct build_options *options,
                                       const struct frozen *frozen, struct arena *arena);

/* Frees what was gathered. */
void incremental_forget(struct incremental *incremental);

/* The number plus 1 of the fact with that id as it is now; 0: there is none. */
uint32_t incremental_number(const struct incremental *incremental, uint64_t id);

/* The wants of a page that was kept, with the numbers that outputs have now. */
struct links_of_page incremental_wants(const struct incremental *incremental, size_t index,
                                       struct arena *arena);

#endif
