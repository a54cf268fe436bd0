/* What a site is read from: work trees, commits, bare repositories, and what is refused. */
#include "source_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#define SITE                                                                                       \
    "mkdir -p content/articles layouts assets/root\n"                                              \
    "echo title > content/site.yml; echo one > content/articles/a.md\n"                            \
    "echo base > layouts/base.html; echo x > assets/root/CNAME; echo no > other.txt\n"
#define SITE_PATHS "assets/root/CNAME content/articles/a.md content/site.yml layouts/base.html "

static void a_folder_without_git_is_a_site(void **state)
{
    struct site_fixture *site = *state;
    fixture_run(site, SITE);
    assert_int_equal(fixture_open(site, "content/articles", NULL), 0);
    assert_string_equal(fixture_paths(site), SITE_PATHS);
    assert_string_equal(fixture_bytes(site, "content/articles/a.md"), "one\n");
    assert_int_equal(site->place.git_folder.len, 0);
    struct blob_id commit;
    assert_false(source_commit(site->source, &commit));
}

static void work_tree_commit_and_bare_repository_give_the_same(void **state)
{
    struct site_fixture *site = *state;
    fixture_run(site, SITE "git init -q; commit one; git tag v1; git branch side\n"
                           "git clone -q --bare . ../$(basename $PWD)/bare.git\n");
    const char *starts[] = {".", ".", ".", ".", "bare.git", "bare.git"};
    const char *revisions[] = {NULL, "HEAD", "v1", "side", NULL, "main"};
    struct blob_id first = {{0}};
    for (size_t i = 0; i < 6; i++) {
        assert_int_equal(fixture_open(site, starts[i], revisions[i]), 0);
        assert_string_equal(fixture_paths(site), SITE_PATHS);
        assert_string_equal(fixture_bytes(site, "layouts/base.html"), "base\n");
        struct blob_id id;
        const struct source_file *file = source_find(site->source, STR("content/site.yml"));
        assert_int_equal(source_id(site->source, 0, file, &site->diags, &id), 0);
        if (i == 0)
            first = id;
        assert_true(blob_id_eq(first, id));
        fixture_close(site);
    }
    assert_int_equal(site->diags.count, 0);
}

static void the_id_is_the_one_git_gives(void **state)
{
    (void)state;
    struct blob_id id = blob_id_of(STR("one\n"));
    char hex[41];
    for (size_t i = 0; i < 20; i++)
        snprintf(hex + 2 * i, 3, "%02x", id.bytes[i]);
    assert_string_equal(hex, "5626abf0f72e58d7a153368ba57db4c673c0e171");
}

static void a_site_may_be_a_subfolder(void **state)
{
    struct site_fixture *site = *state;
    fixture_run(site, "git init -q; mkdir -p examples/one; (cd examples/one\n" SITE
                      "); commit x; git clone -q --bare . bare.git");
    assert_int_equal(fixture_open(site, "examples/one", NULL), 0);
    assert_string_equal(site->place.prefix.ptr, "examples/one");
    assert_string_equal(fixture_paths(site), SITE_PATHS);
    fixture_close(site);
    assert_int_equal(fixture_open(site, "examples/one", "HEAD"), 0);
    assert_string_equal(fixture_paths(site), SITE_PATHS);
    fixture_close(site);
    assert_int_equal(fixture_open(site, "bare.git", "main:examples/one"), 0);
    assert_string_equal(fixture_paths(site), SITE_PATHS);
    fixture_close(site);
    assert_int_equal(fixture_open(site, "bare.git", NULL), -1);
    assert_true(fixture_has(site, "source", NULL));
}

static void ignored_files_are_left_out_unless_tracked(void **state)
{
    struct site_fixture *site = *state;
    fixture_run(site, SITE "git init -q; echo '*.tmp' > .gitignore; echo '/b.md' > "
                           "content/articles/.gitignore; echo private > .git/info/exclude\n"
                           "mkdir -p content/private content/drafts; echo k > content/kept.tmp\n"
                           "echo p > content/private/tracked.md; git add -f content; commit x\n"
                           "echo t > content/x.tmp; echo b > content/articles/b.md\n"
                           "echo p > content/private/untracked.md; echo n > content/new.md\n");
    assert_int_equal(fixture_open(site, ".", NULL), 0);
    assert_string_equal(fixture_paths(site),
                        "assets/root/CNAME content/articles/.gitignore content/articles/a.md "
                        "content/kept.tmp content/new.md content/private/tracked.md "
                        "content/site.yml layouts/base.html ");
}

static void a_site_in_an_ignored_folder_is_whole(void **state)
{
    struct site_fixture *site = *state;
    fixture_run(site, "git init -q; echo build > .gitignore; mkdir -p build/x; cd build/x\n" SITE);
    assert_int_equal(fixture_open(site, "build/x", NULL), 0);
    assert_string_equal(fixture_paths(site), SITE_PATHS);
}

static void links_submodules_and_devices_are_refused_by_name(void **state)
{
    struct site_fixture *site = *state;
    fixture_run(site, SITE "ln -s /etc/passwd content/passwd.md; ln -s . layouts/loop\n"
                           "mkfifo assets/pipe; mkdir content/sub; (cd content/sub; git init -q; "
                           "echo s > s.md; commit s)\n");
    assert_int_equal(fixture_open(site, ".", NULL), 0);
    assert_string_equal(fixture_paths(site), SITE_PATHS);
    assert_true(fixture_has(site, "symbolic-link", "content/passwd.md"));
    assert_true(fixture_has(site, "symbolic-link", "layouts/loop"));
    assert_true(fixture_has(site, "special-file", "assets/pipe"));
    assert_true(fixture_has(site, "submodule", "content/sub"));
}

static void a_commit_refuses_them_too(void **state)
{
    struct site_fixture *site = *state;
    fixture_run(site, SITE "git init -q sub; (cd sub; echo s > s.md; commit s); git init -q\n"
                           "ln -s /etc/passwd content/passwd.md\n"
                           "git submodule --quiet add ./sub content/sub; commit x\n");
    assert_int_equal(fixture_open(site, ".", "HEAD"), 0);
    assert_string_equal(fixture_paths(site), SITE_PATHS);
    assert_true(fixture_has(site, "symbolic-link", "content/passwd.md"));
    assert_true(fixture_has(site, "submodule", "content/sub"));
}

static void content_that_is_a_link_is_refused(void **state)
{
    struct site_fixture *site = *state;
    fixture_run(site, "mkdir real; echo t > real/site.yml; ln -s real content");
    fixture_open(site, ".", NULL);
    assert_true(fixture_has(site, "symbolic-link", "content"));
}

static void odd_names_are_safe_and_names_not_utf8_refused(void **state)
{
    struct site_fixture *site = *state;
    fixture_run(site, SITE "cd content/articles; rm a.md; echo r > ./-rf.md; echo n > $'a\\nb.md'\n"
                           "echo l > $(printf 'x%.0s' $(seq 250)).md; echo b > $'caf\\xe9.md'\n"
                           "cd ../..; git init -q; commit x");
    for (int commit = 0; commit < 2; commit++) {
        assert_int_equal(fixture_open(site, ".", commit ? "HEAD" : NULL), 0);
        size_t count;
        source_folder(site->source, STR("content/articles"), &count);
        assert_int_equal(count, 3);
        assert_string_equal(fixture_bytes(site, "content/articles/-rf.md"), "r\n");
        assert_string_equal(fixture_bytes(site, "content/articles/a\nb.md"), "n\n");
        assert_true(fixture_has(site, "file-name", "content/articles/caf\\xe9.md"));
        fixture_close(site);
    }
}

static void folders_too_deep_are_refused(void **state)
{
    struct site_fixture *site = *state;
    fixture_run(site, SITE "d=content; for i in $(seq 40); do d=$d/d; done; mkdir -p $d; "
                           "echo x > $d/x.md; git init -q; commit x");
    assert_int_equal(fixture_open(site, ".", NULL), 0);
    assert_true(fixture_has(site, "file-name", NULL));
    fixture_close(site);
    site->diags.count = 0;
    assert_int_equal(fixture_open(site, ".", "HEAD"), 0);
    assert_true(fixture_has(site, "file-name", NULL));
    assert_string_equal(fixture_paths(site), SITE_PATHS);
}

static void a_tree_that_multiplies_itself_is_refused(void **state)
{
    struct site_fixture *site = *state;
    fixture_run(site, "git init -q\n"
                      "t=$(git mktree </dev/null)\n"
                      "for level in $(seq 12); do t=$(for n in 0 1 2 3 4 5 6 7 8 9; do printf "
                      "'040000 tree %s\\tf%s\\n' $t $n; done | git mktree); done\n"
                      "t=$(printf '040000 tree %s\\tcontent\\n' $t | git mktree)\n"
                      "git update-ref HEAD $(git commit-tree -m bomb $t)");
    assert_int_equal(fixture_open(site, ".", "HEAD"), -1);
    assert_true(fixture_has(site, "source", NULL));
}

static void large_files_name_the_limit(void **state)
{
    struct site_fixture *site = *state;
    fixture_run(site, SITE "git init -q; head -c 5000000 /dev/zero > content/big.md; commit x");
    for (int commit = 0; commit < 2; commit++) {
        assert_int_equal(fixture_open(site, ".", commit ? "HEAD" : NULL), 0);
        struct text text;
        const struct source_file *file = source_find(site->source, STR("content/big.md"));
        site->diags.count = 0;
        assert_int_equal(
            source_read(site->source, 0, file, 4000000, &site->arena, &site->diags, &text), -1);
        assert_true(fixture_has(site, "file-too-large", "content/big.md"));
        fixture_close(site);
    }
}

static void embedded_files_lie_beneath_file_by_file(void **state)
{
    static const struct source_embedded_file table[] = {
        {"content/i18n/fr.yml", (const unsigned char *)"fr", 2},
        {"layouts/base.html", (const unsigned char *)"embedded", 8},
        {"layouts/home.html", (const unsigned char *)"home", 4},
    };
    struct site_fixture *site = *state;
    fixture_run(site, SITE);
    char path[256];
    snprintf(path, sizeof path, "%s", site->folder);
    assert_int_equal(source_find_site(&site->fs, path, &site->arena, &site->diags, &site->place),
                     0);
    struct source_options options = {.fs = &site->fs,
                                     .place = &site->place,
                                     .workers = 2,
                                     .embedded = table,
                                     .embedded_count = 3};
    assert_int_equal(source_open(&options, &site->arena, &site->diags, &site->source), 0);
    assert_string_equal(fixture_bytes(site, "layouts/base.html"), "base\n");
    assert_string_equal(fixture_bytes(site, "layouts/home.html"), "home");
    assert_string_equal(fixture_bytes(site, "content/i18n/fr.yml"), "fr");
    size_t count;
    source_folder(site->source, STR("layouts"), &count);
    assert_int_equal(count, 2);
}

static void an_empty_repository_says_so(void **state)
{
    struct site_fixture *site = *state;
    fixture_run(site, "git init -q; git init -q --bare bare.git");
    assert_int_equal(fixture_open(site, ".", NULL), -1);
    assert_int_equal(fixture_open(site, ".", "HEAD"), -1);
    assert_int_equal(fixture_open(site, "bare.git", NULL), -1);
    assert_int_equal(fixture_open(site, "no-such-folder", NULL), -1);
    assert_int_equal(site->diags.count, 4);
}

static void a_repository_without_commits_builds_from_its_work_tree(void **state)
{
    struct site_fixture *site = *state;
    fixture_run(site, SITE "git init -q");
    assert_int_equal(fixture_open(site, ".", NULL), 0);
    assert_string_equal(fixture_paths(site), SITE_PATHS);
    const struct history *history;
    const struct history_options past = {.source = site->source};
    assert_int_equal(history_read(&past, &site->arena, &site->diags, &history), 0);
    assert_null(history_find(history, STR("content/site.yml")));
    assert_true(fixture_has(site, "history", NULL));
}

static void an_unknown_revision_is_named(void **state)
{
    struct site_fixture *site = *state;
    fixture_run(site, SITE "git init -q; commit x; git checkout -q --detach");
    assert_int_equal(fixture_open(site, ".", "HEAD"), 0);
    fixture_close(site);
    assert_int_equal(fixture_open(site, ".", "no-such"), -1);
    assert_non_null(strstr(site->diags.items[0].message.ptr, "no-such"));
}

static void what_the_configuration_names_is_not_run(void **state)
{
    struct site_fixture *site = *state;
    fixture_run(site, SITE "git init -q; echo '* filter=evil' > .gitattributes; commit x\n"
                           "git config filter.evil.smudge 'touch ran; cat'\n"
                           "git config filter.evil.clean 'touch ran; cat'\n"
                           "git config core.fsmonitor 'touch ran'\n"
                           "git config core.worktree /etc");
    assert_int_equal(fixture_open(site, ".", NULL), 0);
    assert_string_equal(fixture_bytes(site, "content/site.yml"), "title\n");
    assert_int_equal(site->place.git_folder.len, 0);
    fixture_run(site, "test ! -e ran");
}

int main(void)
{
#define SITE_TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)
    const struct CMUnitTest tests[] = {
        SITE_TEST(a_folder_without_git_is_a_site),
        SITE_TEST(work_tree_commit_and_bare_repository_give_the_same),
        cmocka_unit_test(the_id_is_the_one_git_gives),
        SITE_TEST(a_site_may_be_a_subfolder),
        SITE_TEST(ignored_files_are_left_out_unless_tracked),
        SITE_TEST(a_site_in_an_ignored_folder_is_whole),
        SITE_TEST(links_submodules_and_devices_are_refused_by_name),
        SITE_TEST(a_commit_refuses_them_too),
        SITE_TEST(content_that_is_a_link_is_refused),
        SITE_TEST(odd_names_are_safe_and_names_not_utf8_refused),
        SITE_TEST(folders_too_deep_are_refused),
        SITE_TEST(a_tree_that_multiplies_itself_is_refused),
        SITE_TEST(large_files_name_the_limit),
        SITE_TEST(embedded_files_lie_beneath_file_by_file),
        SITE_TEST(an_empty_repository_says_so),
        SITE_TEST(a_repository_without_commits_builds_from_its_work_tree),
        SITE_TEST(an_unknown_revision_is_named),
        SITE_TEST(what_the_configuration_names_is_not_run),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
