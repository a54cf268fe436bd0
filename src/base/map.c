#include "base/map.h"
#include "base/hash.h"
#include "base/mem.h"

#include <string.h>

void map_init(struct map *map, struct arena *arena)
{
    /* The stack's address too: those of a region (region.h) are known to everybody. */
    *map = (struct map){.arena = arena};
    map->seed = (uint64_t)(uintptr_t)map ^ ((uint64_t)(uintptr_t)arena << 20) ^
                ((uint64_t)(uintptr_t)&map * 0x9E3779B97F4A7C15U);
}

/* The slot that holds `key`, or the free one where it belongs. slot_count is a power of two. */
static size_t find_slot(const struct map *map, struct str key, uint64_t hash)
{
    size_t mask = map->slot_count - 1;
    size_t slot = (size_t)hash & mask;
    while (map->slots[slot] != 0) {
        const struct map_entry *entry = &map->entries[map->slots[slot] - 1];
        if (entry->hash == hash && str_eq(entry->key, key))
            break;
        slot = (slot + 1) & mask;
    }
    return slot;
}

static void make_tables(struct map *map, size_t capacity)
{
    if (capacity > UINT32_MAX / 4)
        mem_exhausted(capacity * sizeof *map->entries);
    struct map_entry *entries = arena_alloc(map->arena, capacity * sizeof *entries);
    if (map->count > 0)
        memcpy(entries, map->entries, map->count * sizeof *entries);
    map->entries = entries;
    map->entry_capacity = capacity;
    map->slot_count = 16;
    while (map->slot_count < capacity * 2)
        map->slot_count *= 2;
    map->slots = arena_zalloc(map->arena, map->slot_count, sizeof *map->slots);
    for (size_t i = 0; i < map->count; i++)
        map->slots[find_slot(map, entries[i].key, entries[i].hash)] = (uint32_t)i + 1;
}

void map_room(struct map *map, size_t count)
{
    if (count > map->entry_capacity)
        make_tables(map, count);
}

static const struct map_entry *find(const struct map *map, struct str key)
{
    if (map->count == 0)
        return NULL;
    uint32_t index = map->slots[find_slot(map, key, hash_bytes(key, map->seed))];
    return index ? &map->entries[index - 1] : NULL;
}

void *map_get(const struct map *map, struct str key)
{
    const struct map_entry *entry = find(map, key);
    return entry ? entry->value : NULL;
}

bool map_has(const struct map *map, struct str key)
{
    return find(map, key) != NULL;
}

void **map_slot(struct map *map, struct str key)
{
    if (map->count == map->entry_capacity)
        make_tables(map, map->entry_capacity ? map->entry_capacity * 2 : 8);
    uint64_t hash = hash_bytes(key, map->seed);
    size_t slot = find_slot(map, key, hash);
    if (map->slots[slot] == 0) {
        map->entries[map->count] = (struct map_entry){key, hash, NULL};
        map->slots[slot] = (uint32_t)++map->count;
    }
    return &map->entries[map->slots[slot] - 1].value;
}

void *map_put(struct map *map, struct str key, void *value)
{
    void **slot = map_slot(map, key);
    void *before = *slot;
    *slot = value;
    return before;
}
