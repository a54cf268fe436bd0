#include "source/place.h"

#include "base/path.h"
#include "source/source_internal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>

/* Whether `folder` holds an entry `name`, of any kind. */
static bool holds(const struct fs *fs, struct arena *arena, struct str folder, const char *name)
{
    struct fs_stat found;
    struct str path = path_join(arena, folder, str_from(name));
    return fs_stat(fs, AT_FDCWD, arena_cstr(arena, path), &found) == 0;
}

static bool holds_content(const struct fs *fs, struct arena *arena, struct str folder)
{
    struct fs_stat found;
    struct str path = path_join(arena, folder, STR("content"));
    /* A link counts, so that it is refused by name when the site is listed. */
    return fs_stat(fs, AT_FDCWD, arena_cstr(arena, path), &found) == 0 &&
           (found.kind == FS_FOLDER || found.kind == FS_SYMLINK);
}

/* The nearest folder with content/, from `start` upwards; empty if there is none. */
static struct str search(const struct fs *fs, struct arena *arena, struct str start)
{
    for (struct str folder = start;;) {
        if (holds_content(fs, arena, folder))
            return folder;
        size_t slash = str_rfind_byte(folder, '/');
        if (slash == STR_NONE || folder.len <= 1 || holds(fs, arena, folder, ".git"))
            return (struct str){0};
        folder = str_sub(folder, 0, slash == 0 ? 1 : slash);
    }
}

static struct str without_slash(struct str path)
{
    while (path.len > 1 && path.ptr[path.len - 1] == '/')
        path.len--;
    return path;
}

static void take_repository(git_repository *repository, struct arena *arena,
                            struct source_place *out)
{
    struct str git_folder = str_from(git_repository_path(repository));
    if (git_repository_is_bare(repository)) {
        out->bare = true;
        out->git_folder = arena_str(arena, git_folder);
        out->folder = arena_str(arena, without_slash(git_folder));
        out->has_content = false;
        return;
    }
    struct str work = without_slash(str_from(git_repository_workdir(repository)));
    /* A configuration can point the work tree anywhere; then these files are not its own. */
    if (!path_inside(out->folder, work) && !(work.len == 1 && work.ptr[0] == '/'))
        return;
    out->git_folder = arena_str(arena, git_folder);
    struct str rest = str_after(out->folder, work.len);
    while (rest.len > 0 && rest.ptr[0] == '/')
        rest = str_after(rest, 1);
    out->prefix = arena_str(arena, rest);
}

static int find_repository(struct arena *arena, struct diags *diags, struct source_place *out)
{
    git_repository *repository = NULL;
    int error = git_repository_open_ext(&repository, out->folder.ptr, 0, NULL);
    if (error == GIT_ENOTFOUND)
        return 0;
    if (error != 0)
        return source_git_failed(diags, out->folder, "open the git repository");
    take_repository(repository, arena, out);
    git_repository_free(repository);
    return 0;
}

int source_find_site(const struct fs *fs, const char *start, struct arena *arena,
                     struct diags *diags, struct source_place *out)
{
    *out = (struct source_place){.prefix = STR("")};
    int handle;
    int error = fs_open_folder(fs, AT_FDCWD, start, FS_FOLLOW, &handle);
    if (error != 0)
        return diag_system(diags, source_span(arena, str_from(start)), error, "open the folder");
    fs_close(handle);
    char *absolute = realpath(start, NULL);
    if (absolute == NULL)
        return diag_system(diags, source_span(arena, str_from(start)), errno, "open the folder");
    struct str here = arena_str(arena, str_from(absolute));
    free(absolute);
    struct str site = search(fs, arena, here);
    out->has_content = site.len > 0;
    out->folder = out->has_content ? arena_str(arena, site) : here;
    /* Kept until the process ends: a source is opened next, and starting libgit2 a second time
     * would read all certificates of the system again (15 ms). */
    source_git_begin();
    return find_repository(arena, diags, out);
}
