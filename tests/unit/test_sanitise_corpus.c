/* The corpus of tests/fuzz/sanitise.c, played again through the same checks. */
#include "../fuzz/sanitise.c"
#include "base/fs.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void every_file_of_the_corpus_passes(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct fs fs = {0};
    int folder;
    struct fs_entry *entries;
    size_t count;
    assert_int_equal(
        fs_open_folder(&fs, AT_FDCWD, "tests/fuzz/corpus/sanitise", FS_NO_FOLLOW, &folder), 0);
    assert_int_equal(fs_list(&fs, folder, &arena, &entries, &count), 0);
    assert_true(count > 0);
    for (size_t i = 0; i < count; i++) {
        struct str bytes;
        assert_int_equal(fs_read(&fs, folder, entries[i].name.ptr, (size_t)1 << 20, &arena, &bytes),
                         0);
        assert_int_equal(LLVMFuzzerTestOneInput((const unsigned char *)bytes.ptr, bytes.len), 0);
    }
    fs_close(folder);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_file_of_the_corpus_passes)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
