#include "cli/options.h"

#include "base/date.h"
#include "base/str.h"
#include "base/suggest.h"

#include <string.h>

static const char *const formats[] = {"text", "json", "github", "sarif", "markdown", NULL};

const struct option option_table[OPTION_COUNT] = {
    [OPTION_SITE] = {'C', "site", ARGUMENT_FOLDER, "DIR", NULL, 0,
                     "the site's folder (default: here, or above)", true},
    [OPTION_REV] = {0, "rev", ARGUMENT_TEXT, "REV", NULL, 0,
                    "read a commit, branch or tag instead of the files", true},
    [OPTION_OUTPUT] = {'o', "output", ARGUMENT_FOLDER, "DIR", NULL, 0,
                       "where to write (`copse build`: public/ in the site)", false},
    [OPTION_THREADS] = {'j', "threads", ARGUMENT_NUMBER, "N", NULL, 256,
                        "threads to use (default: one for each processor)", true},
    [OPTION_NOW] = {0, "now", ARGUMENT_TIME, "TIME", NULL, 0,
                    "work as if it were TIME, as 2026-03-01T09:00:00Z", true},
    [OPTION_BASE_URL] = {0, "base-url", ARGUMENT_URL, "URL", NULL, 0,
                         "the site's address, in place of the url in site.yml", true},
    [OPTION_DRAFTS] = {0, "drafts", ARGUMENT_NONE, NULL, NULL, 0, "include drafts", true},
    [OPTION_FUTURE] = {0, "future", ARGUMENT_NONE, NULL, NULL, 0,
                       "include what is dated in the future", true},
    [OPTION_CACHE] = {0, "cache", ARGUMENT_FOLDER, "DIR", NULL, 0,
                      "where what is known between builds is kept", false},
    [OPTION_FORCE] = {0, "force", ARGUMENT_NONE, NULL, NULL, 0,
                      "make everything again, whatever is known", false},
    [OPTION_FORMAT] = {0, "format", ARGUMENT_CHOICE, "FORMAT", formats, 0,
                       "how problems are shown: text, json, github, sarif or markdown", true},
    [OPTION_WARNINGS_AS_ERRORS] = {0, "warnings-as-errors", ARGUMENT_NONE, NULL, NULL, 0,
                                   "let warnings stop the build too", true},
    [OPTION_QUIET] = {'q', "quiet", ARGUMENT_NONE, NULL, NULL, 0, "show only problems", true},
    [OPTION_VERBOSE] = {'v', "verbose", ARGUMENT_NONE, NULL, NULL, 0, "tell more", true},
    [OPTION_NO_PROGRESS] = {0, "no-progress", ARGUMENT_NONE, NULL, NULL, 0,
                            "no live line while building", true},
    [OPTION_PARTIALS] = {0, "partials", ARGUMENT_FOLDER, "DIR", NULL, 0,
                         "the folder of the templates that TEMPLATE includes", false},
    [OPTION_STRICT] = {0, "strict", ARGUMENT_NONE, NULL, NULL, 0,
                       "make an error of what is otherwise overlooked", false},
    [OPTION_JEKYLL] = {0, "jekyll", ARGUMENT_NONE, NULL, NULL, 0, "add Jekyll's tags and filters",
                       false},
    [OPTION_AUTOESCAPE] = {0, "autoescape", ARGUMENT_NONE, NULL, NULL, 0,
                           "escape text when it is printed, as site builds do", false},
    [OPTION_GFM] = {0, "gfm", ARGUMENT_NONE, NULL, NULL, 0,
                    "add tables, strikethrough, task lists, autolinks and footnotes", false},
    [OPTION_SAFE] = {0, "safe", ARGUMENT_NONE, NULL, NULL, 0,
                     "leave out what untrusted text must not bring", false},
    [OPTION_EJECT] = {0, "eject", ARGUMENT_TEXT, "NAME", NULL, 0,
                      "copy the built-in template NAME into the site, to change it", false},
    [OPTION_AUTHOR] = {0, "author", ARGUMENT_TEXT, "NAME", NULL, 0,
                       "who writes it (default: who git says you are)", false},
    [OPTION_SLUG] = {0, "slug", ARGUMENT_TEXT, "SLUG", NULL, 0,
                     "the last part of its address (default: made from the title)", false},
    [OPTION_REPLY_TO] = {0, "reply-to", ARGUMENT_TEXT, "ID", NULL, 0,
                         "the comment that this one answers: its file's name without .md", false},
    [OPTION_PORT] = {0, "port", ARGUMENT_NUMBER, "N", NULL, 65535,
                     "the port to serve on (default: 8080, or the next free one)", false},
    [OPTION_OPEN] = {0, "open", ARGUMENT_NONE, NULL, NULL, 0, "open the site in your browser",
                     false},
    [OPTION_POLL] = {0, "poll", ARGUMENT_NONE, NULL, NULL, 0,
                     "look for changes twice a second, for folders that tell of none", false},
    [OPTION_NUMBER] = {'n', "number", ARGUMENT_NUMBER, "N", NULL, 1000,
                       "how many moments to tell (default: 1)", false},
    [OPTION_CRON] = {0, "cron", ARGUMENT_NONE, NULL, NULL, 0,
                     "print lines for a crontab that build the site then", false},
    [OPTION_SYSTEMD] = {0, "systemd", ARGUMENT_NONE, NULL, NULL, 0,
                        "print a systemd timer for these moments", false},
    [OPTION_FIX] = {0, "fix", ARGUMENT_NONE, NULL, NULL, 0,
                    "mend what is mechanical, after showing it and asking", false},
    [OPTION_YES] = {0, "yes", ARGUMENT_NONE, NULL, NULL, 0, "with --fix: do not ask", false},
    [OPTION_DECAP] = {0, "decap", ARGUMENT_NONE, NULL, NULL, 0,
                      "print a configuration of Decap CMS instead", false},
    [OPTION_EXTERNAL] = {0, "external", ARGUMENT_NONE, NULL, NULL, 0,
                         "ask other sites whether the linked pages are there", false},
    [OPTION_PRIVATE] = {0, "private", ARGUMENT_NONE, NULL, NULL, 0,
                        "with --external: in private networks too", false},
    [OPTION_AGE] = {0, "age", ARGUMENT_NUMBER, "DAYS", NULL, 365,
                    "with --external: how long an answer holds (7)", false},
    [OPTION_TIMEOUT] = {0, "timeout", ARGUMENT_NUMBER, "SECONDS", NULL, 600,
                        "with --external: how long to wait for each (20)", false},
    [OPTION_ACTOR] = {0, "actor", ARGUMENT_TEXT, "LOGIN", NULL, 0,
                      "the account that sends the change, as the forge names it", false},
    [OPTION_HELP] = {'h', "help", ARGUMENT_NONE, NULL, NULL, 0, "show this help", false},
    [OPTION_VERSION] = {0, "version", ARGUMENT_NONE, NULL, NULL, 0, "show the version", false},
};

struct parser {
    struct options *options;
    uint64_t allowed;
    const char *const *arguments;
    size_t count;
    size_t next; /* the argument to be read next */
    struct buf *problem;
};

static bool is_allowed(const struct parser *parser, size_t id)
{
    return (parser->allowed & OPTION_BIT(id)) != 0;
}

static int unknown_name(const struct parser *parser, struct str name)
{
    struct str known[OPTION_COUNT];
    size_t count = 0;
    for (size_t id = 0; id < OPTION_COUNT; id++) {
        struct str candidate = str_from(option_table[id].name);
        if (!is_allowed(parser, id))
            continue;
        known[count++] = candidate;
    }
    for (size_t id = 0; id < OPTION_COUNT; id++) {
        if (str_eq(name, str_from(option_table[id].name))) {
            buf_addf(parser->problem, "the option --%.*s is not one of this command\n",
                     STR_ARG(name));
            return -1;
        }
    }
    buf_addf(parser->problem, "there is no option --%.*s", STR_ARG(name));
    struct str near = suggest_nearest(name, known, count);
    if (near.len > 0)
        buf_addf(parser->problem, "; did you mean --%.*s?", STR_ARG(near));
    buf_addc(parser->problem, '\n');
    return -1;
}

static int wrong_argument(const struct parser *parser, size_t id, const char *argument,
                          const char *wanted)
{
    buf_addf(parser->problem, "--%s %s: %s\n", option_table[id].name, argument, wanted);
    return -1;
}

static int check_choice(const struct parser *parser, size_t id, const char *argument)
{
    const char *const *choices = option_table[id].choices;
    struct str known[16];
    size_t count = 0;
    for (; choices[count] && count < sizeof known / sizeof *known; count++) {
        known[count] = str_from(choices[count]);
        if (strcmp(choices[count], argument) == 0) {
            parser->options->number[id] = (long)count;
            return 0;
        }
    }
    buf_addf(parser->problem, "--%s %s: it can be ", option_table[id].name, argument);
    for (size_t i = 0; i < count; i++)
        buf_addf(parser->problem, "%s%s", i == 0 ? "" : i + 1 < count ? ", " : " or ", choices[i]);
    struct str near = suggest_nearest(str_from(argument), known, count);
    if (near.len > 0)
        buf_addf(parser->problem, "; did you mean %.*s?", STR_ARG(near));
    buf_addc(parser->problem, '\n');
    return -1;
}

static int check_number(const struct parser *parser, size_t id, const char *argument)
{
    long long number = 0;
    long limit = option_table[id].limit;
    if (str_to_long(str_from(argument), &number) != 0 || number < 1 || number > limit) {
        buf_addf(parser->problem, "--%s %s: it must be a number from 1 to %ld\n",
                 option_table[id].name, argument, limit);
        return -1;
    }
    parser->options->number[id] = (long)number;
    return 0;
}

static int check_time(const struct parser *parser, size_t id, const char *argument)
{
    struct date_time time;
    const char *why = NULL;
    if (date_parse(str_from(argument), &time, &why) != 0)
        return wrong_argument(parser, id, argument, why);
    if (!time.has_zone)
        return wrong_argument(parser, id, argument,
                              "it needs a time and a zone, as in 2026-03-01T09:00:00Z");
    return 0;
}

static int check_url(const struct parser *parser, size_t id, const char *argument)
{
    struct str url = str_from(argument);
    size_t host = str_starts(url, STR("https://")) ? 8 : str_starts(url, STR("http://")) ? 7 : 0;
    if (host == 0 || url.len == host || url.ptr[host] == '/')
        return wrong_argument(parser, id, argument,
                              "it must begin with https:// or http:// and a host's name");
    return 0;
}

static int take(struct parser *parser, size_t id, const char *argument)
{
    parser->options->given[id] = true;
    parser->options->value[id] = argument;
    switch (option_table[id].argument) {
    case ARGUMENT_CHOICE: return check_choice(parser, id, argument);
    case ARGUMENT_NUMBER: return check_number(parser, id, argument);
    case ARGUMENT_TIME: return check_time(parser, id, argument);
    case ARGUMENT_URL: return check_url(parser, id, argument);
    case ARGUMENT_TEXT:
    case ARGUMENT_FOLDER:
        if (argument[0] == '\0')
            return wrong_argument(parser, id, "''", "it must not be empty");
        return 0;
    case ARGUMENT_NONE: return 0;
    }
    return 0;
}

/* The argument of an option: `attached` if that is not NULL, else the next one. */
static int take_with_argument(struct parser *parser, size_t id, const char *attached)
{
    if (attached)
        return take(parser, id, attached);
    if (parser->next == parser->count) {
        buf_addf(parser->problem, "--%s needs %s behind it: %s\n", option_table[id].name,
                 option_table[id].argument_name, option_table[id].help);
        return -1;
    }
    return take(parser, id, parser->arguments[parser->next++]);
}

static int parse_long(struct parser *parser, const char *argument)
{
    const char *equals = strchr(argument, '=');
    struct str name = str_from(argument);
    if (equals)
        name.len = (size_t)(equals - argument);
    for (size_t id = 0; id < OPTION_COUNT; id++) {
        if (!is_allowed(parser, id) || !str_eq(name, str_from(option_table[id].name)))
            continue;
        if (option_table[id].argument != ARGUMENT_NONE)
            return take_with_argument(parser, id, equals ? equals + 1 : NULL);
        if (equals) {
            buf_addf(parser->problem, "--%s takes nothing behind it\n", option_table[id].name);
            return -1;
        }
        return take(parser, id, NULL);
    }
    return unknown_name(parser, name);
}

static int parse_letters(struct parser *parser, const char *letters)
{
    for (; *letters != '\0'; letters++) {
        size_t id = 0;
        while (id < OPTION_COUNT &&
               (option_table[id].letter != *letters || !is_allowed(parser, id)))
            id++;
        if (id == OPTION_COUNT) {
            bool letter = *letters > ' ' && *letters <= '~';
            buf_addf(parser->problem, "there is no option -%c here\n", letter ? *letters : '?');
            return -1;
        }
        if (option_table[id].argument != ARGUMENT_NONE) {
            const char *attached = letters[1] == '\0' ? NULL : letters + 1;
            return take_with_argument(parser, id, attached);
        }
        if (take(parser, id, NULL) != 0)
            return -1;
    }
    return 0;
}

int options_parse(struct options *options, struct arena *arena, uint64_t allowed,
                  const char *const *arguments, size_t count, struct buf *problem)
{
    *options = (struct options){0};
    options->operands = arena_zalloc(arena, count + 1, sizeof *options->operands);
    struct parser parser = {options, allowed, arguments, count, 0, problem};
    bool only_operands = false;
    while (parser.next < count) {
        const char *argument = arguments[parser.next++];
        int result = 0;
        if (only_operands || argument[0] != '-' || argument[1] == '\0')
            options->operands[options->operand_count++] = argument;
        else if (strcmp(argument, "--") == 0)
            only_operands = true;
        else if (argument[1] == '-')
            result = parse_long(&parser, argument + 2);
        else
            result = parse_letters(&parser, argument + 1);
        if (result != 0)
            return -1;
    }
    return 0;
}
