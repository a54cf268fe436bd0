/* Whatever can be gone through in order. */
#include "lang/liquid/run.h"

bool run_is_list(struct value value)
{
    return value.type == VALUE_LIST || value.type == VALUE_RANGE ||
           (value.type == VALUE_OBJECT && value.object.class->count != NULL &&
            value.object.class->item != NULL);
}

size_t run_count(struct liquid_run *run, struct value list)
{
    switch (list.type) {
    case VALUE_LIST: return list.list->count;
    case VALUE_RANGE:
        if (list.range->last < list.range->first)
            return 0;
        return (size_t)((uint64_t)list.range->last - (uint64_t)list.range->first) + 1;
    case VALUE_OBJECT: return list.object.class->count(list.object.self, &run->call->reader);
    default: return 0;
    }
}

struct value run_item(struct liquid_run *run, struct value list, size_t index)
{
    switch (list.type) {
    case VALUE_LIST: return list.list->items[index];
    case VALUE_RANGE: return value_integer(list.range->first + (int64_t)index);
    case VALUE_OBJECT: return list.object.class->item(list.object.self, index, &run->call->reader);
    default: return value_nil();
    }
}

static struct value pair(struct liquid_run *run, struct value key, struct value value)
{
    struct value *items = run_values(run, 2);
    items[0] = key;
    items[1] = value;
    return value_list(run->arena, items, 2);
}

static struct value object_pairs(struct liquid_run *run, struct value object)
{
    const struct value_class *class = object.object.class;
    if (class->keys == NULL)
        return value_list(run->arena, NULL, 0);
    struct value keys = class->keys(object.object.self, &run->call->reader);
    size_t count = run_is_list(keys) ? run_count(run, keys) : 0;
    struct value *items = run_values(run, count);
    for (size_t i = 0; i < count; i++) {
        struct value key = run_item(run, keys, i);
        bool found;
        struct value_key name = {.name = value_is_string(key) ? key.str : (struct str){0}};
        const struct liquid_host *host = &run->liquid->settings.host;
        if (host->symbol != NULL)
            name.symbol = host->symbol(host->context, name.name);
        items[i] = pair(run, key, run_lookup(run, object, name, &found));
    }
    return value_list(run->arena, items, count);
}

struct value run_pairs(struct liquid_run *run, struct value map)
{
    if (map.type == VALUE_OBJECT)
        return object_pairs(run, map);
    if (map.type != VALUE_MAP)
        return value_list(run->arena, NULL, 0);
    struct value *items = run_values(run, map.map->count);
    for (size_t i = 0; i < map.map->count; i++)
        items[i] = pair(run, value_text(map.map->entries[i].key), map.map->entries[i].value);
    return value_list(run->arena, items, map.map->count);
}
