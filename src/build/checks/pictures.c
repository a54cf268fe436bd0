/* heavy-picture and picture-place: what picture files say of themselves, read without decoding. */
#include "base/path.h"
#include "base/picture.h"
#include "base/picture_strip.h"
#include "build/checks/checks_internal.h"

enum {
    FILE_MOST = 256 * 1024 * 1024,
    BYTES_MOST = 4 * 1024 * 1024,
    SIDE_MOST = 6000 /* pixels */
};

static bool has_picture_name(struct str path)
{
    static const struct str extensions[] = {STR_INIT(".jpg"), STR_INIT(".jpeg"), STR_INIT(".png"),
                                            STR_INIT(".gif"), STR_INIT(".webp"), STR_INIT(".avif")};
    struct str extension = path_extension(path);
    for (size_t i = 0; i < sizeof extensions / sizeof *extensions; i++) {
        if (str_eq_nocase(extension, extensions[i]))
            return true;
    }
    return false;
}

static void check_weight(const struct picture *picture, size_t bytes, struct span span,
                         struct diags *diags)
{
    if (bytes <= BYTES_MOST && picture->width <= SIDE_MOST && picture->height <= SIDE_MOST)
        return;
    diag_add(diags, SEVERITY_WARNING, "heavy-picture", span,
             "this picture has %u x %u pixels and %.1f MB, more than any page can show",
             picture->width, picture->height, (double)bytes / 1e6);
    diag_hint(diags, "make it smaller: 2,400 pixels on the longer side are plenty");
}

static void check_place(const struct picture *picture, struct span span, struct diags *diags)
{
    if (!picture->has_place)
        return;
    diag_add(diags, SEVERITY_WARNING, "picture-place", span,
             "this picture's file says where it was taken, to everyone who has it");
    diag_hint(diags, "`copse check --fix` takes it out and leaves the picture as it is");
}

void check_pictures(struct source *source, struct arena *scratch, struct diags *diags)
{
    size_t count;
    const struct source_file *files = source_folder(source, STR("content"), &count);
    for (size_t i = 0; i < count; i++) {
        struct picture picture;
        struct text text;
        struct diags ignored;
        if (files[i].layer != SOURCE_SITE || !has_picture_name(files[i].path))
            continue;
        arena_clear(scratch);
        diags_init(&ignored, scratch);
        if (source_read(source, source_spare_worker(source), &files[i], FILE_MOST, scratch,
                        &ignored, &text) != 0 ||
            picture_read(text.bytes, &picture) == PICTURE_UNKNOWN)
            continue;
        struct text *named = arena_zalloc(diags->arena, 1, sizeof *named);
        named->path = files[i].path;
        check_weight(&picture, text.bytes.len, span_file(named), diags);
        check_place(&picture, span_file(named), diags);
    }
}
