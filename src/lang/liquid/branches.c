/* Branches that meet must have left the HTML in one state. */
#include "lang/liquid/compiler.h"

static bool same(const struct surroundings *a, const struct surroundings *b)
{
    return a->state == b->state && a->attribute == b->attribute && a->element == b->element;
}

void join_states(struct compiler *compiler, struct surroundings *into,
                 const struct surroundings *branch, bool *first, struct str at)
{
    if (compiler->dead)
        return;
    if (*first) {
        *into = *branch;
        *first = false;
        return;
    }
    if (!same(into, branch)) {
        compiler_error(compiler, at,
                       "the branches of this block end in different places: %s, and %s",
                       surroundings_name(into), surroundings_name(branch));
        compiler_hint(compiler, "close in each branch what it opens, or move it out of the block");
    }
    into->settled = into->settled && branch->settled;
    into->dynamic = into->dynamic || branch->dynamic;
    if (into->value_start == NULL)
        into->value_start = branch->value_start;
}
