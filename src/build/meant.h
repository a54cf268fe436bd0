/* What was most likely meant by an address or a file's name that leads nowhere: a hint that can be
 * written as it stands. */
#ifndef COPSE_BUILD_MEANT_H
#define COPSE_BUILD_MEANT_H

#include "base/diag.h"
#include "pages/plan.h"

/* An address of the site, such as /abuot/ in a text or in the menu. Adds a hint to the last of
 * `diags`, or none; so do the others. Only the first mistakes of a run get one, since each looks at
 * every page. */
void meant_address(const struct plan *plan, struct str written, struct diags *diags);

/* A name relative to an entry's file: of another content file, of a picture beside it, or something
 * that is no file's name at all. False if it has no hint. */
bool meant_file(const struct plan *plan, const struct entry *entry, struct str written,
                struct diags *diags);

#endif
