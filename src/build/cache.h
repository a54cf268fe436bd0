/* The cache: what a build leaves for the next one, so that it costs what changed.
 *
 * One file for each site and output, written aside and renamed after the site was published. It is
 * a note to ourselves and not an exchange format: numbers are as this machine has them, records and
 * the frozen site lie in it as they lay in memory (base/region.h) and are mapped back to the same
 * addresses. So its `key` has all that this depends on: the program's own build and the libraries
 * that make bytes. Another key, a checksum that does not fit, a length that is wrong: the file
 * counts as not there, and the build is a clean one. Deleting it costs time, never correctness.
 *
 *     tables      the region REGION_TABLES: the head (magic, key, moments, the place of each part
 *                 and its checksum), then facts, pages, traces, ids, wants, sources, watched,
 *                 outputs, paths, said
 *     records     the region REGION_RECORDS, from a memory page on
 *     site        the region REGION_SITE, likewise: the frozen site, its plan and its facts
 *
 * Checksums are compared where the file is not known to be whole (cache_seal.h).
 *
 * A build that changed little does not write all that anew: it leaves beside the file a second one
 * with the memory pages that it changed (cache_changes.h), for who maps the first.
 *
 * What was weighed and left: a database (nothing here is looked up by key on disk); records in a
 * portable form (decoding 10,000 of them costs more than reading the files again); one file a page
 * (twenty-six thousand of them). */
#ifndef COPSE_BUILD_CACHE_H
#define COPSE_BUILD_CACHE_H

#include "base/fs.h"
#include "base/hash.h"
#include "base/pool.h"
#include "base/region.h"
#include "build/cache_changes.h"
#include "build/links.h"
#include "pages/facts.h"
#include "source/source.h"

/* A file of the site as it was read. */
struct cache_source {
    struct source_signature signature;
    const struct record *record;        /* in REGION_RECORDS; NULL: none, or to be read again */
    const struct attachment_look *look; /* likewise, of a file beside content */
    uint32_t path_at;                   /* in `paths` */
    uint32_t path_length;
};

/* An output as it was published; runs of items in the arrays below. */
struct cache_page {
    uint64_t id; /* of its fact "output" */
    struct digest digest;
    uint32_t facts_at, facts_count;
    uint32_t ids_at, ids_count;
    uint32_t wants_at, wants_count;  /* links_want.output is the number of a fact "there" */
    uint32_t facts_room, wants_room; /* how many may stand there: an edit may need a few more */
    uint64_t always; /* 1: there was something to say about it: to be rendered again */
};

/* Anything else that decides what the sources are (source_watched()). */
struct cache_watched {
    struct source_signature signature;
    uint32_t path_at; /* in `paths`, with a NUL behind it, like all paths there */
    uint32_t path_length;
};

/* A file in the output as it was left there. */
struct cache_output {
    uint64_t size;
    uint64_t inode;
    int64_t modified;
    int64_t changed;
    uint32_t path_at;
    uint32_t path_length;
};

/* What the last build came to. Numbers of 8 bytes only: it is written as it lies. */
struct cache_summary {
    uint64_t settled;   /* 1: with nothing changed there is nothing to do, see unchanged.h */
    int64_t now;        /* the moment of that build */
    uint64_t until;     /* when the site changes by itself */
    uint64_t reads_now; /* 1: a page shows the moment of the build */
    uint64_t articles, members, events, pages, outputs;
    uint64_t files, bytes; /* in the output */
    uint64_t fresh;        /* bytes of records after the last build that kept none */
    uint64_t commit[3];    /* that the frozen site is of: 20 bytes; 0: of none, or there is none */
};

struct cache {
    struct digest key;
    struct cache_summary summary;
    uint64_t settings; /* records were read under these settings */
    int64_t taken;     /* nanoseconds since 1970: files changed from then on may have been missed */
    const struct fact *facts;
    size_t fact_count;
    const struct cache_page *pages;
    size_t page_count;
    const uint32_t *page_facts;
    size_t page_fact_count;
    const uint64_t *ids;
    size_t id_count;
    const struct links_want *wants;
    size_t want_count;
    const struct cache_source *sources; /* by path */
    size_t source_count;
    const struct cache_watched *watched;
    size_t watched_count;
    const struct cache_output *outputs;
    size_t output_count;
    struct str paths;
    struct str said;                  /* said.h */
    const struct search_kept *search; /* in REGION_RECORDS; NULL: none */
    const struct frozen *frozen;      /* in REGION_SITE (frozen.h); NULL: none */
};

/* A cache as it is mapped. All zero: none. */
struct cache_memory {
    struct region tables, records, site;
    bool is_open;
    int file;
    struct fs_stat state; /* of the file, before anything was read */
    bool sealed;          /* it was found whole before (cache_seal.h): nothing is summed */
    struct cache_changes changes;
};

/* How much of it is wanted. */
enum cache_depth {
    CACHE_LOOK,    /* what tells whether anything changed: the summary, sources without their
                      records, watched, outputs, paths, said */
    CACHE_RECORDS, /* all but the frozen site */
    CACHE_ALL
};

/* Maps the cache at `path`; checksums are taken with the threads of `pool` (NULL: with this one).
 * What `out` points to lives in `memory`, until cache_release(), and is this process's own to
 * change. Returns false, with an empty cache and memory, if there is none to be trusted. */
bool cache_read(const struct fs *fs, const char *path, struct digest key, struct pool *pool,
                enum cache_depth depth, struct cache_memory *memory, struct cache *out);

/* Maps more of one that was read with CACHE_LOOK. False as above. */
bool cache_read_more(struct pool *pool, enum cache_depth depth, struct cache_memory *memory,
                     struct cache *out);

/* Maps the frozen site of one that was read with CACHE_RECORDS. False as above, if there is none.
 */
bool cache_read_site(struct pool *pool, struct cache_memory *memory, struct cache *out);

void cache_release(struct cache_memory *memory);

/* Whether there is one at `path` with that key, of which no more is read. */
bool cache_has_key(const struct fs *fs, const char *path, struct digest key);

/* Writes it, with the folder it lies in: its arrays, and the regions `records` and `site`.
 * Returns 0 or an errno number. */
int cache_write(const struct fs *fs, const char *path, const struct cache *cache,
                const struct region *records, const struct region *site, struct pool *pool);

/* Leaves only what was changed in `memory` since it was mapped, with what of `cache` stands in the
 * head. Returns 0, or an errno number; E2BIG: it is so much that cache_write() should do it. */
int cache_write_changes(const struct fs *fs, const char *path, const struct cache *cache,
                        struct cache_memory *memory);

/* The path of a source. */
struct str cache_path(const struct cache *cache, const struct cache_source *source);

/* The source of that path, or NULL. */
const struct cache_source *cache_find(const struct cache *cache, struct str path);

#endif
