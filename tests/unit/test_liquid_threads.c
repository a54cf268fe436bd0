/* One compiled template, many threads: no lock, the same bytes. SAN=thread makes it a proof. */
#include "base/pool.h"
#include "lang/liquid/liquid.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#define PAGES 300

static const struct text partial = {
    STR_INIT("card"),
    STR_INIT("[{{ card.n }}{% for x in (1..card.n) %}{% cycle 'a', 'b' %}{% endfor %}]")};

static const struct text *load(void *context, struct str name, size_t *start)
{
    (void)context;
    *start = 0;
    return str_eq(name, partial.path) ? &partial : NULL;
}

struct pages {
    const struct liquid_template *compiled;
    struct value globals;
    struct str expected;
    bool same[PAGES];
};

static int render(const struct pages *pages, struct arena *arena, struct buf *out)
{
    struct diags diags;
    diags_init(&diags, arena);
    struct liquid_call call = {
        .globals = pages->globals, .reader = {.arena = arena}, .diags = &diags};
    return liquid_render(pages->compiled, &call, out);
}

static void render_one(void *context, unsigned worker, size_t index)
{
    struct pages *pages = context;
    struct arena arena = {0};
    struct buf out = {0};
    (void)worker;
    pages->same[index] = render(pages, &arena, &out) == 0 && str_eq(buf_str(&out), pages->expected);
    buf_release(&out);
    arena_release(&arena);
}

static void threads_share_a_template(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct diags diags;
    struct buf first = {0};
    struct pages pages = {0};
    struct value_entry n = {STR("n"), value_integer(3)};
    struct value item = value_map(&arena, &n, 1);
    struct value items[] = {item, item};
    struct value_entry list = {STR("list"), value_list(&arena, items, 2)};
    struct text source = {STR("page"), STR("{% assign t = 0 %}{% for i in list %}{% assign t = t | "
                                           "plus: i.n %}{% endfor %}{{ t | append: '!' | upcase }}"
                                           "{% render 'card' for list %}{% include 'card' with "
                                           "list[0] %}{% increment k %}")};
    struct liquid_settings settings = {.host = {.load = load}};
    diags_init(&diags, &arena);
    pages.globals = value_map(&arena, &list, 1);
    pages.compiled = liquid_compile(liquid_new(&arena, &settings), &source, 0, LIQUID_HTML, &diags);
    assert_non_null(pages.compiled);
    assert_int_equal(render(&pages, &arena, &first), 0);
    pages.expected = buf_str(&first);
    assert_string_equal(first.ptr, "6![3aba][3aba][3aba]0");
    struct pool *pool = pool_new(4);
    pool_run(pool, PAGES, 1, render_one, &pages);
    pool_free(pool);
    for (size_t i = 0; i < PAGES; i++)
        assert_true(pages.same[i]);
    buf_release(&first);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(threads_share_a_template)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
