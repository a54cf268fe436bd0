/* What cmark cannot read in linear time is refused with a message, and nothing that people write.
 */
#include "lang/markdown.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void add_times(struct buf *out, size_t times, const char *part)
{
    while (times-- > 0)
        buf_adds(out, part);
}

/* The offset at which the text is refused, or STR_NONE where it is not. Uses it up. */
static size_t refused_at(struct buf *text)
{
    struct arena arena = {0};
    struct markup markup;
    struct md_options options = md_content;
    options.policy = &sanitise_article;
    md_render_str(&options, buf_str(text), &arena, &markup);
    size_t at = STR_NONE;
    if (markup.note_count == 1 && markup_note_at(&markup, 0).rule == MARKUP_TOO_LARGE) {
        assert_int_equal(markup.html.len, 0);
        assert_true(markup_note_at(&markup, 0).hint.len > 0);
        at = markup_note_at(&markup, 0).source_start;
    } else {
        assert_true(markup.html.len > 0);
    }
    arena_release(&arena);
    buf_release(text);
    return at;
}

/* `before`, then `unit` so many times, then `end`. */
static size_t refused(const char *before, size_t times, const char *unit, const char *end)
{
    struct buf text = {0};
    buf_adds(&text, before);
    add_times(&text, times, unit);
    buf_adds(&text, end);
    return refused_at(&text);
}

static const char *const marks[] = {">", "> ", "- ", "+ ", "* ", "1. ", "12) ", ">\t", "> - "};

static void deep_lists_and_quotes_are_read(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        assert_true(refused("", 64, marks[i], "*a* *b* _c_\n") == STR_NONE);
        assert_true(refused("", 10000, marks[i], "*a*\n") == STR_NONE);
    }
}

static void deep_ones_with_much_emphasis_are_refused_at_their_line(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        struct buf end = {0};
        add_times(&end, 3000, "a*");
        assert_true(refused("", 1000, marks[i], end.ptr) == 0);
        assert_true(refused("before\n\n", 1000, marks[i], end.ptr) == 8);
        assert_true(refused("before\r", 1000, marks[i], end.ptr) == 7);
        buf_release(&end);
    }
}

static void levels_by_indents_count_too(void **state)
{
    (void)state;
    struct buf text = {0};
    buf_adds(&text, "before\n\n");
    add_times(&text, 500, "- ");
    add_times(&text, 20000, "[a](b)");
    buf_adds(&text, "\n");
    size_t line = text.len;
    add_times(&text, 250, "\t");
    add_times(&text, 500, "- ");
    add_times(&text, 20000, "[a](b)");
    assert_true(refused_at(&text) == line);
}

static void long_lines_of_other_things_are_no_levels(void **state)
{
    (void)state;
    static const char *const units[] = {"-", "*", "1", ".", "1.", "*a", ">a", "3)", " "};
    struct buf end = {0};
    add_times(&end, 3000, "a*");
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++)
        assert_true(refused("", 3000, units[i], end.ptr) == STR_NONE);
    assert_true(refused("a ", 3000, "> ", end.ptr) == STR_NONE);
    assert_true(refused("", 3000, "> a\n", end.ptr) == STR_NONE);
    assert_true(refused("", 3000, "- *a*\n", end.ptr) == STR_NONE);
    buf_release(&end);
}

static void many_pictures_may_stand_in_one_paragraph(void **state)
{
    (void)state;
    assert_true(refused("", 1000, "![A picture of people](picture.jpg)\n", "") == STR_NONE);
    assert_true(refused("", 500, "[![A picture of people](small.jpg)](large.jpg)\n", "") ==
                STR_NONE);
    assert_true(refused("", 20000, "![a](b)\n\n", "") == STR_NONE);
    assert_true(refused("", 20000, "[a](b)\n", "") == STR_NONE);
}

static void pictures_that_never_end_are_refused_at_their_paragraph(void **state)
{
    (void)state;
    assert_true(refused("", 100, "![[]()", "\n") == STR_NONE);
    assert_true(refused("", 3000, "![[]()", "\n") == 0);
    assert_true(refused("a\n \t\n", 3000, "![[]()", "\n\nb\n") == 5);
}

/* How often something is said of a text that is `unit` so many times, then `end`. */
static size_t notes(size_t times, const char *unit, const char *end)
{
    struct arena arena = {0};
    struct markup markup;
    struct buf text = {0};
    struct md_options options = md_content;
    options.policy = &sanitise_article;
    add_times(&text, times, unit);
    buf_adds(&text, end);
    md_render_str(&options, buf_str(&text), &arena, &markup);
    size_t count = markup.note_count;
    buf_release(&text);
    arena_release(&arena);
    return count;
}

static void addresses_with_spaces_are_told_a_few_times_and_not_of_what_never_ends(void **state)
{
    (void)state;
    assert_int_equal(notes(1, "![The hall](our hall.jpg)\n", ""), 1);
    assert_int_equal(notes(10, "[a](b c.jpg) ", "\n"), 10);
    assert_int_equal(notes(100000, "[a](b c.jpg) ", "\n"), 20);
    assert_int_equal(notes(100000, "](", " a.jpg)\n"), 1);
    assert_int_equal(notes(100000, "](", "\n"), 0);
    assert_int_equal(notes(10000, "](&amp; a.jpg) ", "\n"), 0);
}

static void without_options_nothing_is_refused(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct markup markup;
    struct buf text = {0};
    add_times(&text, 1000, "> ");
    add_times(&text, 1000, "![[]()");
    md_render_str(&md_pure, buf_str(&text), &arena, &markup);
    assert_true(markup.html.len > 20000);
    assert_int_equal(markup.note_count, 0);
    buf_release(&text);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(deep_lists_and_quotes_are_read),
        cmocka_unit_test(deep_ones_with_much_emphasis_are_refused_at_their_line),
        cmocka_unit_test(levels_by_indents_count_too),
        cmocka_unit_test(long_lines_of_other_things_are_no_levels),
        cmocka_unit_test(many_pictures_may_stand_in_one_paragraph),
        cmocka_unit_test(pictures_that_never_end_are_refused_at_their_paragraph),
        cmocka_unit_test(addresses_with_spaces_are_told_a_few_times_and_not_of_what_never_ends),
        cmocka_unit_test(without_options_nothing_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
