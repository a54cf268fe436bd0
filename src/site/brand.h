/* The colours of the site: two that site.yml may give (`colours: {main: "#2f6130", accent:
 * "#a23c1a"}`), and all that follows from them, on light pages and on dark ones.
 *
 *     main    links, buttons, the line at the top; paper and ink take a breath of its hue
 *     accent  what must be seen: notices, cancelled events
 *
 * Whatever is given, text can be read: every colour that is used for text has a contrast of at
 * least BRAND_CONTRAST with the page and with its shaded parts. A given colour that has less on a
 * light page is made darker there (brand_reaches() says so, for a warning); for dark pages it is
 * made lighter without a word. Without `main` the colours are the default theme's own, as in
 * assets/style.css. Pure; nothing is allocated. */
#ifndef COPSE_SITE_BRAND_H
#define COPSE_SITE_BRAND_H

#include "base/colour.h"

/* WCAG 2.2, 1.4.3, level AA. */
#define BRAND_CONTRAST 4.5

struct brand_scheme {
    struct colour paper;     /* the page */
    struct colour shade;     /* parts of it that stand out */
    struct colour ink;       /* text */
    struct colour soft;      /* text that stands back */
    struct colour rule;      /* lines */
    struct colour main;      /* text to follow, and buttons */
    struct colour main_deep; /* the same under the pointer */
    struct colour on_main;   /* text on buttons */
    struct colour accent;    /* text that must be seen */
};

struct brand {
    bool has_main, has_accent; /* site.yml gives it */
    struct brand_scheme light, dark;
};

/* `main` and `accent` may each be NULL. */
void brand_make(const struct colour *main, const struct colour *accent, struct brand *out);

/* Whether a given colour can be read on the brand's light pages, and, if not, *nearest that can. */
bool brand_reaches(const struct brand *brand, struct colour given, struct colour *nearest);

#endif
