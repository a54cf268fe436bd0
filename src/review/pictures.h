/* The pictures of a change, judged by their bytes without decoding them (base/picture.h).
 *
 * Too many bytes or pixels, a place in the metadata (where the picture was taken, which is often
 * where somebody lives), a file that is cut off or garbled, something else than a picture under a
 * picture's name or beside the picture in one file, drawings (SVG) among bios.
 *
 * Codes: heavy-picture, picture-place, broken-picture. */
#ifndef COPSE_REVIEW_PICTURES_H
#define COPSE_REVIEW_PICTURES_H

#include "base/diag.h"
#include "source/merge.h"

void pictures_check(const struct merge *merge, struct diags *diags);

#endif
