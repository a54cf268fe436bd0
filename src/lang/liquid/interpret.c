/* Running the instructions. */
#include "lang/liquid/run.h"

#include "base/vec.h"

#include <string.h>

static void print_value(struct liquid_run *run, const struct pipeline *pipeline, enum place place)
{
    struct value value = run_pipeline(run, pipeline);
    if (value.type == VALUE_NIL && run->liquid->settings.strict && !run->failed)
        run_check_known(run, pipeline);
    if (!run->failed)
        run_print(run, value, place);
    if (run->out->len > run->out_limit)
        run_fail(run, "this page is larger than %zu bytes",
                 run->liquid->settings.limits.output_bytes);
}

static void count(struct liquid_run *run, uint32_t slot, bool up)
{
    struct binding *binding = &run->bindings[slot];
    if (binding->global.type == VALUE_UNSET) {
        /* A global of that name is where counting starts. */
        struct binding kept = *binding;
        binding->current.type = binding->assigned.type = VALUE_UNSET;
        run_variable(run, slot);
        binding->current = kept.current;
        binding->assigned = kept.assigned;
    }
    int64_t number = binding->global.type == VALUE_INTEGER ? binding->global.integer : 0;
    bool ended = number == (up ? INT64_MAX : INT64_MIN);
    int64_t next = ended ? number : number + (up ? 1 : -1);
    binding->global = value_integer(next);
    if (binding->scoped == 0 && binding->assigned.type == VALUE_UNSET)
        binding->current = binding->global;
    buf_add_int(run->out, up ? number : next);
}

static struct cycle_state *find_cycle(struct liquid_run *run, const struct cycle *cycle)
{
    struct value name = cycle->name == NULL ? value_nil() : run_expression(run, cycle->name);
    for (size_t i = 0; i < run->cycles.count; i++) {
        struct cycle_state *state = &run->cycles.items[i];
        if (state->by_group != (cycle->name == NULL))
            continue;
        if (state->by_group ? state->group == cycle->group : run_equal(run, state->name, name))
            return state;
    }
    struct cycle_state *state = vec_push(run->arena, &run->cycles);
    *state =
        (struct cycle_state){.name = name, .by_group = cycle->name == NULL, .group = cycle->group};
    return state;
}

static void run_cycle(struct liquid_run *run, const struct cycle *cycle, enum place place)
{
    struct cycle_state *state = find_cycle(run, cycle);
    size_t now = state->next++;
    if (state->next >= cycle->count)
        state->next = 0;
    if (now < cycle->count)
        run_print(run, run_expression(run, &cycle->items[now]), place);
}

/* ---- captures */

static void capture_begin(struct liquid_run *run, struct capture_state *state)
{
    state->start = run->out->len;
    state->mark = run->mark;
}

static void capture_end(struct liquid_run *run, const struct capture_state *state, uint32_t slot)
{
    struct str captured = str_after(buf_str(run->out), state->start);
    char *bytes = run_bytes(run, captured.len);
    memcpy(bytes, captured.ptr, captured.len);
    run_assign(run, slot, value_html((struct str){bytes, captured.len}));
    buf_truncate(run->out, state->start);
    run->mark = state->mark;
}

static void changed_end(struct liquid_run *run, const struct capture_state *state)
{
    struct str printed = str_after(buf_str(run->out), state->start);
    if (run->has_changed && str_eq(printed, run->changed)) {
        buf_truncate(run->out, state->start);
        return;
    }
    char *bytes = run_bytes(run, printed.len);
    if (printed.len > 0)
        memcpy(bytes, printed.ptr, printed.len);
    run->changed = (struct str){bytes, printed.len};
    run->has_changed = true;
}

/* ---- case */

static bool when(struct liquid_run *run, struct case_state *state, const struct condition *values)
{
    uint32_t matches = 0;
    for (size_t i = 0; i < values->count; i++)
        if (run_equal(run, state->subject, run_expression(run, &values->items[i].right)))
            matches++;
    state->again = matches;
    state->matched = state->matched || matches > 0;
    return matches > 0;
}

/* ---- tablerow */

static void cell_begin(struct liquid_run *run, const struct loop *loop)
{
    int64_t column = loop->columns > 0 ? loop->index % loop->columns : loop->index;
    buf_adds(run->out, "<td class=\"col");
    buf_add_int(run->out, column + 1);
    buf_adds(run->out, "\">");
}

/* Whether there is another cell. */
static bool cell_next(struct liquid_run *run, struct loop *loop)
{
    bool last_in_row = loop->columns > 0 && loop->index % loop->columns == loop->columns - 1;
    buf_adds(run->out, "</td>");
    if (++loop->index >= loop->length) {
        loop->columns = -1; /* the cell is closed: ROW_END must not do it again */
        return false;
    }
    if (last_in_row) {
        buf_adds(run->out, "</tr>\n<tr class=\"row");
        buf_add_int(run->out, loop->index / loop->columns + 1);
        buf_adds(run->out, "\">");
    }
    run_loop_bind(run, loop);
    cell_begin(run, loop);
    return true;
}

static bool row_begin(struct liquid_run *run, struct loop **slot, const struct loop_head *head)
{
    if (!run_loop_begin(run, slot, head, true))
        return false;
    struct loop *loop = *slot;
    buf_adds(run->out, "<tr class=\"row1\">\n");
    if (loop->length == 0) {
        loop->columns = -1;
        buf_adds(run->out, "</tr>\n");
        run_loop_end(run, loop);
        return false;
    }
    run_loop_bind(run, loop);
    cell_begin(run, loop);
    return true;
}

static void row_end(struct liquid_run *run, struct loop *loop)
{
    if (loop->columns != -1)
        buf_adds(run->out, "</td>");
    buf_adds(run->out, "</tr>\n");
    run_loop_end(run, loop);
}

/* ---- the loop over instructions */

struct machine {
    struct liquid_run *run;
    struct frame *frame;
    const struct op *ops;
    uint32_t next;
};

static void run_loop_op(struct machine *machine, const struct op *op)
{
    struct liquid_run *run = machine->run;
    struct loop **slot = &machine->frame->loops[op->index];
    struct loop *loop = *slot;
    switch ((enum op_code)op->code) {
    case OP_FOR:
        if (run_loop_begin(run, slot, op->loop, false))
            run_loop_bind(run, *slot);
        else
            machine->next = op->target;
        break;
    case OP_FOR_NEXT:
        if (++loop->index < loop->length) {
            run_loop_bind(run, loop);
            machine->next = op->target;
        }
        break;
    case OP_FOR_END: run_loop_end(run, loop); break;
    case OP_ROW:
        if (!row_begin(run, slot, op->loop))
            machine->next = op->target;
        break;
    case OP_ROW_NEXT:
        if (cell_next(run, loop))
            machine->next = op->target;
        break;
    default: row_end(run, loop); break;
    }
}

static void run_case_op(struct machine *machine, const struct op *op)
{
    struct liquid_run *run = machine->run;
    struct case_state *state = &machine->frame->cases[op->index];
    switch ((enum op_code)op->code) {
    case OP_CASE: *state = (struct case_state){.subject = run_pipeline(run, op->pipeline)}; break;
    case OP_WHEN:
        if (!when(run, state, op->condition))
            machine->next = op->target;
        break;
    case OP_WHEN_AGAIN:
        if (state->again > 1) {
            state->again--;
            machine->next = op->target;
        }
        break;
    default:
        if (state->matched)
            machine->next = op->target;
        break;
    }
}

static void run_rare_op(struct machine *machine, const struct op *op)
{
    struct liquid_run *run = machine->run;
    struct capture_state *captures = machine->frame->captures;
    switch ((enum op_code)op->code) {
    case OP_CAPTURE:
    case OP_CHANGED: capture_begin(run, &captures[op->index]); break;
    case OP_CAPTURE_END: capture_end(run, &captures[op->index], op->slot); break;
    case OP_CHANGED_END: changed_end(run, &captures[op->index]); break;
    case OP_CYCLE: run_cycle(run, op->cycle, (enum place)op->place); break;
    case OP_INCREMENT: count(run, op->slot, true); break;
    case OP_DECREMENT: count(run, op->slot, false); break;
    case OP_IF_BREAK:
        if (run->interrupt == INTERRUPT_BREAK) {
            run->interrupt = INTERRUPT_NONE;
            machine->next = op->target;
        }
        break;
    case OP_IF_CONTINUE:
        if (run->interrupt == INTERRUPT_CONTINUE) {
            run->interrupt = INTERRUPT_NONE;
            machine->next = op->target;
        }
        break;
    case OP_MARK: run->mark = run->out->len; break;
    case OP_MARK_END: run_link_end(run, op->link); break;
    case OP_LINK: run_link(run, op->link, op->link->value); break;
    default: break;
    }
}

/* Runs until the template ends, breaks off or fails. */
static void run_ops(struct machine *machine)
{
    struct liquid_run *run = machine->run;
    struct frame *frame = machine->frame;
    while (!run->failed) {
        const struct op *op = &machine->ops[machine->next++];
        frame->position = op->position;
        frame->end = 0;
        switch ((enum op_code)op->code) {
        case OP_TEXT: buf_add(run->out, op->text); break;
        case OP_PRINT: print_value(run, op->pipeline, (enum place)op->place); break;
        case OP_JUMP: machine->next = op->target; break;
        case OP_UNLESS:
            if (run_condition(run, op->condition) == (op->place != 0))
                machine->next = op->target;
            break;
        case OP_ASSIGN: run_assign(run, op->slot, run_pipeline(run, op->pipeline)); break;
        case OP_FOR:
        case OP_FOR_NEXT:
        case OP_FOR_END:
        case OP_ROW:
        case OP_ROW_NEXT:
        case OP_ROW_END: run_loop_op(machine, op); break;
        case OP_CASE:
        case OP_WHEN:
        case OP_WHEN_AGAIN:
        case OP_CASE_ELSE: run_case_op(machine, op); break;
        case OP_INCLUDE: run_include(run, op->partial); break;
        case OP_RENDER: run_render(run, op->partial); break;
        case OP_BREAK: run->interrupt = INTERRUPT_BREAK; return;
        case OP_CONTINUE: run->interrupt = INTERRUPT_CONTINUE; return;
        case OP_END: return;
        default: run_rare_op(machine, op); break;
        }
    }
}

int run_template(struct liquid_run *run, const struct liquid_template *compiled)
{
    struct frame frame = {.compiled = compiled, .parent = run->frame};
    if (run->depth >= run->liquid->settings.limits.depth) {
        run_fail(run, "more than %u partials stand within each other",
                 run->liquid->settings.limits.depth);
        return -1;
    }
    if (compiled->loop_registers > 0)
        frame.loops = arena_alloc(run->arena, compiled->loop_registers * sizeof *frame.loops);
    if (compiled->case_registers > 0)
        frame.cases = arena_alloc(run->arena, compiled->case_registers * sizeof *frame.cases);
    if (compiled->capture_registers > 0)
        frame.captures =
            arena_alloc(run->arena, compiled->capture_registers * sizeof *frame.captures);
    struct machine machine = {.run = run, .frame = &frame, .ops = compiled->ops};
    struct loop *loop = run->loop;
    run->frame = &frame;
    run->depth++;
    run_ops(&machine);
    run->depth--;
    run->frame = frame.parent;
    run->loop = loop;
    return run->failed ? -1 : 0;
}
