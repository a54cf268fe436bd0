/* One side of a change as a site: built in memory, with the digest of every output.
 *
 * Nothing is published and nothing but the digests is kept of what was rendered. Afterwards chosen
 * outputs can be rendered again, byte for byte as before. */
#ifndef COPSE_REVIEW_SIDE_H
#define COPSE_REVIEW_SIDE_H

#include "base/hash.h"
#include "build/build.h"
#include "source/merge.h"

struct twin;

struct side {
    const struct site *site;      /* NULL: it could not be read */
    const struct plan *plan;      /* likewise */
    struct diags diags;           /* its problems, with the severities that its site.yml wants */
    const struct digest *digests; /* of each output, by number */
    const bool *rendered;         /* likewise: there is a digest */
    struct build_report report;   /* lasting */
};

/* Builds a side. `options` says everything but what becomes of the outputs. With `render` false
 * the site is read and planned, and no more. Everything lives in `arena`. The first side leaves in
 * `memory` what it came to, so that the second is rendered only where it differs; NULL: each for
 * itself. Returns 0, or -1 if there is no site to speak of; errors of its content are in
 * side->diags. */
int side_build(const struct build_options *options, bool render, struct build_memory *memory,
               struct arena *arena, struct side *out);

/* Makes of a side that was built with build_options.twin, and found one, the other side. It lives
 * as long as the first. */
void side_twin(const struct side *side, const struct twin *twin, struct arena *arena,
               struct side *out);

/* Closes it. NULL or all zero is fine; its site stays, without the HTML of bodies. */
void side_close(struct side *side);

/* Renders those outputs of a side again whose numbers are set in `chosen`, and puts the bytes of
 * each, in the arena, into `bytes` under its number. */
void side_render(const struct build_options *options, const bool *chosen, struct arena *arena,
                 struct str *bytes);

#endif
