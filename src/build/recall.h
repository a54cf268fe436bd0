/* BASE of a review as a build of that very commit left it in the cache (frozen.h): neither read nor
 * linked nor planned again, and none of its outputs made.
 *
 *     recall_begin      makes the site fit for use
 *     recall_tell       what the build said, and what `thorough` asks for besides
 *     recall_outlines   search indexes summed up, as `outlined` wants them
 *
 * Only where the moment changes nothing (unchanged.h). What was made of pictures is in such a site,
 * while one that is built for a review plans them only: if it is `pictured` it can be compared with
 * its twin alone (twin.h), not with a site that was built. */
#ifndef COPSE_BUILD_RECALL_H
#define COPSE_BUILD_RECALL_H

#include "base/pool.h"
#include "build/build.h"
#include "build/frozen.h"
#include "build/incremental.h"

struct recalled {
    const struct frozen *frozen;
    struct source *source;
    const struct history *history;
    struct site *site;
    struct plan *plan;
    struct incremental *incremental;
};

/* Whether options->memory has such a site for this side; it is then in *out, in `arena` and the
 * memory. Whoever has it closes its source and frees its bodies. */
bool recall_begin(const struct build_options *options, unsigned workers, struct arena *arena,
                  struct recalled *out);

/* False if what was said cannot be read. */
bool recall_tell(const struct recalled *recalled, struct pool *pool, struct arena *arena,
                 struct diags *diags);

/* Of the entries set in `changed` by their numbers; NULL: of all. The manifests of the plan have
 * them from then on; other files of an index are not there (`subject` NULL). */
void recall_outlines(struct plan *plan, const bool *changed, struct pool *pool,
                     struct arena *arena);

#endif
