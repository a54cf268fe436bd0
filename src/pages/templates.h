/* The layouts: every template of layouts/ compiled once, and pages rendered with them.
 *
 * A layout file may begin with front matter; its `layout` names the template around it, in which
 * {{ content }} is what it printed, and its other keys are `layout.KEY`. Loaded on one thread by
 * templates_load(), constant from then on; templates_render() may run on any number of threads. */
#ifndef COPSE_PAGES_TEMPLATES_H
#define COPSE_PAGES_TEMPLATES_H

#include "lang/liquid/liquid.h"
#include "pages/objects.h"
#include "pages/plan.h"

struct templates;

struct templates_options {
    struct source *source;
    const struct plan *plan;
    bool strict; /* undefined variables are errors */
};

/* Compiles all of layouts/. Everything lives in `arena`. Returns 0 with *out set, or -1 after an
 * error in a template or a layout that a page asks for and that does not exist. */
int templates_load(const struct templates_options *options, struct arena *arena,
                   struct diags *diags, struct templates **out);

/* Frees what partials printed; nothing is rendered afterwards. NULL is ignored. */
void templates_end(struct templates *templates);

/* What partials printed for one page is not used for the next: entries have other records now.
 * While nothing renders. */
void templates_forget(struct templates *templates);

/* One page's rendering: zero it, then fill in. */
struct page_job {
    const struct output *output;
    struct arena *scratch; /* cleared by the caller between pages */
    struct diags *diags;
    struct trace *trace; /* notes what is read; may be NULL */
    /* Called for every URL and id that layouts print; may be NULL (struct liquid_call). */
    bool (*link)(void *context, const struct liquid_link *link);
    void *link_context;
    bool alike; /* all pages with this have `link` and `trace`, or none: partials that come out the
                   same are shared between them */
};

/* The names of the layouts that pages can have, and for each a digest of its text and those of all
 * that it includes or stands in. `names` and `digests` live in the arena of templates_load(). */
size_t templates_digests(const struct templates *templates, const struct str **names,
                         const uint64_t **digests);

/* Whether `name` stands in any layout's text. A name that a layout puts together does not. */
bool templates_name(const struct templates *templates, struct str name);

/* A digest of the fingerprints of assets, which the filter `asset` prints. */
uint64_t templates_asset_digest(const struct templates *templates);

/* Renders a page with its layouts at the end of `out`. Returns 0, or -1 after an error. */
int templates_render(const struct templates *templates, const struct page_job *job,
                     struct buf *out);

#endif
