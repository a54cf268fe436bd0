/* What the makers of markup share. */
#ifndef COPSE_LANG_MARKUP_MARKUP_INTERNAL_H
#define COPSE_LANG_MARKUP_MARKUP_INTERNAL_H

#include "lang/markup/draft.h"

/* Notes a body may have; what is beyond is counted in the last one. */
#define MARKUP_MAX_NOTES 100

/* & < > " as references, as cmark writes them. */
void markup_put_text(struct buf *out, struct str text);

/* Adds a note unless there are MARKUP_MAX_NOTES already; the one after the last allowed says that
 * there are more. `message` is kept, not copied. */
void markup_add_note(struct markup_draft *draft, struct arena *arena, struct markup_note note);

/* How the parts of a finished markup are kept: arrays one behind the other, of links, pictures,
 * headings and ids (slices), then their texts, then notes and theirs. */
struct markup_slice {
    uint32_t at, len; /* bytes of the block */
};

struct markup_kept_link {
    uint32_t html_start, html_end;
    uint32_t source_start, source_end;
    struct markup_slice target;
    unsigned kind : 2; /* enum markup_link_kind */
    unsigned in_raw_html : 1;
    unsigned picture : 29; /* the number of its markup_kept_picture */
};

struct markup_kept_picture {
    struct markup_slice alt, title, attributes;
};

struct markup_kept_heading {
    struct markup_slice id, text;
    uint32_t html_start, html_end;
    uint32_t level;
};

struct markup_kept_note {
    struct markup_slice message, hint;
    uint32_t source_start, source_end;
    uint32_t rule; /* enum markup_rule */
};

#endif
