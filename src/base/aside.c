#include "base/aside.h"
#include "base/mem.h"

#include <fcntl.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum { BLOCK = 256 * 1024 };

/* Address space alone: what is not written costs nothing. */
#define MAPPED (UINT64_C(64) << 30)

struct aside {
    const struct fs *fs;
    int file;
    char *base;
    atomic_size_t used; /* of the file, whole blocks */
    atomic_bool mixed;  /* some are in memory, from where there is no way back */
};

struct aside *aside_new(const struct fs *fs, const char *folder)
{
    int file;
    if (sizeof(void *) < 8 || fs_open_unnamed(fs, AT_FDCWD, folder, &file) != 0)
        return NULL;
    void *base = mmap(NULL, (size_t)MAPPED, PROT_READ, MAP_SHARED | MAP_NORESERVE, file, 0);
    if (base == MAP_FAILED) {
        fs_close(file);
        return NULL;
    }
    struct aside *aside = mem_zalloc(1, sizeof *aside);
    aside->fs = fs;
    aside->file = file;
    aside->base = base;
    return aside;
}

void aside_free(struct aside *aside)
{
    if (!aside)
        return;
    munmap(aside->base, (size_t)MAPPED);
    fs_close(aside->file);
    free(aside);
}

/* The disk does not take the block: memory lies in its place from now on. */
static void keep_in_memory(struct aside *aside, const struct aside_writer *writer)
{
    char *place = aside->base + writer->offset;
    atomic_store(&aside->mixed, true);
    if (mmap(place, BLOCK, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1,
             0) == MAP_FAILED)
        mem_exhausted(BLOCK);
    memcpy(place, writer->block, writer->used);
}

static void end_block(struct aside *aside, struct aside_writer *writer)
{
    if (writer->used > 0 && fs_write_at(aside->fs, aside->file, writer->offset,
                                        (struct str){writer->block, writer->used}) != 0)
        keep_in_memory(aside, writer);
    writer->used = 0;
}

void aside_flush(struct aside *aside, struct aside_writer *writer)
{
    end_block(aside, writer);
    free(writer->block);
    *writer = (struct aside_writer){0};
}

const char *aside_put(struct aside *aside, struct aside_writer *writer, struct str bytes)
{
    if (bytes.len > BLOCK)
        return NULL;
    if (!writer->block || bytes.len > BLOCK - writer->used) {
        end_block(aside, writer);
        size_t offset = atomic_fetch_add(&aside->used, BLOCK);
        if (offset > (size_t)MAPPED - BLOCK)
            return NULL;
        if (!writer->block)
            writer->block = mem_alloc(BLOCK);
        writer->offset = offset;
    }
    const char *place = aside->base + writer->offset + writer->used;
    if (bytes.len > 0)
        memcpy(writer->block + writer->used, bytes.ptr, bytes.len);
    writer->used += bytes.len;
    return place;
}

bool aside_has(const struct aside *aside, const char *bytes)
{
    return bytes >= aside->base && bytes < aside->base + MAPPED;
}

void aside_let_go(struct aside *aside)
{
    if (!atomic_load(&aside->mixed))
        madvise(aside->base, atomic_load(&aside->used), MADV_DONTNEED);
}
