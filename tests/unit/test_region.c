/* Memory of fixed addresses that is written to a file and mapped back. */
#include "base/region.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PAGES = 64 };

static const struct fs disk = {0};

struct told {
    const char *start[PAGES];
    size_t size[PAGES];
    size_t count;
};

static void take(void *context, const char *start, size_t size)
{
    struct told *told = context;
    told->start[told->count] = start;
    told->size[told->count++] = size;
}

/* A file of PAGES pages, each full of its number, in the region. */
static int map_file(struct region *region)
{
    char path[] = "/tmp/copse-region-XXXXXX";
    size_t page = region_page();
    char *bytes = malloc(page);
    int file = mkstemp(path);
    assert_true(file >= 0 && bytes != NULL);
    for (int i = 0; i < PAGES; i++) {
        memset(bytes, i, page);
        assert_int_equal(write(file, bytes, page), page);
    }
    free(bytes);
    unlink(path);
    assert_true(region_map(region, REGION_SITE, file, 0, PAGES * page));
    return file;
}

static void only_what_was_written_to_counts_as_changed(void **state)
{
    (void)state;
    struct region region;
    struct told told = {.count = 0};
    int file = map_file(&region);
    size_t page = region_page();
    volatile char read = 0;
    for (size_t i = 0; i < PAGES; i++)
        read = (char)(read + region.base[i * page]);
    region.base[3 * page + 5] = 'x';
    region.base[4 * page] = 'y';
    region.base[9 * page] = 'z';
    if (region_changes(&disk, &region, take, &told) != 0) {
        region_close(&region);
        close(file);
        print_message("this system does not tell which pages changed\n");
        skip();
    }
    assert_int_equal(told.count, 2);
    assert_ptr_equal(told.start[0], region.base + 3 * page);
    assert_int_equal(told.size[0], 2 * page);
    assert_ptr_equal(told.start[1], region.base + 9 * page);
    region_close(&region);
    close(file);
}

static void what_is_taken_behind_the_file_counts_as_changed(void **state)
{
    (void)state;
    struct region region;
    struct told told = {.count = 0};
    int file = map_file(&region);
    size_t page = region_page();
    char *more = region_take(&region, 10);
    assert_ptr_equal(more, region.base + PAGES * page);
    more[0] = 'm';
    if (region_changes(&disk, &region, take, &told) != 0) {
        region_close(&region);
        close(file);
        skip();
    }
    assert_int_equal(told.count, 1);
    assert_ptr_equal(told.start[0], more);
    region_close(&region);
    close(file);
}

static void what_changed_is_put_into_the_next_mapping(void **state)
{
    (void)state;
    struct region region;
    size_t page = region_page();
    char *bytes = calloc(1, page);
    assert_non_null(bytes);
    memset(bytes, 'n', page);
    int file = map_file(&region);
    const char *behind = region.base + (PAGES + 2) * page;
    assert_true(region_put(&region, region.base + page, (struct str){bytes, page}));
    assert_true(region_put(&region, behind, (struct str){bytes, page}));
    assert_int_equal(region.base[page], 'n');
    assert_int_equal(region.base[0], 0);
    assert_true(region_holds(&region, behind + page - 1));
    assert_false(region_put(&region, region.base - page, (struct str){bytes, page}));
    assert_false(region_put(&region, region.base + region.size, (struct str){bytes, page}));
    region_close(&region);
    close(file);
    free(bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_what_was_written_to_counts_as_changed),
        cmocka_unit_test(what_is_taken_behind_the_file_counts_as_changed),
        cmocka_unit_test(what_changed_is_put_into_the_next_mapping),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
