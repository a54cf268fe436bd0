#include "build/unchanged_folders.h"
#include "base/path.h"

#include <fcntl.h>
#include <string.h>

static bool is_source(const struct cache *cache, struct str path)
{
    static const struct source_signature embedded;
    const struct cache_source *source = cache_find(cache, path);
    return source && memcmp(&source->signature, &embedded, sizeof embedded) != 0;
}

static bool is_watched(const struct cache *cache, struct str path)
{
    for (size_t i = 0; i < cache->watched_count; i++) {
        struct str known = {cache->paths.ptr + cache->watched[i].path_at,
                            cache->watched[i].path_length};
        if (str_eq(known, path))
            return true;
    }
    return false;
}

static bool is_known(const struct build_options *options, const struct cache *cache,
                     struct str folder, const struct fs_entry *entry, struct arena *scratch)
{
    struct str path = path_join(scratch, folder, entry->name);
    if (entry->kind == FS_FOLDER)
        return is_watched(cache, path);
    return entry->kind == FS_FILE &&
           is_source(cache, str_after(path, options->place->folder.len + 1));
}

bool unchanged_folder(const struct build_options *options, const struct cache *cache,
                      struct str path)
{
    struct arena scratch = {0};
    struct fs_entry *entries;
    size_t count;
    int handle;
    struct str site = options->place->folder;
    if (path.len <= site.len || !path_inside(path, site) ||
        fs_open_folder(options->fs, AT_FDCWD, path.ptr, FS_NO_FOLLOW, &handle) != 0)
        return false;
    bool known = fs_list(options->fs, handle, &scratch, &entries, &count) == 0;
    fs_close(handle);
    for (size_t i = 0; known && i < count; i++)
        known = is_known(options, cache, path, &entries[i], &scratch);
    arena_release(&scratch);
    return known;
}
