/* What the makers of markup share. */
#ifndef COPSE_LANG_MARKUP_MARKUP_INTERNAL_H
#define COPSE_LANG_MARKUP_MARKUP_INTERNAL_H

#include "lang/markup.h"

/* Notes a body may have; what is beyond is counted in the last one. */
#define MARKUP_MAX_NOTES 100

/* & < > " as references, as cmark writes them. */
void markup_put_text(struct buf *out, struct str text);

/* Adds a note unless there are MARKUP_MAX_NOTES already; the one after the last allowed says that
 * there are more. `message` is kept, not copied. */
void markup_add_note(struct markup *markup, struct arena *arena, struct markup_note note);

#endif
