/* Feeds: the newest articles of the site, of a tag or of an author, for programs that watch for
 * them.
 *
 * Each function writes a whole file for an output whose subject is a struct feed, in the language
 * of its edition. A feed holds the newest `config.feeds_entries` articles, in full or as summaries
 * as site.yml says. Every URL is absolute, links and pictures inside content too. No e-mail address
 * is ever written.
 *
 * The bytes depend on the entries alone, never on when the site is built: `updated` is that of the
 * newest entry, and of an empty feed the beginning of 1970. An entry's id is the URL under which it
 * was first known (its first alias, else its own), so that a renamed article is not new again. */
#ifndef COPSE_PAGES_FEED_H
#define COPSE_PAGES_FEED_H

#include "base/buf.h"
#include "pages/plan.h"

/* Atom, RFC 4287. */
void feed_write_atom(const struct plan *plan, const struct output *output, struct buf *out);

/* RSS 2.0 (rssboard.org), with content:encoded, dc:creator and Atom's link to itself. */
void feed_write_rss(const struct plan *plan, const struct output *output, struct buf *out);

/* JSON Feed 1.1 (jsonfeed.org). */
void feed_write_json(const struct plan *plan, const struct output *output, struct buf *out);

/* The comments on an article, or on all of them, as Atom: for an output whose subject is a struct
 * discussion. A comment that answers another says so (RFC 4685). Comments are always in full. */
void feed_write_comments(const struct plan *plan, const struct output *output, struct buf *out);

#endif
