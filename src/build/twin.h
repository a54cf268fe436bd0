/* The other side of a change that is in the texts of a few entries only (src/review): an article is
 * mended or called otherwise, a bio gets a sentence more.
 *
 * Such a site is the one that was just built, with other records in a few places: all that linking,
 * the plan and the checks found holds for both. So nothing of that is done twice. The entries are
 * lent their new records, the facts that hang on these are found again, the outputs that read a
 * fact which changed are made, and the entries get their own records back.
 *
 *     twin_pages.c    which outputs read what changed; makes these
 *     twin_links.c    whether more links and headings than there were are of no consequence
 *
 * Whether it is one is seen from the files and the history of both, not from what the change says
 * of itself, and by what comes out: whatever is not that simple (other front matter, a link or a
 * heading that is gone, more or less to say of the texts or the pages) is none, and left to a build
 * of its own. */
#ifndef COPSE_BUILD_TWIN_H
#define COPSE_BUILD_TWIN_H

#include "base/hash.h"
#include "build/build.h"

/* Given in build_options, with what to read; the rest is found. */
struct twin {
    const struct merge *merge;
    enum merge_side side;
    bool made;               /* it is one, and all that follows is set, in the build's arena */
    const struct site *site; /* lists and groups in it lead to entries of the site that was built */
    const struct plan *plan; /* likewise; outputs have the same numbers */
    struct source *source;
    struct bodies *bodies;
    bool *differs; /* by number of output: it is not what it is in the site that was built */
    struct digest *digests; /* of those */
};

/* Closes what was opened. NULL and all zero are fine; the site then has no bodies. */
void twin_let_go(struct twin *twin);

#endif
