#include "publish/manifest_more.h"
#include "publish/store_internal.h"

#include "base/path.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>

/* A rename that publishes one file, or a new folder with all that is in it. */
struct move {
    unsigned step; /* when: see step_of() */
    size_t order;  /* among those of a step */
    const char *from;
    const char *to;
    struct manifest_entry *entry; /* NULL: a folder */
};

struct move_list {
    struct move *items;
    size_t count;
};

/* Assets, then what is new, then what has changed, each in the order of ranks. */
static unsigned step_of(enum slot_state state, enum store_rank rank)
{
    if (rank == STORE_ASSET)
        return 0;
    return (state == SLOT_NEW ? 0 : STORE_FEED) + (unsigned)rank;
}

static int compare_moves(const void *left, const void *right)
{
    const struct move *a = left;
    const struct move *b = right;
    if (a->step != b->step)
        return a->step < b->step ? -1 : 1;
    return (a->order > b->order) - (a->order < b->order);
}

/* The uppermost folder above an item that is not in the output yet, or STR_NONE. */
static size_t new_folder(const struct store *store, size_t folder)
{
    size_t found = STR_NONE;
    for (; folder != STR_NONE && !store->folders[folder].exists;
         folder = store->folders[folder].parent)
        found = folder;
    return found;
}

static void add_move(struct store *store, struct move_list *moves, struct move **folders,
                     size_t index)
{
    struct store_slot *slot = &store->slots[index];
    const char *path = slot->entry.path.ptr;
    unsigned step = step_of(slot->state, store_item_of(store, index)->rank);
    size_t folder = slot->state == SLOT_NEW ? new_folder(store, slot->folder) : STR_NONE;
    if (folder != STR_NONE && folders[folder]) {
        if (step < folders[folder]->step)
            folders[folder]->step = step;
        return;
    }
    struct move *move = &moves->items[moves->count++];
    move->step = step;
    move->order = index;
    if (folder != STR_NONE) {
        folders[folder] = move;
        move->to = store->folders[folder].path;
        move->from = path_join(store->arena, STR(WORK_NEW), str_from(move->to)).ptr;
    } else {
        move->to = path;
        move->from = store_staged_path(store->arena, slot, index);
        move->entry = &slot->entry;
    }
}

static struct move_list list_moves(struct store *store)
{
    struct move_list moves = {0};
    moves.items = arena_zalloc(store->arena, store->slot_count, sizeof *moves.items);
    struct move **folders = arena_zalloc(store->arena, store->folder_count, sizeof(struct move *));
    for (size_t i = 0; i < store->slot_count; i++) {
        if (store->slots[i].state == SLOT_NEW || store->slots[i].state == SLOT_CHANGED)
            add_move(store, &moves, folders, i);
    }
    if (moves.count > 1)
        qsort(moves.items, moves.count, sizeof *moves.items, compare_moves);
    return moves;
}

/* Of some files only: what is known of them goes before what the manifest says. */
static int save_part(const struct store *store, const struct manifest *manifest,
                     struct diags *diags)
{
    struct buf bytes = {0};
    struct arena scratch = {0};
    struct str former = {0};
    const struct fs *fs = store->options.fs;
    const char *path = manifest_more_path(store->manifest_path, &scratch);
    int error = fs_read(fs, AT_FDCWD, path, (size_t)1 << 30, &scratch, &former);
    if (!error || error == ENOENT) {
        manifest_write_more(store->manifest_sum, former, manifest, &store->manifest, &bytes);
        error = fs_write(fs, AT_FDCWD, path, buf_str(&bytes));
    }
    buf_release(&bytes);
    if (error)
        diag_system(diags, (struct span){0}, error, "write %s", path);
    arena_release(&scratch);
    return error ? -1 : 0;
}

static int save(const struct store *store, const struct manifest *manifest, struct diags *diags)
{
    if (store->options.part)
        return save_part(store, manifest, diags);
    struct buf bytes = {0};
    struct arena scratch = {0};
    manifest_write(manifest, &bytes);
    int error = fs_make_folders(store->options.fs, AT_FDCWD, store->options.state);
    if (!error)
        error = fs_write(store->options.fs, AT_FDCWD, store->manifest_path, buf_str(&bytes));
    buf_release(&bytes);
    /* What went before the former one says nothing of this one; it is only in the way. */
    if (!error)
        (void)fs_remove_file(store->options.fs, AT_FDCWD,
                             manifest_more_path(store->manifest_path, &scratch));
    arena_release(&scratch);
    if (error)
        return diag_system(diags, (struct span){0}, error, "write %s", store->manifest_path);
    return 0;
}

/* Of a file that another is to take the place of: either may be found there. */
static struct manifest_entry *changing_entry(struct store *store, const struct store_slot *slot,
                                             const struct manifest_entry *old)
{
    struct manifest_entry *entry = arena_zalloc(store->arena, 1, sizeof *entry);
    struct fs_stat stat;
    *entry = *old;
    entry->path = slot->entry.path;
    entry->digest = slot->entry.digest;
    entry->pending = entry->changing = true;
    if ((slot->stale || old->pending) &&
        fs_stat(store->options.fs, store->output, slot->entry.path.ptr, &stat) == 0)
        store_note_stat(entry, &stat);
    return entry;
}

/* What the manifest says while files are being moved: all that it said before, and what is to come,
 * so that a build that is killed here leaves nothing that the next one takes for foreign. */
static int announce(struct store *store, struct diags *diags)
{
    struct manifest manifest;
    manifest_init(&manifest, store->arena);
    /* Copies that are not yet what the new note says must not be taken for such. */
    if (str_eq(store->manifest.note, store->compressors_note))
        manifest.note = store->manifest.note;
    for (size_t i = 0; i < store->manifest.entries.count; i++)
        manifest_add(&manifest, store->manifest.entries.entries[i].value);
    for (size_t i = 0; i < store->slot_count; i++) {
        struct store_slot *slot = &store->slots[i];
        const struct manifest_entry *old = manifest_find(&store->manifest, slot->entry.path);
        bool known = old && (!old->pending || old->changing);
        slot->entry.pending = slot->state == SLOT_NEW;
        if (slot->state == SLOT_CHANGED || (slot->state == SLOT_NEW && known))
            manifest_add(&manifest, changing_entry(store, slot, old));
        else if (!old || old->pending)
            manifest_add(&manifest, &slot->entry);
    }
    return save(store, &manifest, diags);
}

static int move_all(struct store *store, const struct move_list *moves, struct diags *diags)
{
    const struct fs *fs = store->options.fs;
    for (size_t i = 0; i < moves->count; i++) {
        const struct move *move = &moves->items[i];
        int error = fs_rename_between(fs, store->work, move->from, store->output, move->to);
        struct fs_stat stat;
        if (!error && move->entry)
            error = fs_stat(fs, store->output, move->to, &stat);
        if (error) {
            diag_system(diags, (struct span){0}, error, "put %s in its place",
                        store_shown(store, diags->arena, str_from(move->to)));
            diag_hint(diags,
                      "Every file there is whole, old or new; the next build does the rest.");
            return -1;
        }
        if (move->entry)
            store_note_stat(move->entry, &stat);
    }
    return 0;
}

bool store_reaches(const struct store *store, struct str path)
{
    struct str folder = path_folder(path);
    struct fs_stat stat;
    if (folder.len == 0)
        return true;
    return store_reaches(store, folder) &&
           fs_stat(store->options.fs, store->output, arena_cstr(store->arena, folder), &stat) ==
               0 &&
           stat.kind == FS_FOLDER;
}

/* Whether the file is still the one that copse wrote. */
static bool is_ours(struct store *store, const struct manifest_entry *old,
                    const struct fs_stat *stat, const char *path)
{
    if (manifest_fresh(old, stat) || manifest_former(old, stat))
        return true;
    struct str bytes;
    bool ours = fs_read(store->options.fs, store->output, path, (size_t)stat->size + 1,
                        &store->scratch[0], &bytes) == 0 &&
                digest_eq(digest_of_file(bytes), old->digest);
    arena_clear(&store->scratch[0]);
    return ours;
}

enum removal { REMOVED, GONE_ALREADY, LEFT, REMOVAL_FAILED };

static enum removal remove_file(struct store *store, const struct manifest_entry *old,
                                struct diags *diags)
{
    const struct fs *fs = store->options.fs;
    const char *path = arena_cstr(store->arena, old->path);
    struct fs_stat stat;
    if (!store_reaches(store, old->path))
        return GONE_ALREADY;
    int error = fs_stat(fs, store->output, path, &stat);
    if (error == ENOENT)
        return GONE_ALREADY;
    const char *shown = store_shown(store, diags->arena, old->path);
    if (!error && (stat.kind != FS_FILE || !is_ours(store, old, &stat, path))) {
        if (old->pending && !old->changing)
            return GONE_ALREADY;
        diag_add(diags, SEVERITY_WARNING, "changed-output", (struct span){0},
                 "%s is no longer part of the site, but somebody changed it since copse wrote it, "
                 "so it was left there",
                 shown);
        diag_hint(diags, "Delete it yourself if it should go.");
        return LEFT;
    }
    if (!error)
        error = fs_remove_file(fs, store->output, path);
    if (!error)
        return REMOVED;
    diag_system(diags, (struct span){0}, error, "remove %s", shown);
    return REMOVAL_FAILED;
}

/* The folders that a file of ours was in go with it, if nothing else is in them; those too that a
 * build which was cut short has left empty. */
static int remove_folders(struct store *store, struct str path, struct diags *diags)
{
    for (struct str folder = path_folder(path); folder.len > 0; folder = path_folder(folder)) {
        if (!store_reaches(store, folder))
            continue;
        int error =
            fs_remove_folder(store->options.fs, store->output, arena_cstr(store->arena, folder));
        if (error == ENOTEMPTY || error == EEXIST || error == ENOTDIR || error == EBUSY)
            return 0;
        if (error && error != ENOENT)
            return diag_system(diags, (struct span){0}, error, "remove the folder %s",
                               store_shown(store, diags->arena, folder));
    }
    return 0;
}

/* Removes what the last build wrote and this one has no more; what cannot go stays listed. */
static int remove_gone(struct store *store, const struct manifest *manifest, struct manifest *next,
                       struct store_report *report, struct diags *diags)
{
    int result = 0;
    for (size_t i = 0; i < store->manifest.entries.count; i++) {
        struct manifest_entry *old = store->manifest.entries.entries[i].value;
        if (manifest_find(manifest, old->path))
            continue;
        enum removal removal = remove_file(store, old, diags);
        report->removed += removal == REMOVED;
        if ((removal == REMOVED || removal == GONE_ALREADY) &&
            remove_folders(store, old->path, diags) != 0)
            removal = REMOVAL_FAILED;
        if (removal == REMOVAL_FAILED)
            result = -1;
        if (removal == REMOVAL_FAILED || removal == LEFT)
            manifest_add(next, old);
    }
    return result;
}

/* Whether the manifest on disk already says what it must say now. */
static bool is_settled(const struct store *store)
{
    if (!store->manifest.known || store->manifest.entries.count != store->slot_count ||
        !str_eq(store->manifest.note, store->compressors_note))
        return false;
    for (size_t i = 0; i < store->slot_count; i++) {
        const struct store_slot *slot = &store->slots[i];
        const struct manifest_entry *old = manifest_find(&store->manifest, slot->entry.path);
        if (slot->state != SLOT_KEPT || !old || old->pending ||
            !digest_eq(old->digest, slot->entry.digest) || old->inode != slot->entry.inode ||
            old->modified != slot->entry.modified || old->changed != slot->entry.changed)
            return false;
    }
    return true;
}

static void count_slots(const struct store *store, struct store_report *report)
{
    *report = (struct store_report){0};
    for (size_t i = 0; i < store->slot_count; i++) {
        const struct store_slot *slot = &store->slots[i];
        assert(slot->state != SLOT_EMPTY && slot->state != SLOT_FAILED);
        report->written += slot->state != SLOT_KEPT;
        report->unchanged += slot->state == SLOT_KEPT;
        report->bytes += slot->size;
    }
}

int store_commit(struct store *store, struct store_report *report, struct diags *diags)
{
    assert(!store->committed);
    count_slots(store, report);
    if (is_settled(store))
        return 0;
    struct move_list moves = list_moves(store);
    if (announce(store, diags) != 0)
        return -1;
    store->committed = store->half = true;
    if (move_all(store, &moves, diags) != 0)
        return -1;
    struct manifest planned;
    manifest_init(&planned, store->arena);
    planned.note = store->compressors_note;
    for (size_t i = 0; i < store->slot_count; i++) {
        store->slots[i].entry.pending = false;
        manifest_add(&planned, &store->slots[i].entry);
    }
    struct manifest next = planned;
    struct manifest left;
    manifest_init(&left, store->arena);
    int result = remove_gone(store, &planned, &left, report, diags);
    for (size_t i = 0; i < left.entries.count; i++)
        manifest_add(&next, left.entries.entries[i].value);
    if (save(store, &next, diags) != 0)
        result = -1;
    store->half = result != 0;
    return result;
}
