#include "base/arena.h"
#include "base/format.h"
#include "base/mem.h"
#include "base/region.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { ARENA_ALIGN = _Alignof(max_align_t), BLOCK_FIRST = 16 * 1024, BLOCK_MOST = 1024 * 1024 };

struct arena_block {
    struct arena_block *older;
    size_t size; /* of bytes[] */
    bool in_region;
    _Alignas(max_align_t) char bytes[];
};

void arena_init(struct arena *arena)
{
    *arena = (struct arena){0};
}

void arena_in(struct arena *arena, struct region *region)
{
    *arena = (struct arena){.region = region};
}

static void free_chain(struct arena_block *block)
{
    while (block) {
        struct arena_block *older = block->older;
        if (!block->in_region)
            free(block);
        block = older;
    }
}

void arena_release(struct arena *arena)
{
    free_chain(arena->block);
    *arena = (struct arena){.region = arena->region};
}

void arena_clear(struct arena *arena)
{
    struct arena_block *block = arena->block;
    if (!block)
        return;
    /* One outsized job must not pin its memory for the rest of the run. */
    if (block->size > BLOCK_MOST) {
        arena_release(arena);
        return;
    }
    free_chain(block->older);
    block->older = NULL;
    arena->next = block->bytes;
    arena->left = block->size;
}

struct arena_mark arena_mark(const struct arena *arena)
{
    return (struct arena_mark){arena->block, arena->next, arena->left};
}

void arena_rewind(struct arena *arena, struct arena_mark mark)
{
    struct arena_block *newest = arena->block;
    if (newest == mark.block) {
        arena->next = mark.next;
        arena->left = mark.left;
        return;
    }
    /* The newest block is kept: a job like this one follows, most often. */
    while (newest->older != mark.block) {
        struct arena_block *older = newest->older;
        newest->older = older->older;
        if (!older->in_region)
            free(older);
    }
    if (newest->size > BLOCK_MOST && !newest->in_region) {
        free(newest);
        arena->block = mark.block;
        arena->next = mark.next;
        arena->left = mark.left;
        return;
    }
    arena->next = newest->bytes;
    arena->left = newest->size;
}

void arena_adopt(struct arena *arena, struct arena *from)
{
    struct arena_block *oldest = from->block;
    if (!oldest)
        return;
    if (!arena->block) {
        struct region *region = arena->region;
        *arena = *from;
        arena->region = region;
    } else {
        while (oldest->older)
            oldest = oldest->older;
        oldest->older = arena->block->older;
        arena->block->older = from->block;
    }
    *from = (struct arena){.region = from->region};
}

static void add_block(struct arena *arena, size_t least)
{
    size_t size = arena->block ? arena->block->size * 2 : BLOCK_FIRST;
    if (size > BLOCK_MOST)
        size = BLOCK_MOST;
    if (size < least)
        size = least;
    if (size > SIZE_MAX - sizeof(struct arena_block))
        mem_exhausted(size);
    struct arena_block *block =
        arena->region ? region_take(arena->region, sizeof *block + size) : NULL;
    bool in_region = block != NULL;
    if (!in_region)
        block = mem_alloc(sizeof *block + size);
    block->older = arena->block;
    block->size = size;
    block->in_region = in_region;
    arena->block = block;
    arena->next = block->bytes;
    arena->left = size;
}

/* Where nothing goes back before all does, what is large gets a place of its own: the block that is
 * being filled need not be left for it. */
static void *take_apart(struct arena *arena, size_t size)
{
    return arena->region && size >= BLOCK_MOST / 4 ? region_take(arena->region, size) : NULL;
}

/* `align` is a power of two. */
static inline void *take(struct arena *arena, size_t size, size_t align)
{
    size_t gap = (size_t) - (uintptr_t)arena->next & (align - 1);
    if (!arena->block || size > arena->left || gap > arena->left - size) {
        void *apart = take_apart(arena, size);
        if (apart)
            return apart;
        add_block(arena, size);
        gap = 0;
    }
    char *bytes = arena->next + gap;
    arena->next = bytes + size;
    arena->left -= gap + size;
    return bytes;
}

void *arena_alloc(struct arena *arena, size_t size)
{
    return take(arena, size, ARENA_ALIGN);
}

void *arena_zalloc(struct arena *arena, size_t count, size_t size)
{
    if (size && count > SIZE_MAX / size)
        mem_exhausted(SIZE_MAX);
    void *bytes = take(arena, count * size, ARENA_ALIGN);
    memset(bytes, 0, count * size);
    return bytes;
}

char *arena_cstr(struct arena *arena, struct str str)
{
    if (str.len == SIZE_MAX)
        mem_exhausted(SIZE_MAX);
    char *copy = take(arena, str.len + 1, 1);
    if (str.len > 0)
        memcpy(copy, str.ptr, str.len);
    copy[str.len] = '\0';
    return copy;
}

struct str arena_str(struct arena *arena, struct str str)
{
    return (struct str){arena_cstr(arena, str), str.len};
}

struct str arena_concat(struct arena *arena, struct str first, struct str second)
{
    if (second.len >= SIZE_MAX - first.len)
        mem_exhausted(SIZE_MAX);
    char *text = take(arena, first.len + second.len + 1, 1);
    if (first.len > 0)
        memcpy(text, first.ptr, first.len);
    if (second.len > 0)
        memcpy(text + first.len, second.ptr, second.len);
    text[first.len + second.len] = '\0';
    return (struct str){text, first.len + second.len};
}

struct str arena_printf(struct arena *arena, const char *format, ...)
{
    char usual[256];
    va_list arguments;
    va_start(arguments, format);
    va_list again;
    va_copy(again, arguments);
    size_t size = format_text(usual, sizeof usual, format, arguments);
    va_end(arguments);
    char *text = take(arena, size + 1, 1);
    if (size < sizeof usual)
        memcpy(text, usual, size + 1);
    else
        format_text(text, size + 1, format, again);
    va_end(again);
    return (struct str){text, size};
}
