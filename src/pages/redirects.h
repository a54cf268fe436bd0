/* The old addresses of pages, for the web servers that can answer them themselves.
 *
 * Every alias is also a page that leads on (OUTPUT_REDIRECT), which works on any server; these
 * files make real redirects (301) of them where the server reads one, and answer 410 ("gone") for
 * the pages of members in content/members/removed.yml:
 *
 *     _redirects              Netlify, Cloudflare Pages and others
 *     redirects.nginx.conf    maps from $uri to the new address, and to whether a page is gone
 *     redirects.apache.conf   RedirectMatch lines
 *
 * Aliases and slugs come from content, so nothing in one may end a line, a quoted string or a
 * pattern. In _redirects everything but plain characters is percent-encoded. nginx and Apache
 * compare decoded addresses: one that holds, decoded, a character with a meaning in these files is
 * left out of them; an alias still has its page. */
#ifndef COPSE_PAGES_REDIRECTS_H
#define COPSE_PAGES_REDIRECTS_H

#include "base/buf.h"
#include "pages/plan.h"

/* The file that `output` is: OUTPUT_REDIRECTS, OUTPUT_NGINX or OUTPUT_APACHE. */
void redirects_write(const struct plan *plan, const struct output *output, struct buf *out);

#endif
