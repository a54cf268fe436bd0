/* What a site is read from: the files under content/, layouts/ and assets/ of a work tree or of a
 * commit, with the program's own layouts, assets and words of languages beneath them. Whatever the
 * variant, the same content gives the same list and the same bytes.
 *
 * A source is opened once and is constant from then on, but for source_read() and source_id(),
 * which several threads may call at the same time as long as each uses a worker number of its own
 * (libgit2's objects belong to one thread). Paths are relative to the site's folder with '/'
 * between the names, UTF-8, without "." and "..", at most SOURCE_MAX_PATH bytes; they may hold any
 * other character, newlines too.
 *
 * What is refused, each with an error that names it: symbolic links, submodules (in a work tree any
 * folder with a repository of its own), devices and the like, names that are not UTF-8, paths that
 * are too long or too deep. Such an entry is left out of the list and the rest is still listed.
 * Git's ignore rules hold for untracked files of a work tree. Files whose names begin with a dot
 * are listed; who uses the list decides about them.
 *
 * Nothing that a repository's configuration or attributes name is run or applied: bytes are those
 * of the file or the blob. Who owns the repository's folder does not matter.
 *
 * Codes of the diagnostics: symbolic-link, submodule, special-file, file-name, file-too-large,
 * source. */
#ifndef COPSE_SOURCE_SOURCE_H
#define COPSE_SOURCE_SOURCE_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/fs.h"
#include "base/str.h"
#include "base/text.h"
#include "source/embedded.h"
#include "source/place.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SOURCE_MAX_PATH 1024
#define SOURCE_MAX_DEPTH 32

/* Git's name for the bytes of a file: SHA-1 of "blob <size>\0" and the bytes. */
struct blob_id {
    unsigned char bytes[20];
};

enum source_area { SOURCE_CONTENT, SOURCE_LAYOUTS, SOURCE_ASSETS };
enum source_layer { SOURCE_SITE, SOURCE_EMBEDDED };

struct source_file {
    struct str path; /* "content/articles/cop.md"; NUL-terminated */
    enum source_area area;
    enum source_layer layer;
    bool executable; /* commits only; a work tree's is not looked at */
    bool has_id;     /* known without a look at the bytes: files of a commit */
    struct blob_id id;
    const void *handle; /* the variant's own */
};

struct source;
struct merge; /* merge.h */

/* What may become of a change: BASE as it is, HEAD by itself, and BASE with HEAD merged. */
enum merge_side { MERGE_BASE, MERGE_HEAD, MERGE_RESULT };

struct source_options {
    const struct fs *fs;
    const struct source_place *place; /* must outlive the source */
    /* A commit, branch, tag, or anything `git rev-parse` knows of these; may be followed by ":" and
     * the site's folder in it ("main:examples/association"). NULL: the work tree, or in a bare
     * repository HEAD. */
    const char *revision;
    /* Instead of a revision a side of a merge, which must outlive the source; NULL: none. */
    const struct merge *merge;
    enum merge_side side;
    unsigned workers; /* how many threads will read; at least 1 */
    /* The layer beneath; NULL and 0: none. */
    const struct source_embedded_file *embedded;
    size_t embedded_count;
};

/* Opens and lists. Everything listed lives in `arena`, which must outlive the source. Returns 0
 * with *out set even if single entries were refused with an error, or -1 with *out NULL: no
 * content/ there, no such revision, an unreadable folder or a damaged repository. Free it with
 * source_close(). */
int source_open(const struct source_options *options, struct arena *arena, struct diags *diags,
                struct source **out);
void source_close(struct source *source);

/* Opens a source again that lies in memory as source_open() left it (base/region.h), without
 * listing anything: a work tree's for who has seen that all of source_watched() looks as it did, a
 * commit's for who has seen that it is that commit (source_commit()). Of the options all count but
 * what is beneath. What it opens lives in `arena`. Returns 0, or -1 after a failure; source_close()
 * it in any case. */
int source_reopen(struct source *source, const struct source_options *options, struct arena *arena,
                  struct diags *diags);

/* All files, sorted by the bytes of their paths, each path once. */
const struct source_file *source_files(const struct source *source, size_t *count);
/* One of them, or NULL. */
const struct source_file *source_find(const struct source *source, struct str path);
/* The embedded file that the site's own at `path` replaces, or NULL. */
const struct source_file *source_beneath(const struct source *source, struct str path);
/* Those that lie in `folder` ("content/members"), at any depth: neighbours in the list. */
const struct source_file *source_folder(const struct source *source, struct str folder,
                                        size_t *count);

/* The bytes of a file with its path as a text, both in `arena`, a NUL byte behind the bytes. More
 * than `limit` bytes are an error that names the limit. Returns 0, or -1. */
int source_read(struct source *source, unsigned worker, const struct source_file *file,
                size_t limit, struct arena *arena, struct diags *diags, struct text *out);

/* The blob id of a file; one that is not known yet is computed from the file's bytes. Returns 0, or
 * -1 if they cannot be read. */
int source_id(struct source *source, unsigned worker, const struct source_file *file,
              struct diags *diags, struct blob_id *out);

/* The id of bytes that are at hand. */
struct blob_id blob_id_of(struct str bytes);
bool blob_id_eq(struct blob_id a, struct blob_id b);

/* What tells one state of a file's bytes from another without a look at them. Of a commit's file
 * its blob id, of a work tree's its size, inode, and the times of its last change (the last two
 * words: nanoseconds since 1970), of the program's own nothing: they are the program. */
struct source_signature {
    uint64_t words[4];
};

/* Returns 0, or an errno number. Callable from several threads. */
int source_signature(const struct source *source, const struct source_file *file,
                     struct source_signature *out);

/* Besides its files, what a work tree's listing and history depend on: folders, ignore rules, the
 * commit that is checked out. Absolute paths, NUL-terminated; some are of files that are not there.
 * While all of them look as they did (source_look()), and all files too, source_open() and
 * history_read() would give the same again. (One exception: settings that git's own configuration
 * includes from further files.) None for a commit. */
const struct str *source_watched(const struct source *source, size_t *count);

/* How a file or folder at an absolute path looks; all 0: it is not there. */
void source_look(const struct fs *fs, const char *path, struct source_signature *out);

/* A worker number behind those of source_options.workers, for one more reader. */
unsigned source_spare_worker(const struct source *source);

/* The commit that is read; false if it is a work tree. */
bool source_commit(const struct source *source, struct blob_id *out);

/* A path as a message can show it: bytes that are no UTF-8 and control characters as \xHH. */
struct str source_printable(struct arena *arena, struct str path);

#endif
