/* What a picture's file says of itself, without decoding it: type, size in pixels, orientation,
 * frames, and what metadata it carries.
 *
 * Read are JPEG (ITU T.81, JFIF, Exif 2.32, XMP part 3), PNG (W3C PNG 3, APNG), GIF89a, WebP
 * (RFC 9649), AVIF (ISO 14496-12 and 23008-12) and SVG (its root element only). The type is told by
 * the bytes, never by a name. Bytes are a stranger's: every length is checked, the time is linear
 * in what is looked at, no pixel is decoded and nothing is decompressed (so a place within a
 * compressed PNG text is not found; `has_metadata` is set all the same).
 *
 * Nothing is allocated and nothing kept; the functions may be called from any thread. */
#ifndef COPSE_BASE_PICTURE_H
#define COPSE_BASE_PICTURE_H

#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

enum picture_type {
    PICTURE_NONE, /* none of these */
    PICTURE_JPEG,
    PICTURE_PNG,
    PICTURE_GIF,
    PICTURE_WEBP,
    PICTURE_AVIF,
    PICTURE_SVG
};

enum picture_state {
    PICTURE_SOUND,   /* as far as can be told without decoding */
    PICTURE_UNKNOWN, /* of no type that is known here */
    PICTURE_CUT_OFF, /* the file ends before the picture does */
    PICTURE_GARBLED, /* no size, a size of 0, a length that is impossible, parts out of order */
    PICTURE_BEYOND /* of picture_read_parts() only: the answer lies in bytes that were not given */
};

struct picture {
    enum picture_type type;
    /* In pixels as they are stored, before the orientation; see picture_shown_size(). Of an SVG the
     * size in CSS pixels, rounded; 0 and 0 where it names none (a viewBox is taken for one). */
    uint32_t width;
    uint32_t height;
    /* Exif's 1 to 8; 1 is upright, 5 to 8 lie on their side. Of an AVIF what irot and imir do. */
    unsigned orientation;
    /* Pictures in the file. At least 2 where `animated`, else 1; an AVIF sequence's and what lies
     * in bytes that were not given is not counted. */
    uint32_t frames;
    bool animated;
    bool has_metadata; /* Exif, XMP, IPTC, comments, texts, times, trailing bytes; not a colour
                          profile */
    bool has_place;    /* that metadata names a place: Exif's GPS latitude, longitude or area, XMP's
                          GPS */
    bool has_profile;  /* an ICC profile */
    bool is_p3;        /* no profile, but colours said to be Display P3's (nclx, cICP) */
    bool has_alpha; /* parts may be transparent; always true of a GIF, which is not looked into */
};

/* Reads a whole file. *out is always filled, as far as the bytes allow. */
enum picture_state picture_read(struct str bytes, struct picture *out);

/* Reads a file of which only the front and the end are at hand (64 KiB and 4 KiB will do for nearly
 * all): `head` its first bytes, `tail` its last ones (or empty), `size` all of them. Where that is
 * not enough the answer is PICTURE_BEYOND, *out holds what could be told, and picture_read() knows
 * more. Metadata in the middle of a PNG or GIF is then not seen. */
enum picture_state picture_read_parts(struct str head, struct str tail, uint64_t size,
                                      struct picture *out);

/* Its type alone, from the first bytes (1 KiB is plenty but for an SVG with a long prologue). */
enum picture_type picture_type_of(struct str bytes);

/* Width and height as a browser shows them: after the orientation. */
void picture_shown_size(const struct picture *picture, uint32_t *width, uint32_t *height);

/* "JPEG"; "image/jpeg"; ".jpg". Static; of PICTURE_NONE "unknown", "application/octet-stream", "".
 */
const char *picture_type_name(enum picture_type type);
const char *picture_media_type(enum picture_type type);
const char *picture_extension(enum picture_type type);

#endif
