/* The partials of `copse render`: files of one folder, found as NAME, NAME.html or NAME.liquid. */
#ifndef COPSE_CLI_RENDER_PARTIALS_H
#define COPSE_CLI_RENDER_PARTIALS_H

#include "base/map.h"
#include "base/text.h"
#include "cli/commands.h"

struct render_partials {
    struct cli *cli;
    const char *folder; /* NULL: none */
    struct map texts;   /* path -> struct text, read once */
    struct render_names {
        struct str *items;
        size_t count;
        size_t capacity;
    } names;
    bool listed;
};

void render_partials_init(struct render_partials *partials, struct cli *cli, const char *folder);

/* For struct liquid_host; `context` is a struct render_partials. */
const struct text *render_partials_load(void *context, struct str name, size_t *start);
size_t render_partials_names(void *context, const struct str **names);

#endif
