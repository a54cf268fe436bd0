/* What copse-pictures made, kept between builds in the git directory, for all branches.
 *
 * One file a variant, named by a digest of all that it depends on: the picture's blob, the
 * transformation and the library's version. Each begins with a checksum; one that does not fit
 * counts as not there. Nothing in it is needed: deleting it costs time. Files are written whole or
 * not at all, so that several builds may use it at once. May be used from several threads. */
#ifndef COPSE_BUILD_PICTURE_CACHE_H
#define COPSE_BUILD_PICTURE_CACHE_H

#include "base/fs.h"
#include "base/hash.h"
#include "base/map.h"

struct picture_cache {
    const struct fs *fs;
    const char *folder; /* NUL-terminated */
    int64_t now;        /* nanoseconds since 1970, by the system's clock */
};

/* Whether it holds `key`. One that has not been asked for in a day is marked as still in use. */
bool picture_cache_holds(const struct picture_cache *cache, struct digest key);

/* Its bytes, in `arena`; false if they are not there or damaged. */
bool picture_cache_get(const struct picture_cache *cache, struct digest key, struct arena *arena,
                       struct str *bytes);

/* Keeps them. Returns 0 or an errno number. */
int picture_cache_put(const struct picture_cache *cache, struct digest key, struct str bytes);

/* The name of a key's file; in `arena`. */
struct str picture_cache_name(struct digest key, struct arena *arena);

/* Removes what has not been in use for longest, but nothing whose name is in `used`, until no more
 * than `most` bytes are left. */
void picture_cache_limit(const struct picture_cache *cache, uint64_t most, const struct map *used);

#endif
