#include "base/fs.h"
#include "base/vec.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { TEMPORARY_YOUNG = 600 }; /* seconds */

/* The errno number that the seam wants this operation to fail with, or 0. */
static int fault(const struct fs *fs, enum fs_operation operation, const char *path)
{
    return fs && fs->fault ? fs->fault(fs->context, operation, path) : 0;
}

static int open_at(int at, const char *path, int flags, int *out)
{
    int handle = -1;
    do {
        handle = openat(at, path, flags | O_CLOEXEC, 0644);
    } while (handle < 0 && errno == EINTR);
    if (handle < 0)
        return errno;
    *out = handle;
    return 0;
}

int fs_open_folder(const struct fs *fs, int at, const char *path, enum fs_follow follow, int *out)
{
    int error = fault(fs, FS_OP_OPEN, path);
    if (error)
        return error;
    return open_at(at, path, O_RDONLY | O_DIRECTORY | (follow == FS_FOLLOW ? 0 : O_NOFOLLOW), out);
}

void fs_close(int handle)
{
    if (handle >= 0)
        close(handle);
}

static enum fs_kind kind_of_mode(mode_t mode)
{
    return S_ISREG(mode)   ? FS_FILE
           : S_ISDIR(mode) ? FS_FOLDER
           : S_ISLNK(mode) ? FS_SYMLINK
                           : FS_OTHER;
}

static int compare_entries(const void *a, const void *b)
{
    return str_cmp(((const struct fs_entry *)a)->name, ((const struct fs_entry *)b)->name);
}

struct entry_list {
    struct fs_entry *items;
    size_t count;
    size_t capacity;
};

static int read_entry(int folder, const struct dirent *found, struct arena *arena,
                      struct entry_list *list)
{
    if (strcmp(found->d_name, ".") == 0 || strcmp(found->d_name, "..") == 0)
        return 0;
    enum fs_kind kind = FS_OTHER;
    switch (found->d_type) {
    case DT_REG: kind = FS_FILE; break;
    case DT_DIR: kind = FS_FOLDER; break;
    case DT_LNK: kind = FS_SYMLINK; break;
    case DT_UNKNOWN: {
        /* Some file systems do not say; ask for this one. */
        struct stat status;
        if (fstatat(folder, found->d_name, &status, AT_SYMLINK_NOFOLLOW) != 0)
            return errno == ENOENT ? 0 : errno;
        kind = kind_of_mode(status.st_mode);
        break;
    }
    default: break;
    }
    *vec_push(arena, list) = (struct fs_entry){arena_str(arena, str_from(found->d_name)), kind};
    return 0;
}

int fs_list(const struct fs *fs, int folder, struct arena *arena, struct fs_entry **entries,
            size_t *count)
{
    int handle = -1;
    int error = fault(fs, FS_OP_LIST, ".");
    if (!error) /* a handle of its own, since closedir() closes it and reading moves its place */
        error = open_at(folder, ".", O_RDONLY | O_DIRECTORY, &handle);
    if (error)
        return error;
    DIR *stream = fdopendir(handle);
    if (!stream) {
        error = errno;
        close(handle);
        return error;
    }
    struct entry_list list = {0};
    for (;;) {
        errno = 0;
        const struct dirent *found = readdir(stream);
        error = found ? read_entry(folder, found, arena, &list) : errno;
        if (!found || error)
            break;
    }
    closedir(stream);
    if (error)
        return error;
    if (list.count > 1)
        qsort(list.items, list.count, sizeof *list.items, compare_entries);
    *entries = list.items;
    *count = list.count;
    return 0;
}

static struct fs_stat describe(const struct stat *status)
{
    return (struct fs_stat){
        .kind = kind_of_mode(status->st_mode),
        .executable = (status->st_mode & 0111) != 0,
        .size = (uint64_t)status->st_size,
        .inode = (uint64_t)status->st_ino,
        .device = (uint64_t)status->st_dev,
        .modified = (int64_t)status->st_mtim.tv_sec * 1000000000 + status->st_mtim.tv_nsec,
        .changed = (int64_t)status->st_ctim.tv_sec * 1000000000 + status->st_ctim.tv_nsec,
    };
}

static int stat_at(const struct fs *fs, int at, const char *path, int flags, struct fs_stat *out)
{
    struct stat status;
    int error = fault(fs, FS_OP_STAT, path);
    if (error)
        return error;
    if (fstatat(at, path, &status, flags) != 0)
        return errno;
    *out = describe(&status);
    return 0;
}

int fs_stat(const struct fs *fs, int at, const char *path, struct fs_stat *out)
{
    return stat_at(fs, at, path, AT_SYMLINK_NOFOLLOW, out);
}

int fs_stat_following(const struct fs *fs, int at, const char *path, struct fs_stat *out)
{
    return stat_at(fs, at, path, 0, out);
}

/* Reads `size` bytes and sees that the file ends there. A file that grows while it is read is cut
 * at the size it had: the next build sees the rest. */
static int read_all(int handle, char *bytes, size_t size, size_t *got)
{
    *got = 0;
    while (*got < size) {
        ssize_t more = read(handle, bytes + *got, size - *got);
        if (more < 0 && errno == EINTR)
            continue;
        if (more < 0)
            return errno;
        if (more == 0)
            break;
        *got += (size_t)more;
    }
    return 0;
}

static int open_regular(const struct fs *fs, int at, const char *path, int flags, int *out,
                        struct fs_stat *stat)
{
    int handle = -1;
    int error = fault(fs, FS_OP_READ, path);
    if (!error) /* non-blocking, so that a pipe of that name cannot hang the build */
        error = open_at(at, path, O_RDONLY | O_NONBLOCK | flags, &handle);
    if (error)
        return error;
    struct stat status;
    if (fstat(handle, &status) != 0)
        error = errno;
    else if (S_ISDIR(status.st_mode))
        error = EISDIR;
    else if (!S_ISREG(status.st_mode))
        error = EINVAL;
    if (error) {
        close(handle);
        return error;
    }
    *stat = describe(&status);
    *out = handle;
    return 0;
}

int fs_open_file(const struct fs *fs, int at, const char *path, int *out, struct fs_stat *stat)
{
    return open_regular(fs, at, path, O_NOFOLLOW, out, stat);
}

static int read_file(const struct fs *fs, int at, const char *path, int flags, size_t limit,
                     struct arena *arena, struct str *out)
{
    struct fs_stat stat;
    int handle = -1;
    int error = open_regular(fs, at, path, flags, &handle, &stat);
    if (error)
        return error;
    if (stat.size > limit)
        error = EFBIG;
    if (!error) {
        size_t size = (size_t)stat.size;
        char *bytes = arena_alloc(arena, size + 1);
        size_t got;
        error = read_all(handle, bytes, size, &got);
        bytes[got] = '\0';
        *out = (struct str){bytes, got};
    }
    close(handle);
    return error;
}

int fs_read(const struct fs *fs, int at, const char *path, size_t limit, struct arena *arena,
            struct str *out)
{
    return read_file(fs, at, path, O_NOFOLLOW, limit, arena, out);
}

int fs_read_following(const struct fs *fs, int at, const char *path, size_t limit,
                      struct arena *arena, struct str *out)
{
    return read_file(fs, at, path, 0, limit, arena, out);
}

static int write_all(int handle, struct str bytes)
{
    while (bytes.len > 0) {
        ssize_t done = write(handle, bytes.ptr, bytes.len);
        if (done < 0 && errno == EINTR)
            continue;
        if (done < 0)
            return errno;
        bytes = str_after(bytes, (size_t)done);
    }
    return 0;
}

#define TEMPORARY ".copse-"
#define TEMPORARY_END ".tmp"

/* "folder/.copse-<process>-<number>.tmp" for "folder/name": short, since a name may be as long as
 * allowed. */
static int temporary_name(const char *path, unsigned attempt, char *out, size_t size)
{
    const char *slash = strrchr(path, '/');
    int folder = slash ? (int)(slash - path) + 1 : 0;
    int len = snprintf(out, size, "%.*s" TEMPORARY "%lx-%x" TEMPORARY_END, folder, path,
                       (long)getpid(), attempt ^ (unsigned)(uintptr_t)out);
    return len < 0 || (size_t)len >= size ? ENAMETOOLONG : 0;
}

int fs_write(const struct fs *fs, int at, const char *path, struct str bytes)
{
    return fs_write_parts(fs, at, path, &bytes, 1);
}

int fs_write_parts(const struct fs *fs, int at, const char *path, const struct str *parts,
                   size_t count)
{
    char temporary[4096];
    int handle = -1;
    int error = fault(fs, FS_OP_WRITE, path);
    if (error)
        return error;
    unsigned attempt = 0;
    do {
        error = temporary_name(path, attempt, temporary, sizeof temporary);
        if (!error)
            error = open_at(at, temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, &handle);
    } while (error == EEXIST && ++attempt < 100);
    if (error)
        return error;
    for (size_t i = 0; i < count && !error; i++)
        error = write_all(handle, parts[i]);
    if (close(handle) != 0 && !error)
        error = errno;
    if (!error)
        error = fs_rename(fs, at, temporary, path);
    if (error)
        unlinkat(at, temporary, 0);
    return error;
}

/* Whether a temporary file was left by a process that is no more. It may be one of another machine
 * that shares the folder, so what is young is left alone. */
static bool is_left(const struct fs *fs, int folder, struct str name, time_t now)
{
    struct fs_stat stat;
    if (!str_starts(name, STR(TEMPORARY)) || !str_ends(name, STR(TEMPORARY_END)))
        return false;
    long process = strtol(name.ptr + sizeof TEMPORARY - 1, NULL, 16);
    return process > 0 && kill((pid_t)process, 0) != 0 && errno == ESRCH &&
           fs_stat(fs, folder, name.ptr, &stat) == 0 && stat.kind == FS_FILE &&
           stat.modified / 1000000000 < now - TEMPORARY_YOUNG;
}

void fs_clear_temporary(const struct fs *fs, const char *path)
{
    struct arena scratch = {0};
    struct fs_entry *entries;
    size_t count;
    int folder = -1;
    if (fs_open_folder(fs, AT_FDCWD, path, FS_FOLLOW, &folder) != 0)
        return;
    if (fs_list(fs, folder, &scratch, &entries, &count) != 0)
        count = 0;
    for (size_t i = 0; i < count; i++) {
        if (is_left(fs, folder, entries[i].name, time(NULL)))
            (void)fs_remove_file(fs, folder, entries[i].name.ptr);
    }
    fs_close(folder);
    arena_release(&scratch);
}

int fs_append_parts(const struct fs *fs, int at, const char *path, uint64_t size,
                    const struct str *parts, size_t count)
{
    int handle = -1;
    struct stat status;
    int error = fault(fs, FS_OP_WRITE, path);
    if (!error)
        error = open_at(at, path, O_WRONLY | O_APPEND | O_NOFOLLOW, &handle);
    if (error)
        return error;
    if (fstat(handle, &status) != 0)
        error = errno;
    else if ((uint64_t)status.st_size != size)
        error = ESTALE;
    for (size_t i = 0; i < count && !error; i++)
        error = write_all(handle, parts[i]);
    if (close(handle) != 0 && !error)
        error = errno;
    return error;
}

int fs_create(const struct fs *fs, int at, const char *path, struct str bytes)
{
    return fs_create_stat(fs, at, path, bytes, NULL);
}

int fs_create_stat(const struct fs *fs, int at, const char *path, struct str bytes,
                   struct fs_stat *stat)
{
    struct stat status;
    int handle = -1;
    int error = fault(fs, FS_OP_WRITE, path);
    if (!error)
        error = open_at(at, path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, &handle);
    if (error)
        return error;
    error = write_all(handle, bytes);
    if (!error && stat) {
        if (fstat(handle, &status) == 0)
            *stat = describe(&status);
        else
            error = errno;
    }
    if (close(handle) != 0 && !error)
        error = errno;
    if (error)
        unlinkat(at, path, 0);
    return error;
}

int fs_real_path(const struct fs *fs, const char *path, struct arena *arena, struct str *out)
{
    int error = fault(fs, FS_OP_STAT, path);
    if (error)
        return error;
    char *real = realpath(path, NULL);
    if (!real)
        return errno;
    *out = arena_str(arena, str_from(real));
    free(real);
    return 0;
}

int fs_make_folder(const struct fs *fs, int at, const char *path)
{
    int error = fault(fs, FS_OP_MAKE_FOLDER, path);
    if (error)
        return error;
    return mkdirat(at, path, 0755) == 0 ? 0 : errno;
}

int fs_make_folders(const struct fs *fs, int at, const char *path)
{
    char partial[4096];
    size_t len = strlen(path);
    if (len >= sizeof partial)
        return ENAMETOOLONG;
    int error = 0;
    for (size_t i = 0; i <= len; i++) {
        partial[i] = path[i];
        if ((path[i] != '/' && path[i] != '\0') || i == 0 || path[i - 1] == '/')
            continue;
        partial[i] = '\0';
        error = fs_make_folder(fs, at, partial);
        if (error && error != EEXIST)
            return error;
        partial[i] = path[i];
    }
    return 0;
}

int fs_rename_between(const struct fs *fs, int from_at, const char *from, int to_at, const char *to)
{
    int error = fault(fs, FS_OP_RENAME, to);
    if (error)
        return error;
    return renameat(from_at, from, to_at, to) == 0 ? 0 : errno;
}

int fs_rename(const struct fs *fs, int at, const char *from, const char *to)
{
    return fs_rename_between(fs, at, from, at, to);
}

int fs_remove_file(const struct fs *fs, int at, const char *path)
{
    int error = fault(fs, FS_OP_REMOVE, path);
    if (error)
        return error;
    return unlinkat(at, path, 0) == 0 ? 0 : errno;
}

int fs_remove_folder(const struct fs *fs, int at, const char *path)
{
    int error = fault(fs, FS_OP_REMOVE, path);
    if (error)
        return error;
    return unlinkat(at, path, AT_REMOVEDIR) == 0 ? 0 : errno;
}

int fs_lock(const struct fs *fs, int at, const char *path, int *out)
{
    int handle = -1;
    int error = fault(fs, FS_OP_LOCK, path);
    if (!error)
        error = open_at(at, path, O_RDWR | O_CREAT | O_NOFOLLOW, &handle);
    if (error)
        return error;
    if (flock(handle, LOCK_EX | LOCK_NB) != 0) {
        error = errno;
        close(handle);
        return error;
    }
    *out = handle;
    return 0;
}

int fs_open_unnamed(const struct fs *fs, int at, const char *folder, int *out)
{
    int error = fault(fs, FS_OP_OPEN, folder);
    return error ? error : open_at(at, folder, O_RDWR | O_TMPFILE, out);
}

int fs_write_at(const struct fs *fs, int handle, uint64_t offset, struct str bytes)
{
    int error = fault(fs, FS_OP_WRITE, "");
    if (error)
        return error;
    while (bytes.len > 0) {
        ssize_t done = pwrite(handle, bytes.ptr, bytes.len, (off_t)offset);
        if (done < 0 && errno == EINTR)
            continue;
        if (done < 0)
            return errno;
        bytes = str_after(bytes, (size_t)done);
        offset += (uint64_t)done;
    }
    return 0;
}

int fs_write_handle(const struct fs *fs, int handle, struct str bytes)
{
    int error = fault(fs, FS_OP_WRITE, "");
    if (error)
        return error;
    if (ftruncate(handle, 0) != 0 || lseek(handle, 0, SEEK_SET) < 0)
        return errno;
    return write_all(handle, bytes);
}
