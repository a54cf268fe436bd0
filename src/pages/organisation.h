/* Who stands behind the site, as site.yml says under `organisation`. */
#ifndef COPSE_PAGES_ORGANISATION_H
#define COPSE_PAGES_ORGANISATION_H

#include "site/site.h"

/* One of its texts ("name", "url", "logo") in an edition's language, or the empty slice. */
struct str organisation_text(const struct edition *edition, struct str key);

/* Its name; the site's title where none is given. */
struct str organisation_name(const struct edition *edition);

#endif
