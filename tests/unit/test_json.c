/* JSON data for templates. */
#include "lang/json.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

struct bench {
    struct arena arena;
    struct diags diags;
    struct value value;
};

static int setup(void **state)
{
    struct bench *bench = calloc(1, sizeof *bench);
    assert_non_null(bench);
    diags_init(&bench->diags, &bench->arena);
    *state = bench;
    return 0;
}

static int teardown(void **state)
{
    struct bench *bench = *state;
    arena_release(&bench->arena);
    free(bench);
    return 0;
}

static int read_bytes(struct bench *bench, struct str bytes)
{
    struct text *text = arena_zalloc(&bench->arena, 1, sizeof *text);
    *text = (struct text){.path = STR("data.json"), .bytes = bytes};
    return json_read(text, &bench->arena, &bench->diags, &bench->value);
}

static struct value read_one(struct bench *bench, const char *json)
{
    assert_int_equal(read_bytes(bench, str_from(json)), 0);
    return bench->value;
}

static void scalars_have_their_types(void **state)
{
    struct bench *bench = *state;
    assert_int_equal(read_one(bench, " null\n").type, VALUE_NIL);
    assert_true(read_one(bench, "true").boolean);
    assert_false(read_one(bench, "false").boolean);
    assert_int_equal(read_one(bench, "-12").integer, -12);
    assert_true(read_one(bench, "-9223372036854775808").integer == INT64_MIN);
    assert_int_equal(read_one(bench, "0").type, VALUE_INTEGER);
    struct value big = read_one(bench, "9223372036854775808");
    assert_int_equal(big.type, VALUE_BIG);
    assert_true(str_eq(big.str, STR("9223372036854775808")));
    assert_true(read_one(bench, "1.5e2").number > 149.9);
    assert_int_equal(read_one(bench, "1e2").type, VALUE_FLOAT);
}

static void texts_are_text_and_escapes_resolved(void **state)
{
    struct bench *bench = *state;
    struct value value = read_one(bench, "\"\\u00e9\\ud83d\\ude00\\n\\\"\\/ \\ud800x\"");
    assert_int_equal(value.type, VALUE_TEXT);
    assert_true(str_eq(value.str, STR("é😀\n\"/ \xEF\xBF\xBDx")));
    assert_int_equal(read_one(bench, "\"a\\u0000b\"").str.len, 3);
}

static void collections_keep_their_order(void **state)
{
    struct bench *bench = *state;
    struct value value = read_one(bench, "\xEF\xBB\xBF{\"b\": [1, {}, []], \"a\": 2, \"b\": 3}");
    assert_int_equal(value.map->count, 2);
    assert_true(str_eq(value.map->entries[0].key, STR("b")));
    assert_int_equal(value.map->entries[0].value.integer, 3);
    assert_int_equal(value.map->entries[1].value.integer, 2);
}

static void many_keys_are_found_by_hash(void **state)
{
    struct bench *bench = *state;
    struct buf json = {0};
    for (int i = 0; i < 200000; i++)
        buf_addf(&json, "%c\"key%d\":%d", i == 0 ? '{' : ',', i % 100000, i);
    buf_addc(&json, '}');
    assert_int_equal(read_bytes(bench, buf_str(&json)), 0);
    assert_int_equal(bench->value.map->count, 100000);
    assert_int_equal(value_map_get(bench->value.map, STR("key77"))->integer, 100077);
    buf_release(&json);
}

static void mistakes_name_their_place(void **state)
{
    static const struct {
        const char *json;
        size_t at;
    } cases[] = {
        {"", 0},       {"{", 1},          {"[1,]", 3},     {"[1 2]", 3},      {"{\"a\" 1}", 5},
        {"{a: 1}", 1}, {"01", 0},         {"1.", 2},       {"-", 0},          {"1e", 2},
        {"\"a", 2},    {"\"\\x\"", 2},    {"\"a\nb\"", 2}, {"\"\\u12g\"", 5}, {"nul", 0},
        {"1 2", 2},    {"{\"a\":1,}", 7}, {"'a'", 0},      {"[1] // x", 4},
    };
    struct bench *bench = *state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        bench->diags.count = 0;
        assert_int_equal(read_bytes(bench, str_from(cases[i].json)), -1);
        assert_int_equal(bench->diags.count, 1);
        assert_string_equal(bench->diags.items[0].code, "json-syntax");
        assert_int_equal(bench->diags.items[0].span.start, cases[i].at);
    }
}

static void what_is_not_utf8_is_refused(void **state)
{
    struct bench *bench = *state;
    assert_int_equal(read_bytes(bench, STR("\"caf\xE9\"")), -1);
    assert_string_equal(bench->diags.items[0].code, "not-utf8");
    assert_int_equal(read_bytes(bench, STR("\"a\0b\"")), -1);
}

static void deep_nesting_is_an_error_and_no_crash(void **state)
{
    struct bench *bench = *state;
    char *deep = malloc(100000);
    assert_non_null(deep);
    memset(deep, '[', 100000);
    assert_int_equal(read_bytes(bench, (struct str){deep, 100000}), -1);
    assert_non_null(strstr(bench->diags.items[0].message.ptr, "deep"));
    free(deep);
}

int main(void)
{
#define JSON_TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        JSON_TEST(scalars_have_their_types),
        JSON_TEST(texts_are_text_and_escapes_resolved),
        JSON_TEST(collections_keep_their_order),
        JSON_TEST(many_keys_are_found_by_hash),
        JSON_TEST(mistakes_name_their_place),
        JSON_TEST(what_is_not_utf8_is_refused),
        JSON_TEST(deep_nesting_is_an_error_and_no_crash),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
