/* What articles and events have to do with members and with each other, beyond their bylines: in
 * which a member is mentioned, what they did that is only there in another language, which articles
 * are a series, which are akin.
 *
 * All is found once for an edition and lives in the arena it was found into, but for what is akin:
 * that is found when a page asks (kin_find()), since it costs a look at a few neighbours only. */
#ifndef COPSE_PAGES_RELATIONS_H
#define COPSE_PAGES_RELATIONS_H

#include "base/arena.h"
#include "base/map.h"
#include "pages/kin.h"
#include "site/site.h"

struct plan;

struct relations {
    struct map mentions; /* by the path of a member's primary bio: struct entry_list */
    struct map written;  /* likewise: what a member wrote, the edition's first; only where there is
                            something of another language */
    struct map spoken;
    struct map series; /* by the series' name: struct entry_list, in its order */
    struct kin_words words;
};

/* Finds all in the articles and events of `edition` and in those that it does not have in any
 * language; the plan must be complete, so that links can be looked up. A member's own articles do
 * not count as mentions of them. A series goes by `series_part`, what has none behind it by date.
 * What is akin is taken from `known` (or NULL) if it can be. */
void relations_find(const struct plan *plan, const struct edition *edition,
                    const struct kin_known *known, struct arena *arena, struct relations *out);

/* The articles that link to a member's page, those of the edition first, newest first, then those
 * of each other language; may be empty, never NULL. */
const struct entry_list *relations_mentions(const struct relations *relations,
                                            const struct group *member);

/* What a member wrote and where they speak, the edition's first, then those of each other language
 * that the edition does not have; may be empty, never NULL. */
const struct entry_list *relations_written(const struct relations *relations,
                                           const struct edition *edition,
                                           const struct group *member);
const struct entry_list *relations_spoken(const struct relations *relations,
                                          const struct edition *edition,
                                          const struct group *member);

/* The articles of the series that an article is a part of, itself included; empty if it is in none,
 * never NULL. */
const struct entry_list *relations_series(const struct relations *relations,
                                          const struct entry *article);

#endif
