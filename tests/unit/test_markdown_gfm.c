/* GitHub's extensions: the examples of its specification, and the traps around them. */
#include "base/fs.h"
#include "lang/json.h"
#include "lang/markdown.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define EXAMPLES "../shared/markdown/gfm.json"

static struct str gfm(struct arena *arena, struct str markdown)
{
    struct md_options options = md_pure;
    struct markup markup;
    options.gfm = true;
    md_render_str(&options, markdown, arena, &markup);
    return markup.html;
}

/* Html with white space between tags left out, and ` />` as `>`. */
static struct str comparable(struct arena *arena, struct str html)
{
    struct buf out = {0};
    for (size_t i = 0; i < html.len; i++) {
        char byte = html.ptr[i];
        if (str_starts(str_after(html, i), STR(" />"))) {
            buf_addc(&out, '>');
            i += 2;
        } else if (byte != '\n' || (i + 1 < html.len && html.ptr[i + 1] != '<' && i > 0 &&
                                    html.ptr[i - 1] != '>')) {
            buf_addc(&out, byte);
        }
    }
    struct str result = arena_str(arena, buf_str(&out));
    buf_release(&out);
    return result;
}

static void the_specifications_examples_come_out_as_printed(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct fs fs = {0};
    struct text text = {.path = STR(EXAMPLES)};
    if (fs_read(&fs, AT_FDCWD, EXAMPLES, (size_t)1 << 20, &arena, &text.bytes) != 0) {
        print_message("%s is absent: skipped\n", EXAMPLES);
        arena_release(&arena);
        skip();
    }
    struct diags diags;
    struct value root;
    diags_init(&diags, &arena);
    assert_int_equal(json_read(&text, &arena, &diags, &root), 0);
    size_t passed = 0;
    for (size_t i = 0; i < root.list->count; i++) {
        const struct value_map *example = root.list->items[i].map;
        struct str markdown = value_map_get(example, STR("markdown"))->str;
        struct str expected = value_map_get(example, STR("html"))->str;
        struct str html = gfm(&arena, markdown);
        if (str_eq(comparable(&arena, html), comparable(&arena, expected)))
            passed++;
        else
            print_message("%.*s\ngave\n%.*s", STR_ARG(markdown), STR_ARG(html));
    }
    print_message("GFM: %zu of %zu examples pass\n", passed, root.list->count);
    assert_int_equal(passed, root.list->count);
    arena_release(&arena);
}

struct example {
    const char *markdown;
    const char *html;
};

static void check(const struct example *examples, size_t count)
{
    struct arena arena = {0};
    for (size_t i = 0; i < count; i++) {
        struct str html = gfm(&arena, str_from(examples[i].markdown));
        if (!str_eq(html, str_from(examples[i].html)))
            fail_msg("%s\ngave\n%.*s\nnot\n%s", examples[i].markdown, STR_ARG(html),
                     examples[i].html);
    }
    arena_release(&arena);
}

#define CHECK(examples) check(examples, sizeof(examples) / sizeof *(examples))
#define HEAD "<table>\n<thead>\n<tr>\n<th>a</th>\n</tr>\n</thead>\n"
#define ROW(text) "<tr>\n<td>" text "</td>\n</tr>\n"
#define BODY(rows) "<tbody>\n" rows "</tbody>\n</table>\n"

static void rows_end_where_the_forge_ends_them(void **state)
{
    (void)state;
    static const struct example examples[] = {
        {"> | a |\n> |---|\n> | b |\n| c |\n",
         "<blockquote>\n" HEAD BODY(ROW("b")) "</blockquote>\n<p>| c |</p>\n"},
        {"| a |\n|---|\n| b |\n    c\n", HEAD BODY(ROW("b")) "<pre><code>c\n</code></pre>\n"},
        {"| a |\n|---|\n| b |\n\tc\n", HEAD BODY(ROW("b")) "<pre><code>c\n</code></pre>\n"},
        {"| a |\n|---|\n   b\n", HEAD BODY(ROW("b"))},
        {"| a |\n|---|\n| b |\n<div>\n", HEAD BODY(ROW("b")) "<div>\n"},
        {"| a |\n|---|\n| b |\n<x-y>\n", HEAD BODY(ROW("b")) "<x-y>\n"},
        {"| a |\n|---|\n| b |\n===\n", HEAD BODY(ROW("b") ROW("==="))},
        {"| a |\n|---|\n| b |\n---\n", HEAD BODY(ROW("b")) "<hr />\n"},
        {"| a |\n|---|\n| b |\n|\n", HEAD BODY(ROW("b")) "<p>|</p>\n"},
        {"| a |\n|---|\n| b |\n2. c\n",
         HEAD BODY(ROW("b")) "<ol start=\"2\">\n<li>c</li>\n</ol>\n"},
        {"| a |\n|---|\n| b |\n-\n", HEAD BODY(ROW("b")) "<ul>\n<li></li>\n</ul>\n"},
        {"| a |\n|---|\n```\nx\n```\n", HEAD "</table>\n<pre><code>x\n</code></pre>\n"},
        {"- | a |\n  |---|\n  | b |\n\n  c\n",
         "<ul>\n<li>\n" HEAD BODY(ROW("b")) "<p>c</p>\n</li>\n</ul>\n"},
        {"text\n| a |\n|---|\n| b |\n", "<p>text</p>\n" HEAD BODY(ROW("b"))},
        {"a\n:-\n",
         "<table>\n<thead>\n<tr>\n<th align=\"left\">a</th>\n</tr>\n</thead>\n</table>\n"},
        {"```\n| a |\n|---|\n```\n", "<pre><code>| a |\n|---|\n</code></pre>\n"},
        {"| a |\n|---|\n| b |\n[r]: x\n", HEAD BODY(ROW("b") ROW("[r]: x"))},
    };
    CHECK(examples);
}

static void tables_may_be_indented(void **state)
{
    (void)state;
    static const struct example examples[] = {
        {" a |\n---|\n b\n", HEAD BODY(ROW("b"))},
        {"   | a |\n   |---|\n  | b |\n", HEAD BODY(ROW("b"))},
        {"x\n\n  | a |\n|---|\n\n | a |\n|---|\n",
         "<p>x</p>\n" HEAD "</table>\n" HEAD "</table>\n"},
        {"x\n  | a |\n   |---|\n", "<p>x</p>\n" HEAD "</table>\n"},
        {">   | a |\n> |---|\n", "<blockquote>\n" HEAD "</table>\n</blockquote>\n"},
        {"-   | a |\n    |---|\n", "<ul>\n<li>\n" HEAD "</table>\n</li>\n</ul>\n"},
        {"    | a |\n    |---|\n", "<pre><code>| a |\n|---|\n</code></pre>\n"},
    };
    CHECK(examples);
}

static void cells_hold_inlines_and_references(void **state)
{
    (void)state;
    static const struct example examples[] = {
        {"| a |\n|---|\n| [x][r] `\\|` \\| # |\n| ## |\n\n[r]: /u\n",
         HEAD BODY(ROW("<a href=\"/u\">x</a> <code>|</code> | #") ROW("##"))},
        {"| a |\n|---|\n| ~~b~~ *c* https://e.org |\n",
         HEAD BODY(ROW("<del>b</del> <em>c</em> <a href=\"https://e.org\">https://e.org</a>"))},
        {"| a |\n|---|\n| <!--table--> |\n\n<!--table-->\n",
         HEAD BODY(ROW("<!--table-->")) "<!--table-->\n"},
    };
    CHECK(examples);
}

static void escapes_are_not_what_they_escape(void **state)
{
    (void)state;
    static const struct example examples[] = {
        {"\\~~b~~ `\\~` \\\\~~c~~\n", "<p>~~b~~ <code>\\~</code> \\<del>c</del></p>\n"},
        {"\\[^1] [^1]\n\n[^1]: x\n",
         "<p>[^1] <sup class=\"footnote-ref\"><a href=\"#fn-1\" id=\"fnref-1\" "
         "data-footnote-ref>1</a></sup></p>\n<section class=\"footnotes\" data-footnotes>\n<ol>\n"
         "<li id=\"fn-1\">\n<p>x <a href=\"#fnref-1\" class=\"footnote-backref\" "
         "data-footnote-backref data-footnote-backref-idx=\"1\" aria-label=\"Back to reference "
         "1\">↩</a></p>\n</li>\n</ol>\n</section>\n"},
        {"http\\://e.org www\\.e.org a\\@e.org\n", "<p>http://e.org www.e.org a@e.org</p>\n"},
        {"[x](/a\\~b) ~~~~x~~~~ ~~~x~~~\n", "<p><a href=\"/a~b\">x</a> ~~~~x~~~~ ~~~x~~~</p>\n"},
        {"- \\[ ] x\n", "<ul>\n<li>[ ] x</li>\n</ul>\n"},
    };
    CHECK(examples);
}

static void strikethrough_pairs_like_with_like(void **state)
{
    (void)state;
    static const struct example examples[] = {
        {"~a~ ~~b~~ ~~c~\n", "<p><del>a</del> <del>b</del> ~~c~</p>\n"},
        {"~~ a ~~ b~~c~~d\n", "<p>~~ a ~~ b<del>c</del>d</p>\n"},
        {"~~*a* [b](c)~~ *~~d~~*\n",
         "<p><del><em>a</em> <a href=\"c\">b</a></del> <em><del>d</del></em></p>\n"},
        {"~~a ~b~ c~~\n", "<p><del>a <del>b</del> c</del></p>\n"},
    };
    CHECK(examples);
}

static void what_looks_like_a_footnote_elsewhere_stays_text(void **state)
{
    (void)state;
    static const struct example examples[] = {
        {"```\n[^1]: x\n```\n", "<pre><code>[^1]: x\n</code></pre>\n"},
        {"    [^1]: x\n", "<pre><code>[^1]: x\n</code></pre>\n"},
        {"[^1] [^-] `[^1]`\n", "<p>[^1] [^-] <code>[^1]</code></p>\n"},
        {"[^1]: word\n", ""},
        {"[a[^1]](u)\n\n[^1]: x\n", "<p><a href=\"u\">a[^1]</a></p>\n"},
    };
    CHECK(examples);
}

static void autolinks_end_where_the_sentence_goes_on(void **state)
{
    (void)state;
    static const struct example examples[] = {
        {"(https://e.org/a_(b)) \"https://e.org\", x\n",
         "<p>(<a href=\"https://e.org/a_(b)\">https://e.org/a_(b)</a>) &quot;<a "
         "href=\"https://e.org\">https://e.org</a>&quot;, x</p>\n"},
        {"**www.e.org** [www.e.org](x) `www.e.org` xwww.e.org\n",
         "<p><strong><a href=\"http://www.e.org\">www.e.org</a></strong> <a href=\"x\">www.e.org"
         "</a> <code>www.e.org</code> xwww.e.org</p>\n"},
        {"xmpp:a@b.co xmpp:a@b.co/c@d.e. xmpp:a@b.co/c/d xmpp:a@b.co/\n",
         "<p><a href=\"xmpp:a@b.co\">xmpp:a@b.co</a> <a href=\"xmpp:a@b.co/c@d.e\">"
         "xmpp:a@b.co/c@d.e</a>. <a href=\"xmpp:a@b.co/c\">xmpp:a@b.co/c</a>/d <a "
         "href=\"xmpp:a@b.co\">xmpp:a@b.co</a>/</p>\n"},
        {"mailto:a@b.co a@b a@b.c1\n",
         "<p><a href=\"mailto:a@b.co\">mailto:a@b.co</a> a@b a@b.c1</p>\n"},
    };
    CHECK(examples);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_specifications_examples_come_out_as_printed),
        cmocka_unit_test(rows_end_where_the_forge_ends_them),
        cmocka_unit_test(tables_may_be_indented),
        cmocka_unit_test(cells_hold_inlines_and_references),
        cmocka_unit_test(escapes_are_not_what_they_escape),
        cmocka_unit_test(strikethrough_pairs_like_with_like),
        cmocka_unit_test(what_looks_like_a_footnote_elsewhere_stays_text),
        cmocka_unit_test(autolinks_end_where_the_sentence_goes_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
