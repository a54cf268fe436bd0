#include "pages/search_sort.h"

#include <string.h>

enum { FEW = 16 };

/* The bytes from `depth` on as a number that orders like them; zeros behind the end. */
static uint64_t prefix_of(struct str text, size_t depth)
{
    uint64_t prefix = 0;
    for (size_t i = 0; i < 8; i++)
        prefix = prefix << 8 | (depth + i < text.len ? (unsigned char)text.ptr[depth + i] : 0U);
    return prefix;
}

static inline bool is_before(const struct search_sortable *a, const struct search_sortable *b)
{
    return a->prefix != b->prefix ? a->prefix < b->prefix : str_cmp(a->text, b->text) < 0;
}

static void insert(struct search_sortable *items, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        struct search_sortable item = items[i];
        size_t at = i;
        for (; at > 0 && is_before(&item, &items[at - 1]); at--)
            items[at] = items[at - 1];
        items[at] = item;
    }
}

/* Items that agree in `depth` bytes, and in so many of their prefix's. */
static void deal(struct search_sortable *items, struct search_sortable *room, size_t count,
                 size_t depth, unsigned used)
{
    size_t starts[257] = {0};
    if (count <= FEW) {
        insert(items, count);
        return;
    }
    if (used == 8) {
        size_t longest = 0;
        depth += 8;
        for (size_t i = 0; i < count; i++) {
            items[i].prefix = prefix_of(items[i].text, depth);
            longest = items[i].text.len > longest ? items[i].text.len : longest;
        }
        if (longest <= depth) /* all the same, but for zeros at the end */
            return;
        used = 0;
    }
    unsigned shift = 56 - 8 * used;
    for (size_t i = 0; i < count; i++)
        starts[(items[i].prefix >> shift & 255) + 1]++;
    for (size_t i = 0; i < 256; i++)
        starts[i + 1] += starts[i];
    size_t next[256];
    memcpy(next, starts, sizeof next);
    for (size_t i = 0; i < count; i++)
        room[next[items[i].prefix >> shift & 255]++] = items[i];
    memcpy(items, room, count * sizeof *items);
    for (size_t i = 0; i < 256; i++) {
        if (starts[i + 1] - starts[i] > 1)
            deal(items + starts[i], room, starts[i + 1] - starts[i], depth, used + 1);
    }
}

void search_sort(struct search_sortable *items, size_t count, struct arena *scratch)
{
    struct search_sortable *room = arena_alloc(scratch, (count + 1) * sizeof *room);
    for (size_t i = 0; i < count; i++)
        items[i].prefix = prefix_of(items[i].text, 0);
    deal(items, room, count, 0, 0);
}
