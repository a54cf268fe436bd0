/* What the extensions print where a block stands. */
#ifndef COPSE_LANG_MARKDOWN_BLOCKS_H
#define COPSE_LANG_MARKDOWN_BLOCKS_H

#include "lang/markdown/markdown_internal.h"

/* figure.c: a paragraph that is one picture with a title, and what is printed behind the picture.
 */
bool md_is_figure(const struct md_job *job, cmark_node *paragraph);
void md_print_caption(struct md_job *job, cmark_node *paragraph);

/* footnotes_print.c: whether a list holds nothing but what footnotes say; the ways back to the text
 * in the last paragraph of a footnote. */
bool md_list_is_footnotes(cmark_node *list);
void md_print_footnote_return(struct md_job *job, cmark_node *paragraph);

/* table_print.c */
void md_print_table(struct md_job *job, const struct md_table *table);

/* tasks.c */
void md_print_task_box(struct md_job *job, bool done);

#endif
