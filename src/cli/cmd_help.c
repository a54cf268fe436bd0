/* `copse help [COMMAND or RULE-CODE]`. */
#include "cli/commands.h"

#include "cli/help.h"
#include "cli/streams.h"
#include "site/rules.h"

static void add_rule(struct buf *out, const struct rule *rule)
{
    buf_addf(out, "%s\n\n%s\n\nTo put it right: %s\n", rule->code, rule->what, rule->mend);
    if (!rule->fixed)
        buf_addf(out,
                 "\ncontent/site.yml can change how this is taken:\n\n"
                 "    rules:\n"
                 "      %s: off        # or: warning, error\n",
                 rule->code);
}

enum status cmd_help(struct cli *cli)
{
    struct buf out = {0};
    enum status status = STATUS_DONE;
    if (cli->options->operand_count == 0) {
        help_overview(&out);
    } else {
        struct str name = str_from(cli->options->operands[0]);
        const struct command *command = command_find(name);
        const struct rule *rule = rules_find(name);
        if (command)
            help_command(&out, command);
        else if (rule)
            add_rule(&out, rule);
        else
            status = command_unknown(name, rules_suggest(name));
    }
    if (streams_write(cli, buf_str(&out)) != 0)
        status = STATUS_SYSTEM;
    buf_release(&out);
    return status;
}
