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

static bool is_changed(struct looking *looking)
{
    return atomic_load_explicit(&looking->changed, memory_order_relaxed);
}

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

/* ---- by handfuls, each from the folder that all of it lies in: the way there is gone once */

enum { HANDFUL = 128 };

struct handful {
    size_t first, end;
    int folder;
    size_t below; /* where paths begin for that */
};

static struct str source_path(const struct cache *cache, size_t index)
{
    return (struct str){cache->paths.ptr + cache->sources[index].path_at,
                        cache->sources[index].path_length};
}

static struct str output_path(const struct cache *cache, size_t index)
{
    return (struct str){cache->paths.ptr + cache->outputs[index].path_at,
                        cache->outputs[index].path_length};
}

/* How much of the paths leads to a folder that all lie in, the slash behind it included. */
static size_t common_folder(const struct cache *cache, size_t first, size_t end,
                            struct str path_of(const struct cache *, size_t))
{
    struct str common = path_of(cache, first);
    for (size_t i = first; i < end; i++) {
        struct str path = path_of(cache, i);
        size_t most = path.len < common.len ? path.len : common.len;
        if (i > first && path.len >= common.len && memcmp(path.ptr, common.ptr, most) == 0)
            continue;
        size_t same = 0;
        size_t below = 0;
        for (; same < most && path.ptr[same] == common.ptr[same]; same++)
            below = path.ptr[same] == '/' ? same + 1 : below;
        common.len = below;
    }
    return common.len;
}

/* Where that folder cannot be opened (files of the program's own lie in none), all is looked at
 * from the root. */
static struct handful take_handful(const struct looking *looking, size_t number, size_t count,
                                   int root, struct str path_of(const struct cache *, size_t))
{
    char folder[SOURCE_MAX_PATH];
    size_t first = number * HANDFUL;
    struct handful handful = {first, first + HANDFUL < count ? first + HANDFUL : count, root, 0};
    size_t below = common_folder(looking->cache, first, handful.end, path_of);
    if (below == 0 || below > sizeof folder)
        return handful;
    memcpy(folder, path_of(looking->cache, first).ptr, below - 1);
    folder[below - 1] = '\0';
    if (fs_open_folder(looking->options->fs, root, folder, FS_FOLLOW, &handful.folder) == 0)
        handful.below = below;
    else
        handful.folder = root;
    return handful;
}

static void end_handful(const struct handful *handful)
{
    if (handful->below > 0)
        fs_close(handful->folder);
}

static void look_at_source(struct looking *looking, const struct handful *handful, size_t index)
{
    static const struct source_signature embedded;
    const struct cache_source *source = &looking->cache->sources[index];
    struct fs_stat stat;
    if (memcmp(&source->signature, &embedded, sizeof embedded) == 0)
        return;
    const char *path = looking->cache->paths.ptr + source->path_at + handful->below;
    bool same = fs_stat(looking->options->fs, handful->folder, path, &stat) == 0;
    struct source_signature now = same ? signature_of(&stat) : embedded;
    if (!same || stat.kind != FS_FILE)
        atomic_store(&looking->changed, true);
    else if (!looks_same(looking, &now, &source->signature))
        note_edited(looking, index, &now);
}

static void look_at_sources(void *context, unsigned worker, size_t number)
{
    struct looking *looking = context;
    const struct handful handful =
        take_handful(looking, number, looking->cache->source_count, looking->folder, source_path);
    (void)worker;
    for (size_t i = handful.first; i < handful.end && !is_changed(looking); i++)
        look_at_source(looking, &handful, i);
    end_handful(&handful);
}

static void look_at_output(struct looking *looking, const struct handful *handful, size_t index)
{
    const struct cache_output *output = &looking->cache->outputs[index];
    const struct store_file file = {
        .path = str_after(output_path(looking->cache, index), handful->below),
        .size = output->size,
        .inode = output->inode,
        .modified = output->modified,
        .changed = output->changed,
    };
    if (!store_file_stands(looking->options->fs, handful->folder, &file))
        atomic_store(&looking->changed, true);
}

static void look_at_outputs(void *context, unsigned worker, size_t number)
{
    struct looking *looking = context;
    const struct handful handful =
        take_handful(looking, number, looking->cache->output_count, looking->output, output_path);
    (void)worker;
    for (size_t i = handful.first; i < handful.end && !is_changed(looking); i++)
        look_at_output(looking, &handful, i);
    end_handful(&handful);
}

/* ---- what is looked at, and when */

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

static bool look_at_inputs(struct looking *looking, struct pool *pool)
{
    const struct cache *cache = looking->cache;
    const struct fs *fs = looking->options->fs;
    bool same =
        fs_open_folder(fs, AT_FDCWD, looking->options->place->folder.ptr, FS_FOLLOW,
                       &looking->folder) == 0 &&
        fs_open_folder(fs, AT_FDCWD, looking->options->output, FS_FOLLOW, &looking->output) == 0 &&
        !store_in_work(fs, looking->output) && look_at_watched(looking);
    if (same)
        pool_run(pool, (cache->source_count + HANDFUL - 1) / HANDFUL, 1, look_at_sources, looking);
    return same && !is_changed(looking);
}

void unchanged_outputs_begin(struct unchanged_look *found, struct pool *pool)
{
    size_t count = found->looking->cache->output_count;
    pool_begin(pool, (count + HANDFUL - 1) / HANDFUL, 1, look_at_outputs, found->looking);
}

bool unchanged_outputs_end(struct unchanged_look *found, struct pool *pool)
{
    pool_end(pool);
    return !is_changed(found->looking);
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

static enum unchanged since(struct looking *looking, struct pool *pool, struct arena *arena,
                            struct diags *diags)
{
    struct unchanged_look *found = looking->found;
    if (!found->cache.summary.settled ||
        !unchanged_by_time(&found->cache.summary, looking->options->now) ||
        !look_at_inputs(looking, pool))
        return UNCHANGED_UNKNOWN;
    found->edited_count = atomic_load(&looking->edited);
    if (found->edited_count > 0)
        return UNCHANGED_BUT;
    unchanged_outputs_begin(found, pool);
    return unchanged_outputs_end(found, pool) && say(looking->options, &found->cache, arena, diags)
               ? UNCHANGED
               : UNCHANGED_UNKNOWN;
}

enum unchanged unchanged_since(const struct build_options *options, struct pool *pool,
                               struct arena *arena, struct diags *diags,
                               struct build_report *report, struct unchanged_look *found)
{
    *found = (struct unchanged_look){0};
    if (options->force || !cache_read(options->fs, cache_file(options, arena), cache_key(options),
                                      pool, CACHE_LOOK, &found->memory, &found->cache))
        return UNCHANGED_UNKNOWN;
    found->looking = arena_alloc(arena, sizeof *found->looking);
    *found->looking = (struct looking){
        .options = options, .cache = &found->cache, .found = found, .folder = -1, .output = -1};
    enum unchanged result = since(found->looking, pool, arena, diags);
    if (result == UNCHANGED)
        unchanged_report(&found->cache.summary, report);
    if (result == UNCHANGED_BUT)
        qsort(found->edited, found->edited_count, sizeof *found->edited, compare_edited);
    else
        unchanged_let_go(found);
    return result;
}

void unchanged_let_go(struct unchanged_look *found)
{
    if (found->looking) {
        fs_close(found->looking->folder);
        fs_close(found->looking->output);
        found->looking = NULL;
    }
    cache_release(&found->memory);
}
