/* YAML as content may use it: the tree, its places, what is refused and how that is said. */
#include "lang/front_matter.h"
#include "lang/yaml.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct bench {
    struct arena arena;
    struct diags diags;
    struct text text;
    const struct yaml_node *root;
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

static int parse_bytes(struct bench *bench, struct str bytes)
{
    bench->text = (struct text){.path = STR("content/a.md"), .bytes = bytes};
    bench->diags.count = 0;
    return yaml_parse(&bench->text, 0, bytes.len, &bench->arena, &bench->diags, &bench->root);
}

static const struct yaml_node *parse(struct bench *bench, const char *yaml)
{
    assert_int_equal(parse_bytes(bench, str_from(yaml)), 0);
    assert_non_null(bench->root);
    return bench->root;
}

static void assert_str(struct str str, const char *expected)
{
    assert_int_equal(str.len, strlen(expected));
    assert_memory_equal(str.ptr, expected, str.len);
}

/* The bytes of the text that a node says it stands at. */
static void assert_at(const struct bench *bench, size_t start, size_t end, const char *expected)
{
    assert_str(str_sub(bench->text.bytes, start, end), expected);
}

static void places_are_bytes_also_behind_other_scripts(void **state)
{
    struct bench *bench = *state;
    parse(bench, "é: \"日本\"\nb: [ü, {c: 😀}]\nd:\n  - x\n  - y # note\n\ne: >\n  one\n  two\n");
    const struct yaml_pair *pair = bench->root->pairs;
    assert_at(bench, pair[0].key_start, pair[0].key_end, "é");
    assert_at(bench, pair[0].value.start, pair[0].value.end, "\"日本\"");
    assert_str(pair[0].value.text, "日本");
    assert_at(bench, pair[1].value.start, pair[1].value.end, "[ü, {c: 😀}]");
    const struct yaml_node *inner = yaml_get(&pair[1].value.items[1], STR("c"));
    assert_at(bench, inner->start, inner->end, "😀");
    assert_at(bench, pair[2].value.start, pair[2].value.end, "- x\n  - y");
    assert_str(pair[3].value.text, "one two\n");
}

static void offsets_count_from_the_beginning_of_the_file(void **state)
{
    struct bench *bench = *state;
    bench->text = (struct text){.path = STR("a.md"), .bytes = STR("---\ntitle: é x\n---\nbody: y")};
    assert_int_equal(yaml_parse(&bench->text, 4, 16, &bench->arena, &bench->diags, &bench->root),
                     0);
    const struct yaml_node *title = yaml_get(bench->root, STR("title"));
    assert_at(bench, title->start, title->end, "é x");
    assert_int_equal(bench->root->count, 1);
}

static void plain_scalars_follow_the_core_schema(void **state)
{
    static const struct {
        const char *yaml;
        enum yaml_type type;
    } cases[] = {
        {"yes", YAML_TEXT},     {"no", YAML_TEXT},       {"on", YAML_TEXT},
        {"true", YAML_BOOLEAN}, {"FALSE", YAML_BOOLEAN}, {"~", YAML_NULL},
        {"", YAML_NULL},        {"Null", YAML_NULL},     {"nUll", YAML_TEXT},
        {"012", YAML_INTEGER},  {"-7", YAML_INTEGER},    {"0o17", YAML_INTEGER},
        {"0xFf", YAML_INTEGER}, {"1_000", YAML_TEXT},    {"1.", YAML_FLOAT},
        {".5", YAML_FLOAT},     {"1e3", YAML_FLOAT},     {"-.inf", YAML_FLOAT},
        {".nan", YAML_FLOAT},   {"1e", YAML_TEXT},       {"2020-01-02", YAML_TEXT},
        {"12:30", YAML_TEXT},   {"'12'", YAML_TEXT},     {"\"true\"", YAML_TEXT},
        {"! 12", YAML_TEXT},    {"! \"x\"", YAML_TEXT},  {"+", YAML_TEXT},
        {".", YAML_TEXT},       {"1.2.3", YAML_TEXT},    {"0x", YAML_TEXT},
    };
    struct bench *bench = *state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char yaml[64];
        snprintf(yaml, sizeof yaml, "k: %s\n", cases[i].yaml);
        parse(bench, yaml);
        if (yaml_scalar_type(&bench->root->pairs[0].value) != cases[i].type)
            fail_msg("%s", cases[i].yaml);
    }
}

static void values_are_typed_and_keep_their_order(void **state)
{
    struct bench *bench = *state;
    parse(bench,
          "z: 0x10\na: -9223372036854775808\nb: 9223372036854775808\nc: -00099999999999999999999"
          "\nd: 1.5\ne: yes\nf:\ng: [1, two]\nh: {i: .inf}\n");
    struct value value = yaml_to_value(bench->root, &bench->arena);
    const struct value_entry *entries = value.map->entries;
    assert_int_equal(entries[0].value.integer, 16);
    assert_true(entries[1].value.integer == INT64_MIN);
    assert_int_equal(entries[2].value.type, VALUE_BIG);
    assert_str(entries[3].value.str, "-99999999999999999999");
    assert_true(entries[4].value.number > 1.4 && entries[4].value.number < 1.6);
    assert_int_equal(entries[5].value.type, VALUE_TEXT);
    assert_int_equal(entries[6].value.type, VALUE_NIL);
    assert_str(entries[7].value.list->items[1].str, "two");
    assert_true(isinf(entries[8].value.map->entries[0].value.number));
}

static void an_empty_document_is_null(void **state)
{
    struct bench *bench = *state;
    assert_int_equal(yaml_scalar_type(parse(bench, "")), YAML_NULL);
    assert_int_equal(yaml_scalar_type(parse(bench, "# only a comment\n\n")), YAML_NULL);
    assert_true(yaml_is_blank(parse(bench, "\xEF\xBB\xBF")));
}

static void a_repeated_key_is_a_warning_if_the_values_are_equal(void **state)
{
    struct bench *bench = *state;
    parse(bench, "a: [1, {b: c}]\nx: 1\na: [1, {b: c}]\n");
    assert_int_equal(bench->diags.count, 1);
    assert_int_equal(bench->diags.items[0].severity, SEVERITY_WARNING);
    assert_int_equal(bench->diags.items[0].span.start, 20);
    assert_int_equal(parse_bytes(bench, STR("a: 1\na: '1'\n")), -1);
    assert_string_equal(bench->diags.items[0].code, "duplicate-key");
    assert_int_equal(bench->diags.items[0].severity, SEVERITY_ERROR);
    assert_str(yaml_get(bench->root, STR("a"))->text, "1");
    assert_true(yaml_get(bench->root, STR("a"))->plain);
}

/* The first diagnostic of a text must hold these. */
struct mistake {
    const char *yaml;
    size_t line;
    size_t column;
    const char *code;
    const char *message;
    const char *hint;
};

static const struct mistake mistakes[] = {
    {"title: Résumés: a guide\n", 1, 15, "yaml-syntax", "colon", "title: \"Résumés: a guide\""},
    {"title: The \"best\": a\n", 1, 18, "yaml-syntax", "colon", "title: 'The \"best\": a'"},
    {"title: \"no end\ndate: 2020\n", 1, 8, "yaml-syntax", "no closing \"", "title: \"no end\""},
    {"title: 'It's here'\n", 1, 12, "yaml-syntax", "closing '", "written twice"},
    {"\ttitle: x\n", 1, 1, "yaml-syntax", "a tab", "spaces"},
    {"a: x\nroles:\n\t- a\n", 3, 1, "yaml-syntax", "a tab", "spaces"},
    {"github: @jo\n", 1, 9, "yaml-syntax", "'@'", "github: \"@jo\""},
    {"x: `code`\n", 1, 4, "yaml-syntax", "'`'", "x: \"`code`\""},
    {"x: 50%\ny: %x\n", 2, 4, "yaml-syntax", "'%'", "y: \"%x\""},
    {"tags: [a, b\ndate: 2020\n", 1, 7, "yaml-syntax", "no ']'", "[first, second]"},
    {"x: {a: 1\ny: 2\n", 1, 4, "yaml-syntax", "no '}'", "{key: value"},
    {"tags: ]a\n", 1, 7, "yaml-syntax", "']'", "tags: \"]a\""},
    {"title:Hello\ndate: 2020\n", 1, 6, "yaml-syntax", "blank is missing", "title: Hello"},
    {"a: 1\ntitle:Hello\n", 2, 6, "yaml-syntax", "blank is missing", "title: Hello"},
    {"title: a\nhello world\n", 2, 1, "yaml-syntax", "no key", "two spaces"},
    {"title: x\n  date: y\n", 2, 7, "yaml-syntax", "line above", "same column"},
    {"  a: x\nb: y\n", 2, 1, "yaml-syntax", "above it", "same column"},
    {"title: *bold* text\n", 1, 8, "yaml-syntax", "'*'", "title: \"*bold* text\""},
    {"a: &x 1\n", 1, 4, "yaml-reference", "anchor", "quotes"},
    {"a: *x\n", 1, 4, "yaml-reference", "reference", "quotes"},
    {"a: !!str x\n", 1, 4, "yaml-tag", "tag", "quotes"},
    {"a: !x!y z\n", 1, 4, "yaml-syntax", "'!'", "quotes"},
    {"tags: - a\n", 1, 7, "yaml-syntax", "list", "own"},
    {"a: \"\\d\"\n", 1, 5, "yaml-syntax", "backslash", "twice"},
    {"a: > text\n", 1, 4, "yaml-syntax", "next line", "quotes"},
    {"a: [x] y\n", 1, 8, "yaml-syntax", "closing ']'", "a: \"[x] y\""},
    {"a: 1\n---\nb: 2\n", 2, 1, "yaml-syntax", "second document", "delete"},
    {"? [a]\n: b\n", 1, 3, "yaml-syntax", "name of a key", "quotes"},
    {"\n%YAML 1.2", 2, 10, "yaml-syntax", "value is missing", "line above"},
    {"a: x\x01\n", 1, 5, "control-character", "U+0001", "delete"},
    {"a: caf\xE9\n", 1, 7, "not-utf8", "UTF-8", "UTF-8"},
};

static void mistakes_are_explained_where_they_are(void **state)
{
    struct bench *bench = *state;
    for (size_t i = 0; i < sizeof mistakes / sizeof mistakes[0]; i++) {
        const struct mistake *mistake = &mistakes[i];
        assert_int_equal(parse_bytes(bench, str_from(mistake->yaml)), -1);
        assert_true(bench->diags.count > 0);
        const struct diag *diag = &bench->diags.items[0];
        struct text_position at = text_position(&bench->text, diag->span.start);
        if (at.line != mistake->line || at.column != mistake->column ||
            strcmp(diag->code, mistake->code) != 0 ||
            !strstr(diag->message.ptr, mistake->message) || !diag->hint.ptr ||
            !strstr(diag->hint.ptr, mistake->hint))
            fail_msg("%s%zu:%zu: %s [%s] (%s)", mistake->yaml, at.line, at.column,
                     diag->message.ptr, diag->code, diag->hint.ptr);
    }
}

static void nul_bytes_are_refused_with_their_place(void **state)
{
    struct bench *bench = *state;
    assert_int_equal(parse_bytes(bench, STR("a: x\nb: \0y\n")), -1);
    assert_int_equal(bench->diags.items[0].span.start, 8);
    assert_string_equal(bench->diags.items[0].code, "control-character");
}

static void an_alias_bomb_is_refused_at_once(void **state)
{
    struct bench *bench = *state;
    struct buf bomb = {0};
    buf_adds(&bomb, "a0: &a0 [x, x]\n");
    for (int i = 1; i < 1000; i++)
        buf_addf(&bomb, "a%d: &a%d [*a%d, *a%d, *a%d]\n", i, i, i - 1, i - 1, i - 1);
    assert_int_equal(parse_bytes(bench, buf_str(&bomb)), -1);
    assert_true(bench->diags.count <= 10);
    buf_release(&bomb);
}

/* Each hostile text must end in an error, and soon. */
static void assert_refused_soon(struct bench *bench, struct str bytes, const char *code)
{
    clock_t start = clock();
    assert_int_equal(parse_bytes(bench, bytes), -1);
    assert_true(bench->diags.count > 0);
    assert_string_equal(bench->diags.items[bench->diags.count - 1].code, code);
    assert_true((double)(clock() - start) / CLOCKS_PER_SEC < 5);
}

static void repeat(struct buf *buf, const char *part, size_t times)
{
    buf_clear(buf);
    for (size_t i = 0; i < times; i++)
        buf_adds(buf, part);
}

static void bombs_end_in_a_clear_error(void **state)
{
    struct bench *bench = *state;
    struct buf buf = {0};
    repeat(&buf, "[", 100000);
    assert_refused_soon(bench, buf_str(&buf), "yaml-too-large");
    repeat(&buf, "{a: ", 100000);
    assert_refused_soon(bench, buf_str(&buf), "yaml-too-large");
    repeat(&buf, "- ", 100000);
    assert_refused_soon(bench, buf_str(&buf), "yaml-too-large");
    repeat(&buf, "? ", 100000);
    assert_refused_soon(bench, buf_str(&buf), "yaml-too-large");
    repeat(&buf, "- x\n", 500000);
    assert_refused_soon(bench, buf_str(&buf), "yaml-too-large");
    repeat(&buf, "title: 1234567890\n", 300000);
    assert_refused_soon(bench, buf_str(&buf), "yaml-too-large");
    buf_release(&buf);
}

static void many_keys_take_linear_time(void **state)
{
    struct bench *bench = *state;
    struct buf buf = {0};
    for (int i = 0; i < 150000; i++)
        buf_addf(&buf, "é%d: %d\n", i, i);
    clock_t start = clock();
    parse(bench, buf.ptr);
    assert_int_equal(bench->root->count, 150000);
    assert_true((double)(clock() - start) / CLOCKS_PER_SEC < 10);
    buf_release(&buf);
}

/* ---- front matter */

static void assert_split(const char *bytes, enum front_matter_result result, const char *yaml,
                         const char *body)
{
    struct front_matter parts;
    struct str str = str_from(bytes);
    assert_int_equal(front_matter_split(str, &parts), result);
    assert_str(str_sub(str, parts.yaml_start, parts.yaml_end), yaml);
    assert_str(str_after(str, parts.body_start), body);
}

static void front_matter_is_found_however_editors_leave_it(void **state)
{
    (void)state;
    assert_split("---\na: 1\n---\nbody\n", FRONT_MATTER_FOUND, "a: 1\n", "body\n");
    assert_split("\xEF\xBB\xBF---  \r\na: 1\r\n---\t\r\nb", FRONT_MATTER_FOUND, "a: 1\r\n", "b");
    assert_split("\n \n---\na: 1\n...\nb", FRONT_MATTER_FOUND, "a: 1\n", "b");
    assert_split("---\n---", FRONT_MATTER_FOUND, "", "");
    assert_split("---\na: 1\n---", FRONT_MATTER_FOUND, "a: 1\n", "");
    assert_split("---\na: ---\n----\n ---\n---\n---\n", FRONT_MATTER_FOUND, "a: ---\n----\n ---\n",
                 "---\n");
}

static void missing_front_matter_and_a_missing_end_are_told_apart(void **state)
{
    (void)state;
    assert_split("hello\n---\na: 1\n---\n", FRONT_MATTER_NONE, "", "hello\n---\na: 1\n---\n");
    assert_split("", FRONT_MATTER_NONE, "", "");
    assert_split("\xEF\xBB\xBF\n\n", FRONT_MATTER_NONE, "", "\n\n");
    assert_split("---\na: 1\nbody", FRONT_MATTER_UNCLOSED, "a: 1\nbody", "");
    assert_split("---", FRONT_MATTER_UNCLOSED, "", "");
}

int main(void)
{
#define YAML_TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        YAML_TEST(places_are_bytes_also_behind_other_scripts),
        YAML_TEST(offsets_count_from_the_beginning_of_the_file),
        YAML_TEST(plain_scalars_follow_the_core_schema),
        YAML_TEST(values_are_typed_and_keep_their_order),
        YAML_TEST(an_empty_document_is_null),
        YAML_TEST(a_repeated_key_is_a_warning_if_the_values_are_equal),
        YAML_TEST(mistakes_are_explained_where_they_are),
        YAML_TEST(nul_bytes_are_refused_with_their_place),
        YAML_TEST(an_alias_bomb_is_refused_at_once),
        YAML_TEST(bombs_end_in_a_clear_error),
        YAML_TEST(many_keys_take_linear_time),
        cmocka_unit_test(front_matter_is_found_however_editors_leave_it),
        cmocka_unit_test(missing_front_matter_and_a_missing_end_are_told_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
