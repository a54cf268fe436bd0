/* The bytes of one output, whatever its kind: the switch between the plan and those who write. */
#ifndef COPSE_BUILD_WRITE_H
#define COPSE_BUILD_WRITE_H

#include "build/links.h"
#include "build/pictures.h"
#include "pages/plan.h"
#include "pages/templates.h"
#include "publish/store.h"

/* What every worker needs to write outputs; constant while they do. */
struct writer {
    const struct plan *plan;
    const struct templates *templates;
    struct source *source;
    struct links *links;
    struct pictures *pictures; /* or NULL */
};

/* One worker's own. */
struct write_job {
    unsigned worker;
    struct arena *scratch; /* cleared by the caller between outputs */
    struct arena *notes;   /* for what the link check keeps */
    struct diags *diags;
    struct trace *trace; /* or NULL */
};

/* Writes an output at the end of `out`. Returns 0, or -1 after an error. */
int write_output(const struct writer *writer, const struct write_job *job,
                 const struct output *output, struct buf *out);

/* Whether it is copied, cut or drawn, which needs files and what only a whole build opens. */
bool write_takes_files(const struct output *output);

/* When it is published (publish/store.h). */
enum store_rank write_rank(const struct output *output);

#endif
