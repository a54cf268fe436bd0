/* The file beside a cache (cache.h) with the memory pages that were changed since it was written:
 * an edit of one text changes some thirty of them, of tens of thousands.
 *
 *     head        magic, which cache it belongs to (the checksum of its head), number of stretches,
 *                 checksum of all that follows
 *     stretches   address and size of each
 *     bytes       of all of them, in order
 *
 * It holds everything that changed since the cache was written, not since the last such file: each
 * one takes the place of the one before. One that belongs to another cache, or whose checksum does
 * not fit, counts as not there: the cache alone is then what an older build left, which is as good,
 * only that more has to be made. */
#ifndef COPSE_BUILD_CACHE_CHANGES_H
#define COPSE_BUILD_CACHE_CHANGES_H

#include "base/fs.h"
#include "base/region.h"

/* Its path, in `arena`. */
const char *cache_changes_path(const char *cache, struct arena *arena);

/* Writes what changed in the regions. Returns 0 or an errno number; E2BIG where it is more than
 * some megabytes, nothing written then. */
int cache_changes_write(const struct fs *fs, const char *cache, uint64_t belongs,
                        const struct region *const *regions, size_t count);

/* Reads the file, in `arena`; empty if there is none that belongs to that cache. */
struct str cache_changes_read(const struct fs *fs, const char *cache, uint64_t belongs,
                              struct arena *arena);

/* Puts those stretches into `region` that lie in it. False if the file is not whole. */
bool cache_changes_apply(struct str changes, struct region *region);

#endif
