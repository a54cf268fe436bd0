/* Jekyll's layer: its include, its filters, and what it tolerates. */
#include "liquid_support.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#define DATA                                                                                       \
    "{\"m\": [{\"name\": \"Jo\", \"year\": 2020, \"tags\": [\"a\", \"b\"], \"end-date\": \"x\"},"  \
    "{\"name\": \"Al\", \"year\": 2022, \"tags\": [\"b\"]}, {\"name\": \"Bo\", \"year\": null}],"  \
    "\"deep\": [{\"p\": {\"q\": 2}}, {\"p\": {\"q\": 1}}], \"l\": [1, 2, 3, 4], \"s\": \"text\"}"

static const struct liquid_settings jekyll = {.jekyll = true};

static void gives(const char *source, const char *expected)
{
    liquid_gives(&jekyll, source, DATA, expected);
}

static void partial_gives(const char *source, const char *partial, const char *expected)
{
    struct liquid_trial trial = {.settings = jekyll,
                                 .partials = {"a.html", partial, "d/b.html", "B"}};
    liquid_try(&trial, source, DATA);
    if (trial.status != 0)
        print_message("%s: %s\n", source, trial.message);
    assert_string_equal(trial.output, expected);
    liquid_trial_end(&trial);
}

static void include_takes_parameters(void **state)
{
    (void)state;
    partial_gives("{% include a.html k=\"v w\" n=s num=3 %}",
                  "{{ include.k }},{{ include.n }},{{ include.num }}", "v w,text,3");
    partial_gives("{% include a.html k=m[0].name %}", "{{ include.k }}", "Jo");
    partial_gives("{% include a.html %}|{{ include.k }}", "{{ include.k }}", "|");
    partial_gives("{% include a.html k='x' %}{{ include.k }}", "{% assign z = include.k %}{{ z }}",
                  "x");
    partial_gives("{% for i in l %}{% include a.html k=i %}{% endfor %}",
                  "{{ include.k }}{% if include.k == 2 %}{% break %}{% endif %}", "12");
}

static void include_names_may_be_computed(void **state)
{
    (void)state;
    partial_gives("{% assign n = 'b' %}{% include d/{{ n }}.html %}", "", "B");
    partial_gives("{% assign n = 'd/b.html' %}{% include {{ n }} %}", "", "B");
}

static void where_compares_as_text_and_looks_into_lists(void **state)
{
    (void)state;
    gives("{{ m | where: 'year', '2020' | map: 'name' | join }}", "Jo");
    gives("{{ m | where: 'tags', 'b' | map: 'name' | join }}", "Jo Al");
    gives("{{ m | where: 'year', nil | map: 'name' | join }}", "Bo");
    gives("{% assign f = m | find: 'name', 'Al' %}{{ f.year }}", "2022");
    gives("{% assign f = deep | where: 'p.q', 1 | first %}{{ f.p.q }}", "1");
}

static void expressions_filter_find_and_group(void **state)
{
    (void)state;
    gives(
        "{{ m | where_exp: 'i', 'i.year > 2019 and i.tags contains \"a\"' | map: 'name' | join }}",
        "Jo");
    gives("{% assign f = m | find_exp: 'i', 'i.year == 2022' %}{{ f.name }}", "Al");
    gives("{% assign g = l | group_by_exp: 'i', 'i | modulo: 2' %}"
          "{% for x in g %}{{ x.name }}:{{ x.items | join: '+' }}({{ x.size }}) {% endfor %}",
          "1:1+3(2) 0:2+4(2) ");
    gives("{% assign g = m | group_by: 'year' %}{% for x in g %}[{{ x.name }}]{% endfor %}",
          "[2020][2022][]");
    liquid_refuses(&jekyll, "{{ m | where_exp: s, 'i' }}", DATA, "in quotes");
}

static void sort_puts_nils_where_it_is_told(void **state)
{
    (void)state;
    gives("{{ m | sort: 'year' | map: 'name' | join }}", "Bo Jo Al");
    gives("{{ m | sort: 'year', 'last' | map: 'name' | join }}", "Jo Al Bo");
    gives("{% assign d = deep | sort: 'p.q' %}{{ d[0].p.q }}", "1");
}

static void slugify_has_modes(void **state)
{
    (void)state;
    gives("{{ 'The _cönfig.yml file!' | slugify }}", "the-cönfig-yml-file");
    gives("{{ 'The _cönfig.yml file' | slugify: 'pretty' }}", "the-_cönfig.yml-file");
    gives("{{ 'The _cönfig.yml file' | slugify: 'ascii' }}", "the-c-nfig-yml-file");
    gives("{{ 'The cönfig file' | slugify: 'latin' }}", "the-config-file");
    gives("{{ 'a  B_c' | slugify: 'raw' }}", "a-b_c");
    gives("{{ 'A b' | slugify: 'none' }}", "A b");
}

static void dates_have_their_forms(void **state)
{
    (void)state;
    gives("{{ '2022-07-01' | date_to_string }}", "01 Jul 2022");
    gives("{{ '2022-07-01' | date_to_string: 'ordinal', 'US' }}", "Jul 1st, 2022");
    gives("{{ '2022-07-12' | date_to_long_string: 'ordinal' }}", "12th July 2022");
    gives("{{ '2022-07-01 09:00 +01:00' | date_to_xmlschema }}", "2022-07-01T09:00:00+01:00");
    gives("{{ '2022-07-01' | date_to_rfc822 }}", "Fri, 01 Jul 2022 00:00:00 +0000");
}

static void lists_are_changed_as_copies(void **state)
{
    (void)state;
    gives("{{ l | push: 5 | join }} {{ l | pop | join }} {{ l | shift: 2 | join }} "
          "{{ l | unshift: 0 | join }} {{ l | join }}",
          "1 2 3 4 5 1 2 3 3 4 0 1 2 3 4 1 2 3 4");
    gives("{{ 'a,b,c' | split: ',' | array_to_sentence_string }}", "a, b, and c");
    gives("{{ 'a,b' | split: ',' | array_to_sentence_string: 'or' }}", "a or b");
}

static void sample_is_the_same_each_time(void **state)
{
    (void)state;
    gives("{% assign a = l | sample: 2 | join %}{% assign b = l | sample: 2 | join %}"
          "{% if a == b %}same {% endif %}{{ l | sample: 9 | sort | join }}",
          "same 1 2 3 4");
}

static void text_filters(void **state)
{
    (void)state;
    gives("{{ m[0] | jsonify }}",
          "{\"name\":\"Jo\",\"year\":2020,\"tags\":[\"a\",\"b\"],\"end-date\":\"x\"}");
    gives("{{ m[1].tags | inspect }}", "[\"b\"]");
    gives("{{ 'a b&c' | cgi_escape }} {{ 'http://x/a b?é' | uri_escape }}",
          "a+b%26c http://x/a%20b?%C3%A9");
    gives("{{ '  a \n b ' | normalize_whitespace }}|{{ 'one two  three' | number_of_words }}",
          "a b|3");
    gives("{{ '<a&b>' | xml_escape }}", "&lt;a&amp;b&gt;");
    gives("{{ '\"It is\" -- don\\'t...' | smartify }}", "“It is” – don\\");
    gives("{{ \"Don't -- so...\" | smartify }}", "Don’t – so…");
}

static void what_jekyll_tolerates(void **state)
{
    (void)state;
    gives("{% assign x = (l | reverse) %}{{ x | join }}", "4 3 2 1");
    gives("{{ m[0].end-date }} {{ m[0]['end-date'] }}", "x x");
    gives("{% for c in s %}[{{ c }}]{% endfor %}", "[text]");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(include_takes_parameters),
        cmocka_unit_test(include_names_may_be_computed),
        cmocka_unit_test(where_compares_as_text_and_looks_into_lists),
        cmocka_unit_test(expressions_filter_find_and_group),
        cmocka_unit_test(sort_puts_nils_where_it_is_told),
        cmocka_unit_test(slugify_has_modes),
        cmocka_unit_test(dates_have_their_forms),
        cmocka_unit_test(lists_are_changed_as_copies),
        cmocka_unit_test(sample_is_the_same_each_time),
        cmocka_unit_test(text_filters),
        cmocka_unit_test(what_jekyll_tolerates),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
