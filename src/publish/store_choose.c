#include "publish/store_internal.h"

#include "base/path.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>

static int refuse(const struct store *store, struct diags *diags, const char *why)
{
    diag_error(diags, "output-folder", (struct span){0}, "the site cannot be written to %s: %s",
               store->options.output, why);
    diag_hint(diags,
              "Choose another folder with -o; public/ in the site's folder is the usual one.");
    return -1;
}

/* Whether `path` is the folder that `name` names, or lies in it. A folder that is not there holds
 * nothing. */
static bool lies_in(const struct store *store, struct str path, const char *name)
{
    struct str folder;
    return name && fs_real_path(store->options.fs, name, store->arena, &folder) == 0 &&
           path_inside(path, folder);
}

static bool is_same(const struct store *store, struct str path, const char *name)
{
    struct str folder;
    return name && fs_real_path(store->options.fs, name, store->arena, &folder) == 0 &&
           str_eq(path, folder);
}

static bool has(const struct store *store, const char *name)
{
    struct fs_stat stat;
    struct str path = path_join(store->arena, store->real, str_from(name));
    return fs_stat(store->options.fs, AT_FDCWD, path.ptr, &stat) == 0;
}

/* A work tree's root has .git (a folder, or a file in a linked one); a bare repository is one by
 * what it holds. */
static bool is_repository(const struct store *store)
{
    return has(store, ".git") ||
           (has(store, "HEAD") && has(store, "objects") && has(store, "refs"));
}

static int check(const struct store *store, struct diags *diags)
{
    static const char *const sources[] = {"content", "layouts", "assets"};
    const struct store_options *options = &store->options;
    struct str real = store->real;
    struct str site = {0};
    if (str_eq(real, STR("/")))
        return refuse(store, diags, "it is the root folder of this machine");
    if (is_same(store, real, getenv("HOME")))
        return refuse(store, diags, "it is your home folder");
    if (fs_real_path(options->fs, options->site, store->arena, &site) != 0)
        site = str_from(options->site);
    for (size_t i = 0; i < sizeof sources / sizeof *sources; i++) {
        const char *source = path_join(store->arena, site, str_from(sources[i])).ptr;
        if (lies_in(store, real, source))
            return refuse(store, diags, "that is where the site's own sources are");
    }
    if (str_eq(site, real))
        return refuse(store, diags, "it is the site's own folder");
    if (path_inside(site, real))
        return refuse(store, diags, "it holds the site's own folder");
    if (str_has(real, STR("/.git/")) || str_ends(real, STR("/.git")) ||
        lies_in(store, real, options->state))
        return refuse(store, diags, "that folder is git's or copse's own");
    if (is_repository(store))
        return refuse(store, diags, "it is a git repository");
    return 0;
}

/* The real path of a folder that may not be there yet: that of the nearest one above that is, and
 * the rest as it is written. */
static int resolve(struct store *store, struct diags *diags)
{
    const struct fs *fs = store->options.fs;
    struct str path = str_from(store->options.output);
    while (path.len > 1 && path.ptr[path.len - 1] == '/')
        path.len--;
    struct str missing = {0};
    struct str above = path;
    int error = fs_real_path(fs, arena_cstr(store->arena, above), store->arena, &store->real);
    while (error == ENOENT && above.len > 0) {
        struct str name = path_name(above);
        if (str_eq(name, STR("..")))
            break;
        above = path_folder(above);
        if (name.len > 0 && !str_eq(name, STR(".")))
            missing = missing.len > 0 ? path_join(store->arena, name, missing) : name;
        bool rooted = path.len > 0 && path.ptr[0] == '/';
        const char *start = above.len > 0 ? arena_cstr(store->arena, above) : rooted ? "/" : ".";
        error = fs_real_path(fs, start, store->arena, &store->real);
    }
    if (error)
        return diag_system(diags, (struct span){0}, error, "use %s for the site",
                           store->options.output);
    if (missing.len > 0) {
        struct str rest = missing;
        struct str first;
        str_split(&rest, '/', &first);
        struct str root = str_eq(store->real, STR("/")) ? (struct str){"", 0} : store->real;
        store->made_from = arena_printf(store->arena, "%.*s/%.*s", STR_ARG(root), STR_ARG(first));
        store->real = arena_printf(store->arena, "%.*s/%.*s", STR_ARG(root), STR_ARG(missing));
    }
    return 0;
}

int store_choose(struct store *store, struct diags *diags)
{
    if (resolve(store, diags) != 0)
        return -1;
    return check(store, diags);
}
