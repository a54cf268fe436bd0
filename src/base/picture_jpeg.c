/* JPEG: its segments up to the first scan, and whether the file ends where the picture does. */
#include "base/picture_internal.h"

#define XMP_NAME "http://ns.adobe.com/xap/1.0/\0"
#define XMP_EXTENSION_NAME "http://ns.adobe.com/xmp/extension/\0"

/* SOF0 to SOF15; DHT, JPG and DAC lie between them. */
static bool is_frame(uint32_t marker)
{
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
}

static void read_segment(uint32_t marker, struct str body, struct picture *picture)
{
    if (is_frame(marker) && body.len >= 5 && picture->width == 0) {
        picture->height = picture_be16(body, 1);
        picture->width = picture_be16(body, 3);
    } else if (marker == JPEG_APP2 && str_starts(body, STR("ICC_PROFILE\0"))) {
        picture->has_profile = true;
    } else if (marker == JPEG_COM ||
               (marker >= JPEG_APP1 && marker <= JPEG_APP15 && marker != JPEG_APP14)) {
        picture->has_metadata = true;
        if (marker == JPEG_APP1 && str_starts(body, STR("Exif\0\0")))
            picture_exif(body, picture);
        else if (marker == JPEG_APP1 &&
                 (str_starts(body, STR(XMP_NAME)) || str_starts(body, STR(XMP_EXTENSION_NAME))))
            picture_xmp(body, picture);
    }
}

size_t jpeg_scan_end(struct str bytes, size_t at)
{
    while ((at = str_find_byte(bytes, '\xFF', at)) != STR_NONE && at + 1 < bytes.len) {
        uint32_t next = picture_byte(bytes, at + 1);
        if (next != 0 && next != 0xFF && !jpeg_stands_alone(next))
            return at;
        at += next == 0xFF ? 1 : 2;
    }
    return STR_NONE;
}

/* From a scan's marker at `at` to the picture's end; what comes behind it was put there by a camera
 * (a second picture, a film) or by someone who hides something. */
static enum picture_state find_end(struct str bytes, size_t at, struct picture *picture)
{
    while ((at = jpeg_scan_end(bytes, at)) != STR_NONE) {
        uint32_t marker = picture_byte(bytes, at + 1);
        if (marker == JPEG_EOI) {
            if (at + 2 < bytes.len)
                picture->has_metadata = true;
            return PICTURE_SOUND;
        }
        if (bytes.len - at < 4)
            break;
        size_t length = picture_be16(bytes, at + 2);
        if (length < 2 || length > bytes.len - at - 2)
            break;
        read_segment(marker, str_sub(bytes, at + 4, at + 2 + length), picture);
        at += 2 + length;
    }
    return PICTURE_CUT_OFF;
}

static enum picture_state read_scans(const struct picture_file *file, uint64_t at,
                                     struct picture *picture)
{
    if (picture->width == 0 || picture->height == 0)
        return PICTURE_GARBLED;
    if (!picture_whole(file))
        return file->size >= at + 2 && str_eq(picture_at(file, file->size - 2, 2), STR("\xFF\xD9"))
                   ? PICTURE_SOUND
                   : PICTURE_BEYOND;
    struct str length = picture_at(file, at + 2, 2);
    if (length.len < 2)
        return PICTURE_CUT_OFF;
    if (picture_be16(length, 0) < 2)
        return PICTURE_GARBLED;
    return find_end(file->head, (size_t)at + 2 + picture_be16(length, 0), picture);
}

enum picture_state picture_read_jpeg(const struct picture_file *file, struct picture *picture)
{
    uint64_t at = 2;
    for (;;) {
        struct str mark = picture_at(file, at, 4);
        if (mark.len < 2)
            return picture_short(file, at + 2);
        uint32_t marker = picture_byte(mark, 1);
        if (picture_byte(mark, 0) != 0xFF || marker == 0 || marker == JPEG_EOI)
            return PICTURE_GARBLED;
        if (marker == 0xFF) {
            at++;
            continue;
        }
        if (jpeg_stands_alone(marker)) {
            at += 2;
            continue;
        }
        if (marker == JPEG_SOS)
            return read_scans(file, at, picture);
        if (mark.len < 4)
            return picture_short(file, at + 4);
        uint32_t length = picture_be16(mark, 2);
        if (length < 2)
            return PICTURE_GARBLED;
        read_segment(marker, picture_at(file, at + 4, length - 2), picture);
        at += 2 + length;
    }
}
