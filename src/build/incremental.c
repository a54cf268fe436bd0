#include "build/incremental.h"
#include "base/map.h"
#include "base/path.h"
#include "base/program.h"
#include "base/vec.h"
#include "site/bodies.h"
#include "site/changes.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdatomic.h>
#include <string.h>
#include <time.h>

/* A file that was changed this little before its state was taken may be changed again without
 * looking different: clocks of file systems tick slowly. */
enum { TICK = 20 * 1000 * 1000 };

/* What was noted for one output. */
struct made {
    bool is_made;
    bool always;
    uint32_t *facts;
    size_t fact_count;
    struct links_of_page links;
};

struct incremental {
    const struct build_options *options;
    struct source *source;
    struct pool *pool;
    struct arena *arena;
    struct region records;
    const char *path; /* of the cache; NULL: nothing can be kept here */
    struct cache old;
    bool has_old;
    int64_t taken;
    const struct source_file *files;
    size_t file_count;
    struct source_signature *signatures;
    bool *unknown;     /* of files whose state could not be taken */
    uint64_t settings; /* what records are read under */
    const struct plan *plan;
    const struct facts *facts;
    uint32_t *numbers; /* new number plus 1 of each old fact that is unchanged; 0: it changed */
    const struct cache_page **pages; /* of the last build, by number of output; NULL: none */
    struct made *made;
    unsigned workers;
    struct trace *traces;
    struct arena *notes; /* one a worker */
    atomic_size_t made_count;
};

/* ---- the state of the files */

static void take_signature(void *context, unsigned worker, size_t index)
{
    struct incremental *incremental = context;
    (void)worker;
    incremental->unknown[index] = source_signature(incremental->source, &incremental->files[index],
                                                   &incremental->signatures[index]) != 0;
}

static int64_t clock_now(void)
{
    struct timespec now;
    return clock_gettime(CLOCK_REALTIME, &now) == 0
               ? (int64_t)now.tv_sec * 1000000000 + (int64_t)now.tv_nsec
               : 0;
}

static void take_signatures(struct incremental *incremental)
{
    incremental->taken = clock_now();
    incremental->files = source_files(incremental->source, &incremental->file_count);
    incremental->signatures =
        arena_zalloc(incremental->arena, incremental->file_count, sizeof *incremental->signatures);
    incremental->unknown =
        arena_zalloc(incremental->arena, incremental->file_count, sizeof *incremental->unknown);
    pool_run(incremental->pool, incremental->file_count, 64, take_signature, incremental);
}

/* Whether a state says for sure that a file was not changed since the last build looked. */
static bool is_sure(const struct incremental *incremental, size_t index)
{
    const uint64_t *words = incremental->signatures[index].words;
    if (incremental->unknown[index])
        return false;
    if (incremental->files[index].has_id || incremental->files[index].layer == SOURCE_EMBEDDED)
        return true;
    return (int64_t)words[2] < incremental->old.taken - TICK &&
           (int64_t)words[3] < incremental->old.taken - TICK;
}

static uint64_t file_digest(void *context, const struct source_file *file)
{
    const struct incremental *incremental = context;
    size_t index = (size_t)(file - incremental->files);
    const struct source_signature *signature = &incremental->signatures[index];
    uint64_t salt =
        incremental->has_old && !is_sure(incremental, index) ? (uint64_t)incremental->taken : 1;
    return hash_bytes((struct str){(const char *)signature, sizeof *signature}, salt);
}

/* The bytes of all files whose paths begin so: few and small, so that their times need not be
 * trusted. */
static uint64_t digest_of_files(struct incremental *incremental, struct str folder, uint64_t digest)
{
    struct arena scratch = {0};
    struct diags ignored;
    for (size_t i = 0; i < incremental->file_count; i++) {
        const struct source_file *file = &incremental->files[i];
        struct text text;
        if (!str_eq(file->path, folder) && !path_inside(file->path, folder))
            continue;
        arena_clear(&scratch);
        diags_init(&ignored, &scratch);
        digest = hash_bytes(file->path, digest);
        if (source_read(incremental->source, 0, file, CONTENT_FILE_MOST, &scratch, &ignored,
                        &text) == 0)
            digest = hash_bytes(text.bytes, digest);
    }
    arena_release(&scratch);
    return digest;
}

/* ---- the last build */

static struct digest key_of(const struct incremental *incremental)
{
    const struct build_options *options = incremental->options;
    struct arena scratch = {0};
    struct fs_stat zones = {0};
    uint64_t program = program_digest(options->fs);
    fs_stat(options->fs, AT_FDCWD, "/usr/share/zoneinfo/tzdata.zi", &zones);
    struct str text = arena_printf(
        &scratch, "%" PRIu64 " %" PRId64 " %" PRIu64 " %d%d%d %.*s\n%.*s\n%s\n%.*s\n%s", program,
        zones.modified, zones.inode, options->drafts, options->future, options->strict,
        STR_ARG(options->base_url), STR_ARG(options->place->folder),
        options->revision ? options->revision : "", STR_ARG(options->place->prefix),
        options->output);
    struct digest key = digest_of(text);
    arena_release(&scratch);
    return key;
}

/* One cache for each output, wherever that lies. */
static const char *cache_place(const struct incremental *incremental, struct str state)
{
    const struct build_options *options = incremental->options;
    struct str output = str_from(options->output);
    struct str real;
    if (fs_real_path(options->fs, options->output, incremental->arena, &real) == 0)
        output = real;
    struct digest name = digest_of(arena_printf(incremental->arena, "%.*s\n%.*s", STR_ARG(output),
                                                STR_ARG(options->place->folder)));
    return arena_printf(incremental->arena, "%.*s/cache-%016" PRIx64, STR_ARG(state), name.low).ptr;
}

struct incremental *incremental_begin(const struct build_options *options, struct str state,
                                      struct source *source, struct pool *pool, struct arena *arena)
{
    struct incremental *incremental = arena_zalloc(arena, 1, sizeof *incremental);
    incremental->options = options;
    incremental->source = source;
    incremental->pool = pool;
    incremental->arena = arena;
    incremental->workers = pool_size(pool);
    incremental->path = cache_place(incremental, state);
    struct digest key = key_of(incremental);
    if (!options->force)
        incremental->has_old = cache_read(options->fs, incremental->path, key, arena,
                                          &incremental->records, &incremental->old);
    incremental->old.key = key;
    if (!incremental->has_old && !region_open(&incremental->records, REGION_RECORDS))
        incremental->path = NULL;
    take_signatures(incremental);
    incremental->settings = digest_of_files(incremental, STR("content/site.yml"), 21);
    incremental->settings =
        digest_of_files(incremental, STR("content/i18n"), incremental->settings);
    return incremental;
}

void incremental_end(struct incremental *incremental)
{
    if (!incremental)
        return;
    for (unsigned i = 0; incremental->notes && i < incremental->workers; i++)
        arena_release(&incremental->notes[i]);
    region_close(&incremental->records);
}

struct arena incremental_arena(struct incremental *incremental)
{
    struct arena arena;
    arena_in(&arena, incremental->path ? &incremental->records : NULL);
    return arena;
}

const struct record *incremental_record(void *context, const struct source_file *file)
{
    struct incremental *incremental = context;
    size_t index = (size_t)(file - incremental->files);
    if (!incremental->has_old || incremental->settings != incremental->old.settings ||
        !is_sure(incremental, index))
        return NULL;
    const struct cache_source *known = cache_find(&incremental->old, file->path);
    bool same = known && memcmp(&known->signature, &incremental->signatures[index],
                                sizeof known->signature) == 0;
    return same ? known->record : NULL;
}

/* ---- what changed */

/* A table from ids to numbers, open addressing; ids are hashes already. */
struct id_table {
    uint32_t *slots; /* number plus 1 */
    size_t mask;
};

static struct id_table index_facts(const struct facts *facts, struct arena *arena)
{
    size_t size = 64;
    while (size < facts->count * 2)
        size *= 2;
    struct id_table table = {arena_zalloc(arena, size, sizeof *table.slots), size - 1};
    for (size_t i = 0; i < facts->count; i++) {
        size_t at = facts->items[i].id & table.mask;
        while (table.slots[at] != 0)
            at = (at + 1) & table.mask;
        table.slots[at] = (uint32_t)i + 1;
    }
    return table;
}

static uint32_t number_of(const struct id_table *table, const struct facts *facts, uint64_t id)
{
    for (size_t at = id & table->mask; table->slots[at] != 0; at = (at + 1) & table->mask) {
        if (facts->items[table->slots[at] - 1].id == id)
            return table->slots[at];
    }
    return 0;
}

static void compare_facts(struct incremental *incremental)
{
    const struct cache *old = &incremental->old;
    const struct facts *facts = incremental->facts;
    struct id_table table = index_facts(facts, incremental->arena);
    incremental->numbers =
        arena_zalloc(incremental->arena, old->fact_count, sizeof *incremental->numbers);
    for (size_t i = 0; i < old->fact_count; i++) {
        uint32_t number = number_of(&table, facts, old->facts[i].id);
        if (number > 0 && facts->items[number - 1].digest == old->facts[i].digest)
            incremental->numbers[i] = number;
    }
    for (size_t i = 0; i < old->page_count; i++) {
        uint32_t number = number_of(&table, facts, old->pages[i].id);
        if (number > 0 && number > facts->first_output &&
            number <= facts->first_layout) /* the second fact of an output */
            incremental->pages[(number - 1 - facts->first_output) / 2] = &old->pages[i];
    }
}

static uint64_t next_moment(const struct incremental *incremental)
{
    struct arena scratch = {0};
    struct site_changes changes = site_changes(incremental->plan->site, 1, &scratch);
    uint64_t at = changes.count > 0 ? (uint64_t)changes.items[0].at : UINT64_MAX;
    arena_release(&scratch);
    return at;
}

void incremental_compare(struct incremental *incremental, const struct plan *plan,
                         const struct templates *templates)
{
    struct arena *arena = incremental->arena;
    struct facts_digests digests = {.file = file_digest, .context = incremental};
    if (!incremental->path)
        return;
    incremental->plan = plan;
    digests.settings = digest_of_files(incremental, STR("content/site.yml"), 22);
    digests.settings = digest_of_files(incremental, STR("content/data"), digests.settings);
    digests.words = digest_of_files(incremental, STR("content/i18n"), 23);
    digests.moment = next_moment(incremental);
    digests.assets = templates_asset_digest(templates);
    digests.layout_count =
        templates_digests(templates, &digests.layout_names, &digests.layout_digests);
    incremental->facts = facts_find(plan, &digests, incremental->pool, arena);
    incremental->pages = arena_zalloc(arena, plan->count, sizeof(struct cache_page *));
    incremental->made = arena_zalloc(arena, plan->count, sizeof *incremental->made);
    incremental->traces = arena_zalloc(arena, incremental->workers, sizeof *incremental->traces);
    incremental->notes = arena_zalloc(arena, incremental->workers, sizeof *incremental->notes);
    for (unsigned i = 0; i < incremental->workers; i++)
        trace_init(&incremental->traces[i], incremental->facts, &incremental->notes[i]);
    if (incremental->has_old)
        compare_facts(incremental);
}

bool incremental_keeps(struct incremental *incremental, const struct store *store, size_t index)
{
    const struct cache_page *page = incremental->pages ? incremental->pages[index] : NULL;
    if (!page || page->always)
        return false;
    for (uint32_t i = 0; i < page->facts_count; i++) {
        if (incremental->numbers[incremental->old.page_facts[page->facts_at + i]] == 0)
            return false;
    }
    return store_holds(store, index, page->digest);
}

struct links_of_page incremental_links(const struct incremental *incremental, size_t index)
{
    const struct cache_page *page = incremental->pages[index];
    const struct cache *old = &incremental->old;
    struct links_of_page links = {.ids = old->ids + page->ids_at, .id_count = page->ids_count};
    return links;
}

/* The wants of a page that was kept, with the numbers that outputs have now. */
static struct links_of_page wants_of(const struct incremental *incremental, size_t index,
                                     struct arena *arena)
{
    const struct cache_page *page = incremental->pages[index];
    struct links_of_page links = incremental_links(incremental, index);
    struct links_want *wants = arena_zalloc(arena, page->wants_count, sizeof *wants);
    for (uint32_t i = 0; i < page->wants_count; i++) {
        wants[i] = incremental->old.wants[page->wants_at + i];
        uint32_t number = incremental->numbers[wants[i].output];
        wants[i].output = number > 0 ? (number - 1 - incremental->facts->first_output) / 2 : 0;
        links.dead = links.dead || number == 0;
    }
    links.wants = wants;
    links.want_count = page->wants_count;
    return links;
}

bool incremental_must_tell(const struct incremental *incremental, struct links *links, size_t index)
{
    struct arena scratch = {0};
    if (!incremental->made || incremental->made[index].is_made ||
        incremental->pages[index]->wants_count == 0)
        return false;
    struct links_of_page page = wants_of(incremental, index, &scratch);
    bool satisfied = links_satisfied(links, &page);
    arena_release(&scratch);
    return !satisfied;
}

struct trace *incremental_trace(struct incremental *incremental, unsigned worker)
{
    if (!incremental->traces)
        return NULL;
    trace_begin(&incremental->traces[worker]);
    return &incremental->traces[worker];
}

void incremental_made(struct incremental *incremental, unsigned worker, size_t index,
                      const struct links_of_page *page, bool always)
{
    atomic_fetch_add(&incremental->made_count, 1);
    if (!incremental->made)
        return;
    const struct trace *trace = &incremental->traces[worker];
    struct made *made = &incremental->made[index];
    made->is_made = true;
    made->always = always;
    made->links = *page;
    made->fact_count = trace->count;
    made->facts = arena_alloc(&incremental->notes[worker], trace->count * sizeof *made->facts);
    memcpy(made->facts, trace->items, trace->count * sizeof *made->facts);
}

size_t incremental_count(const struct incremental *incremental)
{
    return atomic_load(&incremental->made_count);
}

/* ---- for the next build */

struct numbers {
    uint32_t *items;
    size_t count, capacity;
};

struct hashes {
    uint64_t *items;
    size_t count, capacity;
};

struct wants {
    struct links_want *items;
    size_t count, capacity;
};

struct saving {
    struct arena arena;
    struct cache next;
    struct cache_page *pages;
    struct numbers facts;
    struct hashes ids;
    struct wants wants;
};

static void save_links(struct saving *saving, const struct facts *facts, struct cache_page *page,
                       const struct links_of_page *links)
{
    page->ids_at = (uint32_t)saving->ids.count;
    page->ids_count = (uint32_t)links->id_count;
    for (size_t i = 0; i < links->id_count; i++)
        *vec_push(&saving->arena, &saving->ids) = links->ids[i];
    page->wants_at = (uint32_t)saving->wants.count;
    page->wants_count = (uint32_t)links->want_count;
    for (size_t i = 0; i < links->want_count; i++) {
        struct links_want want = links->wants[i];
        want.output = facts->first_output + want.output * 2;
        *vec_push(&saving->arena, &saving->wants) = want;
    }
}

static void save_page(struct saving *saving, const struct incremental *incremental,
                      struct links *links, size_t index)
{
    const struct facts *facts = incremental->facts;
    const struct made *made = &incremental->made[index];
    struct cache_page *page = &saving->pages[index];
    page->id = facts->items[facts->first_output + index * 2 + 1].id;
    page->facts_at = (uint32_t)saving->facts.count;
    if (made->is_made) {
        page->always = made->always || !links_satisfied(links, &made->links);
        page->facts_count = (uint32_t)made->fact_count;
        for (size_t i = 0; i < made->fact_count; i++)
            *vec_push(&saving->arena, &saving->facts) = made->facts[i];
        save_links(saving, facts, page, &made->links);
        return;
    }
    const struct cache_page *old = incremental->pages[index];
    page->facts_count = old->facts_count;
    for (uint32_t i = 0; i < old->facts_count; i++)
        *vec_push(&saving->arena, &saving->facts) =
            incremental->numbers[incremental->old.page_facts[old->facts_at + i]] - 1;
    struct links_of_page kept = wants_of(incremental, index, &saving->arena);
    save_links(saving, facts, page, &kept);
}

static void save_sources(struct saving *saving, const struct incremental *incremental)
{
    struct cache_source *sources =
        arena_zalloc(&saving->arena, incremental->file_count, sizeof *sources);
    const struct map *entries = &incremental->plan->site->entries_by_path;
    struct buf paths = {0};
    for (size_t i = 0; i < incremental->file_count; i++) {
        const struct source_file *file = &incremental->files[i];
        const struct entry *entry = map_get(entries, file->path);
        const struct record *record = entry ? entry->record : NULL;
        sources[i].signature = incremental->signatures[i];
        sources[i].path_at = (uint32_t)paths.len;
        sources[i].path_length = (uint32_t)file->path.len;
        buf_add(&paths, file->path);
        /* One with something to say about it is read again, so that it is said again. */
        if (record && !record->noted && region_holds(&incremental->records, record))
            sources[i].record = record;
    }
    saving->next.sources = sources;
    saving->next.source_count = incremental->file_count;
    saving->next.paths = arena_str(&saving->arena, buf_str(&paths));
    buf_release(&paths);
}

/* What is left of earlier versions of records is thrown out when it is more than what is in use. */
static bool is_worth_keeping(const struct incremental *incremental)
{
    size_t used = atomic_load(&incremental->records.used);
    return !incremental->has_old || used < ((size_t)1 << 30) * 16;
}

void incremental_save(struct incremental *incremental, const struct store *store,
                      struct links *links, struct diags *diags)
{
    struct saving saving = {.arena = {0}};
    if (!incremental->path || !incremental->made || !is_worth_keeping(incremental))
        return;
    size_t count = incremental->plan->count;
    saving.pages = arena_zalloc(&saving.arena, count, sizeof *saving.pages);
    for (size_t i = 0; i < count; i++) {
        save_page(&saving, incremental, links, i);
        saving.pages[i].digest = store_digest(store, i);
    }
    save_sources(&saving, incremental);
    struct cache *next = &saving.next;
    next->key = incremental->old.key;
    next->now = incremental->options->now;
    next->settings = incremental->settings;
    next->taken = incremental->taken;
    next->facts = incremental->facts->items;
    next->fact_count = incremental->facts->count;
    next->pages = saving.pages;
    next->page_count = count;
    next->page_facts = saving.facts.items;
    next->page_fact_count = saving.facts.count;
    next->ids = saving.ids.items;
    next->id_count = saving.ids.count;
    next->wants = saving.wants.items;
    next->want_count = saving.wants.count;
    int error =
        cache_write(incremental->options->fs, incremental->path, next, &incremental->records);
    if (error) {
        diag_add(diags, SEVERITY_NOTE, "cache", (struct span){0},
                 "the cache %s could not be written, so the next build makes everything again",
                 incremental->path);
    }
    arena_release(&saving.arena);
}
