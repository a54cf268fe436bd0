#include "source/history_state.h"

#include "base/vec.h"
#include "source/source_internal.h"
#include "source/tree_diff.h"

#include <stdlib.h>
#include <string.h>

/* Below so many parts a file's people are not joined. */
enum { FEW_PARTS = 16, PROGRESS_STEP = 256 };

struct moved {
    struct str path;
    unsigned char id[GIT_OID_RAWSZ];
};

struct moved_list {
    struct moved *items;
    size_t count, capacity;
};

struct walking {
    struct history_state *state;
    const struct history_options *options;
    const struct commit *commit;
    uint32_t person; /* who wrote the commit at hand */
    struct arena scratch;
    struct moved_list added, removed; /* by the commit at hand, in scratch */
};

/* ---- files */

/* Two commits of one second can differ in their clocks' zones. */
static int compare_times(struct history_time a, struct history_time b)
{
    if (a.utc != b.utc)
        return a.utc < b.utc ? -1 : 1;
    return a.offset < b.offset ? -1 : a.offset > b.offset;
}

static void add_part(struct walking *walking, struct history_track *track, int64_t when)
{
    struct history_part *last =
        track->parts.count > 0 ? &track->parts.items[track->parts.count - 1] : NULL;
    if (last != NULL && last->person == walking->person) {
        last->since = when < last->since ? when : last->since;
        return;
    }
    if (track->parts.count >= FEW_PARTS && track->parts.count >= track->crowded) {
        history_join_parts(track);
        track->crowded = 2 * track->parts.count;
    }
    *vec_push(walking->state->arena, &track->parts) =
        (struct history_part){.since = when, .person = walking->person};
}

static void note_change(struct walking *walking, struct str path)
{
    struct history_time when = walking->commit->when;
    struct history_track *track = history_track(walking->state, path);
    if (track->file.commits == 0 || compare_times(when, track->file.first) < 0)
        track->file.first = when;
    if (track->file.commits == 0 || compare_times(when, track->file.last) > 0)
        track->file.last = when;
    track->file.commits++;
    add_part(walking, track, when.utc);
}

static void note_move(struct walking *walking, struct moved_list *list, struct str path,
                      const unsigned char *id)
{
    struct moved *moved = vec_push(&walking->scratch, list);
    moved->path = arena_str(&walking->scratch, path);
    memcpy(moved->id, id, sizeof moved->id);
}

static void take_change(void *context, enum tree_change change, struct str path,
                        const unsigned char *id)
{
    struct walking *walking = context;
    if (change != TREE_REMOVED)
        note_change(walking, path);
    if (walking->commit->parent_count == 1 && change != TREE_CHANGED)
        note_move(walking, change == TREE_ADDED ? &walking->added : &walking->removed, path, id);
}

static int compare_moved(const void *a, const void *b)
{
    const struct moved *first = a;
    const struct moved *second = b;
    int order = memcmp(first->id, second->id, sizeof first->id);
    return order != 0 ? order : str_cmp(first->path, second->path);
}

/* Pairs what left with what arrived, by their bytes. */
static void pair_moves(struct walking *walking)
{
    struct history_state *state = walking->state;
    struct moved_list *added = &walking->added;
    struct moved_list *removed = &walking->removed;
    if (added->count > 0 && removed->count > 0) {
        qsort(added->items, added->count, sizeof *added->items, compare_moved);
        qsort(removed->items, removed->count, sizeof *removed->items, compare_moved);
    }
    for (size_t i = 0, j = 0; i < removed->count && j < added->count;) {
        const struct moved *from = &removed->items[i];
        const struct moved *to = &added->items[j];
        int order = memcmp(from->id, to->id, sizeof from->id);
        if (order == 0)
            *vec_push(state->arena, &state->renames) =
                (struct history_rename){.from = arena_str(state->arena, from->path),
                                        .to = arena_str(state->arena, to->path),
                                        .when = walking->commit->when};
        i += order <= 0;
        j += order >= 0;
    }
    walking->added = (struct moved_list){0};
    walking->removed = (struct moved_list){0};
    arena_clear(&walking->scratch);
}

/* ---- commits */

static bool is_area(struct str name)
{
    for (size_t i = 0; i < 3; i++)
        if (str_eq(name, source_area_names[i]))
            return true;
    return false;
}

/* Compares one commit with its parents, below the site's folder. */
static int walk_commit(struct walking *walking, const struct commit_list *commits,
                       struct tree_diff *diff)
{
    const struct commit *commit = walking->commit;
    struct str prefix = walking->options->source->prefix;
    git_oid own;
    git_oid ids[TREE_DIFF_PARENTS];
    const git_oid *parents[TREE_DIFF_PARENTS];
    for (uint32_t i = 0; i < commit->parent_count; i++) {
        const struct commit *parent = &commits->items[commit->parents[i]];
        if (git_oid_equal(&parent->tree, &commit->tree))
            return 0;
        int error = tree_cache_descend(diff->cache, &parent->tree, prefix, &ids[i]);
        if (error < 0)
            return error;
        parents[i] = error == 0 ? &ids[i] : NULL;
    }
    int error = tree_cache_descend(diff->cache, &commit->tree, prefix, &own);
    if (error != 0)
        return error < 0 ? error : 0;
    walking->person = history_person(walking->state, commit->author);
    error = tree_diff_run(diff, &own, parents, commit->parent_count);
    pair_moves(walking);
    return error;
}

static int walk_commits(struct history_state *state, const struct history_options *options,
                        git_odb *odb, const struct commit_list *commits, size_t *walked)
{
    struct walking walking = {.state = state, .options = options};
    struct tree_cache cache;
    int error = 0;
    tree_cache_init(&cache, odb);
    struct tree_diff diff = {.cache = &cache,
                             .wanted = is_area,
                             .tell = take_change,
                             .context = &walking,
                             .budget = state->budget};
    for (size_t i = 0; i < commits->count && error == 0; i++) {
        walking.commit = &commits->items[i];
        if (options->progress && i % PROGRESS_STEP == 0)
            options->progress(options->progress_context, i, commits->count);
        if (walking.commit->known)
            continue;
        error = walk_commit(&walking, commits, &diff);
        ++*walked;
    }
    state->budget = diff.budget;
    buf_release(&diff.path);
    tree_cache_release(&cache);
    arena_release(&walking.scratch);
    return error;
}

static bool reaches(const struct commit_list *commits, const git_oid *tip)
{
    for (size_t i = 0; i < commits->count; i++)
        if (commits->items[i].known && git_oid_equal(&commits->items[i].id, tip))
            return true;
    return false;
}

static int compare_ids(const void *a, const void *b)
{
    return git_oid_cmp(a, b);
}

/* The commits that were known and those that were not. */
static void join_commits(struct history_state *state, const struct commit_list *commits,
                         size_t walked)
{
    size_t old = state->commits.count;
    git_oid *ids = arena_zalloc(state->arena, old + walked, sizeof *ids);
    size_t count = old;
    if (old > 0)
        memcpy(ids, state->commits.items, old * sizeof *ids);
    for (size_t i = 0; i < commits->count; i++)
        if (!commits->items[i].known)
            ids[count++] = commits->items[i].id;
    if (count > old)
        qsort(ids, count, sizeof *ids, compare_ids);
    state->commits = (struct commit_ids){ids, count};
}

int history_walk(struct history_state *state, const struct history_options *options, git_odb *odb,
                 const git_oid *tip, git_oid *root, size_t *walked)
{
    struct arena held = {0};
    struct commit_list commits = {0};
    int error = commits_read(odb, tip, state->commits, &held, &commits);
    if (error == 0 && state->commits.count > 0 && !reaches(&commits, &state->tip)) {
        history_state_init(state, state->arena);
        commits = (struct commit_list){0};
        error = commits_read(odb, tip, state->commits, &held, &commits);
    }
    *walked = 0;
    if (error == 0) {
        *root = commits.items[0].tree;
        error = walk_commits(state, options, odb, &commits, walked);
    }
    if (error == 0 && *walked > 0)
        join_commits(state, &commits, *walked);
    state->tip = *tip;
    arena_release(&held);
    return error;
}
