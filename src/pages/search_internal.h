/* What the makers of an index's files share. */
#ifndef COPSE_PAGES_SEARCH_INTERNAL_H
#define COPSE_PAGES_SEARCH_INTERNAL_H

#include "base/buf.h"
#include "pages/search_kept.h"
#include "pages/search_shards.h"

struct search_document_list {
    struct search_document *items;
    size_t count, capacity;
};

/* The documents of an edition with their numbers, in the order of these; nothing else is set. In
 * `scratch`. */
void search_list_documents(const struct edition *edition, struct search_document_list *documents,
                           struct arena *scratch);

/* Makes the index of just these documents; search_make() takes all of them. `keeping` and `kept`
 * may be NULL together. */
void search_index(const struct site *site, const struct edition *edition,
                  const struct search_document_list *documents, struct pool *pool,
                  const struct search_keeping *keeping, struct arena *arena, struct search *out,
                  struct search_kept_edition *kept);

/* An index in the making: its files so far. */
struct layout {
    const struct site *site;
    const struct edition *edition;
    const struct search_document *documents;
    size_t count;
    const struct search_lists *lists;
    struct arena *arena;
    struct map by_name; /* struct str: a file's bytes */
    struct search_file_list {
        struct search_file *items;
        size_t count, capacity;
    } files;
};

/* Adds a file that is named by its kind and so many hexadecimal digits of the digest of its bytes,
 * which must last as long as the index; returns their number. Files of the same bytes are one. */
uint64_t layout_add(struct layout *layout, char kind, int digits, const char *extension,
                    struct str bytes);

enum { LAYOUT_WORDS_DIGITS = 7, LAYOUT_DIGITS = 10 };

/* Adds a file under a name of its own. */
void layout_add_named(struct layout *layout, struct str name, struct str bytes);

/* Cuts the lists into words files and adds them with their marks; the manifest's keys and words go
 * to the end of two bufs. */
void layout_words(struct layout *layout, struct buf *keys, struct buf *words);

/* Adds the cards files; the manifest's depths and cards go to the end of two bufs. */
void layout_cards(struct layout *layout, struct buf *depths, struct buf *cards);

/* Adds the filters file. */
uint64_t layout_filters(struct layout *layout);

#endif
