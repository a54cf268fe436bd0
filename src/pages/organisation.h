/* Who stands behind the site, as site.yml says under `organisation`. */
#ifndef COPSE_PAGES_ORGANISATION_H
#define COPSE_PAGES_ORGANISATION_H

#include "site/config.h"

/* One of its texts ("name", "url", "logo"), or the empty slice. */
struct str organisation_text(const struct config *config, struct str key);

/* Its name; the site's title where none is given. */
struct str organisation_name(const struct config *config);

#endif
