#include "cli/commands.h"

#include "base/str.h"
#include "base/suggest.h"
#include "cli/messages.h"

#include <stdio.h>

const struct command command_table[] = {
    {.name = "help",
     .operands = "[COMMAND]",
     .operands_max = 1,
     .summary = "explain a command",
     .help = "Without a name it lists the commands.\n"
             "\n"
             "    copse help build\n",
     .first = true,
     .run = cmd_help},
    {.name = "markdown",
     .operands = "[FILE]",
     .operands_max = 1,
     .options = OPTION_BIT(OPTION_GFM) | OPTION_BIT(OPTION_SAFE) | OPTIONS_MESSAGES,
     .summary = "turn one Markdown text into HTML",
     .help = "Reads FILE (or standard input) and prints the HTML. Without options this is\n"
             "plain CommonMark, with raw HTML passed through; content is rendered with\n"
             "--gfm --safe.\n"
             "\n"
             "    copse markdown --gfm --safe content/articles/first.md\n",
     .run = cmd_markdown},
};

const size_t command_count = sizeof command_table / sizeof *command_table;

const struct command *command_find(struct str name)
{
    for (size_t i = 0; i < command_count; i++) {
        if (str_eq(name, str_from(command_table[i].name)))
            return &command_table[i];
    }
    return NULL;
}

enum status command_unknown(struct str name)
{
    struct str names[sizeof command_table / sizeof *command_table];
    for (size_t i = 0; i < command_count; i++)
        names[i] = str_from(command_table[i].name);
    struct buf out = {0};
    buf_adds(&out, "copse: there is no command '");
    messages_visible(&out, name);
    struct str near = suggest_nearest(name, names, command_count);
    if (near.len > 0)
        buf_addf(&out, "'; did you mean '%.*s", STR_ARG(near));
    buf_adds(&out, near.len > 0 ? "'?\n" : "'\n");
    buf_adds(&out, "`copse help` lists the commands.\n");
    fwrite(out.ptr, 1, out.len, stderr);
    buf_release(&out);
    return STATUS_USAGE;
}
