/* Pictures made with libvips, the only module that knows it.
 *
 * Decoded are JPEG, PNG, WebP, GIF and AVIF, nothing else that libvips might know, and nothing that
 * it calls untrusted. Every variant is upright, in sRGB (whatever profile the picture had, CMYK and
 * 16 bits too), has 8 bits a channel and no metadata. One thread makes it, so that the same
 * library gives the same bytes. */
#ifndef COPSE_PICTURES_MAKE_H
#define COPSE_PICTURES_MAKE_H

#include "base/picture_request.h"

/* Raised with each change of this module after which it makes other bytes of the same wish, or
 * decodes what it did not: what was kept of before is not taken then. */
enum { MAKE_RECIPE = 2 };

/* Starts the library, once a process, and has it load what it loads late. With `draws` drawings
 * (SVG) are decoded too, with the system's fonts: for those of the theme. 0, or -1. */
int make_start(bool draws);

/* "libvips 8.14.1"; static. */
const char *make_version(void);

/* The path of the library's file, into `out` (empty if it cannot be told). */
void make_library(struct buf *out);

/* Makes all that is wished for. The results lie in `out` and response->message may point into it:
 * both last until `out` changes. */
void make_pictures(const struct picture_request *request, struct buf *out,
                   struct picture_response *response);

#endif
