#include "build/picture_library.h"
#include "base/path.h"

#include <fcntl.h>
#include <inttypes.h>

enum { NOTE_MOST = 64 * 1024 };

/* How a file looks, in words; empty if it is not there. */
static struct str look(const struct fs *fs, const char *path, struct arena *arena)
{
    struct fs_stat stat;
    if (fs_stat(fs, AT_FDCWD, path, &stat) != 0 || stat.kind != FS_FILE)
        return (struct str){0};
    return arena_printf(arena, "%" PRIu64 " %" PRIu64 " %" PRId64 " %" PRId64, stat.size,
                        stat.inode, stat.modified, stat.changed);
}

/* The program lies beside copse: what a PATH names, or lies in the current folder, could be
 * anybody's. NULL where it cannot be told where copse lies. */
static const char *program_path(const struct fs *fs, struct arena *arena)
{
    struct str own;
    if (fs_real_path(fs, "/proc/self/exe", arena, &own) != 0)
        return NULL;
    return path_join(arena, path_folder(own), STR("copse-pictures")).ptr;
}

/* Lines: the program's path and look, the library's, the version. */
static bool read_note(const struct fs *fs, const char *path, struct str program_look,
                      struct arena *arena, struct picture_library *out)
{
    struct str rest;
    struct str lines[5];
    if (fs_read(fs, AT_FDCWD, path, NOTE_MOST, arena, &rest) != 0)
        return false;
    for (size_t i = 0; i < 5; i++) {
        if (!str_line(&rest, &lines[i]))
            return false;
    }
    if (!str_eq(lines[0], str_from(out->program)) || !str_eq(lines[1], program_look) ||
        lines[4].len == 0)
        return false;
    out->file = arena_str(arena, lines[2]);
    out->version = lines[4];
    return str_eq(lines[3], out->file.len > 0 ? look(fs, out->file.ptr, arena) : STR(""));
}

static void write_note(const struct fs *fs, const char *path, struct str program_look,
                       struct arena *arena, const struct picture_library *library)
{
    struct str file_look =
        library->file.len > 0 ? look(fs, library->file.ptr, arena) : (struct str){0};
    /* Without it the next build asks again: no more is lost. */
    (void)fs_write(fs, AT_FDCWD, path,
                   arena_printf(arena, "%s\n%.*s\n%.*s\n%.*s\n%.*s\n", library->program,
                                STR_ARG(program_look), STR_ARG(library->file), STR_ARG(file_look),
                                STR_ARG(library->version)));
}

void picture_library_find(const struct fs *fs, const char *folder, struct picture_client *client,
                          struct arena *arena, struct picture_library *out)
{
    struct str real;
    *out = (struct picture_library){.program = program_path(fs, arena)};
    client->program = out->program;
    if (!out->program)
        return;
    struct str program_look = look(fs, out->program, arena);
    const char *note = arena_printf(arena, "%s/library", folder).ptr;
    if (program_look.len == 0 || read_note(fs, note, program_look, arena, out)) {
        if (program_look.len == 0)
            out->version = (struct str){0};
        return;
    }
    out->version = (struct str){0};
    out->file = (struct str){0};
    if (!picture_client_start(client)) {
        out->fails = true;
        return;
    }
    out->version = arena_str(arena, client->hello.version);
    if (client->hello.library.len > 0 &&
        fs_real_path(fs, arena_cstr(arena, client->hello.library), arena, &real) == 0)
        out->file = real;
    write_note(fs, note, program_look, arena, out);
}

struct str picture_library_fonts(const struct fs *fs, struct arena *arena)
{
    static const char *const folders[] = {"/usr/share/fonts", "/usr/share/fonts/truetype",
                                          "/usr/share/fonts/opentype", "/usr/local/share/fonts"};
    struct buf look = {0};
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        struct fs_stat stat;
        if (fs_stat(fs, AT_FDCWD, folders[i], &stat) == 0)
            buf_addf(&look, "%s %" PRId64 "\n", folders[i], stat.modified);
    }
    struct str kept = arena_str(arena, buf_str(&look));
    buf_release(&look);
    return kept;
}
