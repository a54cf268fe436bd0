/* What a change does to the site: every page and file that is another one afterwards.
 *
 * Exact: the outputs of both sides are compared byte for byte (by their digests), so that what is
 * touched indirectly is found too: lists, feeds, an author's page, the holders of a designation.
 * Why an output changed is told by what it shows of the files in the change. */
#ifndef COPSE_REVIEW_EFFECT_H
#define COPSE_REVIEW_EFFECT_H

#include "review/side.h"

enum effect_kind { EFFECT_ADDED, EFFECT_CHANGED, EFFECT_REMOVED, EFFECT_MOVED };

struct effect {
    enum effect_kind kind;
    struct str url;              /* after the change; of what is removed, before it */
    struct str old_url;          /* EFFECT_MOVED */
    bool redirected;             /* EFFECT_MOVED: the old address leads to the new one */
    bool is_page;                /* HTML; else a feed, a calendar, a picture … */
    bool is_direct;              /* made from a file that is in the change */
    struct str title;            /* of its subject, or empty */
    struct str reason;           /* "its author Jo Tremblay is in the change" */
    const struct output *before; /* NULL: added */
    const struct output *after;  /* NULL: removed */
};

struct effect_list {
    struct effect *items;
    size_t count, capacity;
};

/* Compares. Both sides were rendered. The list is sorted: what is direct first, pages before files,
 * then by URL. Addresses of pages that are lost become warnings in `diags`. Code: lost-address. */
void effect_find(const struct side *base, const struct side *after,
                 const struct merge_change *changes, size_t change_count, struct arena *arena,
                 struct diags *diags, struct effect_list *out);

/* "added", "changed", "removed", "moved" */
const char *effect_name(enum effect_kind kind);

#endif
