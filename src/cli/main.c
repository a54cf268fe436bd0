/* copse's main(): finds the command, reads its options, runs it, prints its diagnostics and turns
 * them into the exit status. */
#include "base/version.h"
#include "cli/commands.h"
#include "cli/help.h"
#include "cli/messages.h"
#include "cli/streams.h"

#include <stdio.h>

static enum status wrong_usage(const struct command *command, const struct buf *problem)
{
    fprintf(stderr, "copse: %.*s", STR_ARG(buf_str(problem)));
    if (command)
        fprintf(stderr, "`copse help %s` explains how it is used.\n", command->name);
    else
        fprintf(stderr, "`copse help` lists the commands.\n");
    return STATUS_USAGE;
}

/* Sees to it that the command can be run with what was given. */
static int check_usage(const struct command *command, const struct options *options,
                       struct buf *problem)
{
    for (size_t id = 0; id < OPTION_COUNT; id++) {
        if (!options->given[id] || (command->options & OPTION_BIT(id)))
            continue;
        buf_addf(problem, "`copse %s` takes no --%s\n", command->name, option_table[id].name);
        return -1;
    }
    if (options->operand_count < command->operands_min) {
        buf_addf(problem, "`copse %s` needs to be told more: copse %s %s\n", command->name,
                 command->name, command->operands);
        return -1;
    }
    if (options->operand_count > command->operands_max) {
        buf_addf(problem, "`copse %s` has no use for '%s'\n", command->name,
                 options->operands[command->operands_max]);
        return -1;
    }
    return 0;
}

/* Whether it was the content that kept the command from doing its work. */
static bool stopped_by_content(const struct cli *cli)
{
    const struct diags *diags = cli->diags;
    if (diags_count(diags, SEVERITY_FAILURE) > 0)
        return false;
    return diags_count(diags, SEVERITY_ERROR) > 0 ||
           (cli->options->given[OPTION_WARNINGS_AS_ERRORS] &&
            diags_count(diags, SEVERITY_WARNING) > 0);
}

static void print_messages(struct cli *cli, const struct command *command)
{
    if ((command->answers || cli->reported) && cli->diags->count == 0)
        return;
    struct buf out = {0};
    long format = cli->options->number[OPTION_FORMAT];
    FILE *stream = stdout;
    switch ((enum messages_format)format) {
    case MESSAGES_JSON: messages_json(&out, cli->diags, cli->why); break;
    case MESSAGES_GITHUB: messages_github(&out, cli->diags); break;
    case MESSAGES_SARIF: messages_sarif(&out, cli->diags); break;
    case MESSAGES_MARKDOWN: messages_markdown_all(&out, cli->diags); break;
    case MESSAGES_TEXT:
        messages_text(&out, cli->diags, streams_color());
        if (command->on_error && stopped_by_content(cli)) {
            messages_count(&out, cli->diags);
            buf_addf(&out, "; %s\n", command->on_error);
        }
        stream = stderr;
        break;
    }
    if (out.len > 0 && (fwrite(out.ptr, 1, out.len, stream) != out.len || fflush(stream) != 0))
        fprintf(stderr, "copse: the messages could not be written\n");
    buf_release(&out);
}

static enum status run(struct cli *cli, const struct command *command)
{
    enum status status = command->run(cli);
    diags_sort(cli->diags);
    print_messages(cli, command);
    if (diags_count(cli->diags, SEVERITY_FAILURE) > 0)
        return STATUS_SYSTEM;
    return status == STATUS_DONE && stopped_by_content(cli) ? STATUS_CONTENT : status;
}

/* What is asked of copse itself, not of a command. */
static enum status answer(struct cli *cli, const struct command *command)
{
    struct buf out = {0};
    if (cli->options->given[OPTION_VERSION])
        buf_adds(&out, "copse " COPSE_VERSION "\n");
    else if (command)
        help_command(&out, command);
    else
        help_overview(&out);
    int result = streams_write(cli, buf_str(&out));
    buf_release(&out);
    return result == 0 ? STATUS_DONE : STATUS_SYSTEM;
}

static enum status greet(void)
{
    struct buf out = {0};
    help_greeting(&out);
    fwrite(out.ptr, 1, out.len, stderr);
    buf_release(&out);
    return STATUS_USAGE;
}

/* `copse COMMAND …`, or options first: `copse -C site build`. */
static enum status start(struct cli *cli, struct options *options, const char *const *arguments,
                         size_t count)
{
    if (count == 0)
        return greet();
    struct buf problem = {0};
    const struct command *command = NULL;
    uint64_t allowed = OPTION_BIT(OPTION_COUNT) - 1;
    size_t used = 0;
    if (arguments[0][0] != '-') {
        command = command_find(str_from(arguments[0]));
        if (!command)
            return command_unknown(str_from(arguments[0]));
        allowed = command->options | OPTION_BIT(OPTION_HELP);
        used = 1;
    }
    enum status status = STATUS_USAGE;
    if (options_parse(options, cli->arena, allowed, arguments + used, count - used, &problem) !=
        0) {
        status = wrong_usage(command, &problem);
        goto done;
    }
    if (!command && options->operand_count > 0) {
        struct str name = str_from(options->operands[0]);
        command = command_find(name);
        if (!command) {
            status = command_unknown(name);
            goto done;
        }
        options->operands++;
        options->operand_count--;
    }
    if (options->given[OPTION_HELP] || options->given[OPTION_VERSION])
        status = answer(cli, command);
    else if (!command)
        status = greet();
    else if (check_usage(command, options, &problem) != 0)
        status = wrong_usage(command, &problem);
    else
        status = run(cli, command);
done:
    buf_release(&problem);
    return status;
}

int main(int argc, char **argv)
{
    struct arena arena = {0};
    struct diags diags;
    struct options options = {0};
    const struct fs fs = {0};
    diags_init(&diags, &arena);
    struct cli cli = {.fs = &fs, .arena = &arena, .options = &options, .diags = &diags};
    size_t count = argc > 1 ? (size_t)argc - 1 : 0;
    enum status status = start(&cli, &options, (const char *const *)argv + 1, count);
    arena_release(&arena);
    return (int)status;
}
