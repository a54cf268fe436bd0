/* What lies between two trees of a repository. */
#include "source/merge_internal.h"

#include "base/vec.h"

#include <stdlib.h>

enum {
    CHANGES_MOST = 100000,    /* more than this is no pull request that anybody reviews */
    COMPARED_MOST = 400,      /* files that came or went, each compared with each */
    COMPARED_BYTES = 1 << 20, /* of one of them */
    SIMILAR = 50              /* percent, as git has it */
};

static enum merge_mode mode_of(uint16_t mode)
{
    switch (mode) {
    case GIT_FILEMODE_BLOB: return MERGE_FILE;
    case GIT_FILEMODE_BLOB_EXECUTABLE: return MERGE_EXECUTABLE;
    case GIT_FILEMODE_LINK: return MERGE_SYMLINK;
    case GIT_FILEMODE_COMMIT: return MERGE_SUBMODULE;
    default: return MERGE_NOTHING;
    }
}

static struct blob_id id_of(const git_oid *oid)
{
    struct blob_id id;
    for (size_t i = 0; i < sizeof id.bytes; i++)
        id.bytes[i] = oid->id[i];
    return id;
}

/* The path as the site has it; empty if it lies elsewhere in the repository. */
static struct str in_site(const struct merge *merge, struct str path)
{
    size_t front = merge->prefix.len;
    if (front == 0)
        return path;
    if (!str_starts(path, merge->prefix) || path.len <= front || path.ptr[front] != '/')
        return (struct str){0};
    return str_after(path, front + 1);
}

static struct merge_change *add(struct merge *merge, struct merge_change_list *list,
                                const char *name)
{
    struct merge_change *change = vec_push(merge->arena, list);
    *change = (struct merge_change){.path = arena_str(merge->arena, str_from(name))};
    change->in_site = in_site(merge, change->path);
    return change;
}

static void take_delta(struct merge *merge, const git_diff_delta *delta,
                       struct merge_change_list *list)
{
    bool moved = delta->status == GIT_DELTA_RENAMED;
    struct str from = in_site(merge, arena_str(merge->arena, str_from(delta->old_file.path)));
    struct str to = in_site(merge, arena_str(merge->arena, str_from(delta->new_file.path)));
    if (delta->status == GIT_DELTA_DELETED || moved) {
        struct merge_change *change = add(merge, list, delta->old_file.path);
        change->status = MERGE_REMOVED;
        change->moved_to = moved ? to : (struct str){0};
        change->old_mode = mode_of(delta->old_file.mode);
        change->old_id = id_of(&delta->old_file.id);
    }
    if (delta->status == GIT_DELTA_DELETED)
        return;
    struct merge_change *change = add(merge, list, delta->new_file.path);
    bool is_new = moved || delta->status == GIT_DELTA_ADDED;
    change->status = is_new ? MERGE_ADDED : MERGE_CHANGED;
    change->moved_from = moved ? from : (struct str){0};
    change->new_mode = mode_of(delta->new_file.mode);
    change->new_id = id_of(&delta->new_file.id);
    if (!is_new) {
        change->old_mode = mode_of(delta->old_file.mode);
        change->old_id = id_of(&delta->old_file.id);
    }
}

static int compare(const void *left, const void *right)
{
    return str_cmp(((const struct merge_change *)left)->path,
                   ((const struct merge_change *)right)->path);
}

static void take_all(struct merge *merge, git_diff *diff, struct merge_change_list *out)
{
    *out = (struct merge_change_list){0};
    size_t count = git_diff_num_deltas(diff);
    for (size_t i = 0; i < count; i++)
        take_delta(merge, git_diff_get_delta(diff, i), out);
    if (out->count > 1)
        qsort(out->items, out->count, sizeof *out->items, compare);
}

/* A tree of a few kilobytes can name millions of files. */
static int stop_if_many(const git_diff *diff, const git_diff_delta *delta, const char *pathspec,
                        void *context)
{
    (void)delta;
    (void)pathspec;
    (void)context;
    return git_diff_num_deltas(diff) >= CHANGES_MOST ? GIT_EUSER : 0;
}

bool merge_may_compare(struct merge *merge, const struct merge_change_list *changes)
{
    size_t compared = 0;
    for (size_t i = 0; i < changes->count; i++) {
        const struct merge_change *change = &changes->items[i];
        if (change->status == MERGE_CHANGED)
            continue;
        struct blob_id id = change->status == MERGE_ADDED ? change->new_id : change->old_id;
        if (++compared > COMPARED_MOST || merge_size(merge, id) > COMPARED_BYTES)
            return false;
    }
    return true;
}

int merge_diff(struct merge *merge, const git_tree *old, const git_tree *new_tree,
               struct diags *diags, struct merge_change_list *out)
{
    git_diff_options options;
    git_diff_find_options find;
    git_diff *diff = NULL;
    git_diff_options_init(&options, GIT_DIFF_OPTIONS_VERSION);
    git_diff_find_options_init(&find, GIT_DIFF_FIND_OPTIONS_VERSION);
    options.flags |= GIT_DIFF_INCLUDE_TYPECHANGE;
    options.notify_cb = stop_if_many;
    int error = git_diff_tree_to_tree(&diff, merge->objects, (git_tree *)old, (git_tree *)new_tree,
                                      &options);
    if (error == GIT_EUSER)
        return diag_error(diags, "source", (struct span){0},
                          "the change touches more than %d files; split it", CHANGES_MOST);
    if (error != 0)
        return source_git_failed(diags, (struct str){0}, "compare the two commits");
    take_all(merge, diff, out);
    find.flags = GIT_DIFF_FIND_RENAMES;
    if (!merge_may_compare(merge, out))
        find.flags |= GIT_DIFF_FIND_EXACT_MATCH_ONLY;
    find.rename_threshold = SIMILAR;
    find.rename_limit = COMPARED_MOST;
    error = git_diff_find_similar(diff, &find);
    if (error == 0)
        take_all(merge, diff, out);
    git_diff_free(diff);
    return error == 0 ? 0 : source_git_failed(diags, (struct str){0}, "compare the two commits");
}
