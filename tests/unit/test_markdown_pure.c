/* Without options the output is cmark's, byte for byte: on real texts, and on some that are
 * hard. (The specification's examples and all of cmark's own hard inputs: tests/markdown.) */
#include "base/fs.h"
#include "lang/markdown.h"

#include <cmark.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void check(struct str markdown, struct arena *arena)
{
    struct markup markup;
    md_render_str(&md_pure, markdown, arena, &markup);
    char *expected =
        cmark_markdown_to_html(markdown.len ? markdown.ptr : "", markdown.len, CMARK_OPT_UNSAFE);
    if (!str_eq(markup.html, str_from(expected)))
        fail_msg("%.*s\ngave\n%.*s\nnot\n%s", (int)(markdown.len > 500 ? 500 : markdown.len),
                 markdown.ptr, STR_ARG(markup.html), expected);
    free(expected);
}

/* Returns how many files were there. */
static size_t check_folder(const char *path)
{
    struct arena arena = {0};
    struct arena work = {0};
    struct fs fs = {0};
    int folder;
    struct fs_entry *entries;
    size_t count = 0;
    if (fs_open_folder(&fs, AT_FDCWD, path, FS_FOLLOW, &folder) != 0)
        return 0;
    assert_int_equal(fs_list(&fs, folder, &arena, &entries, &count), 0);
    for (size_t i = 0; i < count; i++) {
        struct str bytes;
        if (entries[i].kind != FS_FILE ||
            fs_read(&fs, folder, entries[i].name.ptr, (size_t)1 << 24, &work, &bytes) != 0)
            continue;
        check(bytes, &work);
        arena_clear(&work);
    }
    fs_close(folder);
    arena_release(&work);
    arena_release(&arena);
    return count;
}

static void real_texts_come_out_as_from_cmark(void **state)
{
    (void)state;
    size_t count = check_folder("../shared/real/sheffield/content/articles") +
                   check_folder("../shared/real/sheffield/content/events") +
                   check_folder("../shared/real/sheffield/content/members");
    if (count == 0) {
        print_message("../shared/real is absent: skipped\n");
        skip();
    }
    print_message("%zu texts\n", count);
}

static void the_corpus_of_the_fuzzer_comes_out_as_from_cmark(void **state)
{
    (void)state;
    assert_true(check_folder("tests/fuzz/corpus/markdown") > 0);
    assert_true(check_folder("tests/xss") > 0);
}

static void what_cmark_finds_hard_comes_out_the_same(void **state)
{
    (void)state;
    static const char *const units[] = {"[",      "*a ",    "a**b", "> ",  "`",
                                        "![[]()", "[a](<b", "- ",   "<?",  "&#",
                                        "[ (]( ", "\xFF",   "\r",   "\t>", "<![CDATA["};
    struct arena arena = {0};
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        struct buf text = {0};
        for (size_t n = 0; n < 5000; n++)
            buf_adds(&text, units[i]);
        check(buf_str(&text), &arena);
        buf_release(&text);
        arena_clear(&arena);
    }
    static const char *const small[] = {
        "",       "\xEF\xBB\xBF# a", "[a](b \"\") ![c](d '')", "[a]\n\n[a]: b ()\n",
        "a\\\nb", "a  \r\nb"};
    for (size_t i = 0; i < sizeof small / sizeof small[0]; i++)
        check(str_from(small[i]), &arena);
    check(STR("a\0b"), &arena);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(real_texts_come_out_as_from_cmark),
        cmocka_unit_test(the_corpus_of_the_fuzzer_comes_out_as_from_cmark),
        cmocka_unit_test(what_cmark_finds_hard_comes_out_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
