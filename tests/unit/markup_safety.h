/* A second opinion on what the sanitiser lets out, with a list of its own: for tests only. */
#ifndef COPSE_TESTS_MARKUP_SAFETY_H
#define COPSE_TESTS_MARKUP_SAFETY_H

#include "lang/markup.h"

/* Parses `html` as a browser would and looks for anything that could run, fetch from elsewhere (but
 * for pictures, if `external_pictures`) or disguise the page. Returns NULL if there is nothing,
 * else what it is, in `arena`. */
const char *markup_danger(struct str html, bool external_pictures, struct arena *arena);

#endif
