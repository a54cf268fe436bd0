/* Which program this is: its own file and the libraries that it runs with.
 *
 * What copse keeps between builds depends on all of them (base/region.h, build/cache.h): another
 * version of any makes it start anew. */
#ifndef COPSE_BASE_PROGRAM_H
#define COPSE_BASE_PROGRAM_H

#include "base/fs.h"

/* A digest of the path, size, inode and times of every file the program was loaded from, and of
 * what the linker called each. 0 where the system does not tell: then what is kept must not be
 * used again. */
uint64_t program_digest(const struct fs *fs);

#endif
