/* What `copse new` writes: front matter that the record reader takes without a word. */
#include "cli/new_file.h"
#include "lang/yaml.h"
#include "site/record.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

static struct arena arena;
static struct buf out;

static int setup(void **state)
{
    (void)state;
    arena_init(&arena);
    buf_init(&out);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    arena_release(&arena);
    buf_release(&out);
    return 0;
}

/* Reads a file of that kind; the test fails if there is anything to say about it. */
static const struct record *read_clean(enum kind kind, struct str bytes)
{
    struct text *text = arena_zalloc(&arena, 1, sizeof *text);
    *text = (struct text){.path = STR("content/new.md"), .bytes = arena_str(&arena, bytes)};
    struct diags diags;
    diags_init(&diags, &arena);
    const struct record_options options = {.kind = kind};
    struct record *record = NULL;
    struct str html;
    int result = record_read(text, &options, &arena, &arena, &diags, &record, &html);
    if (diags.count > 0)
        print_error("%.*s\n", STR_ARG(diags.items[0].message));
    assert_int_equal(result, 0);
    assert_int_equal(diags.count, 0);
    return record;
}

/* The keys without which a kind is not read. */
static size_t required(enum kind kind, struct new_value *values)
{
    const struct kind_schema *schema = schema_of(kind);
    size_t count = 0;
    for (size_t i = 0; i < schema->count; i++) {
        const struct field_schema *field = &schema->fields[i];
        if (field->required)
            values[count++] = (struct new_value){field->key, str_from(field->example), true};
    }
    return count;
}

static void each_kind_with_only_what_it_needs_is_read_without_a_word(void **state)
{
    (void)state;
    for (int kind = 0; kind < KIND_COUNT; kind++) {
        struct new_value values[8];
        size_t count = required((enum kind)kind, values);
        buf_clear(&out);
        new_file_write(&out, schema_of((enum kind)kind), values, count, STR("Text.\n"));
        read_clean((enum kind)kind, buf_str(&out));
    }
}

static void every_line_that_is_offered_can_be_taken_as_it_stands(void **state)
{
    (void)state;
    for (int kind = 0; kind < KIND_COUNT; kind++) {
        const struct kind_schema *schema = schema_of((enum kind)kind);
        struct new_value values[8];
        size_t count = required((enum kind)kind, values);
        buf_clear(&out);
        new_file_write(&out, schema, values, count, STR("Text.\n"));
        for (size_t i = 0; i < schema->count; i++) {
            struct str key = schema->fields[i].key;
            struct str line = arena_printf(&arena, "\n#%.*s: ", STR_ARG(key));
            size_t at = str_find(buf_str(&out), line, 0);
            if (at == STR_NONE) {
                assert_true(schema->fields[i].required);
                continue;
            }
            struct buf taken = {0};
            buf_add(&taken, str_sub(buf_str(&out), 0, at + 1));
            buf_add(&taken, str_after(buf_str(&out), at + 2));
            read_clean((enum kind)kind, buf_str(&taken));
            buf_release(&taken);
        }
    }
}

static void any_title_comes_back_as_it_was_given(void **state)
{
    (void)state;
    static const char *const titles[] = {
        "Six questions",
        "Six: questions",
        "C # and B",
        "it's \"quoted\"",
        "- a dash",
        "[brackets]",
        "{braces}",
        "yes",
        "Null",
        "2026-03-01",
        "1e5",
        "a trailing colon:",
        "é accents",
        "日本",
        "*star and &anchor",
        "!tag",
        "% percent",
        "@at `tick`",
        "'",
        "''",
        "\xF0\x9F\x8E\x89 ok",
        "? question",
        "a, b",
        "~",
        "back\\slash\\n",
        "{{ not liquid }}",
        "---",
        "#hash",
    };
    for (size_t i = 0; i < sizeof titles / sizeof *titles; i++) {
        const struct new_value value = {STR("title"), str_from(titles[i]), false};
        buf_clear(&out);
        new_file_write(&out, schema_of(KIND_PAGE), &value, 1, STR("Text.\n"));
        const struct record *record = read_clean(KIND_PAGE, buf_str(&out));
        assert_string_equal(arena_cstr(&arena, record->title.text), titles[i]);
    }
}

static void an_ordinary_title_is_not_quoted(void **state)
{
    (void)state;
    new_file_scalar(&out, STR("Six questions, before you begin"));
    assert_string_equal(out.ptr, "Six questions, before you begin");
}

static void comments_stay_narrow_and_each_key_stands_once(void **state)
{
    (void)state;
    const struct new_value value = {STR("title"), STR("A"), false};
    new_file_write(&out, schema_of(KIND_ARTICLE), &value, 1, STR(""));
    struct str rest = buf_str(&out);
    struct str line;
    while (str_line(&rest, &line)) {
        if (str_starts(line, STR("# ")))
            assert_true(line.len <= 96);
    }
    size_t first = str_find(buf_str(&out), STR("title: "), 0);
    assert_int_equal(str_find(buf_str(&out), STR("\n#title: "), first), STR_NONE);
    assert_int_not_equal(str_find(buf_str(&out), STR("\n#draft: true\n"), 0), STR_NONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(each_kind_with_only_what_it_needs_is_read_without_a_word,
                                        setup, teardown),
        cmocka_unit_test_setup_teardown(every_line_that_is_offered_can_be_taken_as_it_stands, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(any_title_comes_back_as_it_was_given, setup, teardown),
        cmocka_unit_test_setup_teardown(an_ordinary_title_is_not_quoted, setup, teardown),
        cmocka_unit_test_setup_teardown(comments_stay_narrow_and_each_key_stands_once, setup,
                                        teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
