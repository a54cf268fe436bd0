/* Which untracked files of a work tree git would ignore. Internal to the folder.
 *
 * libgit2 decides, but asking it for each of 13,000 paths takes 50 ms. So the last part of every
 * pattern that is in force is kept, and only an entry whose name could match one is asked about. */
#ifndef COPSE_SOURCE_IGNORE_H
#define COPSE_SOURCE_IGNORE_H

#include "source/source_internal.h"

struct ignore;

/* For the work tree of `source`; NULL if it is in no repository or the site's own folder is
 * ignored (then whoever names it wants it). Patterns outside the site are taken here. */
struct ignore *ignore_new(struct source *source, struct diags *diags);
void ignore_free(struct ignore *ignore);

/* Takes the patterns of a folder that is about to be walked (it holds a .gitignore). */
void ignore_add(struct ignore *ignore, struct str patterns);

/* Whether an entry is ignored by a pattern; `path` is the site's. `ignore` may be NULL. */
bool ignore_matches(struct ignore *ignore, struct str path, struct str name, bool folder);

/* Whether git tracks the file, or anything in the folder, all the same. */
bool ignore_is_tracked(struct ignore *ignore, struct str path, bool folder);

#endif
