/* Escaping by context: what a text value may do in each place of an HTML page. */
#include "liquid_support.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#define HOSTILE                                                                                    \
    "{\"x\": \"<b>&\\\"'\", \"js\": \"javascript:alert(1)\", \"u\": \"/a?b=1&c\", \"n\": 5}"

static const struct liquid_settings site = {.jekyll = true, .autoescape = true};
static const struct liquid_settings plain = {0};

static void gives(const char *source, const char *expected)
{
    liquid_gives(&site, source, HOSTILE, expected);
}

static void refuses(const char *source, const char *part)
{
    liquid_refuses(&site, source, HOSTILE, part);
}

static void text_is_escaped_in_text_and_attributes(void **state)
{
    (void)state;
    gives("<p>{{ x }}</p>", "<p>&lt;b&gt;&amp;&quot;&#39;</p>");
    gives("<p title=\"{{ x }}\">", "<p title=\"&lt;b&gt;&amp;&quot;&#39;\">");
    gives("<p title='a{{ x }}'>", "<p title='a&lt;b&gt;&amp;&quot;&#39;'>");
    gives("<!-- {{ x }} -->", "<!-- &lt;b&gt;&amp;&quot;&#39; -->");
    gives("<title>{{ x }}</title>", "<title>&lt;b&gt;&amp;&quot;&#39;</title>");
}

static void nothing_is_escaped_without_autoescape(void **state)
{
    (void)state;
    liquid_gives(&plain, "<p title={{ x }}>{{ x }}", HOSTILE, "<p title=<b>&\"'><b>&\"'");
}

static void escape_does_not_double(void **state)
{
    (void)state;
    gives("{{ x | escape }}", "&lt;b&gt;&amp;&quot;&#39;");
    gives("<p title=\"{{ x | escape }}\">", "<p title=\"&lt;b&gt;&amp;&quot;&#39;\">");
    gives("{{ x | xml_escape }}", "&lt;b&gt;&amp;&quot;&#39;");
    gives("{% capture c %}{{ x }}{% endcapture %}{{ c }}", "&lt;b&gt;&amp;&quot;&#39;");
}

static void literals_are_html_and_joining_escapes_the_text(void **state)
{
    (void)state;
    gives("{{ '<i>' }}", "<i>");
    gives("{{ x | append: '<br>' }}", "&lt;b&gt;&amp;&quot;&#39;<br>");
    gives("{{ '<i>' | append: x }}", "<i>&lt;b&gt;&amp;&quot;&#39;");
    gives("{{ x | append: 'plain' }}", "&lt;b&gt;&amp;&quot;&#39;plain");
    gives("{{ x | replace: '&', 'and' }}", "&lt;b&gt;and&quot;&#39;");
    gives("{{ x | newline_to_br }}", "&lt;b&gt;&amp;&quot;&#39;");
    gives("{{ x | split: '&' | join: '<hr>' }}", "&lt;b&gt;<hr>&quot;&#39;");
}

static void html_cannot_leave_an_attribute(void **state)
{
    (void)state;
    gives("{% capture c %}<a href=\"/\">{% endcapture %}<p title=\"{{ c }}\">",
          "<p title=\"&lt;a href=&quot;/&quot;&gt;\">");
}

static void raw_prints_as_it_is(void **state)
{
    (void)state;
    gives("{{ x | raw }}", "<b>&\"'");
    gives("<script>{{ x | raw }}</script>", "<script><b>&\"'</script>");
}

static void urls_are_checked_when_their_attribute_ends(void **state)
{
    (void)state;
    gives("<a href=\"{{ u }}\">", "<a href=\"/a?b=1&amp;c\">");
    gives("<a href=\"{{ js }}\">", "<a href=\"#\">");
    gives("<a href=\"{{ js | escape }}\">", "<a href=\"#\">");
    gives("<a href='java{{ 'script:x' | append: x }}'>", "<a href='#'>");
    gives("{% assign a = 'java' | append: '' %}<a href=\"{{ a }}{{ js | slice: 4, 20 }}\">",
          "<a href=\"#\">");
    gives("<a href=\"/tags/{{ js }}\">", "<a href=\"/tags/javascript:alert(1)\">");
    gives("<a href=\"{% if n %}/x/{% endif %}{{ js }}\">", "<a href=\"/x/javascript:alert(1)\">");
    gives("<a href=\"{% unless n %}/x/{% endunless %}{{ js }}\">", "<a href=\"#\">");
    gives("<form action=\"{{ js }}\">", "<form action=\"#\">");
    gives("<img srcset=\"{{ u }} 1x, {{ js }} 2x\">", "<img srcset=\"#\">");
    gives(
        "<meta property='og:image' content='{{ js }}'><meta name=\"x\" content=\"{{ js }}\">",
        "<meta property='og:image' content='#'><meta name=\"x\" content=\"javascript:alert(1)\">");
    gives("<use xlink:href=\"{{ js }}\">", "<use xlink:href=\"#\">");
    gives("<a href=\"{{ js | raw }}\">", "<a href=\"javascript:alert(1)\">");
}

static void dangerous_places_are_layout_errors(void **state)
{
    (void)state;
    refuses("<script>{{ x }}</script>", "in a script");
    refuses("<style>{{ x }}</style>", "in a style sheet");
    refuses("<p style=\"{{ x }}\">", "in a style attribute");
    refuses("<iframe srcdoc=\"{{ x }}\">", "srcdoc");
    refuses("<p onclick=\"{{ x }}\">", "event handler");
    refuses("<p class={{ x }}>", "without quotes");
    refuses("<p {{ x }}>", "between attributes");
    refuses("<p {{ x }}=\"1\">", "between attributes");
    refuses("<p a{{ x }}=\"1\">", "attribute's name");
    refuses("<{{ x }}>", "tag's name");
    refuses("<h{{ x }}>", "tag's name");
}

static void jsonify_and_numbers_may_stand_there(void **state)
{
    (void)state;
    gives("<script>var a = {{ x | jsonify }};</script>",
          "<script>var a = \"\\u003cb\\u003e\\u0026\\\"'\";</script>");
    gives("<p onclick=\"f({{ x | jsonify }})\">",
          "<p onclick=\"f(&quot;\\u003cb\\u003e\\u0026\\&quot;&#39;&quot;)\">");
    gives("<h{{ n | plus: 1 }} class=a>", "<h6 class=a>");
    gives("{% for i in (1..2) %}<p style=\"--i: {{ forloop.index }}\">{% endfor %}",
          "<p style=\"--i: 1\"><p style=\"--i: 2\">");
    gives("</script><p>{{ x | size }}", "</script><p>6");
}

static void branches_may_add_attributes(void **state)
{
    (void)state;
    gives("<a {% if n %}class=\"y\"{% endif %}>{{ x | size }}", "<a class=\"y\">6");
    gives("<a{% if n %} class=\"y\"{% endif %} id=\"z\">", "<a class=\"y\" id=\"z\">");
    gives("{% if n %}<a href=\"/\">{% endif %}t{% if n %}</a>{% endif %}", "<a href=\"/\">t</a>");
}

static void branches_that_end_in_different_places_are_an_error(void **state)
{
    (void)state;
    refuses("{% if n %}<a href=\"{% endif %}", "end in different places");
    refuses("{% if n %}<script>{% endif %}{{ x | jsonify }}", "end in different places");
    refuses("{% for i in (1..2) %}<p title=\"{% endfor %}", "end in different places");
    refuses("<p title=\"{{ x }}", "the template ends inside an attribute's quotes");
    refuses("{% capture c %}<a {% endcapture %}", "end in different places");
}

static void script_is_known_whatever_its_case_and_attributes(void **state)
{
    (void)state;
    refuses("<SCRIPT type=\"module\">{{ x }}</SCRIPT>", "in a script");
    gives("<script>a</ScRiPt >{{ x | size }}", "<script>a</ScRiPt >6");
    gives("<!-- <script> -->{{ x }}", "<!-- <script> -->&lt;b&gt;&amp;&quot;&#39;");
    gives("1 < 2 {{ x }}", "1 < 2 &lt;b&gt;&amp;&quot;&#39;");
}

static void partials_are_compiled_for_where_they_stand(void **state)
{
    (void)state;
    struct liquid_trial trial = {
        .settings = site,
        .partials = {"v.html", "{{ include.v }}", "tag.html", "{% include v.html v=include.v %}"}};
    liquid_try(&trial, "{% include v.html v=js %}<a href=\"{% include tag.html v=js %}\">",
               HOSTILE);
    assert_string_equal(trial.message, "'javascript:alert(1)' is no address that a page may link "
                                       "to; '#' stands in");
    assert_string_equal(trial.output, "javascript:alert(1)<a href=\"#\">");
    liquid_trial_end(&trial);
    struct liquid_trial script = {.settings = site, .partials = {"v.html", "{{ include.v }}"}};
    liquid_try(&script, "<script>{% include v.html v=x %}</script>", HOSTILE);
    assert_int_equal(script.status, -1);
    liquid_trial_end(&script);
}

static void links_and_ids_are_reported(void **state)
{
    (void)state;
    struct liquid_trial trial = {.settings = site};
    liquid_try(
        &trial,
        "<h2 id=\"a\" class=\"c\"><a href=\"/x?a&amp;b\">{{ n }}</a><img src='{{ u }}' alt=x>"
        "<p id=\"p{{ n }}\"><a href=/bare>{% if n %}<a href=\"/c#{{ n }}\">{% endif %}"
        "<meta property=\"og:image\" content=\"{{ u }}\"><meta name=\"og:title\" content=\"x\">",
        HOSTILE);
    assert_string_equal(
        trial.links, "id=a href=/x?a&b src=/a?b=1&c id=p5 href=/bare href=/c#5 content=/a?b=1&c ");
    liquid_trial_end(&trial);
}

static void other_languages_escape_by_their_own_rules(void **state)
{
    (void)state;
    static const struct {
        enum liquid_language language;
        const char *expected;
    } cases[] = {{LIQUID_XML, "&lt;b&gt;&amp;&quot;&#39;"},
                 {LIQUID_JSON, "\\u003cb\\u003e\\u0026\\\"'"},
                 {LIQUID_PLAIN, "<b>&\"'"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct liquid_trial trial = {.settings = site, .language = cases[i].language};
        liquid_try(&trial, "{{ x }}", HOSTILE);
        assert_string_equal(trial.output, cases[i].expected);
        liquid_trial_end(&trial);
    }
    struct liquid_trial ics = {.settings = site, .language = LIQUID_ICS};
    liquid_try(&ics, "SUMMARY:{{ s }}", "{\"s\": \"a,b;c\\\\d\\r\\ne\"}");
    assert_string_equal(ics.output, "SUMMARY:a\\,b\\;c\\\\d\\ne");
    liquid_trial_end(&ics);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_is_escaped_in_text_and_attributes),
        cmocka_unit_test(nothing_is_escaped_without_autoescape),
        cmocka_unit_test(escape_does_not_double),
        cmocka_unit_test(literals_are_html_and_joining_escapes_the_text),
        cmocka_unit_test(html_cannot_leave_an_attribute),
        cmocka_unit_test(raw_prints_as_it_is),
        cmocka_unit_test(urls_are_checked_when_their_attribute_ends),
        cmocka_unit_test(dangerous_places_are_layout_errors),
        cmocka_unit_test(jsonify_and_numbers_may_stand_there),
        cmocka_unit_test(branches_may_add_attributes),
        cmocka_unit_test(branches_that_end_in_different_places_are_an_error),
        cmocka_unit_test(script_is_known_whatever_its_case_and_attributes),
        cmocka_unit_test(partials_are_compiled_for_where_they_stand),
        cmocka_unit_test(links_and_ids_are_reported),
        cmocka_unit_test(other_languages_escape_by_their_own_rules),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
