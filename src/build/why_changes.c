#include "build/why_changes.h"
#include "base/map.h"
#include "base/vec.h"

#include <string.h>

struct list {
    struct why_change *items;
    size_t count, capacity;
};

struct why_changes why_changes_find(const struct incremental *incremental, struct arena *arena)
{
    const struct cache *old = &incremental->old;
    struct list list = {0};
    struct map now;
    map_init(&now, arena);
    for (size_t i = 0; i < incremental->file_count; i++) {
        const struct source_file *file = &incremental->files[i];
        const struct cache_source *source = cache_find(old, file->path);
        map_put(&now, file->path, (void *)(uintptr_t)file);
        if (!source)
            *vec_push(arena, &list) = (struct why_change){file->path, "is new"};
        else if (memcmp(&source->signature, &incremental->signatures[i],
                        sizeof source->signature) != 0)
            *vec_push(arena, &list) = (struct why_change){file->path, "changed"};
    }
    for (size_t i = 0; i < old->source_count; i++) {
        struct str path = cache_path(old, &old->sources[i]);
        if (!map_has(&now, path))
            *vec_push(arena, &list) = (struct why_change){path, "is gone"};
    }
    return (struct why_changes){list.items, list.count};
}

struct str why_changes_say(const struct why_changes *changes, struct str start, struct arena *arena)
{
    const struct why_change *first = NULL;
    size_t more = 0;
    for (size_t i = 0; i < changes->count; i++) {
        if (!str_starts(changes->items[i].path, start))
            continue;
        more += first != NULL;
        first = first ? first : &changes->items[i];
    }
    if (!first)
        return (struct str){0};
    if (more == 0)
        return arena_printf(arena, "%.*s %s", STR_ARG(first->path), first->how);
    return arena_printf(arena, "%.*s %s (and %zu more %s)", STR_ARG(first->path), first->how, more,
                        more == 1 ? "file changed" : "files changed");
}
