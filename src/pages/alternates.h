/* The same page in the site's other languages. */
#ifndef COPSE_PAGES_ALTERNATES_H
#define COPSE_PAGES_ALTERNATES_H

#include "pages/plan.h"

/* The output that is `output` in an edition (its own: itself), or NULL: of an entry its published
 * translation, of an index the one that the edition has at the same place. An old address and the
 * page for lost visitors have none. */
const struct output *alternates_find(const struct plan *plan, const struct output *output,
                                     const struct edition *edition);

#endif
