/* What search engines read first: which pages there are, and who may look at them.
 *
 * The sitemap (sitemaps.org 0.9) lists the pages that are worth finding: every record's own page
 * but those marked `noindex`, and the indexes people arrive at; not 404, redirects, the further
 * pages of the newsfeed, months, or the directory by letter. `lastmod` is the last commit to a
 * page's file or the date its author gave, whichever is later; a page of which neither is known has
 * none. Pages that exist in several languages name each other (xhtml:link). */
#ifndef COPSE_PAGES_SITEMAP_H
#define COPSE_PAGES_SITEMAP_H

#include "base/buf.h"
#include "pages/plan.h"

#include <stdint.h>

/* How many URLs one file holds at most: 50,000, and fewer of a site in many languages, each of which
 * is named beside every URL: no file may have more than 50 MB. */
size_t sitemap_most(const struct site *site);

/* Whether an output is listed. */
bool sitemap_lists(const struct output *output);

/* What `lastmod` says of one that is: seconds since 1970 in UTC, 0 if nothing is known. */
int64_t sitemap_changed(const struct output *output);

/* The file that `output` (OUTPUT_SITEMAP) is: the whole sitemap, or of a large site the index of
 * its parts (sitemap.xml), or one part. */
void sitemap_write(const struct plan *plan, const struct output *output, struct buf *out);

/* robots.txt: everything may be read, and the sitemap is there. */
void robots_write(const struct plan *plan, struct buf *out);

#endif
