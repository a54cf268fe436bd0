#include "review/problems.h"

#include "base/map.h"

#include <string.h>

/* What a build leaves out with a warning. */
static const char *const dropped[] = {"dropped-html", "unsafe-url", "unknown-file-type",
                                      "external-picture"};

static bool is_dropped(const struct diag *diag)
{
    for (size_t i = 0; i < sizeof dropped / sizeof *dropped; i++) {
        if (strcmp(diag->code, dropped[i]) == 0)
            return true;
    }
    return false;
}

static struct str path_of(const struct diag *diag)
{
    return diag->span.text ? diag->span.text->path : (struct str){0};
}

/* The same for a problem of BASE and of the result; `moved` is the change's map of new paths. */
static struct str key_of(struct arena *arena, const struct diag *diag, const struct map *moved)
{
    struct str path = path_of(diag);
    const struct merge_change *change = moved ? map_get(moved, path) : NULL;
    if (change)
        path = change->moved_to;
    return arena_printf(arena, "%s\n%.*s\n%.*s", diag->code, STR_ARG(path), STR_ARG(diag->message));
}

/* Counts are kept in the map's pointers. */
static size_t *count_of(struct map *counts, struct arena *arena, struct str key)
{
    void **slot = map_slot(counts, key);
    if (!*slot)
        *slot = arena_zalloc(arena, 1, sizeof(size_t));
    return *slot;
}

static void add_new(const struct diag *diag, const struct map *touched, struct diags *out)
{
    struct diag *copy =
        diag_add(out, diag->severity, diag->code, diag->span, "%.*s", STR_ARG(diag->message));
    copy->hint = diag->hint;
    if (copy->severity == SEVERITY_WARNING && is_dropped(diag) && map_has(touched, path_of(diag)))
        copy->severity = SEVERITY_ERROR;
}

static void list_paths(const struct merge_change *changes, size_t count, struct map *touched,
                       struct map *moved)
{
    for (size_t i = 0; i < count; i++) {
        if (changes[i].in_site.len == 0)
            continue;
        map_put(touched, changes[i].in_site, (void *)&changes[i]);
        if (changes[i].moved_to.len > 0)
            map_put(moved, changes[i].in_site, (void *)&changes[i]);
    }
}

void problems_find(const struct diags *base, const struct diags *after,
                   const struct merge_change *changes, size_t change_count, struct diags *out,
                   struct problems_counts *counts)
{
    struct arena scratch = {0};
    struct map known;
    struct map touched;
    struct map moved;
    map_init(&known, &scratch);
    map_init(&touched, &scratch);
    map_init(&moved, &scratch);
    list_paths(changes, change_count, &touched, &moved);
    *counts = (struct problems_counts){0};
    for (size_t i = 0; i < base->count; i++)
        ++*count_of(&known, &scratch, key_of(&scratch, &base->items[i], &moved));
    size_t left = base->count;
    for (size_t i = 0; i < after->count; i++) {
        const struct diag *diag = &after->items[i];
        size_t *count = count_of(&known, &scratch, key_of(&scratch, diag, NULL));
        if (*count == 0) {
            add_new(diag, &touched, out);
            continue;
        }
        --*count;
        left--;
        counts->errors += diag->severity >= SEVERITY_ERROR;
        counts->warnings += diag->severity == SEVERITY_WARNING;
    }
    counts->mended = left;
    arena_release(&scratch);
}
