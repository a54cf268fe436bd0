/* where, reject, find, find_index, has: Liquid's, and Jekyll's where they differ. */
#include "lang/liquid/filter.h"
#include "lang/liquid/select.h"

enum verdict { VERDICT_NO, VERDICT_YES, VERDICT_STOP };

/* Jekyll compares as text, and looks into lists. */
static bool jekyll_match(struct liquid_run *run, struct value property, struct value target)
{
    if (target.type == VALUE_NIL)
        return property.type == VALUE_NIL;
    if (run_is_list(property)) {
        size_t count = run_count(run, property);
        for (size_t i = 0; i < count; i++)
            if (str_eq(run_text(run, run_item(run, property, i)), run_text(run, target)))
                return true;
        return false;
    }
    if (property.type == VALUE_NIL)
        return false;
    if (target.type == VALUE_EMPTY || target.type == VALUE_BLANK)
        return run_equal(run, property, target);
    return str_eq(run_text(run, property), run_text(run, target));
}

static enum verdict judge(struct liquid_run *run, struct value item,
                          const struct liquid_arguments *arguments)
{
    struct value name = arguments->items[0];
    bool has_target = arguments->count > 1 && arguments->items[1].type != VALUE_NIL;
    if (run->liquid->settings.jekyll && arguments->count > 1 && value_is_string(name) &&
        (item.type == VALUE_MAP || item.type == VALUE_OBJECT))
        return jekyll_match(run, item_path(run, item, name.str), arguments->items[1]) ? VERDICT_YES
                                                                                      : VERDICT_NO;
    enum property_outcome outcome;
    struct value property = item_property(run, item, name, &outcome);
    if (outcome == PROPERTY_NONE)
        return VERDICT_STOP;
    if (outcome == PROPERTY_WRONG) {
        property_error(run, name);
        return VERDICT_STOP;
    }
    bool holds =
        has_target ? run_equal(run, property, arguments->items[1]) : value_is_true(property);
    return holds ? VERDICT_YES : VERDICT_NO;
}

static struct value keep(struct liquid_run *run, struct value input,
                         const struct liquid_arguments *arguments, enum verdict wanted)
{
    struct value items = input_items(run, input);
    size_t count = run_count(run, items);
    struct results kept = {0};
    for (size_t i = 0; i < count && !run->failed; i++) {
        struct value item = run_item(run, items, i);
        enum verdict verdict = judge(run, item, arguments);
        if (verdict == VERDICT_STOP)
            return value_nil();
        if (verdict == wanted)
            results_add(run, &kept, item);
    }
    return results_list(run, &kept);
}

static struct value where(struct liquid_run *run, struct value input,
                          const struct liquid_arguments *arguments)
{
    return keep(run, input, arguments, VERDICT_YES);
}

static struct value reject(struct liquid_run *run, struct value input,
                           const struct liquid_arguments *arguments)
{
    return keep(run, input, arguments, VERDICT_NO);
}

/* The index of the first item that fits; -1 for none, -2 for giving up. */
static int64_t search(struct liquid_run *run, struct value items,
                      const struct liquid_arguments *arguments)
{
    size_t count = run_count(run, items);
    for (size_t i = 0; i < count; i++) {
        enum verdict verdict = judge(run, run_item(run, items, i), arguments);
        if (verdict == VERDICT_STOP)
            return -2;
        if (verdict == VERDICT_YES)
            return (int64_t)i;
    }
    return -1;
}

static struct value find(struct liquid_run *run, struct value input,
                         const struct liquid_arguments *arguments)
{
    struct value items = input_items(run, input);
    int64_t found = search(run, items, arguments);
    return found < 0 ? value_nil() : run_item(run, items, (size_t)found);
}

static struct value find_index(struct liquid_run *run, struct value input,
                               const struct liquid_arguments *arguments)
{
    int64_t found = search(run, input_items(run, input), arguments);
    return found < 0 ? value_nil() : value_integer(found);
}

static struct value has(struct liquid_run *run, struct value input,
                        const struct liquid_arguments *arguments)
{
    int64_t found = search(run, input_items(run, input), arguments);
    return found == -2 ? value_nil() : value_boolean(found >= 0);
}

static const struct filter_entry entries[] = {
    {STR_INIT("where"), 1, 2, FILTER_ORDINARY, where, NULL},
    {STR_INIT("reject"), 1, 2, FILTER_ORDINARY, reject, NULL},
    {STR_INIT("find"), 1, 2, FILTER_ORDINARY, find, NULL},
    {STR_INIT("find_index"), 1, 2, FILTER_ORDINARY, find_index, NULL},
    {STR_INIT("has"), 1, 2, FILTER_ORDINARY, has, NULL},
};

const struct filter_table filters_select = {entries, sizeof entries / sizeof *entries};
