/* A hash map from byte strings to pointers, in an arena, iterated in insertion order.
 *
 * Keys are borrowed: they must outlive the map. Entries are never removed. The hash is seeded per
 * map with an address, so that a stranger cannot prepare colliding slugs, and since iteration
 * follows insertion, the seed never shows in an output. One writer; any number of readers once
 * nobody writes. */
#ifndef COPSE_BASE_MAP_H
#define COPSE_BASE_MAP_H

#include "base/arena.h"
#include "base/str.h"

#include <stdint.h>

struct map_entry {
    struct str key;
    uint64_t hash;
    void *value;
};

struct map {
    struct arena *arena;
    struct map_entry *entries; /* in insertion order, `count` of them */
    size_t count;
    size_t entry_capacity;
    uint32_t *slots; /* index of an entry plus 1, or 0 */
    size_t slot_count;
    uint64_t seed;
};

/* An empty map whose tables live in `arena`. */
void map_init(struct map *map, struct arena *arena);

/* Makes room for `count` keys in all at once: tables that are outgrown stay in the arena. */
void map_room(struct map *map, size_t count);

/* The value under `key`, or NULL. A map that was only zeroed is an empty one here. */
void *map_get(const struct map *map, struct str key);
bool map_has(const struct map *map, struct str key);

/* Puts `value` under `key` and returns what stood there before, or NULL. */
void *map_put(struct map *map, struct str key, void *value);

/* The address of the value under `key`, made with NULL in it if it was not there. Valid until the
 * next map_put() or map_slot(). */
void **map_slot(struct map *map, struct str key);

#endif
