/* Which reader a file gets, and the parts of it that are known. */
#include "base/picture.h"
#include "base/picture_internal.h"

struct str picture_at(const struct picture_file *file, uint64_t offset, uint64_t length)
{
    if (offset >= file->size)
        return (struct str){0};
    if (length > file->size - offset)
        length = file->size - offset;
    if (offset < file->head.len)
        return str_sub(file->head, (size_t)offset, (size_t)(offset + length));
    uint64_t tail_starts = file->size - file->tail.len;
    if (offset < tail_starts)
        return (struct str){0};
    offset -= tail_starts;
    return str_sub(file->tail, (size_t)offset, (size_t)(offset + length));
}

enum picture_state picture_short(const struct picture_file *file, uint64_t end)
{
    return end > file->size ? PICTURE_CUT_OFF : PICTURE_BEYOND;
}

enum picture_type picture_type_of(struct str bytes)
{
    size_t root;
    if (str_starts(bytes, STR("\xFF\xD8\xFF")))
        return PICTURE_JPEG;
    if (str_starts(bytes, STR("\x89PNG\r\n\x1A\n")))
        return PICTURE_PNG;
    if (str_starts(bytes, STR("GIF87a")) || str_starts(bytes, STR("GIF89a")))
        return PICTURE_GIF;
    if (str_starts(bytes, STR("RIFF")) && str_starts(str_after(bytes, 8), STR("WEBP")))
        return PICTURE_WEBP;
    if (picture_is_avif(bytes))
        return PICTURE_AVIF;
    return picture_is_svg(bytes, &root) ? PICTURE_SVG : PICTURE_NONE;
}

static enum picture_state read_type(const struct picture_file *file, struct picture *picture)
{
    switch (picture->type) {
    case PICTURE_JPEG: return picture_read_jpeg(file, picture);
    case PICTURE_PNG: return picture_read_png(file, picture);
    case PICTURE_GIF: return picture_read_gif(file, picture);
    case PICTURE_WEBP: return picture_read_webp(file, picture);
    case PICTURE_AVIF: return picture_read_avif(file, picture);
    case PICTURE_SVG: return picture_read_svg(file, picture);
    case PICTURE_NONE: break;
    }
    return PICTURE_UNKNOWN;
}

enum picture_state picture_read_parts(struct str head, struct str tail, uint64_t size,
                                      struct picture *out)
{
    struct picture_file file = {head, tail, size};
    *out = (struct picture){.type = picture_type_of(head), .orientation = 1, .frames = 1};
    if (file.head.len > file.size)
        file.head.len = (size_t)file.size;
    if (file.tail.len > file.size)
        file.tail = str_after(tail, tail.len - (size_t)file.size);
    enum picture_state state = read_type(&file, out);
    if (out->animated && out->frames < 2)
        out->frames = 2;
    if (state == PICTURE_SOUND && out->type != PICTURE_SVG && (out->width == 0 || out->height == 0))
        return PICTURE_GARBLED;
    return state;
}

enum picture_state picture_read(struct str bytes, struct picture *out)
{
    return picture_read_parts(bytes, (struct str){0}, bytes.len, out);
}

void picture_shown_size(const struct picture *picture, uint32_t *width, uint32_t *height)
{
    bool sideways = picture->orientation >= 5 && picture->orientation <= 8;
    *width = sideways ? picture->height : picture->width;
    *height = sideways ? picture->width : picture->height;
}

static const struct {
    const char *name;
    const char *media_type;
    const char *extension;
} types[] = {
    [PICTURE_NONE] = {"unknown", "application/octet-stream", ""},
    [PICTURE_JPEG] = {"JPEG", "image/jpeg", ".jpg"},
    [PICTURE_PNG] = {"PNG", "image/png", ".png"},
    [PICTURE_GIF] = {"GIF", "image/gif", ".gif"},
    [PICTURE_WEBP] = {"WebP", "image/webp", ".webp"},
    [PICTURE_AVIF] = {"AVIF", "image/avif", ".avif"},
    [PICTURE_SVG] = {"SVG", "image/svg+xml", ".svg"},
};

const char *picture_type_name(enum picture_type type)
{
    return types[type].name;
}

const char *picture_media_type(enum picture_type type)
{
    return types[type].media_type;
}

const char *picture_extension(enum picture_type type)
{
    return types[type].extension;
}
