/* What twin.c and twin_pages.c share; twin.h is the manual. */
#ifndef COPSE_BUILD_TWIN_INTERNAL_H
#define COPSE_BUILD_TWIN_INTERNAL_H

#include "base/pool.h"
#include "build/incremental.h"
#include "build/links.h"
#include "build/pictures.h"
#include "build/twin.h"
#include "source/history.h"

/* The site that was built. */
struct twin_of {
    const struct build_options *options;
    struct incremental *incremental;
    const struct plan *plan;
    struct templates *templates;
    struct source *source;
    const struct history *history;
    struct pictures *pictures;
    struct pool *pool;
    struct arena *arena;
    bool told;                /* something was said of its source or its history */
    bool recalled;            /* it was not built, but recalled (recall.h) */
    const struct diags *said; /* of it */
};

/* An entry with another text. */
struct twin_text {
    struct entry *entry;
    const struct record *own; /* its record, history and HTML in the site that was built */
    const struct history_file *own_history;
    struct str own_html; /* `ptr` NULL: not at hand */
    const struct record *record;
    const struct history_file *history;
    struct str html;
};

struct twin_work {
    const struct twin_of *of;
    struct twin *twin;
    struct twin_text *texts;
    size_t text_count;
    bool *changed; /* by number of entry */
    bool renamed;  /* one of them */
    bool grew; /* they have links and ids that they had not (twin_links.c), and all that they had */
};

/* Whether a text has the links within the site, or the ids, that it had; if it has more of them and
 * these ask for no word, work->grew. Then twin_may_grow(): whether in no page's eyes that mends
 * anything; and whether a page's layouts, which show them, print nothing but such. */
bool twin_links_kept(struct twin_work *work, const struct twin_text *text);
bool twin_ids_kept(struct twin_work *work, const struct twin_text *text);
bool twin_may_grow(const struct twin_of *of);
bool twin_page_links_kept(const struct twin_work *work, size_t index,
                          const struct links_of_page *old, const struct links_of_page *new);

/* Finds it; `twin`->made says whether there is one. */
void twin_find(const struct twin_of *of, struct twin *twin);

/* With the records lent: makes what reads them, and says which differ. False: it is no twin. */
bool twin_make_pages(struct twin_work *work);

#endif
