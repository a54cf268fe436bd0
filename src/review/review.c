#include "review/review.h"

#include "base/path.h"
#include "build/memory.h"
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
    struct build_memory memory; /* what BASE came to */
    bool merged;                /* without a conflict */
};

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

static int build_base(struct run *run)
{
    struct build_options build = build_of(run, MERGE_BASE);
    if (side_build(&build, true, &run->memory, run->arena, &run->base) == 0 &&
        open_base_files(run) == 0)
        return 0;
    diags_merge(run->diags, &run->base.diags);
    diag_error(run->diags, "source", (struct span){0},
               "the branch that the change is for cannot be read as a site");
    return -1;
}

static void find_role(struct run *run)
{
    struct review *review = run->review;
    struct str actor = str_trim(run->options->actor);
    review->actor = str_starts(actor, STR("@")) ? str_after(actor, 1) : actor;
    review->role = rights_role(run->base.site, review->actor);
    review->site = run->base.site;
}

static bool is_admin(const struct run *run)
{
    return run->review->actor.len > 0 && run->review->role == RIGHTS_ADMIN;
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

static void build_after(struct run *run)
{
    struct diags *problems = &run->review->problems;
    bool admin = is_admin(run);
    run->review->shown_as_base = !admin && touches_kept(run);
    run->merged = merge_make(run->merge, kept, admin ? 0 : KEPT_COUNT, problems) == 0;
    /* Even what cannot be merged can be looked at for who may do it. */
    struct build_options build = build_of(run, run->merged ? MERGE_RESULT : MERGE_HEAD);
    int status = side_build(&build, run->merged, &run->memory, run->arena, &run->after);
    if (run->merged)
        problems_find(&run->base.diags, &run->after.diags, run->review->changes,
                      run->review->change_count, problems, &run->review->standing);
    run->review->compared = run->merged && status == 0;
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

static int review(struct run *run)
{
    struct review *review = run->review;
    review->changes = merge_changes(run->merge, &review->change_count);
    review->base_commit = merge_commit(run->merge, MERGE_BASE);
    review->head_commit = merge_commit(run->merge, MERGE_HEAD);
    if (build_base(run) != 0)
        return -1;
    find_role(run);
    build_after(run);
    judge(run);
    compare(run);
    decide(run);
    return write_preview(run);
}

int review_run(const struct review_options *options, struct arena *arena, struct diags *diags,
               struct review *out)
{
    struct run run = {.options = options, .arena = arena, .diags = diags, .review = out};
    const struct merge_options merge = {
        .place = options->build.place, .base = options->base, .head = options->head};
    *out = (struct review){0};
    diags_init(&out->denials, arena);
    diags_init(&out->problems, arena);
    if (merge_open(&merge, arena, diags, &run.merge) != 0)
        return -1;
    int result = review(&run);
    source_close(run.base_files);
    side_close(&run.after);
    side_close(&run.base);
    build_memory_release(&run.memory);
    merge_close(run.merge);
    return result;
}
