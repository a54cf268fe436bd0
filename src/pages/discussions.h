/* Which comments there are to follow: those on each article, and all of a language together. */
#ifndef COPSE_PAGES_DISCUSSIONS_H
#define COPSE_PAGES_DISCUSSIONS_H

#include "pages/plan.h"

/* The discussions of an edition in `arena`: first all comments together, then those on each article
 * that has any, in the articles' order. None where site.yml says `comments: off`; an article that
 * says so is left out. */
const struct discussion *discussions_of(const struct site *site, const struct edition *edition,
                                        struct arena *arena, size_t *count);

#endif
