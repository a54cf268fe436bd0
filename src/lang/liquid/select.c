#include "lang/liquid/select.h"

#include "base/utf8.h"
#include "base/vec.h"

#include <string.h>

/* Lists within lists that are flattened. */
#define DEPTH_MOST 64

void results_add(struct liquid_run *run, struct results *results, struct value value)
{
    run->scratch += sizeof value;
    if (run->scratch > run->scratch_limit)
        run_bytes(run, 0);
    *vec_push(run->arena, results) = value;
}

struct value results_list(struct liquid_run *run, const struct results *results)
{
    return value_list(run->arena, results->items, results->count);
}

static void flatten(struct liquid_run *run, struct value list, struct results *out, unsigned depth)
{
    size_t count = run_count(run, list);
    for (size_t i = 0; i < count && !run->failed; i++) {
        struct value item = run_item(run, list, i);
        if (run_is_list(item) && item.type != VALUE_RANGE && depth < DEPTH_MOST)
            flatten(run, item, out, depth + 1);
        else
            results_add(run, out, item);
    }
}

static bool has_lists(struct liquid_run *run, struct value list)
{
    if (list.type != VALUE_LIST)
        return true;
    size_t count = run_count(run, list);
    for (size_t i = 0; i < count; i++)
        if (run_is_list(list.list->items[i]))
            return true;
    return false;
}

struct value input_items(struct liquid_run *run, struct value input)
{
    struct results items = {0};
    if (input.type == VALUE_NIL)
        return value_list(run->arena, NULL, 0);
    if (run_is_list(input)) {
        if (!has_lists(run, input))
            return input;
        flatten(run, input, &items, 0);
    } else {
        results_add(run, &items, input);
    }
    return results_list(run, &items);
}

void property_error(struct liquid_run *run, struct value property)
{
    run_fail(run, "an item of this list has no property '%.*s'", STR_ARG(run_text(run, property)));
}

static struct value text_character(struct value text, int64_t index)
{
    int64_t count = (int64_t)utf8_count(text.str);
    if (index < 0)
        index += count;
    if (index < 0 || index >= count)
        return value_nil();
    struct str rest = str_after(text.str, utf8_offset(text.str, (size_t)index));
    text.str = str_sub(rest, 0, utf8_offset(rest, 1));
    return text;
}

struct value item_property(struct liquid_run *run, struct value item, struct value property,
                           enum property_outcome *outcome)
{
    bool found;
    *outcome = PROPERTY_FOUND;
    if (item.type == VALUE_MAP || item.type == VALUE_OBJECT) {
        if (!value_is_string(property))
            return value_nil();
        struct value_key key = {.name = property.str};
        const struct liquid_host *host = &run->liquid->settings.host;
        if (host->symbol != NULL)
            key.symbol = host->symbol(host->context, key.name);
        return run_lookup(run, item, key, &found);
    }
    if (value_is_string(item)) {
        /* Ruby's "text"["ex"] is "ex", and "text"[1] is "e". */
        if (property.type == VALUE_INTEGER)
            return text_character(item, property.integer);
        struct str part = value_is_string(property) ? property.str : STR("");
        if (value_is_string(property) && str_has(item.str, part))
            return property;
        if (property.type == VALUE_NIL)
            *outcome = PROPERTY_NONE;
        else if (!value_is_string(property) && property.type != VALUE_INTEGER)
            *outcome = PROPERTY_WRONG;
        return value_nil();
    }
    if (item.type == VALUE_INTEGER) {
        /* Ruby's 5[0] is its lowest bit. */
        if (property.type == VALUE_INTEGER)
            return value_integer(property.integer < 0    ? 0
                                 : property.integer > 62 ? item.integer < 0
                                                         : item.integer >> property.integer & 1);
        *outcome = PROPERTY_WRONG;
        return value_nil();
    }
    if (run_is_list(item)) {
        if (property.type != VALUE_INTEGER)
            *outcome = PROPERTY_WRONG;
        return value_nil();
    }
    *outcome = item.type == VALUE_BIG ? PROPERTY_WRONG : PROPERTY_NONE;
    return value_nil();
}

struct value item_path(struct liquid_run *run, struct value item, struct str path)
{
    struct str part;
    while (str_split(&path, '.', &part) && item.type != VALUE_NIL) {
        bool found;
        struct value_key key = {.name = part};
        const struct liquid_host *host = &run->liquid->settings.host;
        if (host->symbol != NULL)
            key.symbol = host->symbol(host->context, part);
        item = run_lookup(run, item, key, &found);
    }
    return item;
}

static void merge(struct liquid_run *run, struct sort_entry *entries, struct sort_entry *spare,
                  size_t middle, size_t count,
                  int (*compare)(struct liquid_run *run, struct value a, struct value b))
{
    size_t left = 0;
    size_t right = middle;
    for (size_t i = 0; i < count; i++) {
        bool take_left = right >= count || (left < middle && compare(run, entries[left].key,
                                                                     entries[right].key) <= 0);
        spare[i] = take_left ? entries[left++] : entries[right++];
    }
    memcpy(entries, spare, count * sizeof *entries);
}

void sort_entries(struct liquid_run *run, struct sort_entry *entries, size_t count,
                  int (*compare)(struct liquid_run *run, struct value a, struct value b))
{
    struct sort_entry *spare = arena_alloc(run->arena, (count + 1) * sizeof *spare);
    for (size_t width = 1; width < count; width *= 2)
        for (size_t from = 0; from + width < count; from += 2 * width) {
            size_t length = count - from < 2 * width ? count - from : 2 * width;
            merge(run, entries + from, spare, width, length, compare);
        }
}
