/* Edits of a text, and their difference as patch(1) reads it. */
#include "base/edits.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void check(const char *text, struct edit *edits, size_t count, const char *after,
                  const char *diff)
{
    struct buf out = {0};
    struct str bytes = str_from(text);
    count = edits_sort(edits, count, bytes.len);
    edits_apply(&out, bytes, edits, count);
    assert_string_equal(out.ptr, after);
    buf_clear(&out);
    edits_diff(&out, STR("content/a.md"), bytes, edits, count, false);
    assert_string_equal(out.ptr ? out.ptr : "", diff);
    buf_release(&out);
}

static void a_changed_word_is_shown_with_three_lines_around_it(void **state)
{
    struct edit edits[] = {{8, 9, STR("E")}};
    (void)state;
    check("a\nb\nc\nd\ne\nf\ng\nh\ni\n", edits, 1, "a\nb\nc\nd\nE\nf\ng\nh\ni\n",
          "--- a/content/a.md\n+++ b/content/a.md\n@@ -2,7 +2,7 @@\n b\n c\n d\n-e\n+E\n f\n g\n "
          "h\n");
}

static void edits_on_one_line_are_one_change(void **state)
{
    struct edit edits[] = {{3, 4, STR("Y")}, {0, 1, STR("X")}};
    (void)state;
    check("x: y\n", edits, 2, "X: Y\n",
          "--- a/content/a.md\n+++ b/content/a.md\n@@ -1,1 +1,1 @@\n-x: y\n+X: Y\n");
}

static void a_line_that_goes_leaves_the_next_alone(void **state)
{
    struct edit edits[] = {{2, 4, STR("")}};
    (void)state;
    check("a\nb\nc\n", edits, 1, "a\nc\n",
          "--- a/content/a.md\n+++ b/content/a.md\n@@ -1,3 +1,2 @@\n a\n-b\n c\n");
}

static void a_last_line_without_an_end_is_told(void **state)
{
    struct edit edits[] = {{2, 3, STR("B")}};
    (void)state;
    check(
        "a\nb", edits, 1, "a\nB",
        "--- a/content/a.md\n+++ b/content/a.md\n@@ -1,2 +1,2 @@\n a\n-b\n\\ No newline at end of "
        "file\n+B\n\\ No newline at end of file\n");
}

static void carriage_returns_stay(void **state)
{
    struct edit edits[] = {{3, 4, STR("B")}};
    (void)state;
    check("a\r\nb\r\n", edits, 1, "a\r\nB\r\n",
          "--- a/content/a.md\n+++ b/content/a.md\n@@ -1,2 +1,2 @@\n a\r\n-b\r\n+B\r\n");
}

static void overlapping_repeated_and_stray_edits_are_dropped(void **state)
{
    struct edit edits[] = {{0, 1, STR("A")}, {0, 1, STR("B")}, {0, 3, STR("C")},
                           {2, 3, STR("D")}, {2, 9, STR("E")}, {3, 1, STR("F")}};
    struct buf out = {0};
    (void)state;
    assert_int_equal(edits_sort(edits, 6, 4), 2);
    edits_apply(&out, STR("abcd"), edits, 2);
    assert_string_equal(out.ptr, "AbDd");
    buf_release(&out);
}

static void nothing_to_do_is_no_difference(void **state)
{
    struct edit none[1] = {{0, 0, {0}}};
    (void)state;
    check("a\n", none, 0, "a\n", "");
}

/* Random texts and edits: patch(1) makes of the text and the difference what the edits make. */
static void patch_agrees(void **state)
{
    (void)state;
    if (system("command -v patch >/dev/null") != 0)
        skip();
    char folder[] = "/tmp/copse-edits-XXXXXX";
    assert_non_null(mkdtemp(folder));
    srand(7);
    for (int round = 0; round < 60; round++) {
        struct buf text = {0};
        struct buf after = {0};
        struct buf diff = {0};
        int lines = rand() % 60;
        buf_adds(&text, "");
        for (int i = 0; i < lines; i++)
            buf_addf(&text, "%d%s", rand() % 7, i + 1 < lines || rand() % 2 ? "\n" : "");
        struct edit edits[6];
        size_t count = 0;
        for (int i = 0; text.len > 0 && i < rand() % 7; i++) {
            size_t start = (size_t)rand() % text.len;
            size_t end = start + (size_t)(rand() % 6);
            static const char *const texts[] = {"", "new", "new\n", "two\nlines\n", "\n"};
            edits[count++] =
                (struct edit){start, end < text.len ? end : text.len, str_from(texts[rand() % 5])};
        }
        count = edits_sort(edits, count, text.len);
        buf_adds(&after, "");
        edits_apply(&after, buf_str(&text), edits, count);
        edits_diff(&diff, STR("f"), buf_str(&text), edits, count, false);
        const struct {
            const char *name;
            const struct buf *bytes;
        } files[] = {{"f", &text}, {"wanted", &after}, {"diff", &diff}};
        for (size_t i = 0; i < 3; i++) {
            char path[128];
            snprintf(path, sizeof path, "%s/%s", folder, files[i].name);
            FILE *file = fopen(path, "w");
            assert_non_null(file);
            fwrite(files[i].bytes->ptr ? files[i].bytes->ptr : "", 1, files[i].bytes->len, file);
            fclose(file);
        }
        char command[512];
        snprintf(command, sizeof command,
                 "cd %s && { [ ! -s diff ] || patch -s -p1 <diff; } && touch f && cmp -s f wanted",
                 folder);
        if (system(command) != 0)
            fail_msg("round %d in %s", round, folder);
        buf_release(&text);
        buf_release(&after);
        buf_release(&diff);
    }
    char command[128];
    snprintf(command, sizeof command, "rm -r %s", folder);
    assert_int_equal(system(command), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_changed_word_is_shown_with_three_lines_around_it),
        cmocka_unit_test(edits_on_one_line_are_one_change),
        cmocka_unit_test(a_line_that_goes_leaves_the_next_alone),
        cmocka_unit_test(a_last_line_without_an_end_is_told),
        cmocka_unit_test(carriage_returns_stay),
        cmocka_unit_test(overlapping_repeated_and_stray_edits_are_dropped),
        cmocka_unit_test(nothing_to_do_is_no_difference),
        cmocka_unit_test(patch_agrees),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
