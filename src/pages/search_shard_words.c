/* The words files: forms and stems in alphabetical ranges. */
#include "base/hash.h"
#include "base/mem.h"
#include "base/vec.h"
#include "pages/search_internal.h"
#include "pages/varint.h"

#include <stdlib.h>

/* More than this many stems of one form are not kept: five bits hold their count. */
enum { STEMS_MOST = 31, LEVEL_MOST = 24 };

struct key {
    struct str text;
    const struct search_list *list;  /* NULL: no stem */
    const struct search_lead *leads; /* its own as a form */
    size_t lead_count;
    size_t size;    /* of its entry, at most */
    unsigned zeros; /* at the end of its digest: the more, the sooner it begins a file */
};

struct cutting {
    struct layout *layout;
    struct key *keys;
    size_t count;
    struct buf *first_keys;
    struct buf *words;
};

static bool is_short(const struct search_list *list)
{
    return list->postings.len <= SEARCH_LIST_MOST;
}

static size_t entry_size(const struct key *key)
{
    size_t size = key->text.len + 3;
    for (size_t i = 0; i < key->lead_count; i++)
        size += key->leads[i].stem.len < 4 ? 4 : 6;
    if (key->list)
        size += is_short(key->list) ? key->list->postings.len + 2 : 23;
    return size;
}

/* Forms and stems are both sorted: merged like two files. */
static void gather_keys(struct cutting *cutting)
{
    const struct search_lists *lists = cutting->layout->lists;
    size_t list = 0;
    size_t lead = 0;
    cutting->keys = mem_zalloc(lists->count + lists->lead_count + 1, sizeof *cutting->keys);
    while (list < lists->count || lead < lists->lead_count) {
        int order = list == lists->count ? 1
                    : lead == lists->lead_count
                        ? -1
                        : str_cmp(lists->items[list].stem, lists->leads[lead].form);
        struct key *key = &cutting->keys[cutting->count++];
        key->text = order <= 0 ? lists->items[list].stem : lists->leads[lead].form;
        if (order <= 0)
            key->list = &lists->items[list++];
        key->leads = lists->leads + lead;
        while (lead < lists->lead_count && str_eq(lists->leads[lead].form, key->text)) {
            lead++;
            key->lead_count++;
        }
        key->size = entry_size(key);
        uint64_t digest = digest_of(key->text).low;
        key->zeros = digest == 0 ? 64 : (unsigned)__builtin_ctzll(digest);
    }
}

static size_t shared_length(struct str a, struct str b)
{
    size_t shared = 0;
    while (shared < a.len && shared < b.len && a.ptr[shared] == b.ptr[shared])
        shared++;
    return shared;
}

/* A text as what it shares with another and what comes behind. */
static void put_text(struct buf *out, struct str text, struct str other)
{
    size_t shared = shared_length(text, other);
    buf_addc(out, (char)shared);
    buf_addc(out, (char)(text.len - shared));
    buf_add(out, str_after(text, shared));
}

static void put_tag(struct buf *out, uint64_t tag)
{
    buf_addf(out, "%0*llx", LAYOUT_DIGITS, (unsigned long long)tag);
}

static void put_leads(const struct key *key, unsigned kind, struct buf *out)
{
    size_t count = 0;
    for (size_t i = 0; i < key->lead_count; i++)
        count += !str_eq(key->leads[i].stem, key->text);
    if (count > STEMS_MOST)
        count = STEMS_MOST;
    buf_addc(out, (char)(kind | count << 2 | (key->lead_count > 0 ? 0x80U : 0)));
    for (size_t i = 0; count > 0; i++) {
        if (str_eq(key->leads[i].stem, key->text))
            continue;
        put_text(out, key->leads[i].stem, key->text);
        count--;
    }
}

static void put_entry(struct cutting *cutting, const struct key *key, struct str before,
                      struct buf *out, struct buf *marks)
{
    const struct search_list *list = key->list;
    put_text(out, key->text, before);
    put_leads(key, !list ? 0 : is_short(list) ? 1 : 2, out);
    if (!list)
        return;
    if (is_short(list)) {
        varint_put(out, (uint32_t)list->postings.len);
        buf_add(out, list->postings);
        varint_put(marks, (uint32_t)list->marks.len);
        buf_add(marks, list->marks);
        return;
    }
    varint_put(out, list->documents);
    put_tag(out, layout_add(cutting->layout, 'p', LAYOUT_DIGITS, "bin", list->postings));
    put_tag(out, list->marks.len > 0
                     ? layout_add(cutting->layout, 'm', LAYOUT_DIGITS, "bin", list->marks)
                     : 0);
}

/* The shortest beginning of a file's first key that comes after the last one of the file before. */
static struct str limit_key(const struct cutting *cutting, size_t first)
{
    struct str key = cutting->keys[first].text;
    if (first == 0)
        return key;
    size_t len = shared_length(key, cutting->keys[first - 1].text) + 1;
    while (len < key.len && ((unsigned char)key.ptr[len] & 0xC0) == 0x80)
        len++; /* a whole character */
    return str_sub(key, 0, len);
}

static void add_file(struct cutting *cutting, size_t first, size_t end)
{
    struct layout *layout = cutting->layout;
    struct buf entries = {0};
    struct buf marks = {0};
    struct buf out = {0};
    for (size_t i = first; i < end; i++)
        put_entry(cutting, &cutting->keys[i],
                  i == first ? (struct str){0} : cutting->keys[i - 1].text, &entries, &marks);
    put_tag(&out, marks.len == 0 ? 0
                                 : layout_add(layout, 'm', LAYOUT_DIGITS, "bin",
                                              arena_str(layout->arena, buf_str(&marks))));
    buf_add(&out, buf_str(&entries));
    uint64_t tag = layout_add(layout, 'w', LAYOUT_WORDS_DIGITS, "bin",
                              arena_str(layout->arena, buf_str(&out)));
    buf_addf(cutting->first_keys, "%s%.*s", first == 0 ? "" : " ",
             STR_ARG(limit_key(cutting, first)));
    buf_addf(cutting->words, "%0*llx", LAYOUT_WORDS_DIGITS, (unsigned long long)tag);
    buf_release(&entries);
    buf_release(&marks);
    buf_release(&out);
}

/* Cuts a range that is too large before each key of enough zeros, and each part of it in turn
 * before those of one zero less. */
static void cut(struct cutting *cutting, size_t first, size_t end, unsigned level)
{
    size_t size = 0;
    for (size_t i = first; i < end && size <= SEARCH_WORDS_MOST; i++)
        size += cutting->keys[i].size;
    if (size <= SEARCH_WORDS_MOST || level == 0) {
        add_file(cutting, first, end);
        return;
    }
    size_t start = first;
    for (size_t i = first + 1; i <= end; i++) {
        if (i < end && cutting->keys[i].zeros < level)
            continue;
        cut(cutting, start, i, level - 1);
        start = i;
    }
}

void layout_words(struct layout *layout, struct buf *keys, struct buf *words)
{
    struct cutting cutting = {.layout = layout, .first_keys = keys, .words = words};
    gather_keys(&cutting);
    if (cutting.count > 0)
        cut(&cutting, 0, cutting.count, LEVEL_MOST);
    free(cutting.keys);
}
