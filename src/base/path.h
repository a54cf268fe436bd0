/* Paths as text: relative, with '/', no disk access. */
#ifndef COPSE_BASE_PATH_H
#define COPSE_BASE_PATH_H

#include "base/arena.h"
#include "base/str.h"

/* "a/b/c.md": the name "c.md", the folder "a/b" (empty for "c.md"), the extension ".md" (empty if
 * the name has none or begins with its only dot), the stem "c". Slices of `path`. */
struct str path_name(struct str path);
struct str path_folder(struct str path);
struct str path_extension(struct str path);
struct str path_stem(struct str path);

/* "folder/name" in the arena; either may be empty. */
struct str path_join(struct arena *arena, struct str folder, struct str name);

/* `path` seen from `folder`, with "." and ".." and double slashes resolved, in the arena. A leading
 * '/' means the root of the tree. Returns -1 if it would leave the tree. */
int path_resolve(struct arena *arena, struct str folder, struct str path, struct str *out);

/* Whether `path` lies in `folder` (or is it). "content" holds "content/a" but not "contents/a". */
bool path_inside(struct str path, struct str folder);

#endif
