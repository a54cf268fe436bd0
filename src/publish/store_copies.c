/* The compressed copies beside text files: slots of the store behind those of its items. */
#include "publish/store_internal.h"

#include <assert.h>

/* A copy can stay if the last build made it of the same bytes with the same libraries, and nobody
 * touched it since. */
static bool is_current(const struct store *store, const struct store_slot *copy)
{
    struct fs_stat stat;
    const struct manifest_entry *old = manifest_find(&store->manifest, copy->entry.path);
    return old && str_eq(store->manifest.note, store->compressors_note) &&
           (copy->folder == STR_NONE || store->folders[copy->folder].exists) &&
           fs_stat(store->options.fs, store->output, copy->entry.path.ptr, &stat) == 0 &&
           manifest_fresh(old, &stat);
}

bool store_copies_current(const struct store *store, size_t index)
{
    const struct store_slot *slot = &store->slots[index];
    for (size_t i = 0; i < slot->copy_count; i++) {
        if (!is_current(store, &store->slots[slot->first_copy + i]))
            return false;
    }
    return true;
}

static void keep(struct store *store, struct store_slot *copy)
{
    const struct manifest_entry *old = manifest_find(&store->manifest, copy->entry.path);
    struct str path = copy->entry.path;
    assert(copy->state == SLOT_EMPTY && old);
    copy->entry = *old;
    copy->entry.path = path;
    copy->state = SLOT_KEPT;
    copy->size = (size_t)old->size;
}

void store_keep_copies(struct store *store, size_t index)
{
    const struct store_slot *slot = &store->slots[index];
    for (size_t i = 0; i < slot->copy_count; i++)
        keep(store, &store->slots[slot->first_copy + i]);
}

int store_put_copies(struct store *store, unsigned worker, size_t index, bool unchanged,
                     struct str bytes, struct diags *diags)
{
    const struct store_slot *slot = &store->slots[index];
    int result = 0;
    for (size_t i = 0; i < slot->copy_count && result == 0; i++) {
        size_t number = slot->first_copy + i;
        struct store_slot *copy = &store->slots[number];
        if (unchanged && is_current(store, copy)) {
            keep(store, copy);
            continue;
        }
        struct buf *out = &store->compressed[worker];
        buf_clear(out);
        int error = compressor_run(&store->compressors[worker], copy->format, bytes, out);
        if (error) {
            copy->state = SLOT_FAILED;
            return diag_system(diags, (struct span){0}, error, "compress %s",
                               store_shown(store, diags->arena, slot->entry.path));
        }
        result = store_put_slot(store, worker, number, buf_str(out), diags);
    }
    return result;
}
