#include "build/cache_place.h"
#include "base/program.h"

#include <fcntl.h>
#include <inttypes.h>
#include <time.h>

enum { TICK = 20 * 1000 * 1000 };

struct str cache_folder(const struct build_options *options, struct arena *arena)
{
    const struct source_place *place = options->place;
    if (options->cache)
        return str_from(options->cache);
    if (place->git_folder.len > 0)
        return arena_printf(arena, "%.*s/copse", STR_ARG(place->git_folder));
    return arena_printf(arena, "%.*s/.copse", STR_ARG(place->folder));
}

const char *cache_file(const struct build_options *options, struct arena *arena)
{
    struct str output = str_from(options->output);
    struct str real;
    if (fs_real_path(options->fs, options->output, arena, &real) == 0)
        output = real;
    struct digest name = digest_of(
        arena_printf(arena, "%.*s\n%.*s", STR_ARG(output), STR_ARG(options->place->folder)));
    return arena_printf(arena, "%.*s/cache-%016" PRIx64, STR_ARG(cache_folder(options, arena)),
                        name.low)
        .ptr;
}

struct digest cache_key(const struct build_options *options)
{
    struct arena scratch = {0};
    struct fs_stat zones = {0};
    uint64_t program = program_digest(options->fs);
    fs_stat(options->fs, AT_FDCWD, "/usr/share/zoneinfo/tzdata.zi", &zones);
    struct str text = arena_printf(
        &scratch, "%" PRIu64 " %" PRId64 " %" PRIu64 " %d%d%d%d %.*s\n%.*s\n%s\n%.*s\n%s", program,
        zones.modified, zones.inode, options->drafts, options->future, options->strict,
        options->plain, STR_ARG(options->base_url), STR_ARG(options->place->folder),
        options->revision ? options->revision : "", STR_ARG(options->place->prefix),
        options->output);
    struct digest key = digest_of(text);
    arena_release(&scratch);
    return key;
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
