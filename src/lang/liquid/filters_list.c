/* Lists: joining, ordering, changing. */
#include "lang/liquid/filter.h"
#include "lang/liquid/number.h"
#include "lang/liquid/select.h"
#include "lang/liquid/text.h"

#include "base/map.h"
#include "base/utf8.h"

static struct value size(struct liquid_run *run, struct value input,
                         const struct liquid_arguments *arguments)
{
    (void)arguments;
    struct path_step step = {.key = {.name = STR("")}, .word = WORD_SIZE};
    struct value result = run_property(run, input, &step, value_nil());
    return result.type == VALUE_NIL ? value_integer(0) : result;
}

static struct value end_item(struct liquid_run *run, struct value input, enum step_word word)
{
    struct path_step step = {.key = {.name = STR("")}, .word = word};
    return run_property(run, input, &step, value_nil());
}

static struct value first(struct liquid_run *run, struct value input,
                          const struct liquid_arguments *arguments)
{
    (void)arguments;
    return end_item(run, input, WORD_FIRST);
}

static struct value last(struct liquid_run *run, struct value input,
                         const struct liquid_arguments *arguments)
{
    (void)arguments;
    return end_item(run, input, WORD_LAST);
}

static struct value join(struct liquid_run *run, struct value input,
                         const struct liquid_arguments *arguments)
{
    struct value glue = arguments->count > 0 ? arguments->items[0] : value_html(STR(" "));
    struct value items = input_items(run, input);
    size_t count = run_count(run, items);
    if (count == 0)
        return value_html(STR(""));
    if (count > run->scratch_limit / sizeof(struct value) / 2) {
        run_bytes(run, run->scratch_limit);
        return value_nil();
    }
    struct value *parts = run_values(run, count * 2 - 1);
    for (size_t i = 0; i < count && !run->failed; i++) {
        parts[i * 2] = run_item(run, items, i);
        if (i + 1 < count)
            parts[i * 2 + 1] = glue;
    }
    return run->failed ? value_nil() : text_join(run, parts, count * 2 - 1);
}

static struct value reverse(struct liquid_run *run, struct value input,
                            const struct liquid_arguments *arguments)
{
    (void)arguments;
    struct value items = input_items(run, input);
    size_t count = run_count(run, items);
    struct value *reversed = run_values(run, count);
    for (size_t i = 0; i < count && !run->failed; i++)
        reversed[i] = run_item(run, items, count - 1 - i);
    return run->failed ? value_nil() : value_list(run->arena, reversed, count);
}

static struct value concat(struct liquid_run *run, struct value input,
                           const struct liquid_arguments *arguments)
{
    struct value more = arguments->items[0];
    if (!run_is_list(more) || more.type == VALUE_RANGE) {
        run_fail(run, "concat needs a list to add");
        return value_nil();
    }
    struct results items = {0};
    struct value own = input_items(run, input);
    size_t count = run_count(run, own);
    for (size_t i = 0; i < count && !run->failed; i++)
        results_add(run, &items, run_item(run, own, i));
    count = run_count(run, more);
    for (size_t i = 0; i < count && !run->failed; i++)
        results_add(run, &items, run_item(run, more, i));
    return results_list(run, &items);
}

/* ---- sort */

static int compare_plain(struct liquid_run *run, struct value a, struct value b)
{
    int order = 0;
    if (run_order(run, a, b, &order))
        return order;
    if (a.type == VALUE_NIL || b.type == VALUE_NIL)
        return a.type == VALUE_NIL ? 1 : -1;
    run_fail(run, "the items of this list cannot be compared with each other");
    return 0;
}

static int compare_natural(struct liquid_run *run, struct value a, struct value b)
{
    if (a.type == VALUE_NIL || b.type == VALUE_NIL)
        return a.type == b.type ? 0 : a.type == VALUE_NIL ? 1 : -1;
    struct str left = run_text(run, a);
    struct str right = run_text(run, b);
    for (size_t i = 0; i < left.len && i < right.len; i++) {
        unsigned char x = (unsigned char)str_lower(left.ptr[i]);
        unsigned char y = (unsigned char)str_lower(right.ptr[i]);
        if (x != y)
            return x < y ? -1 : 1;
    }
    return left.len < right.len ? -1 : left.len > right.len;
}

static int nils_first(struct liquid_run *run, struct value a, struct value b)
{
    if (a.type == VALUE_NIL || b.type == VALUE_NIL)
        return a.type == b.type ? 0 : a.type == VALUE_NIL ? -1 : 1;
    return compare_plain(run, a, b);
}

static struct value sorted(struct liquid_run *run, struct value input,
                           const struct liquid_arguments *arguments,
                           int (*compare)(struct liquid_run *, struct value, struct value))
{
    struct value items = input_items(run, input);
    size_t count = run_count(run, items);
    struct value property = arguments->count > 0 ? arguments->items[0] : value_nil();
    bool jekyll = run->liquid->settings.jekyll;
    bool wrong = false;
    run_values(run, count);
    if (run->failed)
        return value_nil();
    struct sort_entry *entries = arena_alloc(run->arena, (count + 1) * sizeof *entries);
    for (size_t i = 0; i < count; i++) {
        enum property_outcome outcome = PROPERTY_FOUND;
        entries[i].item = entries[i].key = run_item(run, items, i);
        if (property.type == VALUE_NIL)
            continue;
        if (jekyll && value_is_string(property))
            entries[i].key = item_path(run, entries[i].item, property.str);
        else
            entries[i].key = item_property(run, entries[i].item, property, &outcome);
        if (outcome == PROPERTY_NONE)
            return value_nil();
        wrong = wrong || outcome == PROPERTY_WRONG;
    }
    if (wrong && count > 1) {
        property_error(run, property);
        return value_nil();
    }
    sort_entries(run, entries, count, compare);
    struct value *result = run_values(run, count);
    for (size_t i = 0; i < count; i++)
        result[i] = entries[i].item;
    return value_list(run->arena, result, count);
}

/* Jekyll's sort takes "first" or "last" for where nils go. */
static struct value sort(struct liquid_run *run, struct value input,
                         const struct liquid_arguments *arguments)
{
    bool jekyll = run->liquid->settings.jekyll;
    if (arguments->count > 1 && !jekyll) {
        run_fail(run, "the filter 'sort' takes 0 to 1 arguments, not %zu", arguments->count);
        return value_nil();
    }
    bool at_end = arguments->count > 1 && value_is_string(arguments->items[1]) &&
                  str_eq(arguments->items[1].str, STR("last"));
    return sorted(run, input, arguments, jekyll && !at_end ? nils_first : compare_plain);
}

static struct value sort_natural(struct liquid_run *run, struct value input,
                                 const struct liquid_arguments *arguments)
{
    return sorted(run, input, arguments, compare_natural);
}

/* ---- uniq: values of one inspected form are one */

static struct value uniq(struct liquid_run *run, struct value input,
                         const struct liquid_arguments *arguments)
{
    struct value items = input_items(run, input);
    size_t count = run_count(run, items);
    struct value property = arguments->count > 0 ? arguments->items[0] : value_nil();
    struct results kept = {0};
    if (count < 2)
        return items;
    struct map seen;
    map_init(&seen, run->arena);
    for (size_t i = 0; i < count && !run->failed; i++) {
        struct value item = run_item(run, items, i);
        struct value key = item;
        enum property_outcome outcome = PROPERTY_FOUND;
        if (property.type != VALUE_NIL)
            key = item_property(run, item, property, &outcome);
        if (outcome == PROPERTY_NONE)
            return value_nil();
        if (outcome == PROPERTY_WRONG)
            property_error(run, property);
        struct buf text = {0};
        if (key.type == VALUE_OBJECT && key.object.class->print == NULL)
            buf_addf(&text, "%p", key.object.self);
        else
            run_inspect(run, key, &text);
        if (map_put(&seen, run_keep(run, &text), run) == NULL)
            results_add(run, &kept, item);
    }
    return results_list(run, &kept);
}

static struct value map_property(struct liquid_run *run, struct value input,
                                 const struct liquid_arguments *arguments)
{
    struct value items = input_items(run, input);
    size_t count = run_count(run, items);
    struct value property = arguments->items[0];
    struct results mapped = {0};
    for (size_t i = 0; i < count && !run->failed; i++) {
        enum property_outcome outcome;
        struct value item = item_property(run, run_item(run, items, i), property, &outcome);
        if (outcome == PROPERTY_WRONG)
            property_error(run, property);
        results_add(run, &mapped, item);
    }
    return results_list(run, &mapped);
}

static struct value compact(struct liquid_run *run, struct value input,
                            const struct liquid_arguments *arguments)
{
    struct value items = input_items(run, input);
    size_t count = run_count(run, items);
    struct value property = arguments->count > 0 ? arguments->items[0] : value_nil();
    struct results kept = {0};
    for (size_t i = 0; i < count && !run->failed; i++) {
        struct value item = run_item(run, items, i);
        struct value key = item;
        enum property_outcome outcome = PROPERTY_FOUND;
        if (property.type != VALUE_NIL)
            key = item_property(run, item, property, &outcome);
        if (outcome == PROPERTY_NONE)
            return value_nil();
        if (outcome == PROPERTY_WRONG)
            property_error(run, property);
        if (key.type != VALUE_NIL)
            results_add(run, &kept, item);
    }
    return results_list(run, &kept);
}

static struct value sum(struct liquid_run *run, struct value input,
                        const struct liquid_arguments *arguments)
{
    struct value items = input_items(run, input);
    size_t count = run_count(run, items);
    struct value total = value_integer(0);
    bool by_property = arguments->count > 0 && arguments->items[0].type != VALUE_NIL;
    for (size_t i = 0; i < count && !run->failed; i++) {
        struct value item = run_item(run, items, i);
        enum property_outcome outcome = PROPERTY_FOUND;
        if (by_property)
            item = item_property(run, item, arguments->items[0], &outcome);
        if (outcome == PROPERTY_WRONG)
            property_error(run, arguments->items[0]);
        else
            total = number_apply(run, NUMBER_PLUS, total, number_of(run, item));
    }
    return total;
}

static const struct filter_entry entries[] = {
    {STR_INIT("size"), 0, 0, FILTER_NUMBER, size, NULL},
    {STR_INIT("first"), 0, 0, FILTER_ORDINARY, first, NULL},
    {STR_INIT("last"), 0, 0, FILTER_ORDINARY, last, NULL},
    {STR_INIT("join"), 0, 1, FILTER_ORDINARY, join, NULL},
    {STR_INIT("reverse"), 0, 0, FILTER_ORDINARY, reverse, NULL},
    {STR_INIT("concat"), 1, 1, FILTER_ORDINARY, concat, NULL},
    {STR_INIT("sort"), 0, 2, FILTER_ORDINARY, sort, NULL},
    {STR_INIT("sort_natural"), 0, 1, FILTER_ORDINARY, sort_natural, NULL},
    {STR_INIT("uniq"), 0, 1, FILTER_ORDINARY, uniq, NULL},
    {STR_INIT("map"), 1, 1, FILTER_ORDINARY, map_property, NULL},
    {STR_INIT("compact"), 0, 1, FILTER_ORDINARY, compact, NULL},
    {STR_INIT("sum"), 0, 1, FILTER_NUMBER, sum, NULL},
};

const struct filter_table filters_list = {entries, sizeof entries / sizeof *entries};
