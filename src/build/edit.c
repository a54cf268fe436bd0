#include "build/cache_place.h"
#include "build/cache_seal.h"
#include "build/edit_internal.h"
#include "build/said.h"

#include <string.h>

/* Whether something that the last build said may be said otherwise now. */
static bool is_concerned(const struct edit *edit, const struct diag *diag)
{
    if (diag->severity == SEVERITY_NOTE)
        return false;
    if (edit->options->warnings_are_errors || !diag->code ||
        strcmp(diag->code, "dead-fragment") == 0)
        return true;
    const struct cache *cache = &edit->look->cache;
    for (size_t i = 0; diag->span.text && i < edit->look->edited_count; i++) {
        if (str_eq(diag->span.text->path,
                   cache_path(cache, &cache->sources[edit->look->edited[i].number])))
            return true;
    }
    return false;
}

static bool are_concerned(const struct edit *edit, const struct diags *said)
{
    for (size_t i = 0; i < said->count; i++) {
        if (is_concerned(edit, &said->items[i]))
            return true;
    }
    return false;
}

bool edit_outputs_stand(struct edit *edit)
{
    if (edit->looks)
        edit->stand = unchanged_outputs_end(edit->look, edit->pool);
    edit->looks = false;
    return edit->stand;
}

static bool run(struct edit *edit)
{
    struct unchanged_look *look = edit->look;
    if (!cache_read_more(edit->pool, CACHE_ALL, &look->memory, &look->cache) || !look->cache.frozen)
        return false;
    if (!look->memory.sealed)
        cache_seal_put(edit->options->fs, cache_file(edit->options, edit->arena),
                       &look->memory.state, edit->began);
    edit->frozen = look->cache.frozen;
    arena_in(&edit->records, &look->memory.records);
    arena_in(&edit->site, &look->memory.site);
    unchanged_outputs_begin(look, edit->pool);
    edit->looks = true;
    bool done =
        frozen_thaw(edit->frozen, edit->options, edit->workers, edit->arena, &edit->said) == 0 &&
        edit_read_texts(edit) && edit_search(edit) && edit_make_pages(edit) && edit_publish(edit);
    (void)edit_outputs_stand(edit);
    frozen_end(edit->frozen);
    return done;
}

bool edit_build(const struct build_options *options, struct unchanged_look *look, int64_t began,
                struct pool *pool, struct arena *arena, struct diags *diags,
                struct build_report *report)
{
    struct edit edit = {
        .options = options,
        .look = look,
        .began = began,
        .pool = pool,
        .workers = pool_size(pool),
        .arena = arena,
        .diags = diags,
        .report = report,
    };
    struct diags said;
    diags_init(&edit.said, arena);
    diags_init(&said, arena);
    /* Reasons are told by a whole build, which sees all facts of both sides. */
    bool done = !options->explain && said_read(look->cache.said, &said) &&
                !are_concerned(&edit, &said) && run(&edit);
    if (done)
        diags_merge(diags, &said);
    unchanged_let_go(look);
    return done;
}
