/* `copse serve`: the live preview. */
#include "cli/commands.h"
#include "cli/messages.h"
#include "cli/site_run.h"
#include "cli/streams.h"
#include "serve/serve.h"

#include <stdio.h>
#include <stdlib.h>

static void say(void *context, const char *line)
{
    (void)context;
    /* Nobody listening is no reason to stop serving. */
    printf("%s\n", line);
    fflush(stdout);
}

enum status cmd_serve(struct cli *cli)
{
    const struct options *options = cli->options;
    struct site_run run;
    enum status status = site_run_prepare(cli, &run);
    if (status != STATUS_DONE)
        return status;
    if (run.place.bare || !run.place.has_content) {
        diag_error(cli->diags, "source", (struct span){0}, "%.*s is no site: it has no content/",
                   STR_ARG(run.place.folder));
        diag_hint(cli->diags, "go into your site's folder, or begin one with `copse init DIR`");
        return STATUS_CONTENT;
    }
    run.build.drafts = true;
    run.build.future = true;
    run.build.progress = NULL;
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    const struct serve_options serve = {
        .builder = {.build = run.build,
                    .fixed_now = options->given[OPTION_NOW] || (epoch && epoch[0] != '\0'),
                    .messages = messages_text,
                    .color = streams_color()},
        .port = options->given[OPTION_PORT] ? (unsigned)options->number[OPTION_PORT] : 0,
        .open = options->given[OPTION_OPEN],
        .polling = options->given[OPTION_POLL],
        .say = options->given[OPTION_QUIET] ? NULL : say,
    };
    return serve_run(&serve, cli->arena, cli->diags) == 0 ? STATUS_DONE : STATUS_SYSTEM;
}
