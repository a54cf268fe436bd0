/* Rendering a template in a test: what it printed, what was said, which links it reported. */
#ifndef COPSE_TESTS_LIQUID_SUPPORT_H
#define COPSE_TESTS_LIQUID_SUPPORT_H

#include "lang/liquid/liquid.h"

struct liquid_trial {
    struct liquid_settings settings;
    enum liquid_language language;
    const char *partials[8]; /* name, source, name, source … NULL */
    const char *subject;

    /* Results, in `arena`. */
    struct arena arena;
    struct diags diags;
    int status; /* -1: did not compile or render */
    const char *output;
    const char *message; /* of the first diagnostic, or "" */
    const char *hint;
    struct text_position at; /* of the first diagnostic */
    char links[1024];        /* "href=/x id=y " in the order of reports */
};

/* Renders `source` over JSON data (NULL: none). */
void liquid_try(struct liquid_trial *trial, const char *source, const char *json);
void liquid_trial_end(struct liquid_trial *trial);

/* The common cases: fails the running test unless `source` prints `expected`, or unless it fails
 * with a message that has `part` in it. */
void liquid_gives(const struct liquid_settings *settings, const char *source, const char *json,
                  const char *expected);
void liquid_refuses(const struct liquid_settings *settings, const char *source, const char *json,
                    const char *part);

#endif
