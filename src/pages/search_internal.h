/* What the makers of an index's files share. */
#ifndef COPSE_PAGES_SEARCH_INTERNAL_H
#define COPSE_PAGES_SEARCH_INTERNAL_H

#include "base/buf.h"
#include "base/map.h"
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
    const struct search_making *making;
    struct arena *arena; /* making's */
    struct map by_name;  /* struct str: a file's bytes */
    struct search_file_list {
        struct search_file *items;
        size_t count, capacity;
    } files;
    bool ambiguous;                 /* names of different files agreed by chance */
    struct search_kept_files *kept; /* or NULL */
};

/* Files are named by their kind and the last hexadecimal digits of a digest. */
enum { LAYOUT_WORDS_DIGITS = 7, LAYOUT_CARDS_DIGITS = 7, LAYOUT_DIGITS = 10 };

/* The digest that a file is named by. */
uint64_t search_file_digest(struct str bytes);

/* "/fr/search/w12f0a3b.bin". `kind` is w, p, m or f. */
struct str search_file_url(const struct edition *edition, char kind, uint64_t digest,
                           struct arena *arena);
struct str search_cards_url(const struct edition *edition, uint32_t from, uint64_t digest,
                            struct arena *arena);

/* Whether two digests give the same name, or one gives that of no file. */
bool search_same_name(char kind, uint64_t left, uint64_t right);
bool search_no_name(char kind, uint64_t digest);

/* Adds a file with the digest of its bytes, which must last as long as the index. Returns that
 * digest, or another one that its name is made of where the name is taken. Files of the same bytes
 * are one. */
uint64_t layout_add(struct layout *layout, char kind, uint64_t digest, struct str bytes);

/* Adds a file under a name that no other can have. */
void layout_add_named(struct layout *layout, struct str url, struct str bytes);

/* Cuts the lists into words files and adds them with their marks; the manifest's keys and words go
 * to the end of two bufs. */
void layout_words(struct layout *layout, struct buf *keys, struct buf *words);

/* Adds the cards files; the manifest's depths and cards go to the end of two bufs. */
void layout_cards(struct layout *layout, struct buf *depths, struct buf *cards);

/* Adds the filters file; returns what it is named by. */
uint64_t layout_filters(struct layout *layout);

/* ---- parts of files, which an edit makes alone */

/* A document's card as JSON: "1234":["/articles/cop/", …]. */
void search_draw_card(const struct site *site, const struct edition *edition,
                      const struct entry *entry, uint32_t number, struct arena *scratch,
                      struct buf *out);

/* Calls `add` for each range of numbers that has a cards file, in order: the documents [first, end)
 * with numbers from `from` on. */
void search_halve(const uint32_t *numbers, const uint32_t *sizes, size_t count,
                  void (*add)(void *context, uint32_t from, uint32_t depth, size_t first,
                              size_t end),
                  void *context);

/* The cards file of some cards, joined in between: "{…,…}". */
void search_cards_begin(struct buf *out, bool first);
void search_cards_end(struct buf *out);

/* What a manifest says of a range of words; `before` is the last key of the one before it, or NULL.
 */
void search_manifest_words(struct str first, const struct str *before, uint64_t digest,
                           struct buf *keys, struct buf *words);
/* And of a cards file. */
void search_manifest_cards(uint32_t depth, uint64_t digest, struct buf *depths, struct buf *cards);

struct search_manifest {
    size_t documents;
    struct buf keys, words, depths, cards;
    uint64_t filters;
};
/* The manifest's bytes, in `arena`; the bufs are released. */
struct str search_manifest_write(struct search_manifest *manifest, struct arena *arena);
struct str search_manifest_url(const struct edition *edition, struct arena *arena);

#endif
