/* What md_render() gives besides html, and its options. */
#include "lang/markdown.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

struct fixture {
    struct arena arena;
    struct markup markup;
    struct text text;
};

static struct md_options article(void)
{
    struct md_options options = md_content;
    options.policy = &sanitise_article;
    return options;
}

static void render(struct fixture *fixture, struct md_options options, const char *markdown)
{
    fixture->text = (struct text){STR("content/a.md"), str_from(markdown)};
    md_render(&options, &fixture->text, 0, fixture->text.bytes.len, &fixture->arena,
              &fixture->markup);
}

static int begin(void **state)
{
    static struct fixture fixture;
    fixture = (struct fixture){0};
    *state = &fixture;
    return 0;
}

static int end(void **state)
{
    struct fixture *fixture = *state;
    arena_release(&fixture->arena);
    return 0;
}

static void assert_str(struct str actual, const char *expected)
{
    if (!str_eq(actual, str_from(expected)))
        fail_msg("\"%.*s\" is not \"%s\"", STR_ARG(actual), expected);
}

static struct str source_of(const struct fixture *fixture, size_t start, size_t end_offset)
{
    return str_sub(fixture->text.bytes, start, end_offset);
}

static void each_url_is_a_hole_with_its_place(void **state)
{
    struct fixture *fixture = *state;
    render(fixture, article(), "See [Jo](../members/jo.md \"t\") and\n> <https://e.org/?a&b>\n");
    const struct markup *markup = &fixture->markup;
    assert_int_equal(markup->link_count, 2);
    struct markup_link jo = markup_link_at(markup, 0);
    assert_int_equal(jo.kind, MARKUP_LINK);
    assert_false(jo.in_raw_html);
    assert_str(jo.target, "../members/jo.md");
    assert_str(source_of(fixture, jo.source_start, jo.source_end), "[Jo](../members/jo.md \"t\")");
    assert_str(str_sub(markup->html, jo.html_start, jo.html_end), "../members/jo.md");
    struct markup_link other = markup_link_at(markup, 1);
    assert_str(other.target, "https://e.org/?a&b");
    assert_str(str_sub(markup->html, other.html_start, other.html_end), "https://e.org/?a&amp;b");
    assert_str(source_of(fixture, other.source_start, other.source_end), "<https://e.org/?a&b>");
}

static bool resolve(void *context, const struct markup_link *link, struct buf *out)
{
    (void)context;
    if (link->kind == MARKUP_PICTURE)
        markup_put_picture(out, link, STR("/p/a.png"), STR(" width=\"3\""));
    else if (str_eq(link->target, STR("b.md")))
        markup_put_url(out, STR("/b/?x&y"));
    else
        return false;
    return true;
}

static void holes_are_filled_without_rendering_again(void **state)
{
    struct fixture *fixture = *state;
    render(fixture, article(), "[x](b.md) ![A \"q\"](a.png \"T\") [y](c.md)\n");
    struct buf out = {0};
    markup_emit(&fixture->markup, 0, fixture->markup.html.len, resolve, NULL, &out);
    assert_str(buf_str(&out), "<p><a href=\"/b/?x&amp;y\">x</a> <img src=\"/p/a.png\" "
                              "alt=\"A &quot;q&quot;\" title=\"T\" width=\"3\" /> "
                              "<a href=\"c.md\">y</a></p>\n");
    buf_clear(&out);
    markup_emit(&fixture->markup, 0, fixture->markup.html.len, NULL, NULL, &out);
    assert_true(str_eq(buf_str(&out), fixture->markup.html));
    buf_release(&out);
}

static void headings_get_the_forges_ids(void **state)
{
    struct fixture *fixture = *state;
    render(fixture, article(),
           "# Héllo, *Wörld* & `code_x`!\n\n## Привет 日本\n\n# a\n# a\n# a-1\n"
           "# !!!\n# ![x](y)\n");
    const struct markup *markup = &fixture->markup;
    static const char *const expected[] = {
        "héllo-wörld--code_x", "привет-日本", "a", "a-1", "a-1-1", "section", "section-1"};
    assert_int_equal(markup->heading_count, 7);
    for (size_t i = 0; i < 7; i++) {
        assert_str(markup_heading_at(markup, i).id, expected[i]);
        assert_str(markup_id_at(markup, i), expected[i]);
    }
    assert_int_equal(markup_heading_at(markup, 1).level, 2);
    assert_str(markup_heading_at(markup, 0).text, "Héllo, Wörld & code_x!");
    struct str first = str_sub(markup->html, markup_heading_at(markup, 2).html_start,
                               markup_heading_at(markup, 2).html_end);
    assert_str(first, "<h1 id=\"a\">a</h1>\n");
}

static void ids_of_several_bodies_on_a_page_do_not_collide(void **state)
{
    struct fixture *fixture = *state;
    struct md_options options = article();
    options.id_prefix = STR("c1-");
    render(fixture, options,
           "# a\n\n[x](#a)[^1] <b id=\"z\">b</b> <a href=\"#z\">z</a>\n\n[^1]: n\n");
    assert_true(str_has(fixture->markup.html, STR("<h1 id=\"c1-a\">")));
    assert_true(str_has(fixture->markup.html, STR("<a href=\"#c1-a\">")));
    assert_true(str_has(fixture->markup.html, STR("id=\"c1-fn-1\"")));
    assert_true(str_has(fixture->markup.html, STR("href=\"#c1-fn-1\"")));
    assert_true(str_has(fixture->markup.html, STR("<b id=\"c1-z\">")));
    assert_true(str_has(fixture->markup.html, STR("<a href=\"#c1-z\">")));
}

static void the_teaser_ends_at_more(void **state)
{
    struct fixture *fixture = *state;
    render(fixture, article(), "# T\n\nOne *two*.\n\nThree.\n\n<!--more-->\n\nFour.\n");
    const struct markup *markup = &fixture->markup;
    assert_true(markup->has_more);
    assert_false(markup->had_raw_html);
    assert_str(markup->excerpt, "T One two. Three.");
    assert_int_equal(markup_word_count(markup), 5);
    assert_true(str_starts(str_after(markup->html, markup->lead_end), STR("<p>Four.")));
}

static void without_more_the_first_paragraph_is_the_teaser(void **state)
{
    struct fixture *fixture = *state;
    render(fixture, article(), "![p](q.png)\n\nOne & two.\n\nThree.\n");
    assert_false(fixture->markup.has_more);
    assert_str(fixture->markup.excerpt, "One & two.");
    render(fixture, article(), "One <b>b</b>.\n\n<div>x</div>\n\nThree.\n");
    assert_true(fixture->markup.had_raw_html);
    assert_str(fixture->markup.excerpt, "One b.");
}

static void unsafe_urls_are_left_out_with_a_note(void **state)
{
    struct fixture *fixture = *state;
    render(fixture, article(), "a [x](javascript:alert(1)) ![y](data:z)\n");
    assert_str(fixture->markup.html, "<p>a x y</p>\n");
    assert_int_equal(fixture->markup.link_count, 0);
    assert_int_equal(fixture->markup.note_count, 2);
    struct markup_note note = markup_note_at(&fixture->markup, 0);
    assert_string_equal(markup_rule_code(note.rule), "unsafe-url");
    assert_str(source_of(fixture, note.source_start, note.source_end), "[x](javascript:alert(1))");
    struct diags diags;
    diags_init(&diags, &fixture->arena);
    assert_int_equal(markup_report(&fixture->markup, &fixture->text, fixture->text.bytes, &diags),
                     0);
    assert_int_equal(diags_count(&diags, SEVERITY_WARNING), 2);
}

static void addresses_are_printed_as_they_were_judged(void **state)
{
    struct fixture *fixture = *state;
    render(fixture, article(), "[x](\x0Fhttps://e.org/ \"t\") ![y](<a&NewLine;b.png >)\n");
    assert_str(fixture->markup.html, "<p><a href=\"https://e.org/\" title=\"t\">x</a> "
                                     "<img src=\"ab.png\" alt=\"y\" /></p>\n");
    assert_int_equal(fixture->markup.note_count, 0);
    assert_str(markup_link_at(&fixture->markup, 0).target, "https://e.org/");
}

static void people_may_not_show_pictures_from_elsewhere(void **state)
{
    struct fixture *fixture = *state;
    struct md_options options = article();
    options.policy = &sanitise_person;
    render(fixture, options, "![y](https://e.org/x.png) ![z](z.png) [l](https://e.org)\n");
    assert_str(fixture->markup.html,
               "<p>y <img src=\"z.png\" alt=\"z\" /> "
               "<a href=\"https://e.org\" rel=\"nofollow ugc noopener\">l</a></p>\n");
    assert_string_equal(markup_rule_code(markup_note_at(&fixture->markup, 0).rule),
                        "external-picture");
}

static void a_picture_with_a_title_gets_a_caption(void **state)
{
    struct fixture *fixture = *state;
    render(fixture, article(), "![a](b.png \"A < B\")\n\nx ![a](b.png \"T\")\n");
    assert_str(fixture->markup.html, "<figure><img src=\"b.png\" alt=\"a\" title=\"A &lt; B\" />"
                                     "<figcaption>A &lt; B</figcaption></figure>\n"
                                     "<p>x <img src=\"b.png\" alt=\"a\" title=\"T\" /></p>\n");
}

static void kramdowns_lists_are_left_out(void **state)
{
    struct fixture *fixture = *state;
    render(fixture, article(),
           "![a](b.png){: .img-fluid}\n{: style=\"x\"}\n\n"
           "| a |\n|---|\n| b |\n{:.table}\n\nA {: b} c `{: .x}`\n");
    assert_false(str_has(fixture->markup.html, STR("img-fluid")));
    assert_false(str_has(fixture->markup.html, STR("style")));
    assert_false(str_has(fixture->markup.html, STR("table}")));
    assert_true(str_has(fixture->markup.html, STR("<p>A {: b} c <code>{: .x}</code></p>")));
    assert_int_equal(fixture->markup.note_count, 3);
}

static void french_gets_its_spaces_and_quotes(void **state)
{
    struct fixture *fixture = *state;
    struct md_options options = article();
    options.smart = MD_SMART_FRENCH;
    render(fixture, options, "Il dit : \"oui\" ; non ! `a : b` à 12:30\n\n« x »\n");
    assert_str(fixture->markup.html,
               "<p>Il dit\u00A0: «\u00A0oui\u00A0»\u00A0; non\u00A0! <code>a : b</code> à "
               "12:30</p>\n<p>«\u00A0x\u00A0»</p>\n");
    render(fixture, options, "«x», «*y*» «\u202Fz\u00A0» «\n» \"*w*\"\n");
    assert_str(fixture->markup.html,
               "<p>«\u00A0x\u00A0», «\u00A0<em>y</em>\u00A0» «\u202Fz\u00A0» «\n» "
               "«\u00A0<em>w</em>\u00A0»</p>\n");
}

static void a_body_over_the_limit_is_refused(void **state)
{
    struct fixture *fixture = *state;
    char *large = malloc(MD_MAX_BYTES + 2);
    assert_non_null(large);
    memset(large, 'a', MD_MAX_BYTES + 1);
    large[MD_MAX_BYTES + 1] = '\0';
    render(fixture, article(), large);
    struct diags diags;
    diags_init(&diags, &fixture->arena);
    assert_int_equal(markup_report(&fixture->markup, &fixture->text, fixture->text.bytes, &diags),
                     -1);
    assert_int_equal(fixture->markup.html.len, 0);
    free(large);
}

static void front_matter_is_not_part_of_the_body(void **state)
{
    struct fixture *fixture = *state;
    struct text text = {STR("a.md"), STR("---\nt: [x](y)\n---\n\n[z](w)\r\n[q](r)\r\n")};
    struct md_options options = article();
    md_render(&options, &text, 18, text.bytes.len, &fixture->arena, &fixture->markup);
    assert_int_equal(fixture->markup.link_count, 2);
    for (size_t i = 0; i < 2; i++) {
        struct markup_link link = markup_link_at(&fixture->markup, i);
        assert_str(str_sub(text.bytes, link.source_start, link.source_end),
                   i == 0 ? "[z](w)" : "[q](r)");
    }
}

static void bad_bytes_become_replacement_characters(void **state)
{
    struct fixture *fixture = *state;
    struct md_options options = article();
    fixture->text = (struct text){STR("a.md"), STR("a\xFF\0b\n")};
    md_render(&options, &fixture->text, 0, fixture->text.bytes.len, &fixture->arena,
              &fixture->markup);
    assert_str(fixture->markup.html, "<p>a\xEF\xBF\xBD\xEF\xBF\xBD"
                                     "b</p>\n");
}

static void deep_nesting_neither_crashes_nor_hangs(void **state)
{
    struct fixture *fixture = *state;
    static const char *const units[] = {"[", "> ", "- ", "*a ", "![", "<div>", "~~a ", "1) "};
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        struct buf text = {0};
        for (size_t n = 0; n < 10000; n++)
            buf_adds(&text, units[i]);
        buf_adds(&text, "x\n");
        render(fixture, article(), text.ptr);
        /* What would take too long is refused. */
        assert_true(fixture->markup.html.len > 0 || fixture->markup.note_count == 1);
        buf_release(&text);
    }
}

static void escaped_text_renders_as_it_is(void **state)
{
    struct fixture *fixture = *state;
    struct buf text = {0};
    md_escape(&text, STR("*a* [b](c) <d> ~~e~~ www.f.org g@h.org `i` &amp; [^j] {: .k}"));
    render(fixture, article(), text.ptr);
    assert_str(fixture->markup.html, "<p>*a* [b](c) &lt;d&gt; ~~e~~ www.f.org g@h.org `i` "
                                     "&amp;amp; [^j] {: .k}</p>\n");
    buf_release(&text);
}

int main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, begin, end)
    const struct CMUnitTest tests[] = {
        TEST(each_url_is_a_hole_with_its_place),
        TEST(holes_are_filled_without_rendering_again),
        TEST(headings_get_the_forges_ids),
        TEST(ids_of_several_bodies_on_a_page_do_not_collide),
        TEST(the_teaser_ends_at_more),
        TEST(without_more_the_first_paragraph_is_the_teaser),
        TEST(unsafe_urls_are_left_out_with_a_note),
        TEST(addresses_are_printed_as_they_were_judged),
        TEST(people_may_not_show_pictures_from_elsewhere),
        TEST(a_picture_with_a_title_gets_a_caption),
        TEST(kramdowns_lists_are_left_out),
        TEST(french_gets_its_spaces_and_quotes),
        TEST(a_body_over_the_limit_is_refused),
        TEST(front_matter_is_not_part_of_the_body),
        TEST(bad_bytes_become_replacement_characters),
        TEST(deep_nesting_neither_crashes_nor_hangs),
        TEST(escaped_text_renders_as_it_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
