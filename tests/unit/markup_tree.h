/* HTML as a browser would read it, element by element: for tests only. */
#ifndef COPSE_TESTS_MARKUP_TREE_H
#define COPSE_TESTS_MARKUP_TREE_H

#include "base/arena.h"
#include "base/str.h"

#include <gumbo.h>

/* Returns NULL if all is well with that element, else what is wrong with it. */
typedef const char *markup_tree_look(void *context, const GumboNode *node);

/* Parses `html` as the content of a <div> and gives each element to `look`, in document order,
 * until one is wrong; a comment is wrong in any case. Returns what is wrong, or NULL. The tree is
 * in `arena`. */
const char *markup_tree_walk(struct str html, struct arena *arena, markup_tree_look *look,
                             void *context);

#endif
