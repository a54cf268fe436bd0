#include "cli/completions.h"

static const char head[] = "#compdef copse\n"
                           "# zsh completion for copse. Made from its tables of commands and "
                           "options.\n"
                           "\n"
                           "_copse_revisions() {\n"
                           "    local -a names\n"
                           "    names=(${(f)\"$(command git for-each-ref "
                           "--format='%(refname:short)' 2>/dev/null)\"})\n"
                           "    compadd -a names\n"
                           "}\n"
                           "\n"
                           "_copse() {\n"
                           "    local curcontext=$curcontext state line ret=1\n"
                           "    typeset -A opt_args\n"
                           "    local -a commands\n"
                           "    commands=(\n";

/* For a text in an option's description, in single quotes: _arguments ends it at a bracket. */
static void add_text(struct buf *out, const char *text)
{
    for (; *text != '\0'; text++) {
        if (*text == '\'')
            buf_adds(out, "'\\''");
        else if (*text == '[' || *text == ']' || *text == ':' || *text == '\\')
            buf_addf(out, "\\%c", *text);
        else
            buf_addc(out, *text);
    }
}

static void add_option(struct buf *out, const struct option *option)
{
    bool waits = option->argument != ARGUMENT_NONE;
    buf_adds(out, "            ");
    if (option->letter != 0)
        buf_addf(out, "'(-%c --%s)'{-%c%s,--%s%s}'[", option->letter, option->name, option->letter,
                 waits ? "+" : "", option->name, waits ? "=" : "");
    else
        buf_addf(out, "'--%s%s[", option->name, waits ? "=" : "");
    add_text(out, option->help);
    buf_addc(out, ']');
    if (waits) {
        buf_addf(out, ":%s:", option->argument_name);
        if (option->argument == ARGUMENT_FOLDER)
            buf_adds(out, "_files -/");
        for (size_t i = 0; option->choices && option->choices[i]; i++)
            buf_addf(out, "%s%s", i == 0 ? "(" : " ", option->choices[i]);
        if (option->choices)
            buf_addc(out, ')');
    }
    buf_adds(out, "' \\\n");
}

static void add_operand(struct buf *out, const struct command *command, struct arena *arena)
{
    const struct str *names = NULL;
    size_t count = completions_operands(command, arena, &names);
    bool only_first = count > 0 || command->operands_max == 1;
    switch (command->operand) {
    case COMMAND_OPERAND_NONE: buf_adds(out, "            && ret=0\n"); return;
    case COMMAND_OPERAND_FILE: buf_adds(out, "            '1:file:_files'"); break;
    case COMMAND_OPERAND_FOLDER: buf_adds(out, "            '1:folder:_files -/'"); break;
    case COMMAND_OPERAND_REVISION:
        buf_adds(out, "            '1:revision:_copse_revisions'");
        break;
    case COMMAND_OPERAND_KIND:
    case COMMAND_OPERAND_TOPIC:
        buf_adds(out, "            '1:name:(");
        for (size_t i = 0; i < count; i++)
            buf_addf(out, "%s%.*s", i > 0 ? " " : "", STR_ARG(names[i]));
        buf_adds(out, ")'");
        break;
    }
    if (!only_first)
        buf_addf(out, " '2:%s'",
                 command->operand == COMMAND_OPERAND_FILE ? "file:_files"
                                                          : "revision:_copse_revisions");
    else if (command->operands_max > 1)
        buf_adds(out, " '*:title: '");
    buf_adds(out, " && ret=0\n");
}

static void add_command(struct buf *out, const struct command *command, struct arena *arena)
{
    buf_addf(out, "        %s)\n            _arguments -s -S \\\n", command->name);
    for (size_t id = 0; id < OPTION_COUNT; id++) {
        if (id == OPTION_HELP || (command->options & OPTION_BIT(id)))
            add_option(out, &option_table[id]);
    }
    add_operand(out, command, arena);
    buf_adds(out, "            ;;\n");
}

void completions_zsh(struct buf *out)
{
    struct arena arena = {0};
    buf_adds(out, head);
    for (size_t i = 0; i < command_count; i++) {
        buf_addf(out, "        '%s:", command_table[i].name);
        add_text(out, command_table[i].summary);
        buf_adds(out, "'\n");
    }
    buf_adds(out, "    )\n    _arguments -C -s -S \\\n");
    for (size_t id = 0; id < OPTION_COUNT; id++) {
        if (option_table[id].shared || id == OPTION_HELP || id == OPTION_VERSION)
            add_option(out, &option_table[id]);
    }
    buf_adds(out, "            '(-): :->command' '(-)*:: :->rest' && return\n"
                  "    case $state in\n"
                  "    command) _describe -t commands 'command of copse' commands && ret=0 ;;\n"
                  "    rest)\n"
                  "        curcontext=${curcontext%:*}-$words[1]:\n"
                  "        case $words[1] in\n");
    for (size_t i = 0; i < command_count; i++)
        add_command(out, &command_table[i], &arena);
    buf_adds(out, "        esac\n"
                  "        ;;\n"
                  "    esac\n"
                  "    return ret\n"
                  "}\n"
                  "\n"
                  "_copse \"$@\"\n");
    arena_release(&arena);
}
