/* Names folded to what addresses are made of. */
#include "lang/slug.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

static struct arena arena;

static int release(void **state)
{
    (void)state;
    arena_release(&arena);
    return 0;
}

static void assert_fold(const char *name, const char *slug)
{
    assert_string_equal(slug_fold(&arena, str_from(name)).ptr, slug);
}

static void names_become_small_letters_digits_and_dashes(void **state)
{
    (void)state;
    assert_fold("Salary negotiation", "salary-negotiation");
    assert_fold("  --A  b__C!! ", "a-b-c");
    assert_fold("2022", "2022");
    assert_fold("../../etc/passwd", "etc-passwd");
    assert_fold("a\nb\\c", "a-b-c");
}

static void accents_fall_and_letters_of_their_own_are_spelt(void **state)
{
    (void)state;
    assert_fold("Résumés à la carte", "resumes-a-la-carte");
    assert_fold("Re\xCC\x81sume\xCC\x81", "resume");
    assert_fold("Łódź Đurić Ærø Œuvre Straße", "lodz-duric-aero-oeuvre-strasse");
    assert_fold("ﬁne ①", "fine-1");
}

static void what_is_left_may_be_nothing(void **state)
{
    (void)state;
    assert_fold("", "");
    assert_fold("日本", "");
    assert_fold("***", "");
    assert_fold("caf\xE9", "");
    struct str first = slug_fallback(&arena, STR("日本"));
    struct str second = slug_fallback(&arena, STR("中国"));
    assert_true(str_starts(first, STR("x-")));
    assert_int_equal(first.len, 14);
    assert_false(str_eq(first, second));
}

static void tags_keep_their_plus_and_sharp(void **state)
{
    (void)state;
    assert_string_equal(slug_tag(&arena, STR("C")).ptr, "c");
    assert_string_equal(slug_tag(&arena, STR("C++")).ptr, "cplusplus");
    assert_string_equal(slug_tag(&arena, STR("C#")).ptr, "csharp");
}

static void a_slug_is_never_longer_than_its_limit(void **state)
{
    (void)state;
    char name[10001];
    memset(name, 'a', 10000);
    name[10000] = '\0';
    name[199] = ' ';
    assert_int_equal(slug_fold(&arena, str_from(name)).len, 199);
    memcpy(name, "é", 2);
    assert_true(slug_fold(&arena, str_from(name)).len <= SLUG_MOST);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_become_small_letters_digits_and_dashes),
        cmocka_unit_test(accents_fall_and_letters_of_their_own_are_spelt),
        cmocka_unit_test(what_is_left_may_be_nothing),
        cmocka_unit_test(tags_keep_their_plus_and_sharp),
        cmocka_unit_test(a_slug_is_never_longer_than_its_limit),
    };
    return cmocka_run_group_tests(tests, NULL, release);
}
