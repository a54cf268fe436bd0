/* When a site changes with no commit, and why: what `copse next` tells, so that whoever deploys
 * builds at these moments and at no other.
 *
 * A build's bytes depend on the moment it is made for in these ways only: articles that are
 * scheduled or expire; times of events that are over; times of a series that come near enough to be
 * listed, or are long enough over to be dropped (`calendar` in site.yml); cancelled events that
 * leave the calendars; designations that begin or lapse; and zones without a lasting rule, whose
 * next years a calendar must know. A layout that prints `site.time` is not foreseen, nor is an
 * article without any date. */
#ifndef COPSE_SITE_CHANGES_H
#define COPSE_SITE_CHANGES_H

#include "site/site.h"

struct site_change {
    int64_t at;      /* UTC seconds: a build made for this moment differs from one before it */
    struct str why;  /* a sentence without its full stop */
    struct str path; /* of the file that it is about */
};

struct site_changes {
    const struct site_change *items; /* by moment, then by path */
    size_t count;
};

/* The changes of the next `moments` moments after site->now, all that happens at each of them, in
 * `arena`; none further away than a hundred years. */
struct site_changes site_changes(const struct site *site, size_t moments, struct arena *arena);

#endif
