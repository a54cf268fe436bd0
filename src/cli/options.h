/* The options of the command line: one table, and the parser that it drives.
 *
 * The same table makes the help texts (help.h), so an option exists in one place. A command names
 * the options it takes (commands.h); any other is wrong usage, with a suggestion.
 *
 * POSIX and GNU habits hold: `-j4`, `-j 4`, `--format=json`, `--format json`, flags of one letter
 * may share a dash (`-qv`), options may follow operands, `--` ends the options, `-` is an operand.
 * Of an option that is given twice the last one counts. */
#ifndef COPSE_CLI_OPTIONS_H
#define COPSE_CLI_OPTIONS_H

#include "base/arena.h"
#include "base/buf.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum option_id {
    OPTION_SITE,
    OPTION_REV,
    OPTION_OUTPUT,
    OPTION_THREADS,
    OPTION_NOW,
    OPTION_BASE_URL,
    OPTION_DRAFTS,
    OPTION_FUTURE,
    OPTION_CACHE,
    OPTION_FORCE,
    OPTION_FORMAT,
    OPTION_WARNINGS_AS_ERRORS,
    OPTION_QUIET,
    OPTION_VERBOSE,
    OPTION_NO_PROGRESS,
    OPTION_PARTIALS,
    OPTION_STRICT,
    OPTION_JEKYLL,
    OPTION_AUTOESCAPE,
    OPTION_GFM,
    OPTION_SAFE,
    OPTION_EJECT,
    OPTION_AUTHOR,
    OPTION_SLUG,
    OPTION_REPLY_TO,
    OPTION_PORT,
    OPTION_OPEN,
    OPTION_POLL,
    OPTION_NUMBER,
    OPTION_CRON,
    OPTION_SYSTEMD,
    OPTION_FIX,
    OPTION_YES,
    OPTION_DECAP,
    OPTION_EXTERNAL,
    OPTION_PRIVATE,
    OPTION_AGE,
    OPTION_TIMEOUT,
    OPTION_ACTOR,
    OPTION_HELP,
    OPTION_VERSION,
    OPTION_COUNT
};

/* A set of options is a uint64_t with the bits of its members. */
#define OPTION_BIT(id) (UINT64_C(1) << (id))

/* What follows an option, checked while parsing. */
enum option_argument {
    ARGUMENT_NONE,
    ARGUMENT_TEXT,
    ARGUMENT_FOLDER,
    ARGUMENT_URL,    /* http:// or https:// with a host */
    ARGUMENT_TIME,   /* a date-time with a zone, RFC 3339 */
    ARGUMENT_NUMBER, /* from 1 to `limit` */
    ARGUMENT_CHOICE  /* one of `choices` */
};

struct option {
    char letter;      /* 0: none */
    const char *name; /* without the dashes; NULL: none */
    enum option_argument argument;
    const char *argument_name;  /* "DIR", as help shows it; NULL without argument */
    const char *const *choices; /* ended by NULL */
    long limit;
    const char *help; /* a sentence part */
    bool shared;      /* many commands take it; their help pages name it in one line */
};

/* What stands at options[id] describes that id. */
extern const struct option option_table[OPTION_COUNT];

struct options {
    bool given[OPTION_COUNT];
    const char *value[OPTION_COUNT]; /* slices of argv */
    long number[OPTION_COUNT];       /* of ARGUMENT_NUMBER: the value; of CHOICE: its index */
    const char **operands;           /* in the arena, ended by NULL */
    size_t operand_count;
};

/* Reads `count` arguments (the program's and command's names not among them). Operands and tables
 * live in `arena`, texts in the arguments. Returns 0, or -1 after a sentence of what is wrong was
 * added to `problem` (plain text, one or two lines, each ended by a line break). */
int options_parse(struct options *options, struct arena *arena, uint64_t allowed,
                  const char *const *arguments, size_t count, struct buf *problem);

#endif
