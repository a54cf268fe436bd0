#include "publish/store_internal.h"

#include "base/map.h"
#include "base/path.h"

#include <assert.h>
#include <errno.h>

/* What is wrong with a path as one below the output, or NULL. */
static const char *path_fault(struct str path)
{
    if (path.len == 0 || path.len > STORE_MAX_PATH)
        return path.len == 0 ? "it is empty" : "it is too long";
    struct str rest = path;
    struct str name;
    size_t depth = 0;
    while (str_split(&rest, '/', &name)) {
        if (name.len == 0 || str_eq(name, STR(".")) || str_eq(name, STR("..")))
            return "it would leave the output folder";
        if (name.len > STORE_MAX_NAME)
            return "a name in it is longer than 255 bytes";
        if (depth++ == 0 && str_eq_nocase(name, STR(WORK_FOLDER)))
            return "that name is copse's own";
    }
    if (depth > STORE_MAX_DEPTH)
        return "it lies too deep";
    for (size_t i = 0; i < path.len; i++) {
        if ((unsigned char)path.ptr[i] < 0x20 || path.ptr[i] == 0x7f)
            return "it holds a control character";
    }
    return NULL;
}

/* With ASCII letters in lower case: what one name is on file systems that do not tell case. */
static struct str folded(struct arena *arena, struct str path)
{
    char *copy = arena_cstr(arena, path);
    for (size_t i = 0; i < path.len; i++)
        copy[i] = str_lower(copy[i]);
    return (struct str){copy, path.len};
}

struct planner {
    struct store *store;
    struct diags *diags;
    struct map files;   /* folded path -> its item */
    struct map folders; /* path -> its struct store_folder */
    struct map folded;  /* folded path of a folder -> an item in it */
    size_t capacity;
};

static int collision(const struct planner *planner, const struct store_item *item,
                     const struct store_item *other, const char *how)
{
    diag_error(planner->diags, "output-collision", item->span,
               "the site would have both %.*s and %.*s, %s", STR_ARG(other->path),
               STR_ARG(item->path), how);
    if (other->span.text && other->span.text->path.len > 0)
        diag_hint(planner->diags, "The other one comes from %.*s.",
                  STR_ARG(other->span.text->path));
    return -1;
}

/* The folder of that path in the plan, with those above it; STR_NONE for the output itself. */
static size_t add_folder(struct planner *planner, const struct store_item *item, struct str path)
{
    struct store *store = planner->store;
    if (path.len == 0)
        return STR_NONE;
    struct store_folder *known = map_get(&planner->folders, path);
    if (known)
        return (size_t)(known - store->folders);
    size_t parent = add_folder(planner, item, path_folder(path));
    size_t index = store->folder_count++;
    assert(index < planner->capacity);
    struct store_folder *folder = &store->folders[index];
    folder->path = arena_cstr(store->arena, path);
    folder->parent = parent;
    map_put(&planner->folders, path, folder);
    *map_slot(&planner->folded, folded(store->arena, path)) = (void *)(uintptr_t)item;
    return index;
}

static int add_item(struct planner *planner, size_t index)
{
    struct store *store = planner->store;
    const struct store_item *item = &store->items[index];
    struct store_slot *slot = &store->slots[index];
    const char *fault = path_fault(item->path);
    if (fault)
        return diag_error(planner->diags, "output-path", item->span,
                          "the site cannot have a file %.*s: %s", STR_ARG(item->path), fault);
    void **file = map_slot(&planner->files, folded(store->arena, item->path));
    if (*file) {
        const struct store_item *other = *file;
        return collision(planner, item, other,
                         str_eq(item->path, other->path)
                             ? "at the same place"
                             : "which are one file where the case of letters does not count");
    }
    *file = (void *)(uintptr_t)item;
    slot->item = index;
    slot->entry.path = arena_str(store->arena, item->path);
    slot->folder = add_folder(planner, item, path_folder(item->path));
    return 0;
}

/* A slot for the copy of an item, unless the site has something else at that path. */
static void add_copy(struct planner *planner, size_t index, enum compression format)
{
    struct store *store = planner->store;
    struct store_slot *item = &store->slots[index];
    struct str path = arena_concat(store->arena, item->entry.path, compression_suffix(format));
    struct str key = folded(store->arena, path);
    if (path_fault(path) || map_has(&planner->files, key) || map_has(&planner->folded, key))
        return;
    map_put(&planner->files, key, (void *)(uintptr_t)&store->items[index]);
    if (item->copy_count++ == 0)
        item->first_copy = store->slot_count;
    store->slots[store->slot_count++] = (struct store_slot){
        .item = index, .folder = item->folder, .format = format, .entry = {.path = path}};
}

/* Behind all items, so that a file of the site's own goes before a copy. */
static void add_copies(struct planner *planner)
{
    struct store *store = planner->store;
    for (size_t i = 0; i < store->count; i++) {
        if (!compression_suits(store->items[i].path))
            continue;
        for (int format = 0; format < COMPRESSION_COUNT; format++) {
            if (store->options.compress & COMPRESSION_BIT(format))
                add_copy(planner, i, (enum compression)format);
        }
    }
}

/* No file may be where another item's folder is. */
static int check_nesting(const struct planner *planner)
{
    int result = 0;
    for (size_t i = 0; i < planner->files.count; i++) {
        const struct map_entry *file = &planner->files.entries[i];
        const struct store_item *inner = map_get(&planner->folded, file->key);
        if (inner)
            result = collision(planner, file->value, inner,
                               "of which one would be a file and a folder at once");
    }
    return result;
}

/* Looks which of the folders are in the output. Parents come before children. */
static int check_folders(struct store *store, struct diags *diags)
{
    int result = 0;
    for (size_t i = 0; i < store->folder_count; i++) {
        struct store_folder *folder = &store->folders[i];
        struct fs_stat stat;
        if (folder->parent != STR_NONE && !store->folders[folder->parent].exists)
            continue;
        int error = fs_stat(store->options.fs, store->output, folder->path, &stat);
        if (error == ENOENT)
            continue;
        const char *shown = store_shown(store, diags->arena, str_from(folder->path));
        if (error) {
            result = diag_system(diags, (struct span){0}, error, "look at %s", shown);
        } else if (stat.kind != FS_FOLDER) {
            result = diag_error(diags, "foreign-file", (struct span){0},
                                "%s %s stands where the site needs a folder",
                                stat.kind == FS_SYMLINK ? "the symbolic link" : "the file", shown);
            diag_hint(diags, "Move it away or delete it, then build again.");
        } else {
            folder->exists = true;
        }
    }
    return result;
}

/* How many folders the paths can have at most. */
static size_t count_folders(const struct store_item *items, size_t count)
{
    size_t folders = 0;
    for (size_t i = 0; i < count; i++) {
        for (size_t at = 0; at < items[i].path.len; at++)
            folders += items[i].path.ptr[at] == '/';
    }
    return folders;
}

static int make_work(struct store *store, struct diags *diags)
{
    int error = fs_make_folder(store->options.fs, store->work, WORK_NEW);
    if (!error)
        error = fs_make_folder(store->options.fs, store->work, WORK_CHANGED);
    if (error)
        return diag_system(diags, (struct span){0}, error, "write to %s", store->options.output);
    return 0;
}

int store_plan(struct store *store, const struct store_item *items, size_t count,
               struct diags *diags)
{
    assert(!store->items);
    store->items = items;
    store->count = count;
    size_t most = store->options.compress ? 1 + COMPRESSION_COUNT : 1;
    store->slots = arena_zalloc(store->arena, count * most, sizeof *store->slots);
    store->slot_count = count;
    struct planner planner = {.store = store, .diags = diags};
    planner.capacity = count_folders(items, count);
    store->folders = arena_zalloc(store->arena, planner.capacity, sizeof *store->folders);
    map_init(&planner.files, store->arena);
    map_init(&planner.folders, store->arena);
    map_init(&planner.folded, store->arena);
    int result = 0;
    for (size_t i = 0; i < count; i++) {
        if (add_item(&planner, i) != 0)
            result = -1;
    }
    if (check_nesting(&planner) != 0)
        result = -1;
    if (result == 0)
        add_copies(&planner);
    if (check_folders(store, diags) != 0)
        result = -1;
    return result == 0 ? make_work(store, diags) : result;
}
