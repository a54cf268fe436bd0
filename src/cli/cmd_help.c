/* `copse help [COMMAND or CODE]`. */
#include "cli/commands.h"

#include "base/suggest.h"
#include "base/utf8.h"
#include "cli/completions.h"
#include "cli/help.h"
#include "cli/streams.h"
#include "site/rules.h"

/* A text in lines of at most 78 characters. */
static void add_paragraph(struct buf *out, const char *label, const char *text)
{
    enum { WIDTH = 78 };
    struct str rest = str_from(text);
    struct str word;
    size_t column = strlen(label);
    buf_adds(out, label);
    while (str_split(&rest, ' ', &word)) {
        size_t width = utf8_count(word);
        if (column + 1 + width > WIDTH && column > 0) {
            buf_addc(out, '\n');
            column = 0;
        } else if (column > 0) {
            buf_addc(out, ' ');
            column++;
        }
        buf_add(out, word);
        column += width;
    }
    buf_addc(out, '\n');
}

static void add_lines(struct buf *out, const char *lines)
{
    struct str rest = str_from(lines);
    struct str line;
    while (str_line(&rest, &line))
        buf_addf(out, "%s%.*s\n", line.len > 0 ? "    " : "", STR_ARG(line));
}

static void add_rule(struct buf *out, const struct rule *rule)
{
    const struct rule_page *page = rules_page(str_from(rule->code));
    buf_addf(out, "%s\n\n", rule->code);
    add_paragraph(out, "", rule->what);
    if (page) {
        buf_addc(out, '\n');
        add_paragraph(out, "Why it matters:", page->why);
    }
    buf_addc(out, '\n');
    add_paragraph(out, "To put it right:", rule->mend);
    if (page) {
        buf_adds(out, "\nBefore:\n\n");
        add_lines(out, page->before);
        buf_adds(out, "\nAfter:\n\n");
        add_lines(out, page->after);
    }
    if (page && page->only_check)
        buf_adds(out, "\nOnly `copse check` tells it; builds do not.\n");
    if (!rule->fixed)
        buf_addf(out,
                 "\ncontent/site.yml can change how this is taken:\n\n"
                 "    rules:\n"
                 "      %s: off        # or: warning, error\n",
                 rule->code);
}

/* Neither a command nor a code, but perhaps nearly one. */
static enum status unknown(struct cli *cli, struct str name)
{
    const struct str *topics = NULL;
    const struct command *help = command_find(STR("help"));
    size_t count = completions_operands(help, cli->arena, &topics);
    struct str near = suggest_nearest(name, topics, count);
    diag_error(cli->diags, "usage", (struct span){0}, "there is no command and no code '%.*s'",
               STR_ARG(name));
    if (near.len > 0)
        diag_hint(cli->diags, "did you mean '%.*s'?", STR_ARG(near));
    else
        diag_hint(cli->diags, "`copse help` lists the commands");
    return STATUS_USAGE;
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
        else if (str_eq(name, STR("options")))
            help_options(&out);
        else if (rule)
            add_rule(&out, rule);
        else
            status = unknown(cli, name);
    }
    if (streams_write(cli, buf_str(&out)) != 0)
        status = STATUS_SYSTEM;
    buf_release(&out);
    return status;
}
