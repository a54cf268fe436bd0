/* The check of links that lead out of the site (`copse check --external`): each address is asked
 * once, and what is gone or has moved is told wherever the content links to it.
 *
 * Looked at are links, pictures and other addresses in the bodies of what is published, whole
 * values in front matter and in the YAML files of content/, and literal addresses in the site's own
 * layouts. Only http and https; addresses of the site itself are the link check's (links.h).
 *
 * Nothing is asked of addresses in private networks or on this computer unless `private_too` is
 * set, wherever a name or a redirect leads. The environment's proxies are not used.
 *
 * Good answers are kept in a file and serve again for a while; bad ones are asked for again each
 * time, so that what was mended shows at once.
 *
 * Codes: dead-external-link, moved-link, private-link (warnings), unchecked-link (a note, one for
 * each host that does not answer programs). */
#ifndef COPSE_BUILD_OUTSIDE_H
#define COPSE_BUILD_OUTSIDE_H

#include "base/diag.h"
#include "base/fs.h"
#include "pages/plan.h"
#include "source/source.h"

#include <stdbool.h>
#include <stdint.h>

struct outside_options {
    bool private_too;
    unsigned timeout;  /* seconds that one question may take; 0: 20 */
    unsigned age;      /* days that a good answer serves; 0: 7 */
    int64_t clock;     /* seconds since 1970 */
    const char *cache; /* the folder where answers are kept, made if needed; NULL: nowhere */
    /* Told how far it is; may be NULL. */
    void (*progress)(void *context, size_t done, size_t total);
    void *progress_context;
};

/* Adds what is wrong. Texts that messages point into live in `arena`. Returns 0, or -1 after a
 * failure of the system (answers that cannot be kept are only a warning). */
int outside_check(const struct outside_options *options, const struct fs *fs,
                  const struct plan *plan, struct source *source, struct arena *arena,
                  struct diags *diags);

#endif
