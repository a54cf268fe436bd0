/* The words files after an edit: those that hold a changed word are read again, changed and laid
 * out anew; all others stay closed. */
#include "base/vec.h"
#include "pages/search_edit_internal.h"
#include "pages/search_range.h"

#include <string.h>

/* An old words file. */
struct segment {
    const struct search_kept_range *kept;
    struct search_keys keys; /* if it is open */
    bool open;
    bool wanted; /* to be opened before ranges are cut again */
};

/* A range as it is now: a closed segment, or keys. */
struct result {
    const struct search_kept_range *kept;
    size_t first, end; /* units */
};

struct words {
    struct search_editing *editing;
    struct segment *segments;
    size_t count;
    struct search_unit *units;
    struct unit_of {
        struct segment *segment;
        const struct search_key *key; /* NULL: the whole segment */
    } * places;
    struct results {
        struct result *items;
        size_t count, capacity;
    } results;
    bool again; /* segments are to be opened first */
};

/* ---- opening */

static bool read_file(struct words *words, char kind, uint64_t digest, struct str *bytes)
{
    struct search_editing *editing = words->editing;
    *bytes = (struct str){0};
    if (digest == 0)
        return true;
    struct str url = search_file_url(editing->edition, kind, digest, &editing->scratch);
    return search_edit_read(editing, url, digest, bytes);
}

static bool open_segment(struct words *words, struct segment *segment)
{
    struct str bytes, marks;
    if (segment->open)
        return true;
    segment->open = true;
    return read_file(words, 'w', segment->kept->words, &bytes) &&
           read_file(words, 'm', segment->kept->marks, &marks) &&
           search_range_read(segment->kept, bytes, marks, &words->editing->scratch, &segment->keys);
}

/* The segment that a key is in, or would be. */
static struct segment *segment_of(struct words *words, struct str text)
{
    size_t low = 0;
    size_t high = words->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (str_cmp(words->segments[middle].kept->first, text) <= 0)
            low = middle + 1;
        else
            high = middle;
    }
    return &words->segments[low > 0 ? low - 1 : 0];
}

/* ---- changing keys */

/* The place of a key among those of its segment, which are opened; made if it was not there. NULL:
 * the segment cannot be read. */
static struct search_key *key_of(struct words *words, struct str text, struct segment **segment)
{
    struct segment *own = *segment = segment_of(words, text);
    if (!open_segment(words, own))
        return NULL;
    size_t low = 0;
    size_t high = own->keys.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (str_cmp(own->keys.items[middle].text, text) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    if (low < own->keys.count && str_eq(own->keys.items[low].text, text))
        return &own->keys.items[low];
    vec_push(&words->editing->scratch, &own->keys);
    struct search_key *key = &own->keys.items[low];
    memmove(key + 1, key, (own->keys.count - 1 - low) * sizeof *key);
    *key = (struct search_key){.text = text, .zeros = search_key_zeros(text)};
    return key;
}

/* Takes a key out that has become neither stem nor form. */
static void settle(struct segment *segment, struct search_key *key)
{
    if (key->list || key->lead_count > 0) {
        search_key_measure(key);
        return;
    }
    size_t behind = (size_t)(segment->keys.items + segment->keys.count - (key + 1));
    memmove(key, key + 1, behind * sizeof *key);
    segment->keys.count--;
}

static bool load_list(struct words *words, struct search_list *list)
{
    return !list->apart || list->postings.len > 0 ||
           (read_file(words, 'p', list->postings_file, &list->postings) &&
            read_file(words, 'm', list->marks_file, &list->marks));
}

/* The changes of one list, in order of number, put in among its places. */
static bool change_places(struct search_place *places, size_t count,
                          const struct search_list_change *changes, size_t change_count,
                          struct search_place *out, size_t *out_count)
{
    size_t at = 0;
    *out_count = 0;
    for (size_t i = 0; i < change_count; i++) {
        while (at < count && places[at].number < changes[i].place.number)
            out[(*out_count)++] = places[at++];
        bool there = at < count && places[at].number == changes[i].place.number;
        if (!there && !changes[i].stays)
            return false;
        at += there;
        if (changes[i].stays)
            out[(*out_count)++] = changes[i].place;
    }
    while (at < count)
        out[(*out_count)++] = places[at++];
    return true;
}

static bool change_list(struct words *words, const struct search_list_change *changes, size_t count)
{
    struct arena *scratch = &words->editing->scratch;
    struct segment *segment;
    struct search_place *places = NULL;
    size_t place_count = 0;
    struct search_key *key = key_of(words, changes[0].stem, &segment);
    if (!key || (key->list && (!load_list(words, key->list) ||
                               !search_list_read(key->list, scratch, &places, &place_count))))
        return false;
    struct search_place *out = arena_alloc(scratch, (place_count + count) * sizeof *out);
    if (!change_places(places, place_count, changes, count, out, &place_count))
        return false;
    key->list = NULL;
    if (place_count > 0) {
        key->list = arena_zalloc(scratch, 1, sizeof *key->list);
        key->list->stem = key->text;
        search_list_write(out, place_count, words->editing->arena, key->list);
        if (key->list->apart) {
            key->list->postings_file = search_file_digest(key->list->postings);
            key->list->marks_file =
                key->list->marks.len > 0 ? search_file_digest(key->list->marks) : 0;
        }
    }
    settle(segment, key);
    return true;
}

/* The lead to a stem: where it is, or where it belongs. */
static size_t lead_at(const struct search_key *key, struct str stem)
{
    size_t at = 0;
    while (at < key->lead_count && str_cmp(key->leads[at].stem, stem) < 0)
        at++;
    return at;
}

static bool change_lead(struct words *words, struct search_key *key,
                        const struct search_lead_change *change)
{
    size_t at = lead_at(key, change->stem);
    bool there = at < key->lead_count && str_eq(key->leads[at].stem, change->stem);
    int64_t documents = (there ? (int64_t)key->leads[at].documents : 0) + change->more;
    if (documents < 0)
        return false;
    struct search_lead *leads =
        arena_alloc(&words->editing->scratch, (key->lead_count + 1) * sizeof *leads);
    if (at > 0)
        memcpy(leads, key->leads, at * sizeof *leads);
    size_t count = at;
    if (documents > 0)
        leads[count++] = (struct search_lead){key->text, change->stem, (uint32_t)documents};
    for (size_t i = at + there; i < key->lead_count; i++)
        leads[count++] = key->leads[i];
    key->leads = leads;
    key->lead_count = (uint32_t)count;
    return true;
}

/* A form that comes in or goes stands turned round as well, or no longer. */
static bool change_turned(struct words *words, struct str form, int32_t more)
{
    struct segment *segment;
    struct str turned = search_turned(form, &words->editing->scratch);
    if (turned.len == 0)
        return true;
    struct search_key *key = key_of(words, turned, &segment);
    const struct search_lead_change change = {turned, turned, more};
    if (!key || !change_lead(words, key, &change))
        return false;
    settle(segment, key);
    return true;
}

static bool change_form(struct words *words, const struct search_lead_change *changes, size_t count)
{
    enum { LEADS_MOST = 31 };
    struct segment *segment;
    struct search_key *key = key_of(words, changes[0].form, &segment);
    if (!key)
        return false;
    bool was = key->lead_count > 0;
    for (size_t i = 0; i < count; i++) {
        if (!change_lead(words, key, &changes[i]))
            return false;
    }
    bool is = key->lead_count > 0;
    if (key->lead_count > LEADS_MOST)
        return false;
    settle(segment, key);
    return was == is || change_turned(words, changes[0].form, is ? 1 : -1);
}

static bool change_words(struct words *words, const struct search_changes *changes)
{
    const struct search_list_changes *lists = &changes->lists;
    const struct search_lead_changes *leads = &changes->leads;
    for (size_t i = 0, end; i < lists->count; i = end) {
        for (end = i + 1;
             end < lists->count && str_eq(lists->items[end].stem, lists->items[i].stem);)
            end++;
        if (!change_list(words, &lists->items[i], end - i))
            return false;
    }
    for (size_t i = 0, end; i < leads->count; i = end) {
        for (end = i + 1;
             end < leads->count && str_eq(leads->items[end].form, leads->items[i].form);)
            end++;
        if (!change_form(words, &leads->items[i], end - i))
            return false;
    }
    return true;
}

/* ---- cutting again */

static void add_result(void *context, size_t first, size_t end)
{
    struct words *words = context;
    const struct unit_of *places = words->places + first;
    struct result *result = vec_push(&words->editing->scratch, &words->results);
    *result = (struct result){NULL, first, end};
    if (end - first == 1 && !places[0].key) {
        result->kept = places[0].segment->kept;
        return;
    }
    for (size_t i = 0; i < end - first; i++) {
        if (places[i].key)
            continue;
        places[i].segment->wanted = true; /* joined with what is beside it */
        words->again = true;
    }
}

static void want_unit(void *context, size_t unit)
{
    struct words *words = context;
    words->places[unit].segment->wanted = true;
    words->again = true;
}

static void cut_once(struct words *words)
{
    struct arena *scratch = &words->editing->scratch;
    size_t most = 1;
    size_t count = 0;
    for (size_t i = 0; i < words->count; i++)
        most += words->segments[i].open ? words->segments[i].keys.count : 1;
    words->units = arena_alloc(scratch, most * sizeof *words->units);
    words->places = arena_alloc(scratch, most * sizeof *words->places);
    words->results = (struct results){0};
    words->again = false;
    for (size_t i = 0; i < words->count; i++) {
        struct segment *segment = &words->segments[i];
        const struct search_kept_range *kept = segment->kept;
        if (!segment->open) {
            words->places[count] = (struct unit_of){segment, NULL};
            words->units[count++] = (struct search_unit){kept->size, kept->zeros, kept->inner};
            continue;
        }
        for (size_t j = 0; j < segment->keys.count; j++) {
            const struct search_key *key = &segment->keys.items[j];
            words->places[count] = (struct unit_of){segment, key};
            words->units[count++] = (struct search_unit){key->size, key->zeros, 0};
        }
    }
    const struct search_cuts cuts = {add_result, want_unit, words};
    search_cut(words->units, count, &cuts);
}

static bool cut(struct words *words)
{
    for (;;) {
        cut_once(words);
        if (!words->again)
            return true;
        for (size_t i = 0; i < words->count; i++) {
            if (words->segments[i].wanted && !open_segment(words, &words->segments[i]))
                return false;
        }
    }
}

/* ---- writing */

static void note(struct words *words, char kind, uint64_t digest, struct str bytes, bool is)
{
    if (digest != 0)
        *vec_push(&words->editing->scratch, &words->editing->names) = (struct search_name){
            .kind = kind, .digest = digest, .bytes = bytes, .was = !is, .is = is};
}

static const struct search_kept_range *write_range(struct words *words, const struct result *result)
{
    struct search_editing *editing = words->editing;
    size_t count = result->end - result->first;
    struct search_key *keys = arena_alloc(&editing->scratch, count * sizeof *keys);
    struct buf entries = {0};
    struct buf marks = {0};
    struct buf out = {0};
    for (size_t i = 0; i < count; i++) {
        keys[i] = *words->places[result->first + i].key;
        const struct search_list *list = keys[i].list;
        if (!list || !list->apart)
            continue;
        note(words, 'p', list->postings_file, list->postings, true);
        note(words, 'm', list->marks_file, list->marks, true);
    }
    search_range_write(keys, count, &entries, &marks);
    struct str marks_bytes = arena_str(editing->arena, buf_str(&marks));
    uint64_t marks_file = marks_bytes.len > 0 ? search_file_digest(marks_bytes) : 0;
    search_put_tag(&out, marks_file);
    buf_add(&out, buf_str(&entries));
    struct str bytes = arena_str(editing->arena, buf_str(&out));
    uint64_t file = search_file_digest(bytes);
    note(words, 'm', marks_file, marks_bytes, true);
    note(words, 'w', file, bytes, true);
    buf_release(&entries);
    buf_release(&marks);
    buf_release(&out);
    return search_range_keep(keys, count, file, marks_file, editing->keep);
}

static void note_old(struct words *words)
{
    const struct str nothing = {0};
    for (size_t i = 0; i < words->count; i++) {
        const struct search_kept_range *kept = words->segments[i].kept;
        if (!words->segments[i].open)
            continue;
        note(words, 'w', kept->words, nothing, false);
        note(words, 'm', kept->marks, nothing, false);
        for (size_t j = 0; j < kept->apart_count; j++) {
            note(words, 'p', kept->apart[2 * j], nothing, false);
            note(words, 'm', kept->apart[2 * j + 1], nothing, false);
        }
    }
}

bool search_edit_words(struct search_editing *editing, const struct search_changes *changes)
{
    const struct search_kept_files *old = &editing->known->files;
    struct words words = {.editing = editing, .count = old->range_count};
    if (old->range_count == 0)
        return false;
    words.segments = arena_zalloc(&editing->scratch, words.count, sizeof *words.segments);
    for (size_t i = 0; i < words.count; i++)
        words.segments[i].kept = old->ranges[i];
    if (!change_words(&words, changes) || !cut(&words))
        return false;
    const struct search_kept_range **ranges =
        arena_alloc(&editing->scratch, (words.results.count + 1) * sizeof *ranges);
    for (size_t i = 0; i < words.results.count; i++)
        ranges[i] = words.results.items[i].kept ? words.results.items[i].kept
                                                : write_range(&words, &words.results.items[i]);
    note_old(&words);
    editing->files.ranges = ranges;
    editing->files.range_count = words.results.count;
    return true;
}
