#include "build/picture_cache.h"
#include "base/vec.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define LETTERS "CPV1"

enum { HEAD = 4 + sizeof(struct digest), FILE_MOST = 512 << 20 };

static const int64_t DAY = INT64_C(86400) * 1000000000;

struct str picture_cache_name(struct digest key, struct arena *arena)
{
    return arena_printf(arena, "%016" PRIx64 "%016" PRIx64, key.high, key.low);
}

static const char *path_of(const struct picture_cache *cache, struct digest key,
                           struct arena *arena)
{
    struct str name = picture_cache_name(key, arena);
    return arena_printf(arena, "%s/%.*s", cache->folder, STR_ARG(name)).ptr;
}

static int write_file(const struct picture_cache *cache, const char *path, struct str bytes)
{
    char head[HEAD];
    struct digest digest = digest_of(bytes);
    memcpy(head, LETTERS, 4);
    memcpy(head + 4, &digest, sizeof digest);
    const struct str parts[] = {{head, HEAD}, bytes};
    return fs_write_parts(cache->fs, AT_FDCWD, path, parts, 2);
}

static bool read_file(const struct picture_cache *cache, const char *path, struct arena *arena,
                      struct str *bytes)
{
    struct str file;
    struct digest digest;
    if (fs_read(cache->fs, AT_FDCWD, path, FILE_MOST, arena, &file) != 0 || file.len < HEAD ||
        !str_starts(file, STR(LETTERS)))
        return false;
    memcpy(&digest, file.ptr + 4, sizeof digest);
    *bytes = str_after(file, HEAD);
    return digest_eq(digest, digest_of(*bytes));
}

bool picture_cache_holds(const struct picture_cache *cache, struct digest key)
{
    struct arena scratch = {0};
    struct fs_stat stat;
    struct str bytes;
    const char *path = path_of(cache, key, &scratch);
    bool held =
        fs_stat(cache->fs, AT_FDCWD, path, &stat) == 0 && stat.kind == FS_FILE && stat.size >= HEAD;
    /* Written once more, for the sake of its time. */
    if (held && stat.modified < cache->now - DAY)
        held = read_file(cache, path, &scratch, &bytes) && write_file(cache, path, bytes) == 0;
    arena_release(&scratch);
    return held;
}

bool picture_cache_get(const struct picture_cache *cache, struct digest key, struct arena *arena,
                       struct str *bytes)
{
    struct arena scratch = {0};
    bool found = read_file(cache, path_of(cache, key, &scratch), arena, bytes);
    arena_release(&scratch);
    return found;
}

int picture_cache_put(const struct picture_cache *cache, struct digest key, struct str bytes)
{
    struct arena scratch = {0};
    int error = write_file(cache, path_of(cache, key, &scratch), bytes);
    arena_release(&scratch);
    return error;
}

struct kept {
    struct str name;
    uint64_t size;
    int64_t modified;
};

struct kept_list {
    struct kept *items;
    size_t count, capacity;
};

static int oldest_first(const void *a, const void *b)
{
    const struct kept *first = a;
    const struct kept *second = b;
    if (first->modified != second->modified)
        return first->modified < second->modified ? -1 : 1;
    return str_cmp(first->name, second->name);
}

static void remove_oldest(const struct picture_cache *cache, int folder, struct kept_list *list,
                          uint64_t excess)
{
    if (list->count > 0)
        qsort(list->items, list->count, sizeof *list->items, oldest_first);
    for (size_t i = 0; i < list->count && excess > 0; i++) {
        if (fs_remove_file(cache->fs, folder, list->items[i].name.ptr) == 0)
            excess -= excess < list->items[i].size ? excess : list->items[i].size;
    }
}

void picture_cache_limit(const struct picture_cache *cache, uint64_t most, const struct map *used)
{
    struct arena arena = {0};
    struct kept_list list = {0};
    struct fs_entry *entries;
    size_t count;
    uint64_t total = 0;
    int folder;
    if (fs_open_folder(cache->fs, AT_FDCWD, cache->folder, FS_FOLLOW, &folder) != 0)
        return;
    if (fs_list(cache->fs, folder, &arena, &entries, &count) != 0)
        count = 0;
    for (size_t i = 0; i < count; i++) {
        struct fs_stat stat;
        if (entries[i].kind != FS_FILE || str_eq(entries[i].name, STR("library")) ||
            fs_stat(cache->fs, folder, entries[i].name.ptr, &stat) != 0)
            continue;
        total += stat.size;
        if (!map_has(used, entries[i].name))
            *vec_push(&arena, &list) = (struct kept){entries[i].name, stat.size, stat.modified};
    }
    if (total > most)
        remove_oldest(cache, folder, &list, total - most);
    fs_close(folder);
    arena_release(&arena);
}
