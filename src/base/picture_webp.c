/* WebP: a RIFF file's chunks. */
#include "base/picture_internal.h"

static bool read_lossy(struct str body, struct picture *picture)
{
    if (body.len < 10 || picture_byte(body, 0) & 1 ||
        !str_starts(str_after(body, 3), STR("\x9D\x01\x2A")))
        return false;
    picture->width = picture_le16(body, 6) & 0x3FFF;
    picture->height = picture_le16(body, 8) & 0x3FFF;
    return true;
}

static bool read_lossless(struct str body, struct picture *picture)
{
    if (body.len < 5 || picture_byte(body, 0) != 0x2F)
        return false;
    uint32_t packed = picture_le32(body, 1);
    picture->width = (packed & 0x3FFF) + 1;
    picture->height = (packed >> 14 & 0x3FFF) + 1;
    picture->has_alpha = packed >> 28 & 1;
    return true;
}

static bool read_extended(struct str body, struct picture *picture)
{
    if (body.len < 10)
        return false;
    picture->animated = picture_byte(body, 0) & 0x02;
    picture->has_alpha = picture_byte(body, 0) & 0x10;
    picture->width = picture_le24(body, 4) + 1;
    picture->height = picture_le24(body, 7) + 1;
    return true;
}

struct walk {
    bool sized;    /* a chunk told the size */
    bool extended; /* by a VP8X, without which an EXIF chunk turns nothing */
    bool pictured; /* there are pixels */
    uint32_t frames;
};

static bool read_chunk(struct str name, struct str body, struct walk *walk, struct picture *picture)
{
    bool pixels = str_eq(name, STR("VP8 ")) || str_eq(name, STR("VP8L"));
    walk->pictured = walk->pictured || pixels;
    if (!walk->sized) {
        walk->sized = true;
        walk->extended = str_eq(name, STR("VP8X"));
        return str_eq(name, STR("VP8X")) ? read_extended(body, picture)
               : str_eq(name, STR("VP8 "))
                   ? read_lossy(body, picture)
                   : str_eq(name, STR("VP8L")) && read_lossless(body, picture);
    }
    if (str_eq(name, STR("ANMF"))) {
        walk->pictured = true;
        walk->frames++;
    } else if (str_eq(name, STR("ICCP"))) {
        picture->has_profile = true;
    } else if (str_eq(name, STR("EXIF"))) {
        picture->has_metadata = true;
        picture_exif(body, picture);
    } else if (str_eq(name, STR("XMP "))) {
        picture->has_metadata = true;
        picture_xmp(body, picture);
    } else if (!pixels && !str_eq(name, STR("ALPH")) && !str_eq(name, STR("ANIM"))) {
        picture->has_metadata = true;
    }
    return true;
}

enum picture_state picture_read_webp(const struct picture_file *file, struct picture *picture)
{
    struct str riff = picture_at(file, 4, 4);
    uint64_t end = riff.len < 4 ? 0 : (uint64_t)picture_le32(riff, 0) + 8;
    struct walk walk = {0};
    uint64_t at = 12;
    if (end > file->size)
        end = file->size + 1; /* cut off, told below once its size is known */
    else if (end < file->size)
        picture->has_metadata = true;
    while (at + 8 <= end) {
        struct str head = picture_at(file, at, 8);
        if (head.len < 8)
            return picture_short(file, at + 8);
        uint64_t length = picture_le32(head, 4);
        struct str body = picture_at(file, at + 8, length);
        if (!read_chunk(str_sub(head, 0, 4), body, &walk, picture))
            return body.len < length ? picture_short(file, at + 8 + length) : PICTURE_GARBLED;
        at += 8 + length + (length & 1);
        if (at - (length & 1) > end)
            return PICTURE_CUT_OFF;
    }
    if (!walk.extended)
        picture->orientation = 1;
    if (picture->animated && walk.frames > 1)
        picture->frames = walk.frames;
    picture->animated = picture->animated && walk.frames > 1;
    if (end > file->size)
        return PICTURE_CUT_OFF;
    return walk.pictured ? PICTURE_SOUND : PICTURE_GARBLED;
}
