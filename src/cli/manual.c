#include "cli/manual.h"

#include "base/utf8.h"
#include "base/version.h"

/* A text as roff wants it: what would be taken for a request or an escape is none, and a dash is
 * the one that people type. */
static void add_text(struct buf *out, struct str text)
{
    while (text.len > 0) {
        size_t length = 0;
        uint32_t code = utf8_decode(text, &length);
        bool starts = out->len == 0 || out->ptr[out->len - 1] == '\n';
        if (starts && (code == '.' || code == '\''))
            buf_adds(out, "\\&");
        if (code == '\\')
            buf_adds(out, "\\e");
        else if (code == '-')
            buf_adds(out, "\\-");
        else if (code == '\'')
            buf_adds(out, "\\(aq");
        else if (code == '`')
            buf_adds(out, "\\(ga");
        else if (code == '~')
            buf_adds(out, "\\(ti");
        else if (code == '^')
            buf_adds(out, "\\(ha");
        else if (code >= 0x80)
            buf_addf(out, "\\[u%04X]", (unsigned)code);
        else
            buf_addc(out, (char)code);
        text = str_after(text, length);
    }
}

static void add_title(struct buf *out, const char *command)
{
    buf_adds(out, ".\\\" Made from copse's tables of commands and options.\n.TH COPSE");
    for (const char *at = command ? command : ""; *at != '\0'; at++) {
        if (at == command)
            buf_adds(out, "\\-");
        buf_addc(out, (char)(*at >= 'a' && *at <= 'z' ? *at - 'a' + 'A' : *at));
    }
    buf_addf(out, " 1 \"\" \"copse %s\" \"copse\"\n", COPSE_VERSION);
}

/* Help text: paragraphs, and lines set in by four blanks that are to be typed. */
static void add_body(struct buf *out, const char *body)
{
    struct str rest = str_from(body);
    struct str line;
    bool typed = false;
    bool gap = false;
    while (str_line(&rest, &line)) {
        if (line.len == 0) {
            gap = true;
            continue;
        }
        bool types = str_starts(line, STR("    "));
        if (typed && !types)
            buf_adds(out, ".EE\n.RE\n");
        if (gap)
            buf_adds(out, ".PP\n");
        if (types && !typed)
            buf_adds(out, ".RS 4\n.EX\n");
        add_text(out, types ? str_after(line, 4) : line);
        buf_addc(out, '\n');
        typed = types;
        gap = false;
    }
    if (typed)
        buf_adds(out, ".EE\n.RE\n");
}

static void add_option(struct buf *out, const struct option *option)
{
    buf_adds(out, ".TP\n");
    if (option->letter != 0)
        buf_addf(out, "\\fB\\-%c\\fR, ", option->letter);
    buf_adds(out, "\\fB\\-\\-");
    add_text(out, str_from(option->name));
    buf_adds(out, "\\fR");
    if (option->argument_name)
        buf_addf(out, " \\fI%s\\fR", option->argument_name);
    buf_addc(out, '\n');
    add_text(out, str_from(option->help));
    buf_adds(out, "\n");
}

static void add_commands(struct buf *out)
{
    for (size_t i = 0; i < command_count; i++) {
        buf_addf(out, ".TP\n\\fBcopse\\-%s\\fR(1)\n", command_table[i].name);
        add_text(out, str_from(command_table[i].summary));
        buf_addc(out, '\n');
    }
}

static void add_statuses(struct buf *out)
{
    buf_adds(out,
             ".SH EXIT STATUS\n"
             ".TP\n0\nDone.\n"
             ".TP\n1\nThe content has errors; nothing was published.\n"
             ".TP\n2\nThe command line was not understood.\n"
             ".TP\n3\nThe system failed: the disk is full, there is no permission, this is no\n"
             "repository.\n"
             ".TP\n4\nOnly of \\fBcopse\\-review\\fR(1): the account may not do this.\n");
}

void manual_program(struct buf *out)
{
    add_title(out, NULL);
    buf_adds(out,
             ".SH NAME\ncopse \\- make a community's website from a folder of text files\n"
             ".SH SYNOPSIS\n.B copse\n.I COMMAND\n[\\fIOPTIONS\\fR]\n"
             ".SH DESCRIPTION\n"
             "A site is a folder with a \\fIcontent/\\fR in it, most often a git repository:\n"
             "articles, members, events, comments and pages, each a Markdown file that begins\n"
             "with a few lines about itself. What comes out is a folder of plain files for any\n"
             "web server.\n.PP\nTo begin:\n");
    add_body(out, "\n    copse init guild\n    cd guild\n    copse serve\n    copse new article "
                  "\"Six questions before you begin\"\n    copse build\n");
    buf_adds(out, ".SH COMMANDS\n");
    add_commands(out);
    buf_adds(out, ".SH OPTIONS\nThese are taken by many commands, before or behind the command's\n"
                  "name; behind a lone \\fB\\-\\-\\fR nothing is taken for an option.\n");
    for (size_t id = 0; id < OPTION_COUNT; id++) {
        if (option_table[id].shared || id == OPTION_HELP || id == OPTION_VERSION)
            add_option(out, &option_table[id]);
    }
    add_statuses(out);
    buf_adds(out,
             ".SH ENVIRONMENT\n"
             ".TP\n.B NO_COLOR\nWhere it is set, messages have no colours.\n"
             ".TP\n.B SOURCE_DATE_EPOCH\nThe moment to build for, in seconds since 1970, where\n"
             "\\fB\\-\\-now\\fR does not name one.\n"
             ".TP\n.B XDG_CACHE_HOME\nWhere \\fBcopse\\-serve\\fR(1) builds its preview (default:\n"
             "\\fI.cache\\fR in the home directory).\n"
             ".SH FILES\n"
             ".TP\n.I content/site.yml\nThe site's title, address, languages and menu.\n"
             ".TP\n.I content/\nArticles, members, events, comments, pages and data.\n"
             ".TP\n.I layouts/, assets/\nWhat should differ from the theme that is built in.\n"
             ".TP\n.I public/\nThe finished site.\n");
}

void manual_command(struct buf *out, const struct command *command)
{
    bool any = false;
    bool shared = false;
    add_title(out, command->name);
    buf_addf(out, ".SH NAME\ncopse\\-%s \\- ", command->name);
    add_text(out, str_from(command->summary));
    buf_addf(out, "\n.SH SYNOPSIS\n.B copse %s\n", command->name);
    if (command->options != 0)
        buf_adds(out, "[\\fIOPTIONS\\fR]\n");
    if (command->operands[0] != '\0') {
        add_text(out, str_from(command->operands));
        buf_addc(out, '\n');
    }
    buf_adds(out, ".SH DESCRIPTION\n");
    add_body(out, command->help);
    for (size_t id = 0; id < OPTION_COUNT; id++) {
        if (!(command->options & OPTION_BIT(id)))
            continue;
        if (!any)
            buf_adds(out, ".SH OPTIONS\n");
        any = true;
        shared = shared || option_table[id].shared;
        add_option(out, &option_table[id]);
    }
    buf_adds(out, ".SH SEE ALSO\n.BR copse (1)\n");
    if (shared)
        buf_adds(out, "tells of exit statuses, files and the environment.\n");
}
