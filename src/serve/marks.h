/* Which pages of the preview nobody else sees yet: drafts, and articles whose date is to come.
 * Taken from a build's plan in its process, carried as a text (a line a page), asked by the web
 * server. */
#ifndef COPSE_SERVE_MARKS_H
#define COPSE_SERVE_MARKS_H

#include "base/buf.h"
#include "pages/plan.h"

enum mark { MARK_NONE, MARK_DRAFT, MARK_FUTURE };

/* Adds a line for each such page. */
void marks_add(struct buf *out, const struct plan *plan);

/* The mark of the page at `path` ("articles/cop/", without the slash at its front) in that text. */
enum mark marks_find(struct str marks, struct str path);

#endif
