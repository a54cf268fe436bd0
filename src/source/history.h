/* What the history knows about each file: when it was first and last committed, how often, and by
 * whom. From one walk of the commits; trees are compared entry by entry as raw bytes, and equal
 * subtrees are never opened.
 *
 * A commit with several parents changes a file only if the file differs from that of every parent.
 * .mailmap of the commit that is read is honoured. Renames are not followed, but reported. Of a
 * shallow clone nothing is believed: history_read() says so with a note, and the result is empty.
 *
 * What a walk found can be kept in a file, so that the next one looks at new commits only. Only
 * the tip decides what is in it: where the kept tip is not among the commits that are read
 * (rewritten history, another branch), all is walked anew. A file that is damaged, of another
 * version, of another kind of machine or of another folder counts as not there. */
#ifndef COPSE_SOURCE_HISTORY_H
#define COPSE_SOURCE_HISTORY_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/str.h"
#include "source/source.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct history_time {
    int64_t utc;    /* seconds since 1970 */
    int32_t offset; /* of the committer's clock, seconds east of UTC */
};

struct history_author {
    struct str name;
    struct str email;
};

struct history_file {
    struct str path; /* as in source_files() */
    struct history_time first;
    struct history_time last;
    uint32_t commits;                     /* that changed it */
    const struct history_author *authors; /* each once, the first commit's first */
    size_t author_count;
};

/* A file that left and one with the same bytes that arrived in one commit. */
struct history_rename {
    struct str from;
    struct str to;
    struct history_time when;
};

struct history;

struct history_options {
    const struct source *source;
    const char *folder; /* where a walk is kept; NULL: nowhere */
    bool forget;        /* what was kept is not looked at */
    bool keep;          /* what was found is left in `folder`: not from a merge in memory */
    /* Told now and then how many commits were compared; may be NULL. */
    void (*progress)(void *context, size_t done, size_t total);
    void *progress_context;
};

/* Walks the history of what the source reads (a work tree: of HEAD). All of it lives in `arena`.
 * Returns 0 with *out set, or NULL in it where there is no repository or no commit; -1 after an
 * error. What cannot be kept is a note. */
int history_read(const struct history_options *options, struct arena *arena, struct diags *diags,
                 const struct history **out);

/* Whether the clone has it all, so that it can be walked. */
bool history_is_whole(struct source *source);

/* How many commits were compared for it: those that were not known from a former walk. */
size_t history_walked(const struct history *history);

/* What is known of a file, or NULL (never committed; `history` NULL). */
const struct history_file *history_find(const struct history *history, struct str path);

/* The renames that were seen, oldest first. */
const struct history_rename *history_renames(const struct history *history, size_t *count);

#endif
