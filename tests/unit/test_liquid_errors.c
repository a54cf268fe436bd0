/* What a layout's author is told, and the limits. */
#include "liquid_support.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static const struct liquid_settings plain = {0};
static const struct liquid_settings strict = {.strict = true};
static const struct liquid_settings site = {.jekyll = true, .autoescape = true};

static void an_error_names_its_place(void **state)
{
    (void)state;
    struct liquid_trial trial = {.settings = site};
    liquid_try(&trial, "<p>\n  {{ x | upcse }}", NULL);
    assert_string_equal(trial.message, "there is no filter 'upcse'");
    assert_string_equal(trial.hint, "did you mean 'upcase'?");
    assert_int_equal(trial.at.line, 2);
    assert_int_equal(trial.at.column, 10);
    liquid_trial_end(&trial);
}

static void all_mistakes_of_a_template_are_reported(void **state)
{
    (void)state;
    struct liquid_trial trial = {.settings = site};
    liquid_try(&trial, "{{ a | b }}{% iff x %}{% endiff %}{{ c | d }}{{ e", NULL);
    assert_int_equal(trial.diags.count, 5);
    liquid_trial_end(&trial);
}

static void misspelt_tags_and_partials_get_a_suggestion(void **state)
{
    (void)state;
    struct liquid_trial trial = {.settings = site, .partials = {"card.html", "x"}};
    liquid_try(&trial, "{% include crad.html %}", NULL);
    assert_string_equal(trial.message, "there is no partial 'crad.html'");
    assert_string_equal(trial.hint, "did you mean 'card.html'?");
    liquid_trial_end(&trial);
    struct liquid_trial tag = {.settings = plain};
    liquid_try(&tag, "{% asign a = 1 %}", NULL);
    assert_string_equal(tag.hint, "did you mean 'assign'?");
    liquid_trial_end(&tag);
}

static void the_chain_of_includes_is_told(void **state)
{
    (void)state;
    struct liquid_trial trial = {
        .settings = site,
        .subject = "articles/cop.md",
        .partials = {"a.html", "{% include b.html %}", "b.html", "\n{{ 1 | divided_by: 0 }}"}};
    liquid_try(&trial, "x\n {% include a.html %}", NULL);
    assert_string_equal(trial.message, "a number cannot be divided by 0");
    assert_string_equal(trial.hint,
                        "included from a.html:1:1; included from layouts/test.html:2:2; "
                        "while making articles/cop.md");
    assert_int_equal(trial.at.line, 2);
    liquid_trial_end(&trial);
    struct liquid_trial compile = {.settings = site, .partials = {"a.html", "{{ x | nope }}"}};
    liquid_try(&compile, "{% include a.html %}", NULL);
    assert_string_equal(compile.hint, "included from layouts/test.html:1:1");
    liquid_trial_end(&compile);
}

static void blocks_that_never_end_say_so(void **state)
{
    (void)state;
    liquid_refuses(&plain, "{% if a %}", NULL, "never closed");
    liquid_refuses(&plain, "{% for a in b %}{% endif %}", NULL, "does not belong here");
    liquid_refuses(&plain, "{% raw %}", NULL, "never closed");
    liquid_refuses(&plain, "{% comment %}", NULL, "never closed");
    liquid_refuses(&plain, "{{ a", NULL, "not closed");
    liquid_refuses(&plain, "{% a", NULL, "not closed");
    liquid_refuses(&plain, "{% %}", NULL, "name is missing");
}

static void strict_refuses_what_lax_tolerates(void **state)
{
    (void)state;
    liquid_gives(&plain, "{{ 'a' ! }}{{ 'x' | nosuch }}{{ gone }}", NULL, "ax");
    liquid_refuses(&strict, "{{ 'a' ! }}", NULL, "was expected");
    liquid_refuses(&strict, "{{ 'x' | nosuch }}", NULL, "no filter");
    liquid_refuses(&strict, "{{ titel }}", "{\"title\": 1}", "did you mean 'title'?");
    liquid_refuses(&strict, "{{ a.b }}", "{\"a\": {\"c\": 1}}", "'a' has no 'b'");
    liquid_gives(&strict, "{{ gone | default: 'x' }}{% if gone %}{% endif %}", NULL, "x");
}

static void limits_end_a_rendering_with_a_message(void **state)
{
    (void)state;
    struct liquid_settings small = {.limits = {.iterations = 100,
                                               .output_bytes = 1000,
                                               .scratch_bytes = 10000,
                                               .template_bytes = 5000,
                                               .depth = 5}};
    liquid_refuses(&small, "{% for i in (1..101) %}{% endfor %}", NULL, "more than 100 times");
    liquid_refuses(&small, "{% for i in (1..90) %}0123456789ab{{ i }}{% endfor %}", NULL,
                   "larger than 1000 bytes");
    liquid_refuses(&small,
                   "{% assign a = '0123456789' %}{% for i in (1..50) %}{% assign a = a | append: a "
                   "%}{% endfor %}",
                   NULL, "more than 10000 bytes");
    liquid_refuses(&small, "{{ (1..9999999999) | join }}", NULL, "more than 10000 bytes");
    struct liquid_trial deep = {.settings = small, .partials = {"a", "{% include 'a' %}"}};
    liquid_try(&deep, "{% include 'a' %}", NULL);
    assert_string_equal(deep.message, "more than 5 partials stand within each other");
    liquid_trial_end(&deep);
}

static void recursion_ends_when_the_partial_says_so(void **state)
{
    (void)state;
    struct liquid_trial trial = {.settings = site,
                                 .partials = {"t.html",
                                              "<li>{{ include.c.n }}{% for r in include.c.r %}"
                                              "{% include t.html c=r %}{% endfor %}</li>"}};
    liquid_try(&trial, "{% include t.html c=c %}",
               "{\"c\": {\"n\": 1, \"r\": [{\"n\": 2, \"r\": [{\"n\": 3}]}, {\"n\": 4}]}}");
    assert_string_equal(trial.output, "<li>1<li>2<li>3</li></li><li>4</li></li>");
    liquid_trial_end(&trial);
}

static void deep_nesting_is_an_error_and_no_crash(void **state)
{
    (void)state;
    struct buf text = {0};
    for (int i = 0; i < 5000; i++)
        buf_adds(&text, "{% if a %}");
    liquid_refuses(&plain, text.ptr, NULL, "within each other");
    buf_clear(&text);
    buf_adds(&text, "{{ ");
    for (int i = 0; i < 5000; i++)
        buf_adds(&text, "[");
    buf_adds(&text, " }}");
    liquid_refuses(&strict, text.ptr, NULL, "50 brackets");
    buf_release(&text);
}

static void braces_that_never_close_cost_no_more_than_their_length(void **state)
{
    (void)state;
    struct buf text = {0};
    for (int i = 0; i < 200000; i++)
        buf_adds(&text, i % 2 == 0 ? "{{ a" : "{% b");
    liquid_refuses(&plain, text.ptr, NULL, "not closed");
    buf_release(&text);
}

static void numbers_grow_and_then_stop(void **state)
{
    (void)state;
    liquid_gives(&plain,
                 "{{ 9223372036854775807 | plus: 1 }} {{ -9223372036854775807 | minus: 2 }}", NULL,
                 "9223372036854775808 -9223372036854775809");
    liquid_gives(&plain, "{{ 99999999999 | times: 99999999999 | modulo: 1000007 }}", NULL,
                 "970022");
    liquid_refuses(&plain,
                   "{% assign a = 99999999999 %}{% for i in (1..20) %}{% assign a = a | times: a "
                   "%}{% endfor %}",
                   NULL, "digits");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_error_names_its_place),
        cmocka_unit_test(all_mistakes_of_a_template_are_reported),
        cmocka_unit_test(misspelt_tags_and_partials_get_a_suggestion),
        cmocka_unit_test(the_chain_of_includes_is_told),
        cmocka_unit_test(blocks_that_never_end_say_so),
        cmocka_unit_test(strict_refuses_what_lax_tolerates),
        cmocka_unit_test(limits_end_a_rendering_with_a_message),
        cmocka_unit_test(recursion_ends_when_the_partial_says_so),
        cmocka_unit_test(deep_nesting_is_an_error_and_no_crash),
        cmocka_unit_test(braces_that_never_close_cost_no_more_than_their_length),
        cmocka_unit_test(numbers_grow_and_then_stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
