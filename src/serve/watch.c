#include "serve/watch.h"

#include "base/hash.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/path.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/inotify.h>
#include <unistd.h>

enum { POLL_EVERY = 500, MOST_DEPTH = 40 };

#define EVENTS                                                                                     \
    (IN_CLOSE_WRITE | IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_DELETE_SELF |       \
     IN_MOVE_SELF)

static const struct str areas[] = {STR_INIT("content"), STR_INIT("layouts"), STR_INIT("assets")};
enum { AREAS = sizeof areas / sizeof *areas };

struct watch {
    const struct fs *fs;
    const char *folder;
    int handle;         /* inotify's, or -1: polling */
    struct arena arena; /* the paths of watched folders; begun anew with every scan */
    struct map folders; /* watch descriptor (its bytes): path below the site */
    struct digest seen; /* polling: of all names, sizes and times */
    bool complete;      /* the site's folder was there when it was last scanned */
};

/* What a walk is for. */
struct walk {
    struct watch *watch;
    struct arena *arena;
    struct digest *sum; /* polling; NULL: set watches */
    int error;
};

static void add_folder(struct walk *walk, struct str path)
{
    struct watch *watch = walk->watch;
    const char *full = path_join(&watch->arena, str_from(watch->folder), path).ptr;
    int descriptor = inotify_add_watch(watch->handle, full, EVENTS | IN_ONLYDIR | IN_DONT_FOLLOW);
    if (descriptor < 0) {
        if (errno == ENOSPC || errno == ENOMEM)
            walk->error = errno;
        return;
    }
    int *key = arena_zalloc(&watch->arena, 1, sizeof *key);
    *key = descriptor;
    struct str *value = arena_zalloc(&watch->arena, 1, sizeof *value);
    *value = arena_str(&watch->arena, path);
    map_put(&watch->folders, (struct str){(const char *)key, sizeof *key}, value);
}

static void add_file(struct walk *walk, int folder, const struct fs_entry *entry, struct str path)
{
    struct fs_stat stat;
    if (fs_stat(walk->watch->fs, folder, entry->name.ptr, &stat) != 0)
        return;
    const uint64_t numbers[] = {stat.size, stat.inode, (uint64_t)stat.modified,
                                (uint64_t)stat.changed};
    *walk->sum = digest_join(*walk->sum, digest_of(path));
    *walk->sum =
        digest_join(*walk->sum, digest_of((struct str){(const char *)numbers, sizeof numbers}));
}

/* Folders are no deeper than a site's may be, so the depth is capped. */
static void walk_folder(struct walk *walk, int at, const char *name, struct str path, int depth)
{
    const struct fs *fs = walk->watch->fs;
    int folder = -1;
    struct fs_entry *entries = NULL;
    size_t count = 0;
    if (depth > MOST_DEPTH || walk->error ||
        fs_open_folder(fs, at, name, FS_NO_FOLLOW, &folder) != 0)
        return;
    /* Watched first and listed then, so that nothing falls between. */
    if (!walk->sum)
        add_folder(walk, path);
    if (fs_list(fs, folder, walk->arena, &entries, &count) != 0)
        count = 0;
    for (size_t i = 0; i < count; i++) {
        struct str below = path_join(walk->arena, path, entries[i].name);
        if (entries[i].kind == FS_FOLDER)
            walk_folder(walk, folder, entries[i].name.ptr, below, depth + 1);
        else if (walk->sum)
            add_file(walk, folder, &entries[i], below);
    }
    fs_close(folder);
}

static int walk_site(struct watch *watch, struct digest *sum)
{
    struct arena arena = {0};
    struct walk walk = {watch, &arena, sum, 0};
    int site = -1;
    watch->complete = false;
    if (fs_open_folder(watch->fs, AT_FDCWD, watch->folder, FS_FOLLOW, &site) == 0) {
        if (!sum)
            add_folder(&walk, STR(""));
        for (size_t i = 0; i < AREAS; i++)
            walk_folder(&walk, site, areas[i].ptr, areas[i], 0);
        watch->complete = true;
    }
    fs_close(site);
    arena_release(&arena);
    return walk.error;
}

static void stop_inotify(struct watch *watch)
{
    if (watch->handle >= 0)
        close(watch->handle);
    watch->handle = -1;
}

/* Sets all watches anew. Old ones of folders that are still there are the same ones. */
static void scan(struct watch *watch)
{
    arena_clear(&watch->arena);
    map_init(&watch->folders, &watch->arena);
    if (walk_site(watch, NULL) != 0) {
        stop_inotify(watch);
        watch->seen = (struct digest){0};
        walk_site(watch, &watch->seen);
    }
}

struct watch *watch_new(const struct fs *fs, const char *folder, bool polling)
{
    struct watch *watch = mem_zalloc(1, sizeof *watch);
    watch->fs = fs;
    watch->folder = folder;
    watch->handle = polling ? -1 : inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    if (watch->handle >= 0)
        scan(watch);
    else
        walk_site(watch, &watch->seen);
    return watch;
}

void watch_free(struct watch *watch)
{
    if (!watch)
        return;
    stop_inotify(watch);
    arena_release(&watch->arena);
    free(watch);
}

int watch_handle(const struct watch *watch)
{
    return watch->handle;
}

int watch_interval(const struct watch *watch)
{
    return watch->handle < 0 || !watch->complete ? POLL_EVERY : -1;
}

/* What editors leave beside a file while they save it. */
static bool is_passing(struct str name)
{
    return str_ends(name, STR("~")) || str_starts(name, STR(".#")) ||
           str_starts(name, STR(".goutputstream-")) || str_eq(name, STR("4913")) ||
           (str_starts(name, STR(".")) &&
            (str_ends(name, STR(".swp")) || str_ends(name, STR(".swx")) ||
             str_ends(name, STR(".swo"))));
}

static bool is_area(struct str name)
{
    for (size_t i = 0; i < AREAS; i++) {
        if (str_eq(areas[i], name))
            return true;
    }
    return false;
}

static void judge(const struct watch *watch, const struct inotify_event *event,
                  struct watch_change *change, bool *rescan)
{
    if (event->mask & IN_Q_OVERFLOW) {
        *rescan = change->changed = true;
        change->only_styles = false;
        return;
    }
    struct str key = {(const char *)&event->wd, sizeof event->wd};
    const struct str *folder = map_get(&watch->folders, key);
    if (!folder || (event->mask & IN_IGNORED))
        return; /* of a watch that ended; its folder's own end was told before */
    struct str name = event->len > 0 ? str_from(event->name) : (struct str){0};
    if (folder->len == 0 && name.len > 0 && !is_area(name))
        return;
    if (is_passing(name))
        return;
    if (event->mask & (IN_ISDIR | IN_DELETE_SELF | IN_MOVE_SELF))
        *rescan = true;
    bool style = path_inside(*folder, STR("assets")) && str_ends(name, STR(".css"));
    change->changed = true;
    change->only_styles = change->only_styles && style;
}

static struct watch_change take_events(struct watch *watch)
{
    struct watch_change change = {false, true};
    bool rescan = !watch->complete;
    union {
        char bytes[16 * (sizeof(struct inotify_event) + NAME_MAX + 1)];
        struct inotify_event aligned;
    } room;
    for (;;) {
        ssize_t got = read(watch->handle, room.bytes, sizeof room.bytes);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            break;
        for (size_t at = 0; at + sizeof(struct inotify_event) <= (size_t)got;) {
            const struct inotify_event *event = (const void *)(room.bytes + at);
            judge(watch, event, &change, &rescan);
            at += sizeof *event + event->len;
        }
    }
    if (rescan) {
        bool before = watch->complete;
        scan(watch);
        if (watch->complete && !before) {
            change.changed = true; /* the site's folder is back */
            change.only_styles = false;
        }
    }
    change.only_styles = change.only_styles && change.changed;
    return change;
}

struct watch_change watch_take(struct watch *watch)
{
    if (watch->handle >= 0)
        return take_events(watch);
    struct digest now = {0};
    walk_site(watch, &now);
    struct watch_change change = {!digest_eq(now, watch->seen), false};
    watch->seen = now;
    return change;
}
