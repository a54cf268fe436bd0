#include "pages/search_range.h"
#include "base/hash.h"
#include "base/vec.h"
#include "pages/search_list.h"
#include "pages/search_shards.h"
#include "pages/varint.h"

#include <string.h>

/* More than this many stems of one form are not kept: five bits hold their count. */
enum { STEMS_MOST = 31, TAG_LENGTH = 10 };

void search_key_measure(struct search_key *key)
{
    size_t size = key->text.len + 3;
    for (size_t i = 0; i < key->lead_count; i++)
        size += key->leads[i].stem.len < 4 ? 4 : 6;
    if (key->list)
        size += key->list->apart ? 23 : key->list->postings.len + 2;
    key->size = (uint32_t)size;
}

uint8_t search_key_zeros(struct str text)
{
    enum { SEED = 8 };
    uint64_t hash = hash_bytes(text, SEED);
    return (uint8_t)(hash == 0 ? 64 : __builtin_ctzll(hash));
}

/* ---- writing */

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

void search_put_tag(struct buf *out, uint64_t digest)
{
    char digits[TAG_LENGTH];
    for (size_t i = 0; i < sizeof digits; i++)
        digits[i] = "0123456789abcdef"[digest >> 4 * (sizeof digits - 1 - i) & 15];
    buf_add(out, (struct str){digits, sizeof digits});
}

static void put_leads(const struct search_key *key, unsigned kind, struct buf *out)
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

static void put_entry(const struct search_key *key, struct str before, struct buf *out,
                      struct buf *marks)
{
    const struct search_list *list = key->list;
    put_text(out, key->text, before);
    put_leads(key, !list ? 0 : list->apart ? 2 : 1, out);
    if (!list)
        return;
    if (!list->apart) {
        varint_put(out, (uint32_t)list->postings.len);
        buf_add(out, list->postings);
        varint_put(marks, (uint32_t)list->marks.len);
        buf_add(marks, list->marks);
        return;
    }
    varint_put(out, list->documents);
    search_put_tag(out, list->postings_file);
    search_put_tag(out, list->marks_file);
}

void search_range_write(const struct search_key *keys, size_t count, struct buf *entries,
                        struct buf *marks)
{
    for (size_t i = 0; i < count; i++)
        put_entry(&keys[i], i == 0 ? (struct str){0} : keys[i - 1].text, entries, marks);
}

struct str search_range_limit(struct str first, const struct str *before)
{
    if (!before)
        return first;
    size_t len = shared_length(first, *before) + 1;
    while (len < first.len && ((unsigned char)first.ptr[len] & 0xC0) == 0x80)
        len++; /* a whole character */
    return str_sub(first, 0, len);
}

/* ---- keeping and reading again */

/* Of a form in a text: how many documents have it for its own stem, 0 if none, and for each other.
 */
static void keep_leads(const struct search_key *key, struct buf *documents)
{
    uint32_t own = 0;
    for (size_t i = 0; i < key->lead_count; i++) {
        if (str_eq(key->leads[i].stem, key->text))
            own = key->leads[i].documents;
    }
    if (key->lead_count > 0)
        varint_put(documents, own);
    for (size_t i = 0; i < key->lead_count; i++) {
        if (!str_eq(key->leads[i].stem, key->text))
            varint_put(documents, key->leads[i].documents);
    }
}

const struct search_kept_range *search_range_keep(const struct search_key *keys, size_t count,
                                                  uint64_t words, uint64_t marks,
                                                  struct arena *arena)
{
    struct search_kept_range *range = arena_zalloc(arena, 1, sizeof *range);
    struct buf documents = {0};
    size_t apart = 0;
    for (size_t i = 0; i < count; i++)
        apart += keys[i].list && keys[i].list->apart;
    uint64_t *files = arena_alloc(arena, (2 * apart + 1) * sizeof *files);
    range->apart = files;
    range->apart_count = (uint32_t)apart;
    for (size_t i = 0; i < count; i++) {
        const struct search_key *key = &keys[i];
        range->size += key->size;
        if (i > 0 && key->zeros > range->inner)
            range->inner = key->zeros;
        keep_leads(key, &documents);
        if (!key->list || !key->list->apart)
            continue;
        *files++ = key->list->postings_file;
        *files++ = key->list->marks_file;
    }
    range->zeros = keys[0].zeros;
    range->first = arena_str(arena, keys[0].text);
    range->last = arena_str(arena, keys[count - 1].text);
    range->words = words;
    range->marks = marks;
    range->documents = arena_str(arena, buf_str(&documents));
    buf_release(&documents);
    return range;
}

/* What is left of a words file, of its marks, and of what was kept beside them. */
struct parsing {
    struct str words;
    struct str marks;
    struct str documents;
    const uint64_t *apart;
    size_t apart_left;
    struct arena *arena;
};

static bool take(struct str *bytes, size_t count, struct str *out)
{
    if (bytes->len < count)
        return false;
    *out = str_sub(*bytes, 0, count);
    *bytes = str_after(*bytes, count);
    return true;
}

static bool take_number(struct str *bytes, uint32_t *number)
{
    if (bytes->len == 0)
        return false;
    *number = varint_take(bytes);
    return true;
}

/* A text after `other`, of which it has the beginning. */
static bool take_text(struct parsing *parsing, struct str other, struct str *text)
{
    struct str lengths, rest;
    if (!take(&parsing->words, 2, &lengths))
        return false;
    size_t shared = (unsigned char)lengths.ptr[0];
    if (shared > other.len || !take(&parsing->words, (unsigned char)lengths.ptr[1], &rest))
        return false;
    *text = shared == 0 ? rest : arena_concat(parsing->arena, str_sub(other, 0, shared), rest);
    return true;
}

/* The stems of a form: that it leads to itself stands beside the file only. */
static bool take_leads(struct parsing *parsing, struct search_key *key, size_t others)
{
    uint32_t own;
    struct search_lead *leads = arena_zalloc(parsing->arena, others + 2, sizeof *leads);
    key->leads = leads;
    if (!take_number(&parsing->documents, &own))
        return false;
    for (size_t i = 0; i < others; i++) {
        struct search_lead lead = {.form = key->text};
        if (!take_text(parsing, key->text, &lead.stem) ||
            !take_number(&parsing->documents, &lead.documents))
            return false;
        if (own > 0 && str_cmp(lead.stem, key->text) > 0) {
            leads[key->lead_count++] = (struct search_lead){key->text, key->text, own};
            own = 0;
        }
        leads[key->lead_count++] = lead;
    }
    if (own > 0)
        leads[key->lead_count++] = (struct search_lead){key->text, key->text, own};
    return true;
}

static bool take_list(struct parsing *parsing, struct search_key *key, bool apart)
{
    struct search_list *list = arena_zalloc(parsing->arena, 1, sizeof *list);
    struct str tags;
    uint32_t length;
    list->stem = key->text;
    list->apart = apart;
    key->list = list;
    if (!take_number(&parsing->words, &length))
        return false;
    if (apart) {
        list->documents = length;
        if (!take(&parsing->words, 2 * TAG_LENGTH, &tags) || parsing->apart_left-- == 0)
            return false;
        list->postings_file = *parsing->apart++;
        list->marks_file = *parsing->apart++;
        return true;
    }
    struct str rest;
    if (!take(&parsing->words, length, &list->postings) || !take_number(&parsing->marks, &length) ||
        !take(&parsing->marks, length, &list->marks))
        return false;
    rest = list->postings;
    return take_number(&rest, &list->documents);
}

bool search_range_read(const struct search_kept_range *range, struct str words, struct str marks,
                       struct arena *arena, struct search_keys *keys)
{
    struct parsing parsing = {words, marks, range->documents, range->apart, range->apart_count,
                              arena};
    struct str before = {0};
    struct str one;
    if (!take(&parsing.words, TAG_LENGTH, &one))
        return false;
    while (parsing.words.len > 0) {
        struct search_key *key = vec_push(arena, keys);
        *key = (struct search_key){0};
        if (!take_text(&parsing, before, &key->text) || !take(&parsing.words, 1, &one))
            return false;
        unsigned kind = (unsigned char)one.ptr[0];
        if ((kind & 0x80) && !take_leads(&parsing, key, kind >> 2 & STEMS_MOST))
            return false;
        if ((kind & 3) > 0 && !take_list(&parsing, key, (kind & 3) == 2))
            return false;
        key->zeros = search_key_zeros(key->text);
        search_key_measure(key);
        before = key->text;
    }
    return parsing.marks.len == 0 && parsing.documents.len == 0 && parsing.apart_left == 0;
}

/* ---- cutting */

/* A range that is too large is cut before each key of enough zeros, and each part of it in turn
 * before those of one zero less. */
static void cut(const struct search_unit *units, size_t first, size_t end, unsigned level,
                const struct search_cuts *cuts)
{
    size_t size = 0;
    for (size_t i = first; i < end && size <= SEARCH_WORDS_MOST; i++)
        size += units[i].size;
    if (size <= SEARCH_WORDS_MOST || level == 0) {
        cuts->add(cuts->context, first, end);
        return;
    }
    size_t start = first;
    for (size_t i = first; i < end; i++) {
        if (units[i].inner >= level)
            cuts->blocked(cuts->context, i);
        if (i == start || units[i].zeros < level)
            continue;
        cut(units, start, i, level - 1, cuts);
        start = i;
    }
    cut(units, start, end, level - 1, cuts);
}

void search_cut(const struct search_unit *units, size_t count, const struct search_cuts *cuts)
{
    unsigned level = 0; /* above which nothing can be cut */
    for (size_t i = 0; i < count; i++) {
        level = units[i].zeros > level ? units[i].zeros : level;
        level = units[i].inner > level ? units[i].inner : level;
    }
    if (count > 0)
        cut(units, 0, count, level < SEARCH_ZEROS_MOST ? level : SEARCH_ZEROS_MOST, cuts);
}
