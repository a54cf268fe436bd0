/* Drawings (SVG 1.1 and 2) from strangers made harmless: an allow-list over XML.
 *
 * The file is read as XML 1.0, without document type, entities of its own or processing
 * instructions, and written anew: only elements and attributes on the list come out (shapes, paths,
 * text, gradients, patterns, clips, masks, markers, simple filters), in no other namespace, every
 * value escaped by us. References lead to the drawing's own parts only (href="#a", url(#a)). Style
 * sheets and `style` attributes, scripts, events, links, animation, pictures and HTML within go,
 * with all they hold. What comes out of what came out is the same again.
 *
 * Linear in the file's length; depth and count of elements are capped, and how much is drawn of them
 * (svg_weight.h). */
#ifndef COPSE_LANG_SVG_H
#define COPSE_LANG_SVG_H

#include "base/buf.h"

/* Appends the harmless drawing to `out`. Returns NULL, or why the file is none: a sentence's end
 * ("its XML is not well-formed"), static, with `out` as it was. */
const char *svg_sanitise(struct str bytes, struct buf *out);

#endif
