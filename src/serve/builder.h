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

/* What comes of a build. */
struct builder_result {
    bool published; /* the site is as the content says */
    bool ended;     /* it is over */
    bool crashed;
    bool failed;        /* by the system, not by the content */
    size_t changed;     /* files written or removed */
    size_t outputs;     /* all files */
    int64_t took;       /* milliseconds until it was published, else until it ended */
    struct digest said; /* of the messages */
    size_t marks;       /* bytes of what marks.h says, which follow */
};

struct builder {
    const struct builder_options *options;
    pid_t process;      /* 0: none is running */
    int handle;         /* becomes readable as the build goes on; -1: none */
    int64_t started;    /* milliseconds */
    struct digest said; /* what was last printed; the same is not printed again */
    struct buf bytes;   /* what it says: a result when it has published, another at its end */
    size_t used;        /* of them, taken */
};

enum builder_news {
    BUILDER_NOTHING,
    BUILDER_PUBLISHED, /* the site is out; the process still keeps what the next build needs */
    BUILDER_ENDED      /* and may be started again */
};

void builder_init(struct builder *builder, const struct builder_options *options);
/* Ends a build that is running; the output stays whole. */
void builder_release(struct builder *builder);

/* Begins a build; none may be running. Messages go to standard error. Returns 0 or an errno number.
 */
int builder_start(struct builder *builder);

/* Takes what is there to read. *result is set with both kinds of news; *text holds, until the next
 * start, what is marked (marks.h) where something was published, and at the end the errors in
 * words. A build that publishes tells it before it ends, if it had anything to do. */
enum builder_news builder_take(struct builder *builder, struct builder_result *result,
                               struct str *text);

/* Milliseconds of a clock that never jumps. */
int64_t builder_clock(void);

#endif
