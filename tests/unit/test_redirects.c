/* Redirect files: what servers read, and what strangers cannot put into them. */
#include "pages/redirects.h"
#include "plan_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* A plan with nothing but aliases of one entry at /articles/new/. */
struct fixture {
    struct site site;
    struct alias aliases[8];
    struct plan plan;
    struct buf out;
};

static int set_up(void **state)
{
    static struct fixture fixture;
    fixture = (struct fixture){0};
    fixture.plan.site = &fixture.site;
    fixture.plan.aliases = fixture.aliases;
    *state = &fixture;
    return 0;
}

static int tear_down(void **state)
{
    buf_release(&((struct fixture *)*state)->out);
    return 0;
}

static void add(struct fixture *fixture, const char *alias)
{
    fixture->aliases[fixture->plan.alias_count++] =
        (struct alias){.url = str_from(alias), .to = STR("/articles/new/")};
}

static const char *write(struct fixture *fixture, enum output_kind kind)
{
    const struct output output = {.kind = kind};
    buf_clear(&fixture->out);
    buf_adds(&fixture->out, "");
    redirects_write(&fixture->plan, &output, &fixture->out);
    return fixture->out.ptr;
}

static size_t lines(const char *text)
{
    size_t count = 0;
    for (; *text; text++)
        count += *text == '\n';
    return count;
}

static void an_alias_leads_to_its_page_in_all_three_files(void **state)
{
    struct fixture *fixture = *state;
    add(fixture, "/blog/old/");
    assert_string_equal(write(fixture, OUTPUT_REDIRECTS), "/blog/old/ /articles/new/ 301\n");
    assert_non_null(strstr(write(fixture, OUTPUT_NGINX),
                           "map $uri $copse_redirect {\n    default \"\";\n"
                           "    \"/blog/old\" \"/articles/new/\";\n"
                           "    \"/blog/old/\" \"/articles/new/\";\n}\n"));
    assert_non_null(strstr(write(fixture, OUTPUT_APACHE),
                           "\nRedirectMatch 301 \"^/blog/old/?$\" \"/articles/new/\"\n"));
}

static void the_base_path_stands_in_front_of_both(void **state)
{
    struct fixture *fixture = *state;
    fixture->site.config.base_path = STR("/guild");
    add(fixture, "/old.html");
    assert_string_equal(write(fixture, OUTPUT_REDIRECTS),
                        "/guild/old.html /guild/articles/new/ 301\n");
    assert_non_null(strstr(write(fixture, OUTPUT_APACHE),
                           "\"^/guild/old[.]html$\" \"/guild/articles/new/\"\n"));
}

/* The plan refuses most of these already. */
static void nothing_in_an_alias_ends_a_line_a_string_or_a_pattern(void **state)
{
    struct fixture *fixture = *state;
    add(fixture, "/a\n/evil/ https://evil.example 301");
    add(fixture, "/a\";return 301 https://evil.example;#");
    add(fixture, "/a$host${x}\\");
    add(fixture, "/a%22;%0A%5C%00");
    add(fixture, "/a.*|(.*)[x]^?");
    const char *text = write(fixture, OUTPUT_REDIRECTS);
    assert_int_equal(lines(text), 5);
    assert_null(strchr(text, '"'));
    assert_null(strchr(text, '*'));
    assert_null(strchr(text, ':'));
    assert_non_null(
        strstr(text, "/a%0A/evil/%20https%3A//evil.example%20301 /articles/new/ 301\n"));
    text = write(fixture, OUTPUT_NGINX);
    assert_null(strstr(text, "\"/a"));
    text = write(fixture, OUTPUT_APACHE);
    assert_int_equal(lines(text), 1);
}

static void servers_that_compare_decoded_addresses_get_decoded_ones(void **state)
{
    struct fixture *fixture = *state;
    add(fixture, "/caf%C3%A9%20bar/");
    assert_string_equal(write(fixture, OUTPUT_REDIRECTS), "/caf%C3%A9%20bar/ /articles/new/ 301\n");
    assert_non_null(strstr(write(fixture, OUTPUT_NGINX), "\"/café bar/\" \"/articles/new/\";"));
    assert_non_null(strstr(write(fixture, OUTPUT_APACHE), "\"^/café bar/?$\""));
}

static void nginx_never_gets_one_address_twice(void **state)
{
    struct fixture *fixture = *state;
    add(fixture, "/a.html");
    add(fixture, "/a.html/");
    add(fixture, "/%41.html");
    const char *text = write(fixture, OUTPUT_NGINX);
    assert_int_equal(lines(text), 3 + 2 + 2 + 1 + 3);
}

static void nginx_is_told_of_keys_that_need_larger_buckets(void **state)
{
    struct fixture *fixture = *state;
    add(fixture, "/short/");
    assert_null(strstr(write(fixture, OUTPUT_NGINX), "map_hash_bucket_size"));
    add(fixture, "/an/alias/that/is/rather/long/for/the/usual/buckets/");
    assert_non_null(strstr(write(fixture, OUTPUT_NGINX), "map_hash_bucket_size 128;"));
}

static void pages_of_removed_members_are_gone_in_every_language(void **state)
{
    struct fixture *fixture = *state;
    const struct edition editions[] = {{.lang = STR_INIT("en")},
                                       {.lang = STR_INIT("fr"), .prefix = STR_INIT("/fr")}};
    const struct str removed[] = {STR_INIT("jo"), STR_INIT("a\"b\nc")};
    fixture->site.editions = editions;
    fixture->site.edition_count = 2;
    fixture->site.removed = removed;
    fixture->site.removed_count = 2;
    fixture->site.config.permalinks[PERMALINK_MEMBER] = STR("/members/:slug/");
    assert_string_equal(write(fixture, OUTPUT_REDIRECTS),
                        "/members/jo/ /404.html 410\n/members/a%22b%0Ac/ /404.html 410\n"
                        "/fr/members/jo/ /404.html 410\n/fr/members/a%22b%0Ac/ /404.html 410\n");
    assert_non_null(strstr(write(fixture, OUTPUT_NGINX),
                           "map $uri $copse_gone {\n    default 0;\n    \"/members/jo\" 1;\n"
                           "    \"/members/jo/\" 1;\n    \"/fr/members/jo\" 1;\n"
                           "    \"/fr/members/jo/\" 1;\n}\n"));
    assert_non_null(strstr(write(fixture, OUTPUT_APACHE),
                           "\nRedirectMatch 410 \"^/members/jo/?$\"\n"
                           "RedirectMatch 410 \"^/fr/members/jo/?$\"\n"));
}

static void an_alias_with_encoded_letters_is_published_where_servers_look(void **state)
{
    void *site;
    (void)state;
    plan_fixture_setup(&site);
    plan_fixture_make(site, "",
                      "put pages/a.md <<'E'\n---\ntitle: A\naliases: [/caf%C3%A9%20x]\n---\nE\n");
    assert_true(str_eq(plan_fixture_output(site, "/café x/")->path, STR("café x/index.html")));
    assert_string_equal(plan_fixture_write(site, "/_redirects", redirects_write),
                        "/caf%C3%A9%20x/ /a/ 301\n");
    plan_fixture_teardown(&site);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(an_alias_leads_to_its_page_in_all_three_files),
        TEST(the_base_path_stands_in_front_of_both),
        TEST(nothing_in_an_alias_ends_a_line_a_string_or_a_pattern),
        TEST(servers_that_compare_decoded_addresses_get_decoded_ones),
        TEST(nginx_never_gets_one_address_twice),
        cmocka_unit_test(an_alias_with_encoded_letters_is_published_where_servers_look),
        TEST(pages_of_removed_members_are_gone_in_every_language),
        TEST(nginx_is_told_of_keys_that_need_larger_buckets),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
