/* The words files: forms and stems in alphabetical ranges. */
#include "base/mem.h"
#include "base/vec.h"
#include "pages/search_internal.h"
#include "pages/search_range.h"

#include <stdlib.h>

/* A range and the files it becomes. */
struct range {
    size_t first, end;
    struct str words;
    struct str marks;
    uint64_t words_file;
    uint64_t marks_file; /* 0: it has no marks */
    const struct search_kept_range *kept;
};

struct cutting {
    struct layout *layout;
    struct search_key *keys;
    size_t count;
    struct ranges {
        struct range *items;
        size_t count, capacity;
    } ranges;
    struct arena scratch;
    struct bufs {
        struct buf entries, marks, words;
    } * bufs;             /* one a worker */
    struct arena *arenas; /* likewise: what will be the layout's */
    struct arena *keeps;  /* and what is kept; NULL: nothing */
};

/* Forms and stems are both sorted: merged like two files. */
static void gather_keys(struct cutting *cutting)
{
    const struct search_lists *lists = cutting->layout->making->lists;
    size_t list = 0;
    size_t lead = 0;
    cutting->keys = mem_zalloc(lists->count + lists->lead_count + 1, sizeof *cutting->keys);
    while (list < lists->count || lead < lists->lead_count) {
        int order = list == lists->count ? 1
                    : lead == lists->lead_count
                        ? -1
                        : str_cmp(lists->items[list].stem, lists->leads[lead].form);
        struct search_key *key = &cutting->keys[cutting->count++];
        key->text = order <= 0 ? lists->items[list].stem : lists->leads[lead].form;
        if (order <= 0)
            key->list = &lists->items[list++];
        key->leads = lists->leads + lead;
        while (lead < lists->lead_count && str_eq(lists->leads[lead].form, key->text)) {
            lead++;
            key->lead_count++;
        }
    }
}

static void measure_key(void *context, unsigned worker, size_t index)
{
    struct cutting *cutting = context;
    struct search_key *key = &cutting->keys[index];
    (void)worker;
    search_key_measure(key);
    key->zeros = search_key_zeros(key->text);
}

static void add_range(void *context, size_t first, size_t end)
{
    struct cutting *cutting = context;
    *vec_push(&cutting->scratch, &cutting->ranges) = (struct range){.first = first, .end = end};
}

static void cut_ranges(struct cutting *cutting)
{
    struct search_unit *units =
        arena_alloc(&cutting->scratch, (cutting->count + 1) * sizeof *units);
    for (size_t i = 0; i < cutting->count; i++)
        units[i] = (struct search_unit){cutting->keys[i].size, cutting->keys[i].zeros, 0};
    const struct search_cuts cuts = {add_range, NULL, cutting};
    search_cut(units, cutting->count, &cuts);
}

/* The bytes of a range's own two files. */
static void write_files(struct cutting *cutting, struct range *range, unsigned worker)
{
    struct arena *arena = &cutting->arenas[worker];
    struct bufs *bufs = &cutting->bufs[worker];
    buf_clear(&bufs->entries);
    buf_clear(&bufs->marks);
    buf_clear(&bufs->words);
    search_range_write(cutting->keys + range->first, range->end - range->first, &bufs->entries,
                       &bufs->marks);
    range->marks = arena_str(arena, buf_str(&bufs->marks));
    range->marks_file = range->marks.len > 0 ? search_file_digest(range->marks) : 0;
    search_put_tag(&bufs->words, range->marks_file);
    buf_add(&bufs->words, buf_str(&bufs->entries));
    range->words = arena_str(arena, buf_str(&bufs->words));
    range->words_file = search_file_digest(range->words);
}

static void make_range(void *context, unsigned worker, size_t index)
{
    struct cutting *cutting = context;
    struct range *range = &cutting->ranges.items[index];
    for (size_t i = range->first; i < range->end; i++) {
        struct search_list *list = cutting->keys[i].list;
        if (!list || !list->apart)
            continue;
        list->postings_file = search_file_digest(list->postings);
        list->marks_file = list->marks.len > 0 ? search_file_digest(list->marks) : 0;
    }
    write_files(cutting, range, worker);
    if (cutting->keeps)
        range->kept =
            search_range_keep(cutting->keys + range->first, range->end - range->first,
                              range->words_file, range->marks_file, &cutting->keeps[worker]);
}

static bool add_file(struct cutting *cutting, char kind, uint64_t *digest, struct str bytes)
{
    uint64_t given = *digest;
    if (bytes.len > 0)
        *digest = layout_add(cutting->layout, kind, given, bytes);
    return *digest == given;
}

/* The files of a range, those of its long lists first. Where a name was taken the words file, which
 * has it in it, is another. */
static void add_files(struct cutting *cutting, struct range *range)
{
    bool as_made = true;
    for (size_t i = range->first; i < range->end; i++) {
        struct search_list *list = cutting->keys[i].list;
        if (!list || !list->apart)
            continue;
        as_made &= add_file(cutting, 'p', &list->postings_file, list->postings);
        as_made &= add_file(cutting, 'm', &list->marks_file, list->marks);
    }
    as_made &= add_file(cutting, 'm', &range->marks_file, range->marks);
    if (!as_made) {
        struct buf words = {0};
        struct buf marks = {0};
        search_put_tag(&words, range->marks_file);
        search_range_write(cutting->keys + range->first, range->end - range->first, &words, &marks);
        range->words = arena_str(cutting->layout->arena, buf_str(&words));
        range->words_file = search_file_digest(range->words);
        buf_release(&words);
        buf_release(&marks);
    }
    add_file(cutting, 'w', &range->words_file, range->words);
}

static void keep_ranges(struct cutting *cutting)
{
    struct search_kept_files *kept = cutting->layout->kept;
    enum { STEMS_KEPT = 31 };
    if (!kept)
        return;
    const struct search_kept_range **ranges =
        arena_alloc(cutting->layout->making->keep, (cutting->ranges.count + 1) * sizeof *ranges);
    for (size_t i = 0; i < cutting->ranges.count; i++)
        ranges[i] = cutting->ranges.items[i].kept;
    kept->ranges = ranges;
    kept->range_count = cutting->ranges.count;
    for (size_t i = 0; i < cutting->count; i++)
        kept->ambiguous = kept->ambiguous || cutting->keys[i].lead_count > STEMS_KEPT;
}

static void make_ranges(struct cutting *cutting)
{
    const struct search_making *making = cutting->layout->making;
    unsigned workers = pool_size(making->pool);
    cutting->bufs = arena_zalloc(&cutting->scratch, workers, sizeof *cutting->bufs);
    cutting->arenas = arena_zalloc(&cutting->scratch, workers, sizeof *cutting->arenas);
    pool_run(making->pool, cutting->ranges.count, 4, make_range, cutting);
    for (unsigned i = 0; i < workers; i++) {
        arena_adopt(making->arena, &cutting->arenas[i]);
        buf_release(&cutting->bufs[i].entries);
        buf_release(&cutting->bufs[i].marks);
        buf_release(&cutting->bufs[i].words);
    }
}

void layout_words(struct layout *layout, struct buf *keys, struct buf *words)
{
    struct cutting cutting = {.layout = layout,
                              .keeps = layout->kept ? layout->making->keep : NULL};
    gather_keys(&cutting);
    pool_run(layout->making->pool, cutting.count, 1024, measure_key, &cutting);
    cut_ranges(&cutting);
    make_ranges(&cutting);
    for (size_t i = 0; i < cutting.ranges.count; i++) {
        struct range *range = &cutting.ranges.items[i];
        add_files(&cutting, range);
        search_manifest_words(cutting.keys[range->first].text,
                              i == 0 ? NULL : &cutting.keys[range->first - 1].text,
                              range->words_file, keys, words);
    }
    keep_ranges(&cutting);
    arena_release(&cutting.scratch);
    free(cutting.keys);
}
