/* No text value can change the shape of a page: for every place in which a layout may print one,
 * a browser's parser must see the same elements and attributes with a hostile value as with a
 * harmless one, and no address that runs a script. */
#include "liquid_support.h"

#include "base/html.h"

#include <gumbo.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static const char *const places[] = {
    "<p>{{ v }}</p>",
    "<p title=\"{{ v }}\">a</p>",
    "<p title='{{ v }}'>a</p>",
    "<p title=\"a{{ v }}b\" class='{{ v }}'>a</p>",
    "<a href=\"{{ v }}\">a</a>",
    "<a href='{{ v }}'>{{ v }}</a>",
    "<a href=\"/x/{{ v }}\">a</a>",
    "<a href=\"{{ v }}{{ v }}\">a</a>",
    "<a href=\"{% if n %}{{ v }}{% else %}/y{% endif %}\">a</a>",
    "<img src=\"{{ v }}\" srcset=\"{{ v }} 1x, {{ v }} 2x\" alt=\"{{ v }}\">",
    "<form action=\"{{ v }}\"><button formaction=\"{{ v }}\">{{ v }}</button></form>",
    "<title>{{ v }}</title><textarea>{{ v }}</textarea>",
    "<!-- {{ v }} --><b>b</b>",
    "<script>var a = {{ v | jsonify }};</script><i>i</i>",
    "<script type=\"application/ld+json\">{\"a\": {{ v | jsonify }}}</script>",
    "<p onclick=\"f({{ v | jsonify }})\">a</p>",
    "<p data-json=\"{{ v | jsonify }}\">a</p>",
    "<p>{{ v | escape }}{{ v | xml_escape }}{{ v | escape_once }}</p>",
    "<p title=\"{{ v | escape }}\">{{ v | upcase | append: '<br>' }}</p>",
    "<p>{{ '<i>' | append: v }}{{ v | prepend: '</i>' }}</p>",
    "<p>{{ v | split: '' | join: '<wbr>' | size }}{{ v | strip_newlines | newline_to_br | strip "
    "}}</p>",
    "<p>{{ v | strip_html }}{{ v | url_decode }}{{ v | truncate: 9 }}{{ v | inspect }}</p>",
    "{% capture c %}<b title=\"{{ v }}\">{{ v }}</b>{% endcapture %}{{ c }}<p title=\"{{ c }}\">a",
    "{% assign c = v | replace: 'a', '<b>' | size %}{{ c }}{% cycle v, v %}<p>{{ l }}{{ m }}</p>",
    "<p>{% for x in l %}<a id=\"{{ x }}\" href=\"#{{ x }}\">{{ x }}</a>{% endfor %}</p>",
    "<p>{{ v | replace: 'x', '<u>' | remove: '<u>' }}{{ m | jsonify }}{{ l | join: ', ' }}</p>",
    "{% include p.html v=v %}<a href=\"{% include p.html v=v %}\" title='{% include p.html v=v "
    "%}'>",
    "<p>{{ v | slice: 0, 5 }}{{ v | first }}{{ v | array_to_sentence_string }}{{ v | smartify "
    "}}</p>",
};

static const char *const values[] = {
    "<script>alert(1)</script>",
    "\\\"><script>alert(1)</script>",
    "' onmouseover='alert(1)",
    "\\\" onmouseover=\\\"alert(1)",
    "javascript:alert(1)",
    " JaVaScRiPt:alert(1)",
    "\\u0001javascript:alert(1)",
    "java\\tscript:alert(1)",
    "java\\nscript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:x",
    "--><img src=x onerror=alert(1)>",
    "--!><svg onload=alert(1)>",
    "</script><script>alert(1)</script>",
    "</title></textarea><script>alert(1)</script>",
    "&#106;avascript:alert(1)",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "javascript&colon;alert(1)",
    "%3Cscript%3Ealert(1)%3C/script%3E",
    "`${alert(1)}`",
    "\\u2028alert(1)//",
    "]]><img src=x>",
    "x, javascript:alert(1) 2x",
    "//evil.example",
    "\\\\\\\\evil",
    "<",
    "&",
    "{{ 1 }}{% raw %}",
};

static bool is_url(const char *name)
{
    static const char *const urls[] = {"href", "src", "action", "formaction"};
    for (size_t i = 0; i < sizeof urls / sizeof *urls; i++)
        if (strcmp(name, urls[i]) == 0)
            return true;
    return false;
}

static void add_shape(const GumboNode *node, struct buf *out)
{
    const GumboVector *children = NULL;
    if (node->type == GUMBO_NODE_DOCUMENT) {
        children = &node->v.document.children;
    } else if (node->type == GUMBO_NODE_ELEMENT) {
        children = &node->v.element.children;
        buf_addf(out, "<%d", (int)node->v.element.tag);
        const GumboVector *attributes = &node->v.element.attributes;
        for (unsigned i = 0; i < attributes->length; i++) {
            const GumboAttribute *attribute = attributes->data[i];
            buf_addf(out, " %s", attribute->name);
            if (is_url(attribute->name))
                assert_true(url_is_safe(str_from(attribute->value)));
        }
        buf_addc(out, '>');
    }
    for (unsigned i = 0; children != NULL && i < children->length; i++)
        add_shape(children->data[i], out);
    if (node->type == GUMBO_NODE_ELEMENT)
        buf_addc(out, '/');
}

static struct buf shape(const char *place, const char *value)
{
    struct liquid_trial trial = {.settings = {.jekyll = true, .autoescape = true},
                                 .partials = {"p.html", "{{ include.v }}"}};
    char json[512];
    snprintf(json, sizeof json,
             "{\"v\": \"%s\", \"l\": [\"%s\", \"b\"], \"m\": {\"%s\": \"%s\"}, \"n\": 1}", value,
             value, value, value);
    liquid_try(&trial, place, json);
    if (trial.status != 0)
        print_message("%s with %s: %s\n", place, value, trial.message);
    assert_int_equal(trial.status, 0);
    GumboOutput *parsed = gumbo_parse(trial.output);
    struct buf out = {0};
    add_shape(parsed->document, &out);
    gumbo_destroy_output(&kGumboDefaultOptions, parsed);
    liquid_trial_end(&trial);
    return out;
}

static void no_value_changes_the_shape_of_a_page(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        struct buf harmless = shape(places[i], "harmless");
        for (size_t j = 0; j < sizeof values / sizeof *values; j++) {
            struct buf hostile = shape(places[i], values[j]);
            if (!str_eq(buf_str(&hostile), buf_str(&harmless)))
                print_message("%s with %s\n", places[i], values[j]);
            assert_string_equal(hostile.ptr, harmless.ptr);
            buf_release(&hostile);
        }
        buf_release(&harmless);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(no_value_changes_the_shape_of_a_page)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
