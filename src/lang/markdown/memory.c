#include "lang/markdown/memory.h"

#include "base/mem.h"

#include <stdint.h>
#include <string.h>

/* What stands in front of a piece: how many bytes it has. Pieces are aligned as malloc()'s are, so
 * a slab's first one begins this far behind a multiple of the step. */
enum { STEP = 16, HEADER = sizeof(size_t), SLAB_FIRST = 4096, SLAB_MOST = 128 * 1024 };

_Static_assert(STEP >= _Alignof(max_align_t) && HEADER <= STEP, "pieces are aligned for any type");

static _Thread_local struct md_memory *current;

static size_t size_of(const char *piece)
{
    size_t size;
    memcpy(&size, piece - HEADER, sizeof size);
    return size;
}

static char *begin_piece(char *at, size_t size)
{
    memcpy(at, &size, sizeof size);
    return at + HEADER;
}

/* Room for `size` bytes and a header, with the alignment that pieces need. */
static char *room_in_arena(struct md_memory *memory, size_t size)
{
    char *bytes = arena_alloc(memory->arena, STEP + size);
    return bytes + STEP - HEADER;
}

/* A new piece of `size` bytes, which with its header are a multiple of the step; not cleared. */
static inline char *take_new(struct md_memory *memory, size_t size)
{
    char *piece = begin_piece(memory->next, size);
    memory->next = piece + size;
    return piece;
}

/* The same where the slab has no room for it. Apart from what every piece goes through, which then
 * needs to save no registers. */
static __attribute__((noinline)) char *take_beyond_slab(struct md_memory *memory, size_t size)
{
    if (size > memory->slab / 4)
        return begin_piece(room_in_arena(memory, size), size);
    memory->next = room_in_arena(memory, memory->slab);
    memory->end = memory->next + memory->slab;
    memory->slab = memory->slab < SLAB_MOST ? memory->slab * 2 : memory->slab;
    return take_new(memory, size);
}

static size_t rounded(size_t size)
{
    if (size > SIZE_MAX - 4 * STEP)
        mem_exhausted(size);
    return (size + HEADER + STEP - 1) / STEP * STEP - HEADER;
}

static char *take(size_t wanted)
{
    struct md_memory *memory = current;
    size_t size = rounded(wanted);
    size_t number = size / STEP;
    char *piece = number < MD_MEMORY_SIZES ? memory->free[number] : NULL;
    if (piece) {
        memcpy(&memory->free[number], piece, sizeof(void *));
        return piece;
    }
    return size + HEADER <= (size_t)(memory->end - memory->next) ? take_new(memory, size)
                                                                 : take_beyond_slab(memory, size);
}

static void *cleared(size_t count, size_t size)
{
    if (size > 0 && count > SIZE_MAX / size)
        mem_exhausted(SIZE_MAX);
    char *piece = take(count * size);
    return memset(piece, 0, count * size);
}

void md_memory_free(void *piece)
{
    struct md_memory *memory = current;
    if (!piece)
        return;
    size_t size = size_of(piece);
    size_t number = size / STEP;
    if ((char *)piece + size == memory->next) {
        memory->next = (char *)piece - HEADER;
    } else if (number < MD_MEMORY_SIZES) {
        memcpy(piece, &memory->free[number], sizeof(void *));
        memory->free[number] = piece;
    }
}

static void *resized(void *old, size_t wanted)
{
    struct md_memory *memory = current;
    size_t size = old ? size_of(old) : 0;
    if (old && wanted <= size)
        return old;
    if (old && (char *)old + size == memory->next) {
        size_t more = rounded(wanted) - size;
        if (more <= (size_t)(memory->end - memory->next)) {
            memory->next += more;
            return begin_piece((char *)old - HEADER, size + more);
        }
    }
    char *piece = take(wanted);
    if (old) {
        memcpy(piece, old, size);
        md_memory_free(old);
    }
    return piece;
}

/* cmark takes it as one that may be changed, and changes it not. */
static cmark_mem *allocator(void)
{
    static const cmark_mem functions = {cleared, resized, md_memory_free};
    return (cmark_mem *)(uintptr_t)&functions;
}

void md_memory_begin(struct md_memory *memory, struct arena *arena)
{
    *memory = (struct md_memory){.arena = arena, .slab = SLAB_FIRST, .outer = current};
    current = memory;
}

void md_memory_end(struct md_memory *memory)
{
    current = memory->outer;
}

cmark_node *md_parse(struct str text, int options)
{
    cmark_parser *parser = cmark_parser_new_with_mem(options, allocator());
    cmark_parser_feed(parser, text.len > 0 ? text.ptr : "", text.len);
    cmark_node *root = cmark_parser_finish(parser);
    cmark_parser_free(parser);
    return root;
}

cmark_node *md_node_new(cmark_node_type type)
{
    return cmark_node_new_with_mem(type, allocator());
}
