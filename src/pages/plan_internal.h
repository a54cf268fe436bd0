/* The plan in the making. Only for plan*.c: plan.c lists what an edition has, plan_aliases.c the
 * old addresses, plan_collisions.c proves that no two outputs share one address. */
#ifndef COPSE_PAGES_PLAN_INTERNAL_H
#define COPSE_PAGES_PLAN_INTERNAL_H

#include "base/vec.h"
#include "pages/plan.h"

struct output_list {
    struct output *items;
    size_t count, capacity;
};

struct alias_list {
    struct alias *items;
    size_t count, capacity;
};

struct planner {
    const struct site *site;
    struct arena *arena;
    struct diags *diags;
    struct plan *plan;
    struct arena growing; /* where the list of outputs lies while it grows */
    struct output_list outputs;
    struct alias_list aliases;
    const struct edition *edition; /* the one being planned */
};

/* Adds an output of the planner's edition; `layout` is NULL for what C code writes. The result is
 * good until the next one is added. */
struct output *planner_add(struct planner *planner, enum output_kind kind, struct str url,
                           const char *layout, const void *subject);

/* "/fr/tags/" for "/tags/" in the French edition. */
struct str planner_url(struct planner *planner, const char *below);

/* Adds what programs look for by its name; the pages must be planned. `assets` are those of
 * plan_make(). */
void plan_for_machines(struct planner *planner, const struct source_file *assets, size_t count);

/* Whether an asset of the program's own, copse's mark, gives way to an icon that is made of the
 * logo. */
bool plan_replaces(const struct planner *planner, const struct source_file *asset);

/* Adds a page for every alias of what is published; errors go to the planner's diagnostics. */
void plan_aliases(struct planner *planner);

/* Returns 0, or -1 after an error for every output at another's address. */
int plan_check_collisions(struct planner *planner);

#endif
