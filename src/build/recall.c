#include "build/recall.h"
#include "build/checks.h"
#include "build/incremental_internal.h"
#include "build/said.h"
#include "pages/search_outline.h"
#include "site/bodies.h"
#include "source/history.h"

/* The parts of an index are named by its manifest alone. Nothing is put into a map that was kept:
 * it would take its memory from an arena that is no more. */
static void hide_search_files(struct plan *plan)
{
    for (size_t i = 0; i < plan->by_url.count; i++) {
        const struct output *output = plan->by_url.entries[i].value;
        if (output && output->kind == OUTPUT_SEARCH_FILE &&
            !str_ends(output->url, STR("/search/index.json")))
            plan->by_url.entries[i].value = NULL;
    }
}

static bool fits(const struct build_options *options, const struct frozen *frozen)
{
    const struct cache *cache = &options->memory->cache;
    return cache->page_count == frozen->plan->count && cache->fact_count == frozen->facts->count;
}

bool recall_begin(const struct build_options *options, unsigned workers, struct arena *arena,
                  struct recalled *out)
{
    struct build_memory *memory = options->memory;
    struct diags ignored; /* the build that is done in its place says it */
    if (!memory || !memory->has_site || !options->merge || options->side != MERGE_BASE)
        return false;
    const struct frozen *frozen = memory->cache.frozen;
    memory->has_site = false; /* there is one of it */
    diags_init(&ignored, arena);
    if (!fits(options, frozen) || frozen_thaw(frozen, options, workers, arena, &ignored) != 0 ||
        !history_is_whole(frozen->source)) {
        frozen_end(frozen);
        return false;
    }
    frozen->facts->items[FACT_NOW].digest = (uint64_t)frozen->site->now;
    hide_search_files(frozen->plan);
    *out = (struct recalled){
        .frozen = frozen,
        .source = frozen->source,
        .history = frozen->history,
        .site = frozen->site,
        .plan = frozen->plan,
        .incremental = incremental_recall(options, frozen, arena),
    };
    return true;
}

/* ---- what is said of it */

static void see_link(void *context, unsigned worker, const struct output *from,
                     const struct output *to, struct str fragment)
{
    (void)fragment;
    reach_note(context, worker, from, to);
}

static void check_reach(const struct recalled *recalled, struct pool *pool, struct arena *arena,
                        struct diags *diags)
{
    struct incremental *incremental = recalled->incremental;
    const struct plan *plan = recalled->plan;
    if (reach_is_all(plan, &(struct reach_links){incremental_list_links, incremental}))
        return;
    struct reach *reach = reach_new(plan, pool_size(pool), arena);
    struct links *links = links_new(plan, pool_size(pool), arena);
    struct diags said; /* by the build too */
    diags_init(&said, arena);
    links_watch(links, (struct links_watcher){see_link, reach});
    links_check_bodies(links, &said);
    for (size_t i = 0; i < plan->count; i++)
        incremental_reach(incremental, 0, i, reach);
    reach_check(reach, diags);
}

bool recall_tell(const struct recalled *recalled, struct pool *pool, struct arena *arena,
                 struct diags *diags)
{
    if (!said_read(recalled->incremental->old.said, diags))
        return false;
    checks_run(recalled->plan, recalled->source, recalled->history, diags);
    check_reach(recalled, pool, arena, diags);
    return true;
}

/* ---- search */

void recall_outlines(struct plan *plan, const bool *changed, struct pool *pool, struct arena *arena)
{
    if (!plan->site->config.search)
        return;
    const struct search *searches = search_outlines(plan->site, changed, pool, arena);
    for (size_t i = 0; i < plan->site->edition_count; i++) {
        const struct search_file *manifest = &searches[i].files[0];
        const struct output *output = plan_find(plan, manifest->url);
        if (output)
            ((struct output *)(uintptr_t)output)->subject = manifest;
    }
}
