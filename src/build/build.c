#include "build/build.h"
#include "base/pool.h"
#include "base/vec.h"
#include "build/cache_place.h"
#include "build/checks.h"
#include "build/edit.h"
#include "build/incremental.h"
#include "build/links.h"
#include "build/named_files.h"
#include "build/pictures.h"
#include "build/reach.h"
#include "build/recall.h"
#include "build/texts.h"
#include "build/twin_internal.h"
#include "build/unchanged.h"
#include "build/write.h"
#include "pages/search_outline.h"
#include "publish/compression.h"
#include "site/bodies.h"
#include "site/load.h"
#include "site/rules.h"

/* A build in progress. The worker arenas hold records and notes, the scratch ones a page's values;
 * what is linked of records lies in `lasting`. */
struct build {
    const struct build_options *options;
    struct arena *arena;
    struct arena *lasting; /* `arena`, or where the next build finds it again */
    struct arena frozen;   /* that */
    struct arena related;  /* there too: the plan's relations */
    struct diags *diags;
    struct build_report *report;
    struct pool *pool;
    unsigned workers;
    struct arena *worker_arenas;
    struct arena *note_arenas; /* what the link check knows of pages, until the end of the build */
    struct arena *scratch_arenas;
    struct buf *bufs;
    struct diags *worker_diags;
    int64_t began;    /* nanoseconds since 1970 */
    bool source_told; /* something was said of the source or its history */
    bool store_told;  /* or of the output */
    struct source *source;
    const struct history *history;
    struct site *site;
    struct pictures *pictures; /* NULL: there are none to make */
    const struct plan *plan;
    struct templates *templates;
    struct links *links;
    struct reach *reach;             /* NULL: nobody asks */
    struct incremental *incremental; /* NULL: nothing is published */
    struct store *store;             /* likewise */
    struct store_item *items;
};

static void tell(const struct build *build, enum build_phase phase, size_t done, size_t total)
{
    if (build->options->progress)
        build->options->progress(build->options->progress_context, phase, done, total);
}

static void start(struct build *build)
{
    build->pool = pool_new(build->options->threads);
    build->workers = pool_size(build->pool);
    build->worker_arenas = arena_zalloc(build->arena, build->workers, sizeof(struct arena));
    build->note_arenas = arena_zalloc(build->arena, build->workers, sizeof(struct arena));
    build->scratch_arenas = arena_zalloc(build->arena, build->workers, sizeof(struct arena));
    build->bufs = arena_zalloc(build->arena, build->workers, sizeof(struct buf));
    build->worker_diags = arena_zalloc(build->arena, build->workers, sizeof(struct diags));
    for (unsigned i = 0; i < build->workers; i++)
        diags_init(&build->worker_diags[i], build->arena);
}

static void tell_of_history(void *context, size_t done, size_t total)
{
    tell(context, BUILD_HISTORY, done, total);
}

static int read_history(struct build *build)
{
    const struct build_options *options = build->options;
    const struct history_options history = {
        .source = build->source,
        .folder = cache_folder(build->options, build->arena).ptr,
        .forget = options->force,
        .keep = options->output && !options->merge,
        .progress = tell_of_history,
        .progress_context = build,
    };
    return history_read(&history, build->lasting, build->diags, &build->history);
}

static int open_source(struct build *build)
{
    const struct build_options *options = build->options;
    const struct source_options source = {
        .fs = options->fs,
        .place = options->place,
        .revision = options->revision,
        .merge = options->merge,
        .side = options->side,
        .workers = build->workers,
        .embedded = source_embedded,
        .embedded_count = source_embedded_count,
    };
    size_t said = build->diags->count;
    if (source_open(&source, build->lasting, build->diags, &build->source) != 0)
        return -1;
    int status = read_history(build);
    build->source_told = build->diags->count > said;
    return status;
}

/* Whether anything is kept between builds: of the site as it is published, not of what may become
 * of it. */
static bool is_incremental(const struct build_options *options)
{
    return options->memory ||
           (options->output && !options->merge && !options->wanted && !options->take);
}

/* Begins to see what was kept, before anything is read: it says where that may lie. */
static void begin_incremental(struct build *build)
{
    build->lasting = build->arena;
    if (!is_incremental(build->options))
        return;
    build->incremental = incremental_begin(build->options, build->began, build->pool, build->arena);
    build->frozen = incremental_site_arena(build->incremental);
    build->related = incremental_site_arena(build->incremental);
    if (build->frozen.region)
        build->lasting = &build->frozen;
}

/* Where bodies may lie while the build lasts: on the disk where the cache will be. */
static const char *aside_folder(const struct build *build)
{
    const struct build_options *options = build->options;
    if (!is_incremental(options) || options->memory || options->lasting)
        return NULL;
    return cache_folder(options, build->arena).ptr;
}

static int load_site(struct build *build)
{
    if (build->incremental)
        incremental_look_at(build->incremental, build->source);
    for (unsigned i = 0; build->incremental && i < build->workers; i++)
        build->worker_arenas[i] = incremental_arena(build->incremental);
    const struct load_options options = {
        .known = build->incremental ? incremental_record : NULL,
        .known_look = build->incremental ? incremental_look : NULL,
        .known_context = build->incremental,
        .fs = build->options->fs,
        .source = build->source,
        .history = build->history,
        .pool = build->pool,
        .worker_arenas = build->worker_arenas,
        .now = build->options->now,
        .drafts = build->options->drafts,
        .future = build->options->future,
        .aside = aside_folder(build),
        .repository_folder = build->options->place->prefix,
        .base_url = build->options->base_url,
    };
    tell(build, BUILD_READING, 0, 0);
    return site_load(&options, build->lasting, build->diags, &build->site);
}

static void tell_of_pictures(void *context, size_t done, size_t total)
{
    tell(context, BUILD_PICTURES, done, total);
}

static void make_pictures(struct build *build)
{
    struct str watched[2];
    const struct pictures_options options = {
        .fs = build->options->fs,
        .folder = cache_shared_folder(build->options, build->arena).ptr,
        .clock = build->began,
        .source = build->source,
        .site = build->site,
        .pool = build->pool,
        .make = build->options->output,
        .progress = tell_of_pictures,
        .progress_context = build,
    };
    build->pictures = pictures_begin(&options, build->lasting, build->diags);
    tell(build, BUILD_READING, 0, 0);
    size_t count = pictures_watched(build->pictures, watched);
    for (size_t i = 0; build->incremental && i < count; i++)
        incremental_watch(build->incremental, watched[i]);
}

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

/* What only reads the plan. Returns as make_plan(). */
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
    (void)worker;
    if (index == 0)
        plan_relate(preparing->build->plan, &preparing->build->related);
    else
        preparing->status = prepare(preparing->build);
}

static int make_plan(struct build *build)
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

static void count_kinds(struct build *build)
{
    struct build_report *report = build->report;
    report->site = build->site;
    report->plan = build->plan;
    for (size_t i = 0; i < build->plan->count; i++) {
        const struct output *output = &build->plan->outputs[i];
        if (output->kind != OUTPUT_ENTRY)
            continue;
        switch (((const struct entry *)output->subject)->kind) {
        case KIND_ARTICLE: report->articles++; break;
        case KIND_MEMBER: report->members++; break;
        case KIND_EVENT: report->events++; break;
        case KIND_PAGE: report->pages++; break;
        case KIND_COMMENT: break;
        }
    }
    for (size_t i = 0; i < build->site->entry_count; i++) {
        const struct entry *entry = &build->site->entries[i];
        report->drafts += entry->record->draft.value && !build->options->drafts;
    }
    report->outputs = build->plan->count;
}

/* With errors that site.yml's rules do not soften there is nothing to publish. */
static bool has_errors(struct build *build)
{
    rules_apply(&build->site->config, build->diags);
    return diags_failed(build->diags);
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

static int open_store(struct build *build)
{
    const struct source_place *place = build->options->place;
    struct str state = cache_folder(build->options, build->arena);
    const struct store_options options = {
        .fs = build->options->fs,
        .output = build->options->output,
        .state = state.ptr,
        .site = place->folder.ptr,
        .anchor = cache_anchor(place, build->arena),
        .workers = build->workers,
        .compress = compressions(build),
    };
    size_t said = build->diags->count;
    if (store_open(&options, build->arena, build->diags, &build->store) != 0)
        return -1;
    build->store_told = build->diags->count > said;
    build->items = arena_zalloc(build->arena, build->plan->count, sizeof *build->items);
    for (size_t i = 0; i < build->plan->count; i++) {
        const struct output *output = &build->plan->outputs[i];
        build->items[i] = (struct store_item){output->path, write_rank(output), output->span};
    }
    return store_plan(build->store, build->items, build->plan->count, build->diags);
}

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
    if (build->reach)
        incremental_reach(build->incremental, worker, index, build->reach);
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
        tell(build, BUILD_RENDERING, index, build->plan->count);
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

static void render_all(struct build *build)
{
    for (unsigned i = 0; i < build->workers; i++)
        diags_init(&build->worker_diags[i], &build->note_arenas[i]);
    pool_run(build->pool, build->plan->count, 16, make_or_keep, build);
    tell_of_kept(build);
    for (unsigned i = 0; i < build->workers; i++)
        diags_merge(build->diags, &build->worker_diags[i]);
    links_finish(build->links, build->diags);
    if (build->reach)
        reach_check(build->reach, build->diags);
    if (build->options->outside)
        outside_check(build->options->outside, build->options->fs, build->plan, build->source,
                      build->arena, build->diags);
    bodies_report(build->site->bodies, build->diags);
    pictures_tell(build->pictures, build->diags);
}

static void publish(struct build *build)
{
    tell(build, BUILD_PUBLISHING, 0, 0);
    size_t said = build->diags->count;
    if (store_commit(build->store, &build->report->store, build->diags) != 0)
        return;
    build->store_told = build->store_told || build->diags->count > said;
    build->report->published = true;
    if (build->options->published)
        build->options->published(build->options->published_context, build->report);
    if (!build->incremental)
        return;
    const struct incremental_beside beside = {
        .history = build->history,
        .pictured = build->pictures != NULL,
        .told = build->source_told || build->store_told || build->options->outside,
    };
    texts_complete(build->source, build->arena, build->diags);
    incremental_beside(build->incremental, &beside);
    incremental_save(build->incremental, build->store, build->links, build->report, build->diags);
}

/* Whether there was nothing to do, or so little that it is done. */
static bool is_done_already(struct build *build)
{
    const struct build_options *options = build->options;
    struct unchanged_look look;
    if (!is_incremental(options) || options->memory)
        return false;
    switch (
        unchanged_since(options, build->pool, build->arena, build->diags, build->report, &look)) {
    case UNCHANGED: return true;
    case UNCHANGED_BUT:
        return edit_build(options, &look, build->began, build->pool, build->arena, build->diags,
                          build->report);
    case UNCHANGED_UNKNOWN: break;
    }
    return false;
}

static void find_twin(struct build *build, bool recalled)
{
    const struct twin_of of = {
        .options = build->options,
        .incremental = build->incremental,
        .plan = build->plan,
        .templates = build->templates,
        .source = build->source,
        .history = build->history,
        .pictures = build->pictures,
        .pool = build->pool,
        .arena = build->arena,
        .told = build->source_told,
        .recalled = recalled,
    };
    twin_find(&of, build->options->twin);
}

/* Says of every output that it is as it was. */
static void keep_recalled(const struct build *build)
{
    const struct build_options *options = build->options;
    for (size_t i = 0; options->kept && i < build->plan->count; i++) {
        const struct output *output = &build->plan->outputs[i];
        const struct search_file *index =
            output->kind == OUTPUT_SEARCH_FILE ? output->subject : NULL;
        options->kept(options->take_context, 0, output,
                      index ? digest_of_file(index->bytes)
                            : incremental_digest(build->incremental, i));
    }
}

/* With all that is said of it. */
static bool recall(struct build *build, struct recalled *recalled)
{
    struct diags ignored; /* the build that is recalled said it */
    struct diags said;
    diags_init(&ignored, build->arena);
    diags_init(&said, build->arena);
    if (!recall_begin(build->options, build->workers, build->arena, recalled))
        return false;
    const struct templates_options templates = {recalled->source, recalled->plan,
                                                build->options->strict};
    if (templates_load(&templates, build->arena, &ignored, &build->templates) == 0 &&
        recall_tell(recalled, build->pool, build->arena, &said)) {
        diags_merge(build->diags, &said);
        return true;
    }
    templates_end(build->templates);
    build->templates = NULL;
    frozen_end(recalled->frozen);
    return false;
}

/* Instead of all that. */
static bool is_recalled(struct build *build)
{
    const struct build_options *options = build->options;
    struct recalled recalled;
    if (!recall(build, &recalled))
        return false;
    build->source = recalled.source;
    build->history = recalled.history;
    build->site = recalled.site;
    build->plan = recalled.plan;
    build->incremental = recalled.incremental;
    count_kinds(build);
    rules_apply(&build->site->config, build->diags);
    build->report->pictured = recalled.frozen->pictured;
    if (options->twin)
        find_twin(build, true);
    if (!options->twin || !options->twin->made)
        recall_outlines(recalled.plan, NULL, build->pool, build->arena);
    keep_recalled(build);
    return true;
}

static void run(struct build *build)
{
    const struct build_options *options = build->options;
    build->began = cache_clock();
    if (is_recalled(build) || is_done_already(build))
        return;
    build->began = cache_clock();
    begin_incremental(build);
    if (open_source(build) != 0 || load_site(build) != 0)
        return;
    make_pictures(build);
    int status = make_plan(build);
    count_kinds(build);
    bool failed = has_errors(build) || status != 0 ||
                  (options->warnings_are_errors && diags_count(build->diags, SEVERITY_WARNING) > 0);
    /* Pages are rendered even then, as long as the templates are sound: layouts have links too. */
    if (diags_failed(build->diags) && status != 0)
        return;
    if (!failed && options->output && open_store(build) != 0)
        return;
    if (build->incremental)
        incremental_compare(build->incremental, build->plan, build->templates);
    render_all(build);
    if (build->incremental)
        build->report->rendered = incremental_count(build->incremental);
    if (build->incremental && options->explain)
        build->report->why = why_find(build->incremental, build->arena);
    if (options->twin)
        find_twin(build, false);
    if (options->memory && !(options->twin && options->twin->made))
        incremental_leave(build->incremental, build->links, options->memory);
    failed = has_errors(build) || failed;
    if (!failed && build->store &&
        !(options->warnings_are_errors && diags_count(build->diags, SEVERITY_WARNING) > 0))
        publish(build);
}

static void finish(struct build *build)
{
    store_close(build->store);
    templates_end(build->templates);
    pictures_end(build->pictures);
    struct bodies *bodies = build->site ? build->site->bodies : NULL;
    if (build->options->memory && build->options->memory->bodies == bodies)
        bodies = NULL;                                         /* it is in charge of them */
    texts_complete(build->source, build->arena, build->diags); /* they outlive all else */
    pool_free(build->pool); /* before libgit2 is shut down, which keeps errors of each thread */
    build->report->source = build->source;
    build->report->bodies = bodies;
    if (!build->options->lasting)
        build_let_go(build->report);
    /* Records that are kept between builds end here, so nobody else can be given the site. */
    bool kept = build->incremental && !build->options->memory;
    if (kept) {
        build->report->site = NULL;
        build->report->plan = NULL;
    }
    for (unsigned i = 0; i < build->workers; i++) {
        if (kept)
            arena_release(&build->worker_arenas[i]);
        else
            arena_adopt(build->arena, &build->worker_arenas[i]);
        if (build->options->memory) /* what it was left with */
            arena_adopt(build->arena, &build->note_arenas[i]);
        arena_release(&build->note_arenas[i]);
        arena_release(&build->scratch_arenas[i]);
        buf_release(&build->bufs[i]);
    }
    if (build->lasting == build->arena)
        arena_adopt(build->arena, &build->related);
    arena_release(&build->related);
    arena_release(&build->frozen);
    incremental_end(build->incremental);
}

void build_let_go(struct build_report *report)
{
    bodies_free(report->bodies);
    source_close(report->source);
    report->bodies = NULL;
    report->source = NULL;
}

int build_run(const struct build_options *options, struct arena *arena, struct diags *diags,
              struct build_report *report)
{
    struct build build = {.options = options, .arena = arena, .diags = diags, .report = report};
    *report = (struct build_report){0};
    start(&build);
    run(&build);
    finish(&build);
    diags_sort(diags);
    if (options->output)
        return report->published ? 0 : -1;
    return diags_failed(diags) ? -1 : 0;
}
