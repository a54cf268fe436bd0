/* Which cache belongs to a build. */
#ifndef COPSE_BUILD_CACHE_PLACE_H
#define COPSE_BUILD_CACHE_PLACE_H

#include "base/hash.h"
#include "build/build.h"

/* Where copse keeps what it knows between builds: in the git directory, else in the site's .copse/,
 * never in the output. In `arena`, NUL-terminated. */
struct str cache_folder(const struct build_options *options, struct arena *arena);

/* The same for what all work trees of a repository can share: that of its main one. */
struct str cache_shared_folder(const struct build_options *options, struct arena *arena);

/* What moves together with the git directory: the repository's folder, or the site's. In `arena`.
 */
const char *cache_anchor(const struct source_place *place, struct arena *arena);

/* The cache's file: one for each site and output. In `arena`. */
const char *cache_file(const struct build_options *options, struct arena *arena);

/* A digest of all that a cache depends on and that is no file of the site: this program and its
 * libraries, the options, the time zones. */
struct digest cache_key(const struct build_options *options);

/* The file that the last build left which read and made the same, whatever its output; or NULL. In
 * `arena`. */
const char *cache_newest(const struct build_options *options, struct arena *arena);

/* Nanoseconds since 1970 by the system's clock. */
int64_t cache_clock(void);

/* Whether a file's state, taken at `taken` or later, says for sure that nothing was written to it
 * from `taken` on without the state showing it: clocks of file systems tick slowly, so a file that
 * was changed just before may be changed again and look the same. */
bool cache_is_sure(const struct source_signature *signature, int64_t taken);

#endif
