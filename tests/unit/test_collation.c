/* The order in which people expect names and titles. */
#include "lang/collation.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static struct arena arena;

static int release(void **state)
{
    (void)state;
    arena_release(&arena);
    return 0;
}

static void assert_order(const char *const *texts, size_t count,
                         const struct collation_name *options)
{
    for (size_t i = 0; i + 1 < count; i++) {
        struct str first = str_from(texts[i]);
        struct str second = str_from(texts[i + 1]);
        struct str a =
            options ? collation_name_key(&arena, first, options) : collation_key(&arena, first);
        struct str b =
            options ? collation_name_key(&arena, second, options) : collation_key(&arena, second);
        if (str_cmp(a, b) >= 0)
            fail_msg("'%s' must stand before '%s'", texts[i], texts[i + 1]);
    }
}

#define ORDER(texts) assert_order(texts, sizeof texts / sizeof texts[0], NULL)

static void letters_first_accents_second_case_third(void **state)
{
    static const char *const texts[] = {"cote", "Cote", "coté", "côte", "Côté", "coter", "zebra"};
    static const char *const initials[] = {"Eve", "Évelyne", "Ewan", "Fay"};
    (void)state;
    ORDER(texts);
    ORDER(initials);
}

static void shorter_words_and_numbers_come_first(void **state)
{
    static const char *const texts[] = {"",           "Part 2",   "Part 9", "Part 10",
                                        "Part 010 b", "Part two", "Partner"};
    (void)state;
    ORDER(texts);
}

static void letters_without_decomposition_stand_by_their_spelling(void **state)
{
    static const char *const texts[] = {"Lodz", "Łodz", "Luz", "Oslo", "Østby", "Pia"};
    (void)state;
    ORDER(texts);
}

static void other_scripts_follow_and_equal_texts_are_equal(void **state)
{
    static const char *const texts[] = {"Zoe", "Ωmega", "Яна", "日本"};
    (void)state;
    ORDER(texts);
    assert_int_equal(str_cmp(collation_key(&arena, STR("a")), collation_key(&arena, STR("a"))), 0);
}

static void families_are_found_behind_their_particles(void **state)
{
    static const struct str particles[] = {STR_INIT("de la"), STR_INIT("van")};
    static const char *const texts[] = {"Zoe Adams",   "Ana de la Cruz", "Bo Cruz",
                                        "Al Tremblay", "Jan van Vliet",  "Ann Young"};
    struct collation_name options = {
        .by_family = true, .particles = particles, .particle_count = 2};
    (void)state;
    assert_order(texts, sizeof texts / sizeof texts[0], &options);
}

static void the_letter_of_a_key(void **state)
{
    (void)state;
    assert_int_equal(collation_letter(collation_key(&arena, STR("Élise"))), 'E');
    assert_int_equal(collation_letter(collation_key(&arena, STR("Østby"))), 'O');
    assert_int_equal(collation_letter(collation_key(&arena, STR("4 tips"))), '#');
    assert_int_equal(collation_letter(collation_key(&arena, STR("日本"))), '#');
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(letters_first_accents_second_case_third),
        cmocka_unit_test(shorter_words_and_numbers_come_first),
        cmocka_unit_test(letters_without_decomposition_stand_by_their_spelling),
        cmocka_unit_test(other_scripts_follow_and_equal_texts_are_equal),
        cmocka_unit_test(families_are_found_behind_their_particles),
        cmocka_unit_test(the_letter_of_a_key),
    };
    return cmocka_run_group_tests(tests, NULL, release);
}
