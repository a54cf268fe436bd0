#include "cli/help.h"

#include "base/utf8.h"

enum { WIDTH = 80, HELP_COLUMN = 28 };

static const char greeting[] = "copse makes a website out of a folder of text files.\n\n";

static void add_command(struct buf *out, const struct command *command)
{
    buf_addf(out, "    copse %-10s %s\n", command->name, command->summary);
}

void help_greeting(struct buf *out)
{
    buf_adds(out, greeting);
    for (unsigned place = 1; place <= 3; place++) {
        for (size_t i = 0; i < command_count; i++) {
            if (command_table[i].first == place)
                add_command(out, &command_table[i]);
        }
    }
    buf_adds(out, "\n`copse help init` explains the first one; `copse help` lists all commands.\n");
}

void help_overview(struct buf *out)
{
    buf_adds(out, greeting);
    buf_adds(out, "usage: copse COMMAND [OPTIONS]\n\n");
    for (size_t i = 0; i < command_count; i++)
        add_command(out, &command_table[i]);
    buf_adds(out, "\n`copse help COMMAND` explains one, with its options and an example.\n"
                  "`copse --version` shows the version.\n");
}

/* A text from `column` on, in lines that begin at `margin`. */
static void add_wrapped(struct buf *out, size_t column, size_t margin, struct str text)
{
    struct str word;
    bool first = true;
    while (str_split(&text, ' ', &word)) {
        size_t width = utf8_count(word);
        if (!first && column + 1 + width > WIDTH) {
            buf_addf(out, "\n%*s", (int)margin, "");
            column = margin;
        } else if (!first) {
            buf_addc(out, ' ');
            column++;
        }
        buf_add(out, word);
        column += width;
        first = false;
    }
    buf_addc(out, '\n');
}

static void add_option(struct buf *out, const struct option *option)
{
    size_t start = out->len;
    if (option->letter != 0)
        buf_addf(out, "  -%c, --%s", option->letter, option->name);
    else
        buf_addf(out, "      --%s", option->name);
    if (option->argument_name)
        buf_addf(out, " %s", option->argument_name);
    while (out->len - start < HELP_COLUMN)
        buf_addc(out, ' ');
    add_wrapped(out, HELP_COLUMN, HELP_COLUMN, str_from(option->help));
}

/* "-C DIR", as short as it can be typed. */
static void add_short(struct buf *out, const struct option *option)
{
    if (option->letter != 0)
        buf_addf(out, "-%c", option->letter);
    else
        buf_addf(out, "--%s", option->name);
    if (option->argument_name)
        buf_addf(out, " %s", option->argument_name);
}

/* Those of the command that are explained elsewhere, each whole on a line. */
static void add_shared(struct buf *out, const struct command *command)
{
    struct buf line = {0};
    bool any = false;
    buf_adds(&line, "As with other commands (`copse help options`):");
    for (size_t id = 0; id < OPTION_COUNT; id++) {
        if (!option_table[id].shared || !(command->options & OPTION_BIT(id)))
            continue;
        size_t before = line.len;
        buf_adds(&line, " ");
        add_short(&line, &option_table[id]);
        buf_addc(&line, ',');
        if (line.len > WIDTH) {
            buf_addf(out, "%.*s\n", (int)before, line.ptr);
            memmove(line.ptr, line.ptr + before + 1, line.len - before - 1);
            buf_truncate(&line, line.len - before - 1);
        }
        any = true;
    }
    if (any)
        buf_addf(out, "%.*s\n", (int)line.len - 1, line.ptr);
    buf_release(&line);
}

void help_command(struct buf *out, const struct command *command)
{
    bool has_options = command->options != 0;
    bool own = false;
    buf_addf(out, "usage: copse %s%s%s%s\n\n%s", command->name, has_options ? " [OPTIONS]" : "",
             command->operands[0] ? " " : "", command->operands, command->help);
    for (size_t id = 0; id < OPTION_COUNT; id++) {
        if (option_table[id].shared || !(command->options & OPTION_BIT(id)))
            continue;
        if (!own)
            buf_addc(out, '\n');
        own = true;
        add_option(out, &option_table[id]);
    }
    if (has_options)
        buf_addc(out, '\n');
    add_shared(out, command);
}

void help_options(struct buf *out)
{
    buf_adds(out,
             "Options that many commands take. They may stand before or behind the command and\n"
             "what it is given; behind a lone -- nothing is taken for an option.\n\n");
    for (size_t id = 0; id < OPTION_COUNT; id++) {
        if (option_table[id].shared)
            add_option(out, &option_table[id]);
    }
    buf_adds(out, "\nTo work on a site from elsewhere, and as it was at a tag:\n\n"
                  "    copse check -C ~/guild --rev v1.2\n");
}
