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
#include "build/reach.h"
#include "lang/liquid/liquid.h"
#include "pages/plan.h"

struct links;

/* A check over `workers` workers; in `arena`. */
struct links *links_new(const struct plan *plan, unsigned workers, struct arena *arena);

/* Notes every link that leads to an output in `reach` too, from then on. */
void links_watch(struct links *links, struct reach *reach);

/* Checks the bodies of everything published. Codes: dead-link, missing-file. */
void links_check_bodies(struct links *links, struct diags *diags);

/* What a layout printed on a page; for page_job.link, with links_page() as its context. */
void links_note(void *context, const struct liquid_link *link);

/* The context for one page: valid until the worker's next one. Notes go into `arena`, which must
 * last until links_finish(), problems into `diags`. */
void *links_page(struct links *links, unsigned worker, const struct output *output,
                 struct arena *arena, struct diags *diags);

/* Judges the fragments. Code: dead-fragment. */
void links_finish(struct links *links, struct diags *diags);

#endif
