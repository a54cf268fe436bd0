/* The manual pages, made from the tables of commands and options: copse(1), and one a command,
 * copse-build(1). In the macros of man(7), in ASCII, with nothing in them that changes from one day
 * to the next. `make install` puts them where `man` looks. */
#ifndef COPSE_CLI_MANUAL_H
#define COPSE_CLI_MANUAL_H

#include "base/buf.h"
#include "cli/commands.h"

/* The page of the program. */
void manual_program(struct buf *out);

/* The page of one command. */
void manual_command(struct buf *out, const struct command *command);

#endif
