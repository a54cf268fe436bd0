/* All disk access of copse goes through here, so that a test can make any of it fail.
 *
 * Functions return 0 or an errno number: only the caller knows what the file was for and turns it
 * into words with diag_system(). Paths are NUL-terminated and relative to the folder handle `at`
 * (AT_FDCWD: to the working folder). Nothing here follows a symlink in the last part of a path,
 * except fs_open_folder() with FS_FOLLOW. Interrupted calls are repeated. */
#ifndef COPSE_BASE_FS_H
#define COPSE_BASE_FS_H

#include "base/arena.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum fs_operation {
    FS_OP_OPEN,
    FS_OP_READ,
    FS_OP_WRITE,
    FS_OP_RENAME,
    FS_OP_REMOVE,
    FS_OP_MAKE_FOLDER,
    FS_OP_LIST,
    FS_OP_STAT,
    FS_OP_LOCK
};

/* The seam. `fault`, where it is set, is asked before each operation; an errno number other than 0
 * makes the operation fail with it, undone. Called from any thread. */
struct fs {
    int (*fault)(void *context, enum fs_operation operation, const char *path);
    void *context;
};

enum fs_kind { FS_FILE, FS_FOLDER, FS_SYMLINK, FS_OTHER };

struct fs_stat {
    enum fs_kind kind;
    bool executable;
    uint64_t size;
    uint64_t inode;
    uint64_t device;
    int64_t modified; /* nanoseconds since 1970 */
    int64_t changed;  /* ctime, likewise */
};

struct fs_entry {
    struct str name; /* NUL-terminated, in the arena */
    enum fs_kind kind;
};

enum fs_follow { FS_NO_FOLLOW, FS_FOLLOW };

/* A handle on a folder; close it with fs_close(). */
int fs_open_folder(const struct fs *fs, int at, const char *path, enum fs_follow follow, int *out);
void fs_close(int handle);

/* Every entry of a folder but "." and "..", sorted by the bytes of their names. */
int fs_list(const struct fs *fs, int folder, struct arena *arena, struct fs_entry **entries,
            size_t *count);

int fs_stat(const struct fs *fs, int at, const char *path, struct fs_stat *out);

/* The same of what a symlink leads to: for the system's own files (libraries) only. */
int fs_stat_following(const struct fs *fs, int at, const char *path, struct fs_stat *out);

/* The whole of a regular file, in the arena, a NUL byte behind it. EFBIG if it is larger than
 * `limit` bytes, EISDIR, ELOOP for a symlink, EINVAL for what is no regular file. */
int fs_read(const struct fs *fs, int at, const char *path, size_t limit, struct arena *arena,
            struct str *out);

/* Opens a regular file to read from it piece by piece; fs_read()'s errors. Close the handle with
 * fs_close(). */
int fs_open_file(const struct fs *fs, int at, const char *path, int *out, struct fs_stat *stat);

/* The same as fs_read(), but a symlink is followed: for the system's own files (time zones) only.
 */
int fs_read_following(const struct fs *fs, int at, const char *path, size_t limit,
                      struct arena *arena, struct str *out);

/* Writes a file whole or not at all: a temporary file beside it, then a rename. Mode 0644. */
int fs_write(const struct fs *fs, int at, const char *path, struct str bytes);

/* The same with bytes that lie in several places. */
int fs_write_parts(const struct fs *fs, int at, const char *path, const struct str *parts,
                   size_t count);

/* Removes what builds that were killed while they wrote with fs_write() left in a folder. What may
 * still be in the making stays; failing is no matter. */
void fs_clear_temporary(const struct fs *fs, const char *path);

/* Adds to the end of a file that is there and has `size` bytes; ESTALE if it has another number. It
 * may be left with a part of it after an error. */
int fs_append_parts(const struct fs *fs, int at, const char *path, uint64_t size,
                    const struct str *parts, size_t count);

/* Writes a new file where none is yet (EEXIST), without the detour: for files that nobody looks at
 * before they are moved into place. What was written before an error is removed. Mode 0644. */
int fs_create(const struct fs *fs, int at, const char *path, struct str bytes);
/* The same; *stat is the file's state when all was written. */
int fs_create_stat(const struct fs *fs, int at, const char *path, struct str bytes,
                   struct fs_stat *stat);

/* The absolute path of a file or folder, its symlinks, "." and ".." resolved; NUL-terminated, in
 * the arena. `path` is seen from the working folder. */
int fs_real_path(const struct fs *fs, const char *path, struct arena *arena, struct str *out);

/* Makes one folder (EEXIST is an error), or all that are missing on the way (EEXIST is none). */
int fs_make_folder(const struct fs *fs, int at, const char *path);
int fs_make_folders(const struct fs *fs, int at, const char *path);

int fs_rename(const struct fs *fs, int at, const char *from, const char *to);
/* The same from one folder handle to another. */
int fs_rename_between(const struct fs *fs, int from_at, const char *from, int to_at,
                      const char *to);
int fs_remove_file(const struct fs *fs, int at, const char *path);
/* Only an empty one. */
int fs_remove_folder(const struct fs *fs, int at, const char *path);

/* Opens (making it if needed) and locks a file for this process alone, without waiting:
 * EWOULDBLOCK if another holds it. The lock ends with fs_close() or with the process. */
int fs_lock(const struct fs *fs, int at, const char *path, int *out);

/* A new file that no folder names, on the disk of `folder`; it goes with its handle. */
int fs_open_unnamed(const struct fs *fs, int at, const char *folder, int *out);

/* Writes at `offset`, or says that the disk has no room for it. The system is not asked to lay the
 * file out: one that is gone before its time to be written never comes to the disk. */
int fs_write_at(const struct fs *fs, int handle, uint64_t offset, struct str bytes);

/* Overwrites an open file from its start (for the lock's note of who holds it). */
int fs_write_handle(const struct fs *fs, int handle, struct str bytes);

#endif
