/* The directory's facets: by letter, location, language and service, and each pair of designation
 * and location. A step of plan_make(). */
#ifndef COPSE_PAGES_DIRECTORY_H
#define COPSE_PAGES_DIRECTORY_H

#include "pages/plan.h"

/* The facets of an edition that have members, by kind, then by label; in `arena`. */
const struct facet *directory_facets(const struct edition *edition, struct arena *arena,
                                     size_t *count);

#endif
