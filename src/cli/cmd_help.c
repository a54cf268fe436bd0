#include "cli/commands.h"

#include "cli/help.h"
#include "cli/streams.h"

enum status cmd_help(struct cli *cli)
{
    struct buf out = {0};
    enum status status = STATUS_DONE;
    if (cli->options->operand_count == 0) {
        help_overview(&out);
    } else {
        struct str name = str_from(cli->options->operands[0]);
        const struct command *command = command_find(name);
        if (command)
            help_command(&out, command);
        else
            status = command_unknown(name);
    }
    if (streams_write(cli, buf_str(&out)) != 0)
        status = STATUS_SYSTEM;
    buf_release(&out);
    return status;
}
