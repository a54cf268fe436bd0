/* Whether the one who sends a change may make it.
 *
 * Who owns what is read from BASE and never from the change, so nobody makes themselves an owner.
 * Every path is judged by itself, in what the change names and in what a merge would touch: chains
 * of renames lead nowhere.
 *
 *   admins    everything
 *   editors   everything in content/ but site.yml and names that begin with a dot; an account
 *             (`github:`) that is set they may not change
 *   members   their own bio (`github:` at BASE, without regard to case), its pictures, comments
 *             that bear their own name
 *   others    one new bio of their own, in a file named after them or their account
 *
 * Designations are the committee's: a bio may claim what the roster grants or what it claimed at
 * BASE. Admins and editors are site.yml's `review: {admins: […], editors: […]}`.
 *
 * Code of the diagnostics: not-allowed. */
#ifndef COPSE_REVIEW_RIGHTS_H
#define COPSE_REVIEW_RIGHTS_H

#include "base/diag.h"
#include "pages/plan.h"
#include "source/merge.h"

enum rights_role { RIGHTS_NEWCOMER, RIGHTS_MEMBER, RIGHTS_EDITOR, RIGHTS_ADMIN };

/* The role of an account on a site as it is. */
enum rights_role rights_role(const struct site *base, struct str actor);

/* The same, as far as the settings alone say it. */
bool rights_is_admin(const struct config *base, struct str actor);

/* "a member" */
const char *rights_role_name(enum rights_role role);

struct rights_question {
    struct str actor;
    enum rights_role role; /* at BASE */
    bool has_roster;       /* BASE has content/roster.yml */
    const struct plan *base;
    const struct plan *after; /* the site with the change */
    const struct merge_change *changes;
    size_t change_count;
};

/* Adds an error for everything that the actor may not do. */
void rights_judge(const struct rights_question *question, struct diags *diags);

#endif
