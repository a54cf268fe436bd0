/* When each file was first and last committed, and by whom. */
#include "source_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

static const struct history *read_history(struct site_fixture *site, const char *start)
{
    const struct history *history = NULL;
    assert_int_equal(fixture_open(site, start, NULL), 0);
    const struct history_options options = {.source = site->source};
    assert_int_equal(history_read(&options, &site->arena, &site->diags, &history), 0);
    return history;
}

static const struct history_file *find(const struct history *history, const char *path)
{
    const struct history_file *file = history_find(history, str_from(path));
    assert_non_null(file);
    return file;
}

static void first_and_last_commit_and_their_people(void **state)
{
    struct site_fixture *site = *state;
    fixture_run(site,
                "git init -q; mkdir -p content/articles layouts; echo a > content/a.md\n"
                "echo b > content/articles/b.md; commit one '1600000000 +0100'\n"
                "echo aa > content/a.md; export GIT_AUTHOR_NAME=Sam GIT_AUTHOR_EMAIL=s@x.org\n"
                "commit two '1600001000 -0530'; echo aaa > content/a.md\n"
                "commit three '1600002000 +0000'; echo no > new.txt\n"
                "commit four '1600003000 +0000'; echo u > content/untracked.md");
    const struct history *history = read_history(site, ".");
    const struct history_file *file = find(history, "content/a.md");
    assert_int_equal(file->first.utc, 1600000000);
    assert_int_equal(file->first.offset, 3600);
    assert_int_equal(file->last.utc, 1600002000);
    assert_int_equal(file->commits, 3);
    assert_int_equal(file->author_count, 2);
    assert_string_equal(file->authors[0].name.ptr, "Jo");
    assert_string_equal(file->authors[1].name.ptr, "Sam");
    file = find(history, "content/articles/b.md");
    assert_int_equal(file->last.utc, 1600000000);
    assert_int_equal(file->commits, 1);
    assert_null(history_find(history, STR("content/untracked.md")));
    assert_null(history_find(history, STR("new.txt")));
}

static void offsets_west_of_london_are_negative(void **state)
{
    struct site_fixture *site = *state;
    fixture_run(site, "git init -q; mkdir content; echo a > content/a.md\n"
                      "commit one '1600000000 -0330'");
    const struct history_file *file = find(read_history(site, "."), "content/a.md");
    assert_int_equal(file->first.offset, -12600);
}

static void mailmap_makes_one_person_of_two_names(void **state)
{
    struct site_fixture *site = *state;
    fixture_run(site,
                "git init -q; mkdir content; echo 'Jo Tremblay <jo@new.org> <jo@example.org>' "
                "> .mailmap\necho a > content/a.md; commit one; echo b > content/a.md\n"
                "GIT_AUTHOR_NAME='Jo Tremblay' GIT_AUTHOR_EMAIL=jo@new.org commit two\n");
    const struct history_file *file = find(read_history(site, "."), "content/a.md");
    assert_int_equal(file->author_count, 1);
    assert_string_equal(file->authors[0].name.ptr, "Jo Tremblay");
    assert_string_equal(file->authors[0].email.ptr, "jo@new.org");
}

static void a_merge_changes_only_what_differs_from_every_parent(void **state)
{
    struct site_fixture *site = *state;
    fixture_run(site, "git init -q; mkdir content; printf '1\\n2\\n3\\n' > content/a.md\n"
                      "echo b > content/b.md; commit base '1600000000 +0000'\n"
                      "git checkout -q -b side; printf '1\\n2\\nside\\n' > content/a.md\n"
                      "commit side '1600001000 +0000'; git checkout -q main\n"
                      "printf 'main\\n2\\n3\\n' > content/a.md; echo bb > content/b.md\n"
                      "commit main '1600002000 +0000'\n"
                      "GIT_COMMITTER_DATE='1600009000 +0000' git merge -q -m merge side");
    const struct history *history = read_history(site, ".");
    assert_int_equal(find(history, "content/a.md")->last.utc, 1600009000);
    assert_int_equal(find(history, "content/a.md")->commits, 4);
    assert_int_equal(find(history, "content/b.md")->last.utc, 1600002000);
}

static void renames_are_reported(void **state)
{
    struct site_fixture *site = *state;
    fixture_run(site, "git init -q; mkdir -p content/old; echo a > content/old/a.md\n"
                      "echo z > content/z.md; commit one; git mv content/old content/new\n"
                      "git mv content/z.md content/y.md; commit two '1600001000 +0000'");
    const struct history *history = read_history(site, ".");
    size_t count;
    const struct history_rename *renames = history_renames(history, &count);
    assert_int_equal(count, 2);
    assert_string_equal(renames[0].from.ptr, "content/old/a.md");
    assert_string_equal(renames[0].to.ptr, "content/new/a.md");
    assert_string_equal(renames[1].to.ptr, "content/y.md");
}

static void a_subfolder_and_a_bare_repository_have_the_same_history(void **state)
{
    struct site_fixture *site = *state;
    fixture_run(site, "git init -q; mkdir -p sites/one/content; echo x > x.txt; commit zero\n"
                      "cd sites/one; echo a > content/a.md; commit one '1600001000 +0000'\n"
                      "echo b > content/a.md; commit two '1600002000 +0000'; cd ../..\n"
                      "git clone -q --bare . bare.git");
    const struct history_file *file = find(read_history(site, "sites/one"), "content/a.md");
    assert_int_equal(file->commits, 2);
    fixture_close(site);
    const struct history *history;
    assert_int_equal(fixture_open(site, "bare.git", "main:sites/one"), 0);
    const struct history_options options = {.source = site->source};
    assert_int_equal(history_read(&options, &site->arena, &site->diags, &history), 0);
    assert_int_equal(find(history, "content/a.md")->first.utc, 1600001000);
}

static void a_shallow_clone_is_reported_not_believed(void **state)
{
    struct site_fixture *site = *state;
    fixture_run(site, "git init -q up; cd up; mkdir content; echo a > content/a.md; commit one\n"
                      "echo b > content/a.md; commit two; cd ..\n"
                      "git clone -q --depth 1 file://$PWD/up shallow");
    const struct history *history = read_history(site, "shallow");
    assert_null(history_find(history, STR("content/a.md")));
    assert_true(fixture_has(site, "history", NULL));
    assert_non_null(strstr(site->diags.items[0].message.ptr, "shallow"));
    assert_int_equal(site->diags.items[0].severity, SEVERITY_NOTE);
}

static void a_folder_without_git_has_no_history_and_says_so(void **state)
{
    struct site_fixture *site = *state;
    fixture_run(site, "mkdir content; echo a > content/a.md");
    assert_null(read_history(site, "."));
    assert_true(fixture_has(site, "history", NULL));
}

static void forged_dates_and_names_are_survived(void **state)
{
    struct site_fixture *site = *state;
    fixture_run(site, "git init -q; mkdir content; echo a > content/a.md; git add -A\n"
                      "t=$(git write-tree)\n"
                      "c=$(printf 'tree %s\\nauthor \\xff<<x>> 99999999999999999999 +9999\\n"
                      "committer x <x> 9999999999999999 +2599\\n\\nm\\n' $t | "
                      "git hash-object --literally -t commit -w --stdin); git update-ref HEAD $c");
    const struct history_file *file = find(read_history(site, "."), "content/a.md");
    assert_int_equal(file->first.utc, INT64_C(253402300799));
    assert_int_equal(file->author_count, 1);
}

int main(void)
{
#define SITE_TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)
    const struct CMUnitTest tests[] = {
        SITE_TEST(first_and_last_commit_and_their_people),
        SITE_TEST(offsets_west_of_london_are_negative),
        SITE_TEST(mailmap_makes_one_person_of_two_names),
        SITE_TEST(a_merge_changes_only_what_differs_from_every_parent),
        SITE_TEST(renames_are_reported),
        SITE_TEST(a_subfolder_and_a_bare_repository_have_the_same_history),
        SITE_TEST(a_shallow_clone_is_reported_not_believed),
        SITE_TEST(a_folder_without_git_has_no_history_and_says_so),
        SITE_TEST(forged_dates_and_names_are_survived),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
