/* `copse check`: every problem of the content; nothing is written but by --fix. */
#include "cli/commands.h"
#include "cli/fix.h"
#include "cli/messages.h"
#include "cli/site_run.h"
#include "cli/streams.h"

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

static int wrong(struct cli *cli, const char *what)
{
    return diag_error(cli->diags, "usage", (struct span){0}, "%s", what);
}

/* Options that need another, or that exclude each other. */
static int check_options(struct cli *cli)
{
    static const enum option_id options[] = {OPTION_PRIVATE, OPTION_AGE, OPTION_TIMEOUT};
    const bool *given = cli->options->given;
    for (size_t i = 0; i < sizeof options / sizeof *options; i++) {
        if (given[options[i]] && !given[OPTION_EXTERNAL])
            return diag_error(cli->diags, "usage", (struct span){0}, "--%s goes with --external",
                              option_table[options[i]].name);
    }
    if (given[OPTION_YES] && !given[OPTION_FIX])
        return wrong(cli, "--yes goes with --fix");
    if (given[OPTION_FIX] && given[OPTION_REV])
        return wrong(cli, "--fix changes files, and --rev reads a commit, which cannot be changed");
    if (given[OPTION_FIX] && cli->options->number[OPTION_FORMAT] != MESSAGES_TEXT)
        return wrong(cli, "--fix shows what it changes as text, so it takes no other --format");
    return 0;
}

/* Mends what the first look found, then looks again, so that what is told is what is left. */
static int fix(struct cli *cli, const struct site_run *run, bool *changed)
{
    struct fix_counts counts = {0};
    if (fix_files(cli, &run->place, &counts) != 0)
        return -1;
    struct buf out = {0};
    if (counts.changed + counts.left == 0)
        buf_adds(&out, "There is nothing to mend mechanically.\n");
    else
        buf_addf(&out, "%zu file%s changed, %zu left as %s.\n", counts.changed,
                 counts.changed == 1 ? "" : "s", counts.left,
                 counts.left == 1 ? "it is" : "they are");
    *changed = counts.changed > 0;
    int result = cli->options->given[OPTION_QUIET] ? 0 : streams_write(cli, buf_str(&out));
    buf_release(&out);
    return result;
}

static int look(struct cli *cli, struct site_run *run)
{
    int result = site_run_build(cli, run);
    bool changed = false;
    if (!cli->options->given[OPTION_FIX] || diags_count(cli->diags, SEVERITY_FAILURE) > 0)
        return result;
    if (fix(cli, run, &changed) != 0)
        return -1;
    if (!changed)
        return result;
    cli->diags->count = 0;
    return site_run_build(cli, run);
}

enum status cmd_check(struct cli *cli)
{
    struct site_run run;
    if (check_options(cli) != 0)
        return STATUS_USAGE;
    enum status status = site_run_prepare(cli, &run);
    if (status != STATUS_DONE)
        return status;
    if (cli->options->given[OPTION_FIX] && (run.place.bare || !run.place.has_content)) {
        diag_error(cli->diags, "usage", (struct span){0},
                   "--fix changes files, and there are none here: this is a bare repository");
        return STATUS_USAGE;
    }
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
    if (look(cli, &run) != 0)
        return STATUS_CONTENT;
    return site_run_sum_up(cli, &run, "checked") == 0 ? STATUS_DONE : STATUS_SYSTEM;
}
