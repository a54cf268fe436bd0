#include "lang/value.h"

#include <stdlib.h>
#include <string.h>

/* Below this, looking at each key is faster than searching. */
#define INDEX_FROM 9

struct value value_text_or_nil(struct str str)
{
    return str.len == 0 ? value_nil() : value_text(str);
}

bool value_is_string(struct value value)
{
    return value.type == VALUE_TEXT || value.type == VALUE_HTML;
}

struct value value_list(struct arena *arena, const struct value *items, size_t count)
{
    struct value_list *list = arena_alloc(arena, sizeof *list);
    *list = (struct value_list){.items = items, .count = count};
    return (struct value){.type = VALUE_LIST, .list = list};
}

struct value value_time(struct arena *arena, struct date_time time, struct str zone_name)
{
    struct value_time *moment = arena_alloc(arena, sizeof *moment);
    *moment = (struct value_time){.time = time, .zone_name = zone_name};
    return (struct value){.type = VALUE_TIME, .time = moment};
}

/* Shorter keys first: most comparisons end without looking at a byte. */
static int compare_keys(struct str a, struct str b)
{
    if (a.len != b.len)
        return a.len < b.len ? -1 : 1;
    return a.len == 0 ? 0 : memcmp(a.ptr, b.ptr, a.len);
}

static int compare_entries(const void *a, const void *b, void *entries)
{
    const struct value_entry *all = entries;
    uint32_t left = *(const uint32_t *)a;
    uint32_t right = *(const uint32_t *)b;
    int order = compare_keys(all[left].key, all[right].key);
    return order != 0 ? order : (left < right ? -1 : left > right);
}

static const uint32_t *make_index(struct arena *arena, const struct value_entry *entries,
                                  size_t count)
{
    if (count < INDEX_FROM || count > UINT32_MAX)
        return NULL;
    uint32_t *index = arena_alloc(arena, count * sizeof *index);
    for (size_t i = 0; i < count; i++)
        index[i] = (uint32_t)i;
    struct value_entry *mutable = NULL;
    memcpy(&mutable, &entries, sizeof mutable); /* qsort_r's context is not const */
    qsort_r(index, count, sizeof *index, compare_entries, mutable);
    return index;
}

struct value value_map(struct arena *arena, const struct value_entry *entries, size_t count)
{
    struct value_map *map = arena_alloc(arena, sizeof *map);
    *map = (struct value_map){.entries = entries, .count = count};
    map->index = make_index(arena, entries, count);
    return (struct value){.type = VALUE_MAP, .map = map};
}

static const struct value *search_index(const struct value_map *map, struct str key)
{
    size_t low = 0;
    size_t high = map->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct value_entry *entry = &map->entries[map->index[middle]];
        int order = compare_keys(key, entry->key);
        if (order == 0)
            return &entry->value;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

const struct value *value_map_get(const struct value_map *map, struct str key)
{
    if (map->index != NULL)
        return search_index(map, key);
    for (size_t i = 0; i < map->count; i++) {
        const struct value_entry *entry = &map->entries[i];
        if (entry->key.len == key.len &&
            (key.len == 0 || memcmp(entry->key.ptr, key.ptr, key.len) == 0))
            return &entry->value;
    }
    return NULL;
}
