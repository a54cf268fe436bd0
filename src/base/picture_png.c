/* PNG: its chunks. */
#include "base/picture_internal.h"

enum { SIGNATURE = 8, CHUNK_HEAD = 8, CHUNK_FRAME = 12 };

static void read_text(struct str body, struct picture *picture)
{
    picture->has_metadata = true;
    if (str_starts(body, STR("XML:com.adobe.xmp\0")))
        picture_xmp(body, picture);
}

static void read_chunk(struct str name, struct str body, struct picture *picture)
{
    if (str_eq(name, STR("acTL")) && body.len >= 4) {
        picture->frames = picture_be32(body, 0);
        picture->animated = picture->frames > 1;
    } else if (str_eq(name, STR("tRNS"))) {
        picture->has_alpha = true;
    } else if (str_eq(name, STR("iCCP"))) {
        picture->has_profile = true;
    } else if (str_eq(name, STR("cICP"))) {
        picture->is_p3 = str_starts(body, STR("\x0C\x0D")); /* its primaries, sRGB's curve */
    } else if (str_eq(name, STR("eXIf"))) {
        picture->has_metadata = true;
        picture_exif(body, picture);
    } else if (str_eq(name, STR("tEXt")) || str_eq(name, STR("zTXt")) ||
               str_eq(name, STR("iTXt"))) {
        read_text(body, picture);
    } else if (str_eq(name, STR("tIME"))) {
        picture->has_metadata = true;
    }
}

/* Chunks in the end of a file whose middle is not known: wherever a name stands that a chunk of
 * metadata has. Pixels may hold one by chance, once in billions of files. */
static void search_tail(struct str tail, struct picture *picture)
{
    static const struct str names[] = {STR_INIT("eXIf"), STR_INIT("tEXt"), STR_INIT("zTXt"),
                                       STR_INIT("iTXt"), STR_INIT("tIME")};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        size_t at = str_find(tail, names[i], 0);
        if (at == STR_NONE || at < 4)
            continue;
        size_t length = picture_be32(tail, at - 4);
        read_chunk(names[i], str_sub(tail, at + 4, at + 4 + length), picture);
    }
}

static enum picture_state read_beyond(const struct picture_file *file, uint64_t end,
                                      struct picture *picture)
{
    if (end > file->size)
        return PICTURE_CUT_OFF;
    search_tail(file->tail, picture);
    /* A chunk without a body: its length, its name, its check sum. */
    return file->tail.len >= CHUNK_FRAME && str_has(file->tail, STR("\0\0\0\0IEND"))
               ? PICTURE_SOUND
               : PICTURE_BEYOND;
}

static enum picture_state read_chunks(const struct picture_file *file, struct picture *picture)
{
    uint64_t at = SIGNATURE;
    for (;;) {
        struct str head = picture_at(file, at, CHUNK_HEAD);
        if (head.len < CHUNK_HEAD)
            return read_beyond(file, at + CHUNK_HEAD, picture);
        uint64_t length = picture_be32(head, 0);
        struct str name = str_after(head, 4);
        if (length > INT32_MAX || (length > 0 && str_eq(name, STR("IEND"))))
            return PICTURE_GARBLED;
        if (str_eq(name, STR("IEND"))) {
            if (at + CHUNK_FRAME > file->size)
                return PICTURE_CUT_OFF;
            if (at + CHUNK_FRAME < file->size)
                picture->has_metadata = true;
            return PICTURE_SOUND;
        }
        read_chunk(name, picture_at(file, at + CHUNK_HEAD, length), picture);
        at += CHUNK_FRAME + length;
    }
}

enum picture_state picture_read_png(const struct picture_file *file, struct picture *picture)
{
    struct str first = picture_at(file, SIGNATURE, 18);
    if (first.len < 18)
        return picture_short(file, SIGNATURE + 18);
    if (!str_starts(first, STR("\0\0\0\x0DIHDR")))
        return PICTURE_GARBLED;
    picture->width = picture_be32(first, 8);
    picture->height = picture_be32(first, 12);
    picture->has_alpha = picture_byte(first, 17) & 4; /* of the colour type */
    if (picture->width == 0 || picture->height == 0 || picture->width > INT32_MAX ||
        picture->height > INT32_MAX)
        return PICTURE_GARBLED;
    return read_chunks(file, picture);
}
