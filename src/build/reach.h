/* Which pages a visitor can reach: from the home pages along the links of pages, whether a layout
 * or a text holds them. Known as a by-product of the link check (build/links.h).
 *
 * unreachable-page: an entry's page that no chain of links leads to. Search engines may still find
 * it in the sitemap; people do not. Pages with `noindex` are let be: they are often meant to be
 * found by their address only. */
#ifndef COPSE_BUILD_REACH_H
#define COPSE_BUILD_REACH_H

#include "base/arena.h"
#include "base/diag.h"
#include "pages/plan.h"

struct reach;

/* Notes of `workers` workers; all of it in `arena`, but for what the workers note, which is in
 * memory of its own until reach_check(). */
struct reach *reach_new(const struct plan *plan, unsigned workers, struct arena *arena);

/* Notes that a page links to an output. Each worker may call it at the same time. */
void reach_note(struct reach *reach, unsigned worker, const struct output *from,
                const struct output *to);

/* Adds a warning for each page that cannot be reached and frees the notes. To be called once all
 * pages were rendered. */
void reach_check(struct reach *reach, struct diags *diags);

/* Frees the notes without a look at them. */
void reach_end(struct reach *reach);

/* What each output links to as the build's facts have it, without anything noted: `list` calls
 * reach_step() for each, with their numbers. */
struct reach_walk;
struct reach_links {
    void (*list)(void *context, uint32_t output, struct reach_walk *walk);
    void *context;
};
void reach_step(struct reach_walk *walk, uint32_t number);

/* Whether every page can be reached by these, as is usual: then there is no need to look at the
 * links of texts. */
bool reach_is_all(const struct plan *plan, const struct reach_links *links);

#endif
