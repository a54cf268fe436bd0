/* The picture of a member who sent none: their initials on a colour from their name, as inline SVG.
 *
 * The same name has the same colour in every build and every version. White on each of the colours
 * has a contrast of at least 4.5 to 1 (WCAG 2.2, 1.4.3). It stands beside the name, so it says
 * nothing to screen readers. */
#ifndef COPSE_PAGES_AVATAR_H
#define COPSE_PAGES_AVATAR_H

#include "base/buf.h"

/* How many colours there are; the one of a number below that, "#7a3b3b". Static. */
enum { AVATAR_COLOURS = 24 };
const char *avatar_colour(size_t number);

/* Which of them a name has. */
size_t avatar_number(struct str name);

/* Appends the element. */
void avatar_write(struct str name, struct str initials, struct buf *out);

#endif
