/* Which files beside content may be published: known by their bytes, not their names. */
#ifndef COPSE_SITE_ATTACHMENTS_H
#define COPSE_SITE_ATTACHMENTS_H

#include "base/str.h"
#include "site/site.h"

/* The media type of a file whose bytes are of a harmless type that fits its name's extension
 * ("image/jpeg"), or NULL: HTML, XML, SVG, scripts and everything unknown. Static. */
const char *attachment_type(struct str name, struct str bytes);

/* The attachment that a name in an entry's file means: a path beside the file (with %20 and the
 * like as in URLs) or from the site's root, without query and fragment. NULL if there is none. */
const struct attachment *attachment_named(const struct site *site, const struct entry *entry,
                                          struct str name);

#endif
