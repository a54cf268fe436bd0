/* A picture without its metadata, byte for byte the same picture.
 *
 * Removed from JPEG, PNG, WebP and GIF: Exif (place, camera, thumbnail), XMP, IPTC, comments,
 * texts, times, maker's blocks, previews, and whatever follows the picture's end. Kept: pixels,
 * colour profile and colour chunks, animation, and, where the picture is not stored upright, an
 * Exif block of one entry, the orientation. Nothing is decoded or compressed anew; the same bytes
 * always give the same bytes, and stripping what is stripped changes nothing. Linear.
 *
 * AVIF is left alone: its metadata are items that offsets into the file refer to. SVG is text that
 * the sanitiser writes anew. */
#ifndef COPSE_BASE_PICTURE_STRIP_H
#define COPSE_BASE_PICTURE_STRIP_H

#include "base/buf.h"
#include "base/picture.h"

enum picture_stripped {
    PICTURE_STRIPPED,   /* *out is the picture without metadata */
    PICTURE_LEFT_ALONE, /* of a type that is not stripped here; *out is a copy of it */
    PICTURE_BAD         /* broken or no picture; *out is as it was */
};

/* Appends to *out. */
enum picture_stripped picture_strip(struct str bytes, struct buf *out);

#endif
