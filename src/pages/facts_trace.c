/* What was read while a page was made. */
#include "pages/facts_internal.h"

#include "base/vec.h"

#include <string.h>

void trace_init(struct trace *trace, const struct facts *facts, struct arena *arena)
{
    *trace = (struct trace){.facts = facts, .arena = arena};
    trace->seen = arena_zalloc(arena, facts->count, sizeof *trace->seen);
}

void trace_begin(struct trace *trace)
{
    trace->page++;
    trace->count = 0;
}

static void note(struct trace *trace, size_t number)
{
    if (trace->seen[number] == trace->page)
        return;
    if (trace->nests > 0)
        *vec_push(trace->arena, &trace->was) = trace->seen[number];
    trace->seen[number] = trace->page;
    *vec_push(trace->arena, trace) = (uint32_t)number;
}

void trace_nest_begin(struct trace *trace, struct trace_nest *nest)
{
    *nest = (struct trace_nest){0};
    if (!trace)
        return;
    *nest = (struct trace_nest){trace->page, trace->count, trace->was.count};
    trace->page++;
    trace->nests++;
}

void trace_nest_end(struct trace *trace, const struct trace_nest *nest, struct buf *facts)
{
    if (!trace)
        return;
    size_t start = facts->len;
    for (size_t i = nest->count; i < trace->count; i++) {
        uint32_t number = trace->items[i];
        trace->seen[number] = trace->was.items[nest->was + (i - nest->count)];
        buf_add(facts, (struct str){(const char *)&number, sizeof number});
    }
    trace->page = nest->page;
    trace->count = nest->count;
    trace->was.count = nest->was;
    trace->nests--;
    trace_again(trace, str_after(buf_str(facts), start));
}

void trace_again(struct trace *trace, struct str facts)
{
    for (size_t at = 0; trace && at < facts.len; at += sizeof(uint32_t)) {
        uint32_t number;
        memcpy(&number, facts.ptr + at, sizeof number);
        note(trace, number);
    }
}

void trace_entry(struct trace *trace, const struct entry *entry, enum fact_entry fact)
{
    if (trace && entry)
        note(trace, trace->facts->first_entry + entry->number * FACT_ENTRY_COUNT + fact);
}

void trace_edition(struct trace *trace, const struct edition *edition, enum fact_edition fact)
{
    if (trace && edition)
        note(trace,
             trace->facts->first_edition +
                 (size_t)(edition - trace->facts->plan->site->editions) * FACT_EDITION_COUNT +
                 fact);
}

void trace_site(struct trace *trace, enum fact_site fact)
{
    if (trace)
        note(trace, fact);
}

void trace_kin(struct trace *trace)
{
    if (!trace || trace->facts->kin)
        return;
    note(trace, FACT_EVERYTHING);
    note(trace, FACT_ALL_BODIES);
}

void trace_subject(struct trace *trace, const void *subject)
{
    uint32_t number = trace && subject ? facts_subject_number(trace->facts, subject) : 0;
    if (number > 0)
        note(trace, number - 1);
}

void trace_subject_name(struct trace *trace, const void *subject)
{
    uint32_t number = trace && subject ? facts_subject_number(trace->facts, subject) : 0;
    if (number > 0)
        note(trace, number);
}

void trace_layout(struct trace *trace, struct str name)
{
    uint32_t number = trace ? (uint32_t)(uintptr_t)map_get(&trace->facts->layouts, name) : 0;
    if (number > 0)
        note(trace, number - 1);
}

void trace_output(struct trace *trace, const struct output *output)
{
    if (trace && output)
        note(trace, trace->facts->first_output + output->number * FACTS_OF_OUTPUT);
}

void trace_output_plan(struct trace *trace, const struct output *output)
{
    if (trace && output)
        note(trace, trace->facts->first_output + output->number * FACTS_OF_OUTPUT + 1);
}
