/* What is worth mending though it keeps no site from being published: `copse check` tells it,
 * builds do not (they would nag).
 *
 * Each rule only looks at what the site, the plan and the files' bytes say, and adds a warning at
 * the place in the source; nothing is changed. All are linear, or nearly so, in the size of the
 * site. What is not published (drafts, the expired) is judged too, before it is seen by anyone;
 * but what is over (past events) is let be.
 *
 * Codes: heading-level, link-text, missing-alt, awkward-name, bad-slug, file-case, duplicate-title,
 * nearly-member, similar-tags, missing-words, lost-address, event-end, event-zone, loose-date,
 * heavy-picture, picture-place. unreachable-page is found by build/reach.h. */
#ifndef COPSE_BUILD_CHECKS_H
#define COPSE_BUILD_CHECKS_H

#include "base/diag.h"
#include "pages/plan.h"
#include "source/source.h"

/* Adds all of them; `history` may be NULL. What messages point to lives in the arena of `diags`. */
void checks_run(const struct plan *plan, struct source *source, const struct history *history,
                struct diags *diags);

/* What is found in one entry by itself. */
void checks_entry(const struct plan *plan, struct source *source, const struct entry *entry,
                  struct arena *scratch, struct diags *diags);

/* Whether no other page bears such a title as an entry of the site does, or would with `record`. */
bool checks_title_is_alone(const struct site *site, const struct entry *entry,
                           const struct record *record);

#endif
