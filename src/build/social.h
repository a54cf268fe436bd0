/* The picture that goes with a link to a page where people share it (Open Graph):
 * layouts/social.html rendered as the page's own layout is, a drawing, of which copse-pictures
 * makes a JPEG. */
#ifndef COPSE_BUILD_SOCIAL_H
#define COPSE_BUILD_SOCIAL_H

#include "build/write.h"

/* Writes an OUTPUT_SOCIAL at the end of `out`. Returns 0, or -1 after an error. */
int social_write(const struct writer *writer, const struct write_job *job,
                 const struct output *output, struct buf *out);

#endif
