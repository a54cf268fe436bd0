/* From files to the site: reads every record in parallel, then links them on one thread.
 *
 *     site.yml -> words, registries -> records (parallel) -> identity -> people -> grants ->
 *     comments -> editions
 *
 * All problems of all files are reported, not only the first; an unreadable file does not hide what
 * is wrong in the others. */
#ifndef COPSE_SITE_LOAD_H
#define COPSE_SITE_LOAD_H

#include "base/pool.h"
#include "site/site.h"
#include "source/history.h"

struct load_options {
    const struct fs *fs; /* for tzdata */
    struct source *source;
    const struct history *history; /* NULL: no repository */
    struct pool *pool;
    struct arena *worker_arenas; /* one a worker of the pool; they must outlive the site */
    /* The record of a file if it is known already, else NULL; from any worker. NULL: none is. Its
     * body's HTML may be given too, if it lasts as long as the site. */
    const struct record *(*known)(void *context, const struct source_file *file, struct str *html);
    /* Likewise what a file beside content was seen to be. From the calling thread. */
    const struct attachment_look *(*known_look)(void *context, const struct source_file *file);
    void *known_context; /* of both */
    const char *aside;   /* where bodies go that memory need not hold (bodies.h), or NULL */
    int64_t now;         /* seconds since 1970: decides what is in the future */
    bool drafts;         /* publish them too */
    bool future;         /* likewise */
    struct str repository_folder; /* of the site in its repository; may be empty */
    struct str base_url;          /* in place of site.yml's url; may be empty */
};

/* site->bodies (bodies.h) is to be freed before the arenas and the source.
 *
 * Returns 0 with *out set, though `diags` may hold errors of single files; or -1 after an error
 * that leaves nothing to go on with (no site.yml). */
int site_load(const struct load_options *options, struct arena *arena, struct diags *diags,
              struct site **out);

/* The bodies of a site that is linked already, none of them at hand, read from `source`. To be
 * freed likewise. */
struct bodies *site_bodies(const struct site *site, struct source *source, size_t count,
                           unsigned workers);

#endif
