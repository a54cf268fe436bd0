#include "build/reach.h"
#include "base/vec.h"

#include <stdint.h>

struct step {
    uint32_t from;
    uint32_t to;
};

struct steps {
    struct arena arena;
    struct step *items;
    size_t count, capacity;
};

struct reach {
    const struct plan *plan;
    struct steps *workers;
    unsigned worker_count;
};

/* For each output the outputs that it links to: those of output i are targets[first[i],
 * first[i + 1]). */
struct graph {
    size_t *first;
    uint32_t *targets;
};

struct reach *reach_new(const struct plan *plan, unsigned workers, struct arena *arena)
{
    struct reach *reach = arena_zalloc(arena, 1, sizeof *reach);
    reach->plan = plan;
    reach->workers = arena_zalloc(arena, workers, sizeof *reach->workers);
    reach->worker_count = workers;
    return reach;
}

void reach_note(struct reach *reach, unsigned worker, const struct output *from,
                const struct output *to)
{
    struct steps *steps = &reach->workers[worker];
    if (from != to)
        *vec_push(&steps->arena, steps) = (struct step){from->number, to->number};
}

static struct graph make_graph(const struct reach *reach, struct arena *scratch)
{
    size_t count = reach->plan->count;
    size_t total = 0;
    struct graph graph = {.first = arena_zalloc(scratch, count + 2, sizeof *graph.first)};
    size_t *next = graph.first + 1; /* moves on as targets are put in, and ends as `first` */
    for (unsigned i = 0; i < reach->worker_count; i++) {
        total += reach->workers[i].count;
        for (size_t j = 0; j < reach->workers[i].count; j++)
            next[reach->workers[i].items[j].from + 1]++;
    }
    for (size_t i = 0; i < count; i++)
        next[i + 1] += next[i];
    graph.targets = arena_zalloc(scratch, total, sizeof *graph.targets);
    for (unsigned i = 0; i < reach->worker_count; i++) {
        for (size_t j = 0; j < reach->workers[i].count; j++) {
            const struct step *step = &reach->workers[i].items[j];
            graph.targets[next[step->from]++] = step->to;
        }
    }
    return graph;
}

/* Outputs that were reached and are still to be looked at. */
struct reach_walk {
    bool *reached; /* a flag for each output */
    uint32_t *waiting;
    size_t taken, count;
};

void reach_step(struct reach_walk *walk, uint32_t number)
{
    if (!walk->reached[number])
        walk->waiting[walk->count++] = number;
    walk->reached[number] = true;
}

/* Where visitors begin. */
static struct reach_walk begin_walk(const struct plan *plan, struct arena *scratch)
{
    struct reach_walk walk = {.reached = arena_zalloc(scratch, plan->count, sizeof(bool)),
                              .waiting = arena_zalloc(scratch, plan->count, sizeof(uint32_t))};
    for (size_t i = 0; i < plan->count; i++) {
        const struct output *output = &plan->outputs[i];
        struct str prefix = output->edition ? output->edition->prefix : (struct str){0};
        struct str rest = str_after(output->url, prefix.len);
        if (output_is_page(output) && str_eq(rest, STR("/")))
            reach_step(&walk, (uint32_t)i);
    }
    return walk;
}

/* Breadth first. */
static const bool *walk_graph(const struct reach *reach, struct arena *scratch)
{
    struct graph graph = make_graph(reach, scratch);
    struct reach_walk walk = begin_walk(reach->plan, scratch);
    while (walk.taken < walk.count) {
        uint32_t from = walk.waiting[walk.taken++];
        for (size_t i = graph.first[from]; i < graph.first[from + 1]; i++)
            reach_step(&walk, graph.targets[i]);
    }
    return walk.reached;
}

static const bool *walk_links(const struct plan *plan, const struct reach_links *links,
                              struct arena *scratch)
{
    struct reach_walk walk = begin_walk(plan, scratch);
    while (walk.taken < walk.count)
        links->list(links->context, walk.waiting[walk.taken++], &walk);
    return walk.reached;
}

/* The next entry from number `*at` on that visitors cannot find. */
static const struct entry *next_lost(const struct plan *plan, const bool *reached, size_t *at)
{
    while (*at < plan->count) {
        const struct output *output = &plan->outputs[(*at)++];
        if (reached[output->number] || output->kind != OUTPUT_ENTRY)
            continue;
        const struct entry *entry = output->subject;
        if (!entry->record->noindex.value)
            return entry;
    }
    return NULL;
}

bool reach_is_all(const struct plan *plan, const struct reach_links *links)
{
    struct arena scratch = {0};
    size_t at = 0;
    bool all = next_lost(plan, walk_links(plan, links, &scratch), &at) == NULL;
    arena_release(&scratch);
    return all;
}

static void report(const struct entry *entry, struct diags *diags)
{
    const struct kind_schema *schema = schema_of(entry->kind);
    diag_add(diags, SEVERITY_WARNING, "unreachable-page", span_file(entry->record->text),
             "no page links to this %s, so visitors cannot find it", schema->name);
    if (entry->kind == KIND_PAGE)
        diag_hint(diags, "link to it from another page, or add  menu: true");
    else
        diag_hint(diags, "link to it, or see to it that a list in layouts/ shows it");
}

void reach_check(struct reach *reach, struct diags *diags)
{
    struct arena scratch = {0};
    const bool *reached = walk_graph(reach, &scratch);
    const struct entry *entry;
    size_t at = 0;
    while ((entry = next_lost(reach->plan, reached, &at)))
        report(entry, diags);
    arena_release(&scratch);
    reach_end(reach);
}

void reach_end(struct reach *reach)
{
    for (unsigned i = 0; i < reach->worker_count; i++)
        arena_release(&reach->workers[i].arena);
}
