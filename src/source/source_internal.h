/* Shared by the files of this folder; outsiders use source.h and history.h. */
#ifndef COPSE_SOURCE_SOURCE_INTERNAL_H
#define COPSE_SOURCE_SOURCE_INTERNAL_H

#include "source/overlay.h"
#include "source/source.h"

#include <git2.h>

/* How a variant reads. A further variant is a listing function and one of these. */
struct source_backend {
    int (*read)(struct source *source, unsigned worker, const struct source_file *file,
                size_t limit, struct arena *arena, struct diags *diags, struct str *bytes);
};

struct source_list {
    struct source_file *items;
    size_t count, capacity;
};

struct source {
    const struct source_backend *backend;
    const struct fs *fs;
    const struct source_place *place;
    const char *revision;
    const struct merge *merge; /* NULL: none */
    enum merge_side side;
    struct arena *arena;
    struct source_list files;
    struct source_list hidden; /* embedded files that the site replaces, by path */
    struct {
        struct str *items;
        size_t count, capacity;
    } watched; /* source_watched() */
    unsigned workers;
    git_repository **repositories; /* one a worker, opened when first used; none: all NULL */
    int folder;                    /* work tree: the site's folder, else -1 */
    bool uses_git;                 /* libgit2 was started */
    bool has_commit;               /* reads a commit */
    git_oid commit;
    struct str prefix; /* of the site in the repository, as place->prefix */
};

/* The variants: list into source->files and set the backend. 0, or -1 after an error. */
int source_list_work_tree(struct source *source, struct diags *diags);
int source_list_commit(struct source *source, struct diags *diags);

/* Starts libgit2 with the settings that source.h promises; each call needs a source_git_end(). */
void source_git_begin(void);
void source_git_end(void);

/* A handle on the repository that the source reads, with what a merge holds in memory. The
 * caller's to free; NULL after an error was added. */
git_repository *source_open_repository(const struct source *source, struct diags *diags);

/* The commit that a revision names (NULL: HEAD), and in *prefix the folder that it may name behind
 * a colon (else *prefix stays). NULL after a failure was added. */
git_commit *source_find_commit(git_repository *repository, const char *revision,
                               struct arena *arena, struct diags *diags, struct str *prefix);

/* The bytes of a blob in `arena`; `path` is for messages. Returns 0, or -1 after an error. */
int source_read_blob(git_repository *repository, const struct blob_id *id, struct str path,
                     size_t limit, struct arena *arena, struct diags *diags, struct str *bytes);

/* Of a merge: the commit of a side, and what is only in memory. */
const git_oid *merge_side_commit(const struct merge *merge, enum merge_side side);
struct overlay *merge_overlay(const struct merge *merge);

/* The worker's own handle on the repository; NULL after an error was added. */
git_repository *source_repository(struct source *source, unsigned worker, struct diags *diags);

/* A failure of libgit2 in words: "cannot <what>: <its message>". Returns -1. */
int source_git_failed(struct diags *diags, struct str path, const char *what);

/* Adds to source_watched(); the path must live as long as the source's arena. */
void source_watch(struct source *source, const char *path);
/* Likewise what says which commit is checked out, and how git is set up. */
void source_watch_git(struct source *source, git_repository *repository);

/* The area of a path by its first folder; false if it lies in none of the three. */
bool source_area_of(struct str path, enum source_area *area);
extern const struct str source_area_names[3];

/* Checks a name found in `folder` (a path of the site, or empty) and makes the path. Returns 0, or
 * -1 after an error: not UTF-8, too long, or no proper name. */
int source_check_name(struct source *source, struct str folder, struct str name,
                      struct diags *diags, struct str *path);

/* An error about one entry; `path` may hold any bytes. The returned span lives in the arena. */
struct span source_span(struct arena *arena, struct str path);
void source_refuse(struct source *source, struct str path, const char *code, const char *what,
                   struct diags *diags);
void source_refuse_link(struct source *source, struct str path, struct diags *diags);
void source_refuse_submodule(struct source *source, struct str path, struct diags *diags);
void source_refuse_depth(struct source *source, struct str path, struct diags *diags);

#endif
