/* What was most likely meant by an address or a file's name that leads nowhere: a hint that can be
 * written as it stands. */
#ifndef COPSE_BUILD_MEANT_H
#define COPSE_BUILD_MEANT_H

#include "base/diag.h"
#include "pages/plan.h"

/* Each looks at every page: thousands of dead links must not cost thousands times as much, so only
 * the first so many mistakes of a run get a hint. */
enum { MEANT_MOST = 100 };

/* An address of the site, such as /abuot/ in a text or in the menu. Adds a hint to the last of
 * `diags`, or none; the caller counts. */
void meant_address(const struct plan *plan, struct str written, struct diags *diags);

/* A name relative to an entry's file: of another content file, of a picture beside it, or something
 * that is no file's name at all. Likewise; false if it has no hint, as behind MEANT_MOST. */
bool meant_file(const struct plan *plan, const struct entry *entry, struct str written,
                struct diags *diags);

#endif
