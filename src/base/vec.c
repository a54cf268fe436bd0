#include "base/vec.h"
#include "base/mem.h"

#include <stdint.h>
#include <string.h>

void *vec_grow(struct arena *arena, void *items, size_t count, size_t *capacity, size_t item_size)
{
    size_t larger = *capacity ? *capacity * 2 : 8;
    if (larger > SIZE_MAX / 2 / item_size)
        mem_exhausted(SIZE_MAX);
    void *moved = arena_alloc(arena, larger * item_size);
    if (count > 0)
        memcpy(moved, items, count * item_size);
    *capacity = larger;
    return moved;
}
