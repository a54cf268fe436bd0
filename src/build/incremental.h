/* Which outputs of a build need not be made again (DESIGN §5).
 *
 *     incremental_begin     reads the cache of the last build
 *     incremental_look_at   looks at the files' states
 *     incremental_record    gives the record of a file that did not change
 *     incremental_compare   finds the facts of the new plan and which of them changed
 *     incremental_keeps     says of an output whether it stands as it would be made
 *     incremental_made      takes what was noted for one that was made
 *     incremental_save      leaves all that to the next build
 *
 * What comes out is byte for byte what a clean build gives: an output is kept only if every fact
 * that it read has the digest that it had, nothing was to be said about it, and the file itself is
 * as it was written. Pages that somebody has to hear of (a dead link in a layout) are made again
 * each time, so that it is said each time. */
#ifndef COPSE_BUILD_INCREMENTAL_H
#define COPSE_BUILD_INCREMENTAL_H

#include "base/pool.h"
#include "build/build.h"
#include "build/cache.h"
#include "build/links.h"
#include "build/memory.h"
#include "build/reach.h"
#include "pages/templates.h"

struct incremental;

/* Begins. Never fails: without a cache that can be trusted, or where this system cannot keep one,
 * all outputs are made. `began` is cache_clock() from before the source is opened. `arena` must
 * outlive it; free it with incremental_end(). */
struct incremental *incremental_begin(const struct build_options *options, int64_t began,
                                      struct pool *pool, struct arena *arena);
void incremental_end(struct incremental *incremental); /* NULL is fine */

/* What the last build left in the output: store_options.known. */
bool incremental_known_file(void *context, size_t index, struct store_file *file,
                            struct digest *digest);

/* An arena in which the site is to be read and linked, so that it can be kept as it is (frozen.h);
 * one of the heap where it is not kept. What it holds ends with incremental_end(). */
struct arena incremental_site_arena(struct incremental *incremental);

/* Sees how the files look; `source`, just opened, must outlive the rest. */
void incremental_look_at(struct incremental *incremental, struct source *source);

/* An arena for each worker in which records are to be read, so that they can be kept. */
struct arena incremental_arena(struct incremental *incremental);

/* Whether site.yml and the words are those of the last build. */
bool incremental_same_settings(const struct incremental *incremental);

/* The record of a file as the last build read it, or NULL: to be read; and its body's HTML where
 * that is still in memory. For load_options. */
const struct record *incremental_record(void *context, const struct source_file *file,
                                        struct str *html);

/* Likewise what a file beside content was seen to be. */
const struct attachment_look *incremental_look(void *context, const struct source_file *file);

/* What the last build kept of the search index, or NULL; and what this one leaves of it, in the
 * arenas. */
const struct search_kept *incremental_search(const struct incremental *incremental);
void incremental_keep_search(struct incremental *incremental, const struct search_kept *made);

/* One more file, by its absolute path (NUL-terminated), that decides what comes out. */
void incremental_watch(struct incremental *incremental, struct str path);

/* Everything that was linked is now known. */
void incremental_compare(struct incremental *incremental, const struct plan *plan,
                         const struct templates *templates);

/* Whether output `index` is as it would be made, in `store` too (NULL: there is none). From any
 * worker. */
bool incremental_keeps(struct incremental *incremental, const struct store *store, size_t index);
/* Its digest; and the outputs that it links to, noted. */
struct digest incremental_digest(const struct incremental *incremental, size_t index);
void incremental_reach(const struct incremental *incremental, unsigned worker, size_t index,
                       struct reach *reach);
/* Whether it notes what outputs read; false too if it is NULL. Then: whether an output was kept,
 * and what one, made or kept, links to, for reach_is_all(). */
bool incremental_notes(const struct incremental *incremental);
bool incremental_is_kept(struct incremental *incremental, size_t index);
void incremental_list_links(void *context, uint32_t output, struct reach_walk *walk);
/* What the link check needs of one that is kept. */
struct links_of_page incremental_links(const struct incremental *incremental, size_t index);

/* The worker's trace, begun anew for a page; NULL if nothing is kept. */
struct trace *incremental_trace(struct incremental *incremental, unsigned worker);
/* Output `index` was made, with its trace in that of the worker; `always`: there was something to
 * say. `page` lives until incremental_save(), `digest` counts only for incremental_leave(). */
void incremental_made(struct incremental *incremental, unsigned worker, size_t index,
                      const struct links_of_page *page, struct digest digest, bool always);

/* A page that was kept but links to a fragment that is gone: to be made again to say so. */
bool incremental_must_tell(const struct incremental *incremental, struct links *links,
                           size_t index);

/* For the site that is kept (frozen.h): where its dates are from, whether pictures were made for
 * it, and whether something was said that is not of the site itself but of this build of it, so
 * that it cannot be said of the site again. */
struct incremental_beside {
    const struct history *history;
    bool pictured;
    bool told;
};
void incremental_beside(struct incremental *incremental, const struct incremental_beside *beside);

/* How many outputs were made. */
size_t incremental_count(const struct incremental *incremental);

/* The part of leaving the cache that takes long and does not hang on how the output was left: with
 * the links judged, it may run beside store_commit(). */
void incremental_gather(struct incremental *incremental, struct links *links);

/* Leaves the cache for the next build, after store_commit(), with all that was said so far; nothing
 * if nothing was gathered. A cache that cannot be written is a note: the next build is a clean one.
 */
void incremental_save(struct incremental *incremental, const struct store *store,
                      const struct build_report *report, struct diags *diags);

/* Leaves it in memory instead, unless there is something in it already. */
void incremental_leave(struct incremental *incremental, struct links *links,
                       struct build_memory *memory);

#endif
