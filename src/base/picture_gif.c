/* GIF: its blocks, counted. */
#include "base/picture_internal.h"

enum {
    BLOCK_IMAGE = 0x2C,
    BLOCK_EXTENSION = 0x21,
    BLOCK_TRAILER = 0x3B,
    EXTENSION_COMMENT = 0xFE,
    EXTENSION_APPLICATION = 0xFF
};

/* The bytes of a colour table that a packed field announces. */
static uint64_t table_size(uint32_t packed)
{
    return packed & 0x80 ? (uint64_t)3 << ((packed & 7) + 1) : 0;
}

/* Moves *at behind the sub-blocks there, and the empty one that ends them. */
static enum picture_state skip_blocks(const struct picture_file *file, uint64_t *at)
{
    for (;;) {
        struct str length = picture_at(file, *at, 1);
        if (length.len == 0)
            return picture_short(file, *at + 1);
        *at += 1 + (uint64_t)picture_byte(length, 0);
        if (picture_byte(length, 0) == 0)
            return PICTURE_SOUND;
    }
}

static enum picture_state read_extension(const struct picture_file *file, uint64_t *at,
                                         struct picture *picture)
{
    struct str head = picture_at(file, *at, 2);
    if (head.len < 2)
        return picture_short(file, *at + 2);
    uint64_t start = *at + 1;
    *at += 1;
    enum picture_state state = skip_blocks(file, at);
    uint32_t label = picture_byte(head, 0);
    if (label == EXTENSION_COMMENT)
        picture->has_metadata = true;
    if (label == EXTENSION_APPLICATION &&
        str_eq(picture_at(file, start + 1, 11), STR("XMP DataXMP"))) {
        picture->has_metadata = true;
        picture_xmp(picture_at(file, start, *at - start), picture);
    }
    return state;
}

static enum picture_state read_image(const struct picture_file *file, uint64_t *at,
                                     struct picture *picture)
{
    struct str head = picture_at(file, *at, 9);
    if (head.len < 9)
        return picture_short(file, *at + 9);
    /* The descriptor, its colour table and the width of the codes. */
    *at += 9 + table_size(picture_byte(head, 8)) + 1;
    picture->frames++;
    return skip_blocks(file, at);
}

static enum picture_state read_blocks(const struct picture_file *file, uint64_t at,
                                      struct picture *picture)
{
    enum picture_state state = PICTURE_SOUND;
    while (state == PICTURE_SOUND) {
        struct str kind = picture_at(file, at, 1);
        if (kind.len == 0)
            return picture_short(file, at + 1);
        at++;
        switch (picture_byte(kind, 0)) {
        case BLOCK_TRAILER:
            if (at < file->size)
                picture->has_metadata = true;
            return picture->frames > 0 ? PICTURE_SOUND : PICTURE_GARBLED;
        case BLOCK_EXTENSION: state = read_extension(file, &at, picture); break;
        case BLOCK_IMAGE: state = read_image(file, &at, picture); break;
        default: return PICTURE_GARBLED;
        }
    }
    return state;
}

enum picture_state picture_read_gif(const struct picture_file *file, struct picture *picture)
{
    struct str screen = picture_at(file, 6, 7);
    if (screen.len < 7)
        return picture_short(file, 13);
    picture->width = picture_le16(screen, 0);
    picture->height = picture_le16(screen, 2);
    picture->frames = 0;
    enum picture_state state = read_blocks(file, 13 + table_size(picture_byte(screen, 4)), picture);
    picture->animated = picture->frames > 1;
    picture->has_alpha = true;
    if (picture->frames == 0)
        picture->frames = 1;
    return state;
}
