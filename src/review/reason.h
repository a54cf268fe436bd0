/* Why an output changed, in words. */
#ifndef COPSE_REVIEW_REASON_H
#define COPSE_REVIEW_REASON_H

#include "base/map.h"
#include "pages/plan.h"
#include "source/merge.h"

/* The files of a change as both sides know them. */
struct reasons {
    const struct plan *base;
    const struct plan *after;
    struct map touched; /* path in the site: struct merge_change */
    struct map *lists;  /* by address: what of the change is in a list of entries */
    const struct merge_change *changes;
    size_t change_count;
    struct arena *arena;
};

void reasons_init(struct reasons *reasons, const struct plan *base, const struct plan *after,
                  const struct merge_change *changes, size_t count, struct arena *arena);

/* The change of the file that an output is made from, or NULL. */
const struct merge_change *reasons_own_file(const struct reasons *reasons,
                                            const struct output *output);

/* Why an output is not what it was; either side may be NULL. In the arena. */
struct str reasons_explain(const struct reasons *reasons, const struct output *before,
                           const struct output *after);

/* What an output is about, for people: "Jo Tremblay", or empty. */
struct str reasons_title(const struct output *output);

#endif
