/* The text that cmark is given, and where each byte of it came from.
 *
 * Some extensions need the source changed before cmark reads it (a footnote's label becomes a list
 * marker, a table's cells become headings). A prepared text remembers its origins, so that messages
 * still point into the author's file. */
#ifndef COPSE_LANG_MARKDOWN_PREPARE_H
#define COPSE_LANG_MARKDOWN_PREPARE_H

#include "base/arena.h"
#include "base/buf.h"

/* From byte `at` of the prepared text on, bytes come from `source` on, one by one. */
struct md_segment {
    size_t at;
    size_t source;
};

struct md_segments {
    struct md_segment *items;
    size_t count, capacity;
};

struct md_prepared {
    struct str text;
    struct md_segments segments; /* sorted by `at`; the first is at 0 */
    size_t *lines;               /* offsets of the lines' first bytes; NULL until asked for */
    size_t line_count;
};

/* A text that is given as it is; `source` is the offset of its first byte. */
void md_prepare_plain(struct md_prepared *prepared, struct arena *arena, struct str text,
                      size_t source);

/* Building a changed one out of parts of `from`: the parts may be put in any order. */
struct md_preparer {
    const struct md_prepared *from;
    struct arena *arena;
    struct buf text;
    struct md_segments segments;
};
void md_preparer_init(struct md_preparer *preparer, const struct md_prepared *from,
                      struct arena *arena);
/* Bytes [start, end) of the old text. */
void md_preparer_copy(struct md_preparer *preparer, size_t start, size_t end);
/* Bytes of our own, which stand for what is at `at` of the old text. */
void md_preparer_add(struct md_preparer *preparer, struct str bytes, size_t at);
/* Moves the result to *out (the text to the arena); the preparer is then used up. */
void md_preparer_finish(struct md_preparer *preparer, struct md_prepared *out);

/* The source offset of a byte of the prepared text. */
size_t md_source_offset(const struct md_prepared *prepared, size_t at);

/* Line `number` (from 1, as cmark counts: \n, \r and \r\n end a line) without its end; *start is
 * its offset. An empty slice behind the last line. */
struct str md_line(struct md_prepared *prepared, struct arena *arena, size_t number, size_t *start);
size_t md_line_count(struct md_prepared *prepared, struct arena *arena);
/* The number of the line that holds byte `at`. */
size_t md_line_at(struct md_prepared *prepared, struct arena *arena, size_t at);

#endif
