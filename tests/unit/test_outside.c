/* Links to other sites: what is asked, of whom, how often, and what is made of the answers. */
#include "build/outside/outside_internal.h"
#include "plan_fixture.h"
#include "web_server.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct bench {
    struct web_server *server;
    struct arena arena;
    struct diags diags;
    struct outside_options options;
};

static int setup(void **state)
{
    struct bench *bench = calloc(1, sizeof *bench);
    assert_non_null(bench);
    bench->server = web_server_start();
    diags_init(&bench->diags, &bench->arena);
    bench->options = (struct outside_options){.private_too = true, .timeout = 10, .clock = 1000000};
    *state = bench;
    return 0;
}

static int teardown(void **state)
{
    struct bench *bench = *state;
    web_server_stop(bench->server);
    arena_release(&bench->arena);
    free(bench);
    return 0;
}

/* A question for a path at 127.0.0.`host`. */
static struct answer question(struct bench *bench, int host, const char *path)
{
    struct answer answer = {0};
    answer.host =
        arena_printf(&bench->arena, "127.0.0.%d:%u", host, web_server_port(bench->server));
    answer.url = arena_printf(&bench->arena, "http://%.*s%s", STR_ARG(answer.host), path);
    return answer;
}

static struct answer ask(struct bench *bench, const char *path)
{
    struct answer answer = question(bench, 1, path);
    assert_int_equal(outside_ask(&bench->options, &answer, 1, &bench->arena, &bench->diags), 0);
    return answer;
}

static void answers_say_what_is_there_gone_or_silent(void **state)
{
    struct bench *bench = *state;
    assert_int_equal(ask(bench, "/ok").kind, ANSWER_FOUND);
    struct answer gone = ask(bench, "/gone");
    assert_int_equal(gone.kind, ANSWER_GONE);
    assert_int_equal(gone.status, 404);
    assert_int_equal(ask(bench, "/broken").kind, ANSWER_GONE);
    assert_int_equal(ask(bench, "/closed").kind, ANSWER_CLOSED);
    assert_int_equal(ask(bench, "/never").kind, ANSWER_SILENT);
    struct answer nobody = {.url = STR("http://127.0.0.1:1/"), .host = STR("127.0.0.1:1")};
    assert_int_equal(outside_ask(&bench->options, &nobody, 1, &bench->arena, &bench->diags), 0);
    assert_int_equal(nobody.kind, ANSWER_SILENT);
    assert_true(str_has(nobody.why, STR("nothing answers")));
}

static void redirects_are_followed_and_told_where_they_are_for_good(void **state)
{
    struct bench *bench = *state;
    struct answer moved = ask(bench, "/for-good");
    assert_int_equal(moved.kind, ANSWER_MOVED);
    assert_true(str_ends(moved.moved_to, STR("/ok")));
    assert_int_equal(ask(bench, "/for-now").kind, ANSWER_FOUND);
    assert_int_equal(ask(bench, "/to-gone").kind, ANSWER_GONE);
    struct answer round = ask(bench, "/round");
    assert_int_equal(round.kind, ANSWER_SILENT);
    assert_true(str_has(round.why, STR("never arrives")));
    assert_int_equal(ask(bench, "/to-file").kind, ANSWER_SILENT);
}

static void head_comes_first_and_get_where_it_is_not_liked(void **state)
{
    struct bench *bench = *state;
    struct web_request requests[8];
    assert_int_equal(ask(bench, "/ok").kind, ANSWER_FOUND);
    assert_int_equal(ask(bench, "/no-head").kind, ANSWER_FOUND);
    assert_int_equal(web_server_requests(bench->server, requests, 8), 3);
    assert_string_equal(requests[0].line, "HEAD /ok");
    assert_string_equal(requests[1].line, "HEAD /no-head");
    assert_string_equal(requests[2].line, "GET /no-head");
}

static void a_get_leaves_no_trace_on_the_next_question(void **state)
{
    struct bench *bench = *state;
    struct web_request requests[8];
    struct answer answers[2] = {question(bench, 1, "/no-head"), question(bench, 1, "/ok")};
    assert_int_equal(outside_ask(&bench->options, answers, 2, &bench->arena, &bench->diags), 0);
    assert_int_equal(web_server_requests(bench->server, requests, 8), 3);
    assert_string_equal(requests[1].line, "GET /no-head");
    assert_string_equal(requests[2].line, "HEAD /ok");
}

static void a_page_is_not_read_to_its_end(void **state)
{
    struct bench *bench = *state;
    struct web_request before[2];
    assert_int_equal(ask(bench, "/endless").kind, ANSWER_FOUND);
    assert_int_equal(web_server_requests(bench->server, before, 2), 2);
}

static void private_addresses_are_refused_before_anything_is_sent(void **state)
{
    struct bench *bench = *state;
    struct web_request requests[8];
    bench->options.private_too = false;
    assert_int_equal(ask(bench, "/ok").kind, ANSWER_PRIVATE);
    struct answer named = question(bench, 1, "/ok");
    named.url =
        arena_printf(&bench->arena, "http://localhost:%u/ok", web_server_port(bench->server));
    assert_int_equal(outside_ask(&bench->options, &named, 1, &bench->arena, &bench->diags), 0);
    assert_int_equal(named.kind, ANSWER_PRIVATE);
    struct answer odd = {.url = STR("http://0x7f000001/"), .host = STR("0x7f000001")};
    assert_int_equal(outside_ask(&bench->options, &odd, 1, &bench->arena, &bench->diags), 0);
    assert_int_equal(odd.kind, ANSWER_PRIVATE);
    assert_int_equal(web_server_requests(bench->server, requests, 8), 0);
}

static void a_host_is_asked_one_question_at_a_time_with_pauses(void **state)
{
    struct bench *bench = *state;
    struct web_request requests[8];
    struct answer answers[3];
    for (int i = 0; i < 3; i++) {
        char path[16];
        snprintf(path, sizeof path, "/%d", i);
        answers[i] = question(bench, 1, path);
    }
    assert_int_equal(outside_ask(&bench->options, answers, 3, &bench->arena, &bench->diags), 0);
    assert_int_equal(web_server_requests(bench->server, requests, 8), 3);
    assert_int_equal(web_server_most_at_a_time(bench->server), 1);
    for (int i = 1; i < 3; i++)
        assert_true(requests[i].at - requests[i - 1].at >= 200);
}

static void many_hosts_are_asked_at_a_time_but_not_too_many(void **state)
{
    struct bench *bench = *state;
    struct answer answers[24];
    for (int i = 0; i < 24; i++)
        answers[i] = question(bench, i + 1, "/slow");
    assert_int_equal(outside_ask(&bench->options, answers, 24, &bench->arena, &bench->diags), 0);
    for (int i = 0; i < 24; i++)
        assert_int_equal(answers[i].kind, ANSWER_FOUND);
    int most = web_server_most_at_a_time(bench->server);
    assert_true(most > 4);
    assert_true(most <= 16);
}

static void addresses_that_nobody_on_the_internet_has_are_known(void **state)
{
    static const struct {
        unsigned char bytes[16];
        size_t len;
        bool public;
    } cases[] = {
        {{8, 8, 8, 8}, 4, true},
        {{127, 0, 0, 1}, 4, false},
        {{10, 1, 2, 3}, 4, false},
        {{172, 15, 0, 1}, 4, true},
        {{172, 16, 0, 1}, 4, false},
        {{172, 31, 255, 255}, 4, false},
        {{172, 32, 0, 1}, 4, true},
        {{192, 168, 1, 1}, 4, false},
        {{192, 167, 1, 1}, 4, true},
        {{169, 254, 169, 254}, 4, false},
        {{100, 64, 0, 1}, 4, false},
        {{100, 128, 0, 1}, 4, true},
        {{0, 0, 0, 0}, 4, false},
        {{224, 0, 0, 1}, 4, false},
        {{255, 255, 255, 255}, 4, false},
        {{[15] = 1}, 16, false},                                   /* ::1 */
        {{0}, 16, false},                                          /* :: */
        {{0xFE, 0x80, [15] = 1}, 16, false},                       /* fe80::1 */
        {{0xFD, 0x12, [15] = 1}, 16, false},                       /* fd12::1 */
        {{0xFF, 0x02, [15] = 1}, 16, false},                       /* ff02::1 */
        {{0x26, 0x06, 0x47, 0x00, [15] = 1}, 16, true},            /* 2606:4700::1 */
        {{0x20, 0x01, 0x0D, 0xB8, [15] = 1}, 16, false},           /* 2001:db8::1 */
        {{0x20, 0x01, 0x48, 0x60, [15] = 1}, 16, true},            /* 2001:4860::1 */
        {{[10] = 0xFF, 0xFF, 127, 0, 0, 1}, 16, false},            /* ::ffff:127.0.0.1 */
        {{[10] = 0xFF, 0xFF, 8, 8, 8, 8}, 16, true},               /* ::ffff:8.8.8.8 */
        {{0x00, 0x64, 0xFF, 0x9B, [12] = 10, 0, 0, 1}, 16, false}, /* 64:ff9b::10.0.0.1 */
        {{0x20, 0x02, 192, 168, 0, 1}, 16, false},                 /* 6to4 of 192.168.0.1 */
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        if (outside_is_public(cases[i].bytes, cases[i].len) != cases[i].public)
            fail_msg("case %zu", i);
    }
    assert_false(outside_is_public(cases[0].bytes, 5));
}

static void good_answers_are_kept_and_bad_ones_asked_again(void **state)
{
    struct bench *bench = *state;
    const struct fs fs = {0};
    struct answer answers[3] = {question(bench, 1, "/ok"), question(bench, 1, "/gone"),
                                question(bench, 1, "/for-good")};
    char folder[] = "/tmp/copse-outside-XXXXXX";
    assert_non_null(mkdtemp(folder));
    bench->options.cache = arena_printf(&bench->arena, "%s/kept", folder).ptr;
    outside_recall(&bench->options, &fs, answers, 3, &bench->arena);
    assert_int_equal(answers[0].kind, ANSWER_NONE);
    answers[0].kind = ANSWER_FOUND;
    answers[0].status = 200;
    answers[1].kind = ANSWER_GONE;
    answers[2].kind = ANSWER_MOVED;
    answers[2].status = 200;
    answers[2].moved_to = STR("http://example.org/");
    assert_int_equal(outside_remember(&bench->options, &fs, answers, 3, &bench->arena), 0);

    for (int days = 0; days <= 8; days += 4) {
        for (int i = 0; i < 3; i++)
            answers[i].kind = ANSWER_NONE;
        bench->options.clock = 1000000 + days * 86400;
        outside_recall(&bench->options, &fs, answers, 3, &bench->arena);
        assert_int_equal(answers[0].kind, days < 7 ? ANSWER_FOUND : ANSWER_NONE);
        assert_int_equal(answers[1].kind, ANSWER_NONE);
        assert_int_equal(answers[2].kind, days < 7 ? ANSWER_MOVED : ANSWER_NONE);
        /* Being used makes an answer no younger. */
        assert_int_equal(outside_remember(&bench->options, &fs, answers, 3, &bench->arena), 0);
    }
    struct str path = arena_printf(&bench->arena, "rm -r %s", folder);
    assert_int_equal(system(path.ptr), 0);
}

static void damaged_answers_are_no_answers(void **state)
{
    struct bench *bench = *state;
    const struct fs fs = {0};
    struct answer answer = question(bench, 1, "/ok");
    static const char *const files[] = {"",
                                        "another form\n999999 200 %s\n",
                                        "copse outside links 1\n999999 200\n",
                                        "copse outside links 1\nx 200 %s\n",
                                        "copse outside links 1\n999999 500 %s\n",
                                        "copse outside links 1\n1000001 200 %s\n"};
    char folder[] = "/tmp/copse-outside-XXXXXX";
    assert_non_null(mkdtemp(folder));
    bench->options.cache = folder;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        struct buf text = {0};
        struct str at = str_from(files[i]);
        size_t hole = str_find(at, STR("%s"), 0);
        buf_add(&text, str_sub(at, 0, hole));
        buf_add(&text, hole == STR_NONE ? (struct str){0} : answer.url);
        buf_add(&text, hole == STR_NONE ? (struct str){0} : str_after(at, hole + 2));
        struct str path = arena_printf(&bench->arena, "%s/outside-links-private", folder);
        assert_int_equal(fs_write(&fs, -100, path.ptr, buf_str(&text)), 0);
        buf_release(&text);
        outside_recall(&bench->options, &fs, &answer, 1, &bench->arena);
        assert_int_equal(answer.kind, ANSWER_NONE);
    }
    assert_int_equal(system(arena_printf(&bench->arena, "rm -r %s", folder).ptr), 0);
}

static bool gathered(const struct outside_links *links, const char *url, const char *path)
{
    for (size_t i = 0; i < links->count; i++) {
        if (str_eq(links->items[i].url, str_from(url)) &&
            str_eq(links->items[i].span.text->path, str_from(path)))
            return true;
    }
    return false;
}

static void links_are_gathered_wherever_content_has_them(void **state)
{
    struct plan_fixture *fixture = *state;
    struct outside_links links = {0};
    plan_fixture_make(
        fixture, "organisation: {name: G, url: 'https://org.example/'}\n",
        "put articles/a.md <<'END'\n---\ntitle: A\ndate: 2026-01-01\nsource: https://key.example/\n"
        "---\n[x](https://body.example/p?q=1#part) <https://auto.example> "
        "[in](https://example.org/)"
        "\n[no](mailto:a@b.example) [é](https://é.example/ü) [f](ftp://f.example/)\nEND\n"
        "put articles/draft.md <<'END'\n---\ntitle: D\ndate: 2026-01-01\ndraft: true\n---\n"
        "[x](https://draft.example/)\nEND\n"
        "put data/friends.yml <<'END'\n- {name: F, url: https://data.example/}\nEND\n"
        "mkdir -p layouts; printf '<a href=\"https://layout.example/\">L</a> <a "
        "href=\"https://{{ x }}\">' >layouts/extra.html\n");
    outside_gather(fixture->plan, fixture->files->source, &fixture->files->arena, &links);
    assert_true(gathered(&links, "https://body.example/p?q=1", "content/articles/a.md"));
    assert_true(gathered(&links, "https://auto.example", "content/articles/a.md"));
    assert_true(gathered(&links, "https://key.example/", "content/articles/a.md"));
    assert_true(gathered(&links, "https://%C3%A9.example/%C3%BC", "content/articles/a.md"));
    assert_true(gathered(&links, "https://org.example/", "content/site.yml"));
    assert_true(gathered(&links, "https://data.example/", "content/data/friends.yml"));
    assert_true(gathered(&links, "https://layout.example/", "layouts/extra.html"));
    assert_int_equal(links.count, 7);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(answers_say_what_is_there_gone_or_silent, setup, teardown),
        cmocka_unit_test_setup_teardown(redirects_are_followed_and_told_where_they_are_for_good,
                                        setup, teardown),
        cmocka_unit_test_setup_teardown(head_comes_first_and_get_where_it_is_not_liked, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(a_get_leaves_no_trace_on_the_next_question, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(a_page_is_not_read_to_its_end, setup, teardown),
        cmocka_unit_test_setup_teardown(private_addresses_are_refused_before_anything_is_sent,
                                        setup, teardown),
        cmocka_unit_test_setup_teardown(a_host_is_asked_one_question_at_a_time_with_pauses, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(many_hosts_are_asked_at_a_time_but_not_too_many, setup,
                                        teardown),
        cmocka_unit_test(addresses_that_nobody_on_the_internet_has_are_known),
        cmocka_unit_test_setup_teardown(good_answers_are_kept_and_bad_ones_asked_again, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(damaged_answers_are_no_answers, setup, teardown),
        cmocka_unit_test_setup_teardown(links_are_gathered_wherever_content_has_them,
                                        plan_fixture_setup, plan_fixture_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
