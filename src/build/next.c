#include "build/next.h"
#include "base/pool.h"
#include "build/texts.h"
#include "site/bodies.h"
#include "site/load.h"
#include "site/rules.h"

static int read_site(const struct build_options *options, struct source *source, struct pool *pool,
                     struct arena *arena, struct diags *diags, struct site **site)
{
    const struct history *history = NULL;
    const struct history_options past = {.source = source};
    if (history_read(&past, arena, diags, &history) != 0)
        return -1;
    const struct load_options load = {
        .fs = options->fs,
        .source = source,
        .history = history,
        .pool = pool,
        .worker_arenas = arena_zalloc(arena, pool_size(pool), sizeof(struct arena)),
        .now = options->now,
        .drafts = options->drafts,
        .future = options->future,
        .base_url = options->base_url,
    };
    int status = site_load(&load, arena, diags, site);
    for (unsigned i = 0; i < pool_size(pool); i++)
        arena_adopt(arena, &load.worker_arenas[i]); /* the records lie there */
    if (status != 0)
        return -1;
    rules_apply(&(*site)->config, diags);
    return diags_failed(diags) ? -1 : 0;
}

int next_find(const struct build_options *options, size_t moments, struct arena *arena,
              struct diags *diags, struct site_changes *out, struct str *title)
{
    struct pool *pool = pool_new(options->threads);
    struct source *source = NULL;
    struct site *site = NULL;
    const struct source_options where = {
        .fs = options->fs,
        .place = options->place,
        .revision = options->revision,
        .workers = pool_size(pool),
        .embedded = source_embedded,
        .embedded_count = source_embedded_count,
    };
    int status = source_open(&where, arena, diags, &source);
    if (status == 0)
        status = read_site(options, source, pool, arena, diags, &site);
    if (status == 0) {
        *out = site_changes(site, moments, arena);
        *title = site->config.title;
    }
    bodies_free(site ? site->bodies : NULL);
    if (source)
        texts_complete(source, arena, diags);
    source_close(source);
    pool_free(pool);
    return status;
}
