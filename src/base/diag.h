/* Diagnostics: what a person is told about the content, collected and not printed.
 *
 * The convention of the whole program: a function that can fail for a reason the user must hear of
 * takes a `struct diags *` and returns 0, or -1 after it added at least one error or failure.
 * Parsers add what they find and go on, so that a run reports everything.
 *
 * Each worker has a list of its own; lists are merged and sorted by path, offset and code, so that
 * the order of threads never shows. */
#ifndef COPSE_BASE_DIAG_H
#define COPSE_BASE_DIAG_H

#include "base/arena.h"
#include "base/str.h"
#include "base/text.h"

#include <stdbool.h>

enum severity {
    SEVERITY_NOTE,    /* worth knowing; changes no exit status */
    SEVERITY_WARNING, /* should be mended; stops nothing unless --warnings-as-errors */
    SEVERITY_ERROR,   /* must be mended: nothing is published, exit status 1 */
    SEVERITY_FAILURE  /* the system failed us (disk full, no permission): exit status 3 */
};

/* A mechanical correction: bytes [start, end) of the span's text become `text`. */
struct diag_fix {
    bool given;
    size_t start;
    size_t end;
    struct str text;
};

struct diag {
    enum severity severity;
    const char *code; /* the rule, "unknown-designation"; static, see site/rules.h */
    struct span span;
    struct str message;  /* what is wrong, one sentence, without a full stop */
    struct str hint;     /* how to mend it, or empty; printed on a line of its own */
    struct diag_fix fix; /* where a program can mend it as well as a person (`check --fix`) */
};

struct diags {
    struct arena *arena; /* holds the items and their texts */
    struct diag *items;
    size_t count;
    size_t capacity;
};

void diags_init(struct diags *diags, struct arena *arena);

/* Adds one; the message is formatted into the arena. Returns it, so that a hint can be set with
 * diag_hint(); the pointer is valid until the next one is added. */
struct diag *diag_add(struct diags *diags, enum severity severity, const char *code,
                      struct span span, const char *format, ...)
    __attribute__((format(printf, 5, 6)));

/* The same for the common case. Always returns -1, so that it can end a function. */
int diag_error(struct diags *diags, const char *code, struct span span, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* A system failure on a path: `what` is what could not be done ("write public/index.html"),
 * `error` an errno number. Says it in plain words. Always returns -1. */
int diag_system(struct diags *diags, struct span span, int error, const char *what, ...)
    __attribute__((format(printf, 4, 5)));

/* Sets the hint of the diagnostic added last. */
void diag_hint(struct diags *diags, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Gives the diagnostic added last a correction, which must be right without a second thought. */
void diag_fix(struct diags *diags, size_t start, size_t end, struct str text);

/* Appends copies of all of `from`, whose arena must outlive `into`. */
void diags_merge(struct diags *into, const struct diags *from);

/* Sorts by path, offset, code, message; drops exact repeats. */
void diags_sort(struct diags *diags);

/* How many of that severity. */
size_t diags_count(const struct diags *diags, enum severity severity);

/* Whether any is an error or a failure. */
bool diags_failed(const struct diags *diags);

/* "error", "warning", … */
const char *severity_name(enum severity severity);

#endif
