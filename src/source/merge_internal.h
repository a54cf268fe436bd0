/* Shared by merge.c and merge_diff.c. */
#ifndef COPSE_SOURCE_MERGE_INTERNAL_H
#define COPSE_SOURCE_MERGE_INTERNAL_H

#include "source/merge.h"
#include "source/source_internal.h"

struct merge_change_list {
    struct merge_change *items;
    size_t count, capacity;
};

struct merge {
    const struct source_place *place;
    struct arena *arena;
    struct str prefix; /* of the site in the repository */
    struct overlay overlay;
    git_repository *repository; /* the real one: names, history */
    git_repository *objects;    /* its objects and the overlay, without configuration */
    git_oid base;
    git_oid head;
    git_oid ancestor;
    git_oid result; /* in the overlay, or one of the others */
    struct merge_change_list changes;
    struct merge_change_list effects;
};

/* Lists what lies between two trees, sorted by path. Returns 0, or -1 after an error. */
int merge_diff(struct merge *merge, const git_tree *old, const git_tree *new_tree,
               struct diags *diags, struct merge_change_list *out);

/* Whether the change is small enough for its files to be compared with each other, which is how
 * files that were moved and edited are recognised. */
bool merge_may_compare(struct merge *merge, const struct merge_change_list *changes);

#endif
