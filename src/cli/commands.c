#include "cli/commands.h"

#include "base/str.h"
#include "base/suggest.h"
#include "cli/messages.h"

#include <stdio.h>

const struct command command_table[] = {
    {.name = "build",
     .operands = "",
     .options = OPTIONS_SITE | OPTION_BIT(OPTION_OUTPUT) | OPTION_BIT(OPTION_VERBOSE) |
                OPTION_BIT(OPTION_NO_PROGRESS) | OPTION_BIT(OPTION_CACHE) |
                OPTION_BIT(OPTION_FORCE),
     .summary = "make the website",
     .help = "Makes the whole site in public/, a folder of plain files for any web server.\n"
             "If the content has errors, nothing is changed there. Files in that folder that\n"
             "copse did not make are left alone. Only pages that an edit touches are made\n"
             "again.\n"
             "\n"
             "    copse build\n"
             "    copse build -C examples/career-association -o /srv/www/guild\n",
     .on_error = "nothing was published",
     .run = cmd_build},
    {.name = "check",
     .operands = "",
     .options = OPTIONS_SITE | OPTION_BIT(OPTION_VERBOSE) | OPTION_BIT(OPTION_NO_PROGRESS) |
                OPTION_BIT(OPTION_EXTERNAL) | OPTION_BIT(OPTION_PRIVATE) | OPTION_BIT(OPTION_AGE) |
                OPTION_BIT(OPTION_TIMEOUT) | OPTION_BIT(OPTION_FIX) | OPTION_BIT(OPTION_YES),
     .summary = "find every problem in the content; mend the simple ones",
     .help = "Looks at everything that `copse build` looks at and lists what is wrong, with\n"
             "file, line and a way to mend it. Tells what could be better too: headings that\n"
             "skip a level, links called \"here\", pictures without words, tags that are nearly\n"
             "one, pages that no link leads to. Nothing is written but by --fix, which shows\n"
             "what it would change in each file and asks.\n"
             "\n"
             "    copse check\n"
             "    copse check --fix                misspelt keys, dates, pictures' places\n"
             "    copse check --external           asks other sites about the links to them\n"
             "    copse check --format github      in a pull request's checks\n",
     .on_error = "the site cannot be published like this",
     .run = cmd_check},
    {.name = "help",
     .operands = "[COMMAND or CODE]",
     .operands_max = 1,
     .operand = COMMAND_OPERAND_TOPIC,
     .summary = "explain a command, or the code behind a message",
     .help = "Without a name it lists the commands. Messages about content end with a code\n"
             "in brackets; its help says what it means and how to put it right.\n"
             "\n"
             "    copse help build\n"
             "    copse help options           the options that many commands take\n"
             "    copse help unknown-member\n",
     .run = cmd_help},
    {.name = "init",
     .operands = "DIR",
     .operands_min = 1,
     .operands_max = 1,
     .operand = COMMAND_OPERAND_FOLDER,
     .options = OPTION_BIT(OPTION_QUIET) | OPTIONS_MESSAGES,
     .summary = "begin a new site",
     .help = "Makes a site in DIR that is ready to build, with two examples of each kind that\n"
             "say what to change, and commits it in a git repository of its own. DIR must not\n"
             "exist yet or be empty.\n"
             "\n"
             "    copse init guild\n",
     .on_error = "no site was made",
     .first = 1,
     .run = cmd_init},
    {.name = "layouts",
     .operands = "",
     .options = OPTION_BIT(OPTION_SITE) | OPTION_BIT(OPTION_EJECT) | OPTIONS_MESSAGES,
     .summary = "list the templates, or copy one to change it",
     .help = "Lists the templates in use and whether each is the site's own or built in.\n"
             "A template of the site replaces the built-in one of that name.\n"
             "\n"
             "    copse layouts\n"
             "    copse layouts --eject article.html    copies it to layouts/article.html\n"
             "    copse layouts --eject i18n/de.yml     the theme's words, to translate\n",
     .run = cmd_layouts},
    {.name = "markdown",
     .operands = "[FILE]",
     .operands_max = 1,
     .operand = COMMAND_OPERAND_FILE,
     .options = OPTION_BIT(OPTION_GFM) | OPTION_BIT(OPTION_SAFE) | OPTIONS_MESSAGES,
     .summary = "turn one Markdown text into HTML",
     .help = "Reads FILE (or standard input) and prints the HTML. Without options this is\n"
             "plain CommonMark, with raw HTML passed through; content is rendered with\n"
             "--gfm --safe.\n"
             "\n"
             "    copse markdown --gfm --safe content/articles/first.md\n",
     .run = cmd_markdown},
    {.name = "new",
     .operands = "article|member|event|page|comment [TITLE]",
     .operands_max = 100,
     .operand = COMMAND_OPERAND_KIND,
     .options = OPTION_BIT(OPTION_SITE) | OPTION_BIT(OPTION_NOW) | OPTION_BIT(OPTION_AUTHOR) |
                OPTION_BIT(OPTION_SLUG) | OPTION_BIT(OPTION_REPLY_TO) | OPTION_BIT(OPTION_QUIET) |
                OPTIONS_MESSAGES,
     .summary = "add an article, member, event, page or comment",
     .help = "Makes a file at the right place with everything filled in that can be known, and\n"
             "says what to do next. Articles, events and pages begin as drafts. A file that is\n"
             "there already is never changed. A comment names its article instead of a title.\n"
             "\n"
             "    copse new article \"Six questions before you rewrite a résumé\"\n"
             "    copse new comment six-questions --reply-to 2026-03-01-sam\n",
     .on_error = "nothing was made",
     .first = 3,
     .run = cmd_new},
    {.name = "next",
     .operands = "",
     .options = (OPTIONS_SITE & ~(OPTION_BIT(OPTION_FUTURE) | OPTION_BIT(OPTION_QUIET) |
                                  OPTION_BIT(OPTION_WARNINGS_AS_ERRORS))) |
                OPTION_BIT(OPTION_NUMBER) | OPTION_BIT(OPTION_CRON) | OPTION_BIT(OPTION_SYSTEMD),
     .summary = "tell when the site changes by itself, and why",
     .help = "The next moment at which a build gives another site though no file was changed:\n"
             "a scheduled article, an expiry, an event that ends, a designation that lapses.\n"
             "Build then, and the site is never behind.\n"
             "\n"
             "    copse next -n 5\n"
             "    copse next --format json\n"
             "    copse next -n 20 --systemd >/etc/systemd/system/guild.timer\n",
     .answers = true,
     .run = cmd_next},
    {.name = "render",
     .operands = "TEMPLATE [DATA]",
     .operands_min = 1,
     .operands_max = 2,
     .operand = COMMAND_OPERAND_FILE,
     .options = OPTION_BIT(OPTION_PARTIALS) | OPTION_BIT(OPTION_STRICT) |
                OPTION_BIT(OPTION_JEKYLL) | OPTION_BIT(OPTION_AUTOESCAPE) | OPTION_BIT(OPTION_NOW) |
                OPTIONS_MESSAGES,
     .summary = "fill in one template, to standard output",
     .help = "Renders a Liquid template over a YAML or JSON file of data. Without options it\n"
             "is plain Liquid; - reads standard input.\n"
             "\n"
             "    copse render layouts/card.html data.yml --partials layouts/includes\n"
             "    copse render --jekyll --autoescape page.html data.json\n",
     .on_error = "nothing was printed",
     .run = cmd_render},
    {.name = "review",
     .operands = "BASE [HEAD]",
     .operands_min = 1,
     .operands_max = 2,
     .operand = COMMAND_OPERAND_REVISION,
     .options = (OPTIONS_SITE & ~OPTION_BIT(OPTION_REV)) | OPTION_BIT(OPTION_ACTOR) |
                OPTION_BIT(OPTION_OUTPUT),
     .summary = "judge a pull request: what it changes, breaks, and may",
     .help = "Compares HEAD with where it left BASE: what the merge would do to the site,\n"
             "which problems it brings, and whether the account that sends it may do so (the\n"
             "owners of bios, and `review: {admins, editors}` in site.yml, as BASE has them).\n"
             "Nothing of the change is run, nothing is written into the repository. Exit\n"
             "status: 0 it may be merged, 1 it has problems, 4 it is not allowed. A site in a\n"
             "folder of a bare repository is named behind BASE, as in main:site.\n"
             "\n"
             "    copse review main\n"
             "    copse review origin/main HEAD --actor jo-t --format markdown\n"
             "    copse review main feature -o /tmp/preview    the changed pages, to look at\n",
     .run = cmd_review},
    {.name = "schema",
     .operands = "[article|member|event|comment|page]",
     .operands_max = 1,
     .operand = COMMAND_OPERAND_KIND,
     .options = OPTION_BIT(OPTION_SITE) | OPTION_BIT(OPTION_DECAP) | OPTIONS_MESSAGES,
     .summary = "print JSON Schema of the front matter, for editors",
     .help = "Prints what may stand at the top of each kind of file as JSON Schema, with which\n"
             "editors that know YAML complete and check. Without a kind, all of them are under\n"
             "$defs.\n"
             "\n"
             "With --decap it is a configuration of Decap CMS, an editor in the browser, for\n"
             "the site of this folder.\n"
             "\n"
             "    copse schema article >article.schema.json\n"
             "    copse schema --decap >assets/root/admin/config.yml\n",
     .run = cmd_schema},
    {.name = "serve",
     .operands = "",
     .options = OPTION_BIT(OPTION_SITE) | OPTION_BIT(OPTION_PORT) | OPTION_BIT(OPTION_OPEN) |
                OPTION_BIT(OPTION_POLL) | OPTION_BIT(OPTION_THREADS) | OPTION_BIT(OPTION_NOW) |
                OPTION_BIT(OPTION_QUIET),
     .summary = "show the site in your browser while you write",
     .help = "Builds the site, drafts and future articles too, and shows it on this computer\n"
             "only. Each save builds it again and the open pages follow. If something is not\n"
             "right, the page says what and where, and the last good site stays. public/ is\n"
             "not touched. Ctrl-C ends it.\n"
             "\n"
             "    copse serve --open\n"
             "    copse serve -C examples/career-association --port 4000\n",
     .first = 2,
     .run = cmd_serve},
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
