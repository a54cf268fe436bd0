/* A small site on disk, read, linked and planned: for tests of what is written from a plan. */
#ifndef COPSE_TESTS_PLAN_FIXTURE_H
#define COPSE_TESTS_PLAN_FIXTURE_H

#include "pages/plan.h"
#include "source_fixture.h"

struct plan_fixture {
    struct site_fixture *files;
    struct pool *pool;
    struct arena worker_arena;
    struct site *site;
    const struct plan *plan;
    struct buf out; /* what the test wrote last */
};

int plan_fixture_setup(void **state);
int plan_fixture_teardown(void **state);

/* Makes content/site.yml of `settings` (title and url are there already), runs `script`, which
 * writes the rest of the content (`put PATH` writes standard input to content/PATH), and plans the
 * site as of 2026-06-01T12:00:00Z. The test fails on any error in the content. */
void plan_fixture_make(struct plan_fixture *fixture, const char *settings, const char *script);

/* The output at a URL; the test fails if there is none. */
const struct output *plan_fixture_output(const struct plan_fixture *fixture, const char *url);

/* What one of the writers gives, NUL-terminated, valid until the next call. */
const char *plan_fixture_write(struct plan_fixture *fixture, const char *url,
                               void (*write)(const struct plan *plan, const struct output *output,
                                             struct buf *out));

/* How often a text stands in another. */
size_t plan_fixture_count(const char *text, const char *part);

#endif
