/* The store: the output folder, and the only hand that changes it.
 *
 *     store_open    looks at the folder, refuses one that must not be written, takes the lock
 *     store_plan    is told every path of the site before the first byte exists
 *     store_put     takes the bytes of one path, from any worker, in any order
 *     store_commit  moves everything into place, then removes what is gone
 *     store_close   ends it; without a commit the output is as it was before
 *
 * What holds at every moment, also after kill -9, with a full disk or without permission:
 *
 * - Nothing in the output changes before store_commit(): what is put waits in .copse-work/ inside
 *   the output (so on the same file system) and is moved from there by renames. A killed build
 *   leaves that folder behind; the next one clears it.
 * - A file is replaced whole or not at all.
 * - New files and assets come first, then changed pages, changed indexes, changed feeds, removals:
 *   nobody finds a link on the site whose page is not there (yet, or any more).
 * - A file that is as it should be is not written: its time stamp stays.
 * - Which files are copse's own says the manifest (manifest.h), kept outside the output, and where
 *   that is damaged, who knows what the last build left (store_options.known). A file that is not
 *   listed there is never changed or removed. Where one stands in the way it is either
 *   exactly what would be written (then it is adopted) or an error that names it, before anything
 *   was changed. A listed file that someone else changed since is never removed, only reported.
 * - A build that changes few files tells of these only (store_part), and what is known of them is
 *   kept in a second, small manifest that goes before the first (manifest_more.h).
 * - A text file has the compressed copies that were asked for beside it (compression.h), unless the
 *   site has a file of that name; they come, stay and go with it.
 * - Folders are never followed through symlinks below the output folder itself, which may be one.
 * - One build at a time writes an output: .copse-work/lock says who does and since when.
 *
 * Errors of people (a foreign file, a forbidden folder) are SEVERITY_ERROR, the system's and the
 * lock are SEVERITY_FAILURE. */
#ifndef COPSE_PUBLISH_STORE_H
#define COPSE_PUBLISH_STORE_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/fs.h"
#include "base/hash.h"
#include "base/str.h"
#include "base/text.h"

#include <stddef.h>

struct store;

/* What a path is, in the order in which changes of it are published. */
enum store_rank {
    STORE_ASSET, /* what pages need to be shown: stylesheets, pictures, downloads */
    STORE_PAGE,  /* one subject's page */
    STORE_INDEX, /* pages that list others: home, tags, archives */
    STORE_FEED   /* what machines fetch: feeds, calendars, sitemap, search index, redirects */
};

struct store_item {
    struct str path; /* below the output, "articles/cop/index.html"; must outlive the store */
    enum store_rank rank;
    struct span span; /* what it is made from, for messages; may have no text */
};

/* A file that the last build left, as the caller knows it. */
struct store_file {
    struct str path;
    uint64_t size;
    uint64_t inode;
    int64_t modified;
    int64_t changed;
};

/* Some files of the site, for a build that changes no others: those that it will put as they are
 * now, and those that are to go. */
struct store_part {
    const struct store_file *files; /* paths NUL-terminated */
    const struct digest *digests;   /* of their bytes, as the last build wrote them */
    size_t count;
};

struct store_options {
    const struct fs *fs;
    const char *output; /* the folder, as the user named it; made if it is not there */
    const char *state;  /* folder for the manifest, outside the output; made when needed */
    const char *site;   /* the site's folder: it and what holds it are refused as output */
    const char *anchor; /* folder that moves together with `state` (the repository's, or the
                         * site's): the manifest's name depends on where the output lies from
                         * there, so a moved clone still knows its output */
    unsigned workers;   /* how many workers will call store_put() */
    unsigned compress;  /* bits of enum compression: copies wanted beside text files */
    const struct store_part *part; /* only these are put or go, all others stay; NULL: store_plan()
                                      is told of all */
    /* Where the caller knows too what the last build left: file `index` and the digest of its bytes
     * (all zero: not known), or false behind the last one. What stands just so is copse's own, even
     * if the manifest was damaged. NULL: it does not. */
    bool (*known)(void *context, size_t index, struct store_file *file, struct digest *digest);
    void *known_context;
};

struct store_report {
    size_t written;   /* new or changed */
    size_t unchanged; /* left alone */
    size_t removed;
    size_t bytes; /* of all items, written or not */
};

/* Opens the output. Refused are: the root folder, the home folder, the site's folder, its
 * content/, layouts/ and assets/ and everything in them, folders that hold the site, and the root
 * of a git repository. Returns 0 and a store that the caller must store_close(), or -1. `arena`
 * must outlive it. */
int store_open(const struct store_options *options, struct arena *arena, struct diags *diags,
               struct store **out);

/* Says what the site will consist of. `items` must outlive the store. Refuses paths that are not
 * plain relative ones, two that are the same but for the case of letters, one that is another's
 * folder, and folders that are symlinks or files in the output. Once a store. */
int store_plan(struct store *store, const struct store_item *items, size_t count,
               struct diags *diags);

/* The bytes of item `index`, exactly once for each. Callable from several threads at once, each
 * with its own `worker` number (below options.workers) and its own `diags`. The bytes are not kept.
 * Returns 0, or -1 if a foreign file is in the way or they could not be written. */
int store_put(struct store *store, unsigned worker, size_t index, struct str bytes,
              struct diags *diags);

/* Whether the output holds item `index` as the last build wrote it, with that digest of its bytes.
 * Callable like store_put(). */
bool store_holds(const struct store *store, size_t index, struct digest digest);

/* In place of store_put() for an item that store_holds(). */
void store_keep(struct store *store, size_t index);

/* The digest of the bytes of an item that was put or kept. */
struct digest store_digest(const struct store *store, size_t index);

/* Publishes. Every item must have been put or kept, without an error. On -1 the output holds a
 * mixture of whole files, old and new, and the next build puts it right. Once a store. */
int store_commit(struct store *store, struct store_report *report, struct diags *diags);

/* After a commit: all files of the site, compressed copies too, in `arena`. */
const struct store_file *store_files(const struct store *store, struct arena *arena, size_t *count);

/* Whether the file below the folder handle `output` still looks like that. From any thread. */
bool store_file_stands(const struct fs *fs, int output, const struct store_file *file);

/* Whether a build is at work in the output, an open folder, or was killed there, or could not do
 * all of a commit: store_open() then waits for nobody, but says so, or clears what is left. */
bool store_in_work(const struct fs *fs, int output);

/* Takes away what was put but not committed, gives up the lock, frees the store. NULL is fine. */
void store_close(struct store *store);

#endif
