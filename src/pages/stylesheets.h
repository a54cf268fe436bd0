/* Stylesheets of assets/ as they are published, so that a page asks for one file and not for three.
 *
 * The `@import "name.css";` lines at the beginning of a sheet that name another one of the same
 * folder are replaced by what they name, and these likewise. `@import "brand.css";` becomes the
 * colours that site.yml gives (site/brand.h), unless the site has a file of that name. Imports of
 * other hosts, of other folders, with conditions, or of what is not there are left to the browser,
 * before everything else, where CSS wants them.
 *
 * A sheet without imports is published as it is. Layouts and assets are trusted; the colours are
 * numbers by the time they get here. */
#ifndef COPSE_PAGES_STYLESHEETS_H
#define COPSE_PAGES_STYLESHEETS_H

#include "base/buf.h"
#include "site/brand.h"
#include "source/source.h"

/* Whether the file of assets/ is a stylesheet. */
bool stylesheet_is(const struct source_file *file);

/* Adds the sheet to `out`; what is read on the way lies in `scratch`. Returns 0, or -1 after an
 * error. Any thread may call it, as its own `worker`. */
int stylesheet_write(struct source *source, unsigned worker, const struct source_file *file,
                     const struct brand *brand, struct arena *scratch, struct diags *diags,
                     struct buf *out);

/* The custom properties that the given colours change, for light and dark screens; nothing if none
 * is given. Paper is left alone: it is printed in black. */
void stylesheet_brand(const struct brand *brand, struct buf *out);

#endif
