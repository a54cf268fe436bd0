/* Where a site lies: its folder, and the git repository around it if there is one. */
#ifndef COPSE_SOURCE_PLACE_H
#define COPSE_SOURCE_PLACE_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/fs.h"
#include "base/str.h"

#include <stdbool.h>

/* All texts are in the arena given to source_find_site(), NUL-terminated, and constant. */
struct source_place {
    struct str folder;     /* the site's folder, absolute; in a bare repository, the repository */
    struct str git_folder; /* the repository's own folder ("…/.git/"), or empty: no repository */
    struct str prefix;     /* the site in the repository: "" or "examples/association" */
    bool bare;
    bool has_content; /* `folder` holds content/ (in a bare repository: not looked at) */
};

/* Finds the site for a folder: the nearest one, from `start` upwards, that holds a folder
 * content/; the search ends at the root of the repository, or of the file system where there is
 * none. If none has it, the place is `start` itself with has_content false (a bare repository, or
 * a revision that still has what the work tree lacks); the caller says so where it matters.
 * Returns 0, or -1 if `start` is no folder or the repository cannot be opened. */
int source_find_site(const struct fs *fs, const char *start, struct arena *arena,
                     struct diags *diags, struct source_place *out);

#endif
