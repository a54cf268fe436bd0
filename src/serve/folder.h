/* The folder that the preview is built in: below the user's cache, by site and port, so that it is
 * never public/ and no two previews share one. It holds nothing but what builds put there, and is
 * emptied before the first build and after the last. */
#ifndef COPSE_SERVE_FOLDER_H
#define COPSE_SERVE_FOLDER_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/fs.h"

/* Its path, in the arena; NULL after an error if the user has no cache or it cannot be written. The
 * folder above it is there afterwards. */
const char *folder_choose(const struct fs *fs, struct str site, unsigned port, struct arena *arena,
                          struct diags *diags);

/* Where what is known between builds can be kept if not in `wanted`, the folder for that of the
 * site: NULL if that can be written, else a folder beside `output`, to be cleared likewise. */
const char *folder_for_state(const struct fs *fs, struct str wanted, const char *output,
                             struct arena *arena);

/* Removes it with all that is in it; symlinks are removed and not followed. Returns 0 (also if
 * there is none) or an errno number. */
int folder_clear(const struct fs *fs, const char *path);

#endif
