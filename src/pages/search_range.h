/* A words file: the keys of an alphabetical range, as bytes and back, and where ranges are cut.
 * search_shards.h has the format. */
#ifndef COPSE_PAGES_SEARCH_RANGE_H
#define COPSE_PAGES_SEARCH_RANGE_H

#include "base/buf.h"
#include "pages/search_kept.h"

/* What stands in an index: a form, a stem or both. */
struct search_key {
    struct str text;
    struct search_list *list;  /* NULL: no stem */
    struct search_lead *leads; /* its own as a form, by stem */
    uint32_t lead_count;
    uint32_t size; /* of its entry, at most */
    uint8_t zeros; /* at the end of its digest: the more, the sooner it begins a file */
};

struct search_keys {
    struct search_key *items;
    size_t count, capacity;
};

/* Sets `size`; `zeros` follows from the text alone and has a function of its own. */
void search_key_measure(struct search_key *key);
uint8_t search_key_zeros(struct str text);

/* The entries of neighbouring keys, and the marks of their lists that have no files of their own.
 * Lists that have must know their digests. */
void search_range_write(const struct search_key *keys, size_t count, struct buf *entries,
                        struct buf *marks);

/* Ten hexadecimal digits that stand for a file, zeros for none. */
void search_put_tag(struct buf *out, uint64_t digest);

/* The keys of a words file and its marks file, as they lie in these bytes: texts and lists are
 * slices of them where they can be, all else is in `arena`. Of lists apart only the digests are
 * known then. False: this is not what `range` was kept of. */
bool search_range_read(const struct search_kept_range *range, struct str words, struct str marks,
                       struct arena *arena, struct search_keys *keys);

/* The shortest beginning of a range's first key that comes after the last one of the range before,
 * whose last key is `before`; the whole key where there is no range before. */
struct str search_range_limit(struct str first, const struct str *before);

/* What is kept of a range that was laid out as `words` and `marks` (digests; 0: none). Texts are
 * copied to `arena` as well. */
const struct search_kept_range *search_range_keep(const struct search_key *keys, size_t count,
                                                  uint64_t words, uint64_t marks,
                                                  struct arena *arena);

/* ---- cutting */

enum { SEARCH_ZEROS_MOST = 24 };

/* A stretch that is not cut any more, or one key: both have a size and begin with so many zeros. */
struct search_unit {
    uint32_t size;
    uint8_t zeros; /* of its first key */
    uint8_t inner; /* the most of its other keys */
};

/* Calls `add` for each range [first, end) that the units are cut into, in order. Where a unit
 * of several keys would have to be cut itself, `blocked` is called with it in place of going on
 * there. */
struct search_cuts {
    void (*add)(void *context, size_t first, size_t end);
    void (*blocked)(void *context, size_t unit);
    void *context;
};
void search_cut(const struct search_unit *units, size_t count, const struct search_cuts *cuts);

#endif
