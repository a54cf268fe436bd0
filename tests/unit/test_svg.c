/* Drawings from strangers: what comes out of them. */
#include "base/buf.h"
#include "lang/svg.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#define OPEN "<svg xmlns=\"http://www.w3.org/2000/svg\""

static void becomes(const char *given, const char *wanted)
{
    struct buf out = {0};
    struct buf again = {0};
    const char *why = svg_sanitise(str_from(given), &out);
    if (why)
        fail_msg("%s: refused: %s", given, why);
    buf_addc(&out, '\0');
    assert_string_equal(out.ptr, wanted);
    buf_truncate(&out, out.len - 1);
    assert_null(svg_sanitise(buf_str(&out), &again));
    assert_true(str_eq(buf_str(&out), buf_str(&again)));
    buf_release(&out);
    buf_release(&again);
}

static void refused(const char *given, const char *why)
{
    struct buf out = {0};
    const char *said = svg_sanitise(str_from(given), &out);
    assert_non_null(said);
    assert_string_equal(said, why);
    assert_int_equal(out.len, 0);
    buf_release(&out);
}

static void shapes_and_text_stay(void **state)
{
    (void)state;
    becomes("<?xml version=\"1.0\"?>\n<!-- drawn -->\n<svg xmlns=\"http://www.w3.org/2000/svg\" "
            "viewBox='0 0 9 9'><g fill=\"red\"><path d=\"M0 0L9 9\"/></g><text x='1'>a &lt; "
            "b<![CDATA[ & c]]></text></svg>\n",
            OPEN " viewBox=\"0 0 9 9\"><g fill=\"red\"><path d=\"M0 0L9 9\"/></g><text "
                 "x=\"1\">a &lt; b &amp; c</text></svg>\n");
}

static void scripts_and_all_in_them_go(void **state)
{
    (void)state;
    becomes("<svg onload='alert(1)'><script>alert(1)</script><style>@import 'x'</style>"
            "<foreignObject><p xmlns='http://www.w3.org/1999/xhtml'><b>x</b></p></foreignObject>"
            "<a href='javascript:alert(1)'><rect width='1'/></a><image href='https://e.example/'/>"
            "<animate attributeName='href' to='javascript:alert(1)'/><rect style='x' height='2' "
            "onclick='x'/></svg>",
            OPEN "><rect height=\"2\"/></svg>\n");
}

static void other_namespaces_go(void **state)
{
    (void)state;
    becomes("<svg xmlns:h='http://www.w3.org/1999/xhtml' xmlns='http://www.w3.org/1999/xhtml'>"
            "<h:script>alert(1)</h:script><sodipodi:namedview/><g xmlns='x'/></svg>",
            OPEN "><g/></svg>\n");
}

static void references_lead_to_the_drawing_itself(void **state)
{
    (void)state;
    becomes(
        "<svg><use xlink:href='#a'/><use href='#b' xlink:href='#a'/><use href='other.svg#a'/><use "
        "href='&#x64;ata:x'/>"
        "<rect fill='url(#g)'/><rect fill=\"url('https://e.example/')\"/><rect fill='u\\72l(x)'/>"
        "<rect fill='u&#114;l( x )'/><rect fill=' URL(\"#g\") x'/></svg>",
        OPEN "><use href=\"#a\"/><use href=\"#b\"/><use/><use/><rect "
             "fill=\"url(#g)\"/><rect/><rect/><rect/>"
             "<rect fill=\" URL(&quot;#g&quot;) x\"/></svg>\n");
}

static void what_is_no_xml_is_refused(void **state)
{
    static const char *const wrong = "its XML is not well-formed";
    (void)state;
    refused("<svg>", wrong);
    refused("<svg></g>", wrong);
    refused("<svg a=1/>", wrong);
    refused("<svg a='1' a='2'/>", wrong);
    refused("<svg>&x;</svg>", wrong);
    refused("<svg>&#0;</svg>", wrong);
    refused("<svg/><svg/>", wrong);
    refused("<svg><![CDATA[</svg>", wrong);
    refused("", wrong);
    refused("<html/>", "it does not begin with <svg>");
    refused("<!DOCTYPE svg [<!ENTITY a 'b'>]><svg/>", "it declares entities of its own");
    refused("<svg>\xFF</svg>", "its text is not UTF-8");
}

/* Each level names the next ten times: with `levels` there are as many zeros to what is drawn. */
static void nest(struct buf *out, const char *element, const char *reference, int levels)
{
    buf_clear(out);
    buf_adds(out, "<svg>");
    for (int i = 0; i < levels; i++) {
        buf_addf(out, "<%s id=\"a%d\">", element, i);
        for (int j = 0; j < 10; j++)
            buf_addf(out, reference, i + 1);
        buf_addf(out, "</%s>", element);
    }
    buf_addf(out, "<rect id=\"a%d\"/></svg>", levels);
}

static void parts_drawn_over_and_over_are_refused(void **state)
{
    static const char *const references[][2] = {{"g", "<use href=\"#a%d\"/>"},
                                                {"symbol", "<use xlink:href=\"#a%d\"/>"},
                                                {"pattern", "<rect fill=\" URL( '#a%d' ) red\"/>"},
                                                {"marker", "<path marker-end=\"url(#a%d)\"/>"},
                                                {"mask", "<rect mask=\"url(&#34;#a%d&#34;)\"/>"}};
    struct buf bomb = {0};
    struct buf out = {0};
    (void)state;
    for (size_t i = 0; i < sizeof references / sizeof *references; i++) {
        nest(&bomb, references[i][0], references[i][1], 3);
        assert_null(svg_sanitise(buf_str(&bomb), &out));
        nest(&bomb, references[i][0], references[i][1], 9);
        buf_clear(&out);
        assert_string_equal(svg_sanitise(buf_str(&bomb), &out),
                            "its parts are drawn too many times over");
        assert_int_equal(out.len, 0);
    }
    buf_release(&bomb);
    buf_release(&out);
    refused("<svg><g id='a'><use href='#b'/></g><g id='b'><use href='#a'/></g></svg>",
            "its parts refer to each other in a circle");
    refused("<svg id='a'><use href='#a'/></svg>", "its parts refer to each other in a circle");
    /* What browsers decode before they look for it. */
    becomes("<svg><g id='a b'/><use href='#%61'/><rect fill='url(#%61)' rx='50%'/></svg>",
            OPEN "><g/><use/><rect rx=\"50%\"/></svg>\n");
}

static void many_shapes_with_one_gradient_are_fine(void **state)
{
    struct buf drawing = {0};
    struct buf out = {0};
    (void)state;
    buf_adds(&drawing, "<svg><defs><linearGradient id='g'>");
    for (int i = 0; i < 20; i++)
        buf_adds(&drawing, "<stop offset='1'/>");
    buf_adds(&drawing,
             "</linearGradient><path id='m' d='M0 0'/></defs><g mask='url(#k)'><mask id='k'/>");
    for (int i = 0; i < 20000; i++)
        buf_adds(&drawing, "<use href='#m' fill='url(#g)'/>");
    buf_adds(&drawing, "</g></svg>");
    assert_null(svg_sanitise(buf_str(&drawing), &out));
    buf_release(&drawing);
    buf_release(&out);
}

static void depth_is_capped(void **state)
{
    struct buf deep = {0};
    struct buf out = {0};
    (void)state;
    buf_adds(&deep, "<svg>");
    for (int i = 0; i < 100000; i++)
        buf_adds(&deep, "<g>");
    assert_string_equal(svg_sanitise(buf_str(&deep), &out), "it has too many parts");
    buf_release(&deep);
    buf_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shapes_and_text_stay),
        cmocka_unit_test(scripts_and_all_in_them_go),
        cmocka_unit_test(other_namespaces_go),
        cmocka_unit_test(references_lead_to_the_drawing_itself),
        cmocka_unit_test(what_is_no_xml_is_refused),
        cmocka_unit_test(parts_drawn_over_and_over_are_refused),
        cmocka_unit_test(many_shapes_with_one_gradient_are_fine),
        cmocka_unit_test(depth_is_capped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
