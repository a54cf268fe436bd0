/* Bytes that are put aside: written to a file without a name and mapped, so that what is read once
 * or twice need not stay in memory. Their addresses stay good as long as the store.
 *
 * Writing fails softly: a block that the disk does not take stays in memory. A full disk is known
 * when a block is written (write(2)), not when it is read. */
#ifndef COPSE_BASE_ASIDE_H
#define COPSE_BASE_ASIDE_H

#include "base/fs.h"

struct aside;

/* Of one thread at a time: zero it. */
struct aside_writer {
    char *block;
    size_t offset; /* of the block in the file */
    size_t used;
};

/* A store in `folder`, which must be there. NULL where there can be none (no such files, no address
 * space). Free it with aside_free(). */
struct aside *aside_new(const struct fs *fs, const char *folder);
void aside_free(struct aside *aside); /* NULL is ignored */

/* Puts bytes aside. They can be read where the result says once the writer is flushed. NULL if they
 * are too many for a block. */
const char *aside_put(struct aside *aside, struct aside_writer *writer, struct str bytes);
/* Ends the writer's block. No other thread may read what it put before this. */
void aside_flush(struct aside *aside, struct aside_writer *writer);

/* Whether an address is one of the store's. */
bool aside_has(const struct aside *aside, const char *bytes);

/* Takes what was read lately out of memory again; it comes back when it is read. From any thread,
 * while others read. */
void aside_let_go(struct aside *aside);

#endif
