#include "build/unchanged.h"
#include "build/cache.h"
#include "build/cache_place.h"
#include "build/said.h"

#include <fcntl.h>
#include <stdatomic.h>
#include <string.h>

struct looking {
    const struct build_options *options;
    const struct cache *cache;
    int folder; /* the site's */
    int output;
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
    if (!same || stat.kind != FS_FILE || !looks_same(looking, &now, &source->signature))
        atomic_store(&looking->changed, true);
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

static bool look_at_watched(const struct looking *looking)
{
    const struct cache *cache = looking->cache;
    for (size_t i = 0; i < cache->watched_count; i++) {
        struct source_signature now;
        source_look(looking->options->fs, cache->paths.ptr + cache->watched[i].path_at, &now);
        if (!looks_same(looking, &now, &cache->watched[i].signature))
            return false;
    }
    return true;
}

/* The moment decides too what is published. */
static bool is_time_the_same(const struct build_options *options,
                             const struct cache_summary *summary)
{
    if (options->now == summary->now)
        return true;
    return !summary->reads_now && options->now > summary->now &&
           (uint64_t)options->now < summary->until;
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

static void report_as_then(const struct cache_summary *summary, struct build_report *report)
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

bool unchanged_since(const struct build_options *options, struct pool *pool, struct arena *arena,
                     struct diags *diags, struct build_report *report)
{
    struct cache cache;
    struct looking looking = {.options = options, .cache = &cache, .folder = -1, .output = -1};
    if (options->force ||
        !cache_read(options->fs, cache_file(options, arena), cache_key(options), arena, NULL,
                    &cache) ||
        !cache.summary.settled || !is_time_the_same(options, &cache.summary) ||
        !look(&looking, pool))
        return false;
    struct diags said;
    diags_init(&said, arena);
    if (!said_read(cache.said, &said) ||
        (options->warnings_are_errors && diags_count(&said, SEVERITY_WARNING) > 0))
        return false;
    diags_merge(diags, &said);
    report_as_then(&cache.summary, report);
    return true;
}
