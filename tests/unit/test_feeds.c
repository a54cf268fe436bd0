/* Feeds in their three forms, the sitemap and robots.txt. */
#include "pages/feed.h"
#include "pages/sitemap.h"
#include "plan_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* Two articles, one of them renamed, updated and with everything that has to be escaped. */
static const char ARTICLES[] = "put articles/2026-01-05-plain.md <<'E'\n"
                               "---\ntitle: Plain\nauthor: jo\ntags: [News]\n---\n"
                               "See [the other](2026-02-01-hard.md) and ![a cat](cat.png).\nE\n"
                               "put articles/2026-02-01-hard.md <<'E'\n"
                               "---\ntitle: 'Fish & <Chips> ]]> \"Ω\"'\nauthors: [Ada Guest]\n"
                               "updated: 2026-03-01 10:00\naliases: [/blog/old, /blog/older]\n"
                               "description: 'A & B'\n---\n"
                               "1 < 2 ]]> \\</script>\nE\n"
                               "put members/jo.md <<'E'\n"
                               "---\nname: Jo Tremblay\nemail: jo@secret.example\n---\nHi.\nE\n";

#define HAS(text, part)                                                                            \
    do {                                                                                           \
        if (!strstr((text), (part)))                                                               \
            fail_msg("no %s in:\n%s", (part), (text));                                             \
    } while (0)
#define HAS_NOT(text, part) assert_null(strstr((text), (part)))

static void an_atom_entry_has_all_that_rfc_4287_asks_for(void **state)
{
    struct plan_fixture *fixture = *state;
    plan_fixture_make(fixture, "", ARTICLES);
    const char *feed = plan_fixture_write(fixture, "/feed.xml", feed_write_atom);
    HAS(feed, "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"en\">\n"
              "<title>The Guild</title>\n<id>https://example.org/feed.xml</id>\n");
    HAS(feed, "<link rel=\"self\" type=\"application/atom+xml\" "
              "href=\"https://example.org/feed.xml\"/>");
    HAS(feed, "<title>Plain</title>\n"
              "<link rel=\"alternate\" type=\"text/html\" "
              "href=\"https://example.org/articles/plain/\"/>\n"
              "<id>https://example.org/articles/plain/</id>\n"
              "<published>2026-01-05T00:00:00-04:00</published>\n"
              "<updated>2026-01-05T00:00:00-04:00</updated>\n"
              "<author><name>Jo Tremblay</name><uri>https://example.org/members/jo/</uri></author>"
              "\n<category term=\"news\" label=\"News\"/>\n");
    assert_int_equal(plan_fixture_count(feed, "<entry>"), 2);
}

static void markup_in_content_cannot_end_its_element(void **state)
{
    struct plan_fixture *fixture = *state;
    plan_fixture_make(fixture, "", ARTICLES);
    const char *feed = plan_fixture_write(fixture, "/feed.xml", feed_write_atom);
    HAS(feed, "<title>Fish &amp; &lt;Chips&gt; ]]&gt; &quot;Ω&quot;</title>");
    HAS(feed, "&lt;p&gt;1 &amp;lt; 2 ]]&amp;gt;");
    feed = plan_fixture_write(fixture, "/rss.xml", feed_write_rss);
    HAS(feed, "<description>A &amp;amp; B</description>");
    HAS_NOT(feed, "]]>");
    feed = plan_fixture_write(fixture, "/feed.json", feed_write_json);
    HAS(feed, "\"title\":\"Fish \\u0026 \\u003cChips\\u003e ]]\\u003e \\\"Ω\\\"\"");
    HAS_NOT(feed, "<");
}

static void a_renamed_article_keeps_its_first_address_as_its_id(void **state)
{
    struct plan_fixture *fixture = *state;
    plan_fixture_make(fixture, "", ARTICLES);
    HAS(plan_fixture_write(fixture, "/feed.xml", feed_write_atom),
        "href=\"https://example.org/articles/hard/\"/>\n<id>https://example.org/blog/old/</id>");
    HAS(plan_fixture_write(fixture, "/rss.xml", feed_write_rss),
        "<guid isPermaLink=\"false\">https://example.org/blog/old/</guid>");
    HAS(plan_fixture_write(fixture, "/feed.json", feed_write_json),
        "{\"id\":\"https://example.org/blog/old/\",\"url\":\"https://example.org/articles/hard/\"");
}

static void a_feed_is_as_new_as_its_newest_entry(void **state)
{
    struct plan_fixture *fixture = *state;
    plan_fixture_make(fixture, "", ARTICLES);
    HAS(plan_fixture_write(fixture, "/feed.xml", feed_write_atom),
        "<updated>2026-03-01T10:00:00-04:00</updated>\n<author><name>The Guild</name>");
    HAS(plan_fixture_write(fixture, "/rss.xml", feed_write_rss),
        "<lastBuildDate>Sun, 01 Mar 2026 10:00:00 -0400</lastBuildDate>");
    HAS(plan_fixture_write(fixture, "/tags/news/feed.xml", feed_write_atom),
        "<updated>2026-01-05T00:00:00-04:00</updated>\n<author><name>The Guild</name>");
}

static void links_and_pictures_in_content_are_absolute(void **state)
{
    struct plan_fixture *fixture = *state;
    plan_fixture_make(fixture, "",
                      "put articles/plain.md <<'E'\n---\ntitle: Plain\ndate: 2026-01-05\n---\n"
                      "[Other](other.md), [about](/about/)\nE\n"
                      "put articles/other.md <<'E'\n---\ntitle: O\ndate: 2026-01-04\n---\nE\n"
                      "put pages/about.md <<'E'\n---\ntitle: About\n---\nE\n");
    const char *feed = plan_fixture_write(fixture, "/feed.json", feed_write_json);
    HAS(feed, "href=\\\"https://example.org/articles/other/\\\"");
    HAS(feed, "href=\\\"https://example.org/about/\\\"");
}

static void an_e_mail_address_of_a_bio_is_never_in_a_feed(void **state)
{
    struct plan_fixture *fixture = *state;
    plan_fixture_make(fixture, "", ARTICLES);
    HAS_NOT(plan_fixture_write(fixture, "/feed.xml", feed_write_atom), "secret.example");
    HAS_NOT(plan_fixture_write(fixture, "/members/jo/rss.xml", feed_write_rss), "secret.example");
    HAS_NOT(plan_fixture_write(fixture, "/feed.json", feed_write_json), "secret.example");
}

static void an_empty_feed_is_whole_and_dated_1970(void **state)
{
    struct plan_fixture *fixture = *state;
    plan_fixture_make(fixture, "", "");
    const char *feed = plan_fixture_write(fixture, "/feed.xml", feed_write_atom);
    HAS(feed, "<updated>1970-01-01T00:00:00Z</updated>");
    HAS(feed, "</feed>\n");
    HAS_NOT(feed, "<entry>");
    feed = plan_fixture_write(fixture, "/rss.xml", feed_write_rss);
    HAS(feed, "<lastBuildDate>Thu, 01 Jan 1970 00:00:00 +0000</lastBuildDate>");
    HAS(feed, "<description>The Guild</description>");
    HAS(plan_fixture_write(fixture, "/feed.json", feed_write_json), "\"items\":[]}");
}

static void site_yml_says_how_many_entries_and_how_much_of_each(void **state)
{
    struct plan_fixture *fixture = *state;
    plan_fixture_make(fixture, "feeds: {content: summary, entries: 1}\n", ARTICLES);
    const char *feed = plan_fixture_write(fixture, "/feed.xml", feed_write_atom);
    assert_int_equal(plan_fixture_count(feed, "<entry>"), 1);
    HAS(feed, "<summary>A &amp; B</summary>");
    HAS_NOT(feed, "<content");
    feed = plan_fixture_write(fixture, "/rss.xml", feed_write_rss);
    assert_int_equal(plan_fixture_count(feed, "<item>"), 1);
    HAS_NOT(feed, "content:encoded>");
    feed = plan_fixture_write(fixture, "/feed.json", feed_write_json);
    HAS(feed, "\"content_text\":\"A \\u0026 B\"");
    HAS_NOT(feed, "content_html");
}

static void site_yml_leaves_out_those_of_tags_and_authors(void **state)
{
    struct plan_fixture *fixture = *state;
    plan_fixture_make(fixture, "feeds: {tags: false, members: false}\n", ARTICLES);
    assert_non_null(plan_find(fixture->plan, STR("/feed.xml")));
    for (size_t i = 0; i < fixture->plan->count; i++) {
        struct str url = fixture->plan->outputs[i].url;
        assert_false(str_has(url, STR("/tags/")) && str_ends(url, STR("feed.xml")));
        assert_false(str_has(url, STR("/members/")) && str_ends(url, STR("rss.xml")));
    }
}

static void a_tag_and_an_author_have_feeds_of_their_own(void **state)
{
    struct plan_fixture *fixture = *state;
    plan_fixture_make(fixture, "", ARTICLES);
    const char *feed = plan_fixture_write(fixture, "/tags/news/feed.xml", feed_write_atom);
    HAS(feed, "<title>News · The Guild</title>");
    HAS(feed, "<id>https://example.org/tags/news/feed.xml</id>");
    assert_int_equal(plan_fixture_count(feed, "<entry>"), 1);
    feed = plan_fixture_write(fixture, "/members/jo/feed.json", feed_write_json);
    HAS(feed, "\"home_page_url\":\"https://example.org/members/jo/\"");
    assert_int_equal(plan_fixture_count(feed, "\"id\":"), 1);
}

static void each_language_has_its_own_feed(void **state)
{
    struct plan_fixture *fixture = *state;
    plan_fixture_make(fixture, "languages: [en, fr]\n",
                      "put articles/a.md <<'E'\n---\ntitle: Hello\ndate: 2026-01-01\n---\nE\n"
                      "put articles/a.fr.md <<'E'\n---\ntitle: Salut\ndate: 2026-01-01\n---\nE\n");
    const char *feed = plan_fixture_write(fixture, "/fr/feed.xml", feed_write_atom);
    HAS(feed, "xml:lang=\"fr\"");
    HAS(feed, "<title>Salut</title>");
    HAS_NOT(feed, "Hello");
    HAS(plan_fixture_write(fixture, "/fr/rss.xml", feed_write_rss), "<language>fr</language>");
}

static void the_sitemap_lists_what_is_worth_finding(void **state)
{
    struct plan_fixture *fixture = *state;
    plan_fixture_make(fixture, "paginate: 1\n",
                      "put articles/a.md <<'E'\n---\ntitle: A\ndate: 2026-01-01\n"
                      "aliases: [/old/]\n---\nE\n"
                      "put articles/b.md <<'E'\n---\ntitle: B\ndate: 2026-01-02\nnoindex: true\n"
                      "---\nE\n"
                      "put articles/c.md <<'E'\n---\ntitle: C\ndate: 2026-01-03\ndraft: true\n"
                      "---\nE\n");
    const char *map = plan_fixture_write(fixture, "/sitemap.xml", sitemap_write);
    HAS(map, "<loc>https://example.org/</loc>\n<lastmod>2026-01-02T00:00:00-04:00</lastmod>");
    HAS(map, "<loc>https://example.org/articles/a/</loc>\n"
             "<lastmod>2026-01-01T00:00:00-04:00</lastmod>");
    HAS_NOT(map, "/articles/b/");
    HAS_NOT(map, "/articles/c/");
    HAS_NOT(map, "/old/");
    HAS_NOT(map, "/page/2/");
    HAS_NOT(map, "404");
    HAS_NOT(map, "xhtml:link ");
}

static void the_sitemap_knows_the_last_commit(void **state)
{
    struct plan_fixture *fixture = *state;
    plan_fixture_make(fixture, "",
                      "put pages/about.md <<'E'\n---\ntitle: About\n---\nE\n"
                      "git init -q; commit one; commit two '1700000000 +0000'\n");
    HAS(plan_fixture_write(fixture, "/sitemap.xml", sitemap_write),
        "<loc>https://example.org/about/</loc>\n<lastmod>2020-09-13T09:26:40-03:00</lastmod>");
}

static void pages_in_two_languages_name_each_other_in_the_sitemap(void **state)
{
    struct plan_fixture *fixture = *state;
    plan_fixture_make(fixture, "languages: [en, fr]\n",
                      "put pages/about.md <<'E'\n---\ntitle: About\n---\nE\n"
                      "put pages/about.fr.md <<'E'\n---\ntitle: Ici\nslug: ici\n---\nE\n"
                      "put pages/only.md <<'E'\n---\ntitle: Only\n---\nE\n");
    const char *map = plan_fixture_write(fixture, "/sitemap.xml", sitemap_write);
    const char links[] =
        "<xhtml:link rel=\"alternate\" hreflang=\"en\" href=\"https://example.org/about/\"/>\n"
        "<xhtml:link rel=\"alternate\" hreflang=\"x-default\" "
        "href=\"https://example.org/about/\"/>\n"
        "<xhtml:link rel=\"alternate\" hreflang=\"fr\" href=\"https://example.org/fr/ici/\"/>\n";
    assert_int_equal(plan_fixture_count(map, links), 2);
    HAS(map, "<loc>https://example.org/only/</loc>\n</url>");
}

/* The order of outputs is that of their paths. */
static void a_large_sitemap_is_split_and_indexed(void **state)
{
    enum { MOST = 50000, PAGES = MOST + 1 };
    struct plan_fixture *fixture = *state;
    plan_fixture_make(fixture, "", "");
    struct output *outputs = calloc(PAGES, sizeof *outputs);
    assert_non_null(outputs);
    for (size_t i = 0; i < PAGES; i++)
        outputs[i] = (struct output){.kind = OUTPUT_TEAM,
                                     .edition = &fixture->site->editions[0],
                                     .url = i + 1 < PAGES ? STR("/teams/a/") : STR("/teams/z/")};
    const struct plan plan = {.site = fixture->site, .outputs = outputs, .count = PAGES};
    const struct output files[] = {{.pages = 2}, {.page = 1, .pages = 2}, {.page = 2, .pages = 2}};
    struct buf out = {0};
    sitemap_write(&plan, &files[0], &out);
    HAS(out.ptr, "<sitemap>\n<loc>https://example.org/sitemap-2.xml</loc>\n</sitemap>\n"
                 "</sitemapindex>\n");
    buf_clear(&out);
    sitemap_write(&plan, &files[1], &out);
    assert_int_equal(plan_fixture_count(out.ptr, "<url>"), MOST);
    assert_int_equal(sitemap_most(fixture->site), MOST);
    buf_clear(&out);
    sitemap_write(&plan, &files[2], &out);
    assert_int_equal(plan_fixture_count(out.ptr, "<url>"), 1);
    HAS(out.ptr, "<loc>https://example.org/teams/z/</loc>");
    buf_release(&out);
    free(outputs);
}

static const char TALK[] =
    "put articles/a.md <<'E'\n---\ntitle: A & B\ndate: 2026-01-05\naliases: [/old/]\n---\nE\n"
    "put articles/quiet.md <<'E'\n---\ntitle: Quiet\ndate: 2026-01-04\n---\nE\n"
    "put members/jo.md <<'E'\n---\nname: Jo\n---\nE\n"
    "put comments/a/1.md <<'E'\n---\nauthor: Ann\ndate: 2026-01-06\n---\n[me](../a)\nE\n"
    "put comments/a/2.md <<'E'\n---\nauthor: jo\ndate: 2026-01-07\nreply_to: "
    "1\n---\n<b>Hi</b>\nE\n";

static void comments_can_be_followed_newest_first(void **state)
{
    struct plan_fixture *fixture = *state;
    plan_fixture_make(fixture, "", TALK);
    const char *feed = plan_fixture_write(fixture, "/comments.xml", feed_write_comments);
    HAS(feed, "<id>https://example.org/comments.xml</id>");
    HAS(feed, "<updated>2026-01-07T00:00:00-04:00</updated>\n<author><name>The Guild</name>");
    HAS(feed, "<entry>\n<title>Jo · A &amp; B</title>\n<link rel=\"alternate\" "
              "type=\"text/html\" href=\"https://example.org/articles/a/#comment-2\"/>\n"
              "<id>https://example.org/old/#comment-2</id>\n");
    HAS(feed, "<author><name>Jo</name><uri>https://example.org/members/jo/</uri></author>\n"
              "<thr:in-reply-to ref=\"https://example.org/old/#comment-1\" "
              "href=\"https://example.org/articles/a/#comment-1\" type=\"text/html\"/>\n");
    assert_true(strstr(feed, "comment-2</id>") < strstr(feed, "comment-1</id>"));
    assert_int_equal(plan_fixture_count(feed, "<entry>"), 2);
}

static void an_article_with_comments_has_a_feed_of_them(void **state)
{
    struct plan_fixture *fixture = *state;
    plan_fixture_make(fixture, "", TALK);
    const char *feed = plan_fixture_write(fixture, "/articles/a/comments.xml", feed_write_comments);
    HAS(feed, "href=\"https://example.org/articles/a/\"/>\n<updated>");
    assert_int_equal(plan_fixture_count(feed, "<entry>"), 2);
    assert_null(plan_find(fixture->plan, STR("/articles/quiet/comments.xml")));
}

static void where_comments_are_off_there_is_nothing_to_follow(void **state)
{
    struct plan_fixture *fixture = *state;
    plan_fixture_make(fixture, "comments: off\n", TALK);
    assert_null(plan_find(fixture->plan, STR("/comments.xml")));
    assert_null(plan_find(fixture->plan, STR("/articles/a/comments.xml")));
}

static void robots_are_told_where_the_sitemap_is(void **state)
{
    struct plan_fixture *fixture = *state;
    plan_fixture_make(fixture, "", "");
    struct buf out = {0};
    robots_write(fixture->plan, &out);
    assert_string_equal(out.ptr,
                        "User-agent: *\nAllow: /\n\nSitemap: https://example.org/sitemap.xml\n");
    buf_release(&out);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, plan_fixture_setup, plan_fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(an_atom_entry_has_all_that_rfc_4287_asks_for),
        TEST(markup_in_content_cannot_end_its_element),
        TEST(a_renamed_article_keeps_its_first_address_as_its_id),
        TEST(a_feed_is_as_new_as_its_newest_entry),
        TEST(links_and_pictures_in_content_are_absolute),
        TEST(an_e_mail_address_of_a_bio_is_never_in_a_feed),
        TEST(an_empty_feed_is_whole_and_dated_1970),
        TEST(site_yml_says_how_many_entries_and_how_much_of_each),
        TEST(site_yml_leaves_out_those_of_tags_and_authors),
        TEST(a_tag_and_an_author_have_feeds_of_their_own),
        TEST(each_language_has_its_own_feed),
        TEST(the_sitemap_lists_what_is_worth_finding),
        TEST(the_sitemap_knows_the_last_commit),
        TEST(pages_in_two_languages_name_each_other_in_the_sitemap),
        TEST(a_large_sitemap_is_split_and_indexed),
        TEST(comments_can_be_followed_newest_first),
        TEST(an_article_with_comments_has_a_feed_of_them),
        TEST(where_comments_are_off_there_is_nothing_to_follow),
        TEST(robots_are_told_where_the_sitemap_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
