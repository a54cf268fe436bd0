/* What a page is about, in the words of schema.org, for search engines: JSON-LD 1.1 in a script
 * element of its own.
 *
 *     home                  Organization, WebSite (with SearchAction where there is a search page)
 *     article               Article with its authors, publisher and comments
 *     member                Person with EducationalOccupationalCredential for each live designation
 *     event                 Event with status, attendance mode, places, offers, speakers
 *     designation           EducationalOccupationalCredential
 *     all but home          BreadcrumbList
 *
 * Values come from strangers; they are written by base's json_escape(), which leaves nothing that
 * could end the script element. E-mail addresses are never written. */
#ifndef COPSE_PAGES_JSONLD_H
#define COPSE_PAGES_JSONLD_H

#include "base/arena.h"
#include "base/buf.h"
#include "pages/plan.h"

/* Adds a complete <script type="application/ld+json"> element, or nothing for pages that no one
 * should find (404, redirects). `scratch` takes what is needed on the way. */
void jsonld_write(const struct plan *plan, const struct output *output, struct arena *scratch,
                  struct buf *out);

#endif
