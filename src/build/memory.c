#include "build/memory.h"
#include "build/build.h"
#include "build/cache_place.h"
#include "build/unchanged.h"
#include "source/merge.h"

#include <string.h>

/* Whether the site that was kept is BASE, as it would be made now. */
static bool is_base(const struct cache_summary *summary, const struct build_options *options)
{
    struct blob_id base = merge_commit_id(options->merge, MERGE_BASE);
    return memcmp(summary->commit, base.bytes, sizeof base.bytes) == 0 &&
           unchanged_by_time(summary, options->now);
}

bool build_memory_recall(struct build_memory *memory, const struct build_options *options,
                         bool site)
{
    const char *path = cache_newest(options, &memory->arena);
    if (!path || !cache_read(options->fs, path, cache_key(options), NULL, CACHE_RECORDS,
                             &memory->kept, &memory->cache)) {
        build_memory_release(memory); /* what the search for it left in the arena */
        return false;
    }
    if (site && is_base(&memory->cache.summary, options)) {
        memory->has_site = cache_read_site(NULL, &memory->kept, &memory->cache);
        if (!memory->has_site) {
            build_memory_release(memory);
            return false;
        }
    }
    memory->html = arena_zalloc(&memory->arena, memory->cache.source_count, sizeof *memory->html);
    memory->filled = true;
    return true;
}

void build_memory_release(struct build_memory *memory)
{
    bodies_free(memory->bodies);
    buf_release(&memory->paths);
    arena_release(&memory->arena);
    cache_release(&memory->kept);
    *memory = (struct build_memory){0};
}
