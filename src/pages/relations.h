/* What articles have to do with members and with each other, beyond their bylines: in which a
 * member is mentioned, which are a series, which are akin.
 *
 * Mentions and series are found once for an edition and live in the arena they were found into;
 * what is akin is found when a page asks, since it costs a look at a few neighbours only. */
#ifndef COPSE_PAGES_RELATIONS_H
#define COPSE_PAGES_RELATIONS_H

#include "base/arena.h"
#include "base/map.h"
#include "site/site.h"

struct plan;

struct relations {
    struct map mentions; /* by the path of a member's primary bio: struct entry_list */
    struct map series;   /* by the series' name: struct entry_list, oldest first */
};

/* Finds both in the articles of `edition`; the plan must be complete, so that links can be looked
 * up. A member's own articles do not count as mentions of them. An article that is not in the
 * edition's language counts too. */
void relations_find(const struct plan *plan, const struct edition *edition, struct arena *arena,
                    struct relations *out);

/* The articles that link to a member's page, those of the edition first, newest first, then those
 * of each other language; may be empty, never NULL. */
const struct entry_list *relations_mentions(const struct relations *relations,
                                            const struct group *member);

/* The articles of the series that an article is a part of, itself included; empty if it is in none,
 * never NULL. */
const struct entry_list *relations_series(const struct relations *relations,
                                          const struct entry *article);

/* Writes up to `most` articles that share tags with `article` to `found`, nearest first, and
 * returns how many. A tag that few articles have counts for more; of each tag's articles those
 * that are nearest in time are looked at, so that it costs the same whatever a site's size is. */
size_t relations_related(const struct entry *article, const struct entry **found, size_t most,
                         struct arena *scratch);

#endif
