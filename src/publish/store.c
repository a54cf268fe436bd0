#include "publish/store.h"

#include "base/path.h"
#include "publish/manifest_more.h"
#include "publish/store_internal.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>

/* A manifest of more is not ours: about ten million files. */
#define MANIFEST_LIMIT ((size_t)1 << 30)

const char *store_shown(const struct store *store, struct arena *arena, struct str path)
{
    struct str folder = str_from(store->options.output);
    while (folder.len > 1 && folder.ptr[folder.len - 1] == '/')
        folder.len--;
    return path_join(arena, folder, path).ptr;
}

/* The output as seen from what moves together with the manifest, so that a moved or copied clone
 * finds its own. */
static struct str output_key(const struct store *store)
{
    struct str anchor;
    const char *name = store->options.anchor;
    if (!name || fs_real_path(store->options.fs, name, store->arena, &anchor) != 0 ||
        !path_inside(store->real, anchor))
        return store->real;
    return str_after(store->real, anchor.len);
}

static void find_manifest(struct store *store)
{
    struct digest key = digest_of(output_key(store));
    struct str name = arena_printf(store->arena, "manifest-%016" PRIx64, key.low);
    store->manifest_path = path_join(store->arena, str_from(store->options.state), name).ptr;
}

static struct manifest_entry entry_of(const struct store_file *file, struct digest digest)
{
    return (struct manifest_entry){.path = file->path,
                                   .digest = digest,
                                   .size = file->size,
                                   .inode = file->inode,
                                   .modified = file->modified,
                                   .changed = file->changed};
}

static bool agrees(const struct manifest_entry *entry, const struct store_file *file)
{
    return entry && !entry->pending && entry->size == file->size && entry->inode == file->inode &&
           entry->modified == file->modified && entry->changed == file->changed;
}

/* What stands as the last build left it, and the manifest does not have, or has as it was before.
 */
static void add_known(struct store *store)
{
    const struct store_options *options = &store->options;
    struct store_file file;
    struct digest digest;
    for (size_t i = 0; options->known(options->known_context, i, &file, &digest); i++) {
        if (agrees(manifest_find(&store->manifest, file.path), &file) ||
            !store_file_stands(options->fs, store->output, &file))
            continue;
        struct manifest_entry *entry = arena_zalloc(store->arena, 1, sizeof *entry);
        *entry = entry_of(&file, digest);
        entry->path = arena_str(store->arena, file.path);
        manifest_add(&store->manifest, entry);
    }
}

static int load_manifest(struct store *store, struct diags *diags)
{
    const char *path = store->manifest_path;
    struct str bytes = {0};
    int error = fs_read(store->options.fs, AT_FDCWD, path, MANIFEST_LIMIT, store->arena, &bytes);
    if (error && error != ENOENT)
        return diag_system(diags, (struct span){0}, error, "read %s", path);
    struct str more = {0};
    const char *more_path = manifest_more_path(path, store->arena);
    error = fs_read(store->options.fs, AT_FDCWD, more_path, MANIFEST_LIMIT, store->arena, &more);
    if (error && error != ENOENT)
        return diag_system(diags, (struct span){0}, error, "read %s", more_path);
    manifest_read(&store->manifest, store->arena, bytes);
    manifest_take_more(&store->manifest, store->arena, manifest_sum(bytes), more);
    if (store->options.known)
        add_known(store);
    return 0;
}

/* What is known of the files that change, from the caller; of the manifest no more is read than
 * which it is. */
static int load_part(struct store *store, struct diags *diags)
{
    const struct store_part *part = store->options.part;
    struct manifest_entry *entries = arena_zalloc(store->arena, part->count, sizeof *entries);
    int error = manifest_read_sum(store->options.fs, store->manifest_path, store->arena,
                                  &store->manifest_sum);
    if (error)
        return diag_system(diags, (struct span){0}, error, "read %s", store->manifest_path);
    manifest_init(&store->manifest, store->arena);
    store->manifest.known = true;
    store->manifest.note = store->compressors_note;
    for (size_t i = 0; i < part->count; i++) {
        entries[i] = entry_of(&part->files[i], part->digests[i]);
        manifest_add(&store->manifest, &entries[i]);
    }
    return 0;
}

static int open_output(struct store *store, struct diags *diags)
{
    const struct fs *fs = store->options.fs;
    const char *path = arena_cstr(store->arena, store->real);
    int error = 0;
    if (store->made_from.len > 0)
        error = fs_make_folders(fs, AT_FDCWD, path);
    if (error)
        return diag_system(diags, (struct span){0}, error, "make the folder %s",
                           store->options.output);
    error = fs_open_folder(fs, AT_FDCWD, path, FS_NO_FOLLOW, &store->output);
    if (error)
        return diag_system(diags, (struct span){0}, error, "write the site to %s",
                           store->options.output);
    return 0;
}

/* Takes away the folders that were made for an output that did not come to be. */
static void unmake(const struct store *store)
{
    struct str path = store->real;
    if (store->made_from.len == 0)
        return;
    while (path.len >= store->made_from.len) {
        if (fs_remove_folder(store->options.fs, AT_FDCWD, arena_cstr(store->arena, path)) != 0)
            return;
        path = path_folder(path);
    }
}

int store_open(const struct store_options *options, struct arena *arena, struct diags *diags,
               struct store **out)
{
    struct store *store = arena_zalloc(arena, 1, sizeof *store);
    store->options = *options;
    store->arena = arena;
    store->output = store->work = store->lock = -1;
    store->scratch = arena_zalloc(arena, options->workers, sizeof *store->scratch);
    store->compressors = arena_zalloc(arena, options->workers, sizeof *store->compressors);
    store->compressed = arena_zalloc(arena, options->workers, sizeof *store->compressed);
    store->compressors_note = compression_versions(options->compress, arena);
    *out = NULL;
    if (store_choose(store, diags) != 0)
        return -1;
    int result = open_output(store, diags);
    if (result == 0)
        result = store_lock(store, diags);
    if (result == 0) {
        int error = store_clear_work(store);
        if (error)
            result = diag_system(diags, (struct span){0}, error, "clear %s",
                                 store_shown(store, arena, STR(WORK_FOLDER)));
    }
    find_manifest(store);
    if (result == 0)
        fs_clear_temporary(options->fs, options->state);
    if (result == 0)
        result = options->part ? load_part(store, diags) : load_manifest(store, diags);
    if (result != 0)
        store_close(store);
    else
        *out = store;
    return result;
}

void store_close(struct store *store)
{
    if (!store)
        return;
    if (store->lock >= 0)
        store_clear_work(store);
    store_unlock(store);
    fs_close(store->output);
    if (!store->committed)
        unmake(store);
    for (unsigned i = 0; i < store->options.workers; i++) {
        arena_release(&store->scratch[i]);
        compressor_release(&store->compressors[i]);
        buf_release(&store->compressed[i]);
    }
}

static int foreign(const struct store *store, size_t index, struct diags *diags, const char *what)
{
    diag_error(diags, "foreign-file", store_item_of(store, index)->span,
               "%s %s stands where the site needs to write, and copse did not put it there", what,
               store_shown(store, diags->arena, store->slots[index].entry.path));
    diag_hint(diags, "Move it away or delete it, then build again.");
    return -1;
}

/* Makes a folder under new/, and those that it lies in. Two workers may both try: the second finds
 * it made. */
static int make_staged(struct store *store, unsigned worker, size_t index)
{
    if (index == STR_NONE)
        return 0;
    struct store_folder *folder = &store->folders[index];
    if (atomic_load_explicit(&folder->made, memory_order_acquire))
        return 0;
    int error = make_staged(store, worker, folder->parent);
    if (error)
        return error;
    struct arena *scratch = &store->scratch[worker];
    struct str path = path_join(scratch, STR(WORK_NEW), str_from(folder->path));
    error = fs_make_folder(store->options.fs, store->work, path.ptr);
    if (error && error != EEXIST)
        return error;
    atomic_store_explicit(&folder->made, true, memory_order_release);
    return 0;
}

const char *store_staged_path(struct arena *arena, const struct store_slot *slot, size_t index)
{
    if (slot->state == SLOT_NEW)
        return path_join(arena, STR(WORK_NEW), slot->entry.path).ptr;
    return arena_printf(arena, WORK_CHANGED "/%zu", index).ptr;
}

void store_note_stat(struct manifest_entry *entry, const struct fs_stat *stat)
{
    entry->size = stat->size;
    entry->inode = stat->inode;
    entry->modified = stat->modified;
    entry->changed = stat->changed;
}

static int stage(struct store *store, unsigned worker, size_t index, struct str bytes,
                 struct diags *diags)
{
    struct store_slot *slot = &store->slots[index];
    const char *path = store_staged_path(&store->scratch[worker], slot, index);
    int error = slot->state == SLOT_NEW ? make_staged(store, worker, slot->folder) : 0;
    struct fs_stat stat;
    if (!error)
        error = fs_create_stat(store->options.fs, store->work, path, bytes, &stat);
    if (error) {
        slot->state = SLOT_FAILED;
        return diag_system(diags, (struct span){0}, error, "write %s",
                           store_shown(store, diags->arena, slot->entry.path));
    }
    store_note_stat(&slot->entry, &stat);
    return 0;
}

/* A file is there that the manifest does not vouch for as it stands: its bytes decide. */
static int compare(struct store *store, unsigned worker, size_t index,
                   const struct manifest_entry *old, const struct fs_stat *stat, struct str bytes,
                   struct diags *diags)
{
    struct store_slot *slot = &store->slots[index];
    bool ours = old && (!old->pending || old->changing);
    bool same = false;
    slot->stale = true;
    if (stat->size == bytes.len || (old && old->pending)) {
        struct str found;
        int error = fs_read(store->options.fs, store->output, slot->entry.path.ptr,
                            (size_t)stat->size + 1, &store->scratch[worker], &found);
        if (error) {
            slot->state = SLOT_FAILED;
            return diag_system(diags, (struct span){0}, error, "read %s",
                               store_shown(store, diags->arena, slot->entry.path));
        }
        same = str_eq(found, bytes);
        ours = ours || (old && digest_eq(digest_of_file(found), old->digest));
    }
    if (!same && !ours) {
        slot->state = SLOT_FAILED;
        return foreign(store, index, diags, "the file");
    }
    slot->state = same ? SLOT_KEPT : SLOT_CHANGED;
    store_note_stat(&slot->entry, stat);
    return 0;
}

/* Decides what is to be done with the bytes. */
static int judge(struct store *store, unsigned worker, size_t index, struct str bytes,
                 struct diags *diags)
{
    struct store_slot *slot = &store->slots[index];
    const struct manifest_entry *old = manifest_find(&store->manifest, slot->entry.path);
    struct fs_stat stat;
    int error = ENOENT;
    if (slot->folder == STR_NONE || store->folders[slot->folder].exists)
        error = fs_stat(store->options.fs, store->output, slot->entry.path.ptr, &stat);
    if (error == ENOENT) {
        slot->state = SLOT_NEW;
        return 0;
    }
    if (error || stat.kind != FS_FILE) {
        slot->state = SLOT_FAILED;
        if (!error)
            return foreign(store, index, diags,
                           stat.kind == FS_FOLDER ? "the folder" : "something that is no file,");
        return diag_system(diags, (struct span){0}, error, "look at %s",
                           store_shown(store, diags->arena, slot->entry.path));
    }
    if (!old || !manifest_fresh(old, &stat))
        return compare(store, worker, index, old, &stat, bytes, diags);
    slot->settled = digest_eq(old->digest, slot->entry.digest);
    slot->state = slot->settled ? SLOT_KEPT : SLOT_CHANGED;
    store_note_stat(&slot->entry, &stat);
    return 0;
}

int store_put_slot(struct store *store, unsigned worker, size_t index, struct str bytes,
                   struct diags *diags)
{
    struct store_slot *slot = &store->slots[index];
    assert(worker < store->options.workers && slot->state == SLOT_EMPTY);
    slot->size = bytes.len;
    slot->entry.digest = digest_of_file(bytes);
    int result = judge(store, worker, index, bytes, diags);
    if (result == 0 && slot->state != SLOT_KEPT)
        result = stage(store, worker, index, bytes, diags);
    arena_clear(&store->scratch[worker]);
    return result;
}

int store_put(struct store *store, unsigned worker, size_t index, struct str bytes,
              struct diags *diags)
{
    assert(index < store->count);
    if (store_put_slot(store, worker, index, bytes, diags) != 0)
        return -1;
    return store_put_copies(store, worker, index, store->slots[index].settled, bytes, diags);
}

bool store_holds(const struct store *store, size_t index, struct digest digest)
{
    const struct store_slot *slot = &store->slots[index];
    const struct manifest_entry *old = manifest_find(&store->manifest, slot->entry.path);
    struct fs_stat stat;
    return old && digest_eq(old->digest, digest) &&
           (slot->folder == STR_NONE || store->folders[slot->folder].exists) &&
           fs_stat(store->options.fs, store->output, slot->entry.path.ptr, &stat) == 0 &&
           manifest_fresh(old, &stat) && store_copies_current(store, index);
}

void store_keep(struct store *store, size_t index)
{
    struct store_slot *slot = &store->slots[index];
    const struct manifest_entry *old = manifest_find(&store->manifest, slot->entry.path);
    struct str path = slot->entry.path;
    assert(slot->state == SLOT_EMPTY && old);
    slot->entry = *old;
    slot->entry.path = path;
    slot->state = SLOT_KEPT;
    slot->size = (size_t)old->size;
    store_keep_copies(store, index);
}

struct digest store_digest(const struct store *store, size_t index)
{
    return store->slots[index].entry.digest;
}

const struct store_file *store_files(const struct store *store, struct arena *arena, size_t *count)
{
    struct store_file *files = arena_zalloc(arena, store->slot_count, sizeof *files);
    for (size_t i = 0; i < store->slot_count; i++) {
        const struct manifest_entry *entry = &store->slots[i].entry;
        files[i] = (struct store_file){entry->path, entry->size, entry->inode, entry->modified,
                                       entry->changed};
    }
    *count = store->slot_count;
    return files;
}

bool store_file_stands(const struct fs *fs, int output, const struct store_file *file)
{
    struct fs_stat stat;
    const struct manifest_entry entry = {.size = file->size,
                                         .inode = file->inode,
                                         .modified = file->modified,
                                         .changed = file->changed};
    return fs_stat(fs, output, file->path.ptr, &stat) == 0 && manifest_fresh(&entry, &stat);
}
