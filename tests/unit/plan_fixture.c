#include "plan_fixture.h"

#include "base/buf.h"
#include "base/pool.h"
#include "site/bodies.h"
#include "site/load.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int plan_fixture_setup(void **state)
{
    struct plan_fixture *fixture = calloc(1, sizeof *fixture);
    void *files = NULL;
    assert_non_null(fixture);
    fixture_setup(&files);
    fixture->files = files;
    fixture->pool = pool_new(1);
    *state = fixture;
    return 0;
}

int plan_fixture_teardown(void **state)
{
    struct plan_fixture *fixture = *state;
    void *files = fixture->files;
    pool_free(fixture->pool);
    bodies_free(fixture->site ? fixture->site->bodies : NULL);
    fixture_teardown(&files);
    arena_release(&fixture->worker_arena);
    buf_release(&fixture->out);
    free(fixture);
    return 0;
}

static void load(struct plan_fixture *fixture)
{
    struct site_fixture *files = fixture->files;
    const struct history *history = NULL;
    const struct history_options past = {.source = files->source};
    assert_int_equal(history_read(&past, &files->arena, &files->diags, &history), 0);
    const struct load_options options = {
        .fs = &files->fs,
        .source = files->source,
        .history = history,
        .pool = fixture->pool,
        .worker_arenas = &fixture->worker_arena,
        .now = 1780315200, /* 2026-06-01T12:00:00Z */
    };
    assert_int_equal(site_load(&options, &files->arena, &files->diags, &fixture->site), 0);
    assert_int_equal(
        plan_make(fixture->site, NULL, 0, NULL, &files->arena, &files->diags, &fixture->plan), 0);
    plan_relate(fixture->plan, NULL, &files->arena);
}

void plan_fixture_make(struct plan_fixture *fixture, const char *settings, const char *script)
{
    struct buf all = {0};
    buf_adds(&all, "put() { mkdir -p \"$(dirname \"content/$1\")\"; cat >\"content/$1\"; }\n"
                   "put site.yml <<'SETTINGS'\ntitle: The Guild\nurl: https://example.org\n"
                   "timezone: America/Halifax\n");
    buf_adds(&all, settings);
    buf_adds(&all, "SETTINGS\n");
    buf_adds(&all, script);
    fixture_run(fixture->files, all.ptr);
    buf_release(&all);
    assert_int_equal(fixture_open(fixture->files, ".", NULL), 0);
    load(fixture);
    for (size_t i = 0; i < fixture->files->diags.count; i++) {
        const struct diag *diag = &fixture->files->diags.items[i];
        if (diag->severity >= SEVERITY_ERROR)
            fail_msg("%s: %.*s", diag->code, STR_ARG(diag->message));
    }
}

const struct output *plan_fixture_output(const struct plan_fixture *fixture, const char *url)
{
    const struct output *output = plan_find(fixture->plan, str_from(url));
    if (!output)
        fail_msg("nothing is planned at %s", url);
    return output;
}

const char *plan_fixture_write(struct plan_fixture *fixture, const char *url,
                               void (*write)(const struct plan *plan, const struct output *output,
                                             struct buf *out))
{
    buf_clear(&fixture->out);
    buf_adds(&fixture->out, "");
    write(fixture->plan, plan_fixture_output(fixture, url), &fixture->out);
    return fixture->out.ptr;
}

size_t plan_fixture_count(const char *text, const char *part)
{
    size_t count = 0;
    for (const char *at = strstr(text, part); at; at = strstr(at + strlen(part), part))
        count++;
    return count;
}
