/* The link check: every link within the site leads to an output of this build, every #fragment to
 * an id that its page has.
 *
 * Links and ids are known from the bodies' markup and from the URL contexts of compiled layouts, so
 * outputs are not parsed again. Bodies are checked against the plan before anything is rendered;
 * what layouts print is noted while pages render, each worker in a list of its own, and fragments
 * are judged at the end, when all ids are known. */
#ifndef COPSE_BUILD_LINKS_H
#define COPSE_BUILD_LINKS_H

#include "base/diag.h"
#include "lang/liquid/liquid.h"
#include "pages/facts.h"
#include "pages/plan.h"

struct links;

/* A fragment that a page's layouts link to: the output it leads to, and a hash of the fragment. */
struct links_want {
    uint32_t output;
    uint32_t reserved; /* 0 */
    uint64_t id;
};

/* What is kept of a page between builds, so that it takes part in the check without being
 * rendered. */
struct links_of_page {
    const uint64_t *ids; /* hashes of those that its layouts print */
    size_t id_count;
    const struct links_want *wants;
    size_t want_count;
    bool dead; /* a link of its layouts leads nowhere: to be told again, so to be rendered again */
};

/* A check over `workers` workers; in `arena`. */
struct links *links_new(const struct plan *plan, unsigned workers, struct arena *arena);

/* Someone who hears of every link of a page to an output: from the worker that renders it, of a
 * text's links with 0, before any page is rendered. The fragment is empty if there is none, and
 * lasts for the call only. */
struct links_watcher {
    void (*see)(void *context, unsigned worker, const struct output *from, const struct output *to,
                struct str fragment);
    void *context;
};

/* Tells `watcher` from then on. */
void links_watch(struct links *links, struct links_watcher watcher);

/* Checks the bodies of everything published. Codes: dead-link, missing-file. */
void links_check_bodies(struct links *links, struct diags *diags);

/* What a layout printed on a page; for page_job.link, with links_page() as its context. */
bool links_note(void *context, const struct liquid_link *link);

/* The hash by which an id or fragment is known in struct links_of_page. */
uint64_t links_hash(struct str id);

/* The context for one page: valid until the worker's next one. Notes go into `arena`, which must
 * last until links_finish(), problems into `diags`. */
void *links_page(struct links *links, unsigned worker, const struct output *output,
                 struct arena *arena, struct diags *diags);

/* What was noted for the page that links_page() began last, and where it leads (trace_output()).
 * In the arena given there. */
struct links_of_page links_taken(struct links *links, unsigned worker);
void links_trace(struct links *links, unsigned worker, struct trace *trace);

/* Takes a page that is not rendered again; its arrays must last until links_finish(). Each worker
 * with its own number. */
void links_keep(struct links *links, unsigned worker, const struct output *output,
                const struct links_of_page *kept);

/* Whether all fragments are there that a page wants: after everything was rendered or kept. */
bool links_satisfied(struct links *links, const struct links_of_page *page);

/* Judges the fragments. Code: dead-fragment. */
void links_finish(struct links *links, struct diags *diags);

#endif
