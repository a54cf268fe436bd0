/* The live preview: builds the site into a folder of its own, shows it on this computer alone,
 * and builds again on every save. */
#ifndef COPSE_SERVE_SERVE_H
#define COPSE_SERVE_SERVE_H

#include "serve/builder.h"

struct serve_options {
    /* `build` is the template of each build: its output and address are filled in here. */
    struct builder_options builder;
    unsigned port; /* 0: the first free one */
    bool open;     /* show the site in a browser once it is built */
    bool polling;  /* watch without inotify */
    /* Says a line about what happens; may be NULL. */
    void (*say)(void *context, const char *line);
    void *context;
};

/* Serves until the process is asked to end (SIGINT, SIGTERM, SIGHUP). Returns 0, or -1 if it could
 * not begin. Needs a process without other threads; signals are blocked while it runs. */
int serve_run(const struct serve_options *options, struct arena *arena, struct diags *diags);

#endif
