/* Bytes put aside come back as they were, whatever the disk says. */
#include "base/aside.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

enum { TEXTS = 3000, LONGEST = 1000 };

/* Text `number`: some hundred bytes that no other text has. */
static struct str make_text(size_t number, char text[LONGEST + 1])
{
    size_t len = (number * 37) % LONGEST;
    for (size_t i = 0; i < len; i++)
        text[i] = (char)('a' + (number * 7 + i) % 26);
    return (struct str){text, len};
}

static const char *folder(char place[64])
{
    snprintf(place, 64, "%s/copse-aside-XXXXXX", "/var/tmp");
    return mkdtemp(place);
}

static void fill(struct aside *aside, const char *places[TEXTS])
{
    struct aside_writer writers[2] = {{0}, {0}};
    char text[LONGEST + 1];
    for (size_t i = 0; i < TEXTS; i++) {
        places[i] = aside_put(aside, &writers[i % 2], make_text(i, text));
        assert_non_null(places[i]);
        assert_true(aside_has(aside, places[i]));
    }
    aside_flush(aside, &writers[0]);
    aside_flush(aside, &writers[1]);
}

static void check(const char *const places[TEXTS])
{
    char text[LONGEST + 1];
    for (size_t i = 0; i < TEXTS; i++) {
        struct str expected = make_text(i, text);
        assert_memory_equal(places[i], expected.ptr, expected.len);
    }
}

static int full_after_three(void *context, enum fs_operation operation, const char *path)
{
    (void)path;
    int *writes = context;
    return operation == FS_OP_WRITE && ++*writes > 3 ? ENOSPC : 0;
}

static void what_is_put_aside_is_read_again(void **state)
{
    (void)state;
    for (int full = 0; full < 2; full++) {
        int writes = 0;
        struct fs fs = {full ? full_after_three : NULL, &writes};
        char place[64];
        const char *places[TEXTS];
        struct aside *aside = aside_new(&fs, folder(place));
        if (!aside)
            skip(); /* a file system without files that have no name */
        fill(aside, places);
        assert_true(!full || writes > 3);
        check(places);
        aside_let_go(aside);
        check(places);
        assert_int_equal(rmdir(place), 0); /* nothing lies there */
        aside_free(aside);
    }
}

static void what_is_too_long_stays_out(void **state)
{
    (void)state;
    struct fs fs = {0};
    char place[64];
    struct aside_writer writer = {0};
    struct aside *aside = aside_new(&fs, folder(place));
    if (!aside)
        skip();
    char *large = calloc(1, 1024 * 1024);
    assert_null(aside_put(aside, &writer, (struct str){large, 1024 * 1024}));
    assert_false(aside_has(aside, large));
    aside_flush(aside, &writer);
    free(large);
    rmdir(place);
    aside_free(aside);
}

static void without_a_folder_there_is_none(void **state)
{
    (void)state;
    struct fs fs = {0};
    assert_null(aside_new(&fs, "/nowhere/at/all"));
    aside_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_put_aside_is_read_again),
        cmocka_unit_test(what_is_too_long_stays_out),
        cmocka_unit_test(without_a_folder_there_is_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
