#include "build/cache_changes.h"
#include "base/buf.h"
#include "base/hash.h"
#include "base/vec.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>

#define MAGIC "copse changes 2\n"

enum {
    FILE_MOST = 16 * 1024 * 1024,
    BATCH_MOST = FILE_MOST / 2 /* else the next ones had no room */
};

/* No gaps in any of these, so that all can be written as they lie. */
struct head {
    char magic[16];
    uint64_t belongs;
};

struct batch {
    uint64_t count;
    uint64_t size;
    uint64_t checksum;
};

struct stretch {
    uint64_t address;
    uint64_t size;
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

/* ---- reading */

/* Bytes lie in the file as they come, so numbers may lie at any address. */
static bool take(struct str *from, void *into, size_t size)
{
    if (from->len < size)
        return false;
    memcpy(into, from->ptr, size);
    *from = str_after(*from, size);
    return true;
}

/* The next of `batches`: its stretches and their bytes, one behind the other. */
static bool next_batch(struct str *batches, struct batch *batch, struct str *rest)
{
    if (!take(batches, batch, sizeof *batch) || batch->size > batches->len ||
        batch->count > batch->size / sizeof(struct stretch))
        return false;
    *rest = str_sub(*batches, 0, (size_t)batch->size);
    *batches = str_after(*batches, (size_t)batch->size);
    return true;
}

/* The next stretch of a batch, of which the first are left. */
static bool next_stretch(struct str *stretches, struct str *bytes, struct stretch *stretch,
                         struct str *found)
{
    if (!take(stretches, stretch, sizeof *stretch) || stretch->size > bytes->len)
        return false;
    *found = str_sub(*bytes, 0, (size_t)stretch->size);
    *bytes = str_after(*bytes, (size_t)stretch->size);
    return true;
}

/* Calls `seen` for each stretch of all batches, in the order in which they came. */
static bool each_stretch(struct str batches,
                         bool seen(void *context, const struct stretch *stretch, struct str bytes),
                         void *context)
{
    struct batch batch;
    struct str rest;
    while (next_batch(&batches, &batch, &rest)) {
        size_t heads = (size_t)batch.count * sizeof(struct stretch);
        struct str stretches = str_sub(rest, 0, heads);
        struct str bytes = str_after(rest, heads);
        struct stretch stretch;
        struct str found;
        for (uint64_t i = 0; i < batch.count; i++) {
            if (!next_stretch(&stretches, &bytes, &stretch, &found) ||
                !seen(context, &stretch, found))
                return false;
        }
    }
    return true;
}

/* How much of the file is batches that are whole. */
static size_t whole(struct str batches)
{
    struct batch batch;
    struct str rest;
    struct str left = batches;
    size_t end = 0;
    while (next_batch(&left, &batch, &rest) && hash_large(rest, batch.count) == batch.checksum)
        end = batches.len - left.len;
    return end;
}

void cache_changes_open(const struct fs *fs, const char *cache, uint64_t belongs,
                        struct cache_changes *out)
{
    int file;
    struct fs_stat stat;
    struct head head;
    struct arena scratch = {0};
    *out = (struct cache_changes){0};
    int error = fs_open_file(fs, AT_FDCWD, cache_changes_path(cache, &scratch), &file, &stat);
    arena_release(&scratch);
    if (error)
        return;
    if (stat.size >= sizeof head && stat.size <= FILE_MOST &&
        region_map(&out->file, REGION_CHANGES, file, 0, (size_t)stat.size)) {
        struct str all = {out->file.base, (size_t)stat.size};
        if (take(&all, &head, sizeof head) && memcmp(head.magic, MAGIC, sizeof head.magic) == 0 &&
            head.belongs == belongs)
            out->batches = str_sub(all, 0, whole(all));
        if (out->batches.len > 0 && out->batches.len == all.len)
            out->end = stat.size;
    }
    fs_close(file);
}

void cache_changes_close(struct cache_changes *changes)
{
    region_close(&changes->file);
    *changes = (struct cache_changes){0};
}

static bool put(void *context, const struct stretch *stretch, struct str bytes)
{
    struct region *region = context;
    uintptr_t base = (uintptr_t)region->base;
    return stretch->address < base || stretch->address - base >= region->size ||
           region_put(region, (const char *)(uintptr_t)stretch->address, bytes);
}

bool cache_changes_apply(const struct cache_changes *changes, struct region *region)
{
    return each_stretch(changes->batches, put, region);
}

/* ---- writing */

struct gathering {
    struct arena arena;
    const char **pages; /* as the file had them last: a table by address; NULL: all are wanted */
    uint64_t *addresses;
    size_t mask;
    struct stretches {
        struct stretch *items;
        size_t count, capacity;
    } stretches;
    size_t bytes;
};

static size_t slot_of(const struct gathering *gathering, uint64_t address)
{
    size_t at = (size_t)(address / region_page()) & gathering->mask;
    while (gathering->addresses[at] != 0 && gathering->addresses[at] != address)
        at = (at + 1) & gathering->mask;
    return at;
}

static bool note_pages(void *context, const struct stretch *stretch, struct str bytes)
{
    struct gathering *gathering = context;
    size_t page = region_page();
    for (size_t at = 0; at + page <= bytes.len; at += page) {
        size_t slot = slot_of(gathering, stretch->address + at);
        gathering->addresses[slot] = stretch->address + at;
        gathering->pages[slot] = bytes.ptr + at;
    }
    return true;
}

/* So that what comes again as it was need not be written again. */
static bool note_former(struct gathering *gathering, const struct cache_changes *changes)
{
    size_t room = 2;
    while (room < changes->batches.len / region_page() * 2 + 2)
        room *= 2;
    gathering->mask = room - 1;
    gathering->addresses = arena_zalloc(&gathering->arena, room, sizeof *gathering->addresses);
    gathering->pages = arena_zalloc(&gathering->arena, room, sizeof *gathering->pages);
    return each_stretch(changes->batches, note_pages, gathering);
}

static void gather(void *context, const char *start, size_t size)
{
    struct gathering *gathering = context;
    struct stretches *all = &gathering->stretches;
    size_t page = region_page();
    for (size_t at = 0; at < size; at += page) {
        uint64_t address = (uint64_t)(uintptr_t)(start + at);
        size_t slot = gathering->pages ? slot_of(gathering, address) : 0;
        if (gathering->pages && gathering->addresses[slot] != 0 &&
            memcmp(gathering->pages[slot], start + at, page) == 0)
            continue;
        struct stretch *last = all->count > 0 ? &all->items[all->count - 1] : NULL;
        if (last && last->address + last->size == address)
            last->size += page;
        else
            *vec_push(&gathering->arena, all) = (struct stretch){address, page};
        gathering->bytes += page;
    }
}

static int gather_all(const struct fs *fs, const struct region *const *regions, size_t count,
                      struct gathering *gathering)
{
    int error = 0;
    for (size_t i = 0; i < count && error == 0; i++)
        error = region_changes(fs, regions[i], gather, gathering);
    return error;
}

/* Behind `first`, the head of the file; or, if that is empty, behind what is there. */
static int write_batch(const struct fs *fs, const char *path, struct str first, uint64_t end,
                       struct gathering *gathering)
{
    const struct stretches *all = &gathering->stretches;
    size_t heads = all->count * sizeof *all->items;
    /* Summed as it will be mapped: in one piece. */
    struct buf rest = {0};
    buf_add(&rest, (struct str){(const char *)all->items, heads});
    for (size_t i = 0; i < all->count; i++)
        buf_add(&rest, (struct str){(const char *)(uintptr_t)all->items[i].address,
                                    (size_t)all->items[i].size});
    struct batch batch = {all->count, rest.len, hash_large(buf_str(&rest), all->count)};
    const struct str parts[] = {first, {(const char *)&batch, sizeof batch}, buf_str(&rest)};
    int error = first.len > 0 ? fs_write_parts(fs, AT_FDCWD, path, parts, 3)
                              : fs_append_parts(fs, AT_FDCWD, path, end, parts, 3);
    buf_release(&rest);
    return error;
}

/* A batch more, where there is room for it. */
static int add_batch(const struct fs *fs, const char *path, const struct cache_changes *changes,
                     const struct region *const *regions, size_t count)
{
    struct gathering gathering = {.arena = {0}};
    int error = changes->end > 0 && note_former(&gathering, changes) ? 0 : E2BIG;
    if (error == 0)
        error = gather_all(fs, regions, count, &gathering);
    if (error == 0 && changes->end + gathering.bytes * 2 > FILE_MOST)
        error = E2BIG;
    if (error == 0)
        error = write_batch(fs, path, (struct str){0}, changes->end, &gathering);
    arena_release(&gathering.arena);
    return error;
}

static int write_anew(const struct fs *fs, const char *path, uint64_t belongs,
                      const struct region *const *regions, size_t count)
{
    struct gathering gathering = {.arena = {0}};
    struct head head = {.belongs = belongs};
    memcpy(head.magic, MAGIC, sizeof head.magic);
    int error = gather_all(fs, regions, count, &gathering);
    if (error == 0 && gathering.bytes > BATCH_MOST)
        error = E2BIG;
    if (error == 0)
        error =
            write_batch(fs, path, (struct str){(const char *)&head, sizeof head}, 0, &gathering);
    arena_release(&gathering.arena);
    return error;
}

int cache_changes_write(const struct fs *fs, const char *cache, uint64_t belongs,
                        const struct cache_changes *changes, const struct region *const *regions,
                        size_t count)
{
    struct arena scratch = {0};
    const char *path = cache_changes_path(cache, &scratch);
    int error = add_batch(fs, path, changes, regions, count);
    if (error)
        error = write_anew(fs, path, belongs, regions, count);
    arena_release(&scratch);
    return error;
}
