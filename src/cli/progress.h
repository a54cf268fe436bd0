/* The live line of a long build: one line on the terminal, rewritten in place, gone when done. */
#ifndef COPSE_CLI_PROGRESS_H
#define COPSE_CLI_PROGRESS_H

#include "build/build.h"

#include <stdbool.h>
#include <stdint.h>

struct progress {
    bool live;       /* whether anything may be shown */
    bool drawn;      /* a line stands on the terminal */
    int64_t started; /* milliseconds of a clock that never jumps */
    int64_t drawn_at;
    int64_t phase_at; /* when the phase began */
    int64_t spent[BUILD_ASKING + 1]; /* milliseconds in each phase that is over */
    enum build_phase phase;
};

/* Begins. Nothing is shown in the first third of a second, nor if `live` is false. */
void progress_start(struct progress *progress, bool live);

/* For build_options.progress; `context` is the struct progress. */
void progress_report(void *context, enum build_phase phase, size_t done, size_t total);

/* Takes the line away. */
void progress_end(struct progress *progress);

/* Milliseconds since the start. */
int64_t progress_elapsed(const struct progress *progress);

#endif
