#include "build/memory.h"
#include "build/build.h"
#include "build/cache_place.h"

bool build_memory_recall(struct build_memory *memory, const struct build_options *options)
{
    const char *path = cache_newest(options, &memory->arena);
    if (!path || !cache_read(options->fs, path, cache_key(options), NULL, CACHE_RECORDS,
                             &memory->kept, &memory->cache)) {
        build_memory_release(memory); /* what the search for it left in the arena */
        return false;
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
