/* Plural forms, compared with the samples that the CLDR gives for each rule. */
#include "site/plural.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

struct sample {
    const char *lang;
    const char *form;
    int64_t numbers[8]; /* ends with -1 */
};

static void check(const struct sample *sample, struct str (*form)(struct str, int64_t))
{
    for (size_t i = 0; i < 8 && sample->numbers[i] >= 0; i++) {
        struct str found = form(str_from(sample->lang), sample->numbers[i]);
        if (!str_eq(found, str_from(sample->form)))
            fail_msg("%s: %lld is '%.*s', not '%s'", sample->lang, (long long)sample->numbers[i],
                     STR_ARG(found), sample->form);
    }
}

static void numbers_of_things(void **state)
{
    static const struct sample samples[] = {
        {"en", "one", {1, -1}},
        {"en-CA", "other", {0, 2, 11, 1000000, -1}},
        {"fr", "one", {0, 1, -1}},
        {"fr-CA", "other", {2, 11, 1000001, -1}},
        {"fr", "many", {1000000, 2000000, -1}},
        {"fro", "other", {0, 2, -1}}, /* Old French is not French */
        {"pt-BR", "one", {0, 1, -1}},
        {"es", "one", {1, -1}},
        {"es", "other", {0, 2, -1}},
        {"de", "other", {0, 2, 21, -1}},
        {"ja", "other", {0, 1, 2, -1}},
        {"hi", "one", {0, 1, -1}},
        {"he", "two", {2, -1}},
        {"iu", "two", {2, -1}},
        {"cs", "few", {2, 3, 4, -1}},
        {"cs", "other", {0, 5, 22, -1}},
        {"pl", "one", {1, -1}},
        {"pl", "few", {2, 4, 22, 102, -1}},
        {"pl", "many", {0, 5, 12, 21, 112, -1}},
        {"uk", "one", {1, 21, 101, -1}},
        {"ru", "few", {2, 24, 102, -1}},
        {"ru", "many", {0, 5, 11, 12, 111, -1}},
        {"hr", "other", {0, 5, 11, 14, -1}},
        {"is", "one", {1, 21, 101, -1}},
        {"sl", "two", {2, 102, -1}},
        {"sl", "few", {3, 4, 103, -1}},
        {"lt", "one", {1, 21, -1}},
        {"lt", "few", {2, 9, 22, -1}},
        {"lt", "other", {0, 10, 11, 19, 20, -1}},
        {"lv", "zero", {0, 10, 11, 20, -1}},
        {"ro", "few", {0, 2, 19, 101, -1}},
        {"ro", "other", {20, 35, 100, -1}},
        {"ar", "zero", {0, -1}},
        {"ar", "two", {2, -1}},
        {"ar", "few", {3, 10, 103, 110, -1}},
        {"ar", "many", {11, 99, 111, -1}},
        {"ar", "other", {100, 102, 200, -1}},
        {"mt", "few", {0, 3, 10, 103, -1}},
        {"mt", "many", {11, 19, 111, -1}},
        {"ga", "many", {7, 10, -1}},
        {"gd", "few", {3, 10, 13, 19, -1}},
        {"gd", "one", {1, 11, -1}},
        {"cy", "many", {6, -1}},
        {"cy", "other", {4, 5, 7, 100, -1}},
        {"tl", "other", {4, 6, 9, 14, -1}},
        {"tl", "one", {0, 1, 2, 3, 5, 10, -1}},
    };
    (void)state;
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++)
        check(&samples[i], plural_cardinal);
}

static void places_in_an_order(void **state)
{
    static const struct sample samples[] = {
        {"en", "one", {1, 21, 101, -1}},
        {"en", "two", {2, 22, 102, -1}},
        {"en", "few", {3, 23, 103, -1}},
        {"en", "other", {0, 4, 11, 12, 13, 112, -1}},
        {"fr-CA", "one", {1, -1}},
        {"fr", "other", {0, 2, 21, -1}},
        {"sv", "one", {1, 2, 21, 22, -1}},
        {"sv", "other", {3, 11, 12, -1}},
        {"it", "many", {8, 11, 80, 800, -1}},
        {"ca", "one", {1, 3, -1}},
        {"ca", "few", {4, -1}},
        {"hu", "one", {1, 5, -1}},
        {"uk", "few", {3, 23, -1}},
        {"uk", "other", {0, 13, -1}},
        {"cy", "zero", {0, 7, 9, -1}},
        {"cy", "many", {5, 6, -1}},
        {"de", "other", {0, 1, 2, 3, -1}},
    };
    (void)state;
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++)
        check(&samples[i], plural_ordinal);
}

static void the_least_number_of_all_has_a_form(void **state)
{
    (void)state;
    assert_true(str_eq(plural_cardinal(STR("en"), INT64_MIN), STR("other")));
    assert_true(str_eq(plural_ordinal(STR(""), -1), STR("other")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_of_things),
        cmocka_unit_test(places_in_an_order),
        cmocka_unit_test(the_least_number_of_all_has_a_form),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
