/* What a commit changed: its tree compared with those of its parents as raw bytes, entry by entry;
 * folders with the same id are never opened. Internal to the folder. */
#ifndef COPSE_SOURCE_TREE_DIFF_H
#define COPSE_SOURCE_TREE_DIFF_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"

#include <git2.h>
#include <stdbool.h>
#include <stddef.h>

#define TREE_DIFF_PARENTS 256

enum tree_change {
    TREE_CHANGED, /* a file that differs from that of every parent */
    TREE_ADDED,   /* one that no parent has */
    TREE_REMOVED  /* one that the only parent has (of merges it is not told) */
};

/* Trees that were read of late; the next commit mostly needs them again. */
struct tree_cache {
    git_odb *odb;
    git_odb_object *slots[64];
};

void tree_cache_init(struct tree_cache *cache, git_odb *odb);
void tree_cache_release(struct tree_cache *cache);

struct tree_diff {
    struct tree_cache *cache;
    /* Which entries of the compared trees themselves count; NULL: all. */
    bool (*wanted)(struct str name);
    /* Called for each file; `path` is below the compared tree and valid during the call. */
    void (*tell)(void *context, enum tree_change change, struct str path, const unsigned char *id);
    void *context;
    size_t budget; /* entries that may still be looked at, against trees that blow up */
    struct buf path;
};

/* Compares tree `own` with those of the parents (NULL in the list: the parent has none); no parents
 * at all: every file is added. Returns 0, or a libgit2 error (< 0); GIT_ENOTFOUND where a tree is
 * missing, GIT_EUSER when the budget is used up. */
int tree_diff_run(struct tree_diff *diff, const git_oid *own, const git_oid *const *parents,
                  size_t count);

/* As tree_descend(), over the cache. */
int tree_cache_descend(struct tree_cache *cache, const git_oid *root, struct str path,
                       git_oid *out);

#endif
