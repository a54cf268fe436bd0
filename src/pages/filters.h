/* The filters that copse adds to Liquid and Jekyll's: words, dates and addresses of this site.
 *
 *     t             a word of the page's language:  {{ 'comments' | t: page.comment_count }}
 *     localdate     a date as that language writes it:  {{ page.date | localdate: 'short' }}
 *     ordinal       a number as that language counts places: {{ 3 | ordinal }} is 3rd, or 3e
 *     relative_url  a path of the site with its base path in front
 *     absolute_url  the same with the site's origin
 *     asset         the URL of a file of assets/ with a fingerprint of its bytes, so that browsers
 *                   may keep it for ever:  {{ 'style.css' | asset }};  with 'integrity' the value
 *                   for an integrity attribute
 *     image         a picture in a shape of layouts/pictures.yml, as an element:
 *                   {{ page.photo | image: 'portrait', alt: page.name }}; also `class`, `sizes` and
 *                   `loading: 'eager'`. The tag {% image page.photo, 'portrait', alt: page.name %}
 *                   is the same. Nothing where there is no picture
 *     image_url     the URL of the widest picture in that shape that every program can read
 *     markdownify   Markdown to safe HTML (pages/markdownify.h)
 *     link          the URL of a content file; post_url that of an article by its file's name.
 *                   Both fail where there is none. */
#ifndef COPSE_PAGES_FILTERS_H
#define COPSE_PAGES_FILTERS_H

#include "base/hash.h"
#include "base/map.h"
#include "lang/liquid/liquid.h"
#include "pages/plan.h"

struct asset_print {
    unsigned char sha256[SHA256_SIZE];
};

/* What the filters know beside the page; constant while pages are rendered. */
struct filter_context {
    const struct plan *plan;
    struct map assets; /* "style.css": struct asset_print */
};

/* The table for liquid_host, in `arena`; `context` must outlive it. The calls' `host` must be the
 * struct view of the page. */
const struct liquid_filter *filters_make(struct filter_context *context, struct arena *arena,
                                         size_t *count);

#endif
