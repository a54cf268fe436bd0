/* A disk that fills, or a build that is killed, at a place that is chosen: preloaded into copse by broken_off.py.
 *
 * DISK_AT=N is the call that changes the disk which it happens at, the first being 1; DISK_MODE is
 *     full    from then on nothing more can be written, made or renamed (a write that is cut off first writes half)
 *     once    that one call alone finds the disk full
 *     kill    the process is killed before that call
 *     stop    the process is stopped before that call, until somebody lets it go on
 * DISK_REPORT=PATH gets a byte a call. CLOCK_AHEAD=SECONDS moves the clock that the program reads. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static atomic_long calls;

static bool has_mode(const char *name)
{
    const char *mode = getenv("DISK_MODE");
    return mode && strcmp(mode, name) == 0;
}

static void report(void)
{
    static atomic_long handle = -1;
    const char *path = getenv("DISK_REPORT");
    if (path && handle < 0)
        handle = syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
    if (handle >= 0)
        syscall(SYS_write, handle, ".", 1);
}

/* Whether this call finds the disk full. */
static bool is_full(void)
{
    const char *wanted = getenv("DISK_AT");
    long at = wanted ? atol(wanted) : 0;
    long number = atomic_fetch_add(&calls, 1) + 1;
    report();
    if (at > 0 && number == at && has_mode("kill"))
        kill(getpid(), SIGKILL);
    if (at > 0 && number == at && has_mode("stop"))
        kill(getpid(), SIGSTOP);
    return at > 0 && ((number >= at && has_mode("full")) || (number == at && has_mode("once")));
}

static int say_full(void)
{
    errno = ENOSPC;
    return -1;
}

/* 1 and 2 are what the program says, not the disk. */
ssize_t write(int handle, const void *bytes, size_t size)
{
    if (handle > 2 && is_full()) {
        if (size > 1)
            syscall(SYS_write, handle, bytes, size / 2);
        return say_full();
    }
    return syscall(SYS_write, handle, bytes, size);
}

ssize_t pwrite(int handle, const void *bytes, size_t size, off_t at)
{
    return is_full() ? say_full() : syscall(SYS_pwrite64, handle, bytes, size, at);
}

static bool makes(int flags)
{
    return (flags & O_CREAT) != 0 || (flags & O_TMPFILE) == O_TMPFILE;
}

static int open_file(int at, const char *path, int flags, mode_t mode)
{
    return makes(flags) && is_full() ? say_full() : (int)syscall(SYS_openat, at, path, flags, mode);
}

#define MODE_AFTER(last)                                                                           \
    mode_t mode = 0;                                                                               \
    if (makes(last)) {                                                                             \
        va_list more;                                                                              \
        va_start(more, last);                                                                      \
        mode = va_arg(more, mode_t);                                                               \
        va_end(more);                                                                              \
    }

int openat(int at, const char *path, int flags, ...)
{
    MODE_AFTER(flags)
    return open_file(at, path, flags, mode);
}

int open(const char *path, int flags, ...)
{
    MODE_AFTER(flags)
    return open_file(AT_FDCWD, path, flags, mode);
}

int open64(const char *path, int flags, ...)
{
    MODE_AFTER(flags)
    return open_file(AT_FDCWD, path, flags, mode);
}

int mkdirat(int at, const char *path, mode_t mode)
{
    return is_full() ? say_full() : (int)syscall(SYS_mkdirat, at, path, mode);
}

int mkdir(const char *path, mode_t mode)
{
    return mkdirat(AT_FDCWD, path, mode);
}

int renameat(int from_at, const char *from, int to_at, const char *to)
{
    return is_full() ? say_full() : (int)syscall(SYS_renameat2, from_at, from, to_at, to, 0);
}

int rename(const char *from, const char *to)
{
    return renameat(AT_FDCWD, from, AT_FDCWD, to);
}

int fallocate(int handle, int mode, off_t at, off_t size)
{
    return is_full() ? say_full() : (int)syscall(SYS_fallocate, handle, mode, at, size);
}

/* To take away needs no room; but one can be killed at it. */
int unlinkat(int at, const char *path, int flags)
{
    (void)is_full();
    return (int)syscall(SYS_unlinkat, at, path, flags);
}

int ftruncate(int handle, off_t size)
{
    (void)is_full();
    return (int)syscall(SYS_ftruncate, handle, size);
}

int clock_gettime(clockid_t clock, struct timespec *now)
{
    const char *ahead = getenv("CLOCK_AHEAD");
    int result = (int)syscall(SYS_clock_gettime, clock, now);
    if (result == 0 && ahead && clock == CLOCK_REALTIME)
        now->tv_sec += atol(ahead);
    return result;
}

time_t time(time_t *out)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (out)
        *out = now.tv_sec;
    return now.tv_sec;
}
