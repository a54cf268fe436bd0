/* The months in which something takes place, for the calendar pages. */
#ifndef COPSE_PAGES_MONTHS_H
#define COPSE_PAGES_MONTHS_H

#include "pages/plan.h"

/* The months of an edition that hold an occurrence, oldest first, in `arena`, each with what takes
 * place in it. Something that lasts longer than two years stands in the first 24 of its months
 * only.
 */
const struct month *months_of(const struct edition *edition, struct arena *arena, size_t *count);

#endif
