/* Replays what the fuzzer kept: parse and render must survive it under the sanitizers. */
#include "base/fs.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

/* The fuzz target itself, without libFuzzer. */
#include "../fuzz/liquid.c"

#define CORPUS "tests/fuzz/corpus/liquid"

static void every_kept_input_is_survived(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct fs fs = {0};
    struct fs_entry *entries;
    size_t count;
    int folder;
    if (fs_open_folder(&fs, AT_FDCWD, CORPUS, FS_NO_FOLLOW, &folder) != 0) {
        print_message("%s is absent: skipped\n", CORPUS);
        skip();
    }
    assert_int_equal(fs_list(&fs, folder, &arena, &entries, &count), 0);
    assert_true(count > 0);
    for (size_t i = 0; i < count; i++) {
        struct str bytes;
        assert_int_equal(fs_read(&fs, folder, entries[i].name.ptr, 1 << 20, &arena, &bytes), 0);
        assert_int_equal(LLVMFuzzerTestOneInput((const uint8_t *)bytes.ptr, bytes.len), 0);
    }
    fs_close(folder);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_kept_input_is_survived)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
