/* The lines of a table: what a row is made of (GitHub's specification, "Tables"). */
#ifndef COPSE_LANG_MARKDOWN_TABLE_ROWS_H
#define COPSE_LANG_MARKDOWN_TABLE_ROWS_H

#include "base/arena.h"
#include "base/str.h"

#include <stdint.h>

enum md_align { MD_ALIGN_NONE, MD_ALIGN_LEFT, MD_ALIGN_CENTER, MD_ALIGN_RIGHT };

struct md_aligns {
    uint8_t *items; /* enum md_align */
    size_t count, capacity;
};

/* Reads `| :-- | --- |` (without indent or line end). Returns whether it is such a line. */
bool md_delimiter_row(struct str line, struct arena *arena, struct md_aligns *out);

/* Whether a line can hold a delimiter row behind the marks of its containers: a quick look that
 * rules out nearly all lines of a text. */
bool md_may_be_delimiter_row(struct str line);

/* Takes the next cell off a row: begin with *at = 0. Returns false at its end. The cell is a slice
 * of `line`, trimmed, with `\|` still in it. */
bool md_next_cell(struct str line, size_t *at, struct str *cell);

/* How many cells a row has. */
size_t md_count_cells(struct str line);

#endif
