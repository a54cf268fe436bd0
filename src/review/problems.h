/* The problems that a change brings: those of BASE are counted and not repeated.
 *
 * A problem is the same if its rule, its words and its file are, wherever in the file it stands
 * now; a file that moved takes its problems along. */
#ifndef COPSE_REVIEW_PROBLEMS_H
#define COPSE_REVIEW_PROBLEMS_H

#include "base/diag.h"
#include "source/merge.h"

struct problems_counts {
    size_t errors;   /* that BASE has, and that stay */
    size_t warnings; /* likewise */
    size_t mended;   /* that BASE has, and that the change mends */
};

/* Adds to `out` what `after` has and `base` has not. What the sanitiser or the publisher would
 * leave out becomes an error in files of the change, since its author can still mend it. */
void problems_find(const struct diags *base, const struct diags *after,
                   const struct merge_change *changes, size_t change_count, struct diags *out,
                   struct problems_counts *counts);

#endif
