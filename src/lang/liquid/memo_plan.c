/* Which partials print the same for the same parameters, found once when they compile. */
#include "lang/liquid/memo.h"

#include "base/vec.h"

/* A variable that is set, whichever way the partial took, up to an instruction that some other
 * before it may jump to. */
struct setting {
    uint32_t slot;
    uint32_t until;
};

struct settings {
    struct setting *items;
    size_t count;
    size_t capacity;
};

struct scan {
    struct liquid *liquid;
    struct memo_plan *plan;
    uint32_t at; /* the instruction being looked at */
    struct settings settings;
    struct slots loops;   /* variables of the loops around this point */
    struct slots targets; /* where the instructions so far may jump to */
    bool unfit;
};

static bool has(const struct slots *slots, uint32_t slot)
{
    for (size_t i = 0; i < slots->count; i++)
        if (slots->items[i] == slot)
            return true;
    return false;
}

static void add(struct scan *scan, struct slots *slots, uint32_t slot)
{
    if (!has(slots, slot))
        *vec_push(scan->liquid->arena, slots) = slot;
}

static bool is_set(const struct scan *scan, uint32_t slot)
{
    for (size_t i = 0; i < scan->settings.count; i++)
        if (scan->settings.items[i].slot == slot && scan->at < scan->settings.items[i].until)
            return true;
    return false;
}

static bool is_global(const struct liquid_host *host, struct str name)
{
    for (size_t i = 0; i < host->global_count; i++)
        if (str_eq(host->globals[i], name))
            return true;
    return false;
}

/* `property` is empty where the variable itself is read. */
static void read_slot(struct scan *scan, uint32_t slot, struct str property)
{
    const struct liquid_host *host = &scan->liquid->settings.host;
    struct str name = scan->liquid->names.items[slot].key.name;
    if (slot == SLOT_INCLUDE)
        scan->plan->parameters = true;
    if (slot == SLOT_INCLUDE || has(&scan->loops, slot))
        return;
    if (is_set(scan, slot))
        add(scan, &scan->plan->covered, slot);
    else if (host->steady != NULL && host->steady(host->context, name, property))
        add(scan, &scan->plan->shadowed, slot);
    else if (slot == SLOT_FORLOOP || slot == SLOT_TABLEROWLOOP || is_global(host, name))
        scan->unfit = true;
    else
        add(scan, &scan->plan->keyed, slot);
}

static void read_expression(struct scan *scan, const struct expression *expression)
{
    if (expression == NULL)
        return;
    switch (expression->kind) {
    case EXPRESSION_LITERAL: return;
    case EXPRESSION_COMPUTED: scan->unfit = true; return; /* a variable named at run time */
    case EXPRESSION_RANGE:
        read_expression(scan, expression->range.first);
        read_expression(scan, expression->range.last);
        return;
    case EXPRESSION_VARIABLE: break;
    }
    struct str property = {0};
    if (expression->step_count > 0 && expression->steps[0].computed == NULL)
        property = expression->steps[0].key.name;
    read_slot(scan, expression->slot, property);
    for (uint32_t i = 0; i < expression->step_count; i++)
        read_expression(scan, expression->steps[i].computed);
}

static void read_pipeline(struct scan *scan, const struct pipeline *pipeline)
{
    read_expression(scan, &pipeline->base);
    for (size_t i = 0; i < pipeline->filter_count; i++) {
        const struct filter_use *use = &pipeline->filters[i];
        scan->unfit = scan->unfit || use->predicate != NULL;
        for (size_t j = 0; j < use->argument_count; j++)
            read_expression(scan, &use->arguments[j]);
        for (size_t j = 0; j < use->named_count; j++)
            read_expression(scan, &use->named[j].value);
    }
}

static void read_condition(struct scan *scan, const struct condition *condition)
{
    for (size_t i = 0; i < condition->count; i++) {
        read_expression(scan, &condition->items[i].left);
        read_expression(scan, &condition->items[i].right);
    }
}

static void assign(struct scan *scan, uint32_t slot)
{
    uint32_t until = UINT32_MAX;
    for (size_t i = 0; i < scan->targets.count; i++)
        if (scan->targets.items[i] > scan->at && scan->targets.items[i] < until)
            until = scan->targets.items[i];
    add(scan, &scan->plan->assigned, slot);
    *vec_push(scan->liquid->arena, &scan->settings) = (struct setting){slot, until};
}

static void begin_loop(struct scan *scan, const struct loop_head *head)
{
    read_expression(scan, &head->collection);
    read_expression(scan, head->limit);
    read_expression(scan, head->offset);
    *vec_push(scan->liquid->arena, &scan->loops) = head->variable;
    *vec_push(scan->liquid->arena, &scan->loops) = SLOT_FORLOOP;
}

static void include(struct scan *scan, const struct partial_use *use)
{
    const struct memo_plan *inner =
        use->style == PARTIAL_JEKYLL && use->partial != NULL ? use->partial->memo : NULL;
    if (inner == NULL) {
        scan->unfit = true;
        return;
    }
    for (size_t i = 0; i < use->argument_count; i++)
        read_expression(scan, &use->arguments[i].value);
    for (size_t i = 0; i < inner->keyed.count; i++)
        read_slot(scan, inner->keyed.items[i], (struct str){0});
    for (size_t i = 0; i < inner->covered.count; i++)
        if (!has(&scan->loops, inner->covered.items[i]))
            add(scan, &scan->plan->covered, inner->covered.items[i]);
    for (size_t i = 0; i < inner->shadowed.count; i++)
        add(scan, &scan->plan->shadowed, inner->shadowed.items[i]);
    for (size_t i = 0; i < inner->assigned.count; i++)
        add(scan, &scan->plan->assigned, inner->assigned.items[i]);
    if (use->argument_count == 0)
        scan->plan->parameters = scan->plan->parameters || inner->parameters;
    scan->plan->op_count += inner->op_count;
}

static void jump(struct scan *scan, uint32_t target)
{
    add(scan, &scan->targets, target);
}

static void scan_op(struct scan *scan, const struct op *op)
{
    switch ((enum op_code)op->code) {
    case OP_TEXT:
    case OP_CAPTURE:
    case OP_MARK:
    case OP_MARK_END:
    case OP_LINK:
    case OP_FOR_NEXT:
    case OP_END: break;
    case OP_PRINT: read_pipeline(scan, op->pipeline); break;
    case OP_ASSIGN:
        read_pipeline(scan, op->pipeline);
        assign(scan, op->slot);
        break;
    case OP_CAPTURE_END: assign(scan, op->slot); break;
    case OP_CASE: read_pipeline(scan, op->pipeline); break;
    case OP_UNLESS:
    case OP_WHEN:
        read_condition(scan, op->condition);
        jump(scan, op->target);
        break;
    case OP_JUMP:
    case OP_WHEN_AGAIN:
    case OP_CASE_ELSE: jump(scan, op->target); break;
    case OP_FOR:
        begin_loop(scan, op->loop);
        jump(scan, op->target);
        break;
    case OP_FOR_END: scan->loops.count -= 2; break;
    case OP_INCLUDE: include(scan, op->partial); break;
    default: scan->unfit = true; break; /* what counts, breaks off or has a memory of its own */
    }
}

const struct memo_plan *memo_plan_make(struct liquid *liquid, const struct partial *partial)
{
    const struct liquid_template *compiled = partial->compiled;
    struct memo_plan *plan = arena_zalloc(liquid->arena, 1, sizeof *plan);
    struct scan scan = {.liquid = liquid, .plan = plan};
    plan->op_count = compiled->op_count;
    for (uint32_t i = 0; i < compiled->op_count && !scan.unfit; i++)
        scan_op(&scan, &compiled->ops[scan.at = i]);
    for (size_t i = 0; i < plan->assigned.count; i++)
        scan.unfit = scan.unfit || has(&plan->keyed, plan->assigned.items[i]);
    return scan.unfit || compiled->breaks ? NULL : plan;
}
