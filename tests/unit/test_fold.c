/* Folding: what counts when words are compared. */
#include "lang/fold.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void expect(const char *text, const char *folded)
{
    struct buf out = {0};
    buf_adds(&out, "");
    fold_add(&out, str_from(text));
    assert_string_equal(out.ptr, folded);
    buf_release(&out);
}

static void accents_and_case_do_not_count(void **state)
{
    (void)state;
    expect("Résumé", "resume");
    expect("CARRIÈRES", "carrieres");
    expect("Re\xCC\x81sume\xCC\x81", "resume");
    expect("Nguyễn", "nguyen");
    expect("İstanbul", "istanbul");
}

static void letters_without_decomposition_are_spelt(void **state)
{
    (void)state;
    expect("Straße", "strasse");
    expect("STRAẞE", "strasse");
    expect("Œuvre", "oeuvre");
    expect("Łódź", "lodz");
    expect("ΟΔΟΣ", "οδοσ");
    expect("οδος", "οδοσ");
}

static void vowel_points_and_joiners_are_dropped(void **state)
{
    (void)state;
    expect("كِتَاب", "كتاب");
    expect("كتـــاب", "كتاب");
    expect("co\xC2\xADoperate", "cooperate");
    expect("ﬁne", "fine");
}

static void bytes_that_are_no_text_fold_to_nothing(void **state)
{
    (void)state;
    expect("\xFF\xFE", "");
    expect("", "");
}

static void the_stemmers_text_keeps_its_accents(void **state)
{
    (void)state;
    struct buf out = {0};
    fold_lower(&out, STR("CARRIE\xCC\x80RES"));
    assert_string_equal(out.ptr, "carrières");
    buf_release(&out);
}

static void code_points_separate_words_or_belong_to_them(void **state)
{
    (void)state;
    assert_true(fold_is_word('a'));
    assert_true(fold_is_word('7'));
    assert_true(fold_is_word(0xE9));
    assert_true(fold_is_word(0x643));
    assert_true(fold_is_word(0x5929));
    assert_false(fold_is_word(' '));
    assert_false(fold_is_word('-'));
    assert_false(fold_is_word(0xAB));    /* « */
    assert_false(fold_is_word(0x2019));  /* ’ */
    assert_false(fold_is_word(0x3002));  /* 。 */
    assert_false(fold_is_word(0x1F600)); /* a face */
    assert_true(fold_is_dense(0x5929));
    assert_true(fold_is_dense(0x3042));
    assert_true(fold_is_dense(0xE01));
    assert_false(fold_is_dense(0x643));
    assert_false(fold_is_dense('a'));
}

/* The reader in the browser builds regular expressions of the tables: a code point in two of them
 * would be read differently there. */
static void the_tables_have_nothing_in_common(void **state)
{
    (void)state;
    for (uint32_t i = 0; i < 0x40000; i++)
        assert_false(fold_is_dense(i) && !fold_is_word(i));
}

static void a_table_is_the_inside_of_a_character_class(void **state)
{
    (void)state;
    struct buf out = {0};
    fold_class(FOLD_GAPS, &out);
    assert_true(str_starts(buf_str(&out), STR("\\x00-\\x2f\\x3a-\\x40")));
    buf_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(accents_and_case_do_not_count),
        cmocka_unit_test(letters_without_decomposition_are_spelt),
        cmocka_unit_test(vowel_points_and_joiners_are_dropped),
        cmocka_unit_test(bytes_that_are_no_text_fold_to_nothing),
        cmocka_unit_test(the_stemmers_text_keeps_its_accents),
        cmocka_unit_test(code_points_separate_words_or_belong_to_them),
        cmocka_unit_test(the_tables_have_nothing_in_common),
        cmocka_unit_test(a_table_is_the_inside_of_a_character_class),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
