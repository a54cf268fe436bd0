/* `copse check`: every problem of the content, nothing written. */
#include "cli/commands.h"
#include "cli/site_run.h"

enum status cmd_check(struct cli *cli)
{
    struct site_run run;
    enum status status = site_run_prepare(cli, &run);
    if (status != STATUS_DONE)
        return status;
    run.build.thorough = true;
    if (site_run_build(cli, &run) != 0)
        return STATUS_CONTENT;
    return site_run_sum_up(cli, &run, "checked") == 0 ? STATUS_DONE : STATUS_SYSTEM;
}
