/* Where a designation's badge picture is. */
#ifndef COPSE_PAGES_BADGE_H
#define COPSE_PAGES_BADGE_H

#include "base/arena.h"
#include "pages/plan.h"

/* The address of a designation's `badge`: root-relative without the base path ("/assets/mcrs.png")
 * for a file of assets/, written with or without that folder, or for any other output of the site;
 * as it is for a picture elsewhere; empty if it names nothing. In `arena`. */
struct str badge_find(const struct plan *plan, const struct designation *designation,
                      struct arena *arena);

#endif
