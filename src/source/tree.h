/* Git's tree objects as raw bytes: entries "<octal mode> <name>\0<20 bytes>", in git's order.
 * Internal to the folder. */
#ifndef COPSE_SOURCE_TREE_H
#define COPSE_SOURCE_TREE_H

#include "base/str.h"

#include <git2.h>
#include <stdbool.h>

enum tree_kind { TREE_FILE, TREE_FOLDER, TREE_SYMLINK, TREE_SUBMODULE };

struct tree_entry {
    enum tree_kind kind;
    bool executable;
    struct str name;         /* any bytes but NUL, borrowed from the tree */
    const unsigned char *id; /* 20 bytes, likewise */
};

/* What is left of a tree. */
struct tree_rest {
    const unsigned char *at;
    const unsigned char *end;
};

struct tree_rest tree_entries(git_odb_object *tree);

/* Takes the next entry; false at the end, and at the first byte that makes no sense. */
bool tree_next(struct tree_rest *rest, struct tree_entry *entry);

/* Git's order: a folder sorts as if its name ended with '/'. */
int tree_compare(const struct tree_entry *a, const struct tree_entry *b);

/* The entry of that name; false if there is none. */
bool tree_find(git_odb_object *tree, struct str name, struct tree_entry *entry);

/* The id of the folder at `path` ("" is the tree itself) below tree `root`. Returns 0, 1 if there
 * is no such folder, or a libgit2 error (< 0). */
int tree_descend(git_odb *odb, const git_oid *root, struct str path, git_oid *out);

#endif
