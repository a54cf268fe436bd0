/* The site's icons, drawn of the organisation's logo: a square with the logo in its middle, of
 * which copse-pictures makes a PNG. */
#ifndef COPSE_BUILD_ICONS_H
#define COPSE_BUILD_ICONS_H

#include "build/write.h"
#include "pages/icons.h"

/* Adds the drawing (SVG) of an icon, the logo's bytes in it. */
void icons_drawing(const struct site *site, const struct icon *icon, struct str logo,
                   struct buf *out);

/* Writes an OUTPUT_ICON at the end of `out`. Returns 0, or -1 after an error. */
int icons_write(const struct writer *writer, const struct write_job *job,
                const struct output *output, struct buf *out);

#endif
