/* `copse build`: the whole site into a folder. */
#include "cli/commands.h"
#include "cli/site_run.h"

enum status cmd_build(struct cli *cli)
{
    struct site_run run;
    enum status status = site_run_prepare(cli, &run);
    if (status != STATUS_DONE)
        return status;
    run.build.output = site_run_output(cli, &run);
    if (site_run_build(cli, &run) != 0)
        return STATUS_CONTENT;
    return site_run_sum_up(cli, &run, "built") == 0 ? STATUS_DONE : STATUS_SYSTEM;
}
