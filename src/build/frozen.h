/* The frozen site as it is kept between builds of a work tree: linked, planned, its facts found.
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
};

/* What is to be kept, in `region`; NULL where not all of it lies there. Nobody may ask the plan for
 * the bytes of search files from then on. */
const struct frozen *frozen_make(struct source *source, const struct plan *plan,
                                 const struct facts *facts, struct region *region);

/* Makes one that was mapped fit for use with these options, whose `threads` + 1 threads may read.
 * What was opened is closed with frozen_end(), also after an error (-1). */
int frozen_thaw(const struct frozen *frozen, const struct build_options *options, unsigned workers,
                struct diags *diags);
void frozen_end(const struct frozen *frozen);

#endif
