#include "serve/folder.h"

#include "base/hash.h"
#include "base/path.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>

/* Deeper than any URL of a site. */
enum { MOST_DEPTH = 128 };

const char *folder_choose(const struct fs *fs, struct str site, unsigned port, struct arena *arena,
                          struct diags *diags)
{
    const char *cache = getenv("XDG_CACHE_HOME");
    const char *home = getenv("HOME");
    struct str base = {0};
    if (cache && cache[0] == '/')
        base = str_from(cache);
    else if (home && home[0] == '/')
        base = path_join(arena, str_from(home), STR(".cache"));
    if (base.len == 0) {
        diag_add(diags, SEVERITY_FAILURE, "preview", (struct span){0},
                 "there is no folder to build the preview in");
        diag_hint(diags, "set HOME, or XDG_CACHE_HOME, to a folder of yours");
        return NULL;
    }
    struct str parent = path_join(arena, base, STR("copse"));
    int error = fs_make_folders(fs, AT_FDCWD, parent.ptr);
    if (error) {
        diag_system(diags, (struct span){0}, error, "make the folder %s for the preview",
                    parent.ptr);
        diag_hint(diags, "set XDG_CACHE_HOME to a folder of yours");
        return NULL;
    }
    return arena_printf(arena, "%.*s/preview-%016" PRIx64 "-%u", STR_ARG(parent),
                        digest_of(site).low, port)
        .ptr;
}

const char *folder_for_state(const struct fs *fs, struct str wanted, const char *output,
                             struct arena *arena)
{
    const char *probe = arena_printf(arena, "%.*s/.preview", STR_ARG(wanted)).ptr;
    int error = fs_make_folders(fs, AT_FDCWD, arena_cstr(arena, wanted));
    if (!error)
        error = fs_create(fs, AT_FDCWD, probe, STR(""));
    if (!error || error == EEXIST)
        error = fs_remove_file(fs, AT_FDCWD, probe);
    return error ? arena_printf(arena, "%s-state", output).ptr : NULL;
}

static int clear(const struct fs *fs, int at, const char *name, int depth)
{
    struct arena arena = {0};
    struct fs_entry *entries = NULL;
    size_t count = 0;
    int folder = -1;
    int error = depth > MOST_DEPTH ? ELOOP : fs_open_folder(fs, at, name, FS_NO_FOLLOW, &folder);
    if (!error)
        error = fs_list(fs, folder, &arena, &entries, &count);
    for (size_t i = 0; i < count && !error; i++) {
        if (entries[i].kind == FS_FOLDER)
            error = clear(fs, folder, entries[i].name.ptr, depth + 1);
        else
            error = fs_remove_file(fs, folder, entries[i].name.ptr);
    }
    fs_close(folder);
    arena_release(&arena);
    return error ? error : fs_remove_folder(fs, at, name);
}

int folder_clear(const struct fs *fs, const char *path)
{
    int error = clear(fs, AT_FDCWD, path, 0);
    return error == ENOENT ? 0 : error;
}
