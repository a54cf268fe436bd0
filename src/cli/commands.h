/* The commands: one table. A new command is one file cmd_<name>.c and one row in commands.c. */
#ifndef COPSE_CLI_COMMANDS_H
#define COPSE_CLI_COMMANDS_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/fs.h"
#include "cli/options.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Exit statuses, for scripts to rely on. */
enum status {
    STATUS_DONE = 0,
    STATUS_CONTENT = 1, /* the content has errors; nothing was published */
    STATUS_USAGE = 2,
    STATUS_SYSTEM = 3, /* disk full, no permission, not a repository */
    STATUS_DENIED = 4  /* review: the actor may not do this */
};

/* What a command runs with. Everything lives until the program ends. */
struct cli {
    const struct fs *fs;
    struct arena *arena;
    const struct options *options;
    struct diags *diags;   /* main() prints what is in here and derives the exit status from it */
    const struct why *why; /* what a build made and why, for formats that tell; NULL: not asked */
    bool reported;         /* the command printed a report; where diags is empty nothing is added */
};

enum command_operand {
    COMMAND_OPERAND_NONE,
    COMMAND_OPERAND_FILE,
    COMMAND_OPERAND_FOLDER,
    COMMAND_OPERAND_KIND,     /* of content */
    COMMAND_OPERAND_REVISION, /* of the repository */
    COMMAND_OPERAND_TOPIC     /* what `copse help` explains */
};

struct command {
    const char *name;
    const char *operands; /* as help shows them: "TEMPLATE [DATA]"; "" for none */
    size_t operands_min;
    size_t operands_max;
    enum command_operand operand; /* what the first one names, for completions */
    uint64_t options;             /* OPTION_BIT()s; --help is taken by all */
    const char *summary;          /* one line, a sentence part without a full stop */
    const char *help;             /* what it does and an example, lines of at most 80 characters */
    const char *on_error; /* what follows the count of errors ("nothing was published"), or NULL */
    bool answers;         /* prints JSON of its own; where all is well, nothing is added to it */
    unsigned first;       /* its place among the three that a newcomer needs; 0: none */
    /* Does it. The result is the exit status unless `diags` holds something worse. */
    enum status (*run)(struct cli *cli);
};

/* Sets of options that commands share. */
#define OPTIONS_MESSAGES (OPTION_BIT(OPTION_FORMAT) | OPTION_BIT(OPTION_WARNINGS_AS_ERRORS))
#define OPTIONS_SITE                                                                               \
    (OPTION_BIT(OPTION_SITE) | OPTION_BIT(OPTION_REV) | OPTION_BIT(OPTION_THREADS) |               \
     OPTION_BIT(OPTION_NOW) | OPTION_BIT(OPTION_BASE_URL) | OPTION_BIT(OPTION_DRAFTS) |            \
     OPTION_BIT(OPTION_FUTURE) | OPTION_BIT(OPTION_QUIET) | OPTIONS_MESSAGES)

extern const struct command command_table[];
extern const size_t command_count;

/* The command of that name, or NULL. */
const struct command *command_find(struct str name);

/* Says on standard error that there is no such command, and which one may be meant. */
enum status command_unknown(struct str name);

/* The commands themselves. */
enum status cmd_build(struct cli *cli);
enum status cmd_check(struct cli *cli);
enum status cmd_help(struct cli *cli);
enum status cmd_init(struct cli *cli);
enum status cmd_layouts(struct cli *cli);
enum status cmd_markdown(struct cli *cli);
enum status cmd_new(struct cli *cli);
enum status cmd_next(struct cli *cli);
enum status cmd_render(struct cli *cli);
enum status cmd_review(struct cli *cli);
enum status cmd_schema(struct cli *cli);
enum status cmd_serve(struct cli *cli);

#endif
