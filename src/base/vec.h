/* Growing lists in an arena.
 *
 * A list is any struct with the fields `items` (pointer to the element type), `count` and
 * `capacity` (size_t), each with a name of its own so that it can be passed about:
 *
 *     struct tag_list { struct tag *items; size_t count, capacity; };
 *
 * The items move when the list grows: keep indexes, not pointers, until it is complete. What it
 * outgrew stays in the arena until that is cleared (at most as much again as the list). */
#ifndef COPSE_BASE_VEC_H
#define COPSE_BASE_VEC_H

#include "base/arena.h"

/* A pointer to one more item at the end of *list, not cleared:
 *     *vec_push(arena, &tags) = tag; */
#define vec_push(arena, list)                                                                      \
    ((list)->items = vec_room((arena), (list)->items, (list)->count, &(list)->capacity,            \
                              sizeof *(list)->items),                                              \
     &(list)->items[(list)->count++])

/* Room for `most` items in a list that has none yet, where it is known how many there will be and
 * the arena is kept: a list begins with eight otherwise. */
#define vec_start(arena, list, most)                                                               \
    ((list)->items = arena_alloc((arena), (most) * sizeof *(list)->items),                         \
     (list)->capacity = (most))

/* A larger copy of the items in `arena`. */
void *vec_grow(struct arena *arena, void *items, size_t count, size_t *capacity, size_t item_size);

/* The items with room for one more: `items` itself, or a larger copy. */
static inline void *vec_room(struct arena *arena, void *items, size_t count, size_t *capacity,
                             size_t item_size)
{
    return count < *capacity ? items : vec_grow(arena, items, count, capacity, item_size);
}

#endif
