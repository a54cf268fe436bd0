/* What a walk over commits gathers. Internal to the folder.
 *
 * Everything here is a minimum, a maximum, a sum or a set over commits: their order does not
 * matter, so a state that was kept can be continued with commits that came later, and comes out as
 * if all had been walked at once. People stand as the commits have them: a .mailmap may say
 * something else tomorrow. */
#ifndef COPSE_SOURCE_HISTORY_STATE_H
#define COPSE_SOURCE_HISTORY_STATE_H

#include "base/map.h"
#include "source/commits.h"
#include "source/history.h"

/* Who changed a file, and when first. */
struct history_part {
    int64_t since;
    uint32_t person; /* number in `people` */
    uint32_t unused; /* 0: parts are written to a file as they lie here */
};

struct history_track {
    struct history_file file; /* but for its authors, which history_people.h finds */
    struct {
        struct history_part *items;
        size_t count, capacity;
    } parts;
    size_t crowded; /* as soon as there are so many parts, equal ones are joined */
};

struct history_state {
    struct arena *arena;
    git_oid tip;
    struct commit_ids commits; /* that were walked */
    size_t budget;             /* entries of trees that may still be looked at */
    struct {
        struct str *items; /* "Name <email>", any bytes */
        size_t count, capacity;
    } people;
    struct map numbers; /* of people: number plus 1 */
    struct map tracks;  /* path -> struct history_track */
    struct {
        struct history_rename *items;
        size_t count, capacity;
    } renames;
};

/* An empty one, of no commit. */
void history_state_init(struct history_state *state, struct arena *arena);

/* Makes one of the parts of each person; sorted by person. */
void history_join_parts(struct history_track *track);

/* The number of a person, who is added if need be; `raw` is copied. */
uint32_t history_person(struct history_state *state, struct str raw);

/* The track of a path, made if need be; `path` is copied. */
struct history_track *history_track(struct history_state *state, struct str path);

/* history_walk.c: brings the state to `tip`, which history_options has told of; a kept state that
 * `tip` does not reach is given up. *root is the tree of the tip, *walked the number of commits
 * that were compared. Returns 0, or a libgit2 error (< 0): GIT_ENOTFOUND where something is
 * missing, GIT_EUSER where the history is larger than can be read. */
int history_walk(struct history_state *state, const struct history_options *options, git_odb *odb,
                 const git_oid *tip, git_oid *root, size_t *walked);

/* history_people.c: gives every track its authors, as the .mailmap in the tree `root` has them, in
 * the arena of the state. */
void history_settle_people(struct history_state *state, git_odb *odb, const git_oid *root);

/* history_keep.c: the state that was kept in options->folder, or false with an empty one. */
bool history_recall(struct history_state *state, const struct history_options *options);

/* Keeps it. Returns 0 or an errno number. */
int history_keep(const struct history_state *state, const struct history_options *options);

#endif
