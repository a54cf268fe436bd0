/* Branches that meet must have left the HTML in one state. */
#include "lang/liquid/compiler.h"

/* `<h1{% if x %} class="y"{% endif %}>`: one branch ends in the tag's name or behind an
 * attribute's, the other between attributes. What follows is a new attribute or the tag's end in
 * both. */
static bool between_attributes(const struct surroundings *here)
{
    return here->state == HTML_TAG_NAME || here->state == HTML_IN_TAG || here->state == HTML_NAME ||
           here->state == HTML_AFTER_NAME;
}

static bool same(const struct surroundings *a, const struct surroundings *b)
{
    return a->state == b->state && a->attribute == b->attribute && a->element == b->element;
}

void join_states(struct compiler *compiler, struct surroundings *into,
                 const struct surroundings *branch, bool *first, struct str at)
{
    struct surroundings other = *branch;
    if (compiler->dead)
        return;
    surroundings_forget(&other);
    if (*first) {
        *into = other;
        *first = false;
        return;
    }
    if (into->state != other.state && between_attributes(into) && between_attributes(&other)) {
        into->state = HTML_IN_TAG;
        into->attribute = HTML_PLAIN_ATTRIBUTE;
    } else if (!same(into, &other)) {
        compiler_error(compiler, at,
                       "the branches of this block end in different places: %s, and %s",
                       surroundings_name(into), surroundings_name(&other));
        compiler_hint(compiler, "close in each branch what it opens, or move it out of the block");
    }
    into->settled = into->settled && other.settled;
    into->dynamic = into->dynamic || other.dynamic;
    into->shares = into->shares || other.shares;
    if (into->value_start == NULL)
        into->value_start = other.value_start;
}
