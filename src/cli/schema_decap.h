/* A configuration of Decap CMS (decapcms.org), an editor in the browser for people who do not use
 * git: a collection a kind, made from the tables of site/schema.h and site/field_lists.h.
 *
 * Dates are texts with a pattern and not Decap's date picker, which would give every day a time and
 * so make a whole-day event one of midnight. Comments have no collection: Decap knows no folder for
 * each article. */
#ifndef COPSE_CLI_SCHEMA_DECAP_H
#define COPSE_CLI_SCHEMA_DECAP_H

#include "base/buf.h"
#include "site/site.h"

/* The whole config.yml. `folder` is where the site lies in its repository, or empty. */
void schema_decap(struct buf *out, const struct config *config, struct str folder);

#endif
