#include "build/frozen.h"
#include "site/bodies.h"
#include "site/load.h"

static bool lies_there(const struct region *region, const void *a, const void *b, const void *c)
{
    return region_holds(region, a) && region_holds(region, b) && region_holds(region, c);
}

const struct frozen *frozen_make(const struct frozen *parts, struct region *region)
{
    const struct plan *plan = parts->plan;
    struct output *outputs = (struct output *)(uintptr_t)plan->outputs;
    if (!region->mapped || !lies_there(region, parts->source, parts->site, plan) ||
        !lies_there(region, parts->facts, parts->facts->items, outputs))
        return NULL;
    struct frozen *frozen = region_take(region, sizeof *frozen);
    if (!frozen)
        return NULL;
    for (size_t i = 0; i < plan->count; i++) {
        if (outputs[i].kind == OUTPUT_SEARCH_FILE)
            outputs[i].subject = NULL;
    }
    *frozen = *parts;
    return frozen;
}

int frozen_thaw(const struct frozen *frozen, const struct build_options *options, unsigned workers,
                struct arena *arena, struct diags *diags)
{
    const struct source_options source = {
        .fs = options->fs,
        .place = options->place,
        .revision = options->revision,
        .merge = options->merge,
        .side = options->side,
        .workers = workers,
    };
    frozen->site->now = options->now;
    frozen->site->bodies = NULL;
    if (source_reopen(frozen->source, &source, arena, diags) != 0)
        return -1;
    frozen->site->bodies =
        site_bodies(frozen->site, frozen->source, frozen->site->entry_count, workers);
    return 0;
}

void frozen_end(const struct frozen *frozen)
{
    bodies_free(frozen->site->bodies);
    frozen->site->bodies = NULL;
    source_close(frozen->source);
}
