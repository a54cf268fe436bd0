#include "cli/completions.h"

/* Works with bash 3.2 too, which macOS has: no mapfile, and compopt only where it is there. */
static const char head[] =
    "# bash completion for copse. Made from its tables of commands and options.\n"
    "\n"
    "# Candidates may hold blanks: one a line.\n"
    "_copse_take() {\n"
    "    local line\n"
    "    while IFS= read -r line; do\n"
    "        COMPREPLY+=(\"$line\")\n"
    "    done\n"
    "}\n"
    "\n"
    "_copse_paths() {\n"
    "    _copse_take < <(compgen \"$1\" -- \"$2\")\n"
    "    compopt -o filenames 2>/dev/null\n"
    "}\n"
    "\n"
    "_copse() {\n"
    "    local word=${COMP_WORDS[COMP_CWORD]} command='' operands=0 ended='' waits='' this i\n"
    "    COMPREPLY=()\n"
    "    # bash cuts --option=value at the equals sign.\n"
    "    [[ $word == = ]] && word=\n"
    "    for ((i = 1; i < COMP_CWORD; i++)); do\n"
    "        this=${COMP_WORDS[i]}\n"
    "        if [[ $waits ]]; then\n"
    "            [[ $this == = ]] || waits=\n"
    "        elif [[ $ended || $this != -?* ]]; then\n"
    "            if [[ $command ]]; then operands=$((operands + 1)); else command=$this; fi\n"
    "        elif [[ $this == -- ]]; then\n"
    "            ended=yes\n"
    "        else\n"
    "            case $this in\n";

static const char tail[] = "        esac\n"
                           "    fi\n"
                           "}\n"
                           "complete -F _copse copse\n";

static void add_spellings(struct buf *out, const struct option *option)
{
    if (option->letter != 0)
        buf_addf(out, "-%c | ", option->letter);
    buf_addf(out, "--%s", option->name);
}

/* "            -C | --site | …) waits=$this ;;" of all options with something behind them. */
static void add_waiting(struct buf *out)
{
    bool first = true;
    buf_adds(out, "            ");
    for (size_t id = 0; id < OPTION_COUNT; id++) {
        if (option_table[id].argument == ARGUMENT_NONE)
            continue;
        buf_adds(out, first ? "" : " | ");
        add_spellings(out, &option_table[id]);
        first = false;
    }
    buf_adds(out, ") waits=$this ;;\n            esac\n        fi\n    done\n");
}

/* What stands behind an option. */
static void add_arguments(struct buf *out)
{
    buf_adds(out, "    if [[ $waits ]]; then\n        case $waits in\n");
    for (size_t id = 0; id < OPTION_COUNT; id++) {
        const struct option *option = &option_table[id];
        if (option->argument != ARGUMENT_FOLDER && option->argument != ARGUMENT_CHOICE)
            continue;
        buf_adds(out, "        ");
        add_spellings(out, option);
        if (option->argument == ARGUMENT_FOLDER) {
            buf_adds(out, ") _copse_paths -d \"$word\" ;;\n");
            continue;
        }
        buf_adds(out, ") _copse_take < <(compgen -W '");
        for (size_t i = 0; option->choices[i]; i++)
            buf_addf(out, "%s%s", i > 0 ? " " : "", option->choices[i]);
        buf_adds(out, "' -- \"$word\") ;;\n");
    }
    buf_adds(out, "        esac\n");
}

static void add_names(struct buf *out, const struct command *command)
{
    for (size_t id = 0; id < OPTION_COUNT; id++) {
        const struct option *option = &option_table[id];
        bool taken = command ? (command->options & OPTION_BIT(id)) != 0 : option->shared;
        if (!taken && id != OPTION_HELP && !(id == OPTION_VERSION && !command))
            continue;
        if (option->letter != 0)
            buf_addf(out, " -%c", option->letter);
        buf_addf(out, " --%s", option->name);
    }
}

static void add_options(struct buf *out)
{
    buf_adds(out, "    elif [[ ! $ended && $word == -* ]]; then\n"
                  "        local options=\n"
                  "        case $command in\n"
                  "        '') options='");
    add_names(out, NULL);
    buf_adds(out, "' ;;\n");
    for (size_t i = 0; i < command_count; i++) {
        buf_addf(out, "        %s) options='", command_table[i].name);
        add_names(out, &command_table[i]);
        buf_adds(out, "' ;;\n");
    }
    buf_adds(out, "        esac\n"
                  "        _copse_take < <(compgen -W \"$options\" -- \"$word\")\n");
}

static void add_operands(struct buf *out, struct arena *arena)
{
    buf_adds(out,
             "    else\n        case $command:$operands in\n        :*) _copse_take < <(compgen "
             "-W '");
    for (size_t i = 0; i < command_count; i++)
        buf_addf(out, "%s%s", i > 0 ? " " : "", command_table[i].name);
    buf_adds(out, "' -- \"$word\") ;;\n");
    for (size_t i = 0; i < command_count; i++) {
        const struct command *command = &command_table[i];
        const struct str *names = NULL;
        size_t count = completions_operands(command, arena, &names);
        if (command->operand == COMMAND_OPERAND_NONE)
            continue;
        bool only_first = count > 0 || command->operands_max == 1;
        buf_addf(out, "        %s:%s) ", command->name, only_first ? "0" : "[01]");
        if (command->operand == COMMAND_OPERAND_FILE) {
            buf_adds(out, "_copse_paths -f \"$word\" ;;\n");
        } else if (command->operand == COMMAND_OPERAND_FOLDER) {
            buf_adds(out, "_copse_paths -d \"$word\" ;;\n");
        } else if (command->operand == COMMAND_OPERAND_REVISION) {
            buf_adds(out, "_copse_take < <(compgen -W \"$(git for-each-ref "
                          "--format='%(refname:short)' 2>/dev/null)\" -- \"$word\") ;;\n");
        } else {
            buf_adds(out, "_copse_take < <(compgen -W '");
            for (size_t name = 0; name < count; name++)
                buf_addf(out, "%s%.*s", name > 0 ? " " : "", STR_ARG(names[name]));
            buf_adds(out, "' -- \"$word\") ;;\n");
        }
    }
}

void completions_bash(struct buf *out)
{
    struct arena arena = {0};
    buf_adds(out, head);
    add_waiting(out);
    add_arguments(out);
    add_options(out);
    add_operands(out, &arena);
    buf_adds(out, tail);
    arena_release(&arena);
}
