/* A text that messages can point into: its path as people know it, and its bytes.
 *
 * Positions are byte offsets everywhere in copse; a line and a column are computed only when a
 * message is shown. Lines and columns count from 1; a column counts characters (code points; a
 * byte that is no UTF-8 counts as one), as editors do. */
#ifndef COPSE_BASE_TEXT_H
#define COPSE_BASE_TEXT_H

#include "base/str.h"

struct text {
    struct str path;  /* as the site names it: content/members/jo.md */
    struct str bytes; /* empty where only the path matters; of a content file that was read only its
                         beginning is kept (build/texts.h) */
};

/* Bytes [start, end) of a text. `text` NULL: no place. A span with start STR_NONE names the whole
 * file and is shown without line and column. */
struct span {
    const struct text *text;
    size_t start;
    size_t end;
};

struct text_position {
    size_t line;
    size_t column;
    struct str line_text; /* the whole line, without its end */
    size_t line_start;    /* its offset in the text */
};

struct span span_of(const struct text *text, size_t start, size_t end);
/* The whole file, without a line. */
struct span span_file(const struct text *text);

/* Where `offset` stands (cut to the length of the text). Linear in `offset`. */
struct text_position text_position(const struct text *text, size_t offset);

#endif
