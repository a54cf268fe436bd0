/* What the stages of a build share. Only for build*.c of this folder:
 *
 *     build.c         the stages in their order
 *     build_plan.c    the plan, and what follows from it before anything is rendered
 *     build_render.c  every output, made or kept */
#ifndef COPSE_BUILD_BUILD_INTERNAL_H
#define COPSE_BUILD_BUILD_INTERNAL_H

#include "base/pool.h"
#include "build/build.h"
#include "build/incremental.h"
#include "build/links.h"
#include "build/pictures.h"
#include "build/reach.h"

/* A build in progress. The worker arenas hold records and notes, the scratch ones a page's values;
 * what is linked of records lies in `lasting`. */
struct build {
    const struct build_options *options;
    struct arena *arena;
    struct arena *lasting; /* `arena`, or where the next build finds it again */
    struct arena frozen;   /* that */
    struct arena related;  /* there too: the plan's relations */
    struct diags *diags;
    struct build_report *report;
    struct pool *pool;
    unsigned workers;
    struct arena *worker_arenas;
    struct arena *note_arenas; /* what the link check knows of pages, until the end of the build */
    struct arena *scratch_arenas;
    struct buf *bufs;
    struct diags *worker_diags;
    int64_t began;    /* nanoseconds since 1970 */
    bool source_told; /* something was said of the source or its history */
    bool store_told;  /* or of the output */
    struct source *source;
    const struct history *history;
    struct site *site;
    struct pictures *pictures; /* NULL: there are none to make */
    const struct plan *plan;
    struct templates *templates;
    struct links *links;
    struct reach *reach;             /* NULL: nobody asks */
    struct incremental *incremental; /* NULL: nothing is published */
    struct store *store;             /* likewise, or it could not be opened */
    struct arena store_arena;        /* its memory */
    struct store_item *items;
};

/* Says how far a phase is, to whoever wants to hear. */
void build_tell(const struct build *build, enum build_phase phase, size_t done, size_t total);

/* Makes the plan, compiles the layouts and checks what can be checked without rendering; opens the
 * output, unless there was an error before. Returns 0, or -1 after an error. */
int build_make_plan(struct build *build);

/* Makes each output or keeps it as it is, and says what was found of them all. */
void build_render_all(struct build *build);

#endif
