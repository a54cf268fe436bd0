/* What a partial reads of the site while it runs, so that a page which is given what it printed
 * reads the same (struct liquid_notes). */
#ifndef COPSE_PAGES_PARTIAL_NOTES_H
#define COPSE_PAGES_PARTIAL_NOTES_H

#include "lang/liquid/liquid.h"
#include "pages/facts.h"

struct partial_nest {
    struct trace_nest trace;
    bool of_page; /* outside */
};

/* Of one page's rendering: zero it, then fill in the first two. */
struct partial_notes {
    struct trace *trace; /* or NULL */
    struct arena *arena; /* of the rendering */
    bool of_page;        /* what was read is not the same on every page (struct view) */
    struct partial_nest *items;
    size_t count, capacity;
};

/* The functions for them; `notes` must outlive the rendering. */
struct liquid_notes partial_notes(struct partial_notes *notes);

#endif
