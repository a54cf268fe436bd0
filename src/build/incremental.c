#include "build/incremental.h"
#include "base/map.h"
#include "base/path.h"
#include "base/vec.h"
#include "build/cache_place.h"
#include "build/cache_seal.h"
#include "build/incremental_internal.h"
#include "site/bodies.h"
#include "site/changes.h"

#include <string.h>

enum { WORN_LEAST = 64 * 1024 * 1024 };

/* ---- the state of the files */

static void take_signature(void *context, unsigned worker, size_t index)
{
    struct incremental *incremental = context;
    (void)worker;
    incremental->unknown[index] = source_signature(incremental->source, &incremental->files[index],
                                                   &incremental->signatures[index]) != 0;
}

static void take_signatures(struct incremental *incremental)
{
    incremental->files = source_files(incremental->source, &incremental->file_count);
    incremental->signatures =
        arena_zalloc(incremental->arena, incremental->file_count, sizeof *incremental->signatures);
    incremental->unknown =
        arena_zalloc(incremental->arena, incremental->file_count, sizeof *incremental->unknown);
    pool_run(incremental->pool, incremental->file_count, 64, take_signature, incremental);
    incremental->watched = source_watched(incremental->source, &incremental->watched_count);
    incremental->watched_signatures = arena_zalloc(incremental->arena, incremental->watched_count,
                                                   sizeof(struct source_signature));
    for (size_t i = 0; i < incremental->watched_count; i++)
        source_look(incremental->options->fs, incremental->watched[i].ptr,
                    &incremental->watched_signatures[i]);
}

/* Whether a state says for sure that a file was not changed since a build looked, at `taken`. */
static bool is_sure(const struct incremental *incremental, size_t index, int64_t taken)
{
    if (incremental->unknown[index])
        return false;
    if (incremental->files[index].has_id || incremental->files[index].layer == SOURCE_EMBEDDED)
        return true;
    return cache_is_sure(&incremental->signatures[index], taken);
}

uint64_t incremental_file(void *context, const struct source_file *file)
{
    const struct incremental *incremental = context;
    struct source_signature own;
    const struct source_signature *signature = &own;
    uint64_t salt = 1;
    if (incremental->signatures) {
        size_t index = (size_t)(file - incremental->files);
        signature = &incremental->signatures[index];
        /* The next build sees the same digest if it was sure by then, which is now. */
        if (!is_sure(incremental, index, incremental->taken))
            salt = (uint64_t)incremental->taken;
    } else { /* a commit's file, which is known by its id */
        (void)source_signature(incremental->source, file, &own);
    }
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

/* What is left of earlier versions of records is thrown out, with the rest, when it is more than
 * what is in use. */
static void drop_worn(struct incremental *incremental)
{
    size_t used = atomic_load(&incremental->memory.records.used);
    if (!incremental->has_old || used < incremental->old.summary.fresh * 2 + WORN_LEAST)
        return;
    cache_release(&incremental->memory);
    incremental->has_old = false;
    incremental->old = (struct cache){.key = incremental->old.key};
}

/* What is known from the last build, on disk or in memory. */
static void find_old(struct incremental *incremental)
{
    const struct build_options *options = incremental->options;
    if (options->memory) {
        incremental->path = ""; /* nothing is read or written */
        incremental->has_old = options->memory->filled;
        incremental->old = options->memory->cache;
        return;
    }
    struct digest key = cache_key(options);
    incremental->path = cache_file(options, incremental->arena);
    if (!options->force)
        incremental->has_old = cache_read(options->fs, incremental->path, key, incremental->pool,
                                          CACHE_RECORDS, &incremental->memory, &incremental->old);
    incremental->old.key = key;
    drop_worn(incremental);
    if (!incremental->has_old && !region_open(&incremental->memory.records, REGION_RECORDS))
        incremental->path = NULL;
}

bool incremental_known_file(void *context, size_t index, struct store_file *file,
                            struct digest *digest)
{
    const struct incremental *incremental = context;
    const struct cache *old = &incremental->old;
    if (!incremental->has_old || index >= old->output_count)
        return false;
    const struct cache_output *output = &old->outputs[index];
    *file = (struct store_file){{old->paths.ptr + output->path_at, output->path_length},
                                output->size,
                                output->inode,
                                output->modified,
                                output->changed};
    /* Behind the pages are compressed copies. */
    *digest = index < old->page_count ? old->pages[index].digest : (struct digest){0};
    return true;
}

/* What may become of a site is nobody's to go on from. */
static bool keeps_site(const struct build_options *options)
{
    return !options->memory && !options->merge;
}

struct arena incremental_site_arena(struct incremental *incremental)
{
    struct arena arena;
    arena_in(&arena, incremental->memory.site.mapped ? &incremental->memory.site : NULL);
    return arena;
}

struct incremental *incremental_begin(const struct build_options *options, int64_t began,
                                      struct pool *pool, struct arena *arena)
{
    struct incremental *incremental = arena_zalloc(arena, 1, sizeof *incremental);
    incremental->options = options;
    incremental->taken = began;
    incremental->pool = pool;
    incremental->arena = arena;
    incremental->workers = pool_size(pool);
    find_old(incremental);
    if (incremental->path && keeps_site(options))
        (void)region_open(&incremental->memory.site, REGION_SITE);
    incremental->site_arena = incremental_site_arena(incremental);
    return incremental;
}

struct incremental *incremental_recall(const struct build_options *options,
                                       const struct frozen *frozen, struct arena *arena)
{
    struct incremental *incremental = arena_zalloc(arena, 1, sizeof *incremental);
    struct build_memory *memory = options->memory;
    const struct plan *plan = frozen->plan;
    *incremental = (struct incremental){
        .options = options,
        .source = frozen->source,
        .arena = arena,
        .path = "",
        .old = memory->cache,
        .has_old = true,
        .plan = plan,
        .facts = frozen->facts,
        .numbers = arena_alloc(arena, memory->cache.fact_count * sizeof(uint32_t)),
        .pages = arena_alloc(arena, plan->count * sizeof(struct cache_page *)),
        .made = arena_zalloc(arena, plan->count, sizeof(struct made)),
    };
    for (uint32_t i = 0; i < memory->cache.fact_count; i++)
        incremental->numbers[i] = i + 1;
    for (size_t i = 0; i < plan->count; i++)
        incremental->pages[i] = &memory->cache.pages[i];
    return incremental;
}

void incremental_look_at(struct incremental *incremental, struct source *source)
{
    incremental->source = source;
    take_signatures(incremental);
    incremental->settings = digest_of_files(incremental, STR("content/site.yml"), 21);
    incremental->settings =
        digest_of_files(incremental, STR("content/i18n"), incremental->settings);
}

void incremental_end(struct incremental *incremental)
{
    if (!incremental)
        return;
    for (unsigned i = 0; incremental->notes && i < incremental->workers; i++)
        arena_release(&incremental->notes[i]);
    incremental_forget(incremental);
    arena_release(&incremental->site_arena);
    cache_release(&incremental->memory);
    if (incremental->is_written)
        cache_seal_written(incremental->options->fs, incremental->path, &incremental->written);
}

struct arena incremental_arena(struct incremental *incremental)
{
    struct arena arena;
    bool lasts = incremental->path && !incremental->options->memory;
    arena_in(&arena, lasts ? &incremental->memory.records : NULL);
    return arena;
}

/* What the cache has of a file that did not change, or NULL. */
static const struct cache_source *known_source(const struct incremental *incremental,
                                               const struct source_file *file)
{
    size_t index = (size_t)(file - incremental->files);
    if (!incremental->has_old || incremental->settings != incremental->old.settings ||
        !is_sure(incremental, index, incremental->old.taken))
        return NULL;
    const struct cache_source *known = cache_find(&incremental->old, file->path);
    bool same = known && memcmp(&known->signature, &incremental->signatures[index],
                                sizeof known->signature) == 0;
    return same ? known : NULL;
}

const struct record *incremental_record(void *context, const struct source_file *file,
                                        struct str *html)
{
    const struct incremental *incremental = context;
    const struct cache_source *known = known_source(incremental, file);
    if (!known)
        return NULL;
    if (incremental->options->memory)
        *html = incremental->options->memory->html[known - incremental->old.sources];
    return known->record;
}

bool incremental_same_settings(const struct incremental *incremental)
{
    return incremental && incremental->has_old &&
           incremental->settings == incremental->old.settings;
}

const struct attachment_look *incremental_look(void *context, const struct source_file *file)
{
    const struct cache_source *known = known_source(context, file);
    return known ? known->look : NULL;
}

const struct search_kept *incremental_search(const struct incremental *incremental)
{
    return incremental->has_old ? incremental->old.search : NULL;
}

void incremental_keep_search(struct incremental *incremental, const struct search_kept *made)
{
    bool lasts = incremental->options->memory || region_holds(&incremental->memory.records, made);
    incremental->search = made && lasts ? made : NULL;
}

void incremental_watch(struct incremental *incremental, struct str path)
{
    size_t count = incremental->watched_count;
    if (count == 0) /* a commit: never looked at in place of a build */
        return;
    struct str *paths = arena_zalloc(incremental->arena, count + 1, sizeof *paths);
    struct source_signature *looks = arena_zalloc(incremental->arena, count + 1, sizeof *looks);
    memcpy(paths, incremental->watched, count * sizeof *paths);
    memcpy(looks, incremental->watched_signatures, count * sizeof *looks);
    paths[count] = path;
    source_look(incremental->options->fs, path.ptr, &looks[count]);
    incremental->watched = paths;
    incremental->watched_signatures = looks;
    incremental->watched_count = count + 1;
}

/* ---- what changed */

static struct fact_table index_facts(const struct facts *facts, struct arena *arena)
{
    size_t size = 64;
    while (size < facts->count * 2)
        size *= 2;
    struct fact_table table = {arena_zalloc(arena, size, sizeof *table.slots), size - 1};
    for (size_t i = 0; i < facts->count; i++) {
        size_t at = facts->items[i].id & table.mask;
        while (table.slots[at] != 0)
            at = (at + 1) & table.mask;
        table.slots[at] = (uint32_t)i + 1;
    }
    return table;
}

uint32_t incremental_number(const struct incremental *incremental, uint64_t id)
{
    const struct fact_table *table = &incremental->table;
    for (size_t at = id & table->mask; table->slots[at] != 0; at = (at + 1) & table->mask) {
        if (incremental->facts->items[table->slots[at] - 1].id == id)
            return table->slots[at];
    }
    return 0;
}

static void compare_facts(struct incremental *incremental)
{
    const struct cache *old = &incremental->old;
    const struct facts *facts = incremental->facts;
    incremental->table = index_facts(facts, incremental->arena);
    incremental->numbers =
        arena_zalloc(incremental->arena, old->fact_count, sizeof *incremental->numbers);
    for (size_t i = 0; i < old->fact_count; i++) {
        uint32_t number = incremental_number(incremental, old->facts[i].id);
        if (number > 0 && facts->items[number - 1].digest == old->facts[i].digest)
            incremental->numbers[i] = number;
    }
    for (size_t i = 0; i < old->page_count; i++) {
        uint32_t number = incremental_number(incremental, old->pages[i].id);
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
    struct facts_digests digests = {.file = incremental_file, .context = incremental};
    if (!incremental->path)
        return;
    incremental->plan = plan;
    digests.settings = digest_of_files(incremental, STR("content/site.yml"), 22);
    digests.settings = digest_of_files(incremental, STR("content/data"), digests.settings);
    /* Whether there are social pictures is more than site.yml's wish: they must be drawn. */
    digests.settings = hash_bytes(plan->site->social ? STR("social") : STR(""), digests.settings);
    digests.settings = hash_bytes(plan->site->icons ? STR("icons") : STR(""), digests.settings);
    digests.words = digest_of_files(incremental, STR("content/i18n"), 23);
    digests.moment = incremental->until = next_moment(incremental);
    digests.assets = templates_asset_digest(templates);
    digests.kin = templates_name(templates, STR("related"));
    digests.layout_count =
        templates_digests(templates, &digests.layout_names, &digests.layout_digests);
    struct arena *lasting = incremental->memory.site.mapped ? &incremental->site_arena : arena;
    incremental->facts = facts_find(plan, &digests, incremental->pool, lasting);
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
    return !store || store_holds(store, index, page->digest);
}

struct digest incremental_digest(const struct incremental *incremental, size_t index)
{
    return incremental->pages[index]->digest;
}

void incremental_reach(const struct incremental *incremental, unsigned worker, size_t index,
                       struct reach *reach)
{
    const struct cache_page *page = incremental->pages[index];
    for (uint32_t i = 0; i < page->facts_count; i++) {
        uint32_t fact = incremental->old.page_facts[page->facts_at + i];
        struct fact_about about = facts_about(incremental->facts, incremental->numbers[fact] - 1);
        if (about.group == FACT_OF_OUTPUT && about.which == 0)
            reach_note(reach, worker, &incremental->plan->outputs[index], about.subject);
    }
}

bool incremental_notes(const struct incremental *incremental)
{
    return incremental && incremental->made;
}

bool incremental_is_kept(struct incremental *incremental, size_t index)
{
    return !incremental->made[index].is_made && incremental_keeps(incremental, NULL, index);
}

void incremental_list_links(void *context, uint32_t output, struct reach_walk *walk)
{
    const struct incremental *incremental = context;
    const struct facts *facts = incremental->facts;
    const struct made *made = &incremental->made[output];
    const struct cache_page *page = made->is_made ? NULL : incremental->pages[output];
    const uint32_t *read = page ? incremental->old.page_facts + page->facts_at : made->facts;
    size_t count = page ? page->facts_count : made->fact_count;
    for (size_t i = 0; i < count; i++) {
        uint32_t number = page ? incremental->numbers[read[i]] - 1 : read[i];
        if (number >= facts->first_output && number < facts->first_layout &&
            (number - facts->first_output) % 2 == 0)
            reach_step(walk, (number - facts->first_output) / 2);
    }
}

struct links_of_page incremental_links(const struct incremental *incremental, size_t index)
{
    const struct cache_page *page = incremental->pages[index];
    const struct cache *old = &incremental->old;
    struct links_of_page links = {.ids = old->ids + page->ids_at, .id_count = page->ids_count};
    return links;
}

struct links_of_page incremental_wants(const struct incremental *incremental, size_t index,
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
    struct links_of_page page = incremental_wants(incremental, index, &scratch);
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
                      const struct links_of_page *page, struct digest digest, bool always)
{
    atomic_fetch_add(&incremental->made_count, 1);
    if (!incremental->made)
        return;
    const struct trace *trace = &incremental->traces[worker];
    struct made *made = &incremental->made[index];
    made->is_made = true;
    made->always = always;
    made->digest = digest;
    made->links = *page;
    made->fact_count = trace->count;
    made->facts = arena_alloc(&incremental->notes[worker], trace->count * sizeof *made->facts);
    memcpy(made->facts, trace->items, trace->count * sizeof *made->facts);
}

void incremental_beside(struct incremental *incremental, const struct incremental_beside *beside)
{
    incremental->beside = *beside;
}

size_t incremental_count(const struct incremental *incremental)
{
    return atomic_load(&incremental->made_count);
}
