#include "build/cache_seal.h"
#include "base/hash.h"
#include "base/path.h"
#include "build/cache_place.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define MAGIC "copse seal 001\n"
/* proc(5): another one each time that the machine is started. */
#define BOOT "/proc/sys/kernel/random/boot_id"

enum {
    LARGE = 16 * 1024 * 1024, /* summing it costs some milliseconds */
    WAIT_MOST = 100 * 1000 * 1000
};

/* No gaps, so that all of it can be compared. */
struct seal {
    char magic[16];
    char boot[40];
    struct source_signature state;
    uint64_t device;
};

static struct source_signature state_of(const struct fs_stat *stat)
{
    return (struct source_signature){
        {stat->size, stat->inode, (uint64_t)stat->modified, (uint64_t)stat->changed}};
}

static bool make_seal(const struct fs *fs, const struct fs_stat *stat, struct seal *out)
{
    int file;
    struct fs_stat ignored;
    *out = (struct seal){.state = state_of(stat), .device = stat->device};
    memcpy(out->magic, MAGIC, sizeof out->magic);
    if (fs_open_file(fs, AT_FDCWD, BOOT, &file, &ignored) != 0)
        return false;
    bool read = pread(file, out->boot, sizeof out->boot, 0) > 0;
    fs_close(file);
    return read;
}

const char *cache_seal_path(const char *cache, struct arena *arena)
{
    struct str path = str_from(cache);
    struct str name = path_name(path);
    /* Not one of those that cache_newest() looks at. */
    return arena_printf(arena, "%.*sseal-%.*s", (int)(path.len - name.len), path.ptr, STR_ARG(name))
        .ptr;
}

bool cache_seal_holds(const struct fs *fs, const char *cache, const struct fs_stat *stat)
{
    struct arena scratch = {0};
    struct seal seal;
    struct str kept;
    bool holds = fs_read(fs, AT_FDCWD, cache_seal_path(cache, &scratch), sizeof seal, &scratch,
                         &kept) == 0 &&
                 make_seal(fs, stat, &seal) &&
                 str_eq(kept, (struct str){(const char *)&seal, sizeof seal});
    arena_release(&scratch);
    return holds;
}

void cache_seal_put(const struct fs *fs, const char *cache, const struct fs_stat *stat,
                    int64_t taken)
{
    struct arena scratch = {0};
    struct seal seal;
    struct source_signature state = state_of(stat);
    if (cache_is_sure(&state, taken) && make_seal(fs, stat, &seal))
        (void)fs_write(fs, AT_FDCWD, cache_seal_path(cache, &scratch),
                       (struct str){(const char *)&seal, sizeof seal});
    arena_release(&scratch);
}

/* Until the clock is so far that a change from now on would show in the file's times. */
static void wait_until_sure(const struct source_signature *state)
{
    const struct timespec step = {.tv_nsec = 1000 * 1000};
    int64_t from = cache_clock();
    for (int64_t now = from; !cache_is_sure(state, now) && now >= from && now - from < WAIT_MOST;
         now = cache_clock())
        (void)nanosleep(&step, NULL);
}

void cache_seal_written(const struct fs *fs, const char *cache, const struct fs_stat *stat)
{
    struct fs_stat now;
    struct source_signature then = state_of(stat);
    if (stat->size >= LARGE)
        wait_until_sure(&then);
    int64_t taken = cache_clock();
    if (fs_stat(fs, AT_FDCWD, cache, &now) != 0)
        return;
    struct source_signature state = state_of(&now);
    if (memcmp(&state, &then, sizeof state) == 0)
        cache_seal_put(fs, cache, &now, taken);
}
