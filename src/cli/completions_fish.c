#include "cli/completions.h"

static const char head[] =
    "# fish completion for copse. Made from its tables of commands and options.\n"
    "\n"
    "# What was typed so far that is no option and no argument of one: the command comes first.\n"
    "function __copse_words\n"
    "    set -l waits no\n"
    "    set -l ended no\n"
    "    for word in (commandline -opc)[2..-1]\n"
    "        if test $waits = yes\n"
    "            set waits no\n"
    "        else if test $ended = yes\n"
    "            echo $word\n"
    "        else\n"
    "            switch $word\n"
    "                case --\n"
    "                    set ended yes\n"
    "                case ";

static const char behind_waiting[] =
    "\n"
    "                    set waits yes\n"
    "                case '-*'\n"
    "                case '*'\n"
    "                    echo $word\n"
    "            end\n"
    "        end\n"
    "    end\n"
    "end\n"
    "\n"
    "function __copse_begins\n"
    "    test (count (__copse_words)) = 0\n"
    "end\n"
    "\n"
    "# Whether one of these commands was typed.\n"
    "function __copse_is\n"
    "    set -l words (__copse_words)\n"
    "    set -q words[1]; and contains -- $words[1] $argv\n"
    "end\n"
    "\n"
    "# Whether its first operand is to come; or, of two, the "
    "second.\n"
    "function __copse_first\n"
    "    __copse_is $argv; and test (count (__copse_words)) = 1\n"
    "end\n"
    "\n"
    "function __copse_second\n"
    "    __copse_is $argv; and test (count (__copse_words)) -le 2\n"
    "end\n"
    "\n"
    "complete -c copse -f\n";

/* fish knows two escapes in single quotes. */
static void add_quoted(struct buf *out, struct str text)
{
    buf_addc(out, '\'');
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == '\'' || text.ptr[i] == '\\')
            buf_addc(out, '\\');
        buf_addc(out, text.ptr[i]);
    }
    buf_addc(out, '\'');
}

static void add_waiting(struct buf *out)
{
    bool first = true;
    for (size_t id = 0; id < OPTION_COUNT; id++) {
        const struct option *option = &option_table[id];
        if (option->argument == ARGUMENT_NONE)
            continue;
        buf_adds(out, first ? "" : " ");
        if (option->letter != 0)
            buf_addf(out, "-%c ", option->letter);
        buf_addf(out, "--%s", option->name);
        first = false;
    }
}

static void add_commands(struct buf *out)
{
    for (size_t i = 0; i < command_count; i++) {
        buf_addf(out, "complete -c copse -n __copse_begins -a %s -d ", command_table[i].name);
        add_quoted(out, str_from(command_table[i].summary));
        buf_addc(out, '\n');
    }
}

/* One line an option, for all commands that take it. */
static void add_option(struct buf *out, size_t id)
{
    const struct option *option = &option_table[id];
    struct buf commands = {0};
    for (size_t i = 0; i < command_count; i++) {
        if (id == OPTION_HELP || (command_table[i].options & OPTION_BIT(id)))
            buf_addf(&commands, " %s", command_table[i].name);
    }
    bool first = option->shared || id == OPTION_HELP || id == OPTION_VERSION;
    buf_adds(out, "complete -c copse -n '");
    buf_addf(out, "%s%s", first ? "__copse_begins" : "", first && commands.len > 0 ? "; or " : "");
    if (commands.len > 0)
        buf_addf(out, "__copse_is%s", commands.ptr);
    buf_adds(out, "'");
    if (option->letter != 0)
        buf_addf(out, " -s %c", option->letter);
    buf_addf(out, " -l %s", option->name);
    if (option->argument == ARGUMENT_FOLDER)
        buf_adds(out, " -x -a '(__fish_complete_directories)'");
    else if (option->argument == ARGUMENT_CHOICE) {
        buf_adds(out, " -x -a '");
        for (size_t i = 0; option->choices[i]; i++)
            buf_addf(out, "%s%s", i > 0 ? " " : "", option->choices[i]);
        buf_adds(out, "'");
    } else if (option->argument != ARGUMENT_NONE)
        buf_adds(out, " -x");
    buf_adds(out, " -d ");
    add_quoted(out, str_from(option->help));
    buf_addc(out, '\n');
    buf_release(&commands);
}

static void add_operand(struct buf *out, const struct command *command, struct arena *arena)
{
    const struct str *names = NULL;
    size_t count = completions_operands(command, arena, &names);
    bool only_first = count > 0 || command->operands_max == 1;
    if (command->operand == COMMAND_OPERAND_NONE)
        return;
    buf_addf(out, "complete -c copse -n '__copse_%s %s'", only_first ? "first" : "second",
             command->name);
    if (command->operand == COMMAND_OPERAND_FILE) {
        buf_adds(out, " -F\n");
    } else if (command->operand == COMMAND_OPERAND_FOLDER) {
        buf_adds(out, " -a '(__fish_complete_directories)'\n");
    } else if (command->operand == COMMAND_OPERAND_REVISION) {
        buf_adds(out, " -a '(command git for-each-ref --format=\"%(refname:short)\" "
                      "2>/dev/null)'\n");
    } else {
        buf_adds(out, " -a '");
        for (size_t i = 0; i < count; i++)
            buf_addf(out, "%s%.*s", i > 0 ? " " : "", STR_ARG(names[i]));
        buf_adds(out, "'\n");
    }
}

void completions_fish(struct buf *out)
{
    struct arena arena = {0};
    buf_adds(out, head);
    add_waiting(out);
    buf_adds(out, behind_waiting);
    add_commands(out);
    for (size_t id = 0; id < OPTION_COUNT; id++)
        add_option(out, id);
    for (size_t i = 0; i < command_count; i++)
        add_operand(out, &command_table[i], &arena);
    arena_release(&arena);
}
