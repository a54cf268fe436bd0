/* What pictures are made with: the program copse-pictures beside copse, and its library's version.
 *
 * The version is part of every cached picture's key, so it must be known in each build, and
 * starting the program to ask costs as much as the rest of a small build. So its greeting is noted
 * in the cache, with the state (size, inode, times) of the program's file and of the library's:
 * while both look as they did, the note is the answer. */
#ifndef COPSE_BUILD_PICTURE_LIBRARY_H
#define COPSE_BUILD_PICTURE_LIBRARY_H

#include "base/fs.h"
#include "build/picture_client.h"

struct picture_library {
    const char *program; /* its path, whether it is there or not; NUL-terminated; NULL: none */
    struct str version;  /* "libvips 8.14.1, recipe 2"; empty: there is no such program */
    struct str file;     /* the library's; NUL-terminated; may be empty */
    bool fails;          /* the program is there and does not start */
};

/* Finds it; `client` is the one that asks where nothing is noted in `folder` (the pictures' cache,
 * NUL-terminated), and gets its `program`. All in `arena`. */
void picture_library_find(const struct fs *fs, const char *folder, struct picture_client *client,
                          struct arena *arena, struct picture_library *out);

/* How the folders of the system's fonts look: what is drawn may look otherwise once that changes.
 * In `arena`. */
struct str picture_library_fonts(const struct fs *fs, struct arena *arena);

#endif
