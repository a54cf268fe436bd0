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

/* Breadth first; `reached` holds a flag for each output. */
static void walk(const struct reach *reach, bool *reached, struct arena *scratch)
{
    const struct plan *plan = reach->plan;
    struct graph graph = make_graph(reach, scratch);
    uint32_t *waiting = arena_zalloc(scratch, plan->count, sizeof *waiting);
    size_t taken = 0;
    size_t count = 0;
    for (size_t i = 0; i < plan->count; i++) {
        const struct output *output = &plan->outputs[i];
        struct str prefix = output->edition ? output->edition->prefix : (struct str){0};
        struct str rest = str_after(output->url, prefix.len);
        if (output_is_page(output) && str_eq(rest, STR("/"))) {
            reached[i] = true;
            waiting[count++] = (uint32_t)i;
        }
    }
    while (taken < count) {
        uint32_t from = waiting[taken++];
        for (size_t i = graph.first[from]; i < graph.first[from + 1]; i++) {
            uint32_t to = graph.targets[i];
            if (!reached[to])
                waiting[count++] = to;
            reached[to] = true;
        }
    }
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
    const struct plan *plan = reach->plan;
    struct arena scratch = {0};
    bool *reached = arena_zalloc(&scratch, plan->count, sizeof *reached);
    walk(reach, reached, &scratch);
    for (size_t i = 0; i < plan->count; i++) {
        if (reached[i] || plan->outputs[i].kind != OUTPUT_ENTRY)
            continue;
        const struct entry *entry = plan->outputs[i].subject;
        if (!entry->record->noindex.value)
            report(entry, diags);
    }
    arena_release(&scratch);
    for (unsigned i = 0; i < reach->worker_count; i++)
        arena_release(&reach->workers[i].arena);
}
