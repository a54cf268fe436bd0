#include "lang/value.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

static void a_key_is_found_in_small_and_large_maps(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct value_entry entries[40];
    for (int i = 0; i < 40; i++)
        entries[i] = (struct value_entry){arena_printf(&arena, "%d", i * 7 % 40), value_integer(i)};
    for (size_t count = 0; count <= 40; count++) {
        struct value map = value_map(&arena, entries, count);
        for (size_t i = 0; i < 40; i++) {
            const struct value *found = value_map_get(map.map, entries[i].key);
            if (i < count)
                assert_int_equal(found->integer, (int)i);
            else
                assert_null(found);
        }
        assert_null(value_map_get(map.map, STR("")));
    }
    arena_release(&arena);
}

static void a_map_without_index_is_searched_too(void **state)
{
    (void)state;
    struct value_entry entries[] = {{STR("a"), value_integer(1)}, {STR(""), value_integer(2)}};
    struct value_map map = {.entries = entries, .count = 2};
    assert_int_equal(value_map_get(&map, STR("a"))->integer, 1);
    assert_int_equal(value_map_get(&map, STR(""))->integer, 2);
    assert_null(value_map_get(&map, STR("b")));
}

static void empty_text_is_absent(void **state)
{
    (void)state;
    assert_int_equal(value_text_or_nil(STR("")).type, VALUE_NIL);
    assert_int_equal(value_text_or_nil(STR("a")).type, VALUE_TEXT);
}

static void text_and_html_are_strings(void **state)
{
    (void)state;
    assert_true(value_is_string(value_text(STR("a"))));
    assert_true(value_is_string(value_html(STR("a"))));
    assert_false(value_is_string(value_integer(1)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_key_is_found_in_small_and_large_maps),
        cmocka_unit_test(a_map_without_index_is_searched_too),
        cmocka_unit_test(empty_text_is_absent),
        cmocka_unit_test(text_and_html_are_strings),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
