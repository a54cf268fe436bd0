/* Requests read: nothing that a stranger sends means a file outside the site. */
#include "serve/request.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

static void assert_path(const char *target, const char *path)
{
    struct request_target parts;
    struct buf out = {0};
    buf_adds(&out, "");
    assert_int_equal(request_target(str_from(target), &parts), 0);
    assert_int_equal(request_path(parts.path, &out), 0);
    assert_string_equal(out.ptr ? out.ptr : "", path);
    buf_release(&out);
}

static int status_of(struct str target)
{
    struct request_target parts;
    struct buf out = {0};
    int status = request_target(target, &parts);
    if (status == 0)
        status = request_path(parts.path, &out);
    buf_release(&out);
    return status;
}

static void ordinary_targets_are_relative_paths(void **state)
{
    (void)state;
    assert_path("/", "");
    assert_path("/members/", "members/");
    assert_path("/members/jo/index.html?x=/../y#z", "members/jo/index.html");
    assert_path("/r%C3%A9sum%c3%a9%20one.pdf", "r\xC3\xA9sum\xC3\xA9 one.pdf");
    assert_path("http://localhost:8080/a/b?c", "a/b");
    assert_path("/..a/b../...", "..a/b../...");
    assert_path("/%252e%252e/x", "%2e%2e/x");
}

static void no_encoding_leads_out(void **state)
{
    (void)state;
    static const char *const targets[] = {
        "/../etc/passwd",
        "/..",
        "/a/../../b",
        "/%2e%2e/etc/passwd",
        "/%2E%2e/",
        "/.%2e/x",
        "/%2e./x",
        "/..%2fetc/passwd",
        "/..%5cetc",
        "/..\\..\\x",
        "/a%2f..%2f..%2fx",
        "/./x",
        "/%2e/x",
        "//etc/passwd",
        "/a//b",
        "/%c0%ae%c0%ae/x",
        "/%e0%80%ae./x",
        "/\xC0\xAF",
        "/%ff",
        "/%ed%a0%80",
    };
    for (size_t i = 0; i < sizeof targets / sizeof *targets; i++)
        assert_int_equal(status_of(str_from(targets[i])), 404);
}

static void what_is_no_request_is_refused(void **state)
{
    (void)state;
    assert_int_equal(status_of(STR("")), 400);
    assert_int_equal(status_of(STR("*")), 400);
    assert_int_equal(status_of(STR("etc/passwd")), 400);
    assert_int_equal(status_of(STR("http://")), 400);
    assert_int_equal(status_of(STR("http:///x")), 400);
    assert_int_equal(status_of(STR("https://localhost/")), 400);
    assert_int_equal(status_of(STR("/a%00b")), 400);
    assert_int_equal(status_of(STR("/a\0b")), 400);
    assert_int_equal(status_of(STR("/a%0d%0aSet-Cookie:x")), 400);
    assert_int_equal(status_of(STR("/%")), 400);
    assert_int_equal(status_of(STR("/%4")), 400);
    assert_int_equal(status_of(STR("/%zz")), 400);
    assert_int_equal(status_of(STR("/%u002e")), 400);
    char large[REQUEST_MOST + 2];
    memset(large, 'a', sizeof large);
    large[0] = '/';
    assert_int_equal(status_of((struct str){large, sizeof large}), 414);
    assert_int_equal(status_of((struct str){large, 300}), 404);
}

/* Every target of a small alphabet of trouble: accepted ones never hold a part that leads out. */
static void whatever_is_accepted_stays_inside(void **state)
{
    (void)state;
    static const char *const pieces[] = {"/",  ".",   "%2e",  "%2f",  "\\",     "%5c",
                                         "a",  "%00", "%",    "?",    "%c0%ae", "%25",
                                         "2e", "#",   "\x01", "\xff", ":",      "http://"};
    enum { PIECES = sizeof pieces / sizeof *pieces };
    uint64_t seed = 42;
    for (int run = 0; run < 200000; run++) {
        struct buf target = {0};
        struct buf path = {0};
        struct request_target parts;
        buf_addc(&target, '/');
        for (int i = 0; i < 8; i++) {
            seed = seed * 6364136223846793005u + 1442695040888963407u;
            buf_adds(&target, pieces[(seed >> 33) % PIECES]);
        }
        if (request_target(buf_str(&target), &parts) == 0 && request_path(parts.path, &path) == 0) {
            struct str rest = buf_str(&path);
            struct str part;
            assert_true(rest.len == 0 || rest.ptr[0] != '/');
            assert_null(memchr(path.ptr ? path.ptr : "", '\0', path.len));
            while (str_split(&rest, '/', &part)) {
                assert_false(str_eq(part, STR("..")) || str_eq(part, STR(".")));
                assert_true(part.len > 0 || rest.ptr == NULL);
            }
        }
        buf_release(&target);
        buf_release(&path);
    }
}

static void only_names_of_this_computer_are_its_own(void **state)
{
    (void)state;
    static const char *const own[] = {"localhost",  "LocalHost:8080", "127.0.0.1:1",
                                      "[::1]:8080", "[::1]",          "localhost:"};
    static const char *const others[] = {"",
                                         "evil.example",
                                         "localhost.evil.example",
                                         "127.0.0.1.evil.example",
                                         "127.0.0.1:80:80",
                                         "localhost:8080@evil.example",
                                         "[::1",
                                         "[::1]x",
                                         "[::2]",
                                         "127.1",
                                         "localhost ",
                                         ":8080",
                                         "evil.example:localhost"};
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        assert_true(request_host_is_local(str_from(own[i])));
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        assert_false(request_host_is_local(str_from(others[i])));
}

static void assert_part(const char *header, uint64_t size, uint64_t from, uint64_t to)
{
    uint64_t first = 0, last = 0;
    assert_int_equal(request_range(str_from(header), size, &first, &last), RANGE_PART);
    assert_int_equal(first, from);
    assert_int_equal(last, to);
}

static void ranges_are_those_of_rfc_9110(void **state)
{
    (void)state;
    uint64_t first, last;
    assert_part("bytes=0-9", 100, 0, 9);
    assert_part("bytes=90-", 100, 90, 99);
    assert_part("bytes=-10", 100, 90, 99);
    assert_part("bytes=-1000", 100, 0, 99);
    assert_part("bytes=50-99999999999", 100, 50, 99);
    assert_part("bytes=0-0", 1, 0, 0);
    static const char *const outside[] = {"bytes=100-", "bytes=-0", "bytes=100-200"};
    for (size_t i = 0; i < sizeof outside / sizeof *outside; i++)
        assert_int_equal(request_range(str_from(outside[i]), 100, &first, &last), RANGE_OUTSIDE);
    assert_int_equal(request_range(STR("bytes=0-"), 0, &first, &last), RANGE_OUTSIDE);
    static const char *const whole[] = {"",
                                        "bytes",
                                        "bytes=",
                                        "bytes=-",
                                        "bytes=9-1",
                                        "bytes=a-b",
                                        "bytes=0-1,3-4",
                                        "lines=1-2",
                                        "bytes=--1",
                                        "bytes=1--2",
                                        "bytes=99999999999999999999-",
                                        "bytes=0x1-2",
                                        "bytes=+1-2"};
    for (size_t i = 0; i < sizeof whole / sizeof *whole; i++)
        assert_int_equal(request_range(str_from(whole[i]), 100, &first, &last), RANGE_WHOLE);
}

static void tags_and_numbers_are_found_in_lists(void **state)
{
    (void)state;
    assert_true(request_has_tag(STR("\"a\", W/\"b\""), STR("\"b\"")));
    assert_true(request_has_tag(STR("*"), STR("\"b\"")));
    assert_false(request_has_tag(STR("\"a\""), STR("\"b\"")));
    assert_false(request_has_tag(STR(""), STR("\"b\"")));
    assert_int_equal(request_number(STR("x=1&since=42&since=7"), STR("since")), 42);
    assert_int_equal(request_number(STR("sinc=1&since=x"), STR("since")), 0);
    assert_int_equal(request_number(STR("since=-1"), STR("since")), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ordinary_targets_are_relative_paths),
        cmocka_unit_test(no_encoding_leads_out),
        cmocka_unit_test(what_is_no_request_is_refused),
        cmocka_unit_test(whatever_is_accepted_stays_inside),
        cmocka_unit_test(only_names_of_this_computer_are_its_own),
        cmocka_unit_test(ranges_are_those_of_rfc_9110),
        cmocka_unit_test(tags_and_numbers_are_found_in_lists),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
