/* Why pages were made again, in words: `copse build -v`.
 *
 * For each output that was made, the facts (pages/facts.h) that it read last time and that are
 * different now. */
#ifndef COPSE_BUILD_WHY_H
#define COPSE_BUILD_WHY_H

#include "base/arena.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

struct incremental;

/* One thing that changed. */
struct why_reason {
    const char *kind; /* "card", "body", "layout" …: for programs */
    struct str about; /* the path of a file, or of an output; empty where there is none */
    struct str text;  /* "'Salary negotiation' changed its title" */
};

struct why_page {
    struct str path; /* of the output: "tags/webinars/index.html" */
    const struct why_reason *reasons;
    size_t count;
};

struct why {
    bool nothing_known; /* there was no earlier build to compare with: everything was made */
    const struct why_page *pages;
    size_t count;
};

/* After everything was made or kept, and before incremental_end(). In `arena`. */
const struct why *why_find(const struct incremental *incremental, struct arena *arena);

#endif
