#include "source/history.h"

#include "base/map.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "source/commits.h"
#include "source/source_internal.h"
#include "source/tree.h"
#include "source/tree_diff.h"

#include <stdlib.h>
#include <string.h>

#define MAX_MAILMAP ((size_t)1 << 20)
/* Entries of trees that are looked at in all: far beyond any site, short of a bomb. */
#define MAX_VISITS ((size_t)1 << 30)

/* Who changed a file, and when first. */
struct part {
    uint32_t author; /* number in `authors` */
    int64_t since;
};

/* Everything here is a minimum, a maximum, a sum or a set: the order of commits does not matter,
 * so a stored state can be continued with commits that came later. */
struct track {
    struct history_file file;
    struct {
        struct part *items;
        size_t count, capacity;
    } parts;
};

struct moved {
    struct str path;
    unsigned char id[GIT_OID_RAWSZ];
};

struct moved_list {
    struct moved *items;
    size_t count, capacity;
};

struct history {
    struct map tracks; /* path -> struct track */
    struct {
        struct history_rename *items;
        size_t count, capacity;
    } renames;
};

struct reading {
    const struct source *source;
    struct arena *arena;
    struct history *history;
    struct {
        struct history_author *items;
        size_t count, capacity;
    } authors;
    struct map author_numbers; /* "Name <email>", mapped -> number plus 1 */
    struct map raw_numbers;    /* the same as commits have it */
    git_mailmap *mailmap;
    const struct commit *commit;
    uint32_t author; /* of the commit at hand */
    struct arena scratch;
    struct moved_list added, removed; /* by the commit at hand, in scratch */
};

/* ---- people */

/* Names come from anywhere; what is no UTF-8 is replaced, so that pages stay valid. */
static struct str clean(struct arena *arena, struct str text)
{
    if (utf8_invalid(text) == STR_NONE)
        return arena_str(arena, str_trim(text));
    struct buf buf = {0};
    for (size_t at = 0; at < text.len;) {
        size_t len;
        utf8_encode(&buf, utf8_decode(str_after(text, at), &len));
        at += len;
    }
    struct str result = arena_str(arena, str_trim(buf_str(&buf)));
    buf_release(&buf);
    return result;
}

static struct history_author map_author(struct reading *reading, struct str raw)
{
    size_t open = str_rfind_byte(raw, '<');
    struct history_author author = {.name = clean(reading->arena, str_sub(raw, 0, open))};
    if (open != STR_NONE)
        author.email = clean(reading->arena, str_sub(raw, open + 1, raw.len - 1));
    const char *name;
    const char *email;
    if (reading->mailmap != NULL && author.name.len > 0 &&
        git_mailmap_resolve(&name, &email, reading->mailmap, author.name.ptr,
                            author.email.len > 0 ? author.email.ptr : "") == 0) {
        author.name = clean(reading->arena, str_from(name));
        author.email = clean(reading->arena, str_from(email));
    }
    return author;
}

static uint32_t author_number(struct reading *reading, struct str raw)
{
    void **slot = map_slot(&reading->raw_numbers, raw);
    if (*slot != NULL)
        return (uint32_t)((uintptr_t)*slot - 1);
    struct history_author author = map_author(reading, raw);
    struct str key =
        arena_printf(reading->arena, "%.*s <%.*s>", STR_ARG(author.name), STR_ARG(author.email));
    void **known = map_slot(&reading->author_numbers, key);
    if (*known == NULL) {
        *known = (void *)((uintptr_t)reading->authors.count + 1);
        *vec_push(reading->arena, &reading->authors) = author;
    }
    *slot = *known;
    return (uint32_t)((uintptr_t)*known - 1);
}

/* The .mailmap at the top of the commit, if there is a sensible one. */
static void read_mailmap(struct reading *reading, git_odb *odb, const git_oid *root)
{
    git_odb_object *tree;
    if (git_odb_read(&tree, odb, root) != 0)
        return;
    struct tree_entry entry;
    git_odb_object *blob = NULL;
    git_oid id;
    size_t size;
    git_object_t type;
    if (tree_find(tree, STR(".mailmap"), &entry) && entry.kind == TREE_FILE) {
        git_oid_fromraw(&id, entry.id);
        if (git_odb_read_header(&size, &type, odb, &id) == 0 && size <= MAX_MAILMAP &&
            git_odb_read(&blob, odb, &id) == 0)
            git_mailmap_from_buffer(&reading->mailmap, git_odb_object_data(blob),
                                    git_odb_object_size(blob));
    }
    git_odb_object_free(blob);
    git_odb_object_free(tree);
}

/* ---- files */

static struct track *track_of(struct reading *reading, struct str path)
{
    struct track *track = map_get(&reading->history->tracks, path);
    if (track != NULL)
        return track;
    track = arena_zalloc(reading->arena, 1, sizeof *track);
    track->file.path = arena_str(reading->arena, path);
    map_put(&reading->history->tracks, track->file.path, track);
    return track;
}

static void add_part(struct reading *reading, struct track *track, int64_t when)
{
    for (size_t i = 0; i < track->parts.count; i++) {
        struct part *part = &track->parts.items[i];
        if (part->author == reading->author) {
            part->since = when < part->since ? when : part->since;
            return;
        }
    }
    *vec_push(reading->arena, &track->parts) = (struct part){reading->author, when};
}

static void note_change(struct reading *reading, struct str path)
{
    struct history_time when = reading->commit->when;
    struct track *track = track_of(reading, path);
    if (track->file.commits == 0 || when.utc < track->file.first.utc)
        track->file.first = when;
    if (track->file.commits == 0 || when.utc > track->file.last.utc)
        track->file.last = when;
    track->file.commits++;
    add_part(reading, track, when.utc);
}

static void note_move(struct reading *reading, struct moved_list *list, struct str path,
                      const unsigned char *id)
{
    struct moved *moved = vec_push(&reading->scratch, list);
    moved->path = arena_str(&reading->scratch, path);
    memcpy(moved->id, id, sizeof moved->id);
}

static void take_change(void *context, enum tree_change change, struct str path,
                        const unsigned char *id)
{
    struct reading *reading = context;
    if (change != TREE_REMOVED)
        note_change(reading, path);
    if (reading->commit->parent_count == 1 && change != TREE_CHANGED)
        note_move(reading, change == TREE_ADDED ? &reading->added : &reading->removed, path, id);
}

static int compare_moved(const void *a, const void *b)
{
    const struct moved *first = a;
    const struct moved *second = b;
    int order = memcmp(first->id, second->id, sizeof first->id);
    return order != 0 ? order : str_cmp(first->path, second->path);
}

/* Pairs what left with what arrived, by their bytes. */
static void pair_moves(struct reading *reading)
{
    struct moved_list *added = &reading->added;
    struct moved_list *removed = &reading->removed;
    if (added->count > 0 && removed->count > 0) {
        qsort(added->items, added->count, sizeof *added->items, compare_moved);
        qsort(removed->items, removed->count, sizeof *removed->items, compare_moved);
    }
    for (size_t i = 0, j = 0; i < removed->count && j < added->count;) {
        const struct moved *from = &removed->items[i];
        const struct moved *to = &added->items[j];
        int order = memcmp(from->id, to->id, sizeof from->id);
        if (order == 0)
            *vec_push(reading->arena, &reading->history->renames) =
                (struct history_rename){.from = arena_str(reading->arena, from->path),
                                        .to = arena_str(reading->arena, to->path),
                                        .when = reading->commit->when};
        i += order <= 0;
        j += order >= 0;
    }
    reading->added = (struct moved_list){0};
    reading->removed = (struct moved_list){0};
    arena_clear(&reading->scratch);
}

/* ---- the walk */

static bool is_area(struct str name)
{
    for (size_t i = 0; i < 3; i++)
        if (str_eq(name, source_area_names[i]))
            return true;
    return false;
}

/* Compares one commit with its parents, below the site's folder. */
static int walk_commit(struct reading *reading, const struct commit_list *commits,
                       struct tree_diff *diff)
{
    const struct commit *commit = reading->commit;
    struct str prefix = reading->source->prefix;
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
    reading->author = author_number(reading, commit->author);
    error = tree_diff_run(diff, &own, parents, commit->parent_count);
    pair_moves(reading);
    return error;
}

static int walk(struct reading *reading, git_odb *odb, const git_oid *tip)
{
    struct arena held = {0};
    struct commit_list commits = {0};
    int error = commits_read(odb, tip, &held, &commits);
    if (error == 0) {
        read_mailmap(reading, odb, &commits.items[0].tree);
        struct tree_cache cache;
        tree_cache_init(&cache, odb);
        struct tree_diff diff = {.cache = &cache,
                                 .wanted = is_area,
                                 .tell = take_change,
                                 .context = reading,
                                 .budget = MAX_VISITS};
        for (size_t i = 0; i < commits.count && error == 0; i++) {
            reading->commit = &commits.items[i];
            error = walk_commit(reading, &commits, &diff);
        }
        buf_release(&diff.path);
        tree_cache_release(&cache);
    }
    /* The maps of names borrow from the commits, but are not asked again. */
    git_mailmap_free(reading->mailmap);
    arena_release(&reading->scratch);
    arena_release(&held);
    return error;
}

/* ---- the result */

static int compare_parts(const void *a, const void *b)
{
    const struct part *first = a;
    const struct part *second = b;
    if (first->since != second->since)
        return first->since < second->since ? -1 : 1;
    return first->author < second->author ? -1 : first->author > second->author;
}

static int compare_renames(const void *a, const void *b)
{
    const struct history_rename *first = a;
    const struct history_rename *second = b;
    if (first->when.utc != second->when.utc)
        return first->when.utc < second->when.utc ? -1 : 1;
    int order = str_cmp(first->from, second->from);
    return order != 0 ? order : str_cmp(first->to, second->to);
}

static void settle(struct reading *reading)
{
    struct history *history = reading->history;
    for (size_t i = 0; i < history->tracks.count; i++) {
        struct track *track = history->tracks.entries[i].value;
        size_t count = track->parts.count;
        qsort(track->parts.items, count, sizeof *track->parts.items, compare_parts);
        struct history_author *authors = arena_zalloc(reading->arena, count, sizeof *authors);
        for (size_t j = 0; j < count; j++)
            authors[j] = reading->authors.items[track->parts.items[j].author];
        track->file.authors = authors;
        track->file.author_count = count;
    }
    if (history->renames.count > 0)
        qsort(history->renames.items, history->renames.count, sizeof *history->renames.items,
              compare_renames);
}

static struct history *empty(struct arena *arena)
{
    struct history *history = arena_zalloc(arena, 1, sizeof *history);
    map_init(&history->tracks, arena);
    return history;
}

static void note(struct diags *diags, const char *what, const char *hint)
{
    diag_add(diags, SEVERITY_NOTE, "history", (struct span){0}, "%s", what);
    diag_hint(diags, "%s", hint);
}

static int read_repository(struct reading *reading, git_repository *repository, struct diags *diags)
{
    git_oid tip = reading->source->commit;
    if (!reading->source->has_commit && git_reference_name_to_id(&tip, repository, "HEAD") != 0) {
        note(diags, "there is no commit yet, so dates from git's history are missing",
             "commit the site (git add, git commit), or write `date:` into the front matter");
        return 1;
    }
    if (git_repository_is_shallow(repository) == 1) {
        note(diags, "this is a shallow clone: its history is cut off, so no date is taken from it",
             "fetch the whole history: git fetch --unshallow");
        return 0;
    }
    git_odb *odb;
    int error = git_repository_odb(&odb, repository);
    if (error == 0) {
        error = walk(reading, odb, &tip);
        git_odb_free(odb);
    }
    if (error == GIT_ENOTFOUND || error == GIT_EUSER) {
        note(diags,
             error == GIT_EUSER
                 ? "git's history is larger than can be read, so no date is taken from it"
                 : "a part of git's history is not in this clone, so no date is taken from it",
             "fetch the whole history into a fresh clone: git clone without --depth and --filter");
        reading->history = empty(reading->arena);
        return 0;
    }
    if (error != 0)
        return source_git_failed(diags, (struct str){0}, "read git's history");
    settle(reading);
    return 0;
}

int history_read(const struct source *source, struct arena *arena, struct diags *diags,
                 const struct history **out)
{
    *out = NULL;
    if (source->place->git_folder.len == 0) {
        note(diags, "this folder is in no git repository, so dates from its history are missing",
             "write `date:` into the front matter, or put the site under git: git init");
        return 0;
    }
    git_repository *repository = source_open_repository(source, diags);
    if (repository == NULL)
        return -1;
    struct reading reading = {.source = source, .arena = arena, .history = empty(arena)};
    map_init(&reading.author_numbers, arena);
    map_init(&reading.raw_numbers, arena);
    int result = read_repository(&reading, repository, diags);
    git_repository_free(repository);
    if (result == 0)
        *out = reading.history;
    return result < 0 ? -1 : 0;
}

const struct history_file *history_find(const struct history *history, struct str path)
{
    struct track *track = history != NULL ? map_get(&history->tracks, path) : NULL;
    return track != NULL && track->file.commits > 0 ? &track->file : NULL;
}

const struct history_rename *history_renames(const struct history *history, size_t *count)
{
    *count = history != NULL ? history->renames.count : 0;
    return history != NULL ? history->renames.items : NULL;
}
