/* Replacing parts of a text, and showing what that changes as a unified diff.
 *
 * Every byte outside the edits stays as it is: comments, order, line ends, a missing last newline.
 * Pure; linear in the text and the edits. */
#ifndef COPSE_BASE_EDITS_H
#define COPSE_BASE_EDITS_H

#include "base/buf.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

/* Bytes [start, end) become `text`. */
struct edit {
    size_t start;
    size_t end;
    struct str text;
};

/* Brings edits into order and drops those that repeat or overlap an earlier one, that lie beyond
 * `length`, or that are the wrong way round. Returns how many are left. */
size_t edits_sort(struct edit *edits, size_t count, size_t length);

/* Adds the text with its edits, which edits_sort() has put in order. */
void edits_apply(struct buf *out, struct str text, const struct edit *edits, size_t count);

/* Adds the difference in the form of `diff -u`, with three lines of context, as `patch -p1` and
 * `git apply` read it; nothing if there are no edits. `color` puts terminal colours in. */
void edits_diff(struct buf *out, struct str path, struct str text, const struct edit *edits,
                size_t count, bool color);

#endif
