/* Git objects in memory, in front of a repository's own: what is written goes here, what is not
 * here is read from the repository. So a merge can be made without a byte written to the disk.
 * Internal to the folder.
 *
 * One thread writes, while the overlay is attached to its object database alone; afterwards any
 * number may read, each through an object database of its own. */
#ifndef COPSE_SOURCE_OVERLAY_H
#define COPSE_SOURCE_OVERLAY_H

#include "base/arena.h"
#include "base/map.h"

#include <git2.h>

struct overlay {
    struct arena *arena;
    struct map objects; /* 20 bytes of id: the object */
};

void overlay_init(struct overlay *overlay, struct arena *arena);

/* Puts it before all that `odb` has. It must outlive the database. `writable`: objects that are
 * written into the database go here; else they cannot be written by way of it. Returns 0, or a
 * libgit2 error. */
int overlay_attach(struct overlay *overlay, git_odb *odb, bool writable);

#endif
