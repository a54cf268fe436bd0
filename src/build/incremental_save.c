/* What a build leaves for the next one. */
#include "base/map.h"
#include "base/mem.h"
#include "base/vec.h"
#include "build/frozen.h"
#include "build/incremental_internal.h"
#include "build/said.h"
#include "source/source.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

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
    struct buf paths;
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

enum { ROOM = 6 };

/* A text that is edited links to a part more, or reads one fact more (edit.h). */
static void leave_room(struct saving *saving, struct cache_page *page, bool is_edited)
{
    for (size_t i = 0; is_edited && i < ROOM; i++) {
        *vec_push(&saving->arena, &saving->facts) = 0;
        *vec_push(&saving->arena, &saving->wants) = (struct links_want){0};
    }
    page->facts_room = page->facts_count + (is_edited ? ROOM : 0);
    page->wants_room = page->wants_count + (is_edited ? ROOM : 0);
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
    struct links_of_page kept = incremental_wants(incremental, index, &saving->arena);
    save_links(saving, facts, page, &kept);
}

static uint32_t save_path(struct saving *saving, struct str path)
{
    uint32_t at = (uint32_t)saving->paths.len;
    buf_add(&saving->paths, path);
    buf_add(&saving->paths, (struct str){"", 1});
    return at;
}

static void save_sources(struct saving *saving, const struct incremental *incremental)
{
    struct cache_source *sources =
        arena_zalloc(&saving->arena, incremental->file_count, sizeof *sources);
    const struct map *entries = &incremental->plan->site->entries_by_path;
    const struct map *attachments = &incremental->plan->site->attachments_by_path;
    for (size_t i = 0; i < incremental->file_count; i++) {
        const struct source_file *file = &incremental->files[i];
        const struct entry *entry = map_get(entries, file->path);
        const struct record *record = entry ? entry->record : NULL;
        sources[i].signature = incremental->signatures[i];
        sources[i].path_at = save_path(saving, file->path);
        sources[i].path_length = (uint32_t)file->path.len;
        if (record &&
            (incremental->options->memory || region_holds(&incremental->memory.records, record)))
            sources[i].record = record;
        const struct attachment *attachment = map_get(attachments, file->path);
        if (attachment && attachment->look &&
            (incremental->options->memory ||
             region_holds(&incremental->memory.records, attachment->look)))
            sources[i].look = attachment->look;
    }
    saving->next.sources = sources;
    saving->next.source_count = incremental->file_count;
}

/* How all that was listed looked before it was listed. */
static void save_watched(struct saving *saving, const struct incremental *incremental)
{
    struct cache_watched *watched =
        arena_zalloc(&saving->arena, incremental->watched_count, sizeof *watched);
    for (size_t i = 0; i < incremental->watched_count; i++) {
        struct str path = incremental->watched[i];
        watched[i].signature = incremental->watched_signatures[i];
        watched[i].path_at = save_path(saving, path);
        watched[i].path_length = (uint32_t)path.len;
    }
    saving->next.watched = watched;
    saving->next.watched_count = incremental->watched_count;
}

static void save_outputs(struct saving *saving, const struct store *store)
{
    size_t count;
    const struct store_file *files = store_files(store, &saving->arena, &count);
    struct cache_output *outputs = arena_zalloc(&saving->arena, count, sizeof *outputs);
    for (size_t i = 0; i < count; i++)
        outputs[i] = (struct cache_output){files[i].size,
                                           files[i].inode,
                                           files[i].modified,
                                           files[i].changed,
                                           save_path(saving, files[i].path),
                                           (uint32_t)files[i].path.len};
    saving->next.outputs = outputs;
    saving->next.output_count = count;
}

/* Whether the next build may believe that nothing changed because nothing looks changed: only if
 * all there is can be looked at, and nothing has to be said that depends on more than that. */
static bool is_settled(const struct incremental *incremental, const struct diags *diags)
{
    if (incremental->watched_count == 0)
        return false;
    for (size_t i = 0; i < incremental->file_count; i++) {
        if (incremental->unknown[i])
            return false;
    }
    for (size_t i = 0; i < diags->count; i++) {
        if (diags->items[i].code && strcmp(diags->items[i].code, "changed-output") == 0)
            return false;
    }
    return true;
}

static void summarise(struct saving *saving, const struct incremental *incremental,
                      const struct build_report *report)
{
    struct cache_summary *summary = &saving->next.summary;
    *summary = (struct cache_summary){
        .now = incremental->options->now,
        .until = incremental->until,
        .articles = report->articles,
        .members = report->members,
        .events = report->events,
        .pages = report->pages,
        .outputs = report->outputs,
        .files = saving->next.output_count,
        .bytes = report->store.bytes,
        .fresh = incremental->has_old ? incremental->old.summary.fresh
                                      : atomic_load(&incremental->memory.records.used),
    };
    for (size_t i = 0; i < saving->next.page_count; i++) {
        const uint32_t *facts = saving->facts.items + saving->pages[i].facts_at;
        for (uint32_t j = 0; j < saving->pages[i].facts_count; j++)
            summary->reads_now |= facts[j] == FACT_NOW;
    }
}

/* Room for the runs of all pages at once: lists that grow would be copied, by one thread. */
static void make_room(struct saving *saving, const struct incremental *incremental)
{
    size_t count = incremental->plan->count;
    size_t facts = count * ROOM, ids = 0, wants = count * ROOM;
    for (size_t i = 0; i < count; i++) {
        const struct made *made = &incremental->made[i];
        const struct cache_page *old = made->is_made ? NULL : incremental->pages[i];
        facts += old ? old->facts_count : made->fact_count;
        ids += old ? old->ids_count : made->links.id_count;
        wants += old ? old->wants_count : made->links.want_count;
    }
    saving->pages = arena_zalloc(&saving->arena, count, sizeof *saving->pages);
    vec_start(&saving->arena, &saving->facts, facts);
    vec_start(&saving->arena, &saving->ids, ids);
    vec_start(&saving->arena, &saving->wants, wants);
}

/* All of it but what is only on disk. `saving` owns what the cache points to. */
static void fill(struct saving *saving, struct incremental *incremental, struct links *links)
{
    struct cache *next = &saving->next;
    size_t count = incremental->plan->count;
    make_room(saving, incremental);
    for (size_t i = 0; i < count; i++) {
        save_page(saving, incremental, links, i);
        leave_room(saving, &saving->pages[i], incremental->plan->outputs[i].kind == OUTPUT_ENTRY);
    }
    save_sources(saving, incremental);
    next->key = incremental->old.key;
    next->search = incremental->search;
    next->settings = incremental->settings;
    next->taken = incremental->taken;
    next->facts = incremental->facts->items;
    next->fact_count = incremental->facts->count;
    next->pages = saving->pages;
    next->page_count = count;
    next->page_facts = saving->facts.items;
    next->page_fact_count = saving->facts.count;
    next->ids = saving->ids.items;
    next->id_count = saving->ids.count;
    next->wants = saving->wants.items;
    next->want_count = saving->wants.count;
}

/* The site itself. A commit's is for who says of it all that there is to say (recall.h). From then
 * on the plan has no search index any more. */
static void save_site(struct saving *saving, struct incremental *incremental, bool all_said)
{
    struct cache *next = &saving->next;
    struct blob_id commit = {{0}};
    bool is_commit = source_commit(incremental->source, &commit);
    const struct plan *plan = incremental->plan;
    const struct frozen parts = {
        .source = incremental->source,
        .site = (struct site *)(uintptr_t)plan->site,
        .plan = (struct plan *)(uintptr_t)plan,
        .facts = (struct facts *)(uintptr_t)incremental->facts,
        .history = incremental->beside.history,
        .pictured = incremental->beside.pictured,
    };
    if (is_commit && (!all_said || incremental->beside.told))
        return;
    next->frozen = frozen_make(&parts, &incremental->memory.site);
    if (next->frozen)
        memcpy(next->summary.commit, commit.bytes, sizeof commit.bytes);
}

static int write_all(struct incremental *incremental, const struct cache *next)
{
    const struct fs *fs = incremental->options->fs;
    const struct region none = {0};
    int error = cache_write(fs, incremental->path, next, &incremental->memory.records,
                            next->frozen ? &incremental->memory.site : &none, incremental->pool);
    incremental->is_written =
        error == 0 && fs_stat(fs, AT_FDCWD, incremental->path, &incremental->written) == 0;
    return error;
}

void incremental_gather(struct incremental *incremental, struct links *links)
{
    if (!incremental->path || !incremental->made)
        return;
    incremental->saving = mem_zalloc(1, sizeof *incremental->saving);
    fill(incremental->saving, incremental, links);
}

void incremental_forget(struct incremental *incremental)
{
    struct saving *saving = incremental->saving;
    if (!saving)
        return;
    buf_release(&saving->paths);
    arena_release(&saving->arena);
    free(saving);
    incremental->saving = NULL;
}

void incremental_save(struct incremental *incremental, const struct store *store,
                      const struct build_report *report, struct diags *diags)
{
    struct saving *saving = incremental->saving;
    struct buf said = {0};
    if (!saving)
        return;
    struct cache *next = &saving->next;
    for (size_t i = 0; i < next->page_count; i++)
        saving->pages[i].digest = store_digest(store, i);
    save_watched(saving, incremental);
    save_outputs(saving, store);
    summarise(saving, incremental, report);
    bool all_said = said_write(diags, &said);
    next->summary.settled = is_settled(incremental, diags) && all_said;
    next->said = buf_str(&said);
    next->paths = buf_str(&saving->paths);
    save_site(saving, incremental, all_said);
    if (write_all(incremental, next) != 0) {
        diag_add(diags, SEVERITY_NOTE, "cache", (struct span){0},
                 "the cache %s could not be written, so the next build makes everything again",
                 incremental->path);
    }
    buf_release(&said);
    incremental_forget(incremental);
}

static void leave_bodies(struct saving *saving, const struct incremental *incremental,
                         struct build_memory *memory)
{
    const struct site *site = incremental->plan->site;
    memory->bodies = site->bodies;
    memory->html = arena_zalloc(&saving->arena, saving->next.source_count, sizeof *memory->html);
    for (size_t i = 0; i < saving->next.source_count; i++) {
        const struct entry *entry = map_get(&site->entries_by_path, incremental->files[i].path);
        if (entry && saving->next.sources[i].record)
            memory->html[i] = bodies_at_hand(site->bodies, entry->number);
    }
}

void incremental_leave(struct incremental *incremental, struct links *links,
                       struct build_memory *memory)
{
    struct saving saving = {.arena = {0}};
    if (memory->filled || !incremental->made)
        return;
    fill(&saving, incremental, links);
    for (size_t i = 0; i < incremental->plan->count; i++)
        saving.pages[i].digest = incremental->made[i].digest;
    leave_bodies(&saving, incremental, memory);
    memory->arena = saving.arena;
    memory->paths = saving.paths;
    memory->cache = saving.next;
    memory->cache.paths = buf_str(&memory->paths);
    memory->plan = incremental->plan;
    memory->filled = true;
}
