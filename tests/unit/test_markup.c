/* The text and the words of html, and URLs in attributes. */
#include "lang/markdown.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void assert_text(const char *html, const char *expected)
{
    struct buf out = {0};
    markup_text_of(str_from(html), &out);
    if (!str_eq(buf_str(&out), str_from(expected)))
        fail_msg("\"%.*s\" is not \"%s\"", STR_ARG(buf_str(&out)), expected);
    buf_release(&out);
}

static void text_has_a_line_for_each_block(void **state)
{
    (void)state;
    assert_text("<p>a <em>b</em>c</p>\n<ul>\n<li>d  e</li>\n</ul>\n", "a bc\nd e");
    assert_text("<p>a</p><p>b<br />c</p>", "a\nb\nc");
    assert_text("&lt;b&gt; &amp; &quot;c&quot; &#x27;", "<b> & \"c\" '");
    assert_text("a<!-- b > --> c <i title=\"d > e\">f</i>", "a c f");
    assert_text("a<sup class=\"footnote-ref\"><a href=\"#fn-1\">1</a></sup> b", "a b");
}

static void words_are_what_a_reader_counts(void **state)
{
    (void)state;
    assert_int_equal(markup_words(STR("")), 0);
    assert_int_equal(markup_words(STR("It's one-off \xE2\x80\x94 really, no. 3!")), 5);
    assert_int_equal(markup_words(STR("été à Québec\xC2\xA0!")), 3);
    assert_int_equal(markup_words(STR("日本語 text")), 4);
}

static void the_count_of_a_body_is_that_of_its_text(void **state)
{
    (void)state;
    static const char *const texts[] = {"# A b\n\n*c* **d**e [f g](h) `i`\n\n- j\n- k\n",
                                        "| a b | c |\n|---|---|\n| d | e f |\n",
                                        "> 日本 x & y < z \"w\"\n", "été — naïve l'été\n"};
    struct arena arena = {0};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct markup markup;
        struct buf text = {0};
        md_render_str(&md_content, str_from(texts[i]), &arena, &markup);
        markup_text(&markup, 0, markup.html.len, &text);
        assert_int_equal(markup_word_count(&markup), markup_words(buf_str(&text)));
        buf_release(&text);
    }
    arena_release(&arena);
}

/* A letter, a blank and a sign in turn at each place of texts of up to 24 bytes. */
static void a_word_is_counted_once_wherever_it_stands(void **state)
{
    (void)state;
    static const char *const fillings[] = {"a", " ", "-", "a ", "- ", "a-", "1 -"};
    for (size_t filling = 0; filling < sizeof fillings / sizeof *fillings; filling++) {
        for (size_t len = 1; len <= 24; len++) {
            for (size_t at = 0; at < 3 * len; at++) {
                char text[24];
                for (size_t i = 0; i < len; i++)
                    text[i] = fillings[filling][i % strlen(fillings[filling])];
                text[at / 3] = "a -"[at % 3];
                struct markup markup = {.html = {text, len}};
                assert_int_equal(markup_word_count(&markup), markup_words(markup.html));
            }
        }
    }
}

static void a_body_keeps_little_besides_its_html(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct buf text = {0};
    for (int i = 0; i < 100; i++)
        buf_addf(&text,
                 "## Heading %d\n\nA [link](/articles/the-%d-th-article/), *emphasised*.\n\n", i,
                 i);
    struct markup markup;
    md_render_str(&md_content, buf_str(&text), &arena, &markup);
    struct arena kept_arena = {0};
    struct markup kept;
    markup_keep(&markup, &kept_arena, &kept);
    /* 28 bytes a link, 28 a heading and 8 an id, and their texts. */
    assert_true(kept.kept_size < 100 * (28 + 28 + 8 + sizeof "/articles/the-00-th-article/" +
                                        sizeof "heading-00" + sizeof "Heading 00" - 3) +
                                     100);
    assert_int_equal(kept.html.len, 0);
    assert_int_equal(kept.words, 500);
    arena_release(&arena);
    markup = kept;
    assert_int_equal(markup.link_count, 100);
    assert_true(str_eq(markup_link_at(&markup, 99).target, STR("/articles/the-99-th-article/")));
    assert_true(str_eq(markup_heading_at(&markup, 99).text, STR("Heading 99")));
    assert_true(str_eq(markup_heading_at(&markup, 99).id, STR("heading-99")));
    assert_true(str_eq(markup_id_at(&markup, 0), STR("heading-0")));
    assert_true(str_eq(markup.excerpt, STR("Heading 0 A link, emphasised.")));
    buf_release(&text);
    arena_release(&kept_arena);
}

static void texts_that_the_html_escapes_are_kept_apart(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct markup markup;
    md_render_str(&md_content, STR("# *A* & b\n\n![x & \"y\" *z*](a&b.png \"t & u\") [c](d?e&f)\n"),
                  &arena, &markup);
    assert_true(str_eq(markup_heading_at(&markup, 0).text, STR("A & b")));
    struct markup_link picture = markup_link_at(&markup, 0);
    assert_true(str_eq(picture.target, STR("a&b.png")));
    assert_true(str_eq(picture.alt, STR("x & \"y\" z")));
    assert_true(str_eq(picture.title, STR("t & u")));
    assert_int_equal(picture.attributes.len, 0);
    assert_true(str_eq(markup_link_at(&markup, 1).target, STR("d?e&f")));
    arena_release(&arena);
}

static void urls_are_encoded_as_cmark_encodes_them(void **state)
{
    (void)state;
    struct buf out = {0};
    markup_put_url(&out, STR("/a b/é?c=d&e='f'#g[h]\"<%20\\"));
    assert_true(
        str_eq(buf_str(&out), STR("/a%20b/%C3%A9?c=d&amp;e=&#x27;f&#x27;#g%5Bh%5D%22%3C%20%5C")));
    buf_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_has_a_line_for_each_block),
        cmocka_unit_test(words_are_what_a_reader_counts),
        cmocka_unit_test(the_count_of_a_body_is_that_of_its_text),
        cmocka_unit_test(a_word_is_counted_once_wherever_it_stands),
        cmocka_unit_test(a_body_keeps_little_besides_its_html),
        cmocka_unit_test(texts_that_the_html_escapes_are_kept_apart),
        cmocka_unit_test(urls_are_encoded_as_cmark_encodes_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
