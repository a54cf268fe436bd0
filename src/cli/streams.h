/* What commands read from and write to besides the site: files that the user names, standard input
 * and standard output. */
#ifndef COPSE_CLI_STREAMS_H
#define COPSE_CLI_STREAMS_H

#include "base/text.h"
#include "cli/commands.h"

/* The whole of a file that the user named, or of standard input if `path` is "-" (its text is then
 * called "standard input"). In the command's arena, a NUL byte behind it. Symlinks are followed:
 * the user chose the path. More than `limit` bytes are an error. Returns 0, or -1 with a
 * diagnostic. */
int streams_read(struct cli *cli, const char *path, size_t limit, struct text *out);

/* Writes to standard output, to its end. Returns 0, or -1 with a diagnostic. */
int streams_write(struct cli *cli, struct str bytes);

/* Asks on standard error and reads one line of standard input. The first letter of the answer, a
 * small one; '\n' for an empty line; '\0' if there is no more input. */
char streams_ask(struct str question);

/* Whether messages on standard error may have colours: it is a terminal that can, and NO_COLOR
 * (no-color.org) is not set. */
bool streams_color(void);

/* Whether a live line may be shown on standard error. */
bool streams_live(void);

/* Columns of the terminal on standard error; 80 if it does not say. */
size_t streams_columns(void);

#endif
