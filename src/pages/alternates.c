#include "pages/alternates.h"

static const struct output *entry_in(const struct plan *plan, const struct group *group,
                                     const struct edition *edition)
{
    for (size_t i = 0; i < group->count; i++) {
        if (group->entries[i]->published && group->entries[i]->edition == edition)
            return plan_entry(plan, group->entries[i]);
    }
    return NULL;
}

const struct output *alternates_find(const struct plan *plan, const struct output *output,
                                     const struct edition *edition)
{
    if (output->kind == OUTPUT_REDIRECT || output->kind == OUTPUT_NOT_FOUND)
        return NULL;
    if (output->edition == edition)
        return output;
    if (output->kind == OUTPUT_ENTRY)
        return entry_in(plan, ((const struct entry *)output->subject)->group, edition);
    struct arena scratch = {0};
    struct str below = str_after(output->url, output->edition->prefix.len);
    const struct output *found = plan_find(
        plan, arena_printf(&scratch, "%.*s%.*s", STR_ARG(edition->prefix), STR_ARG(below)));
    arena_release(&scratch);
    return found && found->kind == output->kind && found->edition == edition ? found : NULL;
}
