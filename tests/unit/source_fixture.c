#include "source_fixture.h"

#include "base/buf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int fixture_setup(void **state)
{
    struct site_fixture *site = calloc(1, sizeof *site);
    assert_non_null(site);
    strcpy(site->folder, "/tmp/copse-source-XXXXXX");
    assert_non_null(mkdtemp(site->folder));
    diags_init(&site->diags, &site->arena);
    *state = site;
    return 0;
}

int fixture_teardown(void **state)
{
    struct site_fixture *site = *state;
    fixture_close(site);
    char command[128];
    snprintf(command, sizeof command, "rm -rf '%s'", site->folder);
    assert_int_equal(system(command), 0);
    arena_release(&site->arena);
    free(site);
    return 0;
}

void fixture_run(struct site_fixture *site, const char *script)
{
    static const char head[] =
        "set -e; export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null\n"
        "export GIT_AUTHOR_NAME=Jo GIT_AUTHOR_EMAIL=jo@example.org\n"
        "export GIT_COMMITTER_NAME=Jo GIT_COMMITTER_EMAIL=jo@example.org\n"
        "export GIT_AUTHOR_DATE='1600000000 +0000' GIT_COMMITTER_DATE='1600000000 +0000'\n"
        "git() { command git -c init.defaultBranch=main -c protocol.file.allow=always \"$@\"; }\n"
        "commit() { git add -A; GIT_COMMITTER_DATE=\"${2:-$GIT_COMMITTER_DATE}\" "
        "git commit -q --allow-empty -m \"$1\"; }\n";
    char path[96];
    snprintf(path, sizeof path, "%s.sh", site->folder);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fprintf(file, "%scd '%s'\n%s\n", head, site->folder, script);
    fclose(file);
    char command[128];
    snprintf(command, sizeof command, "bash '%s' >/dev/null", path);
    int result = system(command);
    remove(path);
    assert_int_equal(result, 0);
}

int fixture_open(struct site_fixture *site, const char *start, const char *revision)
{
    char path[256];
    snprintf(path, sizeof path, "%s/%s", site->folder, start);
    if (source_find_site(&site->fs, path, &site->arena, &site->diags, &site->place) != 0)
        return -1;
    struct source_options options = {
        .fs = &site->fs, .place = &site->place, .revision = revision, .workers = 2};
    return source_open(&options, &site->arena, &site->diags, &site->source);
}

void fixture_close(struct site_fixture *site)
{
    source_close(site->source);
    site->source = NULL;
}

const char *fixture_paths(struct site_fixture *site)
{
    struct buf paths = {0};
    size_t count;
    const struct source_file *files = source_files(site->source, &count);
    buf_adds(&paths, "");
    for (size_t i = 0; i < count; i++) {
        if (files[i].layer != SOURCE_SITE)
            continue;
        buf_add(&paths, files[i].path);
        buf_addc(&paths, ' ');
    }
    const char *result = arena_cstr(&site->arena, buf_str(&paths));
    buf_release(&paths);
    return result;
}

const char *fixture_bytes(struct site_fixture *site, const char *path)
{
    const struct source_file *file = source_find(site->source, str_from(path));
    assert_non_null(file);
    struct text text;
    assert_int_equal(source_read(site->source, 1, file, 1 << 20, &site->arena, &site->diags, &text),
                     0);
    return arena_cstr(&site->arena, text.bytes);
}

int fixture_has(const struct site_fixture *site, const char *code, const char *path)
{
    for (size_t i = 0; i < site->diags.count; i++) {
        const struct diag *diag = &site->diags.items[i];
        struct str at = diag->span.text != NULL ? diag->span.text->path : (struct str){0};
        if (strcmp(diag->code, code) == 0 && (path == NULL || str_eq(at, str_from(path))))
            return 1;
    }
    return 0;
}
