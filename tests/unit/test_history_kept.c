/* A walk over the history that goes on from a kept one finds what a whole walk finds. */
#include "source_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* Reads the history of the open site; `kept` says whether a former walk is known and this one left.
 */
static const struct history *read_past(struct site_fixture *site, bool kept)
{
    const struct history *history = NULL;
    const char *folder = arena_printf(&site->arena, "%s/.git/copse", site->folder).ptr;
    const struct history_options options = {
        .source = site->source, .folder = kept ? folder : NULL, .keep = kept};
    assert_int_equal(history_read(&options, &site->arena, &site->diags, &history), 0);
    return history;
}

static void assert_same_file(const struct history_file *a, const struct history_file *b)
{
    assert_int_equal(a == NULL, b == NULL);
    if (!a)
        return;
    assert_int_equal(a->first.utc, b->first.utc);
    assert_int_equal(a->first.offset, b->first.offset);
    assert_int_equal(a->last.utc, b->last.utc);
    assert_int_equal(a->commits, b->commits);
    assert_int_equal(a->author_count, b->author_count);
    for (size_t i = 0; i < a->author_count; i++) {
        assert_true(str_eq(a->authors[i].name, b->authors[i].name));
        assert_true(str_eq(a->authors[i].email, b->authors[i].email));
    }
}

static void assert_same(struct site_fixture *site, const struct history *a, const struct history *b)
{
    size_t count;
    size_t other;
    const struct source_file *files = source_files(site->source, &count);
    for (size_t i = 0; i < count; i++)
        assert_same_file(history_find(a, files[i].path), history_find(b, files[i].path));
    const struct history_rename *ours = history_renames(a, &count);
    const struct history_rename *theirs = history_renames(b, &other);
    assert_int_equal(count, other);
    for (size_t i = 0; i < count; i++) {
        assert_true(str_eq(ours[i].from, theirs[i].from));
        assert_true(str_eq(ours[i].to, theirs[i].to));
        assert_int_equal(ours[i].when.utc, theirs[i].when.utc);
    }
}

/* Compares a walk that goes on with a whole one; returns how many commits the former looked at. */
static size_t walk_on(struct site_fixture *site)
{
    assert_int_equal(fixture_open(site, ".", NULL), 0);
    const struct history *whole = read_past(site, false);
    const struct history *kept = read_past(site, true);
    assert_same(site, whole, kept);
    size_t walked = history_walked(kept);
    fixture_close(site);
    return walked;
}

static void begin(struct site_fixture *site)
{
    fixture_run(site, "git init -q -b main; mkdir -p content/articles\n"
                      "for i in 1 2 3 4 5; do echo $i > content/articles/$i.md\n"
                      "commit c$i \"160000000$i +0100\"; done");
}

static void only_new_commits_are_looked_at(void **state)
{
    struct site_fixture *site = *state;
    begin(site);
    assert_int_equal(walk_on(site), 5);
    assert_int_equal(walk_on(site), 0);
    fixture_run(site, "echo more >> content/articles/1.md; commit more '1600000100 +0000'");
    assert_int_equal(walk_on(site), 1);
}

static void rewritten_history_is_walked_anew(void **state)
{
    struct site_fixture *site = *state;
    begin(site);
    walk_on(site);
    fixture_run(site, "git reset -q --hard HEAD~2; echo x > content/articles/6.md\n"
                      "commit six '1600000200 +0000'");
    assert_int_equal(walk_on(site), 4);
}

static void a_damaged_file_counts_as_not_there(void **state)
{
    struct site_fixture *site = *state;
    begin(site);
    walk_on(site);
    fixture_run(site, "f=$(echo .git/copse/history-*); size=$(wc -c <$f)\n"
                      "printf 'X' | dd of=$f bs=1 seek=$((size / 2)) conv=notrunc 2>/dev/null");
    assert_int_equal(walk_on(site), 5);
    fixture_run(site, "f=$(echo .git/copse/history-*); truncate -s 100 $f");
    assert_int_equal(walk_on(site), 5);
    assert_int_equal(walk_on(site), 0);
}

static void another_mailmap_renames_people_of_old_commits(void **state)
{
    struct site_fixture *site = *state;
    begin(site);
    walk_on(site);
    fixture_run(site,
                "echo 'Josephine <j@x.org> <jo@x.org>' > .mailmap; commit map '1600000300 +0000'");
    assert_int_equal(walk_on(site), 1);
}

/* One of the things that happen to a repository. */
static const char *step(uint32_t number)
{
    static const char *const steps[] = {
        "echo $RANDOM >> content/articles/1.md; commit edit \"$t +0000\"",
        "echo $t > content/articles/n$t.md; commit new \"$t +0200\"",
        "f=$(ls content/articles/*.md | tail -1); git mv $f content/articles/m$t.md; "
        "commit rename \"$t -0300\"",
        "git rm -q $(ls content/articles/*.md | tail -1); commit remove \"$t +0000\"",
        "git checkout -q -b side$t; echo s >> content/articles/2.md; commit side \"$t +0000\"; "
        "git checkout -q main; echo m >> content/articles/3.md; commit main \"$t +0100\"; "
        "git merge -q -m merge side$t",
        "git commit -q --amend -m amended --date=\"$t +0000\"",
        "git reset -q --hard HEAD~1 || :",
        "export GIT_AUTHOR_NAME=Sam$t GIT_AUTHOR_EMAIL=s@x.org; echo w >> content/articles/4.md; "
        "commit by-sam \"$t +0000\"",
    };
    return steps[number % (sizeof steps / sizeof *steps)];
}

static void any_course_of_events_comes_out_the_same(void **state)
{
    struct site_fixture *site = *state;
    uint32_t random = 7;
    begin(site);
    for (unsigned i = 0; i < 40; i++) {
        char script[1024];
        random = random * 1664525 + 1013904223;
        snprintf(script, sizeof script, "t=%u; %s", 1600001000 + i * 10, step(random >> 16));
        fixture_run(site, script);
        if (random >> 12 & 3)
            walk_on(site);
    }
}

int main(void)
{
#define SITE_TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)
    const struct CMUnitTest tests[] = {
        SITE_TEST(only_new_commits_are_looked_at),
        SITE_TEST(rewritten_history_is_walked_anew),
        SITE_TEST(a_damaged_file_counts_as_not_there),
        SITE_TEST(another_mailmap_renames_people_of_old_commits),
        SITE_TEST(any_course_of_events_comes_out_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
