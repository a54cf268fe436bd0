/* Writing text into HTML, XML, JSON and URLs; digests; diagnostics; threads; the disk's seam. */
#include "base/diag.h"
#include "base/fs.h"
#include "base/hash.h"
#include "base/html.h"
#include "base/pool.h"
#include "lang/markup/markup_internal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

static bool writes(void (*escape)(struct buf *, struct str), struct str text, struct str expected)
{
    struct buf out = {0};
    escape(&out, text);
    bool equal = str_eq(buf_str(&out), expected);
    if (!equal)
        print_message("got: %s\n", out.ptr);
    buf_release(&out);
    return equal;
}

static void text_cannot_leave_an_element_or_an_attribute(void **state)
{
    (void)state;
    assert_true(writes(html_escape, STR("<a href=\"x\" b='y'>&"),
                       STR("&lt;a href=&quot;x&quot; b=&#39;y&#39;&gt;&amp;")));
}

static void xml_holds_no_character_that_it_does_not_allow(void **state)
{
    (void)state;
    assert_true(
        writes(xml_escape, STR("a\x01\tb\x0B é\xFF\xEF\xBF\xBE<"), STR("a\tb é\xEF\xBF\xBD&lt;")));
}

static void json_can_stand_in_a_script(void **state)
{
    (void)state;
    assert_true(writes(json_escape, STR("</script> \"\\\n\xE2\x80\xA8 é"),
                       STR("\"\\u003c/script\\u003e \\\"\\\\\\n\\u2028 é\"")));
}

/* What html_escape() and its like write is what they write of each byte. */
static void assert_bytewise(void (*escape)(struct buf *, struct str), struct str text)
{
    struct buf expected = {0};
    for (size_t i = 0; i < text.len; i++)
        escape(&expected, str_sub(text, i, i + 1));
    assert_true(writes(escape, text, buf_str(&expected)));
    buf_release(&expected);
}

static void what_is_escaped_is_found_wherever_it_stands(void **state)
{
    (void)state;
    for (size_t len = 1; len <= 40; len++) {
        for (int byte = 1; byte < 128; byte++) {
            for (size_t at = 0; at < len; at++) {
                char text[40];
                memset(text, 'g', sizeof text); /* no digit of %gg */
                text[at] = (char)byte;
                assert_bytewise(html_escape, (struct str){text, len});
                assert_bytewise(xml_escape, (struct str){text, len});
                assert_bytewise(url_escape_path, (struct str){text, len});
                assert_bytewise(markup_put_text, (struct str){text, len});
            }
        }
    }
}

static void text_of_html_has_no_tags_and_real_characters(void **state)
{
    (void)state;
    assert_true(writes(html_to_text,
                       STR("<p title=\"a > b\">One <em>t</em>wo&nbsp;&amp; 3 &#233;</p>\n<!-- x -->"
                           "<p>four</p>"),
                       STR("One two\xC2\xA0& 3 é four")));
}

static void paths_keep_their_escapes(void **state)
{
    (void)state;
    assert_true(writes(url_escape_path, STR("/a b/é%20%zz?"), STR("/a%20b/%C3%A9%20%25zz%3F")));
}

static void schemes_are_judged_as_a_browser_reads_them(void **state)
{
    static const char *const unsafe[] = {
        "javascript:alert(1)",
        "JaVaScRiPt:x",
        " javascript:x",
        "java\tscript:x",
        "java\nscript:x",
        "\x01javascript:x",
        "data:text/html",
        "vbscript:x",
        "blob:x",
        "java script:x",
        ":x",
    };
    static const char *const safe[] = {
        "https://example.org",
        "HTTP://x",
        "mailto:a@b",
        "tel:+1",
        "/a:b",
        "a/b:c",
        "?a:b",
        "#a:b",
        "../x",
        "",
        "//host/x",
    };
    (void)state;
    for (size_t i = 0; i < sizeof unsafe / sizeof *unsafe; i++)
        assert_false(url_is_safe(str_from(unsafe[i])));
    for (size_t i = 0; i < sizeof safe / sizeof *safe; i++)
        assert_true(url_is_safe(str_from(safe[i])));
    assert_true(url_is_external(STR("//host/x")));
    assert_true(url_is_external(STR("\\\\host")));
    assert_false(url_is_external(STR("/host")));
}

static void sha256_gives_the_standard_s_examples(void **state)
{
    static const struct {
        const char *text;
        unsigned char first[4];
    } rows[] = {
        {"", {0xe3, 0xb0, 0xc4, 0x42}},
        {"abc", {0xba, 0x78, 0x16, 0xbf}},
        {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", {0x24, 0x8d, 0x6a, 0x61}},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        unsigned char digest[SHA256_SIZE];
        sha256(str_from(rows[i].text), digest);
        assert_memory_equal(digest, rows[i].first, 4);
    }
}

static void digests_of_files_know_every_byte(void **state)
{
    char bytes[200] = {0};
    struct str all = {bytes, sizeof bytes};
    struct digest before = digest_of_file(all);
    (void)state;
    for (size_t i = 0; i < sizeof bytes; i++) {
        bytes[i] = 1;
        struct digest changed = digest_of_file(all);
        bytes[i] = 0;
        assert_false(digest_eq(changed, before));
        assert_false(digest_eq(digest_of_file((struct str){bytes, i}), before));
    }
    assert_true(digest_eq(digest_of_file(all), before));
}

static void digests_tell_lengths_apart(void **state)
{
    static const char zeros[64];
    (void)state;
    for (size_t a = 0; a < 64; a++) {
        for (size_t b = 0; b < a; b++)
            assert_false(
                digest_eq(digest_of((struct str){zeros, a}), digest_of((struct str){zeros, b})));
    }
}

static void diagnostics_are_sorted_and_said_once(void **state)
{
    struct arena arena = {0};
    struct diags diags;
    const struct text a = {STR("a.md"), STR("x\ny\n")};
    const struct text b = {STR("b.md"), STR("x\ny\n")};
    (void)state;
    diags_init(&diags, &arena);
    diag_error(&diags, "one", span_of(&b, 0, 1), "first of b");
    diag_error(&diags, "one", span_of(&a, 2, 3), "second of a");
    diag_error(&diags, "one", span_file(&a), "all of a");
    diag_error(&diags, "one", span_of(&a, 2, 3), "second of a");
    diags_sort(&diags);
    assert_int_equal(diags.count, 3);
    assert_true(str_eq(diags.items[0].message, STR("all of a")));
    assert_true(str_eq(diags.items[2].message, STR("first of b")));
    arena_release(&arena);
}

static void a_full_disk_is_said_in_words(void **state)
{
    struct arena arena = {0};
    struct diags diags;
    (void)state;
    diags_init(&diags, &arena);
    assert_int_equal(diag_system(&diags, (struct span){0}, ENOSPC, "write %s", "x"), -1);
    assert_true(str_eq(diags.items[0].message, STR("cannot write x: the disk is full")));
    assert_int_equal(diags.items[0].severity, SEVERITY_FAILURE);
    arena_release(&arena);
}

static void count_up(void *context, unsigned worker, size_t index)
{
    atomic_int *counts = context;
    (void)worker;
    atomic_fetch_add(&counts[index], 1);
}

static void a_pool_does_each_number_once(void **state)
{
    static atomic_int counts[10007];
    struct pool *pool = pool_new(4);
    (void)state;
    for (int round = 1; round <= 3; round++) {
        pool_run(pool, 10007, 3, count_up, counts);
        for (size_t i = 0; i < 10007; i++)
            assert_int_equal(counts[i], round);
    }
    pool_run(pool, 0, 16, count_up, counts);
    pool_free(pool);
}

static int refuse_renames(void *context, enum fs_operation operation, const char *path)
{
    (void)path;
    ++*(int *)context;
    return operation == FS_OP_RENAME ? ENOSPC : 0;
}

static void a_write_that_fails_leaves_nothing_behind(void **state)
{
    char folder[] = "/tmp/copse-fs-XXXXXX";
    struct arena arena = {0};
    struct fs_entry *entries;
    struct str bytes;
    size_t count;
    int handle;
    int calls = 0;
    const struct fs plain = {0};
    const struct fs failing = {refuse_renames, &calls};
    (void)state;
    assert_non_null(mkdtemp(folder));
    assert_int_equal(fs_open_folder(&plain, AT_FDCWD, folder, FS_NO_FOLLOW, &handle), 0);
    assert_int_equal(fs_write(&plain, handle, "a", STR("old")), 0);
    assert_int_equal(fs_write(&failing, handle, "a", STR("new")), ENOSPC);
    assert_true(calls > 0);
    assert_int_equal(fs_list(&plain, handle, &arena, &entries, &count), 0);
    assert_int_equal(count, 1);
    assert_int_equal(fs_read(&plain, handle, "a", 100, &arena, &bytes), 0);
    assert_true(str_eq(bytes, STR("old")));
    assert_int_equal(fs_read(&plain, handle, "a", 2, &arena, &bytes), EFBIG);
    assert_int_equal(symlinkat("a", handle, "link"), 0);
    assert_int_equal(fs_read(&plain, handle, "link", 100, &arena, &bytes), ELOOP);
    assert_int_equal(fs_make_folders(&plain, handle, "x/y/z"), 0);
    assert_int_equal(fs_make_folders(&plain, handle, "x/y/z"), 0);
    assert_int_equal(fs_remove_folder(&plain, handle, "x/y/z"), 0);
    assert_int_equal(fs_remove_folder(&plain, handle, "x/y"), 0);
    assert_int_equal(fs_remove_folder(&plain, handle, "x"), 0);
    assert_int_equal(fs_remove_file(&plain, handle, "link"), 0);
    assert_int_equal(fs_remove_file(&plain, handle, "a"), 0);
    fs_close(handle);
    assert_int_equal(fs_remove_folder(&plain, AT_FDCWD, folder), 0);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_cannot_leave_an_element_or_an_attribute),
        cmocka_unit_test(xml_holds_no_character_that_it_does_not_allow),
        cmocka_unit_test(json_can_stand_in_a_script),
        cmocka_unit_test(what_is_escaped_is_found_wherever_it_stands),
        cmocka_unit_test(text_of_html_has_no_tags_and_real_characters),
        cmocka_unit_test(paths_keep_their_escapes),
        cmocka_unit_test(schemes_are_judged_as_a_browser_reads_them),
        cmocka_unit_test(sha256_gives_the_standard_s_examples),
        cmocka_unit_test(digests_tell_lengths_apart),
        cmocka_unit_test(digests_of_files_know_every_byte),
        cmocka_unit_test(diagnostics_are_sorted_and_said_once),
        cmocka_unit_test(a_full_disk_is_said_in_words),
        cmocka_unit_test(a_pool_does_each_number_once),
        cmocka_unit_test(a_write_that_fails_leaves_nothing_behind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
