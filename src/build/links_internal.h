/* What the files of the link check share; links.h is the manual.
 *
 *     links.c        links of texts and menus, against the plan
 *     links_page.c   what layouts print on a page
 *     links_parts.c  the parts of pages that fragments lead to */
#ifndef COPSE_BUILD_LINKS_INTERNAL_H
#define COPSE_BUILD_LINKS_INTERNAL_H

#include "base/vec.h"
#include "build/links.h"

/* A link with a fragment, to be judged when all ids are known. */
struct wanted {
    uint32_t output; /* where it leads */
    uint64_t id;
    struct str fragment;
    struct span span;
};

struct wanted_list {
    struct wanted *items;
    size_t count, capacity;
};

struct id_list {
    uint64_t *items;
    size_t count, capacity;
};

/* Ids on pages, each as one number (links_number()), which is a hash already and never 0: open
 * addressing, with at least half of the slots empty. */
struct id_set {
    uint64_t *slots;
    size_t mask;
};

struct page_links {
    struct links *links;
    const struct output *output;
    struct arena *arena;
    struct diags *diags;
    struct trace *trace; /* or NULL */
    size_t dead;         /* links that lead nowhere */
    struct wanted_list wanted;
    struct id_list ids;  /* of all pages, as numbers */
    size_t first_wanted; /* of this page */
    struct id_list own;  /* the page's ids, without its number */
    struct map reported; /* what this worker said already: a layout's mistake is on every page */
};

struct links {
    const struct plan *plan;
    struct arena *arena;
    struct page_links *workers;
    unsigned worker_count;
    struct wanted_list wanted;    /* of bodies */
    struct links_watcher watcher; /* without a function: nobody asks */
    struct id_set all;            /* once gathered: every id of every page */
    bool gathered;
};

/* Tells the watcher, if there is one. */
void links_tell(const struct links *links, unsigned worker, const struct output *from,
                const struct output *to, struct str fragment);

/* The output on whose page an entry's body is shown, and NULL behind the last: a comment stands
 * under its article in each language. */
const struct output *links_shown_on(const struct plan *plan, const struct entry *entry,
                                    size_t number);

/* Adds a fragment that is to be judged, unless it leads to the top of a page or to no page. */
void links_want_part(struct arena *arena, struct wanted_list *list, const struct output *output,
                     struct str fragment, struct span span);

/* An id on a page. */
uint64_t links_number(uint32_t output, uint64_t id);

#endif
