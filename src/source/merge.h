/* A branch and the one it is to be merged into, compared and merged in memory.
 *
 * The change is what lies between the merge base and HEAD: whatever a merge commit hides, however
 * many parents it has. The result is what a merge would leave, made by git's own three-way merge
 * with renames; nothing is written into the repository. No attribute, merge driver or
 * configuration of the repository has a say: the merge sees objects and nothing else.
 *
 *     merge_open     finds both commits and their one merge base; lists the change
 *     merge_make     merges; some paths may be kept as BASE has them
 *     source_open    reads either side as a site (source_options.merge)
 *
 * Everything lives in the arena given to merge_open(), and until merge_close(). One thread at a
 * time; sources of it are read as any other.
 *
 * Codes of the diagnostics: no-common-history, several-merge-bases, merge-conflict, file-name,
 * source. */
#ifndef COPSE_SOURCE_MERGE_H
#define COPSE_SOURCE_MERGE_H

#include "source/source.h"

struct merge;

/* What a change does to one path, and what the path is before and after. */
enum merge_status { MERGE_ADDED, MERGE_CHANGED, MERGE_REMOVED };

/* As git's modes tell them. */
enum merge_mode {
    MERGE_NOTHING, /* not there */
    MERGE_FILE,
    MERGE_EXECUTABLE,
    MERGE_SYMLINK,
    MERGE_SUBMODULE
};

struct merge_change {
    enum merge_status status;
    struct str path;       /* in the repository; any bytes but NUL */
    struct str in_site;    /* in the site ("content/…"), or empty: outside its folder */
    struct str moved_from; /* in the site: the removed file that this one was, or empty */
    struct str moved_to;   /* likewise of a removed file */
    enum merge_mode old_mode;
    enum merge_mode new_mode;
    struct blob_id old_id; /* zero where there is nothing */
    struct blob_id new_id;
};

struct merge_options {
    const struct source_place *place; /* must outlive the merge */
    const char *base;                 /* as source_options.revision; its folder holds for both */
    const char *head;                 /* NULL: HEAD */
};

/* Finds the commits. Returns 0 with *out set, or -1: no repository, no such revision, no common
 * history, several merge bases, or a name in the change that no file can have. */
int merge_open(const struct merge_options *options, struct arena *arena, struct diags *diags,
               struct merge **out);
void merge_close(struct merge *merge); /* after every source of it is closed; NULL is fine */

/* What lies between the merge base and HEAD, sorted by path. */
const struct merge_change *merge_changes(const struct merge *merge, size_t *count);

/* Merges. `kept` are paths of the site, files or folders, and with a slash in front paths of the
 * repository ("/.mailmap"), that stay as BASE has them, whatever HEAD did. Returns 0, or -1 after
 * an error for each conflict. */
int merge_make(struct merge *merge, const struct str *kept, size_t kept_count, struct diags *diags);

/* After merge_make(): what lies between BASE and the result, the kept paths not counted. Where
 * renames meet, this can name other paths than the change does. */
const struct merge_change *merge_effects(const struct merge *merge, size_t *count);

/* The commits, as 40 hexadecimal digits. */
struct str merge_commit(const struct merge *merge, enum merge_side side);
struct blob_id merge_commit_id(const struct merge *merge, enum merge_side side); /* its bytes */

/* The site's folder in both, as revisions may name it. */
struct str merge_prefix(const struct merge *merge);

/* The bytes of a blob, as source_read() gives them. `path` is for messages. */
int merge_read(const struct merge *merge, struct blob_id id, struct str path, size_t limit,
               struct arena *arena, struct diags *diags, struct str *bytes);

/* How large a blob is; 0 if it cannot be found. */
size_t merge_size(const struct merge *merge, struct blob_id id);

#endif
