#include "build/unchanged.h"
#include "build/cache.h"
#include "build/cache_place.h"
#include "build/said.h"
#include "build/unchanged_folders.h"

#include <fcntl.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

struct looking {
    const struct build_options *options;
    const struct cache *cache;
    struct unchanged_look *found;
    int folder; /* the site's */
    int output;
    atomic_size_t edited; /* may be more than are noted */
    atomic_bool changed;
};

static bool looks_same(const struct looking *looking, const struct source_signature *now,
                       const struct source_signature *then)
{
    static const struct source_signature absent;
    return memcmp(now, then, sizeof *now) == 0 &&
           (memcmp(now, &absent, sizeof *now) == 0 || cache_is_sure(now, looking->cache->taken));
}

static struct source_signature signature_of(const struct fs_stat *stat)
{
    return (struct source_signature){
        {stat->size, stat->inode, (uint64_t)stat->modified, (uint64_t)stat->changed}};
}

static void note_edited(struct looking *looking, size_t index,
                        const struct source_signature *signature)
{
    size_t at = atomic_fetch_add(&looking->edited, 1);
    if (at < EDITED_MOST)
        looking->found->edited[at] = (struct unchanged_source){(uint32_t)index, *signature};
    else
        atomic_store(&looking->changed, true);
}

static void look_at_source(void *context, unsigned worker, size_t index)
{
    static const struct source_signature embedded;
    struct looking *looking = context;
    const struct cache_source *source = &looking->cache->sources[index];
    struct fs_stat stat;
    (void)worker;
    if (atomic_load_explicit(&looking->changed, memory_order_relaxed) ||
        memcmp(&source->signature, &embedded, sizeof embedded) == 0)
        return;
    bool same = fs_stat(looking->options->fs, looking->folder,
                        looking->cache->paths.ptr + source->path_at, &stat) == 0;
    struct source_signature now = same ? signature_of(&stat) : embedded;
    if (!same || stat.kind != FS_FILE)
        atomic_store(&looking->changed, true);
    else if (!looks_same(looking, &now, &source->signature))
        note_edited(looking, index, &now);
}

static void look_at_output(void *context, unsigned worker, size_t index)
{
    struct looking *looking = context;
    const struct cache_output *output = &looking->cache->outputs[index];
    const struct store_file file = {
        .path = {looking->cache->paths.ptr + output->path_at, output->path_length},
        .size = output->size,
        .inode = output->inode,
        .modified = output->modified,
        .changed = output->changed,
    };
    (void)worker;
    if (!atomic_load_explicit(&looking->changed, memory_order_relaxed) &&
        !store_file_stands(looking->options->fs, looking->output, &file))
        atomic_store(&looking->changed, true);
}

static bool look_into_folder(struct looking *looking, size_t index,
                             const struct source_signature *now)
{
    const struct cache_watched *watched = &looking->cache->watched[index];
    struct unchanged_look *found = looking->found;
    struct str path = {looking->cache->paths.ptr + watched->path_at, watched->path_length};
    if (found->folder_count == FOLDERS_MOST ||
        !unchanged_folder(looking->options, looking->cache, path))
        return false;
    found->folders[found->folder_count++] = (struct unchanged_source){(uint32_t)index, *now};
    return true;
}

static bool look_at_watched(struct looking *looking)
{
    const struct cache *cache = looking->cache;
    for (size_t i = 0; i < cache->watched_count; i++) {
        struct source_signature now;
        source_look(looking->options->fs, cache->paths.ptr + cache->watched[i].path_at, &now);
        if (!looks_same(looking, &now, &cache->watched[i].signature) &&
            !look_into_folder(looking, i, &now))
            return false;
    }
    return true;
}

bool unchanged_by_time(const struct cache_summary *summary, int64_t now)
{
    if (now == summary->now)
        return true;
    return !summary->reads_now && now > summary->now && (uint64_t)now < summary->until;
}

static bool look(struct looking *looking, struct pool *pool)
{
    const struct cache *cache = looking->cache;
    const struct fs *fs = looking->options->fs;
    bool same =
        fs_open_folder(fs, AT_FDCWD, looking->options->place->folder.ptr, FS_FOLLOW,
                       &looking->folder) == 0 &&
        fs_open_folder(fs, AT_FDCWD, looking->options->output, FS_FOLLOW, &looking->output) == 0 &&
        !store_in_work(fs, looking->output) && look_at_watched(looking);
    if (same)
        pool_run(pool, cache->source_count, 256, look_at_source, looking);
    if (same && !atomic_load(&looking->changed))
        pool_run(pool, cache->output_count, 256, look_at_output, looking);
    fs_close(looking->folder);
    fs_close(looking->output);
    return same && !atomic_load(&looking->changed);
}

void unchanged_report(const struct cache_summary *summary, struct build_report *report)
{
    *report = (struct build_report){
        .articles = (size_t)summary->articles,
        .members = (size_t)summary->members,
        .events = (size_t)summary->events,
        .pages = (size_t)summary->pages,
        .outputs = (size_t)summary->outputs,
        .store = {.unchanged = (size_t)summary->files, .bytes = (size_t)summary->bytes},
        .published = true,
    };
}

/* Says again what the last build said. */
static bool say(const struct build_options *options, const struct cache *cache, struct arena *arena,
                struct diags *diags)
{
    struct diags said;
    diags_init(&said, arena);
    if (!said_read(cache->said, &said) ||
        (options->warnings_are_errors && diags_count(&said, SEVERITY_WARNING) > 0))
        return false;
    diags_merge(diags, &said);
    return true;
}

static int compare_edited(const void *left, const void *right)
{
    uint32_t a = ((const struct unchanged_source *)left)->number;
    uint32_t b = ((const struct unchanged_source *)right)->number;
    return (a > b) - (a < b);
}

enum unchanged unchanged_since(const struct build_options *options, struct pool *pool,
                               struct arena *arena, struct diags *diags,
                               struct build_report *report, struct unchanged_look *found)
{
    struct looking looking = {
        .options = options, .cache = &found->cache, .found = found, .folder = -1, .output = -1};
    enum unchanged result = UNCHANGED_UNKNOWN;
    *found = (struct unchanged_look){0};
    if (options->force || !cache_read(options->fs, cache_file(options, arena), cache_key(options),
                                      pool, CACHE_LOOK, &found->memory, &found->cache))
        return UNCHANGED_UNKNOWN;
    if (found->cache.summary.settled && unchanged_by_time(&found->cache.summary, options->now) &&
        look(&looking, pool)) {
        found->edited_count = atomic_load(&looking.edited);
        if (found->edited_count > 0)
            result = UNCHANGED_BUT;
        else if (say(options, &found->cache, arena, diags))
            result = UNCHANGED;
    }
    if (result == UNCHANGED)
        unchanged_report(&found->cache.summary, report);
    if (result == UNCHANGED_BUT)
        qsort(found->edited, found->edited_count, sizeof *found->edited, compare_edited);
    else
        cache_release(&found->memory);
    return result;
}
