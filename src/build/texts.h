/* Problems in bodies, made ready to be shown.
 *
 * Of a content file only the front matter stays in memory (site/record.h). A problem further down
 * needs the whole file once more, for its line and column and to show the line. */
#ifndef COPSE_BUILD_TEXTS_H
#define COPSE_BUILD_TEXTS_H

#include "base/arena.h"
#include "base/diag.h"
#include "source/source.h"

/* Gives every diagnostic that lies behind the end of what is kept the whole text, each file read
 * once into `arena`. A file that is gone meanwhile leaves its diagnostics at the end of what is
 * known. */
void texts_complete(struct source *source, struct arena *arena, struct diags *diags);

#endif
