/* No two outputs at one address. */
#include "pages/plan_internal.h"

static struct str maker_of(struct planner *planner, const struct output *output)
{
    if (output->span.text)
        return output->span.text->path;
    return arena_printf(planner->arena, "copse's own page %.*s", STR_ARG(output->url));
}

static void explain_collision(struct planner *planner, const struct output *one,
                              const struct output *other)
{
    /* The message points at a file of the content, if one of the two comes from there. */
    const struct output *at = other->span.text ? other : one;
    const struct output *against = at == other ? one : other;
    struct str maker = maker_of(planner, against);
    if (at->kind == OUTPUT_REDIRECT)
        diag_error(planner->diags, "duplicate-url", at->span,
                   "the alias %.*s is the address of something else already: %.*s",
                   STR_ARG(at->url), STR_ARG(maker));
    else if (str_eq(at->path, against->path))
        diag_error(planner->diags, "duplicate-url", at->span,
                   "this would be published at %.*s, where %.*s stands already", STR_ARG(at->url),
                   STR_ARG(maker));
    else
        diag_error(planner->diags, "duplicate-url", at->span,
                   "this would be published at %.*s, which differs from %.*s of %.*s only in "
                   "upper and lower case",
                   STR_ARG(at->url), STR_ARG(against->url), STR_ARG(maker));
    diag_hint(planner->diags, "rename one of the two, or give it a 'slug:' of its own");
}

static struct str lower_case(struct arena *arena, struct str text)
{
    char *lower = arena_cstr(arena, text);
    for (size_t i = 0; i < text.len; i++)
        lower[i] = str_lower(lower[i]);
    return (struct str){lower, text.len};
}

int plan_check_collisions(struct planner *planner)
{
    struct arena scratch = {0};
    struct map seen;
    int status = 0;
    map_init(&seen, &scratch);
    map_room(&seen, planner->outputs.count);
    for (size_t i = 0; i < planner->outputs.count; i++) {
        struct output *output = &planner->outputs.items[i];
        void **slot = map_slot(&seen, lower_case(&scratch, output->path));
        if (*slot) {
            explain_collision(planner, *slot, output);
            status = -1;
        } else {
            *slot = output;
        }
    }
    arena_release(&scratch);
    return status;
}
