#include "publish/store_internal.h"

#include "base/date.h"

#include <errno.h>
#include <time.h>
#include <unistd.h>

enum { NOTE_LIMIT = 4096, ATTEMPTS = 50 };

/* Who holds it and since when, in words. */
static struct str make_note(struct arena *arena)
{
    struct date_time now = date_from_seconds((int64_t)time(NULL), 0);
    struct buf when = {0};
    date_rfc3339(&when, &now);
    struct str note =
        arena_printf(arena, "process %ld, since %.*s\n", (long)getpid(), STR_ARG(buf_str(&when)));
    buf_release(&when);
    return note;
}

static int say_locked(struct store *store, struct diags *diags)
{
    struct str note = {0};
    if (fs_read(store->options.fs, store->work, WORK_LOCK, NOTE_LIMIT, store->arena, &note) != 0)
        note.len = 0;
    note = str_trim(note);
    struct str open = note.len > 0 ? STR(" (") : (struct str){0};
    struct str close = note.len > 0 ? STR(")") : (struct str){0};
    diag_add(diags, SEVERITY_FAILURE, "output-locked", (struct span){0},
             "another build is writing %s%.*s%.*s%.*s", store->options.output, STR_ARG(open),
             STR_ARG(note), STR_ARG(close));
    diag_hint(diags, "Wait until it is done, then build again.");
    return -1;
}

/* One try. ESTALE: the holder was just going, and took the folder along. */
static int try_lock(struct store *store, struct str note)
{
    const struct fs *fs = store->options.fs;
    int error = fs_make_folder(fs, store->output, WORK_FOLDER);
    if (error && error != EEXIST)
        return error;
    error = fs_open_folder(fs, store->output, WORK_FOLDER, FS_NO_FOLLOW, &store->work);
    if (error)
        return error == ENOENT ? ESTALE : error;
    error = fs_lock(fs, store->work, WORK_LOCK, &store->lock);
    if (error)
        return error == ENOENT ? ESTALE : error;
    error = fs_write_handle(fs, store->lock, note);
    if (error)
        return error;
    /* The file that we locked must be the one that others will find. */
    struct str found = {0};
    error = fs_read(fs, store->work, WORK_LOCK, NOTE_LIMIT, store->arena, &found);
    if (error && error != ENOENT)
        return error;
    return !error && str_eq(found, note) ? 0 : ESTALE;
}

static void drop(struct store *store)
{
    fs_close(store->lock);
    fs_close(store->work);
    store->lock = -1;
    store->work = -1;
}

int store_lock(struct store *store, struct diags *diags)
{
    struct str note = make_note(store->arena);
    int error = ESTALE;
    for (int attempt = 0; attempt < ATTEMPTS && error == ESTALE; attempt++) {
        drop(store);
        error = try_lock(store, note);
    }
    if (error == 0)
        return 0;
    if (error == EWOULDBLOCK)
        say_locked(store, diags);
    else
        diag_system(diags, (struct span){0}, error, "write to %s", store->options.output);
    store_unlock(store);
    drop(store);
    /* If it is empty nobody is at work in it: whoever is just about to finds it gone and makes it
     * again. */
    fs_remove_folder(store->options.fs, store->output, WORK_FOLDER);
    return -1;
}

void store_unlock(struct store *store)
{
    if (store->lock < 0)
        return;
    /* Whoever opened the lock's file before it is gone sees that it is not the one found. Failing
     * here costs nothing: the next build finds the folder and clears it. */
    fs_remove_file(store->options.fs, store->work, WORK_LOCK);
    drop(store);
    if (!store->half)
        fs_remove_folder(store->options.fs, store->output, WORK_FOLDER);
}

bool store_in_work(const struct fs *fs, int output)
{
    struct fs_stat stat;
    return fs_stat(fs, output, WORK_FOLDER, &stat) != ENOENT;
}

static int clear(const struct store *store, int folder, unsigned depth)
{
    struct fs_entry *entries = NULL;
    size_t count = 0;
    struct arena arena = {0};
    int error = fs_list(store->options.fs, folder, &arena, &entries, &count);
    for (size_t i = 0; i < count && error == 0; i++) {
        const char *name = entries[i].name.ptr;
        if (depth == 0 && str_eq(entries[i].name, STR(WORK_LOCK)))
            continue;
        if (entries[i].kind != FS_FOLDER) {
            error = fs_remove_file(store->options.fs, folder, name);
            continue;
        }
        int inner = -1;
        error = depth > STORE_MAX_DEPTH + 2
                    ? ELOOP
                    : fs_open_folder(store->options.fs, folder, name, FS_NO_FOLLOW, &inner);
        if (error == 0) {
            error = clear(store, inner, depth + 1);
            fs_close(inner);
        }
        if (error == 0)
            error = fs_remove_folder(store->options.fs, folder, name);
    }
    arena_release(&arena);
    return error;
}

int store_clear_work(struct store *store)
{
    return clear(store, store->work, 0);
}
