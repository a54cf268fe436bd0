/* Watching a site's content/, layouts/ and assets/ for changes: by inotify, and by looking at every
 * file twice a second where that cannot be had (no watches left, another system's file system).
 *
 * What editors leave beside a file while they save it (backups, swap files) is no change. A folder
 * that is removed, moved away or replaced, the site's own too, is found again when it is back. */
#ifndef COPSE_SERVE_WATCH_H
#define COPSE_SERVE_WATCH_H

#include "base/fs.h"

#include <stdbool.h>

struct watch;

struct watch_change {
    bool changed;
    bool only_styles; /* nothing but stylesheets below assets/ */
};

/* Watches the site at `folder` (absolute; must outlive the watch). `polling`: do not even try
 * inotify. Never NULL; free it with watch_free(). */
struct watch *watch_new(const struct fs *fs, const char *folder, bool polling);
void watch_free(struct watch *watch);

/* What to wait for: a handle to read from, or -1; and how many milliseconds may pass before
 * watch_take() must be called all the same, or -1. */
int watch_handle(const struct watch *watch);
int watch_interval(const struct watch *watch);

/* What changed since the last call. Never waits. */
struct watch_change watch_take(struct watch *watch);

#endif
