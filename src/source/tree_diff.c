#include "source/tree_diff.h"

#include "source/source.h"
#include "source/tree.h"

#include <string.h>

#define SLOTS (sizeof((struct tree_cache *)0)->slots / sizeof(git_odb_object *))

/* ---- cache */

void tree_cache_init(struct tree_cache *cache, git_odb *odb)
{
    *cache = (struct tree_cache){.odb = odb};
}

void tree_cache_release(struct tree_cache *cache)
{
    for (size_t i = 0; i < SLOTS; i++)
        git_odb_object_free(cache->slots[i]);
}

/* A reference of the caller's own: free it. */
static int read_tree(struct tree_cache *cache, const git_oid *id, git_odb_object **out)
{
    git_odb_object **slot = &cache->slots[id->id[0] % SLOTS];
    if (*slot == NULL || !git_oid_equal(git_odb_object_id(*slot), id)) {
        git_odb_object *tree;
        int error = git_odb_read(&tree, cache->odb, id);
        if (error != 0)
            return error;
        if (git_odb_object_type(tree) != GIT_OBJECT_TREE) {
            git_odb_object_free(tree);
            return GIT_ERROR;
        }
        git_odb_object_free(*slot);
        *slot = tree;
    }
    return git_odb_object_dup(out, *slot);
}

int tree_cache_descend(struct tree_cache *cache, const git_oid *root, struct str path, git_oid *out)
{
    *out = *root;
    struct str rest = path;
    struct str part;
    while (rest.len > 0 && str_split(&rest, '/', &part)) {
        git_odb_object *tree;
        int error = read_tree(cache, out, &tree);
        if (error != 0)
            return error;
        struct tree_entry entry;
        bool found = tree_find(tree, part, &entry) && entry.kind == TREE_FOLDER;
        if (found)
            git_oid_fromraw(out, entry.id);
        git_odb_object_free(tree);
        if (!found)
            return 1;
    }
    return 0;
}

/* ---- comparing */

/* One parent's side of a level. */
struct side {
    git_odb_object *tree; /* NULL: the parent has no such folder */
    struct tree_rest rest;
    struct tree_entry entry;
    bool has_entry; /* `entry` was taken from `rest` and is not dealt with */
};

static int compare_level(struct tree_diff *diff, const git_oid *own, const git_oid *const *parents,
                         size_t count, unsigned depth);

static int visit(struct tree_diff *diff, const struct tree_entry *entry, enum tree_change change,
                 const git_oid *const *parents, size_t count, unsigned depth)
{
    if (depth == 0 && diff->wanted != NULL && !diff->wanted(entry->name))
        return 0;
    if (diff->budget == 0)
        return GIT_EUSER;
    diff->budget--;
    size_t len = diff->path.len;
    if (len + entry->name.len > SOURCE_MAX_PATH || depth > SOURCE_MAX_DEPTH)
        return 0; /* listing refuses such a file, so nobody asks for its history */
    buf_add(&diff->path, entry->name);
    int error = 0;
    git_oid id;
    git_oid_fromraw(&id, entry->id);
    if (entry->kind == TREE_FILE) {
        diff->tell(diff->context, change, buf_str(&diff->path), entry->id);
    } else if (entry->kind == TREE_FOLDER) {
        buf_addc(&diff->path, '/');
        /* What the parent alone has is walked as if it were new, the telling turned round. */
        error = compare_level(diff, change == TREE_REMOVED ? NULL : &id, parents, count, depth + 1);
    }
    buf_truncate(&diff->path, len);
    return error;
}

/* Moves both sides past entries that are the same, which is what a changed folder mostly holds. */
static void skip_equal(struct tree_rest *own, struct tree_rest *other)
{
    if (own->end - own->at == other->end - other->at &&
        memcmp(own->at, other->at, (size_t)(own->end - own->at)) == 0) {
        own->at = own->end;
        other->at = other->end;
        return;
    }
    for (;;) {
        size_t left = (size_t)(own->end - own->at);
        const unsigned char *nul = left > 0 ? memchr(own->at, '\0', left) : NULL;
        if (nul == NULL)
            return;
        size_t size = (size_t)(nul - own->at) + 1 + GIT_OID_RAWSZ;
        if (size > left || size > (size_t)(other->end - other->at) ||
            memcmp(own->at, other->at, size) != 0)
            return;
        own->at += size;
        other->at += size;
    }
}

static int tell_removed(struct tree_diff *diff, const struct tree_entry *entry, unsigned depth)
{
    git_oid id;
    git_oid_fromraw(&id, entry->id);
    const git_oid *parent = &id;
    return visit(diff, entry, TREE_REMOVED, &parent, 1, depth);
}

/* Brings a side to the entry that `own` has (NULL: to its end). */
static int advance(struct tree_diff *diff, struct side *side, const struct tree_entry *own,
                   bool tell, unsigned depth)
{
    int error = 0;
    while (error == 0 && (side->has_entry || tree_next(&side->rest, &side->entry))) {
        side->has_entry = true;
        if (own != NULL && tree_compare(&side->entry, own) >= 0)
            return 0;
        side->has_entry = false;
        if (tell)
            error = tell_removed(diff, &side->entry, depth);
    }
    return error;
}

/* Deals with one entry that the commit has. */
static int compare_entry(struct tree_diff *diff, const struct tree_entry *own, struct side *sides,
                         size_t count, unsigned depth)
{
    git_oid ids[TREE_DIFF_PARENTS];
    const git_oid *parents[TREE_DIFF_PARENTS];
    enum tree_change change = TREE_ADDED;
    for (size_t i = 0; i < count; i++) {
        int error = advance(diff, &sides[i], own, count == 1, depth);
        if (error != 0)
            return error;
        parents[i] = NULL;
        if (!sides[i].has_entry || tree_compare(&sides[i].entry, own) != 0)
            continue;
        if (sides[i].entry.kind == own->kind &&
            memcmp(sides[i].entry.id, own->id, GIT_OID_RAWSZ) == 0)
            return 0;
        change = TREE_CHANGED;
        git_oid_fromraw(&ids[i], sides[i].entry.id);
        parents[i] = &ids[i];
    }
    return visit(diff, own, change, parents, count, depth);
}

static int compare_entries(struct tree_diff *diff, git_odb_object *own, struct side *sides,
                           size_t count, unsigned depth)
{
    struct tree_rest rest = own != NULL ? tree_entries(own) : (struct tree_rest){0};
    struct tree_entry entry;
    int error = 0;
    while (error == 0) {
        if (count == 1 && sides[0].tree != NULL && own != NULL && !sides[0].has_entry)
            skip_equal(&rest, &sides[0].rest);
        if (own == NULL || !tree_next(&rest, &entry))
            break;
        error = compare_entry(diff, &entry, sides, count, depth);
        /* An entry that was met is done with. */
        for (size_t i = 0; i < count; i++)
            if (sides[i].has_entry && tree_compare(&sides[i].entry, &entry) == 0)
                sides[i].has_entry = false;
    }
    if (error == 0 && count == 1)
        error = advance(diff, &sides[0], NULL, true, depth);
    return error;
}

/* Recursion is bounded by SOURCE_MAX_DEPTH. `own` NULL: the folder is gone. */
static int compare_level(struct tree_diff *diff, const git_oid *own, const git_oid *const *parents,
                         size_t count, unsigned depth)
{
    for (size_t i = 0; i < count; i++)
        if (own != NULL && parents[i] != NULL && git_oid_equal(own, parents[i]))
            return 0;
    git_odb_object *tree = NULL;
    int error = own != NULL ? read_tree(diff->cache, own, &tree) : 0;
    struct side *sides = NULL;
    struct arena scratch = {0};
    sides = arena_zalloc(&scratch, count + 1, sizeof *sides);
    for (size_t i = 0; i < count && error == 0; i++) {
        if (parents[i] == NULL)
            continue;
        error = read_tree(diff->cache, parents[i], &sides[i].tree);
        if (error == 0)
            sides[i].rest = tree_entries(sides[i].tree);
    }
    if (error == 0)
        error = compare_entries(diff, tree, sides, count, depth);
    for (size_t i = 0; i < count; i++)
        git_odb_object_free(sides[i].tree);
    git_odb_object_free(tree);
    arena_release(&scratch);
    return error;
}

int tree_diff_run(struct tree_diff *diff, const git_oid *own, const git_oid *const *parents,
                  size_t count)
{
    buf_clear(&diff->path);
    return compare_level(diff, own, parents, count, 0);
}
