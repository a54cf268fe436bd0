/* A review: what a change does to the site, what is wrong with it, and whether its sender may.
 *
 *     merge_open -> BASE as a site -> the actor's role -> merge_make -> the result as a site
 *     -> rights, names, problems, effect
 *
 * The change is what lies between the merge base and HEAD, the site is what it would be after the
 * merge, made in memory: nothing is checked out, nothing written, nothing run. Layouts, assets,
 * site.yml and .mailmap are BASE's unless the actor is an admin there.
 *
 * Everything lives in the arena given to review_run(), and until review_close(). Where a build left
 * its cache in the git directory it is made use of, never written. */
#ifndef COPSE_REVIEW_REVIEW_H
#define COPSE_REVIEW_REVIEW_H

#include "review/effect.h"
#include "review/problems.h"
#include "review/rights.h"

enum review_verdict {
    REVIEW_CLEAR,    /* may be merged */
    REVIEW_PROBLEMS, /* has problems that its author can mend */
    REVIEW_DENIED    /* the actor may not do this; wins over problems */
};

struct build_memory;

struct review_options {
    struct build_options build; /* place, threads, now, base URL, drafts …; merge, output and
                                   revision are ignored */
    const char *base;           /* as source_options.revision */
    const char *head;           /* NULL: HEAD */
    struct str actor;           /* the account; empty: ownership is not judged */
    const char *preview;        /* a folder, or NULL */
    bool warnings_are_errors;
};

struct review {
    enum review_verdict verdict;
    struct str base_commit;
    struct str head_commit;
    struct str actor; /* empty: ownership was not judged */
    enum rights_role role;
    bool compared;      /* both sites could be built, so the effect is known */
    bool shown_as_base; /* the change touches layouts, assets or settings, and was shown without */
    const struct site *site; /* BASE's */
    const struct merge_change *changes;
    size_t change_count;
    struct diags denials;
    struct diags problems; /* that the change brings, warnings too; sorted */
    struct problems_counts standing;
    struct effect_list effects;
    const char *preview; /* written there, or NULL */
    struct build_memory *memory;
};

/* Reviews. Returns 0 with *out complete, or -1 after a failure or an error in `diags` that leaves
 * nothing to review: no such commit, no common history, BASE is no site. */
int review_run(const struct review_options *options, struct arena *arena, struct diags *diags,
               struct review *out);

/* After review_run(), whatever it returned. */
void review_close(struct review *review);

#endif
