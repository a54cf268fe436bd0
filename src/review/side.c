#include "review/side.h"

#include "base/vec.h"
#include "build/twin.h"

/* What the workers of a build leave: each has a list of its own. */
struct taken {
    uint32_t number;
    struct digest digest;
    struct str bytes; /* copied only where they are wanted */
};

struct taken_list {
    struct arena arena;
    struct taken *items;
    size_t count, capacity;
};

struct taking {
    struct taken_list *workers;
    bool render;
    const bool *chosen; /* NULL: all are digested, none is kept */
};

static bool is_wanted(void *context, const struct output *output)
{
    const struct taking *taking = context;
    return taking->chosen ? taking->chosen[output->number] : taking->render;
}

static void take(void *context, unsigned worker, const struct output *output, struct str bytes)
{
    struct taking *taking = context;
    struct taken_list *list = &taking->workers[worker];
    struct taken taken = {.number = output->number};
    if (taking->chosen)
        taken.bytes = arena_str(&list->arena, bytes);
    else
        taken.digest = digest_of_file(bytes);
    *vec_push(&list->arena, list) = taken;
}

/* One that is the same on the other side. */
static void keep(void *context, unsigned worker, const struct output *output, struct digest digest)
{
    struct taking *taking = context;
    struct taken_list *list = &taking->workers[worker];
    *vec_push(&list->arena, list) = (struct taken){.number = output->number, .digest = digest};
}

static int build(const struct build_options *options, struct taking *taking,
                 struct build_memory *memory, struct arena *arena, struct diags *diags,
                 struct build_report *report)
{
    struct build_options own = *options;
    own.wanted = is_wanted;
    own.take = take;
    own.kept = keep;
    own.take_context = taking;
    own.memory = taking->render ? memory : NULL;
    own.output = NULL;
    taking->workers = arena_zalloc(arena, options->threads, sizeof *taking->workers);
    return build_run(&own, arena, diags, report);
}

int side_build(const struct build_options *options, bool render, struct build_memory *memory,
               struct arena *arena, struct side *out)
{
    struct taking taking = {.render = render};
    struct build_options lasting = *options;
    lasting.lasting = true;
    *out = (struct side){0};
    diags_init(&out->diags, arena);
    build(&lasting, &taking, memory, arena, &out->diags, &out->report);
    out->site = out->report.site;
    out->plan = out->report.plan;
    if (!out->site || !out->plan)
        return -1;
    struct digest *digests = arena_zalloc(arena, out->plan->count, sizeof *digests);
    bool *rendered = arena_zalloc(arena, out->plan->count, sizeof *rendered);
    for (unsigned i = 0; i < options->threads; i++) {
        struct taken_list *list = &taking.workers[i];
        for (size_t j = 0; j < list->count; j++) {
            digests[list->items[j].number] = list->items[j].digest;
            rendered[list->items[j].number] = true;
        }
        arena_release(&list->arena);
    }
    out->digests = digests;
    out->rendered = rendered;
    return 0;
}

/* Nothing can be said of the one that is not said of the other. */
void side_twin(const struct side *side, const struct twin *twin, struct arena *arena,
               struct side *out)
{
    struct digest *digests = arena_zalloc(arena, twin->plan->count, sizeof *digests);
    for (size_t i = 0; i < twin->plan->count; i++)
        digests[i] = twin->differs[i] ? twin->digests[i] : side->digests[i];
    *out = (struct side){
        .site = twin->site, .plan = twin->plan, .digests = digests, .rendered = side->rendered};
    diags_init(&out->diags, arena);
    diags_merge(&out->diags, &side->diags);
}

void side_close(struct side *side)
{
    if (side)
        build_let_go(&side->report);
}

void side_render(const struct build_options *options, const bool *chosen, struct arena *arena,
                 struct str *bytes)
{
    struct taking taking = {.chosen = chosen};
    struct build_report report;
    struct diags diags;
    diags_init(&diags, arena);
    build(options, &taking, NULL, arena, &diags, &report);
    for (unsigned i = 0; i < options->threads; i++) {
        struct taken_list *list = &taking.workers[i];
        for (size_t j = 0; j < list->count; j++)
            bytes[list->items[j].number] = list->items[j].bytes;
        arena_adopt(arena, &list->arena);
    }
}
