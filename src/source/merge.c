#include "source/merge.h"

#include "base/path.h"
#include "source/merge_internal.h"

#include <string.h>

/* ---- finding the commits */

static int open_repository(struct merge *merge, struct diags *diags)
{
    const struct source source = {.place = merge->place};
    git_odb *odb = NULL;
    if (merge->place->git_folder.len == 0) {
        diag_add(diags, SEVERITY_FAILURE, "source", (struct span){0},
                 "%.*s is in no git repository, so there is nothing to review",
                 STR_ARG(merge->place->folder));
        return -1;
    }
    merge->repository = source_open_repository(&source, diags);
    if (merge->repository == NULL)
        return -1;
    int error = git_repository_odb(&odb, merge->repository);
    if (error == 0)
        error = overlay_attach(&merge->overlay, odb, true);
    if (error == 0)
        error = git_repository_wrap_odb(&merge->objects, odb);
    git_odb_free(odb);
    return error == 0 ? 0 : source_git_failed(diags, (struct str){0}, "open the git repository");
}

static int find_commit(struct merge *merge, const char *revision, struct str *prefix,
                       struct diags *diags, git_oid *out)
{
    git_commit *commit =
        source_find_commit(merge->repository, revision, merge->arena, diags, prefix);
    if (commit == NULL)
        return -1;
    *out = *git_commit_id(commit);
    git_commit_free(commit);
    return 0;
}

static int no_ancestor(const struct merge *merge, struct diags *diags)
{
    diag_error(diags, "no-common-history", (struct span){0},
               "this branch and the one it is for have no commit in common");
    if (git_repository_is_shallow(merge->repository) == 1)
        diag_hint(diags, "this is a shallow clone: fetch the whole history with "
                         "git fetch --unshallow (fetch-depth: 0 in a workflow)");
    else
        diag_hint(diags, "make a new branch from the one it is for, and bring your files there");
    return -1;
}

static int find_ancestor(struct merge *merge, struct diags *diags)
{
    git_oidarray bases = {0};
    int error = git_merge_bases(&bases, merge->repository, &merge->base, &merge->head);
    /* Of a shallow clone the walk meets commits that are not there. */
    if (error == GIT_ENOTFOUND || (error != 0 && git_repository_is_shallow(merge->repository) == 1))
        return no_ancestor(merge, diags);
    if (error != 0)
        return source_git_failed(diags, (struct str){0}, "read the history of both branches");
    size_t count = bases.count;
    merge->ancestor = bases.ids[0];
    git_oidarray_dispose(&bases);
    if (count == 1)
        return 0;
    diag_error(diags, "several-merge-bases", (struct span){0},
               "the two branches were merged into each other crosswise, so there are %zu commits "
               "from which the change could be counted",
               count);
    diag_hint(diags, "make a new branch from the one it is for, and bring your files there");
    return -1;
}

/* ---- listing the change */

static int tree_of(struct merge *merge, const git_oid *id, struct diags *diags, git_tree **out)
{
    git_commit *commit = NULL;
    int error = git_commit_lookup(&commit, merge->objects, id);
    if (error == 0)
        error = git_commit_tree(out, commit);
    git_commit_free(commit);
    return error == 0 ? 0 : source_git_failed(diags, (struct str){0}, "read a commit");
}

/* Git refuses to make such names, but not everybody makes commits with git. */
static bool is_proper(struct str path)
{
    struct str part;
    while (str_split(&path, '/', &part)) {
        if (part.len == 0 || str_eq(part, STR(".")) || str_eq(part, STR("..")) ||
            str_eq_nocase(part, STR(".git")))
            return false;
    }
    return true;
}

static int check_names(const struct merge *merge, struct diags *diags)
{
    int result = 0;
    for (size_t i = 0; i < merge->changes.count; i++) {
        const struct merge_change *change = &merge->changes.items[i];
        if (change->status == MERGE_REMOVED || is_proper(change->path))
            continue;
        result = diag_error(diags, "file-name", source_span(diags->arena, change->path),
                            "this is no name that a file can have");
    }
    return result;
}

static int list_changes(struct merge *merge, struct diags *diags)
{
    git_tree *old = NULL;
    git_tree *new_tree = NULL;
    int result = tree_of(merge, &merge->ancestor, diags, &old);
    if (result == 0)
        result = tree_of(merge, &merge->head, diags, &new_tree);
    if (result == 0)
        result = merge_diff(merge, old, new_tree, diags, &merge->changes);
    git_tree_free(old);
    git_tree_free(new_tree);
    return result == 0 ? check_names(merge, diags) : result;
}

int merge_open(const struct merge_options *options, struct arena *arena, struct diags *diags,
               struct merge **out)
{
    struct merge *merge = arena_zalloc(arena, 1, sizeof *merge);
    struct str unused = {0};
    *merge =
        (struct merge){.place = options->place, .arena = arena, .prefix = options->place->prefix};
    overlay_init(&merge->overlay, arena);
    source_git_begin();
    *out = NULL;
    if (open_repository(merge, diags) != 0 ||
        find_commit(merge, options->base, &merge->prefix, diags, &merge->base) != 0 ||
        find_commit(merge, options->head, &unused, diags, &merge->head) != 0 ||
        find_ancestor(merge, diags) != 0 || list_changes(merge, diags) != 0) {
        merge_close(merge);
        return -1;
    }
    merge->result = merge->head;
    *out = merge;
    return 0;
}

void merge_close(struct merge *merge)
{
    if (merge == NULL)
        return;
    git_repository_free(merge->objects);
    git_repository_free(merge->repository);
    source_git_end();
}

/* ---- merging */

static void report_conflict(const git_index_entry *entry, struct diags *diags)
{
    diag_error(diags, "merge-conflict", source_span(diags->arena, str_from(entry->path)),
               "both branches changed this file, and not in the same way");
    diag_hint(diags, "bring the branch up to date (git merge), settle what differs in this file, "
                     "and send it again");
}

static int report_conflicts(git_index *index, struct diags *diags)
{
    git_index_conflict_iterator *iterator = NULL;
    const git_index_entry *ancestor;
    const git_index_entry *ours;
    const git_index_entry *theirs;
    if (git_index_conflict_iterator_new(&iterator, index) != 0)
        return source_git_failed(diags, (struct str){0}, "merge the two branches");
    while (git_index_conflict_next(&ancestor, &ours, &theirs, iterator) == 0)
        report_conflict(theirs != NULL ? theirs : ours != NULL ? ours : ancestor, diags);
    git_index_conflict_iterator_free(iterator);
    return -1;
}

static int merge_trees(struct merge *merge, git_tree *base, struct diags *diags, git_oid *out)
{
    git_tree *ancestor = NULL;
    git_tree *head = NULL;
    git_index *index = NULL;
    git_merge_options options;
    git_merge_options_init(&options, GIT_MERGE_OPTIONS_VERSION);
    options.flags = merge_may_compare(merge, &merge->changes) ? GIT_MERGE_FIND_RENAMES : 0;
    int result = tree_of(merge, &merge->ancestor, diags, &ancestor);
    if (result == 0)
        result = tree_of(merge, &merge->head, diags, &head);
    if (result == 0 && git_merge_trees(&index, merge->objects, ancestor, base, head, &options) != 0)
        result = source_git_failed(diags, (struct str){0}, "merge the two branches");
    if (result == 0 && git_index_has_conflicts(index))
        result = report_conflicts(index, diags);
    else if (result == 0 && git_index_write_tree_to(out, index, merge->objects) != 0)
        result = source_git_failed(diags, (struct str){0}, "merge the two branches");
    git_index_free(index);
    git_tree_free(ancestor);
    git_tree_free(head);
    return result;
}

/* Gives one path in `tree` what BASE has there. */
static int keep_path(struct merge *merge, git_tree *base, const char *path, git_oid *tree)
{
    git_tree *now = NULL;
    git_tree_entry *wanted = NULL;
    git_tree_entry *found = NULL;
    int error = git_tree_lookup(&now, merge->objects, tree);
    if (error == 0) {
        git_tree_entry_bypath(&wanted, base, path);
        git_tree_entry_bypath(&found, now, path);
    }
    bool same = (wanted == NULL && found == NULL) ||
                (wanted != NULL && found != NULL &&
                 git_oid_equal(git_tree_entry_id(wanted), git_tree_entry_id(found)));
    git_tree_update updates[] = {{GIT_TREE_UPDATE_REMOVE, {{0}}, 0, path},
                                 {GIT_TREE_UPDATE_UPSERT, {{0}}, 0, path}};
    /* A file cannot be put in the place of a folder: it goes first. */
    if (error == 0 && !same && found != NULL) {
        error = git_tree_create_updated(tree, merge->objects, now, 1, &updates[0]);
        git_tree_free(now);
        now = NULL;
        if (error == 0)
            error = git_tree_lookup(&now, merge->objects, tree);
    }
    if (error == 0 && !same && wanted != NULL) {
        updates[1].id = *git_tree_entry_id(wanted);
        updates[1].filemode = git_tree_entry_filemode(wanted);
        error = git_tree_create_updated(tree, merge->objects, now, 1, &updates[1]);
    }
    git_tree_entry_free(wanted);
    git_tree_entry_free(found);
    git_tree_free(now);
    return error;
}

static int keep_all(struct merge *merge, git_tree *base, const struct str *kept, size_t count,
                    struct diags *diags, git_oid *tree)
{
    for (size_t i = 0; i < count; i++) {
        struct str path = kept[i].ptr[0] == '/' ? arena_str(merge->arena, str_after(kept[i], 1))
                                                : path_join(merge->arena, merge->prefix, kept[i]);
        if (keep_path(merge, base, path.ptr, tree) != 0)
            return source_git_failed(diags, path, "put the tree together");
    }
    return 0;
}

/* A commit of the result with both branches as its parents, so that the dates and authors of files
 * are read as they will be after the merge. */
static int make_commit(struct merge *merge, const git_oid *tree_id, struct diags *diags)
{
    git_tree *tree = NULL;
    git_commit *base = NULL;
    git_commit *head = NULL;
    int error = git_tree_lookup(&tree, merge->objects, tree_id);
    if (error == 0)
        error = git_commit_lookup(&base, merge->objects, &merge->base);
    if (error == 0)
        error = git_commit_lookup(&head, merge->objects, &merge->head);
    if (error == 0) {
        const git_commit *parents[] = {base, head};
        error = git_commit_create(&merge->result, merge->objects, NULL, git_commit_author(head),
                                  git_commit_committer(head), NULL, "merge", tree, 2, parents);
    }
    git_commit_free(base);
    git_commit_free(head);
    git_tree_free(tree);
    return error == 0 ? 0 : source_git_failed(diags, (struct str){0}, "put the merge together");
}

/* The tree of the result before anything is kept; *plain says that it is a branch's own. */
static int result_tree(struct merge *merge, git_tree *base, struct diags *diags, git_oid *out,
                       bool *plain)
{
    *plain = true;
    if (git_oid_equal(&merge->ancestor, &merge->head)) {
        *out = *git_tree_id(base);
        merge->result = merge->base;
        return 0;
    }
    if (git_oid_equal(&merge->ancestor, &merge->base)) {
        git_tree *head = NULL;
        int result = tree_of(merge, &merge->head, diags, &head);
        if (result == 0)
            *out = *git_tree_id(head);
        git_tree_free(head);
        merge->effects = merge->changes;
        return result;
    }
    *plain = false;
    int result = merge_trees(merge, base, diags, out);
    git_tree *tree = NULL;
    if (result == 0 && git_tree_lookup(&tree, merge->objects, out) != 0)
        result = source_git_failed(diags, (struct str){0}, "put the merge together");
    if (result == 0)
        result = merge_diff(merge, base, tree, diags, &merge->effects);
    git_tree_free(tree);
    return result;
}

int merge_make(struct merge *merge, const struct str *kept, size_t kept_count, struct diags *diags)
{
    git_tree *base = NULL;
    git_oid tree = {{0}};
    bool plain = false;
    int result = tree_of(merge, &merge->base, diags, &base);
    if (result == 0)
        result = result_tree(merge, base, diags, &tree, &plain);
    git_oid before = tree;
    if (result == 0)
        result = keep_all(merge, base, kept, kept_count, diags, &tree);
    if (result == 0 && (!plain || !git_oid_equal(&before, &tree)))
        result = make_commit(merge, &tree, diags);
    git_tree_free(base);
    return result;
}

/* ---- what others ask */

const struct merge_change *merge_changes(const struct merge *merge, size_t *count)
{
    *count = merge->changes.count;
    return merge->changes.items;
}

const struct merge_change *merge_effects(const struct merge *merge, size_t *count)
{
    *count = merge->effects.count;
    return merge->effects.items;
}

const git_oid *merge_side_commit(const struct merge *merge, enum merge_side side)
{
    return side == MERGE_BASE ? &merge->base : side == MERGE_HEAD ? &merge->head : &merge->result;
}

struct str merge_commit(const struct merge *merge, enum merge_side side)
{
    char hex[GIT_OID_HEXSZ + 1];
    git_oid_tostr(hex, sizeof hex, merge_side_commit(merge, side));
    return arena_str(merge->arena, str_from(hex));
}

struct blob_id merge_commit_id(const struct merge *merge, enum merge_side side)
{
    struct blob_id id;
    memcpy(id.bytes, merge_side_commit(merge, side)->id, sizeof id.bytes);
    return id;
}

struct str merge_prefix(const struct merge *merge)
{
    return merge->prefix;
}

struct overlay *merge_overlay(const struct merge *merge)
{
    return (struct overlay *)&merge->overlay;
}

size_t merge_size(const struct merge *merge, struct blob_id id)
{
    git_odb *odb;
    git_oid oid;
    size_t size = 0;
    git_object_t type;
    git_oid_fromraw(&oid, id.bytes);
    if (git_repository_odb(&odb, merge->objects) != 0)
        return 0;
    if (git_odb_read_header(&size, &type, odb, &oid) != 0 || type != GIT_OBJECT_BLOB)
        size = 0;
    git_odb_free(odb);
    return size;
}

int merge_read(const struct merge *merge, struct blob_id id, struct str path, size_t limit,
               struct arena *arena, struct diags *diags, struct str *bytes)
{
    return source_read_blob(merge->objects, &id, path, limit, arena, diags, bytes);
}
