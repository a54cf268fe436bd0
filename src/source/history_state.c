#include "source/history_state.h"

#include "base/vec.h"

#include <stdlib.h>

/* Entries of trees that are looked at in all: far beyond any site, short of a bomb. */
#define MAX_VISITS ((size_t)1 << 30)

void history_state_init(struct history_state *state, struct arena *arena)
{
    *state = (struct history_state){.arena = arena, .budget = MAX_VISITS};
    map_init(&state->numbers, arena);
    map_init(&state->tracks, arena);
}

static int compare_parts(const void *a, const void *b)
{
    const struct history_part *first = a;
    const struct history_part *second = b;
    if (first->person != second->person)
        return first->person < second->person ? -1 : 1;
    return first->since < second->since ? -1 : first->since > second->since;
}

void history_join_parts(struct history_track *track)
{
    struct history_part *parts = track->parts.items;
    size_t kept = 0;
    if (track->parts.count > 1)
        qsort(parts, track->parts.count, sizeof *parts, compare_parts);
    for (size_t i = 0; i < track->parts.count; i++) {
        if (kept == 0 || parts[kept - 1].person != parts[i].person)
            parts[kept++] = parts[i];
    }
    track->parts.count = kept;
}

uint32_t history_person(struct history_state *state, struct str raw)
{
    void *known = map_get(&state->numbers, raw);
    if (known != NULL)
        return (uint32_t)((uintptr_t)known - 1);
    struct str copy = arena_str(state->arena, raw);
    uint32_t number = (uint32_t)state->people.count;
    *vec_push(state->arena, &state->people) = copy;
    map_put(&state->numbers, copy, (void *)((uintptr_t)number + 1));
    return number;
}

struct history_track *history_track(struct history_state *state, struct str path)
{
    struct history_track *track = map_get(&state->tracks, path);
    if (track != NULL)
        return track;
    track = arena_zalloc(state->arena, 1, sizeof *track);
    track->file.path = arena_str(state->arena, path);
    map_put(&state->tracks, track->file.path, track);
    return track;
}
