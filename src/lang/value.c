#include "lang/value.h"
#include "base/hash.h"

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

/* Twice as many slots as entries at least, a power of two. */
static uint32_t slots_for(size_t count)
{
    uint32_t slots = 32;
    while (slots < 2 * count)
        slots *= 2;
    return slots;
}

/* The slot that holds `key`, or the free one where it belongs. Hashed by address too: nobody can
 * choose keys that all fall into one place. */
static uint32_t find_slot(const struct value_map *map, const uint32_t *index, struct str key)
{
    uint32_t mask = map->slot_count - 1;
    uint32_t slot = (uint32_t)hash_bytes(key, (uint64_t)(uintptr_t)index) & mask;
    while (index[slot] != 0 && !str_eq(map->entries[index[slot] - 1].key, key))
        slot = (slot + 1) & mask;
    return slot;
}

static void make_index(struct arena *arena, struct value_map *map)
{
    if (map->count < INDEX_FROM || map->count > UINT32_MAX / 4)
        return;
    map->slot_count = slots_for(map->count);
    uint32_t *index = arena_zalloc(arena, map->slot_count, sizeof *index);
    for (size_t i = 0; i < map->count; i++) {
        uint32_t slot = find_slot(map, index, map->entries[i].key);
        if (index[slot] == 0)
            index[slot] = (uint32_t)i + 1;
    }
    map->index = index;
}

struct value value_map(struct arena *arena, const struct value_entry *entries, size_t count)
{
    struct value_map *map = arena_alloc(arena, sizeof *map);
    *map = (struct value_map){.entries = entries, .count = count};
    make_index(arena, map);
    return (struct value){.type = VALUE_MAP, .map = map};
}

const struct value *value_map_get(const struct value_map *map, struct str key)
{
    if (map->index != NULL) {
        uint32_t number = map->index[find_slot(map, map->index, key)];
        return number == 0 ? NULL : &map->entries[number - 1].value;
    }
    for (size_t i = 0; i < map->count; i++) {
        const struct value_entry *entry = &map->entries[i];
        if (entry->key.len == key.len &&
            (key.len == 0 || memcmp(entry->key.ptr, key.ptr, key.len) == 0))
            return &entry->value;
    }
    return NULL;
}
