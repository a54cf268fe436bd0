#include "base/region.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* Far from where Linux puts programs, heaps, libraries and stacks on 64-bit machines, and from the
 * shadows of the sanitisers. 64 GB each; only what is used costs memory. */
#define REGION_FIRST UINT64_C(0x200000000000)
#define REGION_APART UINT64_C(0x010000000000)
#define REGION_SIZE (UINT64_C(64) << 30)

/* What a large site fills is in large memory pages, which the system clears and hands out at a
 * third of the cost. A small site must not pay for one of them in each region. */
enum { SMALL_PAGES = 4 * 1024 * 1024 };

size_t region_page(void)
{
    long size = sysconf(_SC_PAGESIZE);
    return size > 0 ? (size_t)size : 4096;
}

bool region_open(struct region *region, enum region_place place)
{
    *region = (struct region){0};
    if (sizeof(void *) < 8)
        return false;
    void *wanted = (void *)(uintptr_t)(REGION_FIRST + (uint64_t)place * REGION_APART);
    void *base = mmap(wanted, (size_t)REGION_SIZE, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED_NOREPLACE, -1, 0);
    if (base == MAP_FAILED)
        return false;
    if (base != wanted) { /* kernels before 4.17 take the address as a wish */
        munmap(base, (size_t)REGION_SIZE);
        return false;
    }
    region->base = base;
    region->size = (size_t)REGION_SIZE;
    region->mapped = true;
    /* Only faster: where the system has no large pages, or will not, all is as before. */
    (void)madvise(region->base + SMALL_PAGES, region->size - SMALL_PAGES, MADV_HUGEPAGE);
    return true;
}

bool region_map(struct region *region, enum region_place place, int file, size_t offset,
                size_t size)
{
    if (!region_open(region, place))
        return false;
    if (size > region->size || offset % region_page() != 0) {
        region_close(region);
        return false;
    }
    if (size > 0 && mmap(region->base, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_FIXED, file,
                         (off_t)offset) == MAP_FAILED) {
        region_close(region);
        return false;
    }
    /* Past the end of the last file page the mapping is cleared, but not ours to write back. */
    size_t page = region_page();
    atomic_store(&region->used, (size + page - 1) / page * page);
    return true;
}

void region_close(struct region *region)
{
    if (region->mapped)
        munmap(region->base, region->size);
    *region = (struct region){0};
}

void *region_take(struct region *region, size_t size)
{
    const size_t align = _Alignof(max_align_t);
    if (!region->mapped || size > region->size - align)
        return NULL;
    size = (size + align - 1) / align * align;
    size_t start = atomic_fetch_add(&region->used, size);
    if (start > region->size - size) {
        atomic_fetch_sub(&region->used, size);
        return NULL;
    }
    return region->base + start;
}

bool region_holds(const struct region *region, const void *address)
{
    uintptr_t at = (uintptr_t)address;
    uintptr_t base = (uintptr_t)region->base;
    return region->mapped && at >= base && at - base < atomic_load(&region->used);
}

/* A page that was written to became the process's own (proc_pid_pagemap(5)): bit 63 says that it is
 * there, 62 that it was swapped out, 61 that it is a file's. */
static bool is_own(uint64_t entry)
{
    return (entry >> 62 & 1) != 0 || ((entry >> 63 & 1) != 0 && (entry >> 61 & 1) == 0);
}

static int tell_changes(const struct region *region, int pagemap, region_told *told, void *context)
{
    enum { AT_ONCE = 512 };
    uint64_t entries[AT_ONCE];
    size_t page = region_page();
    size_t count = (atomic_load(&region->used) + page - 1) / page;
    size_t first = SIZE_MAX; /* of a stretch */
    for (size_t at = 0; at <= count; at++) {
        if (at < count && at % AT_ONCE == 0) {
            size_t some = count - at < AT_ONCE ? count - at : AT_ONCE;
            off_t where = (off_t)(((uintptr_t)region->base / page + at) * sizeof *entries);
            ssize_t got = pread(pagemap, entries, some * sizeof *entries, where);
            if (got != (ssize_t)(some * sizeof *entries))
                return got < 0 ? errno : EIO;
        }
        bool own = at < count && is_own(entries[at % AT_ONCE]);
        if (own && first == SIZE_MAX)
            first = at;
        if (!own && first != SIZE_MAX) {
            told(context, region->base + first * page, (at - first) * page);
            first = SIZE_MAX;
        }
    }
    return 0;
}

int region_changes(const struct fs *fs, const struct region *region, region_told *told,
                   void *context)
{
    int pagemap;
    struct fs_stat stat;
    int error = fs_open_file(fs, AT_FDCWD, "/proc/self/pagemap", &pagemap, &stat);
    if (error)
        return error;
    error = tell_changes(region, pagemap, told, context);
    fs_close(pagemap);
    return error;
}

bool region_put(struct region *region, const char *start, struct str bytes)
{
    uintptr_t at = (uintptr_t)start;
    uintptr_t base = (uintptr_t)region->base;
    if (!region->mapped || at < base || at - base > region->size ||
        bytes.len > region->size - (at - base))
        return false;
    memcpy(region->base + (at - base), bytes.ptr, bytes.len);
    size_t end = (size_t)(at - base) + bytes.len;
    if (end > atomic_load(&region->used))
        atomic_store(&region->used, end);
    return true;
}
