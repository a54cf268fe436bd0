/* Metadata taken out by copying only what makes the picture. */
#include "base/picture_strip.h"
#include "base/picture_internal.h"

/* A TIFF of one directory with one entry, tag 0x0112, the orientation: SHORT, 1 value. */
static void add_exif(struct buf *out, unsigned orientation)
{
    buf_add(out, STR("MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0"));
    buf_addc(out, (char)orientation);
    buf_add(out, STR("\0\0\0\0\0\0"));
}

enum { EXIF_SIZE = 26 };

static void add_be32(struct buf *out, uint32_t number)
{
    for (int shift = 24; shift >= 0; shift -= 8)
        buf_addc(out, (char)(number >> shift & 0xFF));
}

static void add_le(struct buf *out, uint32_t number, int bytes)
{
    for (int i = 0; i < bytes; i++)
        buf_addc(out, (char)(number >> 8 * i & 0xFF));
}

/* ---- JPEG */

static bool keeps_segment(uint32_t marker, struct str body)
{
    if (marker == JPEG_APP0)
        return str_starts(body, STR("JFIF\0")) && body.len >= 14;
    if (marker == JPEG_APP2)
        return str_starts(body, STR("ICC_PROFILE\0"));
    if (marker == JPEG_APP14)
        return str_starts(body, STR("Adobe"));
    return marker != JPEG_COM && (marker < JPEG_APP1 || marker > JPEG_APP15);
}

/* JFIF's own fields, without the thumbnail that may follow them. */
static void add_jfif(struct buf *out, struct str body)
{
    buf_add(out, STR("\xFF\xE0\0\x10"));
    buf_add(out, str_sub(body, 0, 12));
    buf_add(out, STR("\0\0"));
}

static void add_jpeg_exif(struct buf *out, unsigned orientation)
{
    buf_add(out, STR("\xFF\xE1\0\x22"
                     "Exif\0\0"));
    add_exif(out, orientation);
}

/* One segment at *at, and the coded data behind it if it starts a scan. */
static bool copy_segment(struct str bytes, size_t *at, uint32_t marker, bool *pending,
                         unsigned orientation, struct buf *out)
{
    if (bytes.len - *at < 4)
        return false;
    size_t length = picture_be16(bytes, *at + 2);
    if (length < 2 || length > bytes.len - *at - 2)
        return false;
    size_t end = *at + 2 + length;
    struct str body = str_sub(bytes, *at + 4, end);
    if (*pending && marker != JPEG_APP0) {
        *pending = false;
        add_jpeg_exif(out, orientation);
    }
    if (marker == JPEG_SOS) {
        end = jpeg_scan_end(bytes, end);
        if (end == STR_NONE)
            return false;
    }
    if (marker == JPEG_APP0 && keeps_segment(marker, body))
        add_jfif(out, body);
    else if (keeps_segment(marker, body))
        buf_add(out, str_sub(bytes, *at, end));
    *at = end;
    return true;
}

static bool strip_jpeg(struct str bytes, unsigned orientation, struct buf *out)
{
    bool pending = orientation != 1;
    bool scanned = false;
    size_t at = 2;
    buf_add(out, STR("\xFF\xD8"));
    while (bytes.len - at >= 2 && (scanned || picture_byte(bytes, at) == 0xFF)) {
        /* Behind a scan, decoders pass over what is no marker; so does picture_read(). */
        if (scanned && (at = jpeg_scan_end(bytes, at)) == STR_NONE)
            return false;
        uint32_t marker = picture_byte(bytes, at + 1);
        if (marker == JPEG_EOI) {
            buf_add(out, STR("\xFF\xD9"));
            return true;
        }
        if (marker == 0xFF)
            at++;
        else if (jpeg_stands_alone(marker))
            at += 2;
        else if (!copy_segment(bytes, &at, marker, &pending, orientation, out))
            return false;
        scanned = scanned || marker == JPEG_SOS;
    }
    return false;
}

/* ---- PNG */

/* The chunks that make the picture, its colours and its animation (PNG 3, table of chunks). */
static bool keeps_chunk(struct str name)
{
    static const struct str kept[] = {
        STR_INIT("IHDR"), STR_INIT("PLTE"), STR_INIT("IDAT"), STR_INIT("tRNS"), STR_INIT("cHRM"),
        STR_INIT("gAMA"), STR_INIT("iCCP"), STR_INIT("sBIT"), STR_INIT("sRGB"), STR_INIT("cICP"),
        STR_INIT("mDCV"), STR_INIT("cLLI"), STR_INIT("bKGD"), STR_INIT("hIST"), STR_INIT("pHYs"),
        STR_INIT("sPLT"), STR_INIT("acTL"), STR_INIT("fcTL"), STR_INIT("fdAT")};
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
        if (str_eq(name, kept[i]))
            return true;
    }
    return false;
}

/* The check sum of PNG (ISO 3309), bit by bit: it is asked of a few bytes only. */
static uint32_t crc_of(struct str bytes)
{
    uint32_t crc = 0xFFFFFFFF;
    for (size_t i = 0; i < bytes.len; i++) {
        crc ^= picture_byte(bytes, i);
        for (int bit = 0; bit < 8; bit++)
            crc = crc & 1 ? crc >> 1 ^ 0xEDB88320 : crc >> 1;
    }
    return ~crc;
}

static void add_png_exif(struct buf *out, unsigned orientation)
{
    add_be32(out, EXIF_SIZE);
    size_t start = out->len;
    buf_add(out, STR("eXIf"));
    add_exif(out, orientation);
    add_be32(out, crc_of(str_after(buf_str(out), start)));
}

static bool strip_png(struct str bytes, unsigned orientation, struct buf *out)
{
    size_t at = 8;
    buf_add(out, str_sub(bytes, 0, at));
    while (bytes.len - at >= 12) {
        size_t length = picture_be32(bytes, at);
        struct str name = str_sub(bytes, at + 4, at + 8);
        if (length > bytes.len - at - 12)
            return false;
        if (str_eq(name, STR("IEND"))) {
            buf_add(out, STR("\0\0\0\0IEND\xAE\x42\x60\x82"));
            return true;
        }
        if (keeps_chunk(name))
            buf_add(out, str_sub(bytes, at, at + 12 + length));
        if (str_eq(name, STR("IHDR")) && orientation != 1)
            add_png_exif(out, orientation);
        at += 12 + length;
    }
    return false;
}

/* ---- GIF */

/* The end of the sub-blocks at `at`, or STR_NONE. */
static size_t blocks_end(struct str bytes, size_t at)
{
    while (at < bytes.len) {
        size_t length = picture_byte(bytes, at);
        at += 1 + length;
        if (length == 0)
            return at;
    }
    return STR_NONE;
}

static size_t table_size(uint32_t packed)
{
    return packed & 0x80 ? (size_t)3 << ((packed & 7) + 1) : 0;
}

/* Graphic control, plain text, and the applications that animate or colour. */
static bool keeps_extension(struct str extension)
{
    if (extension.len < 3)
        return false;
    struct str application = str_sub(extension, 3, 14);
    switch (picture_byte(extension, 1)) {
    case 0xF9:
    case 0x01: return true;
    case 0xFF:
        return str_eq(application, STR("NETSCAPE2.0")) || str_eq(application, STR("ANIMEXTS1.0")) ||
               str_eq(application, STR("ICCRGBG1012"));
    default: return false;
    }
}

static bool strip_gif(struct str bytes, struct buf *out)
{
    size_t at = 13;
    at += bytes.len < at ? 0 : table_size(picture_byte(bytes, 10));
    buf_add(out, str_sub(bytes, 0, at));
    while (at < bytes.len) {
        size_t end;
        switch (picture_byte(bytes, at)) {
        case 0x3B: buf_addc(out, 0x3B); return true;
        case 0x2C:
            if (bytes.len - at < 10)
                return false;
            end = blocks_end(bytes, at + 11 + table_size(picture_byte(bytes, at + 9)));
            break;
        case 0x21: end = blocks_end(bytes, at + 2); break;
        default: return false;
        }
        if (end == STR_NONE)
            return false;
        struct str block = str_sub(bytes, at, end);
        if (picture_byte(block, 0) == 0x2C || keeps_extension(block))
            buf_add(out, block);
        at = end;
    }
    return false;
}

/* ---- WebP */

enum { WEBP_HAS_XMP = 0x04, WEBP_HAS_EXIF = 0x08 };

static bool keeps_webp_chunk(struct str name)
{
    static const struct str kept[] = {STR_INIT("VP8X"), STR_INIT("ICCP"), STR_INIT("ANIM"),
                                      STR_INIT("ANMF"), STR_INIT("ALPH"), STR_INIT("VP8 "),
                                      STR_INIT("VP8L")};
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
        if (str_eq(name, kept[i]))
            return true;
    }
    return false;
}

static void set_le32(struct buf *out, size_t at, uint32_t number)
{
    for (size_t i = 0; i < 4; i++)
        out->ptr[at + i] = (char)(number >> 8 * i & 0xFF);
}

static bool strip_webp(struct str bytes, unsigned orientation, struct buf *out)
{
    size_t start = out->len;
    size_t end = (size_t)picture_le32(bytes, 4) + 8;
    bool extended = false;
    buf_add(out, str_sub(bytes, 0, 12));
    for (size_t at = 12; at < end && end - at >= 8;) {
        size_t length = picture_le32(bytes, at + 4);
        if (length > end - at - 8)
            return false;
        struct str name = str_sub(bytes, at, at + 4);
        if (keeps_webp_chunk(name)) {
            size_t copy = out->len;
            buf_add(out, str_sub(bytes, at, at + 8 + length));
            if (length & 1)
                buf_addc(out, 0);
            if (str_eq(name, STR("VP8X")) && length >= 10) {
                extended = true;
                unsigned flags = (unsigned char)out->ptr[copy + 8];
                flags &= ~(unsigned)(WEBP_HAS_XMP | WEBP_HAS_EXIF);
                out->ptr[copy + 8] = (char)(flags | (orientation != 1 ? WEBP_HAS_EXIF : 0));
            }
        }
        at += 8 + length + (length & 1);
    }
    if (extended && orientation != 1) {
        buf_add(out, STR("EXIF"));
        add_le(out, EXIF_SIZE, 4);
        add_exif(out, orientation);
    }
    set_le32(out, start + 4, (uint32_t)(out->len - start - 8));
    return true;
}

enum picture_stripped picture_strip(struct str bytes, struct buf *out)
{
    struct picture picture;
    size_t before = out->len;
    bool done = false;
    if (picture_read(bytes, &picture) != PICTURE_SOUND)
        return PICTURE_BAD;
    switch (picture.type) {
    case PICTURE_JPEG: done = strip_jpeg(bytes, picture.orientation, out); break;
    case PICTURE_PNG: done = strip_png(bytes, picture.orientation, out); break;
    case PICTURE_GIF: done = strip_gif(bytes, out); break;
    case PICTURE_WEBP: done = strip_webp(bytes, picture.orientation, out); break;
    case PICTURE_AVIF:
        picture_strip_avif(bytes, out);
        done = true;
        break;
    case PICTURE_SVG: buf_add(out, bytes); return PICTURE_LEFT_ALONE;
    case PICTURE_NONE: break;
    }
    if (!done)
        buf_truncate(out, before);
    return done ? PICTURE_STRIPPED : PICTURE_BAD;
}
