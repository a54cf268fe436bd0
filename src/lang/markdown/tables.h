/* Tables, over cmark's tree.
 *
 * cmark takes a table for a paragraph. Its lines are found by position; then the text is parsed
 * once more with each cell as a heading in front of everything (so that cmark reads its inlines,
 * and references resolve) and a comment in place of the table's lines (so that what follows is read
 * as what it is when no paragraph is open). */
#ifndef COPSE_LANG_MARKDOWN_TABLES_H
#define COPSE_LANG_MARKDOWN_TABLES_H

#include "lang/markdown/markdown_internal.h"
#include "lang/markdown/table_rows.h"

/* Cells that are missing in rows and are filled in, in one body: what keeps a table of 10,000
 * columns and as many short rows from growing without bound. */
#define MD_MAX_FILLED_CELLS 500000

struct md_row {
    size_t cell; /* the number of its first cell among all of the body's */
    size_t count;
};

struct md_rows {
    struct md_row *items;
    size_t count, capacity;
};

struct md_table {
    struct md_aligns columns;
    struct md_rows rows; /* the first is the head */
    size_t first_line;   /* in the text that it was found in: the head's line */
    size_t last_line;
    size_t place_line; /* the line whose beginning (list marker, quote marks) is kept */
    size_t place_text; /* offset in that line of the table's text */
    size_t new_line;   /* the line of the comment in the new text */
};

/* Cells, by position in the text that they were found in. */
struct md_cell {
    size_t start, end;
};

struct md_tables {
    struct md_table *items;
    size_t count, capacity;
    struct {
        struct md_cell *items;
        size_t count, capacity;
    } cells;
    cmark_node **inlines; /* for each cell the heading that holds what is in it */
    size_t filled;
};

/* Finds the tables of job->root; NULL if there are none. */
struct md_tables *md_find_tables(struct md_job *job);

/* Replaces job->prepared and job->root by a text and tree in which each table is an HTML_BLOCK with
 * a mark. If that does not come out as it should, the job stays as it was. */
void md_parse_tables(struct md_job *job, struct md_tables *tables, int parse_options);

#endif
