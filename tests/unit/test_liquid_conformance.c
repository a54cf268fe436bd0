/* The language-independent Liquid cases of ../shared/liquid, each as its README says. */
#include "base/fs.h"
#include "lang/json.h"
#include "lang/liquid/liquid.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#define CASES "../shared/liquid/cases.json"

struct test_case {
    struct arena *arena;
    const struct value_map *fields;
    struct text *partials;
    struct str *names;
    size_t partial_count;
};

static struct value field(const struct value_map *map, const char *name)
{
    const struct value *found = value_map_get(map, str_from(name));
    return found == NULL ? value_nil() : *found;
}

static bool has_tag(const struct value_map *map, const char *name)
{
    struct value tags = field(map, "tags");
    if (tags.type != VALUE_LIST)
        return false;
    for (size_t i = 0; i < tags.list->count; i++)
        if (str_eq(tags.list->items[i].str, str_from(name)))
            return true;
    return false;
}

static const struct text *load(void *context, struct str name, size_t *start)
{
    const struct test_case *test = context;
    *start = 0;
    for (size_t i = 0; i < test->partial_count; i++)
        if (str_eq(test->partials[i].path, name))
            return &test->partials[i];
    return NULL;
}

static size_t names(void *context, const struct str **out)
{
    const struct test_case *test = context;
    *out = test->names;
    return test->partial_count;
}

static void take_partials(struct test_case *test)
{
    struct value templates = field(test->fields, "templates");
    if (templates.type != VALUE_MAP)
        return;
    test->partial_count = templates.map->count;
    test->partials = arena_zalloc(test->arena, test->partial_count, sizeof *test->partials);
    test->names = arena_zalloc(test->arena, test->partial_count, sizeof *test->names);
    for (size_t i = 0; i < test->partial_count; i++) {
        const struct value_entry *entry = &templates.map->entries[i];
        test->partials[i] = (struct text){entry->key, entry->value.str};
        test->names[i] = entry->key;
    }
}

static bool expected(const struct value_map *fields, struct str output)
{
    struct value result = field(fields, "result");
    struct value results = field(fields, "results");
    if (value_is_string(result))
        return str_eq(output, result.str);
    for (size_t i = 0; results.type == VALUE_LIST && i < results.list->count; i++)
        if (str_eq(output, results.list->items[i].str))
            return true;
    return false;
}

static bool passes(const struct value_map *fields)
{
    struct arena arena = {0};
    struct diags diags;
    struct buf out = {0};
    struct test_case test = {.arena = &arena, .fields = fields};
    diags_init(&diags, &arena);
    take_partials(&test);
    struct liquid_settings settings = {.strict =
                                           has_tag(fields, "strict") || has_tag(fields, "strict2"),
                                       .host = {.context = &test, .load = load, .names = names}};
    struct liquid *liquid = liquid_new(&arena, &settings);
    struct text source = {STR("template"), field(fields, "template").str};
    const struct liquid_template *compiled =
        liquid_compile(liquid, &source, 0, LIQUID_PLAIN, &diags);
    struct liquid_call call = {
        .globals = field(fields, "data"), .reader = {.arena = &arena}, .diags = &diags};
    bool failed = compiled == NULL || liquid_render(compiled, &call, &out) != 0;
    bool invalid = value_map_get(fields, STR("invalid")) != NULL;
    bool right = invalid ? failed : !failed && expected(fields, buf_str(&out));
    if (!right) {
        struct str name = field(fields, "name").str;
        print_message("%.*s: gave %.*s (%s)\n", STR_ARG(name), STR_ARG(buf_str(&out)),
                      diags.count > 0 ? diags.items[0].message.ptr : "no message");
    }
    buf_release(&out);
    arena_release(&arena);
    return right;
}

static void every_case_passes(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct str bytes;
    struct value root;
    struct fs fs = {0};
    if (fs_read(&fs, AT_FDCWD, CASES, (size_t)16 << 20, &arena, &bytes) != 0) {
        print_message("%s is absent: skipped\n", CASES);
        arena_release(&arena);
        skip();
    }
    struct text text = {STR(CASES), bytes};
    struct diags diags;
    diags_init(&diags, &arena);
    assert_int_equal(json_read(&text, &arena, &diags, &root), 0);
    struct value tests = field(root.map, "tests");
    size_t passed = 0;
    for (size_t i = 0; i < tests.list->count; i++)
        passed += passes(tests.list->items[i].map);
    print_message("Liquid: %zu of %zu cases pass\n", passed, tests.list->count);
    assert_int_equal(passed, tests.list->count);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_case_passes)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
