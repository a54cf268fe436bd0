/* Shared by the readers of picture.h and the strippers of picture_strip.h: a file of which parts
 * may be missing, numbers in it, and one reader a type. */
#ifndef COPSE_BASE_PICTURE_INTERNAL_H
#define COPSE_BASE_PICTURE_INTERNAL_H

#include "base/buf.h"
#include "base/picture.h"

struct picture_file {
    struct str head;
    struct str tail;
    uint64_t size;
};

/* The bytes [offset, offset + length) of a file: all of them, or fewer where the file or what is
 * known of it ends. */
struct str picture_at(const struct picture_file *file, uint64_t offset, uint64_t length);

/* Why the bytes up to `end` could not be had: the file is shorter, or they were not given. */
enum picture_state picture_short(const struct picture_file *file, uint64_t end);

static inline bool picture_whole(const struct picture_file *file)
{
    return file->head.len >= file->size;
}

/* Numbers at offset `at` of `bytes`, which must hold them. */
static inline uint32_t picture_byte(struct str bytes, size_t at)
{
    return (unsigned char)bytes.ptr[at];
}
static inline uint32_t picture_be16(struct str bytes, size_t at)
{
    return picture_byte(bytes, at) << 8 | picture_byte(bytes, at + 1);
}
static inline uint32_t picture_be32(struct str bytes, size_t at)
{
    return picture_be16(bytes, at) << 16 | picture_be16(bytes, at + 2);
}
static inline uint32_t picture_le16(struct str bytes, size_t at)
{
    return picture_byte(bytes, at) | picture_byte(bytes, at + 1) << 8;
}
static inline uint32_t picture_le24(struct str bytes, size_t at)
{
    return picture_le16(bytes, at) | picture_byte(bytes, at + 2) << 16;
}
static inline uint32_t picture_le32(struct str bytes, size_t at)
{
    return picture_le16(bytes, at) | picture_le16(bytes, at + 2) << 16;
}

/* JPEG's markers that the reader and the stripper both meet. */
enum {
    JPEG_SOI = 0xD8,
    JPEG_EOI = 0xD9,
    JPEG_SOS = 0xDA,
    JPEG_APP0 = 0xE0,
    JPEG_APP1 = 0xE1,
    JPEG_APP2 = 0xE2,
    JPEG_APP14 = 0xEE,
    JPEG_APP15 = 0xEF,
    JPEG_COM = 0xFE
};

/* A marker without a length behind it: TEM, RST0 to RST7. */
static inline bool jpeg_stands_alone(uint32_t marker)
{
    return marker == 0x01 || (marker >= 0xD0 && marker <= 0xD7);
}

/* The offset of the next marker's 0xFF at or after `at` within a scan's coded data, or STR_NONE. */
size_t jpeg_scan_end(struct str bytes, size_t at);

/* Reads an Exif block (a TIFF file, with or without "Exif\0\0" before it): its orientation and
 * whether it names a place. What is wrong in it is passed over. */
void picture_exif(struct str block, struct picture *picture);
/* Reads an XMP packet: whether it names a place. */
void picture_xmp(struct str packet, struct picture *picture);

/* Items of an AVIF have numbers up to this, or it counts as garbled. */
enum { AVIF_ITEM_MOST = 65535 };

enum picture_state picture_read_jpeg(const struct picture_file *file, struct picture *picture);
enum picture_state picture_read_png(const struct picture_file *file, struct picture *picture);
enum picture_state picture_read_gif(const struct picture_file *file, struct picture *picture);
enum picture_state picture_read_webp(const struct picture_file *file, struct picture *picture);
enum picture_state picture_read_avif(const struct picture_file *file, struct picture *picture);
enum picture_state picture_read_svg(const struct picture_file *file, struct picture *picture);

/* Appends an AVIF that picture_read_avif() found sound, without its metadata. */
void picture_strip_avif(struct str bytes, struct buf *out);

/* Whether text that begins here is an SVG: its prologue and then <svg. *root is the offset of it.
 */
bool picture_is_svg(struct str bytes, size_t *root);
/* Whether an ISO media file's ftyp box names an AVIF brand. */
bool picture_is_avif(struct str bytes);

#endif
