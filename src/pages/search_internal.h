/* What the writers of an index's files share. */
#ifndef COPSE_PAGES_SEARCH_INTERNAL_H
#define COPSE_PAGES_SEARCH_INTERNAL_H

#include "base/buf.h"
#include "pages/search_shards.h"

/* An index in the making: its files so far. */
struct layout {
    const struct site *site;
    const struct edition *edition;
    const struct search_document *documents;
    size_t count;
    const struct search_lists *lists;
    struct arena *arena;
    struct map by_url;
    struct search_file_list {
        struct search_file *items;
        size_t count, capacity;
    } files;
};

/* Adds a file that is named by its kind and the digest of its bytes, which must last as long as the
 * index; returns the 40 bits in its name. Files of the same bytes are one. */
uint64_t layout_add(struct layout *layout, char kind, const char *extension, struct str bytes);

/* Adds a file under a name of its own. */
void layout_add_named(struct layout *layout, struct str name, struct str bytes);

/* Cuts the lists into words files and adds them with their marks; the manifest's keys, words and
 * marks go to the end of three bufs. */
void layout_words(struct layout *layout, struct buf *keys, struct buf *words, struct buf *marks);

/* Adds the cards files; the manifest's depths and cards go to the end of two bufs. */
void layout_cards(struct layout *layout, struct buf *depths, struct buf *cards);

/* Adds the filters file. */
uint64_t layout_filters(struct layout *layout);

#endif
