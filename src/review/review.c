#include "review/review.h"

#include "base/path.h"
#include "base/pool.h"
#include "build/memory.h"
#include "build/texts.h"
#include "build/twin.h"
#include "review/names.h"
#include "review/pictures.h"
#include "review/preview.h"
#include "site/rules.h"

#include <string.h>

struct run {
    const struct review_options *options;
    struct arena *arena;
    struct diags *diags;
    struct review *review;
    struct merge *merge;
    struct source *base_files; /* for what lies beside records */
    struct side base;
    struct side after;
    struct build_memory *memory; /* what a build left, else what BASE came to */
    struct twin twin;            /* how AFTER was found, if it could be so */
    bool merged;                 /* without a conflict */
    int after_status;
    struct arena *arenas; /* of the sides, where both are built at once */
};

/* Both sides being built at once, each with threads and memory of its own. */
struct both {
    struct run *run;
    int status[2];
};

enum { SIDE_BASE, SIDE_AFTER };

/* What stays BASE's for everybody but admins. */
static const struct str kept[] = {STR_INIT("layouts"), STR_INIT("assets"),
                                  STR_INIT("content/site.yml"), STR_INIT("/.mailmap")};
#define KEPT_COUNT (sizeof kept / sizeof *kept)

static struct build_options build_of(const struct run *run, enum merge_side side)
{
    struct build_options build = run->options->build;
    build.revision = NULL;
    build.output = NULL;
    build.merge = run->merge;
    build.side = side;
    build.warnings_are_errors = false;
    build.thorough = true;
    build.outlined = true;
    build.progress = NULL;
    return build;
}

/* ---- before the merge */

static int open_base_files(struct run *run)
{
    const struct source_options options = {.fs = run->options->build.fs,
                                           .place = run->options->build.place,
                                           .merge = run->merge,
                                           .side = MERGE_BASE,
                                           .workers = 1};
    struct diags ignored; /* the build says the same */
    diags_init(&ignored, run->arena);
    return source_open(&options, run->arena, &ignored, &run->base_files);
}

static int say_unreadable(struct run *run)
{
    diags_merge(run->diags, &run->base.diags);
    diag_error(run->diags, "source", (struct span){0},
               "the branch that the change is for cannot be read as a site");
    return -1;
}

static void find_role(struct run *run)
{
    struct review *review = run->review;
    review->role = rights_role(run->base.site, review->actor);
    review->site = run->base.site;
}

/* Before BASE is there as a site: of its settings alone. */
static bool is_admin(const struct run *run)
{
    struct config config;
    struct text text;
    struct diags ignored;
    const struct source_file *file = source_find(run->base_files, STR("content/site.yml"));
    const struct config_options options = {run->options->build.fs, run->options->build.base_url};
    diags_init(&ignored, run->arena);
    if (run->review->actor.len == 0 || !file ||
        source_read(run->base_files, 0, file, CONTENT_FILE_MOST, run->arena, &ignored, &text) != 0)
        return false;
    config_read(&text, &options, run->arena, &ignored, &config);
    return rights_is_admin(&config, run->review->actor);
}

static bool touches_kept(const struct run *run)
{
    for (size_t i = 0; i < run->review->change_count; i++) {
        const struct merge_change *change = &run->review->changes[i];
        for (size_t j = 0; j < KEPT_COUNT; j++) {
            if (change->in_site.len > 0 && path_inside(change->in_site, kept[j]))
                return true;
        }
    }
    return false;
}

/* ---- after it */

static void merge_sides(struct run *run)
{
    bool admin = is_admin(run);
    run->review->shown_as_base = !admin && touches_kept(run);
    run->merged = merge_make(run->merge, kept, admin ? 0 : KEPT_COUNT, &run->review->problems) == 0;
}

/* Whether a look at the files' names lets it be that only texts differ. */
static bool may_be_twin(const struct run *run)
{
    size_t count;
    const struct merge_change *changes = merge_effects(run->merge, &count);
    bool may = run->merged;
    for (size_t i = 0; i < count && may; i++)
        may = changes[i].in_site.len == 0 ||
              (changes[i].status == MERGE_CHANGED && str_ends(changes[i].in_site, STR(".md")));
    return may;
}

static int build_side(struct run *run, bool after, unsigned threads, struct arena *arena)
{
    /* Even what cannot be merged can be looked at for who may do it. */
    enum merge_side side = !after ? MERGE_BASE : run->merged ? MERGE_RESULT : MERGE_HEAD;
    struct build_options build = build_of(run, side);
    build.threads = threads;
    if (!after && may_be_twin(run)) {
        run->twin = (struct twin){.merge = run->merge, .side = MERGE_RESULT};
        build.twin = &run->twin;
    }
    return side_build(&build, !after || run->merged, run->memory, arena,
                      after ? &run->after : &run->base);
}

static void build_one_of_both(void *context, unsigned worker, size_t index)
{
    struct both *both = context;
    unsigned threads = both->run->options->build.threads / 2;
    (void)worker;
    both->status[index] = build_side(both->run, index == SIDE_AFTER, threads > 0 ? threads : 1,
                                     &both->run->arenas[index]);
}

/* With a cache neither side waits for what the other comes to. */
static int build_both(struct run *run)
{
    struct both both = {.run = run};
    struct pool *pool = pool_new(2);
    run->arenas = arena_zalloc(run->arena, 2, sizeof *run->arenas);
    pool_run(pool, 2, 1, build_one_of_both, &both);
    pool_free(pool);
    run->after_status = both.status[SIDE_AFTER];
    return both.status[SIDE_BASE];
}

static int build_in_turn(struct run *run)
{
    unsigned threads = run->options->build.threads;
    int status = build_side(run, false, threads, run->arena);
    if (status == 0 && run->base.report.pictured && !run->twin.made) {
        side_close(&run->base); /* its pictures were made, and a review makes none */
        status = build_side(run, false, threads, run->arena);
    }
    if (status != 0)
        return -1;
    if (run->twin.made) {
        side_twin(&run->base, &run->twin, run->arena, &run->after);
        return 0;
    }
    run->after_status = build_side(run, true, threads, run->arena);
    return 0;
}

static int build_sides(struct run *run)
{
    const struct build_options build = build_of(run, MERGE_BASE);
    /* The outputs that a preview makes are those of sites that were built. */
    bool known = build_memory_recall(run->memory, &build, !run->options->preview);
    bool at_once =
        known && !run->memory->has_site && run->options->build.threads > 1 && !may_be_twin(run);
    int status = at_once ? build_both(run) : build_in_turn(run);
    if (status != 0)
        return say_unreadable(run);
    if (run->merged)
        problems_find(&run->base.diags, &run->after.diags, run->review->changes,
                      run->review->change_count, &run->review->problems, &run->review->standing);
    run->review->compared = run->merged && run->after_status == 0;
    return 0;
}

static void judge(struct run *run)
{
    struct review *review = run->review;
    struct rights_question question = {
        .actor = review->actor,
        .role = review->role,
        .has_roster = source_find(run->base_files, STR("content/roster.yml")) != NULL,
        .base = run->base.plan,
        .after = run->after.plan,
        .changes = review->changes,
        .change_count = review->change_count,
    };
    if (review->actor.len == 0 || !question.after)
        return;
    rights_judge(&question, &review->denials);
    question.changes = merge_effects(run->merge, &question.change_count);
    if (question.changes != review->changes)
        rights_judge(&question, &review->denials);
    diags_sort(&review->denials);
}

/* Whether one of `found` says the same of the same file. */
static bool is_told(const struct diags *found, const struct diag *diag)
{
    for (size_t i = 0; diag->span.text && i < found->count; i++) {
        const struct diag *other = &found->items[i];
        if (strcmp(other->code, diag->code) == 0 && other->span.text &&
            str_eq(other->span.text->path, diag->span.text->path))
            return true;
    }
    return false;
}

/* What a build warns of and the review refuses is told once. */
static void add_found(struct diags *problems, const struct diags *found)
{
    size_t left = 0;
    for (size_t i = 0; i < problems->count; i++) {
        const struct diag *diag = &problems->items[i];
        if (diag->severity > SEVERITY_WARNING || !is_told(found, diag))
            problems->items[left++] = *diag;
    }
    problems->count = left;
    diags_merge(problems, found);
}

static void compare(struct run *run)
{
    struct review *review = run->review;
    const struct names_question names = {.merge = run->merge,
                                         .base_files = run->base_files,
                                         .base = run->base.site,
                                         .after = run->after.site};
    struct diags found;
    diags_init(&found, run->arena);
    names_check(&names, &found);
    pictures_check(run->merge, &found);
    if (review->compared) {
        size_t count;
        const struct merge_change *changes = merge_effects(run->merge, &count);
        effect_find(&run->base, &run->after, changes, count, run->arena, &found, &review->effects);
    }
    rules_apply(&run->base.site->config, &found);
    add_found(&review->problems, &found);
}

static int write_preview(struct run *run)
{
    if (!run->options->preview || !run->review->compared)
        return 0;
    const struct preview_options options = {
        .base_build = build_of(run, MERGE_BASE),
        .after_build = build_of(run, MERGE_RESULT),
        .base = &run->base,
        .after = &run->after,
        .folder = run->options->preview,
    };
    if (preview_write(&options, run->review, run->arena, run->diags) != 0)
        return -1;
    run->review->preview = run->options->preview;
    return 0;
}

static void decide(struct run *run)
{
    struct review *review = run->review;
    diags_sort(&review->problems);
    bool failed =
        diags_failed(&review->problems) ||
        (run->options->warnings_are_errors && diags_count(&review->problems, SEVERITY_WARNING) > 0);
    review->verdict = review->denials.count > 0 ? REVIEW_DENIED
                      : failed                  ? REVIEW_PROBLEMS
                                                : REVIEW_CLEAR;
}

static struct str account_of(struct str actor)
{
    actor = str_trim(actor);
    return str_starts(actor, STR("@")) ? str_after(actor, 1) : actor;
}

static int review(struct run *run)
{
    struct review *review = run->review;
    review->changes = merge_changes(run->merge, &review->change_count);
    review->base_commit = merge_commit(run->merge, MERGE_BASE);
    review->head_commit = merge_commit(run->merge, MERGE_HEAD);
    review->actor = account_of(run->options->actor);
    if (open_base_files(run) != 0) {
        build_side(run, false, run->options->build.threads, run->arena);
        return say_unreadable(run);
    }
    merge_sides(run);
    if (build_sides(run) != 0)
        return -1;
    find_role(run);
    judge(run);
    compare(run);
    decide(run);
    /* Who prints them comes when the sides are gone. */
    texts_complete(run->base_files, run->arena, &review->denials);
    texts_complete(run->base_files, run->arena, &review->problems);
    return write_preview(run);
}

int review_run(const struct review_options *options, struct arena *arena, struct diags *diags,
               struct review *out)
{
    struct run run = {.options = options, .arena = arena, .diags = diags, .review = out};
    const struct merge_options merge = {
        .place = options->build.place, .base = options->base, .head = options->head};
    *out = (struct review){.memory = arena_zalloc(arena, 1, sizeof *out->memory)};
    run.memory = out->memory;
    diags_init(&out->denials, arena);
    diags_init(&out->problems, arena);
    if (merge_open(&merge, arena, diags, &run.merge) != 0)
        return -1;
    int result = review(&run);
    source_close(run.base_files);
    twin_let_go(&run.twin);
    side_close(&run.after);
    side_close(&run.base);
    merge_close(run.merge);
    for (size_t i = 0; run.arenas && i < 2; i++)
        arena_adopt(arena, &run.arenas[i]);
    return result;
}

void review_close(struct review *review)
{
    build_memory_release(review->memory);
}
