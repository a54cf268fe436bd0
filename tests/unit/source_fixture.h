/* A folder of its own for a test, filled by shell commands, git among them. */
#ifndef COPSE_TESTS_SOURCE_FIXTURE_H
#define COPSE_TESTS_SOURCE_FIXTURE_H

#include "source/history.h"
#include "source/source.h"

struct site_fixture {
    char folder[64];
    struct arena arena;
    struct diags diags;
    struct fs fs;
    struct source_place place;
    struct source *source;
};

int fixture_setup(void **state);
int fixture_teardown(void **state);

/* Runs a shell script in the folder, where `commit MESSAGE [DATE]` commits everything; the test
 * fails if it fails. */
void fixture_run(struct site_fixture *site, const char *script);

/* Finds and opens the site at `start` (relative to the folder). Returns source_open()'s result. */
int fixture_open(struct site_fixture *site, const char *start, const char *revision);
void fixture_close(struct site_fixture *site);

/* All paths of the site's own layer, a blank behind each. */
const char *fixture_paths(struct site_fixture *site);
/* The bytes of a file of the open source. */
const char *fixture_bytes(struct site_fixture *site, const char *path);
/* Whether a diagnostic of that code stands at that path (NULL: anywhere). */
int fixture_has(const struct site_fixture *site, const char *code, const char *path);

#endif
