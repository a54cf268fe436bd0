/* site.yml, the folders of content/, the rules and the words of a language. */
#include "pages/properties.h"
#include "site/config.h"
#include "site/contents.h"
#include "site/rule_pages_internal.h"
#include "site/rules.h"
#include "site/words.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

struct bench {
    struct arena arena;
    struct diags diags;
    struct text text;
    struct config config;
    int status;
};

static int set_up(void **state)
{
    static struct bench bench;
    bench = (struct bench){.text = {.path = STR("content/site.yml")}};
    diags_init(&bench.diags, &bench.arena);
    *state = &bench;
    return 0;
}

static int tear_down(void **state)
{
    arena_release(&((struct bench *)*state)->arena);
    return 0;
}

static void read(struct bench *bench, const char *bytes)
{
    static const struct fs fs;
    const struct config_options options = {.fs = &fs};
    bench->text.bytes = str_from(bytes);
    bench->status =
        config_read(&bench->text, &options, &bench->arena, &bench->diags, &bench->config);
}

static bool equals(struct str text, const char *expected)
{
    return str_eq(text, str_from(expected));
}

static void two_lines_make_a_site(void **state)
{
    struct bench *bench = *state;
    read(bench, "title: The Guild\nurl: https://example.org/guild/\n");
    assert_int_equal(bench->status, 0);
    assert_int_equal(bench->diags.count, 0);
    assert_true(equals(bench->config.url, "https://example.org/guild"));
    assert_true(equals(bench->config.origin, "https://example.org"));
    assert_true(equals(bench->config.base_path, "/guild"));
    assert_int_equal(bench->config.language_count, 1);
    assert_int_equal(bench->config.paginate, 10);
}

static void the_default_language_stands_first(void **state)
{
    struct bench *bench = *state;
    read(bench, "title: T\nurl: https://e.org\nlanguage: fr\nlanguages: [en, fr]\n");
    assert_int_equal(bench->config.language_count, 2);
    assert_true(equals(bench->config.languages[0], "fr"));
}

static void mistakes_of_the_settings_are_all_told(void **state)
{
    struct bench *bench = *state;
    read(bench, "url: ftp://e.org\ntimezone: Europe/Londn\npaginate: 0\n"
                "rules: {dead-lnk: warning, yaml-syntax: off}\npermalinks: {articles: /x/}\n");
    assert_int_equal(bench->status, -1);
    /* no title, url, zone, paginate, two rules, permalink */
    assert_int_equal(diags_count(&bench->diags, SEVERITY_ERROR), 7);
    bool suggested = false;
    for (size_t i = 0; i < bench->diags.count; i++)
        suggested = suggested || str_has(bench->diags.items[i].hint, STR("Europe/London"));
    assert_true(suggested);
}

static void each_kind_has_its_own_html(void **state)
{
    struct bench *bench = *state;
    read(bench, "title: T\nurl: https://e.org\n"
                "html:\n  articles: {embeds: [maps.example], external_pictures: false}\n"
                "  members: {allow: [figures, pictures]}\n  comments: {allow: []}\n"
                "embeds: usual\n");
    const struct sanitise_policy *policies = bench->config.policies;
    assert_int_equal(bench->status, 0);
    assert_int_equal(policies[KIND_ARTICLE].groups, sanitise_article.groups);
    assert_false(policies[KIND_ARTICLE].external_pictures);
    assert_int_equal(policies[KIND_ARTICLE].embed_host_count, 1);
    assert_true(equals(policies[KIND_ARTICLE].embed_hosts[0], "maps.example"));
    assert_int_equal(policies[KIND_EVENT].embed_host_count, sanitise_embed_host_count);
    assert_true(policies[KIND_EVENT].external_pictures);
    assert_int_equal(policies[KIND_MEMBER].groups,
                     SANITISE_TEXT | SANITISE_FIGURES | SANITISE_PICTURES);
    assert_int_equal(policies[KIND_MEMBER].embed_host_count, 0);
    assert_int_equal(policies[KIND_COMMENT].groups, SANITISE_TEXT);
    assert_true(equals(policies[KIND_COMMENT].rel, "nofollow ugc noopener"));
}

static void mistakes_of_the_html_settings_have_their_places(void **state)
{
    struct bench *bench = *state;
    static const struct {
        const char *line;
        size_t column;
        const char *hint;
    } mistakes[] = {
        {"html: yes", 7, ""},
        {"html: {article: {allow: [tables]}}", 8, "'articles'"},
        {"html: {articles: {alow: [tables]}}", 19, "'allow'"},
        {"html: {articles: {allow: [tables, figurs]}}", 35, "'figures'"},
        {"html: {articles: {external_pictures: maybe}}", 38, ""},
        {"html: {articles: {embeds: [https://e.org/]}}", 28, "only the name"},
        {"html: {articles: none}", 18, ""},
        {"embeds: [player.vimeo.com/video]", 10, "only the name"},
    };
    for (size_t i = 0; i < sizeof mistakes / sizeof *mistakes; i++) {
        char bytes[200];
        diags_init(&bench->diags, &bench->arena);
        snprintf(bytes, sizeof bytes, "title: T\nurl: https://e.org\n%s\n", mistakes[i].line);
        read(bench, bytes);
        assert_int_equal(bench->status, -1);
        assert_int_equal(bench->diags.count, 1);
        const struct diag *diag = &bench->diags.items[0];
        struct text_position position = text_position(&bench->text, diag->span.start);
        assert_int_equal(position.line, 3);
        assert_int_equal(position.column, mistakes[i].column);
        if (!str_has(diag->hint, str_from(mistakes[i].hint)))
            fail_msg("%s: the hint is \"%.*s\"", mistakes[i].line, STR_ARG(diag->hint));
    }
}

static void rules_change_severities_but_not_those_of_fixed_ones(void **state)
{
    struct bench *bench = *state;
    read(bench, "title: T\nurl: https://e.org\nrules: {dead-link: warning, missing-file: off}\n");
    diag_error(&bench->diags, "dead-link", span_file(&bench->text), "one");
    diag_error(&bench->diags, "missing-file", span_file(&bench->text), "two");
    diag_error(&bench->diags, "missing-key", span_file(&bench->text), "three");
    rules_apply(&bench->config, &bench->diags);
    assert_int_equal(bench->diags.count, 2);
    assert_int_equal(bench->diags.items[0].severity, SEVERITY_WARNING);
    assert_int_equal(bench->diags.items[1].severity, SEVERITY_ERROR);
}

static void rules_are_sorted_and_found(void **state)
{
    size_t count;
    const struct rule *rules = rules_all(&count);
    (void)state;
    for (size_t i = 0; i < count; i++) {
        assert_true(i == 0 || strcmp(rules[i - 1].code, rules[i].code) < 0);
        assert_ptr_equal(rules_find(str_from(rules[i].code)), &rules[i]);
    }
}

/* Whoever adds a rule says why it is there, and shows it, in src/site/rule_pages_*.c. */
static void every_rule_has_a_whole_page(void **state)
{
    size_t count;
    const struct rule *rules = rules_all(&count);
    (void)state;
    for (size_t i = 0; i < count; i++) {
        const struct rule_page *page = rules_page(str_from(rules[i].code));
        if (!page)
            fail_msg("%s has no page in src/site/rule_pages_*.c", rules[i].code);
        if (strlen(rules[i].what) < 10 || strlen(rules[i].mend) < 10 || strlen(page->why) < 10 ||
            page->before[0] == '\0' || page->after[0] == '\0' ||
            strcmp(page->before, page->after) == 0)
            fail_msg("the page of %s lacks a part", rules[i].code);
    }
    assert_null(rules_page(STR("no-such-rule")));
}

static void every_page_has_its_rule(void **state)
{
    const struct {
        const struct rule_page *pages;
        size_t count;
    } tables[] = {{rule_pages_fields, rule_pages_fields_count},
                  {rule_pages_texts, rule_pages_texts_count},
                  {rule_pages_files, rule_pages_files_count},
                  {rule_pages_review, rule_pages_review_count}};
    (void)state;
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        for (size_t j = 0; j < tables[i].count; j++) {
            const char *code = tables[i].pages[j].code;
            if (!rules_find(str_from(code)))
                fail_msg("%s has a page and is no rule", code);
            if (j > 0 && strcmp(tables[i].pages[j - 1].code, code) >= 0)
                fail_msg("%s stands at the wrong place", code);
        }
    }
}

static void property_names_are_sorted_and_found(void **state)
{
    (void)state;
    assert_int_equal(property_number(STR("aliases")), PROPERTY_aliases);
    assert_int_equal(property_number(STR("title")), PROPERTY_title);
    assert_int_equal(property_number(STR("years")), PROPERTY_years);
    assert_int_equal(property_number(STR("titles")), PROPERTY_NONE);
    static const char *const names[] = {
#define NAME(name) #name,
        PROPERTIES(NAME)
#undef NAME
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        assert_int_equal(property_number(str_from(names[i])), i + 1);
}

static void paths_say_kind_language_and_stem(void **state)
{
    struct bench *bench = *state;
    read(bench, "title: T\nurl: https://e.org\nlanguages: [en, fr]\n");
    struct content_place place =
        content_place(&bench->config, STR("content/articles/2022/cop.fr.md"));
    assert_int_equal(place.role, CONTENT_RECORD);
    assert_int_equal(place.kind, KIND_ARTICLE);
    assert_true(equals(place.lang, "fr"));
    assert_true(equals(place.stem, "2022/cop"));
    place = content_place(&bench->config, STR("content/fr/members/jo/index.md"));
    assert_int_equal(place.kind, KIND_MEMBER);
    assert_true(place.is_index);
    assert_true(equals(place.stem, "jo"));
    place = content_place(&bench->config, STR("content/members/jo/photo.jpg"));
    assert_int_equal(place.role, CONTENT_ATTACHMENT);
    place = content_place(&bench->config, STR("content/articles/.draft.md"));
    assert_int_equal(place.role, CONTENT_HIDDEN);
    place = content_place(&bench->config, STR("content/de/articles/a.md"));
    assert_int_equal(place.role, CONTENT_STRAY);
    place = content_place(&bench->config, STR("content/articles/v1.2.md"));
    assert_true(equals(place.stem, "v1.2"));
}

static void dates_in_names_may_end_with_a_dash_or_an_underscore(void **state)
{
    struct str date, rest;
    (void)state;
    assert_true(content_name_date(STR("2017-05-30_gpu"), &date, &rest));
    assert_true(equals(date, "2017-05-30"));
    assert_true(equals(rest, "gpu"));
    assert_true(content_name_date(STR("2022-8-23-x"), &date, &rest));
    assert_false(content_name_date(STR("2022-ideas"), &date, &rest));
    assert_false(content_name_date(STR("20220701"), &date, &rest));
}

static void words_have_forms_by_number(void **state)
{
    struct bench *bench = *state;
    const struct text files[] = {
        {STR("content/i18n/fr.yml"),
         STR("comments: {one: \"%{count} commentaire\", other: \"%{count} commentaires\"}\n")},
        {STR("built-in"), STR("comments: x\nhome: Accueil\nformats: {long: \"%-d %B %Y\"}\n")},
    };
    const struct words *words = words_make(STR("fr"), files, 2, &bench->arena, &bench->diags);
    int64_t zero = 0;
    int64_t two = 2;
    assert_true(equals(words_find(words, STR("comments"), &zero, &bench->arena), "0 commentaire"));
    assert_true(equals(words_find(words, STR("comments"), &two, &bench->arena), "2 commentaires"));
    assert_true(equals(words_find(words, STR("home"), NULL, &bench->arena), "Accueil"));
    assert_true(equals(words_find(words, STR("nothing"), NULL, &bench->arena), ""));
    assert_true(equals(words_format(words, STR("long")), "%-d %B %Y"));
}

#define WITH_BENCH(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_BENCH(two_lines_make_a_site),
        WITH_BENCH(the_default_language_stands_first),
        WITH_BENCH(mistakes_of_the_settings_are_all_told),
        WITH_BENCH(each_kind_has_its_own_html),
        WITH_BENCH(mistakes_of_the_html_settings_have_their_places),
        WITH_BENCH(rules_change_severities_but_not_those_of_fixed_ones),
        cmocka_unit_test(rules_are_sorted_and_found),
        cmocka_unit_test(every_rule_has_a_whole_page),
        cmocka_unit_test(every_page_has_its_rule),
        cmocka_unit_test(property_names_are_sorted_and_found),
        WITH_BENCH(paths_say_kind_language_and_stem),
        cmocka_unit_test(dates_in_names_may_end_with_a_dash_or_an_underscore),
        WITH_BENCH(words_have_forms_by_number),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
