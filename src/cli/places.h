/* Where the spans of diagnostics lie: lines and columns, computed in one pass.
 *
 * Diagnostics are sorted by path and offset before they are shown, so one walk through each text
 * finds all its places; asking text_position() for each would be quadratic in a large file. */
#ifndef COPSE_CLI_PLACES_H
#define COPSE_CLI_PLACES_H

#include "base/text.h"

struct place {
    size_t line; /* from 1; 0: the span names no line */
    size_t column;
    size_t end_line; /* where the span ends; its last character is before that column */
    size_t end_column;
    size_t line_start; /* offset of the line in the text */
};

/* The walk; begin with {0}. */
struct places {
    const struct text *text;
    size_t offset;
    size_t line;
    size_t line_start;
    size_t column;
};

struct place places_find(struct places *places, struct span span);

#endif
