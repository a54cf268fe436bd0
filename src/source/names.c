/* Names and paths of a source: which are taken, which are refused, how they are shown. */
#include "base/path.h"
#include "base/utf8.h"
#include "source/source_internal.h"

#include <string.h>

const struct str source_area_names[3] = {STR_INIT("content"), STR_INIT("layouts"),
                                         STR_INIT("assets")};

bool source_area_of(struct str path, enum source_area *area)
{
    for (size_t i = 0; i < 3; i++) {
        if (path_inside(path, source_area_names[i])) {
            *area = (enum source_area)i;
            return true;
        }
    }
    return false;
}

struct span source_span(struct arena *arena, struct str path)
{
    if (path.len == 0)
        return (struct span){0};
    struct text *text = arena_zalloc(arena, 1, sizeof *text);
    text->path = source_printable(arena, arena_str(arena, path));
    return span_file(text);
}

void source_refuse(struct source *source, struct str path, const char *code, const char *what,
                   struct diags *diags)
{
    (void)source;
    diag_error(diags, code, source_span(diags->arena, path), "%s", what);
}

void source_refuse_link(struct source *source, struct str path, struct diags *diags)
{
    source_refuse(source, path, "symbolic-link",
                  "this is a symbolic link, which could lead anywhere", diags);
    diag_hint(diags, "put the file itself here");
}

void source_refuse_submodule(struct source *source, struct str path, struct diags *diags)
{
    source_refuse(source, path, "submodule", "this folder is a git repository of its own", diags);
    diag_hint(diags, "copy its files into this repository in its place");
}

void source_refuse_depth(struct source *source, struct str path, struct diags *diags)
{
    source_refuse(source, path, "file-name", "the folders here are nested too deeply", diags);
    diag_hint(diags, "move the files up; %d folders deep is the most", SOURCE_MAX_DEPTH);
}

int source_check_name(struct source *source, struct str folder, struct str name,
                      struct diags *diags, struct str *path)
{
    *path = path_join(source->arena, folder, name);
    if (name.len == 0 || str_eq(name, STR(".")) || str_eq(name, STR("..")) ||
        str_eq_nocase(name, STR(".git")) || memchr(name.ptr, '/', name.len) ||
        memchr(name.ptr, '\0', name.len)) {
        source_refuse(source, *path, "file-name", "this is no name that a file can have", diags);
        return -1;
    }
    if (utf8_invalid(name) != STR_NONE) {
        source_refuse(source, *path, "file-name", "this file's name is not UTF-8 text", diags);
        diag_hint(diags, "rename it, best with letters a-z, digits and dashes");
        return -1;
    }
    if (path->len > SOURCE_MAX_PATH) {
        source_refuse(source, str_sub(*path, 0, 200), "file-name",
                      "the path of this file is too long", diags);
        diag_hint(diags, "%d bytes is the most: give it and its folders shorter names",
                  SOURCE_MAX_PATH);
        return -1;
    }
    return 0;
}

struct str source_printable(struct arena *arena, struct str path)
{
    struct buf shown = {0};
    bool changed = false;
    for (size_t at = 0, len; at < path.len; at += len) {
        uint32_t code_point = utf8_decode(str_after(path, at), &len);
        unsigned char byte = (unsigned char)path.ptr[at];
        bool bad = code_point < 0x20 || code_point == 0x7F || (code_point == 0xFFFD && len == 1);
        /* Marks that turn the direction of writing would make a message lie. */
        bool turning = (code_point >= 0x202A && code_point <= 0x202E) ||
                       (code_point >= 0x2066 && code_point <= 0x2069);
        changed = changed || bad || turning;
        if (turning)
            buf_addf(&shown, "\\u%04x", (unsigned)code_point);
        else if (bad)
            buf_addf(&shown, "\\x%02x", byte);
        else
            buf_add(&shown, str_sub(path, at, at + len));
    }
    struct str text = changed ? arena_str(arena, buf_str(&shown)) : path;
    buf_release(&shown);
    return text;
}
