/* include and render at run time. */
#include "lang/liquid/memo.h"
#include "lang/liquid/run.h"

#include <string.h>

static struct str joined_name(struct liquid_run *run, const struct partial_use *use)
{
    struct buf name = {0};
    for (size_t i = 0; i < use->name_part_count; i++)
        run_write(run, run_pipeline(run, &use->name_parts[i]), &name);
    return run_keep(run, &name);
}

static const struct liquid_template *find(struct liquid_run *run, struct str name)
{
    const struct partial *partial =
        liquid_partial_find(run->liquid, name, 0, run->language, run->arena);
    if (partial != NULL && partial->compiled == NULL) {
        run_fail(run, "there are mistakes in the partial '%.*s'", STR_ARG(name));
        return NULL;
    }
    if (partial == NULL) {
        run_fail(run, "there is no partial '%.*s'", STR_ARG(name));
        return NULL;
    }
    return partial->compiled;
}

/* The template a tag means, and its name. NULL after an error. */
static const struct liquid_template *resolve(struct liquid_run *run, const struct partial_use *use,
                                             struct str *name)
{
    if (use->partial != NULL && use->partial->compiled != NULL) {
        *name = use->partial->name;
        return use->partial->compiled;
    }
    if (use->name_part_count > 0) {
        *name = joined_name(run, use);
        return run->failed ? NULL : find(run, *name);
    }
    struct value value = run_expression(run, use->name);
    if (!value_is_string(value)) {
        run_fail(run, "a partial's name must be a text");
        return NULL;
    }
    *name = value.str;
    return find(run, *name);
}

static void include_jekyll(struct liquid_run *run, const struct partial_use *use,
                           const struct liquid_template *compiled)
{
    struct value_entry *entries = NULL;
    if (use->argument_count > 0)
        entries = arena_alloc(run->arena, use->argument_count * sizeof *entries);
    for (size_t i = 0; i < use->argument_count; i++)
        entries[i] = (struct value_entry){use->arguments[i].name,
                                          run_expression(run, &use->arguments[i].value)};
    if (run->call->memo == NULL || run->failed || !memo_include(run, use, compiled, entries))
        run_with_parameters(run, use, compiled, entries);
}

void run_with_parameters(struct liquid_run *run, const struct partial_use *use,
                         const struct liquid_template *compiled, const struct value_entry *entries)
{
    if (use->argument_count == 0) {
        run_template(run, compiled);
        return;
    }
    struct value map = value_map(run->arena, entries, use->argument_count);
    struct covered covered = run_cover(run, SLOT_INCLUDE, map);
    run_template(run, compiled);
    run_uncover(run, &covered);
}

static uint32_t binding_slot(struct liquid_run *run, const struct partial_use *use, struct str name)
{
    if (use->aliased || use->name->kind == EXPRESSION_LITERAL)
        return use->binding;
    size_t slash = str_rfind_byte(name, '/');
    return liquid_slot_find(run->liquid, slash == STR_NONE ? name : str_after(name, slash + 1));
}

/* The value of `with`, or else of a variable that is named as the partial. */
static struct value include_subject(struct liquid_run *run, const struct partial_use *use,
                                    struct str name)
{
    if (use->subject != NULL)
        return run_expression(run, use->subject);
    uint32_t slot =
        use->name->kind == EXPRESSION_LITERAL ? use->own_name : liquid_slot_find(run->liquid, name);
    return slot == UINT32_MAX ? value_nil() : run_variable(run, slot);
}

static void include_each(struct liquid_run *run, const struct liquid_template *compiled,
                         uint32_t slot, struct value subject)
{
    struct covered own = {0};
    if (slot != UINT32_MAX)
        own = run_cover(run, slot, subject);
    if (subject.type != VALUE_LIST) {
        run_template(run, compiled);
    } else {
        for (size_t i = 0; i < subject.list->count && !run->failed; i++) {
            if (slot != UINT32_MAX)
                run->bindings[slot].current = subject.list->items[i];
            if (++run->call->iterations > run->iteration_limit)
                run_fail(run, "the loops of this page went round more than %llu times",
                         (unsigned long long)run->iteration_limit);
            run_template(run, compiled);
            if (run->interrupt != INTERRUPT_NONE)
                break;
        }
    }
    if (slot != UINT32_MAX)
        run_uncover(run, &own);
}

void run_include(struct liquid_run *run, const struct partial_use *use)
{
    struct str name;
    if (run->isolated && use->style == PARTIAL_INCLUDE && !run->liquid->settings.jekyll) {
        run_fail(run, "include cannot be used inside a partial that was rendered with `render`");
        return;
    }
    const struct liquid_template *compiled = resolve(run, use, &name);
    if (compiled == NULL)
        return;
    if (use->style == PARTIAL_JEKYLL) {
        include_jekyll(run, use, compiled);
        return;
    }
    struct value subject = include_subject(run, use, name);
    struct covered *covered = arena_alloc(run->arena, (use->argument_count + 1) * sizeof *covered);
    for (size_t i = 0; i < use->argument_count; i++)
        covered[i] =
            run_cover(run, use->argument_slots[i], run_expression(run, &use->arguments[i].value));
    include_each(run, compiled, binding_slot(run, use, name), subject);
    for (size_t i = use->argument_count; i-- > 0;)
        run_uncover(run, &covered[i]);
}

/* ---- render: a world of its own, with the globals */

struct world {
    struct binding *bindings;
    struct cycle_states cycles;
    struct str changed;
    bool has_changed;
    bool isolated;
    int64_t *continues;
    struct loop *loop;
};

static void enter(struct liquid_run *run, struct world *outer, struct binding *bindings)
{
    *outer = (struct world){.bindings = run->bindings,
                            .cycles = run->cycles,
                            .changed = run->changed,
                            .has_changed = run->has_changed,
                            .isolated = run->isolated,
                            .continues = run->continues,
                            .loop = run->loop};
    run->bindings = bindings;
    run->continues = run_continues(run, bindings);
    run->cycles = (struct cycle_states){0};
    run->changed = STR("");
    run->has_changed = false;
    run->loop = NULL;
    run->isolated = true;
}

static void leave(struct liquid_run *run, const struct world *outer)
{
    run->bindings = outer->bindings;
    run->cycles = outer->cycles;
    run->continues = outer->continues;
    run->loop = outer->loop;
    run->changed = outer->changed;
    run->has_changed = outer->has_changed;
    run->isolated = outer->isolated;
    run->interrupt = INTERRUPT_NONE;
}

static void render_one(struct liquid_run *run, const struct partial_use *use,
                       const struct liquid_template *compiled, const struct value *arguments,
                       struct value subject, struct loop *loop)
{
    struct world outer;
    struct binding *bindings = run_bindings_take(run);
    enter(run, &outer, bindings);
    if (loop != NULL)
        run_assign(run, SLOT_FORLOOP, value_object(&forloop_class, loop));
    for (size_t i = 0; i < use->argument_count; i++)
        run_assign(run, use->argument_slots[i], arguments[i]);
    if (subject.type != VALUE_NIL)
        run_assign(run, use->binding, subject);
    run_template(run, compiled);
    leave(run, &outer);
    run_bindings_give(run, bindings);
}

static void render_all(struct liquid_run *run, const struct partial_use *use,
                       const struct liquid_template *compiled, const struct value *arguments,
                       struct value subject)
{
    struct loop *loop = arena_zalloc(run->arena, 1, sizeof *loop);
    size_t count = run_count(run, subject);
    loop->length = (int64_t)count;
    loop->name = use->name->literal.str;
    for (size_t i = 0; i < count && !run->failed; i++) {
        if (++run->call->iterations > run->iteration_limit)
            run_fail(run, "the loops of this page went round more than %llu times",
                     (unsigned long long)run->iteration_limit);
        loop->index = (int64_t)i;
        render_one(run, use, compiled, arguments, run_item(run, subject, i), loop);
    }
}

void run_render(struct liquid_run *run, const struct partial_use *use)
{
    struct str name;
    const struct liquid_template *compiled = resolve(run, use, &name);
    if (compiled == NULL)
        return;
    struct value subject = use->subject == NULL ? value_nil() : run_expression(run, use->subject);
    struct value *arguments =
        arena_alloc(run->arena, (use->argument_count + 1) * sizeof *arguments);
    for (size_t i = 0; i < use->argument_count; i++)
        arguments[i] = run_expression(run, &use->arguments[i].value);
    if (use->each && subject.type == VALUE_MAP)
        subject = run_pairs(run, subject);
    if (use->each && run_is_list(subject))
        render_all(run, use, compiled, arguments, subject);
    else
        render_one(run, use, compiled, arguments, subject, NULL);
}
