/* Jekyll's filters that need more than a value, for `copse render --jekyll`: markdownify, and
 * relative_url and absolute_url by the data's site.url and site.baseurl, as Jekyll has them. */
#ifndef COPSE_CLI_RENDER_FILTERS_H
#define COPSE_CLI_RENDER_FILTERS_H

#include "lang/liquid/liquid.h"

struct render_filters {
    struct value globals;
    bool safe; /* --autoescape: what markdownify makes of data is as safe as in a site's build */
};

/* The table, in `arena`; the calls' `host` must be a struct render_filters. */
const struct liquid_filter *render_filters_table(struct render_filters *filters,
                                                 struct arena *arena, size_t *count);

#endif
