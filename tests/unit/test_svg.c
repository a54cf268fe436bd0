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
        cmocka_unit_test(depth_is_capped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
