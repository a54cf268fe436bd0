/* How much work a drawing is to who shows it. A few lines of SVG can name parts that name parts
 * that name parts, each several times, so that a browser has billions to draw. */
#ifndef COPSE_LANG_SVG_WEIGHT_H
#define COPSE_LANG_SVG_WEIGHT_H

#include "base/str.h"

/* `drawing` is what svg_sanitise() writes, and nothing else: elements, attributes in double quotes,
 * no comments, references as href="#id" and url(#id). Returns NULL, or why it is too much: a
 * sentence's end, static. Linear in its length. */
const char *svg_weigh(struct str drawing);

#endif
