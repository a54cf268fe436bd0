/* Whether HTML holds only what the sanitiser's list lets through: for tests only. markup_safety.h
 * knows what is dangerous and has a list of its own; this one asks the list itself, for each
 * element and with each value. */
#ifndef COPSE_TESTS_MARKUP_LISTED_H
#define COPSE_TESTS_MARKUP_LISTED_H

#include "lang/sanitise.h"

/* Parses `html` as a browser would and compares every element, attribute and value with
 * lang/sanitise/list.c under `policy`. Returns NULL, or what is not on the list, in `arena`. */
const char *markup_off_list(struct str html, const struct sanitise_policy *policy,
                            struct arena *arena);

#endif
