/* `copse check`: every problem of the content, nothing written. */
#include "cli/commands.h"
#include "cli/site_run.h"

#include <time.h>

static void report_asking(void *context, size_t done, size_t total)
{
    progress_report(context, BUILD_ASKING, done, total);
}

/* Answers are kept where a build keeps its own things: in the git directory, else in .copse. */
static const char *cache_folder(struct cli *cli, const struct site_run *run)
{
    struct str git = run->place.git_folder;
    if (git.len > 0)
        return arena_printf(cli->arena, "%.*s/copse", STR_ARG(git)).ptr;
    return arena_printf(cli->arena, "%.*s/.copse", STR_ARG(run->place.folder)).ptr;
}

static int needs_external(struct cli *cli)
{
    static const enum option_id options[] = {OPTION_PRIVATE, OPTION_AGE, OPTION_TIMEOUT};
    for (size_t i = 0; i < sizeof options / sizeof *options; i++) {
        if (cli->options->given[options[i]] && !cli->options->given[OPTION_EXTERNAL])
            return diag_error(cli->diags, "usage", (struct span){0}, "--%s goes with --external",
                              option_table[options[i]].name);
    }
    return 0;
}

enum status cmd_check(struct cli *cli)
{
    struct site_run run;
    if (needs_external(cli) != 0)
        return STATUS_USAGE;
    enum status status = site_run_prepare(cli, &run);
    if (status != STATUS_DONE)
        return status;
    const struct outside_options outside = {
        .private_too = cli->options->given[OPTION_PRIVATE],
        .timeout = (unsigned)cli->options->number[OPTION_TIMEOUT],
        .age = (unsigned)cli->options->number[OPTION_AGE],
        .clock = (int64_t)time(NULL),
        .cache = cache_folder(cli, &run),
        .progress = report_asking,
        .progress_context = &run.progress,
    };
    run.build.thorough = true;
    if (cli->options->given[OPTION_EXTERNAL])
        run.build.outside = &outside;
    if (site_run_build(cli, &run) != 0)
        return STATUS_CONTENT;
    return site_run_sum_up(cli, &run, "checked") == 0 ? STATUS_DONE : STATUS_SYSTEM;
}
