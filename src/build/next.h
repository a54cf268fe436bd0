/* The moments at which a site changes with no commit: reads the site as a build does, renders
 * nothing and writes nothing. */
#ifndef COPSE_BUILD_NEXT_H
#define COPSE_BUILD_NEXT_H

#include "build/build.h"
#include "site/changes.h"

/* What the site will look like is decided by the same options as for build_run(); of them `output`
 * and what belongs to rendering are of no account. Everything lives in `arena`. Returns 0 with *out
 * set, or -1 after at least one error, with the severities that site.yml wants; `title` is the
 * site's. */
int next_find(const struct build_options *options, size_t moments, struct arena *arena,
              struct diags *diags, struct site_changes *out, struct str *title);

#endif
