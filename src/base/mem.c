#include "base/mem.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

_Noreturn void mem_exhausted(size_t wanted)
{
    fprintf(stderr, "copse: the system has no memory left (%zu bytes were needed)\n", wanted);
    exit(3);
}

void *mem_alloc(size_t size)
{
    void *bytes = malloc(size ? size : 1);
    if (!bytes)
        mem_exhausted(size);
    return bytes;
}

void *mem_zalloc(size_t count, size_t size)
{
    void *bytes = calloc(count ? count : 1, size ? size : 1);
    if (!bytes)
        mem_exhausted(size && count > SIZE_MAX / size ? SIZE_MAX : count * size);
    return bytes;
}

void *mem_realloc(void *bytes, size_t size)
{
    void *moved = realloc(bytes, size ? size : 1);
    if (!moved)
        mem_exhausted(size);
    return moved;
}
