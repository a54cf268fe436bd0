/* The commits that a tip reaches, as plain data. Internal to the folder. */
#ifndef COPSE_SOURCE_COMMITS_H
#define COPSE_SOURCE_COMMITS_H

#include "base/arena.h"
#include "source/history.h"

#include <git2.h>
#include <stddef.h>
#include <stdint.h>

struct commit {
    git_oid id;
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

/* Reads every commit that `tip` reaches, each once. Returns 0, or a libgit2 error (< 0):
 * GIT_ENOTFOUND where a commit is missing. */
int commits_read(git_odb *odb, const git_oid *tip, struct arena *arena, struct commit_list *out);

#endif
