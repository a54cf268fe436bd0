/* What the files of the store share. store.h is the manual. */
#ifndef COPSE_PUBLISH_STORE_INTERNAL_H
#define COPSE_PUBLISH_STORE_INTERNAL_H

#include "base/arena.h"
#include "base/hash.h"
#include "base/str.h"
#include "publish/compression.h"
#include "publish/manifest.h"
#include "publish/store.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Inside the output; holds the lock, and what waits to be moved into place: new files under new/
 * at the paths that they will have, so that a new folder is moved with all that is in it, and
 * changed files in changed/ under the numbers of their items. */
#define WORK_FOLDER ".copse-work"
#define WORK_LOCK "lock"
#define WORK_NEW "new"
#define WORK_CHANGED "changed"

enum { STORE_MAX_DEPTH = 64, STORE_MAX_PATH = 3000, STORE_MAX_NAME = 255 };

/* A folder of the planned site. */
struct store_folder {
    const char *path; /* below the output */
    size_t parent;    /* its index, or STR_NONE: the output itself */
    bool exists;      /* in the output, before the commit */
    atomic_bool made; /* under new/ */
};

enum slot_state {
    SLOT_EMPTY,   /* not put yet */
    SLOT_KEPT,    /* the output has it already */
    SLOT_NEW,     /* waits in new/ */
    SLOT_CHANGED, /* waits in changed/ */
    SLOT_FAILED
};

/* What the store knows of one file: of an item, at its index, or of a compressed copy of one,
 * behind all of these. Written by the worker that puts it. */
struct store_slot {
    enum slot_state state;
    bool settled;  /* kept, and as the last build wrote it */
    bool stale;    /* what stands there is not in the state that the manifest has of it */
    size_t item;   /* whose copy it is; of an item its own index */
    size_t folder; /* index, or STR_NONE */
    size_t size;
    enum compression format; /* of a copy */
    size_t first_copy;       /* of an item: the slots of its copies */
    size_t copy_count;
    struct manifest_entry entry; /* path NUL-terminated; what the manifest will say */
};

struct store {
    struct store_options options;
    struct arena *arena;
    struct str real;      /* the output's absolute path */
    struct str made_from; /* the uppermost folder that was made for it; empty: it was there */
    int output;           /* handles; -1: none */
    int work;
    int lock;
    const char *manifest_path;
    struct manifest manifest; /* as the last build left it; with options.part of these files only */
    struct str manifest_sum;  /* with options.part: which manifest the rest of them is in */
    const struct store_item *items;
    size_t count;
    struct store_slot *slots;
    size_t slot_count;            /* count, and the copies */
    struct store_folder *folders; /* parents before children */
    size_t folder_count;
    struct arena *scratch; /* one a worker, as all of these */
    struct compressor *compressors;
    struct buf *compressed;
    struct str compressors_note; /* what makes the copies; empty if none are wanted */
    bool committed;
    bool half; /* not all of a commit was done: the work folder stays and says so */
};

/* Finds the real path of the output, and refuses it if it must not be one. Fills real, and
 * made_from if it is not there yet. */
int store_choose(struct store *store, struct diags *diags);

/* Takes the lock of the open output, and opens work. */
int store_lock(struct store *store, struct diags *diags);
/* Gives it up and removes the work folder. */
void store_unlock(struct store *store);

/* Removes all that is in the work folder, but for the lock. */
int store_clear_work(struct store *store);

/* The item that a slot is of, or is a copy of. */
static inline const struct store_item *store_item_of(const struct store *store, size_t slot)
{
    return &store->items[store->slots[slot].item];
}

/* What store_put() does for one slot. */
int store_put_slot(struct store *store, unsigned worker, size_t index, struct str bytes,
                   struct diags *diags);

/* The copies of item `index`, whose bytes these are; `unchanged` says that the output held them
 * already as the last build wrote them. */
int store_put_copies(struct store *store, unsigned worker, size_t index, bool unchanged,
                     struct str bytes, struct diags *diags);
/* Whether they are all as the last build made them, with the same libraries; then an item that is
 * kept without its bytes keeps them too. */
bool store_copies_current(const struct store *store, size_t index);
void store_keep_copies(struct store *store, size_t index);

/* Where the bytes of a slot wait in the work folder. */
const char *store_staged_path(struct arena *arena, const struct store_slot *slot, size_t index);

/* Takes a file's state over into its entry. */
void store_note_stat(struct manifest_entry *entry, const struct fs_stat *stat);

/* Whether the folder that holds `path` below the output is reached through folders only. */
bool store_reaches(const struct store *store, struct str path);

/* "output/path" as people know it. */
const char *store_shown(const struct store *store, struct arena *arena, struct str path);

#endif
