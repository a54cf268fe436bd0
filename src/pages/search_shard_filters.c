/* The filters file: the values that results can be narrowed to, with how many documents have each.
 */
#include "base/vec.h"
#include "lang/collation.h"
#include "pages/json.h"
#include "pages/search_internal.h"

#include <stdlib.h>

/* So many values of one field are offered, the most frequent; the others are found by their words.
 */
enum { VALUES_MOST = 300 };

struct choice {
    struct search_facet facet;
    struct str sort_key;
    int64_t documents;
};

struct choices {
    struct choice **items;
    size_t count, capacity;
};

static void gather(const struct layout *layout, struct arena *scratch, struct choices *choices)
{
    struct map by_key;
    struct search_facets facets = {0};
    map_init(&by_key, scratch);
    for (size_t i = 0; i < layout->making->count; i++) {
        facets.count = 0;
        search_facets_of(layout->making->edition, layout->making->documents[i].entry, scratch,
                         &facets);
        for (size_t j = 0; j < facets.count; j++) {
            void **slot = map_slot(&by_key, search_facet_key(&facets.items[j], scratch));
            struct choice *choice = *slot;
            if (!choice) {
                choice = *slot = arena_zalloc(scratch, 1, sizeof *choice);
                choice->facet = facets.items[j];
                choice->sort_key = collation_key(scratch, facets.items[j].label);
                *vec_push(scratch, choices) = choice;
            }
            choice->documents++;
        }
    }
}

static int by_documents(const void *left, const void *right)
{
    const struct choice *a = *(const struct choice *const *)left;
    const struct choice *b = *(const struct choice *const *)right;
    if (a->documents != b->documents)
        return a->documents > b->documents ? -1 : 1;
    return str_cmp(a->facet.slug, b->facet.slug);
}

static int by_label(const void *left, const void *right)
{
    const struct choice *a = *(const struct choice *const *)left;
    const struct choice *b = *(const struct choice *const *)right;
    int order = str_cmp(a->sort_key, b->sort_key);
    return order ? order : str_cmp(a->facet.slug, b->facet.slug);
}

static void write_field(const char *field, const struct choices *all, struct arena *scratch,
                        struct buf *out)
{
    struct choices own = {0};
    bool newest_first = str_eq(str_from(field), STR("year"));
    for (size_t i = 0; i < all->count; i++) {
        if (str_eq(str_from(all->items[i]->facet.field), str_from(field)))
            *vec_push(scratch, &own) = all->items[i];
    }
    if (own.count > 1)
        qsort(own.items, own.count, sizeof *own.items, by_documents);
    if (own.count > VALUES_MOST)
        own.count = VALUES_MOST;
    if (own.count > 1)
        qsort(own.items, own.count, sizeof *own.items, by_label);
    json_open_list(out, field);
    for (size_t i = 0; i < own.count; i++) {
        const struct choice *choice = own.items[newest_first ? own.count - 1 - i : i];
        json_open_list(out, NULL);
        json_add_text(out, NULL, choice->facet.slug);
        json_add_text(out, NULL, choice->facet.label);
        json_add_integer(out, NULL, choice->documents);
        json_close_list(out);
    }
    json_close_list(out);
}

uint64_t layout_filters(struct layout *layout)
{
    static const char *const fields[] = {"kind",     "tag",      "designation",
                                         "location", "language", "year"};
    struct arena scratch = {0};
    struct choices choices = {0};
    struct buf out = {0};
    gather(layout, &scratch, &choices);
    json_open_object(&out, NULL);
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        write_field(fields[i], &choices, &scratch, &out);
    json_close_object(&out);
    buf_addc(&out, '\n');
    struct str bytes = arena_str(layout->arena, buf_str(&out));
    uint64_t digest = layout_add(layout, 'f', search_file_digest(bytes), bytes);
    buf_release(&out);
    arena_release(&scratch);
    return digest;
}
