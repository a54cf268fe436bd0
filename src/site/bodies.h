/* The bodies of the records: how a site reads them, and their HTML.
 *
 * A record (record.h) holds all that the rest of the site needs of a body: links, headings, ids,
 * excerpt, number of words. Its HTML is wanted by few: the record's own page, feeds, a thread of
 * comments. It is most of a site's bytes, so it stands apart from the records and is not kept
 * between builds: one that is not at hand is read again from its file, which gives the same bytes,
 * since record_read() is pure.
 *
 * bodies_html() may be called by any number of threads. */
#ifndef COPSE_SITE_BODIES_H
#define COPSE_SITE_BODIES_H

#include "base/fs.h"
#include "site/contents.h"
#include "site/site.h"

/* Where bytes come from: like source_read(), but the same for all threads, one at a time. */
struct bodies_source {
    void *context;
    int (*read)(void *context, const struct source_file *file, size_t limit, struct arena *arena,
                struct diags *diags, struct text *out);
};

struct bodies;

enum { CONTENT_FILE_MOST = 9 * 1024 * 1024 };

/* For a site whose settings and editions are known; `count` is the number of its entries at most.
 * Free it with bodies_free(). The site must outlive it. */
struct bodies *bodies_new(const struct site *site, const struct bodies_source *source, size_t count,
                          unsigned workers);
void bodies_free(struct bodies *bodies); /* NULL is fine */

/* From now on what a worker keeps beyond a MB goes to a file without a name in `folder`, which is
 * made if it is missing, until bodies_kept(): a large site's bodies are more than all else that a
 * build holds. Where that cannot be, they stay in memory. `fs` and `folder` are borrowed. */
void bodies_put_aside(struct bodies *bodies, const struct fs *fs, const char *folder);

/* Ends that, when all workers are done and before anyone reads. */
void bodies_kept(struct bodies *bodies);

/* How the record of a file is read: its kind's rules, its language's words. */
struct record_options bodies_options(const struct bodies *bodies, const struct content_place *place,
                                     struct arena *arena);

/* A copy that lives as long as `bodies`; each thread with its own `worker` number. */
struct str bodies_keep(struct bodies *bodies, unsigned worker, struct str html);

/* Sets the HTML of entry `number`, which bodies_keep() gave. One thread an entry. */
void bodies_put(struct bodies *bodies, size_t number, struct str html);

/* The HTML of entry `number` if it is at hand; else its `ptr` is NULL. Lives as long as `bodies`.
 */
struct str bodies_at_hand(const struct bodies *bodies, size_t number);

/* Forgets it, when the file has changed. */
void bodies_drop(struct bodies *bodies, size_t number);

/* The HTML of an entry's body, links as its author wrote them; with the record's markup it is
 * whole. Lives as long as `bodies`. Empty if the file could not be read again (bodies_report()). */
struct str bodies_html(struct bodies *bodies, const struct entry *entry);

/* The record's markup with its HTML. */
struct markup bodies_markup(struct bodies *bodies, const struct entry *entry);

/* What went wrong while files were read again; -1 if anything did. */
int bodies_report(const struct bodies *bodies, struct diags *diags);

#endif
