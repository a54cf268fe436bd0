/* What the extensions print where a block stands. */
#ifndef COPSE_LANG_MARKDOWN_BLOCKS_H
#define COPSE_LANG_MARKDOWN_BLOCKS_H

#include "lang/markdown/markdown_internal.h"

/* figure.c: a paragraph that is one picture with a title, and what is printed behind the picture.
 */
bool md_is_figure(const struct md_job *job, cmark_node *paragraph);
void md_print_caption(struct md_job *job, cmark_node *paragraph);

#endif
