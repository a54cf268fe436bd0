/* Every output, made or kept. */
#include "build/build_internal.h"
#include "build/write.h"
#include "site/bodies.h"

/* Makes one output and gives it to the store, if `put`. */
static void make(struct build *build, unsigned worker, size_t index, bool put)
{
    struct buf *out = &build->bufs[worker];
    struct diags *diags = &build->worker_diags[worker];
    const struct writer writer = {build->plan, build->templates, build->source, build->links,
                                  build->pictures};
    struct write_job job = {worker, &build->scratch_arenas[worker], &build->note_arenas[worker],
                            diags, NULL};
    const struct build_options *options = build->options;
    const struct output *output = &build->plan->outputs[index];
    size_t said = diags->count;
    struct links_of_page links = {0};
    if (diags_failed(diags) && said > 1000)
        return; /* a layout that fails on every page has said enough */
    if (options->wanted && !options->wanted(options->take_context, output))
        return;
    buf_clear(out);
    arena_clear(&build->scratch_arenas[worker]);
    if (build->incremental)
        job.trace = incremental_trace(build->incremental, worker);
    bool written = write_output(&writer, &job, output, out) == 0;
    struct digest digest = {0};
    if (written && build->store && put)
        store_put(build->store, worker, index, buf_str(out), diags);
    else if (written && options->memory)
        digest = digest_of_file(buf_str(out));
    if (written && options->take)
        options->take(options->take_context, worker, output, buf_str(out));
    if (output_is_page(output))
        links = links_taken(build->links, worker);
    if (build->incremental)
        incremental_made(build->incremental, worker, index, &links, digest,
                         diags->count > said || !written);
}

/* One that comes out as it did. */
static void keep(struct build *build, unsigned worker, size_t index)
{
    const struct build_options *options = build->options;
    const struct output *output = &build->plan->outputs[index];
    struct links_of_page links = incremental_links(build->incremental, index);
    links_page(build->links, worker, output, &build->note_arenas[worker],
               &build->worker_diags[worker]);
    links_keep(build->links, worker, output, &links);
    if (build->store)
        store_keep(build->store, index);
    if (options->kept)
        options->kept(options->take_context, worker, output,
                      incremental_digest(build->incremental, index));
}

static void make_or_keep(void *context, unsigned worker, size_t index)
{
    struct build *build = context;
    bool lasts = build->store || build->options->memory;
    if (lasts && incremental_keeps(build->incremental, build->store, index))
        keep(build, worker, index);
    else
        make(build, worker, index, true);
    if (worker == 0 && index % 64 == 0)
        build_tell(build, BUILD_RENDERING, index, build->plan->count);
}

/* A page may stand as it was and still link to a part of another page that is gone: it is made once
 * more, to say where. */
static void tell_of_kept(struct build *build)
{
    bool kept = build->store || build->options->memory;
    for (size_t i = 0; kept && i < build->plan->count; i++) {
        if (incremental_must_tell(build->incremental, build->links, i))
            make(build, 0, i, false);
    }
}

/* Pages that nobody finds are few and rare, and what leads to a page that was kept is much to note:
 * both are done only if a walk along what pages read does not come to all of them. */
static void check_reach(struct build *build)
{
    struct incremental *incremental = build->incremental;
    const struct reach_links links = {incremental_list_links, incremental};
    if (incremental_notes(incremental) && reach_is_all(build->plan, &links)) {
        reach_end(build->reach);
        return;
    }
    for (size_t i = 0; incremental_notes(incremental) && i < build->plan->count; i++) {
        if (incremental_is_kept(incremental, i))
            incremental_reach(incremental, 0, i, build->reach);
    }
    reach_check(build->reach, build->diags);
}

void build_render_all(struct build *build)
{
    for (unsigned i = 0; i < build->workers; i++)
        diags_init(&build->worker_diags[i], &build->note_arenas[i]);
    pool_run(build->pool, build->plan->count, 16, make_or_keep, build);
    tell_of_kept(build);
    for (unsigned i = 0; i < build->workers; i++)
        diags_merge(build->diags, &build->worker_diags[i]);
    links_finish(build->links, build->diags);
    if (build->reach)
        check_reach(build);
    if (build->options->outside)
        outside_check(build->options->outside, build->options->fs, build->plan, build->source,
                      build->arena, build->diags);
    bodies_report(build->site->bodies, build->diags);
    pictures_tell(build->pictures, build->diags);
}
