/* Front matters that differ in words only, and those that only look so. */
#include "build/front_words.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const struct record *read(struct arena *arena, enum kind kind, const char *front)
{
    const struct record_options options = {.kind = kind, .markdown = md_content};
    struct text *text = arena_zalloc(arena, 1, sizeof *text);
    struct diags diags;
    struct record *record = NULL;
    struct str html;
    diags_init(&diags, arena);
    *text =
        (struct text){STR("content/test.md"), arena_printf(arena, "---\n%s---\n\nText.\n", front)};
    (void)record_read(text, &options, arena, arena, &diags, &record, &html);
    assert_non_null(record);
    return record;
}

static bool only_words(enum kind kind, const char *old, const char *new)
{
    struct arena arena = {0};
    bool only = front_words_only(read(&arena, kind, old), read(&arena, kind, new));
    arena_release(&arena);
    return only;
}

#define TITLE "title: Old\ndate: 2024-01-01\n"

static void test_words(void **state)
{
    (void)state;
    assert_true(only_words(KIND_ARTICLE, TITLE, TITLE));
    assert_true(only_words(KIND_ARTICLE, TITLE, "title: New one\ndate: 2024-01-01\n"));
    assert_true(only_words(KIND_ARTICLE, TITLE, "title: \"New: one\"\ndate: 2024-01-01\n"));
    assert_true(only_words(KIND_ARTICLE, TITLE, "title: 'New: one'\ndate: 2024-01-01\n"));
    assert_true(only_words(KIND_ARTICLE, TITLE "description: A b\n", TITLE "description: C\n"));
    assert_true(only_words(KIND_MEMBER, "name: Jo\nrole: Chair\n", "name: Jo\nrole: Treasurer\n"));
    assert_true(only_words(KIND_MEMBER, "name: Jo\nemail: a@example.org\n",
                           "name: Jo\nemail: b@example.org\n"));
}

static void test_more(void **state)
{
    (void)state;
    assert_false(only_words(KIND_ARTICLE, TITLE, "title: Old\ndate: 2024-01-02\n"));
    assert_false(only_words(KIND_ARTICLE, TITLE, TITLE "description: New\n"));
    assert_false(only_words(KIND_ARTICLE, TITLE "tags: [a]\n", TITLE "tags: [b]\n"));
    assert_false(only_words(KIND_ARTICLE, TITLE "slug: a\n", TITLE "slug: b\n"));
    assert_false(only_words(KIND_EVENT, TITLE, "title: New\ndate: 2024-01-01\n"));
    assert_false(only_words(KIND_MEMBER, "name: Jo\n", "name: Joe\n"));
    assert_false(only_words(KIND_MEMBER, "name: Jo\ngithub: a\n", "name: Jo\ngithub: b\n"));
}

/* Lines that say more than they seem to, or that something else is said by. */
static void test_deceiving(void **state)
{
    (void)state;
    assert_false(
        only_words(KIND_ARTICLE, "title: &a Old\nslug: *a\n", "title: &a New\nslug: *a\n"));
    assert_false(only_words(KIND_ARTICLE, "title: Old\n  goes on\n", "title: New\n  goes on\n"));
    assert_false(only_words(KIND_ARTICLE, "title: |\n  Old\n", "title: |\n  New\n"));
    assert_false(only_words(KIND_ARTICLE, "title: Old # a\n", "title: Old # b\n"));
    assert_false(only_words(KIND_ARTICLE, "title: \"Old\\n\"\n", "title: \"New\\n\"\n"));
    assert_false(only_words(KIND_ARTICLE, "title: x\nslug: \"a\ndescription: Old\n \"\n",
                            "title: x\nslug: \"a\ndescription: New\n \"\n"));
    assert_false(only_words(KIND_ARTICLE, "title: x\ntags: [a,\ndescription: Old\n]\n",
                            "title: x\ntags: [a,\ndescription: New\n]\n"));
    assert_false(only_words(KIND_MEMBER, "name: Jo\nrole: 5\n", "name: Jo\nrole: 6\n"));
    assert_false(only_words(KIND_MEMBER, "name: Jo\nrole: true\n", "name: Jo\nrole: false\n"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_words),
        cmocka_unit_test(test_more),
        cmocka_unit_test(test_deceiving),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
