/* The help texts, made from the tables of commands and options. */
#ifndef COPSE_CLI_HELP_H
#define COPSE_CLI_HELP_H

#include "base/buf.h"
#include "cli/commands.h"

/* What `copse` alone says: what it is and the commands one needs first. */
void help_greeting(struct buf *out);

/* All commands. */
void help_overview(struct buf *out);

/* One command, with its own options; those that many share are named. Fits 24 lines of 80. */
void help_command(struct buf *out, const struct command *command);

/* The options that many commands share, explained. */
void help_options(struct buf *out);

#endif
