/* What the search indexes are made of, in place of the indexes: for who only has to know whether
 * two sites, of which one is the other with an edit, have the same ones (src/review).
 *
 * An index is a pure function of its documents, each of which gives its words, its card and what it
 * can be filtered by, whatever the others are. So two sites have the same index where all documents
 * come from the same; and of those that do not, a small index by itself is made and compared. That
 * is exact, and costs a glance at each document in place of a fifth of a build. */
#ifndef COPSE_PAGES_SEARCH_OUTLINE_H
#define COPSE_PAGES_SEARCH_OUTLINE_H

#include "pages/search.h"

/* The outlines of all editions, as search_make() gives indexes: of each there is only the manifest,
 * whose bytes are a digest of all that the index is made of. With `only`, by the numbers of
 * entries, nothing but these is in them: for who knows that the rest is the same. In `arena`. */
const struct search *search_outlines(const struct site *site, const bool *only, struct pool *pool,
                                     struct arena *arena);

/* For two sites, one of which is the other with an edit, with the same settings and words: which
 * entries of each, by their numbers, the other has not, or which may give an index something else
 * there. All others give the same, and need be in neither outline (`only`). Sees what
 * search_inputs() and cards see, from what linking made of the same records, and is some twenty
 * times as fast. False where the editions are not the same. */
bool search_outline_differ(const struct site *was, const struct site *now, bool *was_differs,
                           bool *now_differs);

/* The outline that `file` has in a site which is the same but for the texts of some entries, set in
 * `changed` by their numbers. In `arena`. */
const struct search_file *search_outline_renew(const struct search_file *file,
                                               const struct site *renewed, const bool *changed,
                                               struct arena *arena);

/* Whether the indexes that two outlines stand for have the same bytes. Both sites must still be
 * there, with their bodies. */
bool search_same(const struct search_outline *left, const struct search_outline *right);

#endif
