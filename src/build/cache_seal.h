/* The seal of a cache: which file was found whole, so that it need not be summed again.
 *
 * A large site's cache is a hundred MB, of which an edit reads a few; to sum it all first costs more
 * than all else that an edit does. So a small file beside the cache notes its state (size, inode,
 * times) when its checksums were last found right, or it was written. While that is its state it is
 * believed, as outputs and sources are; a cache that was cut off, edited, copied or brought from
 * elsewhere has another, and is summed. What no state tells (a disk that lost what was not written
 * yet when the power went) can only show after the machine was started anew: a seal ends with that.
 */
#ifndef COPSE_BUILD_CACHE_SEAL_H
#define COPSE_BUILD_CACHE_SEAL_H

#include "base/arena.h"
#include "base/fs.h"

/* Whether the cache at that path, which looks like `stat`, was sealed so. */
bool cache_seal_holds(const struct fs *fs, const char *cache, const struct fs_stat *stat);

/* Seals one that looked like `stat` before its checksums were found right, at the moment `taken`
 * (cache_clock()): not where it may have changed once more in that moment. An error costs time
 * only, and is not told. */
void cache_seal_put(const struct fs *fs, const char *cache, const struct fs_stat *stat,
                    int64_t taken);

/* Seals one that looked like `stat` when it was written, if it still does. For a large one, the
 * hundredth of a second is waited for until its state is sure; do what there is to do before. */
void cache_seal_written(const struct fs *fs, const char *cache, const struct fs_stat *stat);

/* Where it lies, in `arena`. */
const char *cache_seal_path(const char *cache, struct arena *arena);

#endif
