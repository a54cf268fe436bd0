/* Small pictures made byte by byte, for the tests of what reads picture files. */
#ifndef COPSE_TESTS_PICTURE_FIXTURE_H
#define COPSE_TESTS_PICTURE_FIXTURE_H

#include "base/buf.h"

#include <stdbool.h>
#include <stdint.h>

/* What a made picture carries besides its pixels. */
struct made {
    uint32_t width;
    uint32_t height;
    unsigned orientation; /* 0: no Exif at all */
    bool gps;             /* in that Exif */
    bool xmp_gps;
    bool profile;
    bool comment;
    uint32_t frames; /* 0 for a still */
    bool trailing;   /* bytes behind its end */
};

/* An Exif block: a TIFF in either byte order. */
void made_exif(struct buf *out, bool big_endian, unsigned orientation, bool gps);
/* Each appends a file of that type, whole as far as its container goes; the coded pixels are none.
 */
void made_jpeg(struct buf *out, const struct made *made);
void made_png(struct buf *out, const struct made *made);
void made_gif(struct buf *out, const struct made *made);
void made_webp(struct buf *out, const struct made *made);
/* An AVIF whose Exif lies in its mdat; `orientation` is written as irot and imir. */
void made_avif(struct buf *out, const struct made *made);

#endif
