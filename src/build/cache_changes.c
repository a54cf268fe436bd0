#include "build/cache_changes.h"
#include "base/hash.h"
#include "base/vec.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>

#define MAGIC "copse changes 1\n"

enum { CHANGES_MOST = 16 * 1024 * 1024 };

/* No gaps, so that all of it can be written as it lies. */
struct head {
    char magic[16];
    uint64_t belongs;
    uint64_t count;
    uint64_t checksum; /* of all behind it */
};

struct stretch {
    uint64_t address;
    uint64_t size;
};

struct stretches {
    struct stretch *items;
    size_t count, capacity;
};

struct gathering {
    struct arena arena;
    struct stretches stretches;
    size_t bytes;
};

const char *cache_changes_path(const char *cache, struct arena *arena)
{
    /* Not one of those that cache_newest() looks at. */
    struct str path = str_from(cache);
    size_t slash = path.len;
    while (slash > 0 && path.ptr[slash - 1] != '/')
        slash--;
    return arena_printf(arena, "%.*schanges-%.*s", (int)slash, path.ptr, (int)(path.len - slash),
                        path.ptr + slash)
        .ptr;
}

static void gather(void *context, const char *start, size_t size)
{
    struct gathering *gathering = context;
    *vec_push(&gathering->arena, &gathering->stretches) =
        (struct stretch){(uint64_t)(uintptr_t)start, size};
    gathering->bytes += size;
}

static uint64_t sum_parts(const struct str *parts, size_t count)
{
    uint64_t sum = count;
    for (size_t i = 0; i < count; i++)
        sum = hash_large(parts[i], sum);
    return sum;
}

int cache_changes_write(const struct fs *fs, const char *cache, uint64_t belongs,
                        const struct region *const *regions, size_t count)
{
    struct gathering gathering = {.arena = {0}};
    int error = 0;
    for (size_t i = 0; i < count && error == 0; i++)
        error = region_changes(fs, regions[i], gather, &gathering);
    if (error == 0 && gathering.bytes > CHANGES_MOST)
        error = E2BIG;
    if (error == 0) {
        const struct stretches *all = &gathering.stretches;
        struct str *parts = arena_zalloc(&gathering.arena, all->count + 2, sizeof *parts);
        struct head head = {.belongs = belongs, .count = all->count};
        memcpy(head.magic, MAGIC, sizeof head.magic);
        parts[0] = (struct str){(const char *)&head, sizeof head};
        parts[1] = (struct str){(const char *)all->items, all->count * sizeof *all->items};
        for (size_t i = 0; i < all->count; i++)
            parts[2 + i] = (struct str){(const char *)(uintptr_t)all->items[i].address,
                                        (size_t)all->items[i].size};
        head.checksum = sum_parts(parts + 1, all->count + 1);
        error = fs_write_parts(fs, AT_FDCWD, cache_changes_path(cache, &gathering.arena), parts,
                               all->count + 2);
    }
    arena_release(&gathering.arena);
    return error;
}

static const struct head *head_of(struct str changes)
{
    return (const struct head *)(const void *)changes.ptr;
}

/* The stretches and their bytes; each of `parts` as it was summed. */
static bool split(struct str changes, struct arena *arena, struct str **parts)
{
    if (changes.len < sizeof(struct head))
        return false;
    uint64_t count = head_of(changes)->count;
    struct str rest = str_after(changes, sizeof(struct head));
    if (count > rest.len / sizeof(struct stretch))
        return false;
    *parts = arena_zalloc(arena, (size_t)count + 1, sizeof **parts);
    (*parts)[0] = str_sub(rest, 0, (size_t)count * sizeof(struct stretch));
    const struct stretch *stretches = (const void *)(*parts)[0].ptr;
    rest = str_after(rest, (*parts)[0].len);
    for (size_t i = 0; i < count; i++) {
        if (stretches[i].size > rest.len)
            return false;
        (*parts)[i + 1] = str_sub(rest, 0, (size_t)stretches[i].size);
        rest = str_after(rest, (size_t)stretches[i].size);
    }
    return rest.len == 0;
}

static bool is_whole(struct str changes, uint64_t belongs)
{
    struct arena scratch = {0};
    struct str *parts;
    bool whole =
        changes.len >= sizeof(struct head) &&
        memcmp(head_of(changes)->magic, MAGIC, sizeof head_of(changes)->magic) == 0 &&
        head_of(changes)->belongs == belongs && split(changes, &scratch, &parts) &&
        sum_parts(parts, (size_t)head_of(changes)->count + 1) == head_of(changes)->checksum;
    arena_release(&scratch);
    return whole;
}

struct str cache_changes_read(const struct fs *fs, const char *cache, uint64_t belongs,
                              struct arena *arena)
{
    struct str changes;
    const char *path = cache_changes_path(cache, arena);
    if (fs_read(fs, AT_FDCWD, path, (size_t)CHANGES_MOST * 2, arena, &changes) != 0 ||
        !is_whole(changes, belongs))
        return (struct str){0};
    return changes;
}

bool cache_changes_apply(struct str changes, struct region *region)
{
    struct arena scratch = {0};
    struct str *parts;
    bool good = split(changes, &scratch, &parts);
    for (size_t i = 0; good && i < head_of(changes)->count; i++) {
        const struct stretch *stretch = (const struct stretch *)(const void *)parts[0].ptr + i;
        uintptr_t base = (uintptr_t)region->base;
        if (stretch->address >= base && stretch->address - base < region->size)
            good = region_put(region, (const char *)(uintptr_t)stretch->address, parts[i + 1]);
    }
    arena_release(&scratch);
    return good;
}
