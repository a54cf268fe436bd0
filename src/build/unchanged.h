/* Whether there is anything to build at all.
 *
 * Most builds of a site that is built every hour find nothing new. Then nothing is opened but the
 * cache, and every source, folder and output is only looked at (size, inode, times), which is the
 * least that can be done: a folder's own time does not tell of edits in it, and a deleted or edited
 * output is to be noticed too. Where nothing but a few sources looks different, edit.h may do;
 * whatever else does leaves the decision to a whole build. */
#ifndef COPSE_BUILD_UNCHANGED_H
#define COPSE_BUILD_UNCHANGED_H

#include "base/pool.h"
#include "build/build.h"
#include "build/cache.h"

enum unchanged {
    UNCHANGED,     /* a build would change nothing in the output and say what the last one said:
                      that is in `diags` and `report`, as after a whole build */
    UNCHANGED_BUT, /* the sources of `look` look different, and nothing else of what is read does;
                      outputs were not looked at yet */
    UNCHANGED_UNKNOWN /* there is more to do */
};

enum { EDITED_MOST = 16, FOLDERS_MOST = 16 };

/* A source that looks different, by its number in cache.sources; or a folder whose time moved, in
 * cache.watched. */
struct unchanged_source {
    uint32_t number;
    struct source_signature signature; /* as it looks now */
};

struct looking; /* within unchanged.c */

/* What was seen. With UNCHANGED_BUT the caller's to let go; it must stay where it is until then. */
struct unchanged_look {
    struct looking *looking;
    struct cache_memory memory; /* CACHE_LOOK */
    struct cache cache;
    struct unchanged_source edited[EDITED_MOST];
    size_t edited_count;
    struct unchanged_source folders[FOLDERS_MOST]; /* with the same in them: unchanged_folders.h */
    size_t folder_count;
};

enum unchanged unchanged_since(const struct build_options *options, struct pool *pool,
                               struct arena *arena, struct diags *diags,
                               struct build_report *report, struct unchanged_look *look);

/* Whether a site that was built comes out the same now, as far as the moment goes. */
bool unchanged_by_time(const struct cache_summary *summary, int64_t now);

/* Whether all outputs are as they were left, as pool_begin() and pool_end(): between the two the
 * caller makes what is to be put among them. The cache must not be let go in between, but more of
 * it may be read. */
void unchanged_outputs_begin(struct unchanged_look *look, struct pool *pool);
bool unchanged_outputs_end(struct unchanged_look *look, struct pool *pool);

void unchanged_let_go(struct unchanged_look *look);

/* The counts of the last build, for a report of one that changed little. */
void unchanged_report(const struct cache_summary *summary, struct build_report *report);

#endif
