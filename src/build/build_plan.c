/* The plan, and what follows from it before anything is rendered. */
#include "build/build_internal.h"
#include "build/checks.h"
#include "build/memory.h"
#include "build/named_files.h"
#include "pages/search_outline.h"

static void see_link(void *context, unsigned worker, const struct output *from,
                     const struct output *to, struct str fragment)
{
    const struct build *build = context;
    if (build->reach)
        reach_note(build->reach, worker, from, to);
    if (build->options->link)
        build->options->link(build->options->take_context, worker, from, to, fragment);
}

static const struct search *make_searches(struct build *build)
{
    const struct build_options *options = build->options;
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

struct preparing {
    struct build *build;
    int status;
};

/* Two things that know nothing of each other, nor write where the other does. */
static void relate_or_prepare(void *context, unsigned worker, size_t index)
{
    struct preparing *preparing = context;
    const struct build_memory *memory = preparing->build->options->memory;
    (void)worker;
    if (index == 0)
        plan_relate(preparing->build->plan, memory ? memory->plan : NULL,
                    &preparing->build->related);
    else
        preparing->status = prepare(preparing->build);
}

int build_make_plan(struct build *build)
{
    size_t count;
    const struct source_file *assets = source_folder(build->source, STR("assets"), &count);
    const struct search *searches = make_searches(build);
    int status =
        plan_make(build->site, assets, count, searches, build->lasting, build->diags, &build->plan);
    struct preparing preparing = {.build = build};
    pool_run(build->pool, 2, 1, relate_or_prepare, &preparing);
    return status | preparing.status;
}
