/* Which files beside content may be published: known by their bytes, not their names. */
#ifndef COPSE_SITE_ATTACHMENTS_H
#define COPSE_SITE_ATTACHMENTS_H

#include "base/str.h"

/* The media type of a file whose bytes are of a harmless type that fits its name's extension
 * ("image/jpeg"), or NULL: HTML, XML, SVG, scripts and everything unknown. Static. */
const char *attachment_type(struct str name, struct str bytes);

#endif
