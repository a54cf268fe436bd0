/* Lines as CommonMark's block structure sees them: which part of a line belongs to which container.
 *
 * cmark's tree tells where a block begins, not where its later lines' own text does; the table
 * pass has to know. Columns count tabs as up to the next multiple of four. */
#ifndef COPSE_LANG_MARKDOWN_LINES_H
#define COPSE_LANG_MARKDOWN_LINES_H

#include "lang/markdown/markdown_internal.h"

/* How a container (a quote or a list item) marks the lines that are inside it. */
struct md_container {
    bool quote;     /* `>`; else a list item, with an */
    size_t columns; /* indent of that many columns */
};

struct md_containers {
    struct md_container *items; /* the outermost first */
    size_t count, capacity;
};

/* The containers around a block. */
void md_containers_of(struct md_job *job, cmark_node *block, struct md_containers *out);

/* Where the block's own text begins in a line: an offset at the first byte that is no blank.
 * *indent is how many columns the blanks in front of it have. Returns false if the line is not
 * inside all the containers (it is lazy, or belongs elsewhere) or is blank. */
bool md_line_text(const struct md_containers *containers, struct str line, size_t *text,
                  size_t *indent);

#endif
