/* Compressed copies: what compression.h and the store promise of them, read by the programs that
 * people unpack with. */
#include "publish/compression.h"
#include "publish/store.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { ALL = 7, GZIP = 1 };

struct bench {
    struct arena arena;
    struct diags diags;
    char folder[64];
};

static int setup(void **state)
{
    struct bench *bench = calloc(1, sizeof *bench);
    assert_non_null(bench);
    strcpy(bench->folder, "/tmp/copse-copies-XXXXXX");
    assert_non_null(mkdtemp(bench->folder));
    diags_init(&bench->diags, &bench->arena);
    *state = bench;
    return 0;
}

static int teardown(void **state)
{
    struct bench *bench = *state;
    int result = system(arena_printf(&bench->arena, "rm -rf %s", bench->folder).ptr);
    arena_release(&bench->arena);
    free(bench);
    return result;
}

static const char *at(struct bench *bench, const char *path)
{
    return arena_printf(&bench->arena, "%s/public/%s", bench->folder, path).ptr;
}

struct file {
    const char *path;
    const char *text;
};

#define COUNT(files) (sizeof(files) / sizeof *(files))

static const struct file site[] = {
    {"index.html", "<p>the home page, the home page, the home page</p>"},
    {"about/index.html", "<p>about, about, about, about, about, about</p>"},
    {"logo.png", "not text"},
};

static struct store *prepare(struct bench *bench, const struct file *files, size_t count,
                             unsigned compress)
{
    struct store *store = NULL;
    struct str state = arena_printf(&bench->arena, "%s/.copse", bench->folder);
    struct store_options options = {
        .output = arena_printf(&bench->arena, "%s/public", bench->folder).ptr,
        .state = state.ptr,
        .site = bench->folder,
        .anchor = bench->folder,
        .workers = 1,
        .compress = compress,
    };
    struct store_item *items = arena_zalloc(&bench->arena, count, sizeof *items);
    for (size_t i = 0; i < count; i++)
        items[i] = (struct store_item){.path = str_from(files[i].path), .rank = STORE_PAGE};
    assert_int_equal(store_open(&options, &bench->arena, &bench->diags, &store), 0);
    assert_int_equal(store_plan(store, items, count, &bench->diags), 0);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(store_put(store, 0, i, str_from(files[i].text), &bench->diags), 0);
    return store;
}

static struct store_report publish(struct bench *bench, const struct file *files, size_t count,
                                   unsigned compress)
{
    struct store_report report = {0};
    struct store *store = prepare(bench, files, count, compress);
    assert_int_equal(store_commit(store, &report, &bench->diags), 0);
    store_close(store);
    return report;
}

/* What the program makes of the copy. */
static struct str unpacked(struct bench *bench, const char *program, const char *path)
{
    char bytes[4096];
    FILE *pipe = popen(arena_printf(&bench->arena, "%s -dc %s", program, at(bench, path)).ptr, "r");
    assert_non_null(pipe);
    size_t size = fread(bytes, 1, sizeof bytes, pipe);
    assert_int_equal(pclose(pipe), 0);
    return arena_str(&bench->arena, (struct str){bytes, size});
}

static void assert_copies(struct bench *bench, const struct file *file)
{
    static const char *const programs[] = {"gzip", "brotli", "zstd -q"};
    for (int format = 0; format < COMPRESSION_COUNT; format++) {
        struct str suffix = compression_suffix((enum compression)format);
        const char *path = arena_printf(&bench->arena, "%s%s", file->path, suffix.ptr).ptr;
        struct str text = unpacked(bench, programs[format], path);
        assert_true(str_eq(text, str_from(file->text)));
    }
}

static bool there(struct bench *bench, const char *path)
{
    return access(at(bench, path), F_OK) == 0;
}

static struct fs_stat stat_of(struct bench *bench, const char *path)
{
    struct fs_stat stat;
    assert_int_equal(fs_stat(NULL, AT_FDCWD, at(bench, path), &stat), 0);
    return stat;
}

static void every_text_file_gets_copies_that_unpack_to_it(void **state)
{
    struct bench *bench = *state;
    assert_int_equal(publish(bench, site, COUNT(site), ALL).written, 3 + 2 * 3);
    assert_copies(bench, &site[0]);
    assert_copies(bench, &site[1]);
    assert_false(there(bench, "logo.png.gz"));
    assert_int_equal(publish(bench, site, 0, ALL).removed, 9);
}

static void an_empty_file_and_a_large_one_are_copied_too(void **state)
{
    struct bench *bench = *state;
    char *large = calloc(1, 3001);
    assert_non_null(large);
    for (size_t i = 0; i < 3000; i++)
        large[i] = (char)('a' + i * i % 26);
    const struct file files[] = {{"empty.txt", ""}, {"large.txt", large}};
    publish(bench, files, COUNT(files), ALL);
    assert_copies(bench, &files[0]);
    assert_copies(bench, &files[1]);
    free(large);
}

static void copies_of_unchanged_files_stay_untouched(void **state)
{
    struct bench *bench = *state;
    publish(bench, site, COUNT(site), ALL);
    struct fs_stat before = stat_of(bench, "index.html.br");
    struct store_report report = publish(bench, site, COUNT(site), ALL);
    assert_int_equal(report.written, 0);
    assert_int_equal(report.unchanged, 9);
    struct fs_stat after = stat_of(bench, "index.html.br");
    assert_true(before.changed == after.changed && before.inode == after.inode);
}

static void a_changed_file_takes_its_copies_along_and_no_others(void **state)
{
    struct bench *bench = *state;
    publish(bench, site, COUNT(site), ALL);
    struct file changed[COUNT(site)];
    memcpy(changed, site, sizeof changed);
    changed[0].text = "<p>another home page</p>";
    assert_int_equal(publish(bench, changed, COUNT(changed), ALL).written, 4);
    assert_copies(bench, &changed[0]);
    assert_copies(bench, &changed[1]);
}

static void copies_go_with_their_file_and_when_nobody_asks_for_them(void **state)
{
    struct bench *bench = *state;
    publish(bench, site, COUNT(site), ALL);
    assert_int_equal(publish(bench, site, 1, ALL).removed, 1 + 3 + 1);
    assert_false(there(bench, "about"));
    assert_int_equal(publish(bench, site, 1, GZIP).removed, 2);
    assert_true(there(bench, "index.html.gz"));
    assert_int_equal(publish(bench, site, 1, 0).removed, 1);
    assert_false(there(bench, "index.html.gz"));
}

static void a_file_of_the_site_goes_before_a_copy(void **state)
{
    struct bench *bench = *state;
    const struct file files[] = {{"a.txt", "text"}, {"a.txt.gz", "the site's own"}};
    publish(bench, files, COUNT(files), ALL);
    struct str bytes;
    assert_int_equal(fs_read(NULL, AT_FDCWD, at(bench, "a.txt.gz"), 100, &bench->arena, &bytes), 0);
    assert_true(str_eq(bytes, STR("the site's own")));
    assert_true(there(bench, "a.txt.br"));
}

static void a_copy_that_was_lost_or_edited_is_made_again(void **state)
{
    struct bench *bench = *state;
    publish(bench, site, COUNT(site), ALL);
    assert_int_equal(unlink(at(bench, "index.html.gz")), 0);
    assert_int_equal(
        system(arena_printf(&bench->arena, "echo x >%s", at(bench, "index.html.br")).ptr), 0);
    assert_int_equal(publish(bench, site, COUNT(site), ALL).written, 2);
    assert_copies(bench, &site[0]);
}

/* A build that is killed when the page is in its place and its copies are not. */
static void copies_catch_up_after_a_build_that_was_cut_short(void **state)
{
    struct bench *bench = *state;
    publish(bench, site, COUNT(site), ALL);
    struct file changed[COUNT(site)];
    memcpy(changed, site, sizeof changed);
    changed[0].text = "<p>another home page</p>";
    assert_int_equal(system(arena_printf(&bench->arena, "printf '%s' >%s", changed[0].text,
                                         at(bench, "index.html"))
                                .ptr),
                     0);
    publish(bench, changed, COUNT(changed), ALL);
    assert_copies(bench, &changed[0]);
}

static void copies_by_other_libraries_are_made_anew(void **state)
{
    struct bench *bench = *state;
    publish(bench, site, COUNT(site), GZIP);
    struct fs_stat before = stat_of(bench, "index.html");
    /* Another set of formats stands for other versions: both change the manifest's note. */
    publish(bench, site, COUNT(site), ALL);
    assert_copies(bench, &site[0]);
    assert_true(stat_of(bench, "index.html").changed == before.changed);
}

static void the_same_bytes_give_the_same_copy(void **state)
{
    struct bench *bench = *state;
    struct compressor one = {0};
    struct compressor two = {0};
    struct buf first = {0};
    struct buf second = {0};
    (void)bench;
    for (int format = 0; format < COMPRESSION_COUNT; format++) {
        buf_clear(&first);
        buf_clear(&second);
        assert_int_equal(compressor_run(&one, (enum compression)format, STR("other"), &second), 0);
        buf_clear(&second);
        assert_int_equal(compressor_run(&one, (enum compression)format, STR("bytes"), &first), 0);
        assert_int_equal(compressor_run(&two, (enum compression)format, STR("bytes"), &second), 0);
        assert_true(str_eq(buf_str(&first), buf_str(&second)));
    }
    compressor_release(&one);
    compressor_release(&two);
    buf_release(&first);
    buf_release(&second);
}

static void only_text_is_worth_a_copy(void **state)
{
    (void)state;
    assert_true(compression_suits(STR("articles/one/index.html")));
    assert_true(compression_suits(STR("LOGO.SVG")));
    assert_true(compression_suits(STR("events.ics")));
    assert_false(compression_suits(STR("photo.jpg")));
    assert_false(compression_suits(STR("font.woff2")));
    assert_false(compression_suits(STR("_redirects")));
    assert_false(compression_suits(STR("a.html/photo")));
    assert_false(compression_suits(STR("x/.html")));
}

#define COPIES_TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        COPIES_TEST(every_text_file_gets_copies_that_unpack_to_it),
        COPIES_TEST(an_empty_file_and_a_large_one_are_copied_too),
        COPIES_TEST(copies_of_unchanged_files_stay_untouched),
        COPIES_TEST(a_changed_file_takes_its_copies_along_and_no_others),
        COPIES_TEST(copies_go_with_their_file_and_when_nobody_asks_for_them),
        COPIES_TEST(a_file_of_the_site_goes_before_a_copy),
        COPIES_TEST(a_copy_that_was_lost_or_edited_is_made_again),
        COPIES_TEST(copies_catch_up_after_a_build_that_was_cut_short),
        COPIES_TEST(copies_by_other_libraries_are_made_anew),
        COPIES_TEST(the_same_bytes_give_the_same_copy),
        cmocka_unit_test(only_text_is_worth_a_copy),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
