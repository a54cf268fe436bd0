/* The commits that a tip reaches, as plain data. Internal to the folder. */
#ifndef COPSE_SOURCE_COMMITS_H
#define COPSE_SOURCE_COMMITS_H

#include "base/arena.h"
#include "source/history.h"

#include <git2.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct commit {
    git_oid id;
    bool known; /* one that the caller knew already; it is read, but its parents are not */
    git_oid tree;
    const uint32_t *parents; /* numbers in the list */
    uint32_t parent_count;
    struct history_time when; /* the committer's */
    struct str author;        /* "Name <email>" as it stands, any bytes */
};

struct commit_list {
    struct commit *items; /* a commit before its parents where they were not met yet */
    size_t count, capacity;
};

/* Ids that are known, sorted by their bytes. */
struct commit_ids {
    const git_oid *items;
    size_t count;
};

/* Reads every commit that `tip` reaches, each once, as far as those that are known. Returns 0, or a
 * libgit2 error (< 0): GIT_ENOTFOUND where a commit is missing. */
int commits_read(git_odb *odb, const git_oid *tip, struct commit_ids known, struct arena *arena,
                 struct commit_list *out);

bool commit_ids_have(struct commit_ids ids, const git_oid *id);

#endif
