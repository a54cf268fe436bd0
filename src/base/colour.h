/* Colours of the screen (sRGB): how they are written, how well one can be read on another, and the
 * same colour lighter or darker.
 *
 * Contrast is that of WCAG 2.2 (https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio), from 1 to 21.
 * Lightness, chroma and hue are those of OKLCH (CSS Color 4), in which a step of lightness looks
 * the same in every hue. Values only; nothing is allocated and nothing can fail but parsing. */
#ifndef COPSE_BASE_COLOUR_H
#define COPSE_BASE_COLOUR_H

#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

struct colour {
    uint8_t red, green, blue;
};

struct colour_lch {
    double lightness; /* 0 to 1 */
    double chroma;    /* 0 (grey) to about 0.37 */
    double hue;       /* in radians */
};

/* Reads #2f6130 or #363, with or without the #. False, and *out untouched, for anything else. */
bool colour_parse(struct str text, struct colour *out);

/* From 1 to 21; in any order. */
double colour_contrast(struct colour a, struct colour b);

struct colour_lch colour_to_lch(struct colour colour);

/* The colour, with as much of the chroma as a screen can show at that lightness and hue. */
struct colour colour_from_lch(struct colour_lch lch);

/* The colour of the same hue that is nearest in lightness and has at least the contrast `least`
 * with `behind`: darker on a light ground, lighter on a dark one. Black or white if none has. */
struct colour colour_readable(struct colour wanted, struct colour behind, double least);

#endif
