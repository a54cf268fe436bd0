/* Shared by rights.c (which path may be touched) and rights_bio.c (what a bio may say). */
#ifndef COPSE_REVIEW_RIGHTS_INTERNAL_H
#define COPSE_REVIEW_RIGHTS_INTERNAL_H

#include "review/rights.h"

struct judge {
    const struct rights_question *question;
    const struct site *base;
    const struct site *after;
    struct map removed; /* paths of the site that the change removes */
    struct diags *diags;
    struct arena *arena; /* the diagnostics' */
};

/* An error about a path, or about a place in a record. */
void judge_deny(struct judge *judge, struct span span, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
struct span judge_path_span(struct judge *judge, struct str path);

/* The record of a path on a side, or NULL. */
const struct entry *judge_entry(const struct site *site, struct str path);

/* The account that a member's bio names in any language, or empty. */
struct str judge_account(const struct group *member);

/* Whether the member was the actor's own at BASE. */
bool judge_owns_base(const struct judge *judge, const struct group *member);

/* The same for a member of the site with the change: one of its files was, or came from one. */
bool judge_owns_after(const struct judge *judge, const struct group *member);

/* Whether a new member may be the actor's: nothing of it was at BASE, and it names the account. */
bool judge_is_new_own(const struct judge *judge, const struct group *member);

/* Judges a change of one bio: its owner, its account, its file's name, what it claims. */
void judge_bio(struct judge *judge, const struct merge_change *change);

/* Judges a picture beside bios. */
void judge_picture(struct judge *judge, const struct merge_change *change);

#endif
