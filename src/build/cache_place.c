#include "build/cache_place.h"
#include "base/path.h"
#include "base/program.h"
#include "build/cache.h"
#include "source/merge.h"

#include <fcntl.h>
#include <inttypes.h>
#include <time.h>

#define FRONT "cache-"

enum { TICK = 20 * 1000 * 1000 };

struct str cache_folder(const struct build_options *options, struct arena *arena)
{
    const struct source_place *place = options->place;
    if (options->cache)
        return str_from(options->cache);
    if (place->git_folder.len > 0)
        return path_join(arena, place->git_folder, STR("copse"));
    return arena_printf(arena, "%.*s/.copse", STR_ARG(place->folder));
}

/* A linked work tree has a git folder of its own (.git/worktrees/x), with the way to the common one
 * in a file (gitrepository-layout(5)). */
struct str cache_shared_folder(const struct build_options *options, struct arena *arena)
{
    struct str git_folder = options->place->git_folder;
    struct str way;
    struct str common;
    if (!options->cache && git_folder.len > 0 &&
        fs_read(options->fs, AT_FDCWD, path_join(arena, git_folder, STR("commondir")).ptr,
                SOURCE_MAX_PATH, arena, &way) == 0) {
        way = str_trim(way);
        if (!str_starts(way, STR("/")))
            way = path_join(arena, git_folder, way);
        if (fs_real_path(options->fs, arena_cstr(arena, way), arena, &common) == 0)
            return arena_printf(arena, "%.*s/copse", STR_ARG(common));
    }
    return cache_folder(options, arena);
}

const char *cache_anchor(const struct source_place *place, struct arena *arena)
{
    size_t below = place->prefix.len > 0 ? place->prefix.len + 1 : 0;
    return arena_cstr(arena, str_sub(place->folder, 0, place->folder.len - below));
}

/* The real path of a folder that need not be there yet. */
static struct str real_path(const struct fs *fs, struct str path, struct arena *arena)
{
    struct str real;
    if (fs_real_path(fs, path.len > 0 ? arena_cstr(arena, path) : ".", arena, &real) == 0)
        return real;
    while (path.len > 1 && str_ends(path, STR("/")))
        path.len--;
    struct str folder = path_folder(path);
    if (folder.len == path.len)
        return path;
    if (folder.len == 0 && str_starts(path, STR("/")))
        return path;
    return path_join(arena, real_path(fs, folder, arena), path_name(path));
}

const char *cache_file(const struct build_options *options, struct arena *arena)
{
    struct str output = real_path(options->fs, str_from(options->output), arena);
    struct digest name = digest_of(
        arena_printf(arena, "%.*s\n%.*s", STR_ARG(output), STR_ARG(options->place->folder)));
    return arena_printf(arena, "%.*s/" FRONT "%016" PRIx64, STR_ARG(cache_folder(options, arena)),
                        name.low)
        .ptr;
}

/* Files of commits are known by their ids, so one commit's cache serves another's build; those of
 * a work tree by their times. */
static struct str what_is_read(const struct build_options *options, struct arena *arena)
{
    struct str revision = str_from(options->revision ? options->revision : "");
    size_t colon = str_find_byte(revision, ':', 0);
    struct str folder = options->place->prefix;
    if (!options->merge && !options->revision && !options->place->bare)
        return arena_printf(arena, "files %.*s", STR_ARG(folder));
    if (options->merge)
        folder = merge_prefix(options->merge);
    else if (colon != STR_NONE && colon > 0)
        folder = str_after(revision, colon + 1);
    return arena_printf(arena, "commit %.*s", STR_ARG(folder));
}

struct digest cache_key(const struct build_options *options)
{
    struct arena scratch = {0};
    struct fs_stat zones = {0};
    struct str read = what_is_read(options, &scratch);
    uint64_t program = program_digest(options->fs);
    if (program == 0) /* no two runs are known to be of one program */
        program = (uint64_t)cache_clock();
    fs_stat(options->fs, AT_FDCWD, "/usr/share/zoneinfo/tzdata.zi", &zones);
    struct str text = arena_printf(
        &scratch, "%" PRIu64 " %" PRId64 " %" PRIu64 " %d%d%d%d %.*s\n%.*s\n%.*s", program,
        zones.modified, zones.inode, options->drafts, options->future, options->strict,
        options->plain, STR_ARG(options->base_url), STR_ARG(options->place->folder), STR_ARG(read));
    struct digest key = digest_of(text);
    arena_release(&scratch);
    return key;
}

const char *cache_newest(const struct build_options *options, struct arena *arena)
{
    const char *newest = NULL;
    int64_t when = INT64_MIN;
    struct fs_entry *entries;
    size_t count;
    int folder;
    struct digest key = cache_key(options);
    struct str place = cache_folder(options, arena);
    if (fs_open_folder(options->fs, AT_FDCWD, arena_cstr(arena, place), FS_FOLLOW, &folder) != 0)
        return NULL;
    if (fs_list(options->fs, folder, arena, &entries, &count) != 0)
        count = 0;
    fs_close(folder);
    for (size_t i = 0; i < count; i++) {
        struct fs_stat stat;
        const char *path = path_join(arena, place, entries[i].name).ptr;
        if (str_starts(entries[i].name, STR(FRONT)) && cache_has_key(options->fs, path, key) &&
            fs_stat(options->fs, AT_FDCWD, path, &stat) == 0 && stat.modified > when) {
            newest = path;
            when = stat.modified;
        }
    }
    return newest;
}

int64_t cache_clock(void)
{
    struct timespec now;
    return clock_gettime(CLOCK_REALTIME, &now) == 0
               ? (int64_t)now.tv_sec * 1000000000 + (int64_t)now.tv_nsec
               : 0;
}

bool cache_is_sure(const struct source_signature *signature, int64_t taken)
{
    return (int64_t)signature->words[2] < taken - TICK &&
           (int64_t)signature->words[3] < taken - TICK;
}
