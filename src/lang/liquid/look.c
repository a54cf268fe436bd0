/* Variables, paths, pipelines. */
#include "lang/liquid/filter.h"
#include "lang/liquid/number.h"
#include "lang/liquid/run.h"

#include "base/utf8.h"

#include <string.h>

/* ---- variables */

static struct value find_global(struct liquid_run *run, struct value_key key)
{
    struct value globals = run->call->globals;
    if (globals.type == VALUE_MAP) {
        const struct value *found = value_map_get(globals.map, key.name);
        return found == NULL ? (struct value){.type = VALUE_UNSET} : *found;
    }
    if (globals.type == VALUE_OBJECT && globals.object.class->get != NULL) {
        struct value found =
            globals.object.class->get(globals.object.self, key, &run->call->reader);
        return found.type == VALUE_NIL ? (struct value){.type = VALUE_UNSET} : found;
    }
    return (struct value){.type = VALUE_UNSET};
}

static struct value look_again(struct liquid_run *run, uint32_t slot)
{
    struct binding *binding = &run->bindings[slot];
    if (binding->assigned.type != VALUE_UNSET)
        return binding->current = binding->assigned;
    if (binding->global.type == VALUE_UNSET) {
        binding->global = find_global(run, run->liquid->names.items[slot].key);
        if (binding->global.type == VALUE_UNSET)
            return value_nil();
    }
    return binding->current = binding->global;
}

struct value run_variable(struct liquid_run *run, uint32_t slot)
{
    struct value current = run->bindings[slot].current;
    return current.type != VALUE_UNSET ? current : look_again(run, slot);
}

bool run_variable_known(struct liquid_run *run, uint32_t slot)
{
    run_variable(run, slot);
    return run->bindings[slot].current.type != VALUE_UNSET;
}

void run_assign(struct liquid_run *run, uint32_t slot, struct value value)
{
    struct binding *binding = &run->bindings[slot];
    binding->assigned = value;
    if (binding->scoped == 0)
        binding->current = value;
}

struct covered run_cover(struct liquid_run *run, uint32_t slot, struct value value)
{
    struct binding *binding = &run->bindings[slot];
    struct covered covered = {.slot = slot, .value = binding->current};
    binding->scoped++;
    binding->current = value;
    return covered;
}

void run_uncover(struct liquid_run *run, const struct covered *covered)
{
    struct binding *binding = &run->bindings[covered->slot];
    binding->current = covered->value;
    if (--binding->scoped == 0)
        binding->current.type = VALUE_UNSET; /* an assign inside may have changed what is below */
}

/* ---- properties */

struct value run_lookup(struct liquid_run *run, struct value value, struct value_key key,
                        bool *found)
{
    *found = false;
    if (value.type == VALUE_MAP) {
        const struct value *item = value_map_get(value.map, key.name);
        *found = item != NULL;
        return item == NULL ? value_nil() : *item;
    }
    if (value.type == VALUE_OBJECT && value.object.class->get != NULL) {
        struct value item = value.object.class->get(value.object.self, key, &run->call->reader);
        *found = item.type != VALUE_NIL;
        return item;
    }
    return value_nil();
}

static struct value end_of(struct liquid_run *run, struct value value, bool last)
{
    if (value.type == VALUE_MAP || (value.type == VALUE_OBJECT && !run_is_list(value))) {
        if (last && value.type == VALUE_MAP)
            return value_nil();
        value = run_pairs(run, value);
    }
    if (value_is_string(value)) {
        size_t length = 0;
        utf8_decode(value.str, &length);
        size_t start = last ? utf8_offset(value.str, utf8_count(value.str) - 1) : 0;
        value.str = last ? str_after(value.str, start) : str_sub(value.str, 0, length);
        return value;
    }
    if (value.type == VALUE_RANGE)
        return value_integer(last ? value.range->last : value.range->first);
    if (!run_is_list(value))
        return value_nil();
    size_t count = run_count(run, value);
    return count == 0 ? value_nil() : run_item(run, value, last ? count - 1 : 0);
}

static struct value size_of(struct liquid_run *run, struct value value)
{
    if (value_is_string(value))
        return value_integer((int64_t)utf8_count(value.str));
    if (value.type == VALUE_MAP)
        return value_integer((int64_t)value.map->count);
    if (value.type == VALUE_INTEGER)
        return value_integer(8); /* Ruby's Integer#size */
    if (run_is_list(value))
        return value_integer((int64_t)run_count(run, value));
    return value_nil();
}

static struct value index_of(struct liquid_run *run, struct value value, int64_t index)
{
    if (!run_is_list(value) || value.type == VALUE_RANGE)
        return value_nil();
    int64_t count = (int64_t)run_count(run, value);
    if (index < 0)
        index += count;
    return index < 0 || index >= count ? value_nil() : run_item(run, value, (size_t)index);
}

/* What `size`, `first` and `last` say of a value that has no property of that name. */
static struct value word_of(struct liquid_run *run, struct value value, enum step_word word)
{
    return word == WORD_SIZE ? size_of(run, value) : end_of(run, value, word == WORD_LAST);
}

struct value run_property(struct liquid_run *run, struct value value, const struct path_step *step,
                          struct value key)
{
    bool found = false;
    struct value result = value_nil();
    if (step->computed == NULL) {
        result = run_lookup(run, value, step->key, &found);
    } else if (value_is_string(key)) {
        struct value_key name = {.name = key.str};
        uint32_t slot = liquid_slot_find(run->liquid, key.str);
        const struct liquid_host *host = &run->liquid->settings.host;
        if (slot != UINT32_MAX)
            name = run->liquid->names.items[slot].key;
        else if (host->symbol != NULL)
            name.symbol = host->symbol(host->context, key.str);
        return run_lookup(run, value, name, &found);
    } else if (key.type == VALUE_INTEGER) {
        return index_of(run, value, key.integer);
    }
    return found || step->word == WORD_NONE ? result : word_of(run, value, step->word);
}

/* ---- expressions */

static struct value follow(struct liquid_run *run, struct value value,
                           const struct expression *expression)
{
    for (uint32_t i = 0; i < expression->step_count; i++) {
        const struct path_step *step = &expression->steps[i];
        struct value key = value_nil();
        if (value.type == VALUE_NIL)
            return value;
        if (step->computed != NULL) {
            key = run_expression(run, step->computed);
        } else if (value.type == VALUE_MAP && step->word == WORD_NONE) {
            const struct value *item = value_map_get(value.map, step->key.name);
            value = item == NULL ? value_nil() : *item;
            continue;
        } else if (value.type == VALUE_OBJECT && value.object.class->get != NULL) {
            struct value item =
                value.object.class->get(value.object.self, step->key, &run->call->reader);
            bool found = item.type != VALUE_NIL || step->word == WORD_NONE;
            value = found ? item : word_of(run, value, step->word);
            continue;
        }
        value = run_property(run, value, step, key);
    }
    return value;
}

static struct value computed_root(struct liquid_run *run, const struct expression *expression)
{
    struct value name = run_expression(run, expression->root);
    if (!value_is_string(name))
        return value_nil();
    uint32_t slot = liquid_slot_find(run->liquid, name.str);
    if (slot != UINT32_MAX)
        return run_variable(run, slot);
    struct value found = find_global(run, (struct value_key){.name = name.str});
    return found.type == VALUE_UNSET ? value_nil() : found;
}

/* Ranges end here, so that reckoning with their lengths cannot overflow. */
#define RANGE_MOST (INT64_C(1) << 61)

static int64_t range_clamp(int64_t number)
{
    if (number > RANGE_MOST)
        return RANGE_MOST;
    return number < -RANGE_MOST ? -RANGE_MOST : number;
}

static int64_t range_end(struct liquid_run *run, const struct expression *expression)
{
    struct value value = run_expression(run, expression);
    int64_t number = 0;
    if (value.type == VALUE_FLOAT && expression->kind == EXPRESSION_LITERAL) {
        if (value.number > 1e18 || value.number < -1e18)
            return value.number > 0 ? RANGE_MOST : -RANGE_MOST;
        return (int64_t)value.number;
    }
    if (value.type == VALUE_NIL)
        return 0;
    if (value_is_string(value))
        return range_clamp(number_prefix(value.str));
    if (!number_integer(run, value, &number))
        run_fail(run, "a range goes from a whole number to a whole number");
    return range_clamp(number);
}

static struct value make_range(struct liquid_run *run, const struct expression *expression)
{
    struct value_range *range = arena_alloc(run->arena, sizeof *range);
    range->first = range_end(run, expression->range.first);
    range->last = range_end(run, expression->range.last);
    return (struct value){.type = VALUE_RANGE, .range = range};
}

struct value run_expression(struct liquid_run *run, const struct expression *expression)
{
    switch (expression->kind) {
    case EXPRESSION_LITERAL: return expression->literal;
    case EXPRESSION_VARIABLE:
        if (expression->step_count == 0)
            return run_variable(run, expression->slot);
        return follow(run, run_variable(run, expression->slot), expression);
    case EXPRESSION_COMPUTED: return follow(run, computed_root(run, expression), expression);
    case EXPRESSION_RANGE: return make_range(run, expression);
    }
    return value_nil();
}

/* ---- filters */

static bool right_count(struct liquid_run *run, const struct filter_use *use, size_t count)
{
    const struct filter_entry *filter = use->filter;
    if (count >= filter->least && count <= filter->most)
        return true;
    run_at(run, use->position, use->end);
    if (filter->most == 0)
        run_fail(run, "the filter '%.*s' takes no argument", STR_ARG(filter->name));
    else if (filter->least == filter->most)
        run_fail(run, "the filter '%.*s' takes %u argument%s, not %zu", STR_ARG(filter->name),
                 filter->least, filter->least == 1 ? "" : "s", count);
    else
        run_fail(run, "the filter '%.*s' takes %u to %u arguments, not %zu", STR_ARG(filter->name),
                 filter->least, filter->most, count);
    return false;
}

/* Arguments of one filter; few enough nearly always for the C stack. */
#define ON_STACK 4

static struct value call_filter(struct liquid_run *run, const struct filter_use *use,
                                struct value input, const struct liquid_arguments *arguments)
{
    const struct filter_use *outer = run->filter;
    struct value result = value_nil();
    if (!right_count(run, use, arguments->count))
        return result;
    run->filter = use;
    if (use->filter->kind != FILTER_HOST) {
        result = use->filter->apply(run, input, arguments);
    } else {
        const struct liquid_filter *host = use->filter->host;
        if (host->apply(run->call, host->context, input, arguments, &result) != 0)
            run->failed = true;
    }
    run->filter = outer;
    return result;
}

/* Named arguments come to our own filters as one more positional one too, a map: what Ruby's
 * filters, which take no names, make of them. */
static struct value apply(struct liquid_run *run, const struct filter_use *use, struct value input)
{
    struct value few[ON_STACK];
    struct value *items = use->argument_count < ON_STACK
                              ? few
                              : arena_alloc(run->arena, (use->argument_count + 1) * sizeof *items);
    struct liquid_arguments arguments = {items, use->argument_count, NULL, use->named_count};
    for (size_t i = 0; i < use->argument_count; i++)
        items[i] = run_expression(run, &use->arguments[i]);
    if (use->named_count > 0) {
        struct value_entry *named = arena_alloc(run->arena, use->named_count * sizeof *named);
        for (size_t i = 0; i < use->named_count; i++)
            named[i] =
                (struct value_entry){use->named[i].name, run_expression(run, &use->named[i].value)};
        arguments.named = named;
        if (use->filter->kind != FILTER_HOST)
            items[arguments.count++] = value_map(run->arena, named, use->named_count);
    }
    return run->failed ? value_nil() : call_filter(run, use, input, &arguments);
}

struct value run_pipeline(struct liquid_run *run, const struct pipeline *pipeline)
{
    struct value value = run_expression(run, &pipeline->base);
    for (size_t i = 0; i < pipeline->filter_count && !run->failed; i++)
        if (pipeline->filters[i].filter != NULL)
            value = apply(run, &pipeline->filters[i], value);
    return value;
}

bool run_condition(struct liquid_run *run, const struct condition *condition)
{
    for (size_t i = 0; i < condition->count; i++) {
        const struct comparison *item = &condition->items[i];
        struct value left = run_expression(run, &item->left);
        bool holds = value_is_true(left);
        if (item->relation != COMPARE_NONE)
            holds = run_compare(run, item->relation, left, run_expression(run, &item->right));
        if (item->join == JOIN_END || holds == (item->join == JOIN_OR))
            return holds;
    }
    return false;
}
