/* The file beside a cache (cache.h) with the memory pages that were changed since it was written:
 * an edit of one text changes some thirty of them, of tens of thousands.
 *
 *     head        magic, and which cache it belongs to: the checksum of its head
 *     batches     one behind the other, each of a build:
 *         head        number of stretches, size and checksum of all that follows
 *         stretches   address and size of each
 *         bytes       of all of them, in order
 *
 * A build adds a batch with what it changed itself, so that an edit costs what it changes however
 * many came before. When the file has grown, one batch with all that differs from the cache takes
 * the place of all. One that belongs to another cache counts as not there, and so does a batch that
 * is not whole, with those behind it: what is left is then as an older build left it, which is as
 * good, only that more has to be made. */
#ifndef COPSE_BUILD_CACHE_CHANGES_H
#define COPSE_BUILD_CACHE_CHANGES_H

#include "base/fs.h"
#include "base/region.h"

/* As it is mapped, to be closed. All zero: there is none. */
struct cache_changes {
    struct region file;
    struct str batches; /* those that are whole, in `file`; empty: none */
    uint64_t end;       /* where the next one goes; 0: the file is not whole */
};

/* Its path, in `arena`. */
const char *cache_changes_path(const char *cache, struct arena *arena);

/* Maps the file; none if there is none that belongs to that cache. */
void cache_changes_open(const struct fs *fs, const char *cache, uint64_t belongs,
                        struct cache_changes *out);
void cache_changes_close(struct cache_changes *changes);

/* Puts those stretches into `region` that lie in it. False if one does not end in it. */
bool cache_changes_apply(const struct cache_changes *changes, struct region *region);

/* Writes what is different in the regions from what the file had put into them. Returns 0 or an
 * errno number; E2BIG where all that changed is more than some megabytes: nothing is written then.
 */
int cache_changes_write(const struct fs *fs, const char *cache, uint64_t belongs,
                        const struct cache_changes *changes, const struct region *const *regions,
                        size_t count);

#endif
