#include "build/cache.h"
#include "base/path.h"
#include "build/cache_seal.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#define MAGIC "copse cache 009\n"

enum {
    SECTION_FACTS,
    SECTION_PAGES,
    SECTION_PAGE_FACTS,
    SECTION_IDS,
    SECTION_WANTS,
    SECTION_SOURCES, /* from here on what a build with nothing to do reads */
    SECTION_WATCHED,
    SECTION_OUTPUTS,
    SECTION_PATHS,
    SECTION_SAID,
    SECTION_RECORDS,
    SECTION_SITE,
    SECTIONS
};

struct section {
    uint64_t at;
    uint64_t size;
    uint64_t checksum;
};

/* The file's first bytes. Has no gaps, so that all of it can be compared and summed. */
struct head {
    char magic[16];
    struct digest key;
    struct cache_summary summary;
    uint64_t settings;
    int64_t taken;
    const struct search_kept *search;
    const struct frozen *frozen;
    uint64_t length; /* of the file */
    struct section sections[SECTIONS];
    uint64_t checksum; /* of all before it */
};

enum { CHUNK = 1024 * 1024, SUM_SEED = 0xC0 };

struct summing {
    struct str bytes;
    uint64_t *sums;
};

static void sum_chunk(void *context, unsigned worker, size_t index)
{
    struct summing *summing = context;
    (void)worker;
    struct str chunk = str_sub(summing->bytes, index * CHUNK, (index + 1) * CHUNK);
    summing->sums[index] = hash_large(chunk, SUM_SEED);
}

/* In chunks, so that threads share it out. */
static uint64_t checksum(struct str bytes, struct pool *pool)
{
    struct arena scratch = {0};
    size_t count = (bytes.len + CHUNK - 1) / CHUNK;
    struct summing summing = {bytes, arena_zalloc(&scratch, count, sizeof *summing.sums)};
    if (pool && count > 1)
        pool_run(pool, count, 1, sum_chunk, &summing);
    for (size_t i = 0; (!pool || count == 1) && i < count; i++)
        sum_chunk(&summing, 0, i);
    uint64_t sum = hash_bytes(
        (struct str){(const char *)summing.sums, count * sizeof *summing.sums}, SUM_SEED);
    arena_release(&scratch);
    return sum;
}

static struct str head_bytes(const struct head *head)
{
    return (struct str){(const char *)head, offsetof(struct head, checksum)};
}

/* The arrays of a cache as bytes, in the order of the sections. */
static void list_parts(const struct cache *cache, struct str parts[SECTIONS])
{
    const struct str all[SECTIONS] = {
        [SECTION_FACTS] = {(const char *)cache->facts, cache->fact_count * sizeof *cache->facts},
        [SECTION_PAGES] = {(const char *)cache->pages, cache->page_count * sizeof *cache->pages},
        [SECTION_PAGE_FACTS] = {(const char *)cache->page_facts,
                                cache->page_fact_count * sizeof *cache->page_facts},
        [SECTION_IDS] = {(const char *)cache->ids, cache->id_count * sizeof *cache->ids},
        [SECTION_WANTS] = {(const char *)cache->wants, cache->want_count * sizeof *cache->wants},
        [SECTION_SOURCES] = {(const char *)cache->sources,
                             cache->source_count * sizeof *cache->sources},
        [SECTION_WATCHED] = {(const char *)cache->watched,
                             cache->watched_count * sizeof *cache->watched},
        [SECTION_OUTPUTS] = {(const char *)cache->outputs,
                             cache->output_count * sizeof *cache->outputs},
        [SECTION_PATHS] = cache->paths,
        [SECTION_SAID] = cache->said,
    };
    memcpy(parts, all, sizeof all);
}

static size_t round_up(size_t size, size_t unit)
{
    return (size + unit - 1) / unit * unit;
}

/* Regions begin at whole pages. */
static size_t unit_of(size_t section)
{
    return section >= SECTION_RECORDS ? region_page() : 64;
}

int cache_write(const struct fs *fs, const char *path, const struct cache *cache,
                const struct region *records, const struct region *site, struct pool *pool)
{
    struct arena arena = {0};
    struct str parts[SECTIONS];
    struct str pieces[2 * SECTIONS + 2];
    struct head head = {
        .key = cache->key,
        .summary = cache->summary,
        .settings = cache->settings,
        .taken = cache->taken,
        .search = cache->search,
        .frozen = cache->frozen,
    };
    memcpy(head.magic, MAGIC, sizeof head.magic);
    list_parts(cache, parts);
    parts[SECTION_RECORDS] = (struct str){records->base, atomic_load(&records->used)};
    parts[SECTION_SITE] = (struct str){site->base, atomic_load(&site->used)};
    size_t count = 1;
    size_t at = sizeof head;
    for (size_t i = 0; i < SECTIONS; i++) {
        size_t gap = round_up(at, unit_of(i)) - at;
        pieces[count++] = (struct str){arena_zalloc(&arena, 1, gap), gap};
        pieces[count++] = parts[i];
        head.sections[i] = (struct section){at + gap, parts[i].len, checksum(parts[i], pool)};
        at += gap + parts[i].len;
    }
    head.length = at;
    head.checksum = checksum(head_bytes(&head), NULL);
    pieces[0] = (struct str){(const char *)&head, sizeof head};
    int error = fs_make_folders(fs, AT_FDCWD, arena_cstr(&arena, path_folder(str_from(path))));
    if (!error)
        error = fs_write_parts(fs, AT_FDCWD, path, pieces, count);
    arena_release(&arena);
    return error;
}

int cache_write_changes(const struct fs *fs, const char *path, const struct cache *cache,
                        struct cache_memory *memory)
{
    const struct region *regions[] = {&memory->tables, &memory->records, &memory->site};
    struct head *head = (struct head *)(void *)memory->tables.base;
    head->summary = cache->summary;
    head->taken = cache->taken;
    head->search = cache->search;
    return cache_changes_write(fs, path, head->checksum, &memory->changes, regions, 3);
}

static bool read_at(int file, void *into, size_t size, uint64_t at)
{
    char *to = into;
    while (size > 0) {
        ssize_t got = pread(file, to, size, (off_t)at);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return false;
        to += got;
        at += (uint64_t)got;
        size -= (size_t)got;
    }
    return true;
}

static bool read_head(int file, const struct fs_stat *stat, struct digest key, struct head *head)
{
    if (!read_at(file, head, sizeof *head, 0) || memcmp(head->magic, MAGIC, sizeof head->magic) ||
        head->checksum != checksum(head_bytes(head), NULL) || !digest_eq(head->key, key) ||
        head->length != stat->size)
        return false;
    for (size_t i = 0; i < SECTIONS; i++) {
        const struct section *section = &head->sections[i];
        if (section->at > head->length || section->size > head->length - section->at)
            return false;
    }
    return true;
}

static const struct head *head_of(const struct cache_memory *memory)
{
    return (const struct head *)(const void *)memory->tables.base;
}

static struct str table(const struct cache_memory *memory, size_t section)
{
    const struct section *place = &head_of(memory)->sections[section];
    return (struct str){memory->tables.base + place->at, place->size};
}

/* Those that were not looked at yet: before the changes are put in, as long as they are what was
 * summed. */
static bool are_good(const struct cache_memory *memory, size_t first, size_t end, struct pool *pool)
{
    for (size_t i = first; i < end && !memory->sealed; i++) {
        if (checksum(table(memory, i), pool) != head_of(memory)->sections[i].checksum)
            return false;
    }
    return true;
}

static bool map_part(struct cache_memory *memory, size_t number, enum region_place place,
                     struct pool *pool, struct region *out)
{
    const struct section *section = &head_of(memory)->sections[number];
    return region_map(out, place, memory->file, section->at, section->size) &&
           (memory->sealed ||
            checksum((struct str){out->base, section->size}, pool) == section->checksum) &&
           cache_changes_apply(&memory->changes, out);
}

static void take_parts(const struct str parts[SECTIONS], struct cache *out)
{
    out->facts = (const void *)parts[SECTION_FACTS].ptr;
    out->fact_count = parts[SECTION_FACTS].len / sizeof *out->facts;
    out->pages = (const void *)parts[SECTION_PAGES].ptr;
    out->page_count = parts[SECTION_PAGES].len / sizeof *out->pages;
    out->page_facts = (const void *)parts[SECTION_PAGE_FACTS].ptr;
    out->page_fact_count = parts[SECTION_PAGE_FACTS].len / sizeof *out->page_facts;
    out->ids = (const void *)parts[SECTION_IDS].ptr;
    out->id_count = parts[SECTION_IDS].len / sizeof *out->ids;
    out->wants = (const void *)parts[SECTION_WANTS].ptr;
    out->want_count = parts[SECTION_WANTS].len / sizeof *out->wants;
    out->sources = (const void *)parts[SECTION_SOURCES].ptr;
    out->source_count = parts[SECTION_SOURCES].len / sizeof *out->sources;
    out->watched = (const void *)parts[SECTION_WATCHED].ptr;
    out->watched_count = parts[SECTION_WATCHED].len / sizeof *out->watched;
    out->outputs = (const void *)parts[SECTION_OUTPUTS].ptr;
    out->output_count = parts[SECTION_OUTPUTS].len / sizeof *out->outputs;
    out->paths = parts[SECTION_PATHS];
    out->said = parts[SECTION_SAID];
}

/* Fills `out` from what is mapped. */
static void take(const struct cache_memory *memory, enum cache_depth depth, struct cache *out)
{
    const struct head *head = head_of(memory);
    struct str parts[SECTIONS] = {0};
    for (size_t i = depth == CACHE_LOOK ? SECTION_SOURCES : 0; i < SECTION_RECORDS; i++)
        parts[i] = table(memory, i);
    *out = (struct cache){.key = head->key};
    out->summary = head->summary;
    out->settings = head->settings;
    out->taken = head->taken;
    out->search = depth == CACHE_LOOK ? NULL : head->search;
    out->frozen = depth == CACHE_ALL ? head->frozen : NULL;
    take_parts(parts, out);
}

/* The tables of a file that has such a head, with what changed since in them. */
static bool map_tables(const struct fs *fs, const char *path, const struct head *head,
                       enum cache_depth depth, struct pool *pool, struct cache_memory *memory)
{
    cache_changes_open(fs, path, head->checksum, &memory->changes);
    size_t first = depth == CACHE_LOOK && memory->changes.batches.len == 0 ? SECTION_SOURCES : 0;
    return region_map(&memory->tables, REGION_TABLES, memory->file, 0,
                      head->sections[SECTION_RECORDS].at) &&
           are_good(memory, first, SECTION_RECORDS, pool) &&
           cache_changes_apply(&memory->changes, &memory->tables);
}

static bool map_regions(struct pool *pool, enum cache_depth depth, struct cache_memory *memory)
{
    return (depth == CACHE_LOOK ||
            map_part(memory, SECTION_RECORDS, REGION_RECORDS, pool, &memory->records)) &&
           (depth != CACHE_ALL || map_part(memory, SECTION_SITE, REGION_SITE, pool, &memory->site));
}

bool cache_read(const struct fs *fs, const char *path, struct digest key, struct pool *pool,
                enum cache_depth depth, struct cache_memory *memory, struct cache *out)
{
    struct head head;
    *out = (struct cache){.key = key};
    *memory = (struct cache_memory){0};
    if (fs_open_file(fs, AT_FDCWD, path, &memory->file, &memory->state) != 0)
        return false;
    memory->is_open = true;
    memory->sealed = cache_seal_holds(fs, path, &memory->state);
    bool good = read_head(memory->file, &memory->state, key, &head) &&
                map_tables(fs, path, &head, depth, pool, memory) &&
                map_regions(pool, depth, memory);
    if (good)
        take(memory, depth, out);
    else
        cache_release(memory);
    return good;
}

bool cache_read_more(struct pool *pool, enum cache_depth depth, struct cache_memory *memory,
                     struct cache *out)
{
    /* With changes all tables were looked at before those were put in. */
    bool good = memory->changes.batches.len > 0 || are_good(memory, 0, SECTION_SOURCES, pool);
    good = good && map_regions(pool, depth, memory);
    if (good) {
        take(memory, depth, out);
    } else {
        *out = (struct cache){.key = out->key};
        cache_release(memory);
    }
    return good;
}

bool cache_read_site(struct pool *pool, struct cache_memory *memory, struct cache *out)
{
    bool good =
        head_of(memory)->frozen && map_part(memory, SECTION_SITE, REGION_SITE, pool, &memory->site);
    if (good) {
        take(memory, CACHE_ALL, out);
    } else {
        *out = (struct cache){.key = out->key};
        cache_release(memory);
    }
    return good;
}

void cache_release(struct cache_memory *memory)
{
    region_close(&memory->tables);
    region_close(&memory->records);
    region_close(&memory->site);
    if (memory->is_open)
        fs_close(memory->file);
    cache_changes_close(&memory->changes);
    *memory = (struct cache_memory){0};
}

bool cache_has_key(const struct fs *fs, const char *path, struct digest key)
{
    int file;
    struct fs_stat stat;
    struct head head;
    if (fs_open_file(fs, AT_FDCWD, path, &file, &stat) != 0)
        return false;
    bool has = read_head(file, &stat, key, &head);
    fs_close(file);
    return has;
}

struct str cache_path(const struct cache *cache, const struct cache_source *source)
{
    return (struct str){cache->paths.ptr + source->path_at, source->path_length};
}

const struct cache_source *cache_find(const struct cache *cache, struct str path)
{
    size_t low = 0;
    size_t high = cache->source_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = str_cmp(cache_path(cache, &cache->sources[middle]), path);
        if (order == 0)
            return &cache->sources[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}
