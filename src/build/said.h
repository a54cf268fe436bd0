/* What a build had to say, kept so that a build with nothing to do can say it again.
 *
 * Each diagnostic with the whole text that it points into, numbers as this machine has them; part
 * of the cache (cache.h), which sees to checksums and versions. */
#ifndef COPSE_BUILD_SAID_H
#define COPSE_BUILD_SAID_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"

/* Adds all of them to `out`, as texts_complete() left them. False if they are too many to keep. */
bool said_write(const struct diags *diags, struct buf *out);

/* Adds to `diags` what said_write() wrote, all of it in their arena. False if it is not whole. */
bool said_read(struct str bytes, struct diags *diags);

#endif
