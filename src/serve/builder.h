/* One build at a time, in a process of its own: whatever a build takes or breaks goes with it, and
 * pages are served meanwhile. The process has no other threads when it forks. */
#ifndef COPSE_SERVE_BUILDER_H
#define COPSE_SERVE_BUILDER_H

#include "base/buf.h"
#include "base/hash.h"
#include "build/build.h"

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

struct builder_options {
    struct build_options build;
    bool fixed_now; /* --now was given; else each build takes the clock's time */
    /* Writes problems as people read them. */
    void (*messages)(struct buf *out, const struct diags *diags, bool color);
    bool color; /* on standard error */
};

/* How a build ended. */
struct builder_result {
    bool published; /* the site is as the content says */
    bool crashed;
    size_t changed;     /* files written or removed */
    size_t outputs;     /* all files */
    int64_t took;       /* milliseconds */
    struct digest said; /* of the messages */
};

struct builder {
    const struct builder_options *options;
    pid_t process;      /* 0: none is running */
    int handle;         /* becomes readable as the build goes on; -1: none */
    int64_t started;    /* milliseconds */
    struct digest said; /* what was last printed; the same is not printed again */
    struct buf bytes;
};

void builder_init(struct builder *builder, const struct builder_options *options);
/* Ends a build that is running; the output stays whole. */
void builder_release(struct builder *builder);

/* Begins a build; none may be running. Messages go to standard error. Returns 0 or an errno number.
 */
int builder_start(struct builder *builder);

/* Takes what is there to read. True once the build is over: then *result is set, and *problems
 * holds the errors in words, valid until the next start. */
bool builder_take(struct builder *builder, struct builder_result *result, struct str *problems);

/* Milliseconds of a clock that never jumps. */
int64_t builder_clock(void);

#endif
