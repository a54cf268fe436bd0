/* Markup while it is being made: growing lists, with texts of their own.
 *
 * Markdown and the sanitiser write a draft into an arena; markup_finish() makes a markup of it and
 * gives back what the draft took. */
#ifndef COPSE_LANG_MARKUP_DRAFT_H
#define COPSE_LANG_MARKUP_DRAFT_H

#include "lang/markup.h"

struct markup_links {
    struct markup_link *items; /* by html_start */
    size_t count, capacity;
};

struct markup_headings {
    struct markup_heading *items;
    size_t count, capacity;
};

struct markup_ids {
    struct str *items; /* in document order; each once */
    size_t count, capacity;
};

struct markup_notes {
    struct markup_note *items;
    size_t count, capacity;
};

struct markup_draft {
    struct str html;
    struct markup_links links;
    struct markup_headings headings;
    struct markup_ids ids;
    struct markup_notes notes;
    size_t lead_end;
    bool has_more;
    bool had_raw_html;
};

/* Makes a markup of `draft`: the last step. `html` holds the html and is used up. What was handed
 * out by `arena` since `mark`, the draft's lists and texts as a rule, is given back before *out is
 * put there. */
void markup_finish(const struct markup_draft *draft, struct buf *html, struct arena *arena,
                   struct arena_mark mark, struct markup *out);

#endif
