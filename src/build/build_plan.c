/* The plan, and what follows from it before anything is rendered. */
#include "build/build_internal.h"
#include "build/cache_place.h"
#include "build/checks.h"
#include "build/memory.h"
#include "build/named_files.h"
#include "build/recall.h"
#include "build/write.h"
#include "pages/search_outline.h"
#include "publish/compression.h"
#include "site/rules.h"

static void see_link(void *context, unsigned worker, const struct output *from,
                     const struct output *to, struct str fragment)
{
    const struct build *build = context;
    if (build->reach)
        reach_note(build->reach, worker, from, to);
    if (build->options->link)
        build->options->link(build->options->take_context, worker, from, to, fragment);
}

/* The side of a review that was recalled, and this one: only what differs need be looked at. */
static const struct search *outline_both(struct build *build, struct plan *recalled)
{
    const struct site *was = recalled->site;
    const struct site *now = build->site;
    bool *was_differs = arena_zalloc(build->arena, was->entry_count, sizeof *was_differs);
    bool *now_differs = arena_zalloc(build->arena, now->entry_count, sizeof *now_differs);
    bool some = now->config.search && incremental_same_settings(build->incremental) &&
                search_outline_differ(was, now, was_differs, now_differs);
    recall_outlines(recalled, some ? was_differs : NULL, build->pool, build->arena);
    if (!now->config.search)
        return NULL;
    return search_outlines(now, some ? now_differs : NULL, build->pool, build->arena);
}

static const struct search *make_searches(struct build *build)
{
    const struct build_options *options = build->options;
    struct plan *unsearched = options->memory ? options->memory->unsearched : NULL;
    if (unsearched) {
        options->memory->unsearched = NULL;
        return outline_both(build, unsearched);
    }
    if (!build->site->config.search || (!options->output && !options->take))
        return NULL;
    if (options->outlined)
        return search_outlines(build->site, NULL, build->pool, build->arena);
    struct search_keeping keeping = {
        .known = build->incremental ? incremental_search(build->incremental) : NULL,
        .arenas = build->worker_arenas,
    };
    const struct search *searches =
        search_make(build->site, build->pool, build->incremental ? &keeping : NULL, build->arena);
    if (build->incremental)
        incremental_keep_search(build->incremental, keeping.made);
    return searches;
}

/* What only reads the plan. Returns as build_make_plan(). */
static int prepare(struct build *build)
{
    const struct templates_options options = {build->source, build->plan, build->options->strict};
    int status = templates_load(&options, build->arena, build->diags, &build->templates);
    build->links = links_new(build->plan, build->workers, build->arena);
    if (build->options->thorough || build->options->link)
        links_watch(build->links, (struct links_watcher){see_link, build});
    if (build->options->thorough) {
        build->reach = reach_new(build->plan, build->workers, build->arena);
        checks_run(build->plan, build->source, build->history, build->diags);
    }
    links_check_bodies(build->links, build->diags);
    named_files_check(build->plan, build->diags);
    return status;
}

/* The copies that site.yml asks for. */
static unsigned compressions(const struct build *build)
{
    const bool *wanted = build->site->config.compress;
    unsigned bits = 0;
    if (build->options->plain)
        return 0;
    if (wanted[CONFIG_GZIP])
        bits |= COMPRESSION_BIT(COMPRESSION_GZIP);
    if (wanted[CONFIG_BROTLI])
        bits |= COMPRESSION_BIT(COMPRESSION_BROTLI);
    if (wanted[CONFIG_ZSTD])
        bits |= COMPRESSION_BIT(COMPRESSION_ZSTD);
    return bits;
}

/* Opens the output and tells it what the site will consist of. */
static void open_store(struct build *build, struct diags *diags)
{
    const struct source_place *place = build->options->place;
    struct arena *arena = &build->store_arena;
    struct str state = cache_folder(build->options, arena);
    const struct store_options options = {
        .fs = build->options->fs,
        .output = build->options->output,
        .state = state.ptr,
        .site = place->folder.ptr,
        .anchor = cache_anchor(place, arena),
        .workers = build->workers,
        .compress = compressions(build),
        .known = build->incremental ? incremental_known_file : NULL,
        .known_context = build->incremental,
    };
    if (store_open(&options, arena, diags, &build->store) != 0)
        return;
    build->store_told = diags->count > 0;
    build->items = arena_zalloc(arena, build->plan->count, sizeof *build->items);
    for (size_t i = 0; i < build->plan->count; i++) {
        const struct output *output = &build->plan->outputs[i];
        build->items[i] = (struct store_item){output->path, write_rank(output), output->span};
    }
    if (store_plan(build->store, build->items, build->plan->count, diags) != 0) {
        store_close(build->store);
        build->store = NULL;
    }
}

struct preparing {
    struct build *build;
    bool publishes;
    struct diags said; /* of the output */
    int status;
};

/* Three things that know nothing of each other, nor write where another does. */
static void relate_prepare_or_open(void *context, unsigned worker, size_t index)
{
    struct preparing *preparing = context;
    struct build *build = preparing->build;
    const struct build_memory *memory = build->options->memory;
    (void)worker;
    if (index == 0)
        plan_relate(build->plan, memory ? memory->plan : NULL, &build->related);
    else if (index == 1)
        preparing->status = prepare(build);
    else if (preparing->publishes)
        open_store(build, &preparing->said);
}

int build_make_plan(struct build *build)
{
    size_t count;
    const struct source_file *assets = source_folder(build->source, STR("assets"), &count);
    const struct search *searches = make_searches(build);
    int status =
        plan_make(build->site, assets, count, searches, build->lasting, build->diags, &build->plan);
    rules_apply(&build->site->config, build->diags);
    struct preparing preparing = {.build = build,
                                  .publishes = build->options->output && status == 0 &&
                                               !diags_failed(build->diags)};
    diags_init(&preparing.said, &build->store_arena);
    pool_run(build->pool, 3, 1, relate_prepare_or_open, &preparing);
    diags_merge(build->diags, &preparing.said);
    bool opened = build->store || !preparing.publishes;
    return opened ? status | preparing.status : -1;
}
