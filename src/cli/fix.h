/* `copse check --fix`: what is mechanical is put right, file by file, after it was shown.
 *
 * Of texts those problems that carry a correction (diag_fix()): a misspelt key, a date in another
 * form, `yes` for true, an attribute list that nothing reads. Every other byte of the file stays.
 * Of pictures (picture-place) the metadata. Only files of content/ in a work tree are written,
 * whole or not at all; no folder on the way may be a symbolic link, and a file that has changed
 * since it was read, or that could not be read as YAML afterwards, is left alone. */
#ifndef COPSE_CLI_FIX_H
#define COPSE_CLI_FIX_H

#include "cli/commands.h"
#include "source/place.h"

struct fix_counts {
    size_t changed; /* files */
    size_t left;    /* that the person did not want changed, or that could not be */
};

/* Shows what the problems in cli->diags (sorted) can be mended to, asks for each file unless
 * `--yes` was given, and writes. Returns 0, or -1 after a failure of the system was added. */
int fix_files(struct cli *cli, const struct source_place *place, struct fix_counts *counts);

#endif
