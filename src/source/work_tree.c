/* A site in a folder: listed and read as files, git only asked what it ignores. */
#include "source/ignore.h"
#include "source/source_internal.h"

#include "base/path.h"
#include "base/vec.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

struct walk {
    struct source *source;
    struct ignore *ignore; /* NULL: nothing is ignored */
    struct diags *diags;
};

static int read_file(struct source *source, unsigned worker, const struct source_file *file,
                     size_t limit, struct arena *arena, struct diags *diags, struct str *bytes)
{
    (void)worker;
    int error = fs_read(source->fs, source->folder, file->path.ptr, limit, arena, bytes);
    if (error == 0)
        return 0;
    struct span span = source_span(diags->arena, file->path);
    if (error == EFBIG)
        return diag_error(diags, "file-too-large", span,
                          "the file has more than the %zu bytes that are read at most", limit);
    return diag_system(diags, span, error, "read the file");
}

static const struct source_backend backend = {read_file};

static int walk_folder(struct walk *walk, int at, const char *name, struct str folder,
                       unsigned depth, bool only_tracked);

/* Whether the entry is left out because git ignores it; *only_tracked says that of a folder only
 * tracked files are wanted. */
static bool is_left_out(struct walk *walk, struct str path, struct str name, bool folder,
                        bool *only_tracked)
{
    if (walk->ignore == NULL)
        return false;
    if (!*only_tracked && !ignore_matches(walk->ignore, path, name, folder))
        return false;
    *only_tracked = folder;
    return !ignore_is_tracked(walk->ignore, path, folder);
}

static int take_entry(struct walk *walk, int at, struct str folder, const struct fs_entry *entry,
                      unsigned depth, bool only_tracked, struct arena *scratch)
{
    struct source *source = walk->source;
    struct str whole = path_join(scratch, folder, entry->name);
    if (is_left_out(walk, whole, entry->name, entry->kind == FS_FOLDER, &only_tracked))
        return 0;
    struct str path;
    if (source_check_name(source, folder, entry->name, walk->diags, &path) != 0)
        return 0;
    switch (entry->kind) {
    case FS_FOLDER: return walk_folder(walk, at, entry->name.ptr, path, depth + 1, only_tracked);
    case FS_SYMLINK: source_refuse_link(source, path, walk->diags); return 0;
    case FS_OTHER:
        source_refuse(source, path, "special-file",
                      "this is neither a file nor a folder, and cannot be part of a site",
                      walk->diags);
        return 0;
    case FS_FILE: break;
    }
    struct source_file file = {.path = path, .layer = SOURCE_SITE};
    if (source_area_of(path, &file.area))
        *vec_push(source->arena, &source->files) = file;
    return 0;
}

static bool has_entry(const struct fs_entry *entries, size_t count, struct str name)
{
    for (size_t i = 0; i < count; i++)
        if (str_eq(entries[i].name, name))
            return true;
    return false;
}

static void take_patterns(struct walk *walk, int handle)
{
    struct arena scratch = {0};
    struct str bytes;
    if (fs_read(walk->source->fs, handle, ".gitignore", (size_t)1 << 20, &scratch, &bytes) == 0)
        ignore_add(walk->ignore, bytes);
    arena_release(&scratch);
}

static int take_entries(struct walk *walk, int handle, struct str folder, unsigned depth,
                        bool only_tracked, struct arena *scratch)
{
    struct source *source = walk->source;
    struct fs_entry *entries;
    size_t count;
    int error = fs_list(source->fs, handle, scratch, &entries, &count);
    if (error != 0)
        return diag_system(walk->diags, source_span(source->arena, folder), error,
                           "list the folder");
    if (has_entry(entries, count, STR(".git"))) {
        source_refuse_submodule(source, folder, walk->diags);
        return 0;
    }
    if (walk->ignore != NULL && has_entry(entries, count, STR(".gitignore")))
        take_patterns(walk, handle);
    int result = 0;
    for (size_t i = 0; i < count && result == 0; i++)
        result = take_entry(walk, handle, folder, &entries[i], depth, only_tracked, scratch);
    return result;
}

/* Recursion is bounded by SOURCE_MAX_DEPTH. */
static int walk_folder(struct walk *walk, int at, const char *name, struct str folder,
                       unsigned depth, bool only_tracked)
{
    struct source *source = walk->source;
    if (depth > SOURCE_MAX_DEPTH) {
        source_refuse_depth(source, folder, walk->diags);
        return 0;
    }
    int handle;
    int error = fs_open_folder(source->fs, at, name, FS_NO_FOLLOW, &handle);
    if (error != 0)
        return diag_system(walk->diags, source_span(source->arena, folder), error,
                           "open the folder");
    source_watch(source, path_join(source->arena, source->place->folder, folder).ptr);
    struct arena scratch = {0};
    int result = take_entries(walk, handle, folder, depth, only_tracked, &scratch);
    arena_release(&scratch);
    fs_close(handle);
    return result;
}

static int list_area(struct walk *walk, struct str name)
{
    struct source *source = walk->source;
    struct fs_stat found;
    int error = fs_stat(source->fs, source->folder, name.ptr, &found);
    if (error == ENOENT) {
        source_watch(source, path_join(source->arena, source->place->folder, name).ptr);
        return 0;
    }
    if (error != 0)
        return diag_system(walk->diags, source_span(source->arena, name), error,
                           "look at the folder");
    if (found.kind == FS_FILE) {
        source_refuse(source, name, "special-file", "this is a file, but a folder belongs here",
                      walk->diags);
        return 0;
    }
    struct fs_entry entry = {.name = name, .kind = found.kind};
    return take_entry(walk, source->folder, (struct str){0}, &entry, 0, false, source->arena);
}

int source_list_work_tree(struct source *source, struct diags *diags)
{
    if (!source->place->has_content) {
        diag_add(diags, SEVERITY_ERROR, "source", (struct span){0},
                 "there is no folder content/ in %.*s or above it", STR_ARG(source->place->folder));
        diag_hint(diags, "go to the folder of your site, name it with -C, or begin a new one with "
                         "`copse init`");
        return -1;
    }
    source->backend = &backend;
    int error =
        fs_open_folder(source->fs, AT_FDCWD, source->place->folder.ptr, FS_FOLLOW, &source->folder);
    if (error != 0)
        return diag_system(diags, source_span(source->arena, source->place->folder), error,
                           "open the folder");
    size_t before = diags->count;
    struct walk walk = {.source = source, .ignore = ignore_new(source, diags), .diags = diags};
    int result = diags->count > before ? -1 : 0;
    for (size_t i = 0; i < 3 && result == 0; i++)
        result = list_area(&walk, source_area_names[i]);
    ignore_free(walk.ignore);
    return result;
}
