/* Which files of an edited index are new and which are gone: a file may be named by several words
 * files, and is only one. */
#include "base/vec.h"
#include "pages/search_edit_internal.h"

#include <stdlib.h>

/* The part of a digest that a name shows. */
static uint64_t shown(char kind, uint64_t digest)
{
    int digits = kind == 'w' ? LAYOUT_WORDS_DIGITS : LAYOUT_DIGITS;
    return digest & ((1ULL << (4 * digits)) - 1);
}

static int compare_shown(const struct search_name *a, const struct search_name *b)
{
    if (a->kind != b->kind)
        return a->kind < b->kind ? -1 : 1;
    if (a->kind == 'c')
        return str_cmp(a->url, b->url);
    uint64_t left = shown(a->kind, a->digest);
    uint64_t right = shown(b->kind, b->digest);
    return left < right ? -1 : left > right;
}

static int compare_names(const void *left, const void *right)
{
    const struct search_name *a = left;
    const struct search_name *b = right;
    int order = compare_shown(a, b);
    return order ? order : a->digest < b->digest ? -1 : a->digest > b->digest;
}

/* Sorts them, and makes one of those of the same file. */
static void join(struct search_names *names)
{
    size_t kept = 0;
    if (names->count > 1)
        qsort(names->items, names->count, sizeof *names->items, compare_names);
    for (size_t i = 0; i < names->count; i++) {
        struct search_name *last = &names->items[kept > 0 ? kept - 1 : 0];
        if (kept == 0 || compare_names(last, &names->items[i]) != 0) {
            names->items[kept++] = names->items[i];
            continue;
        }
        last->was |= names->items[i].was;
        last->is |= names->items[i].is;
        if (last->bytes.len == 0)
            last->bytes = names->items[i].bytes;
    }
    names->count = kept;
}

/* A file of a range that stands as it is: it was there and is. False: another one has its name. */
static bool stands(struct search_names *names, char kind, uint64_t digest)
{
    const struct search_name wanted = {.kind = kind, .digest = digest};
    size_t low = 0;
    size_t high = names->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare_shown(&names->items[middle], &wanted) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < names->count && compare_shown(&names->items[low], &wanted) == 0; low++) {
        if (names->items[low].digest != digest)
            return false;
        names->items[low].was = names->items[low].is = true;
    }
    return true;
}

/* Both lists of ranges are in order; what is in both is the same in both. */
static bool see_standing(struct search_editing *editing)
{
    const struct search_kept_files *old = &editing->known->files;
    const struct search_kept_files *now = &editing->files;
    size_t at = 0;
    for (size_t i = 0; i < now->range_count; i++) {
        const struct search_kept_range *range = now->ranges[i];
        size_t next = at;
        while (next < old->range_count && str_cmp(old->ranges[next]->first, range->first) < 0)
            next++;
        at = next;
        if (at == old->range_count || old->ranges[at] != range)
            continue;
        bool fine = stands(&editing->names, 'w', range->words) &&
                    (range->marks == 0 || stands(&editing->names, 'm', range->marks));
        for (size_t j = 0; fine && j < range->apart_count; j++)
            fine = stands(&editing->names, 'p', range->apart[2 * j]) &&
                   (range->apart[2 * j + 1] == 0 ||
                    stands(&editing->names, 'm', range->apart[2 * j + 1]));
        if (!fine)
            return false;
    }
    return true;
}

static bool has_clash(const struct search_names *names)
{
    for (size_t i = 0; i < names->count; i++) {
        const struct search_name *name = &names->items[i];
        if ((i > 0 && compare_shown(name - 1, name) == 0) ||
            (name->kind != 'c' && shown(name->kind, name->digest) == 0))
            return true;
    }
    return false;
}

static struct str url_of(struct search_editing *editing, const struct search_name *name)
{
    return name->kind == 'c'
               ? name->url
               : search_file_url(editing->edition, name->kind, name->digest, editing->arena);
}

bool search_edit_names(struct search_editing *editing, struct search_edited *out,
                       struct search_file **manifest)
{
    struct search_names *names = &editing->names;
    struct search_file *files = arena_alloc(editing->arena, (names->count + 1) * sizeof *files);
    struct str *gone = arena_alloc(editing->arena, (names->count + 1) * sizeof *gone);
    size_t count = 1; /* the manifest will be the first */
    join(names);
    if (has_clash(names) || !see_standing(editing))
        return false;
    *out = (struct search_edited){.files = files, .gone = gone};
    for (size_t i = 0; i < names->count; i++) {
        const struct search_name *name = &names->items[i];
        if (name->is && !name->was) {
            if (name->bytes.len == 0)
                return false;
            files[count++] = (struct search_file){url_of(editing, name), name->bytes, NULL};
        } else if (name->was && !name->is) {
            gone[out->gone_count++] = url_of(editing, name);
        }
    }
    files[0] = (struct search_file){0};
    *manifest = files;
    out->count = count > 1 || out->gone_count > 0 ? count : 0;
    return true;
}
