/* Heap memory that cannot fail: the one place where running out of memory ends the program.
 *
 * A site generator has nothing to save when memory is gone, and a thousand half-tested error
 * paths would hide real ones. So every allocation goes through here (arena.h and buf.h stand on
 * it), and mem_exhausted() says so on standard error and ends the process with status 3.
 * What strangers send is capped long before (see the limits in lang/yaml.h, lang/markdown.h). */
#ifndef COPSE_BASE_MEM_H
#define COPSE_BASE_MEM_H

#include <stddef.h>

/* `size` fresh bytes, not cleared. Never NULL. Free with free(). */
void *mem_alloc(size_t size);

/* `count` times `size` cleared bytes; the product is checked. Never NULL. Free with free(). */
void *mem_zalloc(size_t count, size_t size);

/* Like realloc(), but never NULL. */
void *mem_realloc(void *bytes, size_t size);

/* Says that `wanted` bytes could not be had and ends the program with status 3. */
_Noreturn void mem_exhausted(size_t wanted);

#endif
