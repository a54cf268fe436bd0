/* What the sanitiser lets through, leaves out, and says about it. */
#include "lang/markdown.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

struct example {
    const char *html;
    const char *safe;
};

static void check(const struct sanitise_policy *policy, const struct example *examples,
                  size_t count)
{
    struct arena arena = {0};
    for (size_t i = 0; i < count; i++) {
        struct markup_draft markup;
        struct sanitise_input input = {.html = str_from(examples[i].html)};
        assert_int_equal(sanitise_html(policy, &input, &arena, &markup), 0);
        if (!str_eq(markup.html, str_from(examples[i].safe)))
            fail_msg("%s\ngave\n%.*s\nnot\n%s", examples[i].html, STR_ARG(markup.html),
                     examples[i].safe);
    }
    arena_release(&arena);
}

#define CHECK(policy, examples) check(policy, examples, sizeof(examples) / sizeof *(examples))

static void articles_may_have_figures_details_and_sound(void **state)
{
    (void)state;
    static const struct example examples[] = {
        {"<figure><img src=a.png alt='A' width=300px "
         "height=50%><figcaption>c</figcaption></figure>",
         "<figure><img src=\"a.png\" alt=\"A\" width=\"300\" height=\"50%\" />"
         "<figcaption>c</figcaption></figure>"},
        {"<details open><summary>s</summary>x</details>",
         "<details open=\"\"><summary>s</summary>x</details>"},
        {"<audio controls src=a.mp3></audio>", "<audio controls=\"\" src=\"a.mp3\"></audio>"},
        {"<video src=https://e.org/v.mp4></video>", "<video></video>"},
        {"<p align=center lang=fr dir=ltr title=x>y</p>",
         "<p align=\"center\" lang=\"fr\" dir=\"ltr\">y</p>"},
        {"<pre>\n\nx</pre>", "<pre>\n\nx</pre>"},
        {"<td>x", "x"},
        {"<a name=x id=y>z</a><b id=x>w</b>", "<a name=\"x\" id=\"y\">z</a><b>w</b>"},
        {"<a href=' ht&Tab;tps://e.org/a b\n '>x</a>", "<a href=\"https://e.org/a%20b\">x</a>"},
        {"<code class='language-c evil'>x</code>", "<code class=\"language-c\">x</code>"},
        {"a &lt;b&gt; &amp; \"c\" \xC2\xA0", "a &lt;b&gt; &amp; &quot;c&quot; \xC2\xA0"},
    };
    CHECK(&sanitise_article, examples);
}

static void what_can_run_goes_with_all_it_holds(void **state)
{
    (void)state;
    static const struct example examples[] = {
        {"a<script>b</script>c", "ac"},
        {"a<style>b</style>c<svg><p>d</svg><math>e</math>f", "acf"},
        {"<noscript><b>x</b></noscript><template><b>y</b></template>z", "z"},
        {"<font color=red>x</font><center>y</center>", "xy"},
        {"<!-- x --><b>y</b>", "<b>y</b>"},
        {"<iframe src=https://e.org/>x</iframe>y", "y"},
        {"<input type=text><input type=checkbox disabled>",
         "<input type=\"checkbox\" disabled=\"\" />"},
        {"<a href=' jav&#x09;ascript:x '>y</a>", "<a>y</a>"},
    };
    CHECK(&sanitise_article, examples);
}

static void people_may_have_less(void **state)
{
    (void)state;
    static const struct example examples[] = {
        {"<div><figure>x</figure></div><video src=a.mp4>y</video>", "xy"},
        {"<a href=https://e.org rel=author>x</a><a href=#y>z</a>",
         "<a href=\"https://e.org\" rel=\"nofollow ugc noopener\">x</a><a href=\"#y\">z</a>"},
        {"<img src=//e.org/a.png alt=A><img src=a.png>", "A<img src=\"a.png\" alt=\"\" />"},
    };
    CHECK(&sanitise_person, examples);
}

/* What a policy leaves out of raw HTML, Markdown does not make either. */
static void markdown_makes_only_what_its_policy_has(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct markup markup;
    struct md_options options = md_content;
    struct sanitise_policy policy = sanitise_person;
    struct str text = STR("| a |\n|---|\n| b |\n\n![p](q.png \"t\")\n");
    options.policy = &policy;
    policy.groups = SANITISE_TEXT;
    md_render_str(&options, text, &arena, &markup);
    assert_true(str_eq(markup.html, STR("<p>| a |\n|---|\n| b |</p>\n<p>p</p>\n")));
    assert_int_equal(markup.note_count, 1);
    assert_string_equal(markup_rule_code(markup_note_at(&markup, 0).rule), "dropped-html");
    policy.groups = SANITISE_TEXT | SANITISE_TABLES | SANITISE_PICTURES;
    md_render_str(&options, text, &arena, &markup);
    assert_true(str_starts(markup.html, STR("<table>")));
    assert_true(str_ends(markup.html, STR("<p><img src=\"q.png\" alt=\"p\" title=\"t\" /></p>\n")));
    policy.groups |= SANITISE_FIGURES;
    md_render_str(&options, text, &arena, &markup);
    assert_true(str_ends(markup.html, STR("<figcaption>t</figcaption></figure>\n")));
    arena_release(&arena);
}

static void embeds_are_from_listed_hosts_only(void **state)
{
    (void)state;
    struct sanitise_policy policy = sanitise_article;
    struct str host = STR("maps.example");
    policy.embed_hosts = &host;
    policy.embed_host_count = 1;
    static const struct example examples[] = {
        {"<iframe src='https://maps.example/x?y&z' width=9 onload=x srcdoc=y>z</iframe>",
         "<iframe src=\"https://maps.example/x?y&amp;z\" width=\"9\" loading=\"lazy\" "
         "referrerpolicy=\"strict-origin-when-cross-origin\" sandbox=\"allow-forms allow-popups "
         "allow-presentation allow-same-origin allow-scripts\"></iframe>"},
        {"<iframe src=https://maps.example.org/></iframe>", ""},
        {"<iframe src=https://maps.example@e.org/></iframe>", ""},
        {"<iframe src=http://maps.example/></iframe>", ""},
        {"<iframe src=//maps.example/></iframe>", ""},
        {"<iframe src='https:\\\\maps.example/'></iframe>", ""},
    };
    CHECK(&policy, examples);
}

static void what_is_left_out_is_told_at_its_line(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct markup markup;
    struct text text = {STR("a.md"),
                        STR("# T\n\nx <b onclick=\"y\">z</b>\n\n> <div>\n> <script>q</script>\n")};
    struct md_options options = md_content;
    options.policy = &sanitise_article;
    md_render(&options, &text, 0, text.bytes.len, &arena, &markup);
    assert_int_equal(markup.note_count, 2);
    struct text_position first = text_position(&text, markup_note_at(&markup, 0).source_start);
    assert_int_equal(first.line, 3);
    assert_int_equal(first.column, 6);
    struct text_position second = text_position(&text, markup_note_at(&markup, 1).source_start);
    assert_int_equal(second.line, 6);
    assert_int_equal(second.column, 3);
    assert_string_equal(markup_rule_code(markup_note_at(&markup, 1).rule), "dropped-html");
    arena_release(&arena);
}

static void links_and_headings_survive_with_their_places(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct markup markup;
    struct text text = {STR("a.md"), STR("## H *i*\n\n[m](n.md) <a href=\"o.md\">p</a> "
                                         "![q](r.png) <img src=s.png alt=t>\n")};
    struct md_options options = md_content;
    options.policy = &sanitise_article;
    md_render(&options, &text, 0, text.bytes.len, &arena, &markup);
    static const char *const targets[] = {"n.md", "o.md", "r.png", "s.png"};
    assert_int_equal(markup.link_count, 4);
    for (size_t i = 0; i < 4; i++) {
        struct markup_link link = markup_link_at(&markup, i);
        assert_true(str_eq(link.target, str_from(targets[i])));
        assert_int_equal(link.in_raw_html, i % 2 == 1);
        struct str source = str_sub(text.bytes, link.source_start, link.source_end);
        assert_true(str_has(source, str_from(targets[i])));
        struct str hole = str_sub(markup.html, link.html_start, link.html_end);
        assert_true(i < 2 ? str_eq(hole, link.target) : str_starts(hole, STR("<img ")));
    }
    assert_int_equal(markup.heading_count, 1);
    assert_true(str_eq(markup_heading_at(&markup, 0).id, STR("h-i")));
    assert_true(str_eq(markup_heading_at(&markup, 0).text, STR("H i")));
    arena_release(&arena);
}

static void html_over_the_caps_is_shown_as_text(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct buf text = {0};
    for (int i = 0; i < 20000; i++)
        buf_adds(&text, "<div>");
    struct md_options options = md_content;
    options.policy = &sanitise_article;
    struct markup markup;
    md_render_str(&options, buf_str(&text), &arena, &markup);
    assert_int_equal(markup.note_count, 1);
    assert_true(str_starts(markup.html, STR("<p>&lt;div&gt;&lt;div&gt;")));
    buf_clear(&text);
    buf_adds(&text, "x <b");
    for (int i = 0; i < 100; i++)
        buf_addf(&text, " a%d=1", i);
    buf_adds(&text, ">y</b>\n");
    md_render_str(&options, buf_str(&text), &arena, &markup);
    assert_true(str_starts(markup.html, STR("<p>x &lt;b a0=1")));
    buf_release(&text);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(articles_may_have_figures_details_and_sound),
        cmocka_unit_test(what_can_run_goes_with_all_it_holds),
        cmocka_unit_test(people_may_have_less),
        cmocka_unit_test(markdown_makes_only_what_its_policy_has),
        cmocka_unit_test(embeds_are_from_listed_hosts_only),
        cmocka_unit_test(what_is_left_out_is_told_at_its_line),
        cmocka_unit_test(links_and_headings_survive_with_their_places),
        cmocka_unit_test(html_over_the_caps_is_shown_as_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
