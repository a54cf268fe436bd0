#include "build/cache.h"
#include "base/path.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#define MAGIC "copse cache 006\n"

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
    uint64_t length; /* of the file */
    struct section sections[SECTIONS];
    uint64_t checksum; /* of all before it */
};

static uint64_t checksum(struct str bytes)
{
    return hash_large(bytes, 0xC0);
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

int cache_write(const struct fs *fs, const char *path, const struct cache *cache,
                const struct region *records)
{
    static const char nothing[64] = {0};
    struct arena arena = {0};
    struct str parts[SECTIONS];
    struct str pieces[2 * SECTIONS + 2];
    struct head head = {
        .key = cache->key,
        .summary = cache->summary,
        .settings = cache->settings,
        .taken = cache->taken,
        .search = cache->search,
    };
    memcpy(head.magic, MAGIC, sizeof head.magic);
    list_parts(cache, parts);
    parts[SECTION_RECORDS] = (struct str){records->base, atomic_load(&records->used)};
    size_t count = 1;
    size_t at = sizeof head;
    for (size_t i = 0; i < SECTIONS; i++) {
        size_t unit = i == SECTION_RECORDS ? region_page() : sizeof nothing;
        size_t gap = round_up(at, unit) - at;
        pieces[count++] = (struct str){arena_zalloc(&arena, 1, gap), gap};
        pieces[count++] = parts[i];
        head.sections[i] = (struct section){at + gap, parts[i].len, checksum(parts[i])};
        at += gap + parts[i].len;
    }
    head.length = at;
    head.checksum = checksum(head_bytes(&head));
    pieces[0] = (struct str){(const char *)&head, sizeof head};
    int error = fs_make_folders(fs, AT_FDCWD, arena_cstr(&arena, path_folder(str_from(path))));
    if (!error)
        error = fs_write_parts(fs, AT_FDCWD, path, pieces, count);
    arena_release(&arena);
    return error;
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
        head->checksum != checksum(head_bytes(head)) || !digest_eq(head->key, key) ||
        head->length != stat->size)
        return false;
    for (size_t i = 0; i < SECTIONS; i++) {
        const struct section *section = &head->sections[i];
        if (section->at > head->length || section->size > head->length - section->at)
            return false;
    }
    return true;
}

static bool read_part(int file, const struct section *section, struct arena *arena, struct str *out)
{
    char *bytes = arena_alloc(arena, section->size + 1);
    *out = (struct str){bytes, section->size};
    return read_at(file, bytes, section->size, section->at) && checksum(*out) == section->checksum;
}

static bool map_records(int file, const struct section *section, struct region *records)
{
    if (!region_map(records, REGION_RECORDS, file, section->at, section->size))
        return false;
    if (checksum((struct str){records->base, section->size}) == section->checksum)
        return true;
    region_close(records);
    return false;
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

bool cache_read(const struct fs *fs, const char *path, struct digest key, struct arena *arena,
                struct region *records, struct cache *out)
{
    int file;
    struct fs_stat stat;
    struct head head;
    struct str parts[SECTIONS] = {0};
    *out = (struct cache){.key = key};
    if (records)
        *records = (struct region){0};
    if (fs_open_file(fs, AT_FDCWD, path, &file, &stat) != 0)
        return false;
    bool good = read_head(file, &stat, key, &head);
    for (size_t i = records ? 0 : SECTION_SOURCES; i < SECTION_RECORDS && good; i++)
        good = read_part(file, &head.sections[i], arena, &parts[i]);
    if (records)
        good = good && map_records(file, &head.sections[SECTION_RECORDS], records);
    fs_close(file);
    if (!good)
        return false;
    out->summary = head.summary;
    out->settings = head.settings;
    out->taken = head.taken;
    out->search = records ? head.search : NULL;
    take_parts(parts, out);
    return true;
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
