/* A region: a stretch of addresses that is the same in every run of the program, from which arenas
 * take their blocks (arena_in()).
 *
 * Memory with a fixed address can be written to a file as it lies and mapped back by a later run,
 * pointers and all: that is how the frozen site is kept between builds (build/cache.h). Three
 * conditions make a pointer in it good in that later run, and the one who maps has to see to them:
 * it points into a region that is mapped as a whole, or into the constants of the same program at
 * the same address (copse is linked without PIE for this, and the cache is of one build of it
 * only), and never to the heap or the stack.
 *
 * Handing out is safe from several threads at once: arenas take large blocks, so it is rare. The
 * address space is only reserved; pages cost memory when they are first written. */
#ifndef COPSE_BASE_REGION_H
#define COPSE_BASE_REGION_H

#include "base/fs.h"
#include "base/str.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

enum region_place { REGION_RECORDS, REGION_SITE, REGION_TABLES, REGION_CHANGES, REGION_PLACES };

struct region {
    char *base;
    size_t size;        /* of the reservation */
    atomic_size_t used; /* bytes handed out from the base on */
    bool mapped;        /* whether `base` is ours to give back */
};

/* Reserves the addresses of `place`. False where the system will not have it: then the region is
 * empty and arenas in it take their memory from the heap. */
bool region_open(struct region *region, enum region_place place);

/* The same, with the first `size` bytes taken privately from `file` at `offset` (a whole number of
 * memory pages): they can be changed, and the file does not see it. They count as handed out. */
bool region_map(struct region *region, enum region_place place, int file, size_t offset,
                size_t size);

/* Gives the addresses back. A region that is all zero is fine. */
void region_close(struct region *region);

/* `size` bytes, aligned for any type, cleared; NULL when it is full or not open. */
void *region_take(struct region *region, size_t size);

/* Whether an address lies in what was handed out. */
bool region_holds(const struct region *region, const void *address);

/* Told of stretches of whole memory pages. */
typedef void region_told(void *context, const char *start, size_t size);

/* Tells of those parts of what was handed out that are no longer as region_map() found them in the
 * file, or lie behind that. Returns 0, or an errno number where the system does not say (Linux
 * does, in /proc/self/pagemap). */
int region_changes(const struct fs *fs, const struct region *region, region_told *told,
                   void *context);

/* Makes room for `size` bytes at `start`, a page of the region, and puts `bytes` there: what
 * region_changes() told of in another run. False if they do not lie in it. */
bool region_put(struct region *region, const char *start, struct str bytes);

/* The memory page's size: what offsets in files must be multiples of. */
size_t region_page(void);

#endif
