/* What a shell completes behind `copse`, made from the tables of commands and options: scripts for
 * bash, zsh and fish, installed by `make install`. A shell that reads one knows every command, its
 * options with their folders and choices, kinds of content, branches and the topics of help. */
#ifndef COPSE_CLI_COMPLETIONS_H
#define COPSE_CLI_COMPLETIONS_H

#include "base/arena.h"
#include "base/buf.h"
#include "cli/commands.h"

/* The whole scripts. Words of the tables may hold any character; each is quoted for its shell. */
void completions_bash(struct buf *out);
void completions_zsh(struct buf *out);
void completions_fish(struct buf *out);

/* The names that the first operand of a command may have, where there is a list of them (kinds of
 * content, topics of help); else 0. */
size_t completions_operands(const struct command *command, struct arena *arena,
                            const struct str **names);

#endif
