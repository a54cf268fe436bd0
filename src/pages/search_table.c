#include "pages/search_table.h"
#include "base/vec.h"

#include <string.h>

void search_table_init(struct search_table *table, struct arena *arena)
{
    *table = (struct search_table){.arena = arena};
    table->seed = (uint64_t)(uintptr_t)table ^ ((uint64_t)(uintptr_t)arena << 20);
}

static inline uint64_t load(const char *bytes)
{
    uint64_t word;
    memcpy(&word, bytes, sizeof word);
    return word;
}

static inline uint64_t load_tail(const char *bytes, size_t count, size_t room)
{
    uint64_t word = 0;
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    if (room >= 8)
        return load(bytes) & (~(uint64_t)0 >> (64 - 8 * count));
#endif
    (void)room;
    memcpy(&word, bytes, count);
    return word;
}

static inline uint64_t mix(uint64_t hash, uint64_t word)
{
    hash = (hash ^ word) * 0x9E3779B97F4A7C15U;
    return hash ^ hash >> 32;
}

/* The bytes behind the last whole eight, 1 to 8 of them (none of an empty text), and a hash of all.
 */
static inline uint64_t hash_of(const struct search_table *table, struct str text, size_t room,
                               uint64_t *tail)
{
    uint64_t hash = table->seed ^ text.len;
    size_t at = 0;
    for (; text.len - at > 8; at += 8)
        hash = mix(hash, load(text.ptr + at));
    *tail = text.len > 0 ? load_tail(text.ptr + at, text.len - at, room - at) : 0;
    return mix(hash, *tail);
}

/* `kept` has zeros behind it up to a multiple of eight, at least eight bytes in all. */
static inline bool is_same(struct str kept, struct str text, uint64_t tail)
{
    if (kept.len != text.len)
        return false;
    size_t at = 0;
    for (; text.len - at > 8; at += 8) {
        if (load(kept.ptr + at) != load(text.ptr + at))
            return false;
    }
    return load(kept.ptr + at) == tail;
}

static void grow(struct search_table *table)
{
    table->slot_count = table->slot_count ? table->slot_count * 2 : 1024;
    table->slots = arena_zalloc(table->arena, table->slot_count, sizeof *table->slots);
    for (size_t i = 0; i < table->count; i++) {
        size_t slot = table->items[i].hash & (table->slot_count - 1);
        while (table->slots[slot] != 0)
            slot = (slot + 1) & (table->slot_count - 1);
        table->slots[slot] = (uint64_t)table->items[i].hash << 32 | (i + 1);
    }
}

static struct str keep(struct arena *arena, struct str text, uint64_t tail)
{
    char *copy = arena_alloc(arena, text.len + 8);
    size_t at = 0;
    for (; text.len - at > 8; at += 8)
        memcpy(copy + at, text.ptr + at, 8);
    memcpy(copy + at, &tail, 8);
    return (struct str){copy, text.len};
}

uint32_t search_table_number_within(struct search_table *table, struct str text, size_t room)
{
    uint64_t tail;
    if (table->count * 2 >= table->slot_count)
        grow(table);
    uint32_t hash = (uint32_t)hash_of(table, text, room, &tail);
    size_t slot = hash & (table->slot_count - 1);
    for (; table->slots[slot] != 0; slot = (slot + 1) & (table->slot_count - 1)) {
        uint32_t index = (uint32_t)table->slots[slot] - 1;
        if (table->slots[slot] >> 32 == hash && is_same(table->items[index].text, text, tail))
            return index;
    }
    uint32_t index = (uint32_t)table->count;
    struct search_text made = {keep(table->arena, text, tail), 0, hash};
    *vec_push(table->arena, table) = made;
    table->slots[slot] = (uint64_t)hash << 32 | (index + 1);
    return index;
}

uint32_t search_table_number(struct search_table *table, struct str text)
{
    return search_table_number_within(table, text, text.len);
}
