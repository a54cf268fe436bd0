#include "review/pictures.h"

#include "base/path.h"
#include "base/picture.h"

/* Enough for a photograph that fills a large screen twice over. */
#define BYTES_MOST ((size_t)5 * 1024 * 1024)
#define PIXELS_MOST UINT64_C(50000000)
#define READ_MOST ((size_t)64 * 1024 * 1024)

struct look {
    struct str path;
    struct str bytes;
    struct span span;
    bool beside_bio;
    struct diags *diags;
};

static bool has_picture_name(struct str path)
{
    static const struct str extensions[] = {STR_INIT(".jpg"),  STR_INIT(".jpeg"), STR_INIT(".png"),
                                            STR_INIT(".webp"), STR_INIT(".gif"),  STR_INIT(".avif"),
                                            STR_INIT(".svg")};
    struct str extension = path_extension(path);
    for (size_t i = 0; i < sizeof extensions / sizeof *extensions; i++) {
        if (str_eq_nocase(extension, extensions[i]))
            return true;
    }
    return false;
}

/* Finds a word of ASCII letters in small ones, whatever their case in `bytes`. */
static bool holds(struct str bytes, struct str word)
{
    for (size_t at = str_find_byte(bytes, word.ptr[0], 0); at != STR_NONE;
         at = str_find_byte(bytes, word.ptr[0], at + 1)) {
        if (str_eq_nocase(str_sub(bytes, at, at + word.len), word))
            return true;
    }
    return false;
}

/* A file can be a picture for one program and a page, a document or an archive for another. */
static const char *what_else(struct str bytes)
{
    struct str head = str_sub(bytes, 0, 1024);
    struct str tail = str_after(bytes, bytes.len > 65558 ? bytes.len - 65558 : 0);
    if (holds(bytes, STR("<script")) || holds(bytes, STR("<html")) || holds(bytes, STR("<?php")))
        return "a page with script in it";
    if (str_has(head, STR("%PDF-")))
        return "a document";
    return str_has(tail, STR("PK\x05\x06")) ? "an archive" : NULL;
}

static void check_size(const struct look *look, const struct picture *picture)
{
    uint64_t pixels = (uint64_t)picture->width * picture->height;
    if (picture->type != PICTURE_SVG && pixels > PIXELS_MOST) {
        diag_error(look->diags, "heavy-picture", look->span,
                   "this picture has %llu million pixels (%u by %u)",
                   (unsigned long long)(pixels / 1000000), picture->width, picture->height);
        diag_hint(look->diags, "make it smaller: 2000 pixels are wide enough for every page");
    } else if (look->bytes.len > BYTES_MOST) {
        diag_error(look->diags, "heavy-picture", look->span, "this picture has %.1f MB",
                   (double)look->bytes.len / 1e6);
        diag_hint(look->diags, "make it smaller: 2000 pixels are wide enough for every page");
    }
}

static void check_picture(const struct look *look)
{
    struct picture picture;
    enum picture_state state = picture_read(look->bytes, &picture);
    if (picture.type == PICTURE_NONE)
        return; /* the build says that such a file is not published */
    const char *other = picture.type == PICTURE_SVG ? NULL : what_else(look->bytes);
    if (picture.type == PICTURE_SVG && look->beside_bio) {
        diag_error(look->diags, "broken-picture", look->span,
                   "this is a drawing (SVG), which can hold script; beside bios there are none");
        diag_hint(look->diags, "save it as PNG or JPEG");
    } else if (state == PICTURE_CUT_OFF || state == PICTURE_GARBLED) {
        diag_error(look->diags, "broken-picture", look->span,
                   state == PICTURE_CUT_OFF ? "this picture's file ends too early"
                                            : "this picture's file is damaged");
        diag_hint(look->diags, "save it again with a picture program, and send that file");
    } else if (other) {
        diag_error(look->diags, "broken-picture", look->span,
                   "this file is a picture and holds %s besides", other);
        diag_hint(look->diags, "save it again with a picture program, and send that file");
    }
    check_size(look, &picture);
    if (picture.has_place) {
        diag_error(look->diags, "picture-place", look->span,
                   "this picture's file says where it was taken");
        diag_hint(look->diags, "save it without metadata (exiftool -all= FILE), so that nobody "
                               "learns where you live");
    }
}

static void check_change(const struct merge *merge, const struct merge_change *change,
                         struct diags *diags)
{
    struct arena scratch = {0};
    struct text *text = arena_zalloc(diags->arena, 1, sizeof *text);
    struct diags ignored; /* that it cannot be read is told by the build */
    diags_init(&ignored, &scratch);
    text->path = source_printable(diags->arena, change->in_site);
    struct look look = {.path = change->in_site, .span = span_file(text), .diags = diags};
    look.beside_bio = str_has(look.path, STR("/members/"));
    bool content = path_inside(look.path, STR("content")) && !str_ends(look.path, STR(".md"));
    if ((content || has_picture_name(look.path)) && merge_size(merge, change->new_id) > 0 &&
        merge_read(merge, change->new_id, look.path, READ_MOST, &scratch, &ignored, &look.bytes) ==
            0)
        check_picture(&look);
    arena_release(&scratch);
}

void pictures_check(const struct merge *merge, struct diags *diags)
{
    size_t count;
    const struct merge_change *changes = merge_changes(merge, &count);
    for (size_t i = 0; i < count; i++) {
        const struct merge_change *change = &changes[i];
        bool is_file = change->new_mode == MERGE_FILE || change->new_mode == MERGE_EXECUTABLE;
        if (change->in_site.len > 0 && is_file)
            check_change(merge, change, diags);
    }
}
