#include "build/build_internal.h"
#include "build/cache_place.h"
#include "build/edit.h"
#include "build/recall.h"
#include "build/texts.h"
#include "build/twin_internal.h"
#include "build/unchanged.h"
#include "site/bodies.h"
#include "site/load.h"
#include "site/rules.h"

void build_tell(const struct build *build, enum build_phase phase, size_t done, size_t total)
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
    build_tell(context, BUILD_HISTORY, done, total);
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
    int result = history_read(&history, build->lasting, build->diags, &build->history);
    build->report->commits = history_walked(build->history);
    return result;
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
    build_tell(build, BUILD_READING, 0, 0);
    return site_load(&options, build->lasting, build->diags, &build->site);
}

static void tell_of_pictures(void *context, size_t done, size_t total)
{
    build_tell(context, BUILD_PICTURES, done, total);
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
    build_tell(build, BUILD_READING, 0, 0);
    size_t count = pictures_watched(build->pictures, watched);
    for (size_t i = 0; build->incremental && i < count; i++)
        incremental_watch(build->incremental, watched[i]);
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

struct publishing {
    struct build *build;
    struct bodies *bodies; /* to be freed; NULL: somebody wants them yet */
    int status;
};

/* Putting pages in their places is the system's work mostly, and so is freeing the bodies' file. */
static void commit_gather_or_free(void *context, unsigned worker, size_t index)
{
    struct publishing *publishing = context;
    struct build *build = publishing->build;
    (void)worker;
    if (index == 0)
        publishing->status = store_commit(build->store, &build->report->store, build->diags);
    else if (index == 1 && build->incremental)
        incremental_gather(build->incremental, build->links);
    else if (index == 2)
        bodies_free(publishing->bodies);
}

static void keep_for_next(struct build *build)
{
    const struct incremental_beside beside = {
        .history = build->history,
        .pictured = build->pictures != NULL,
        .told = build->source_told || build->store_told || build->options->outside,
    };
    texts_complete(build->source, build->arena, build->diags);
    incremental_beside(build->incremental, &beside);
    incremental_save(build->incremental, build->store, build->report, build->diags);
}

static void publish(struct build *build)
{
    struct publishing publishing = {.build = build};
    size_t said = build->diags->count;
    build_tell(build, BUILD_PUBLISHING, 0, 0);
    if (!build->options->memory && !build->options->lasting) { /* nobody waits for the bodies */
        publishing.bodies = build->site->bodies;
        build->site->bodies = NULL;
    }
    pool_run(build->pool, 3, 1, commit_gather_or_free, &publishing);
    if (publishing.status != 0)
        return;
    build->store_told = build->store_told || build->diags->count > said;
    build->report->published = true;
    if (build->options->published)
        build->options->published(build->options->published_context, build->report);
    if (build->incremental)
        keep_for_next(build);
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
        .said = build->diags,
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
    /* One with pictures is of no use without its twin. */
    if (!build->report->pictured && (!options->twin || !options->twin->made))
        options->memory->unsearched = recalled.plan;
    keep_recalled(build);
    options->memory->plan = build->plan;
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
    int status = build_make_plan(build);
    count_kinds(build);
    bool failed = has_errors(build) || status != 0 ||
                  (options->warnings_are_errors && diags_count(build->diags, SEVERITY_WARNING) > 0);
    /* Pages are rendered even then, as long as the templates are sound: layouts have links too. */
    if (diags_failed(build->diags) && status != 0)
        return;
    if (failed) {
        store_close(build->store);
        build->store = NULL;
    }
    if (build->incremental)
        incremental_compare(build->incremental, build->plan, build->templates);
    build_render_all(build);
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
    arena_adopt(build->arena, &build->store_arena); /* messages have words of it */
    templates_end(build->templates);
    pictures_end(build->pictures);
    struct bodies *bodies = build->site ? build->site->bodies : NULL;
    /* Bodies that were left in a memory are its own. */
    if (build->options->memory && build->options->memory->bodies == bodies)
        bodies = NULL;
    /* Messages outlive all else. */
    texts_complete(build->source, build->arena, build->diags);
    /* Before libgit2 is shut down, which keeps errors of each thread. */
    pool_free(build->pool);
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
