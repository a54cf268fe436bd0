/* The site's icons that are made of the organisation's logo (site->icons), and what else browsers,
 * phones and researchers ask a site for by a fixed name: the web manifest and security.txt. */
#ifndef COPSE_PAGES_ICONS_H
#define COPSE_PAGES_ICONS_H

#include "base/buf.h"
#include "pages/plan.h"

struct icon {
    const char *name; /* at the root of the site */
    uint32_t size;    /* in pixels, square */
    unsigned share;   /* per cent of the side that the logo may fill */
    bool solid; /* on a ground of its own: who shows it would take black, or cut its corners off */
    const char *purpose; /* in the manifest, "any" or "maskable"; NULL: not there */
    const char *rel;     /* of a page's link to it; NULL: none */
};

/* All of them. */
const struct icon *icons_all(size_t *count);

/* The web manifest (W3C Web Application Manifest) of an output's edition. */
void icons_write_manifest(const struct plan *plan, const struct output *output, struct buf *out);

/* RFC 9116. */
void icons_write_security(const struct plan *plan, struct buf *out);

#endif
