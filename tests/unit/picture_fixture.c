#include "picture_fixture.h"

static const char xmp_packet[] =
    "<x:xmpmeta><rdf:Description exif:GPSLatitude=\"52,22.5N\"/></x:xmpmeta>";

static void be(struct buf *out, uint32_t number, int bytes)
{
    for (int i = bytes - 1; i >= 0; i--)
        buf_addc(out, (char)(number >> 8 * i & 0xFF));
}

static void le(struct buf *out, uint32_t number, int bytes)
{
    for (int i = 0; i < bytes; i++)
        buf_addc(out, (char)(number >> 8 * i & 0xFF));
}

static void number(struct buf *out, bool big_endian, uint32_t value, int bytes)
{
    (big_endian ? be : le)(out, value, bytes);
}

static void entry(struct buf *out, bool big, uint32_t tag, uint32_t type, uint32_t count)
{
    number(out, big, tag, 2);
    number(out, big, type, 2);
    number(out, big, count, 4);
}

void made_exif(struct buf *out, bool big_endian, unsigned orientation, bool gps)
{
    bool big = big_endian;
    buf_adds(out, big ? "MM" : "II");
    number(out, big, 42, 2);
    number(out, big, 8, 4);
    number(out, big, gps ? 2 : 1, 2);
    entry(out, big, 0x0112, 3, 1);
    number(out, big, orientation, 2);
    number(out, big, 0, 2);
    if (gps) {
        entry(out, big, 0x8825, 4, 1);
        number(out, big, 38, 4);
    }
    number(out, big, 0, 4);
    if (!gps)
        return;
    number(out, big, 1, 2);
    entry(out, big, 2, 5, 3);
    number(out, big, 0, 4);
    number(out, big, 0, 4);
}

static void segment(struct buf *out, unsigned marker, struct str body)
{
    buf_addc(out, (char)0xFF);
    buf_addc(out, (char)marker);
    be(out, (uint32_t)body.len + 2, 2);
    buf_add(out, body);
}

static void jpeg_metadata(struct buf *out, const struct made *made)
{
    struct buf body = {0};
    if (made->orientation > 0) {
        buf_add(&body, STR("Exif\0\0"));
        made_exif(&body, false, made->orientation, made->gps);
        segment(out, 0xE1, buf_str(&body));
        buf_clear(&body);
    }
    if (made->xmp_gps) {
        buf_add(&body, STR("http://ns.adobe.com/xap/1.0/\0"));
        buf_adds(&body, xmp_packet);
        segment(out, 0xE1, buf_str(&body));
    }
    if (made->profile)
        segment(out, 0xE2, STR("ICC_PROFILE\0\x01\x01profile"));
    if (made->comment)
        segment(out, 0xFE, STR("taken at home"));
    buf_release(&body);
}

void made_jpeg(struct buf *out, const struct made *made)
{
    struct buf frame = {0};
    buf_add(out, STR("\xFF\xD8"));
    segment(out, 0xE0, STR("JFIF\0\1\1\0\0\1\0\1\0\0"));
    jpeg_metadata(out, made);
    be(&frame, 8, 1);
    be(&frame, made->height, 2);
    be(&frame, made->width, 2);
    buf_add(&frame, STR("\1\1\x11\0"));
    segment(out, 0xC2, buf_str(&frame));
    segment(out, 0xDA, STR("\1\1\0\0\0\0"));
    buf_add(out, STR("pixels\xFF\0\xFF\xD0more"));
    segment(out, 0xC4, STR("a table between scans"));
    segment(out, 0xDA, STR("\1\1\0\0\0\0"));
    buf_add(out, STR("pixels\xFF\xD9"));
    if (made->trailing)
        buf_add(out, STR("a film that the camera hid"));
    buf_release(&frame);
}

static void chunk(struct buf *out, const char *name, struct str body)
{
    be(out, (uint32_t)body.len, 4);
    buf_adds(out, name);
    buf_add(out, body);
    be(out, 0x12345678, 4);
}

void made_png(struct buf *out, const struct made *made)
{
    struct buf body = {0};
    buf_add(out, STR("\x89PNG\r\n\x1A\n"));
    be(&body, made->width, 4);
    be(&body, made->height, 4);
    buf_add(&body, STR("\x08\x02\0\0\0"));
    chunk(out, "IHDR", buf_str(&body));
    if (made->profile)
        chunk(out, "iCCP", STR("profile"));
    if (made->frames > 0) {
        buf_clear(&body);
        be(&body, made->frames, 4);
        be(&body, 0, 4);
        chunk(out, "acTL", buf_str(&body));
    }
    chunk(out, "IDAT", STR("pixels"));
    if (made->comment)
        chunk(out, "tEXt", STR("Comment\0taken at home"));
    if (made->xmp_gps) {
        buf_clear(&body);
        buf_add(&body, STR("XML:com.adobe.xmp\0\0\0\0\0"));
        buf_adds(&body, xmp_packet);
        chunk(out, "iTXt", buf_str(&body));
    }
    if (made->orientation > 0) {
        buf_clear(&body);
        made_exif(&body, true, made->orientation, made->gps);
        chunk(out, "eXIf", buf_str(&body));
    }
    be(out, 0, 4);
    buf_add(out, STR("IEND\xAE\x42\x60\x82"));
    if (made->trailing)
        buf_add(out, STR("more"));
    buf_release(&body);
}

void made_gif(struct buf *out, const struct made *made)
{
    buf_add(out, STR("GIF89a"));
    le(out, made->width, 2);
    le(out, made->height, 2);
    buf_add(out, STR("\x80\0\0\0\0\0\xFF\xFF\xFF"));
    if (made->frames > 1)
        buf_add(out, STR("\x21\xFF\x0BNETSCAPE2.0\x03\x01\0\0\0"));
    if (made->comment)
        buf_add(out, STR("\x21\xFE\x0Dtaken at home\0"));
    if (made->xmp_gps) {
        buf_add(out, STR("\x21\xFF\x0BXMP DataXMP"));
        buf_addc(out, (char)strlen(xmp_packet));
        buf_adds(out, xmp_packet);
        buf_addc(out, 0);
    }
    for (uint32_t i = 0; i == 0 || i < made->frames; i++) {
        buf_add(out, STR("\x21\xF9\x04\0\x0A\0\0\0\x2C\0\0\0\0"));
        le(out, made->width, 2);
        le(out, made->height, 2);
        buf_add(out, STR("\0\x02\x02\x44\x01\0"));
    }
    buf_addc(out, 0x3B);
    if (made->trailing)
        buf_add(out, STR("more"));
}

static void riff_chunk(struct buf *out, const char *name, struct str body)
{
    buf_adds(out, name);
    le(out, (uint32_t)body.len, 4);
    buf_add(out, body);
    if (body.len & 1)
        buf_addc(out, 0);
}

static void webp_frames(struct buf *out, const struct made *made, struct buf *body)
{
    for (uint32_t i = 0; i < made->frames; i++)
        riff_chunk(out, "ANMF", STR("0123456789abcdefVP8L\x05\0\0\0\x2F\0\0\0\0"));
    if (made->frames > 0)
        return;
    buf_clear(body);
    buf_add(body, STR("\x10\0\0\x9D\x01\x2A"));
    le(body, made->width, 2);
    le(body, made->height, 2);
    riff_chunk(out, "VP8 ", buf_str(body));
}

void made_webp(struct buf *out, const struct made *made)
{
    struct buf body = {0};
    struct buf riff = {0};
    unsigned flags = (made->profile ? 0x20U : 0) | (made->orientation > 0 ? 0x08U : 0) |
                     (made->xmp_gps ? 0x04U : 0) | (made->frames > 0 ? 0x02U : 0);
    buf_adds(&riff, "WEBP");
    if (flags) {
        le(&body, flags, 4);
        le(&body, made->width - 1, 3);
        le(&body, made->height - 1, 3);
        riff_chunk(&riff, "VP8X", buf_str(&body));
    }
    if (made->profile)
        riff_chunk(&riff, "ICCP", STR("profile"));
    webp_frames(&riff, made, &body);
    if (made->orientation > 0) {
        buf_clear(&body);
        made_exif(&body, false, made->orientation, made->gps);
        riff_chunk(&riff, "EXIF", buf_str(&body));
    }
    if (made->xmp_gps)
        riff_chunk(&riff, "XMP ", str_from(xmp_packet));
    riff_chunk(out, "RIFF", buf_str(&riff));
    if (made->trailing)
        buf_add(out, STR("more"));
    buf_release(&riff);
    buf_release(&body);
}

static void box(struct buf *out, const char *type, struct str body)
{
    be(out, (uint32_t)body.len + 8, 4);
    buf_adds(out, type);
    buf_add(out, body);
}

static void avif_properties(struct buf *out, const struct made *made)
{
    static const char turns[9][2] = {{0, 0}, {0, 0}, {0, 2}, {2, 0}, {0, 1},
                                     {1, 1}, {3, 0}, {3, 1}, {1, 0}};
    struct buf list = {0};
    struct buf body = {0};
    be(&body, 0, 4);
    be(&body, made->width, 4);
    be(&body, made->height, 4);
    box(&list, "ispe", buf_str(&body));
    char quarters = turns[made->orientation][0];
    char mirror = turns[made->orientation][1];
    box(&list, "irot", (struct str){&quarters, 1});
    mirror = (char)(mirror - 1);
    box(&list, mirror < 0 ? "free" : "imir", (struct str){&mirror, 1});
    box(&list, "colr", made->profile ? STR("profICC") : STR("nclx\0\0\0\0\0\0\0"));
    box(&list, "ispe", STR("\0\0\0\0\0\0\0\1\0\0\0\1"));
    buf_clear(&body);
    box(&body, "ipco", buf_str(&list));
    box(&body, "ipma", STR("\0\0\0\0\0\0\0\2\0\1\4\1\x82\x83\4\0\2\1\5"));
    box(out, "iprp", buf_str(&body));
    buf_release(&list);
    buf_release(&body);
}

void made_avif(struct buf *out, const struct made *made)
{
    struct buf meta = {0};
    struct buf exif = {0};
    struct buf infos = {0};
    be(&exif, 0, 4);
    made_exif(&exif, true, 1, made->gps);
    be(&meta, 0, 4);
    box(&meta, "pitm", STR("\0\0\0\0\0\1"));
    buf_add(&infos, STR("\0\0\0\0\0\2"));
    box(&infos, "infe", STR("\2\0\0\0\0\1\0\0av01\0"));
    box(&infos, "infe", made->gps ? STR("\2\0\0\0\0\2\0\0Exif\0") : STR("\2\0\0\0\0\2\0\0av01\0"));
    box(&meta, "iinf", buf_str(&infos));
    avif_properties(&meta, made);
    /* iloc: 14 bytes of head and one item of 14 bytes, so that mdat's body begins 30 behind it. */
    struct buf iloc = {0};
    be(&iloc, 0, 4);
    be(&iloc, 0x4400, 2);
    be(&iloc, 1, 2);
    be(&iloc, 2, 2);
    be(&iloc, 0, 2);
    be(&iloc, 1, 2);
    size_t start = out->len;
    box(out, "ftyp", made->frames > 1 ? STR("avis\0\0\0\0mif1avis") : STR("mif1\0\0\0\0miafavif"));
    be(&iloc, (uint32_t)(out->len - start + 8 + meta.len + 8 + iloc.len + 8 + 8), 4);
    be(&iloc, (uint32_t)exif.len, 4);
    box(&meta, "iloc", buf_str(&iloc));
    box(out, "meta", buf_str(&meta));
    box(out, "mdat", buf_str(&exif));
    buf_release(&iloc);
    buf_release(&infos);
    buf_release(&exif);
    buf_release(&meta);
}
