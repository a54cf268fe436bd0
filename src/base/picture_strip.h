/* A picture without its metadata, byte for byte the same picture.
 *
 * Removed from JPEG, PNG, WebP, GIF and AVIF: Exif (place, camera, thumbnail), XMP, IPTC, comments,
 * texts, times, maker's blocks, previews, and whatever follows the picture's end. Kept: pixels,
 * colour profile and colour chunks, animation, and, where the picture is not stored upright, an
 * Exif block of one entry, the orientation. Nothing is decoded or compressed anew; the same bytes
 * always give the same bytes, and stripping what is stripped changes nothing. Linear.
 *
 * An AVIF keeps its size: offsets in it refer to other places of it, so what is not the picture is
 * overwritten with zeros. SVG is left alone: it is text that the sanitiser writes anew. */
#ifndef COPSE_BASE_PICTURE_STRIP_H
#define COPSE_BASE_PICTURE_STRIP_H

#include "base/buf.h"
#include "base/picture.h"

enum picture_stripped {
    PICTURE_STRIPPED,   /* *out is the picture without metadata */
    PICTURE_LEFT_ALONE, /* of a type that is not stripped here; *out is a copy of it */
    PICTURE_BAD         /* picture_read() does not call it sound; *out is as it was */
};

/* Appends to *out. */
enum picture_stripped picture_strip(struct str bytes, struct buf *out);

#endif
