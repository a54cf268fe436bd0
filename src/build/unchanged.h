/* Whether there is anything to build at all.
 *
 * Most builds of a site that is built every hour find nothing new. Then nothing is opened but the
 * cache, and every source, folder and output is only looked at (size, inode, times), which is the
 * least that can be done: a folder's own time does not tell of edits in it, and a deleted or edited
 * output is to be noticed too. Whatever looks different leaves the decision to a whole build. */
#ifndef COPSE_BUILD_UNCHANGED_H
#define COPSE_BUILD_UNCHANGED_H

#include "base/pool.h"
#include "build/build.h"

/* Whether a build with these options would change nothing in the output and say what the last one
 * said. If so, that is in `diags` and `report`, as after a whole build. */
bool unchanged_since(const struct build_options *options, struct pool *pool, struct arena *arena,
                     struct diags *diags, struct build_report *report);

#endif
