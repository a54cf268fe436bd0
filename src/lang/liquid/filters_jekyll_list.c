/* Jekyll's filters over lists. */
#include "lang/liquid/filter.h"
#include "lang/liquid/number.h"
#include "lang/liquid/select.h"
#include "lang/liquid/text.h"

#include "base/hash.h"
#include "base/map.h"

/* The expression of a filter's text, with `item` under its name. */
static struct value evaluate(struct liquid_run *run, struct value item)
{
    const struct predicate *predicate = run->filter->predicate;
    struct covered covered = run_cover(run, predicate->slot, item);
    struct value result = predicate->condition != NULL
                              ? value_boolean(run_condition(run, predicate->condition))
                              : run_pipeline(run, predicate->pipeline);
    run_uncover(run, &covered);
    return result;
}

static struct value where_exp(struct liquid_run *run, struct value input,
                              const struct liquid_arguments *arguments)
{
    (void)arguments;
    struct value items = input_items(run, input);
    size_t count = run_count(run, items);
    struct results kept = {0};
    for (size_t i = 0; i < count && !run->failed; i++) {
        struct value item = run_item(run, items, i);
        if (value_is_true(evaluate(run, item)))
            results_add(run, &kept, item);
    }
    return results_list(run, &kept);
}

static struct value find_exp(struct liquid_run *run, struct value input,
                             const struct liquid_arguments *arguments)
{
    (void)arguments;
    struct value items = input_items(run, input);
    size_t count = run_count(run, items);
    for (size_t i = 0; i < count && !run->failed; i++) {
        struct value item = run_item(run, items, i);
        if (value_is_true(evaluate(run, item)))
            return item;
    }
    return value_nil();
}

/* ---- groups: maps of name, items and size, in the order in which they are met */

struct group {
    struct value name;
    struct results items;
};

static void add_to_group(struct liquid_run *run, struct map *groups, struct value name,
                         struct value item)
{
    void **slot = map_slot(groups, run_text(run, name));
    if (*slot == NULL) {
        struct group *group = arena_zalloc(run->arena, 1, sizeof *group);
        group->name = name.type == VALUE_NIL ? value_text(STR("")) : name;
        *slot = group;
    }
    results_add(run, &((struct group *)*slot)->items, item);
}

static struct value group_list(struct liquid_run *run, const struct map *groups)
{
    struct results list = {0};
    for (size_t i = 0; i < groups->count; i++) {
        const struct group *group = groups->entries[i].value;
        struct value_entry *entries = arena_alloc(run->arena, 3 * sizeof *entries);
        entries[0] = (struct value_entry){STR("name"), group->name};
        entries[1] = (struct value_entry){STR("items"), results_list(run, &group->items)};
        entries[2] = (struct value_entry){STR("size"), value_integer((int64_t)group->items.count)};
        results_add(run, &list, value_map(run->arena, entries, 3));
    }
    return results_list(run, &list);
}

static struct value group_by(struct liquid_run *run, struct value input,
                             const struct liquid_arguments *arguments)
{
    struct value items = input_items(run, input);
    size_t count = run_count(run, items);
    struct str path = run_text(run, arguments->items[0]);
    struct map groups;
    map_init(&groups, run->arena);
    for (size_t i = 0; i < count && !run->failed; i++) {
        struct value item = run_item(run, items, i);
        add_to_group(run, &groups, item_path(run, item, path), item);
    }
    return group_list(run, &groups);
}

static struct value group_by_exp(struct liquid_run *run, struct value input,
                                 const struct liquid_arguments *arguments)
{
    (void)arguments;
    struct value items = input_items(run, input);
    size_t count = run_count(run, items);
    struct map groups;
    map_init(&groups, run->arena);
    for (size_t i = 0; i < count && !run->failed; i++) {
        struct value item = run_item(run, items, i);
        add_to_group(run, &groups, evaluate(run, item), item);
    }
    return group_list(run, &groups);
}

/* ---- push, pop, shift, unshift: copies */

static struct value spliced(struct liquid_run *run, struct value input, size_t skip, size_t drop,
                            const struct value *before, const struct value *after)
{
    struct results list = {0};
    struct value items = run_is_list(input) ? input : input_items(run, input);
    size_t count = run_count(run, items);
    if (before != NULL)
        results_add(run, &list, *before);
    for (size_t i = skip; i + drop < count && !run->failed; i++)
        results_add(run, &list, run_item(run, items, i));
    if (after != NULL)
        results_add(run, &list, *after);
    return results_list(run, &list);
}

static struct value push(struct liquid_run *run, struct value input,
                         const struct liquid_arguments *arguments)
{
    return spliced(run, input, 0, 0, NULL, &arguments->items[0]);
}

static struct value unshift(struct liquid_run *run, struct value input,
                            const struct liquid_arguments *arguments)
{
    return spliced(run, input, 0, 0, &arguments->items[0], NULL);
}

static size_t how_many(struct liquid_run *run, const struct liquid_arguments *arguments)
{
    int64_t number = 1;
    if (arguments->count > 0 && !number_integer(run, arguments->items[0], &number))
        run_fail(run, "the number of items must be a whole number");
    return number < 0 ? 0 : (size_t)number;
}

static struct value pop(struct liquid_run *run, struct value input,
                        const struct liquid_arguments *arguments)
{
    return spliced(run, input, 0, how_many(run, arguments), NULL, NULL);
}

static struct value shift(struct liquid_run *run, struct value input,
                          const struct liquid_arguments *arguments)
{
    return spliced(run, input, how_many(run, arguments), 0, NULL, NULL);
}

/* What looks random but is the same in every build: the items are drawn in the order of a digest of
 * the page and their place. */
static struct value sample(struct liquid_run *run, struct value input,
                           const struct liquid_arguments *arguments)
{
    struct value items = input_items(run, input);
    size_t count = run_count(run, items);
    size_t wanted = arguments->count > 0 ? how_many(run, arguments) : 1;
    struct digest seed = digest_of(run->call->subject);
    struct results drawn = {0};
    if (wanted > count)
        wanted = count;
    size_t *order = arena_alloc(run->arena, (count + 1) * sizeof *order);
    for (size_t i = 0; i < count; i++)
        order[i] = i;
    for (size_t i = 0; i < wanted; i++) {
        seed = digest_join(seed, seed);
        size_t other = i + (size_t)(seed.low % (count - i));
        size_t kept = order[other];
        order[other] = order[i];
        order[i] = kept;
        results_add(run, &drawn, run_item(run, items, kept));
    }
    if (arguments->count > 0)
        return results_list(run, &drawn);
    return drawn.count == 0 ? value_nil() : drawn.items[0];
}

/* "a, b, and c"; the connector is "and". */
static struct value array_to_sentence(struct liquid_run *run, struct value input,
                                      const struct liquid_arguments *arguments)
{
    struct value connector = arguments->count > 0 ? arguments->items[0] : value_html(STR("and"));
    struct value items = input_items(run, input);
    size_t count = run_count(run, items);
    struct results parts = {0};
    for (size_t i = 0; i < count && !run->failed; i++) {
        bool last = i > 0 && i + 1 == count;
        if (i > 0)
            results_add(run, &parts, value_html(count > 2 ? STR(", ") : STR(" ")));
        if (last) {
            results_add(run, &parts, connector);
            results_add(run, &parts, value_html(STR(" ")));
        }
        results_add(run, &parts, run_item(run, items, i));
    }
    return parts.count == 0 ? value_html(STR("")) : text_join(run, parts.items, parts.count);
}

static const struct filter_entry entries[] = {
    {STR_INIT("where_exp"), 2, 2, FILTER_PREDICATE, where_exp, NULL},
    {STR_INIT("find_exp"), 2, 2, FILTER_PREDICATE, find_exp, NULL},
    {STR_INIT("group_by"), 1, 1, FILTER_ORDINARY, group_by, NULL},
    {STR_INIT("group_by_exp"), 2, 2, FILTER_PREDICATE, group_by_exp, NULL},
    {STR_INIT("push"), 1, 1, FILTER_ORDINARY, push, NULL},
    {STR_INIT("unshift"), 1, 1, FILTER_ORDINARY, unshift, NULL},
    {STR_INIT("pop"), 0, 1, FILTER_ORDINARY, pop, NULL},
    {STR_INIT("shift"), 0, 1, FILTER_ORDINARY, shift, NULL},
    {STR_INIT("sample"), 0, 1, FILTER_ORDINARY, sample, NULL},
    {STR_INIT("array_to_sentence_string"), 0, 1, FILTER_ORDINARY, array_to_sentence, NULL},
};

const struct filter_table filters_jekyll_list = {entries, sizeof entries / sizeof *entries};
