/* "Did you mean …?": the known word that is nearest to a mistyped one. */
#ifndef COPSE_BASE_SUGGEST_H
#define COPSE_BASE_SUGGEST_H

#include "base/str.h"

/* The candidate at the smallest edit distance from `word` (insert, delete, change, swap of
 * neighbours; case of ASCII letters counts as no change), or the empty slice if none is near: at
 * most one edit in a word of up to four bytes, two up to eight, then three. The first of equals
 * wins. Words over 64 bytes get no suggestion. */
struct str suggest_nearest(struct str word, const struct str *candidates, size_t count);

/* The distance itself, or `limit` + 1 if it is larger than `limit`. Both at most 64 bytes. */
size_t suggest_distance(struct str a, struct str b, size_t limit);

#endif
