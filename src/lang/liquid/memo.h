/* Partials whose printing is kept (struct liquid_memo in liquid.h): which ones can be, and how. */
#ifndef COPSE_LANG_LIQUID_MEMO_H
#define COPSE_LANG_LIQUID_MEMO_H

#include "lang/liquid/run.h"

struct slots {
    uint32_t *items;
    size_t count;
    size_t capacity;
};

/* What a partial prints depends on its parameters and on these variables. */
struct memo_plan {
    struct slots keyed;    /* read before it sets them: by their values, whatever they are */
    struct slots covered;  /* set before they are read: by their values where a loop around the
                              include holds them, for then setting them is not seen */
    struct slots shadowed; /* steady globals: by their values where something has their name */
    struct slots assigned; /* what it may leave set behind it */
    bool parameters;       /* it looks at them: without any it is shown the includer's */
    size_t op_count;       /* how long it is, with the partials in it */
};

/* The plan of a partial that was just compiled, or NULL if what it prints cannot be kept. */
const struct memo_plan *memo_plan_make(struct liquid *liquid, const struct partial *partial);

/* Does what a Jekyll include does, from the memo or for the memo. False if it did nothing: the
 * partial is to be run as ever. */
bool memo_include(struct liquid_run *run, const struct partial_use *use,
                  const struct liquid_template *compiled, const struct value_entry *parameters);

/* partials.c: runs a partial with its parameters, if it is given any. */
void run_with_parameters(struct liquid_run *run, const struct partial_use *use,
                         const struct liquid_template *compiled,
                         const struct value_entry *parameters);

#endif
