/* A build: the stages in order, from the files of a site to its published folder.
 *
 *     source -> site (records, links) -> plan -> templates -> link check -> pages -> store
 *
 * With errors in the content nothing is published and the output stays as it was; all stages that
 * can still find problems run all the same, so that one run reports everything. */
#ifndef COPSE_BUILD_BUILD_H
#define COPSE_BUILD_BUILD_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/fs.h"
#include "build/outside.h"
#include "build/why.h"
#include "pages/plan.h"
#include "publish/store.h"
#include "source/place.h"
#include "source/source.h"

struct bodies;
struct build_memory;
struct twin;
struct build_report;

enum build_phase {
    BUILD_HISTORY,
    BUILD_READING,
    BUILD_PICTURES,
    BUILD_RENDERING,
    BUILD_PUBLISHING,
    BUILD_ASKING
};

struct build_options {
    const struct fs *fs;
    const struct source_place *place;
    const char *revision;      /* NULL: the work tree, or HEAD of a bare repository */
    const struct merge *merge; /* instead of a revision, a side of a merge; NULL: none */
    enum merge_side side;
    const char *output;  /* NULL: nothing is published, everything is checked */
    unsigned threads;    /* at least 1 */
    int64_t now;         /* seconds since 1970 */
    struct str base_url; /* in place of site.yml's url; may be empty */
    bool drafts;
    bool future;
    bool strict; /* undefined variables in layouts are errors */
    bool warnings_are_errors;
    bool plain;    /* no compressed copies, whatever site.yml asks for: the preview */
    bool outlined; /* search indexes are only summed up (pages/search_outline.h) */
    bool lasting;  /* the report's site can be read on: build_let_go() */
    bool thorough; /* tell what could be better too (build/checks.h), as `copse check` does */
    const struct outside_options *outside; /* links to other sites are asked for; NULL: not */
    /* Whether an output is to be rendered; NULL: all are. From any worker. */
    bool (*wanted)(void *context, const struct output *output);
    /* Given the bytes of each output that was rendered, which it must copy if it keeps them. From
     * any worker, each with its own number below `threads`; NULL: nobody looks. */
    void (*take)(void *context, unsigned worker, const struct output *output, struct str bytes);
    /* Told, instead, the digest of an output that comes out as in the build that `memory` holds. */
    void (*kept)(void *context, unsigned worker, const struct output *output, struct digest digest);
    /* Told of each link to an output that the link check sees (build/links.h: when, and by which
     * worker), of pages that are rendered. */
    void (*link)(void *context, unsigned worker, const struct output *from, const struct output *to,
                 struct str fragment);
    void *take_context; /* of all four */
    /* What the build before left for this one, or, if nothing yet, what this one leaves (memory.h);
     * only without an output. NULL: nothing. */
    struct build_memory *memory;
    /* With `memory`, another side of the merge, to be had at the same time if it is nearly the same
     * site (twin.h). NULL: none. */
    struct twin *twin;
    const char *cache; /* folder for what is kept between builds; NULL: the git directory's, or
                          .copse/ */
    bool explain;      /* tell why pages were made, in the report */
    bool force;        /* a clean build: what was kept is not looked at */
    /* Told what is going on, from the calling thread only; may be NULL. `total` is 0 where it is
     * not known. */
    void (*progress)(void *context, enum build_phase phase, size_t done, size_t total);
    void *progress_context;
    /* Told, from the calling thread, once the site is out, before what is kept for the next build
     * is written; not where nothing was to do. May be NULL. */
    void (*published)(void *context, const struct build_report *report);
    void *published_context;
};

/* What a build made. */
struct build_report {
    size_t articles;
    size_t members;
    size_t events;
    size_t pages;              /* free pages */
    size_t drafts;             /* left out because they are drafts; 0 where nothing was to do */
    size_t outputs;            /* all files */
    size_t commits;            /* compared for dates and names: those not known before */
    size_t rendered;           /* those of them that were made and not kept */
    struct store_report store; /* zero if nothing was published */
    bool published;
    const struct site *site; /* in the arena; NULL with `output`, or if it could not be read */
    const struct plan *plan;
    struct source *source; /* with `lasting`; NULL where it could not be opened */
    struct bodies *bodies; /* likewise */
    bool pictured; /* the site was recalled, with what was made of pictures in it (recall.h) */
    const struct why *why; /* in the arena; NULL unless it was asked for */
};

/* Builds. `diags` then holds all problems, sorted, with the severities that site.yml wants.
 * Everything it makes lives in `arena`. Returns 0 if the site was published (or, without an output,
 * could be), or -1 after at least one error or failure. */
int build_run(const struct build_options *options, struct arena *arena, struct diags *diags,
              struct build_report *report);

/* With `lasting`: closes the report's source and gives back the bodies, of which the site's entries
 * have no HTML from then on. */
void build_let_go(struct build_report *report);

#endif
