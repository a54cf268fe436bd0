/* What goes before the manifest (manifest.h): the entries that a build of few files changed.
 *
 * A manifest has a line for each file of the site, and writing thirty thousand of them costs more
 * than writing the ten that an edit changes. So those are kept in a second file beside it, in the
 * same form, which names the manifest that it belongs to by the sum at its end. It holds all that
 * differs from that manifest, not only what the last build changed; of an entry that comes several
 * times the last holds, so that what former builds left need not be read to add to it. One that is
 * damaged, or belongs to another manifest, counts as not there. */
#ifndef COPSE_PUBLISH_MANIFEST_MORE_H
#define COPSE_PUBLISH_MANIFEST_MORE_H

#include "publish/manifest.h"

/* Its path, in `arena`. */
const char *manifest_more_path(const char *manifest, struct arena *arena);

/* The sum line at the end of a manifest's written form; empty if there is none. */
struct str manifest_sum(struct str bytes);
/* The same of the file, of which no more is read; in `arena`. Returns 0 or an errno number. */
int manifest_read_sum(const struct fs *fs, const char *path, struct arena *arena, struct str *sum);

/* Its written form: what `former` (the written form of the one before, or anything else) says, as
 * long as it belongs to the manifest with that sum, then the entries of `now`; those that are in
 * `before` and not in `now` are gone. */
void manifest_write_more(struct str sum, struct str former, const struct manifest *now,
                         const struct manifest *before, struct buf *out);

/* Puts into `manifest`, which was read from a file with that sum, what goes before it. The entries'
 * paths are slices of `bytes`. */
void manifest_take_more(struct manifest *manifest, struct arena *arena, struct str sum,
                        struct str bytes);

#endif
