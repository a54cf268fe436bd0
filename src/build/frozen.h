/* The frozen site as it is kept between builds: linked, planned, its facts found. Of a work tree it
 * is for a build that finds a few texts changed (edit.h), of a commit for a review of what is to
 * come on top of it (recall.h).
 *
 * It lies in REGION_SITE (base/region.h), which points into itself, into REGION_RECORDS and to the
 * program's constants, so that whoever maps both has it back as it was, without reading, linking or
 * planning anything. What it points to that belongs to one run is made anew by frozen_thaw(): where
 * files are read, the bodies, the moment. Not there any more: the bytes of the search index (a plan
 * from a cache names its files, but has them not). */
#ifndef COPSE_BUILD_FROZEN_H
#define COPSE_BUILD_FROZEN_H

#include "base/pool.h"
#include "base/region.h"
#include "build/build.h"
#include "pages/facts.h"

struct frozen {
    struct source *source;
    struct site *site;
    struct plan *plan;
    struct facts *facts;
    const struct history *history;
    bool pictured; /* pictures were made for it: it is more than planning alone gives */
};

/* What is to be kept, of these parts, in `region`; NULL where not all lies there. Nobody may ask
 * the plan for the bytes of search files from then on. */
const struct frozen *frozen_make(const struct frozen *parts, struct region *region);

/* Makes one that was mapped fit for use with these options, whose `workers` threads may read, and
 * one more. What it opens lives in `arena`. What was opened is closed with frozen_end(), also after
 * an error (-1). */
int frozen_thaw(const struct frozen *frozen, const struct build_options *options, unsigned workers,
                struct arena *arena, struct diags *diags);
void frozen_end(const struct frozen *frozen);

#endif
