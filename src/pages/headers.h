/* What web servers are to say with every page, for those that read it from a file.
 *
 *     _headers             Netlify, Cloudflare Pages and others
 *     headers.nginx.conf   add_header lines, for a server or location block
 *     headers.apache.conf  Header lines (mod_headers), for a virtual host or .htaccess
 *
 * The Content-Security-Policy is `default-src 'self'`: pages load nothing from elsewhere, and no
 * script or style that stands in a page itself is run, whatever got into it. It is wider only where
 * site.yml is: frames of the hosts in `embeds` and `html`, and pictures from other sites where
 * `rules: {external-picture: off}` says that they are wanted. Nothing in these files comes from
 * content. */
#ifndef COPSE_PAGES_HEADERS_H
#define COPSE_PAGES_HEADERS_H

#include "base/buf.h"
#include "pages/plan.h"

/* The file that `output` is: OUTPUT_HEADERS, OUTPUT_NGINX_HEADERS or OUTPUT_APACHE_HEADERS. */
void headers_write(const struct plan *plan, const struct output *output, struct buf *out);

#endif
