/* What the commands that run a whole site share: finding it, its options, the run, its last line.
 */
#ifndef COPSE_CLI_SITE_RUN_H
#define COPSE_CLI_SITE_RUN_H

#include "build/build.h"
#include "cli/commands.h"
#include "cli/progress.h"
#include "source/place.h"

struct site_run {
    struct source_place place;
    struct build_options build;
    struct build_report report;
    struct progress progress;
};

/* Finds the site (-C) and fills `build` from the options, but for its output. If the result is not
 * STATUS_DONE, a diagnostic says why. */
enum status site_run_prepare(struct cli *cli, struct site_run *run);

/* The folder that -o names, else public/ in the site, as a path from here where that is shorter. */
const char *site_run_output(struct cli *cli, const struct site_run *run);

/* A path of the site as it is seen from here, where that is shorter than the absolute one. */
const char *site_run_path(struct cli *cli, const struct site_run *run, struct str path);

/* Builds (or, without an output, checks). Returns 0, or -1 after an error. */
int site_run_build(struct cli *cli, struct site_run *run);

/* Prints the last line: `done` ("built", "checked"), what there was, and how long it took. Only on
 * a terminal or with -v, never with -q, never in a format for machines. */
int site_run_sum_up(struct cli *cli, const struct site_run *run, const char *done);

#endif
