#include "cli/help.h"

static void add_commands(struct buf *out, bool only_first)
{
    for (size_t i = 0; i < command_count; i++) {
        const struct command *command = &command_table[i];
        if (!only_first || command->first)
            buf_addf(out, "    copse %-10s %s\n", command->name, command->summary);
    }
}

void help_greeting(struct buf *out)
{
    buf_adds(out, "copse makes a website out of a folder of Markdown files.\n\n");
    add_commands(out, true);
    buf_adds(out, "\n`copse --help` lists all commands.\n");
}

void help_overview(struct buf *out)
{
    buf_adds(out, "copse makes a website out of a folder of Markdown files.\n\n"
                  "usage: copse COMMAND [OPTIONS]\n\n");
    add_commands(out, false);
    buf_adds(out, "\n`copse help COMMAND` explains one, with its options and an example.\n"
                  "`copse --version` shows the version.\n");
}

static void add_option(struct buf *out, const struct option *option)
{
    enum { HELP_COLUMN = 28 };
    size_t start = out->len;
    if (option->letter != 0)
        buf_addf(out, "  -%c, --%s", option->letter, option->name);
    else
        buf_addf(out, "      --%s", option->name);
    if (option->argument_name)
        buf_addf(out, " %s", option->argument_name);
    if (out->len - start > HELP_COLUMN - 2) {
        buf_addc(out, '\n');
        start = out->len;
    }
    while (out->len - start < HELP_COLUMN)
        buf_addc(out, ' ');
    buf_addf(out, "%s\n", option->help);
}

void help_command(struct buf *out, const struct command *command)
{
    bool has_options = command->options != 0;
    buf_addf(out, "usage: copse %s%s%s%s\n\n%s\n", command->name, has_options ? " [OPTIONS]" : "",
             command->operands[0] ? " " : "", command->operands, command->help);
    if (!has_options)
        return;
    for (size_t id = 0; id < OPTION_COUNT; id++) {
        if (command->options & OPTION_BIT(id))
            add_option(out, &option_table[id]);
    }
}
