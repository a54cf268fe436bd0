/* The store: the output folder and the promises of publish/store.h. */
#include "publish/store.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* A site's folder of its own for each test, with content/ in it. */
struct bench {
    struct arena arena;
    struct diags diags;
    struct fs fs;
    char folder[64];
    char output[96];
    char state[96];
    /* What the seam does: fail (or end the process at) the nth operation of a kind. */
    enum fs_operation operation;
    int countdown; /* 0: nothing */
    int error;     /* 0: end the process */
};

static int inject(void *context, enum fs_operation operation, const char *path)
{
    struct bench *bench = context;
    (void)path;
    if (bench->countdown == 0 || operation != bench->operation || --bench->countdown > 0)
        return 0;
    if (bench->error == 0)
        _exit(9);
    return bench->error;
}

static int setup(void **state)
{
    struct bench *bench = calloc(1, sizeof *bench);
    assert_non_null(bench);
    strcpy(bench->folder, "/tmp/copse-store-XXXXXX");
    assert_non_null(mkdtemp(bench->folder));
    snprintf(bench->output, sizeof bench->output, "%s/public", bench->folder);
    snprintf(bench->state, sizeof bench->state, "%s/.copse", bench->folder);
    bench->fs = (struct fs){inject, bench};
    diags_init(&bench->diags, &bench->arena);
    char command[512];
    snprintf(command, sizeof command, "mkdir %s/content", bench->folder);
    assert_int_equal(system(command), 0);
    *state = bench;
    return 0;
}

static int teardown(void **state)
{
    struct bench *bench = *state;
    char command[512];
    snprintf(command, sizeof command, "rm -rf %s", bench->folder);
    int result = system(command);
    arena_release(&bench->arena);
    free(bench);
    return result;
}

static const char *at(struct bench *bench, const char *path)
{
    return arena_printf(&bench->arena, "%s/%s", bench->output, path).ptr;
}

static void put_file(struct bench *bench, const char *path, const char *text)
{
    char command[512];
    snprintf(command, sizeof command, "mkdir -p \"$(dirname %s)\" && printf '%%s' '%s' >%s",
             at(bench, path), text, at(bench, path));
    assert_int_equal(system(command), 0);
}

static bool holds(struct bench *bench, const char *path, const char *text)
{
    struct str bytes;
    return fs_read(NULL, AT_FDCWD, at(bench, path), 1 << 20, &bench->arena, &bytes) == 0 &&
           str_eq(bytes, str_from(text));
}

static bool absent(struct bench *bench, const char *path)
{
    struct stat stat;
    return lstat(at(bench, path), &stat) != 0 && errno == ENOENT;
}

static int64_t modified(struct bench *bench, const char *path)
{
    struct stat stat;
    assert_int_equal(lstat(at(bench, path), &stat), 0);
    return (int64_t)stat.st_mtim.tv_sec * 1000000000 + stat.st_mtim.tv_nsec;
}

static int open_store(struct bench *bench, struct store **store)
{
    struct store_options options = {
        .fs = &bench->fs,
        .output = bench->output,
        .state = bench->state,
        .site = bench->folder,
        .anchor = bench->folder,
        .workers = 1,
    };
    return store_open(&options, &bench->arena, &bench->diags, store);
}

/* One file of a test's site. */
struct file {
    const char *path;
    const char *text;
    enum store_rank rank;
};

static int publish(struct bench *bench, const struct file *files, size_t count,
                   struct store_report *report)
{
    struct store *store = NULL;
    *report = (struct store_report){0};
    struct store_item *items = arena_zalloc(&bench->arena, count, sizeof *items);
    for (size_t i = 0; i < count; i++)
        items[i] = (struct store_item){.path = str_from(files[i].path), .rank = files[i].rank};
    int result = open_store(bench, &store);
    if (result == 0)
        result = store_plan(store, items, count, &bench->diags);
    for (size_t i = 0; i < count && result == 0; i++)
        result = store_put(store, 0, i, str_from(files[i].text), &bench->diags);
    if (result == 0)
        result = store_commit(store, report, &bench->diags);
    store_close(store);
    return result;
}

#define COUNT(files) (sizeof(files) / sizeof *(files))

static const struct file site_a[] = {
    {"index.html", "home", STORE_INDEX},
    {"articles/one/index.html", "one", STORE_PAGE},
    {"articles/two/index.html", "two", STORE_PAGE},
    {"assets/style.css", "css", STORE_ASSET},
    {"feed.xml", "feed", STORE_FEED},
};
/* The same with one page changed, one gone and one new. */
static const struct file site_b[] = {
    {"index.html", "home", STORE_INDEX},
    {"articles/one/index.html", "one, changed", STORE_PAGE},
    {"articles/three/index.html", "three", STORE_PAGE},
    {"assets/style.css", "css", STORE_ASSET},
    {"feed.xml", "feed", STORE_FEED},
};

static void assert_is(struct bench *bench, const struct file *files, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!holds(bench, files[i].path, files[i].text))
            fail_msg("%s is not as it should be", files[i].path);
    }
    assert_true(absent(bench, ".copse-work"));
}

static bool said(const struct bench *bench, const char *code, const char *text)
{
    for (size_t i = 0; i < bench->diags.count; i++) {
        const struct diag *diag = &bench->diags.items[i];
        if (strcmp(diag->code, code) == 0 && str_has(diag->message, str_from(text)))
            return true;
    }
    return false;
}

static void writes_a_new_site_whole(void **state)
{
    struct bench *bench = *state;
    struct store_report report;
    assert_int_equal(publish(bench, site_a, COUNT(site_a), &report), 0);
    assert_is(bench, site_a, COUNT(site_a));
    assert_int_equal(report.written, 5);
    assert_int_equal(report.unchanged, 0);
    assert_int_equal(report.bytes, 4 + 3 + 3 + 3 + 4);
}

static void leaves_unchanged_files_alone(void **state)
{
    struct bench *bench = *state;
    struct store_report report;
    assert_int_equal(publish(bench, site_a, COUNT(site_a), &report), 0);
    int64_t before = modified(bench, "index.html");
    assert_int_equal(publish(bench, site_a, COUNT(site_a), &report), 0);
    assert_int_equal(report.written, 0);
    assert_int_equal(report.unchanged, 5);
    assert_true(modified(bench, "index.html") == before);
}

static void writes_changes_and_removes_what_is_gone_with_its_folder(void **state)
{
    struct bench *bench = *state;
    struct store_report report;
    assert_int_equal(publish(bench, site_a, COUNT(site_a), &report), 0);
    int64_t before = modified(bench, "index.html");
    assert_int_equal(publish(bench, site_b, COUNT(site_b), &report), 0);
    assert_is(bench, site_b, COUNT(site_b));
    assert_int_equal(report.written, 2);
    assert_int_equal(report.unchanged, 3);
    assert_int_equal(report.removed, 1);
    assert_true(absent(bench, "articles/two"));
    assert_true(modified(bench, "index.html") == before);
}

static void foreign_files_elsewhere_stay(void **state)
{
    struct bench *bench = *state;
    struct store_report report;
    put_file(bench, "articles/two/notes.txt", "mine");
    put_file(bench, "CNAME", "example.org");
    assert_int_equal(publish(bench, site_a, COUNT(site_a), &report), 0);
    assert_int_equal(publish(bench, site_b, COUNT(site_b), &report), 0);
    assert_true(holds(bench, "articles/two/notes.txt", "mine"));
    assert_true(holds(bench, "CNAME", "example.org"));
    assert_true(absent(bench, "articles/two/index.html"));
}

static void a_foreign_file_in_the_way_is_refused_by_name_and_nothing_is_written(void **state)
{
    struct bench *bench = *state;
    struct store_report report;
    put_file(bench, "articles/one/index.html", "mine");
    assert_int_equal(publish(bench, site_a, COUNT(site_a), &report), -1);
    assert_true(said(bench, "foreign-file", "public/articles/one/index.html"));
    assert_true(holds(bench, "articles/one/index.html", "mine"));
    assert_true(absent(bench, "index.html"));
    assert_true(absent(bench, ".copse-work"));
}

static void a_foreign_file_that_is_the_same_is_adopted(void **state)
{
    struct bench *bench = *state;
    struct store_report report;
    put_file(bench, "articles/one/index.html", "one");
    assert_int_equal(publish(bench, site_a, COUNT(site_a), &report), 0);
    assert_int_equal(report.unchanged, 1);
    assert_int_equal(publish(bench, site_b, COUNT(site_b), &report), 0);
    assert_is(bench, site_b, COUNT(site_b));
}

static void without_the_manifest_equal_files_are_adopted_and_others_refused(void **state)
{
    struct bench *bench = *state;
    struct store_report report;
    assert_int_equal(publish(bench, site_a, COUNT(site_a), &report), 0);
    char command[512];
    snprintf(command, sizeof command, "for f in %s/*; do echo damaged >$f; done", bench->state);
    assert_int_equal(system(command), 0);
    assert_int_equal(publish(bench, site_b, COUNT(site_b), &report), -1);
    assert_true(said(bench, "foreign-file", "public/articles/one/index.html"));
    assert_is(bench, site_a, COUNT(site_a));
    diags_init(&bench->diags, &bench->arena);
    assert_int_equal(publish(bench, site_a, COUNT(site_a), &report), 0);
    assert_int_equal(report.unchanged, 5);
    assert_int_equal(publish(bench, site_b, COUNT(site_b), &report), 0);
    assert_is(bench, site_b, COUNT(site_b));
}

static void a_page_of_ours_that_was_edited_is_put_right(void **state)
{
    struct bench *bench = *state;
    struct store_report report;
    assert_int_equal(publish(bench, site_a, COUNT(site_a), &report), 0);
    put_file(bench, "index.html", "HOME");
    assert_int_equal(publish(bench, site_a, COUNT(site_a), &report), 0);
    assert_int_equal(report.written, 1);
    assert_is(bench, site_a, COUNT(site_a));
}

static void a_page_that_is_gone_but_was_edited_is_left_and_named_each_time(void **state)
{
    struct bench *bench = *state;
    struct store_report report;
    assert_int_equal(publish(bench, site_a, COUNT(site_a), &report), 0);
    put_file(bench, "articles/two/index.html", "edited");
    for (int i = 0; i < 2; i++) {
        diags_init(&bench->diags, &bench->arena);
        assert_int_equal(publish(bench, site_b, COUNT(site_b), &report), 0);
        assert_true(said(bench, "changed-output", "public/articles/two/index.html"));
        assert_true(holds(bench, "articles/two/index.html", "edited"));
    }
}

static void what_was_deleted_by_hand_comes_back(void **state)
{
    struct bench *bench = *state;
    struct store_report report;
    assert_int_equal(publish(bench, site_a, COUNT(site_a), &report), 0);
    char command[512];
    snprintf(command, sizeof command, "rm -r %s/articles %s/index.html", bench->output,
             bench->output);
    assert_int_equal(system(command), 0);
    assert_int_equal(publish(bench, site_a, COUNT(site_a), &report), 0);
    assert_is(bench, site_a, COUNT(site_a));
    assert_int_equal(report.written, 3);
}

static void without_commit_the_output_is_as_it_was(void **state)
{
    struct bench *bench = *state;
    struct store *store = NULL;
    struct store_item item = {.path = STR("index.html")};
    assert_int_equal(open_store(bench, &store), 0);
    assert_int_equal(store_plan(store, &item, 1, &bench->diags), 0);
    assert_int_equal(store_put(store, 0, 0, STR("home"), &bench->diags), 0);
    store_close(store);
    struct stat stat;
    assert_int_not_equal(lstat(bench->output, &stat), 0);
}

static void two_builds_cannot_mix(void **state)
{
    struct bench *bench = *state;
    struct store *first = NULL;
    struct store *second = NULL;
    assert_int_equal(open_store(bench, &first), 0);
    assert_int_equal(open_store(bench, &second), -1);
    char process[32];
    snprintf(process, sizeof process, "process %ld, since 2", (long)getpid());
    assert_true(said(bench, "output-locked", process));
    assert_true(bench->diags.items[0].severity == SEVERITY_FAILURE);
    store_close(first);
    assert_int_equal(open_store(bench, &second), 0);
    store_close(second);
}

static void symlinks_in_the_output_are_not_followed(void **state)
{
    struct bench *bench = *state;
    struct store_report report;
    char command[512];
    snprintf(command, sizeof command, "mkdir -p %s %s/else && ln -s ../else %s/articles",
             bench->output, bench->folder, bench->output);
    assert_int_equal(system(command), 0);
    assert_int_equal(publish(bench, site_a, COUNT(site_a), &report), -1);
    assert_true(said(bench, "foreign-file", "symbolic link"));
    assert_true(absent(bench, "index.html"));
    assert_true(absent(bench, "../else/one"));
}

static void the_output_folder_itself_may_be_a_symlink(void **state)
{
    struct bench *bench = *state;
    struct store_report report;
    char command[512];
    snprintf(command, sizeof command, "mkdir %s/www && ln -s www %s", bench->folder, bench->output);
    assert_int_equal(system(command), 0);
    assert_int_equal(publish(bench, site_a, COUNT(site_a), &report), 0);
    assert_is(bench, site_a, COUNT(site_a));
}

static void removal_does_not_go_through_symlinks(void **state)
{
    struct bench *bench = *state;
    struct store_report report;
    assert_int_equal(publish(bench, site_a, COUNT(site_a), &report), 0);
    char command[512];
    snprintf(command, sizeof command,
             "mv %s/articles/two %s/else && ln -s ../../else %s/articles/two", bench->output,
             bench->folder, bench->output);
    assert_int_equal(system(command), 0);
    assert_int_equal(publish(bench, site_b, COUNT(site_b), &report), 0);
    assert_true(holds(bench, "../else/index.html", "two"));
}

static void refuse_paths(struct bench *bench, const char *first, const char *second,
                         const char *code)
{
    struct store_report report;
    const struct file files[] = {{first, "1", STORE_PAGE}, {second, "2", STORE_PAGE}};
    diags_init(&bench->diags, &bench->arena);
    assert_int_equal(publish(bench, files, 2, &report), -1);
    assert_true(said(bench, code, ""));
}

static void collisions_and_paths_that_escape_are_refused(void **state)
{
    struct bench *bench = *state;
    refuse_paths(bench, "a/index.html", "a/index.html", "output-collision");
    refuse_paths(bench, "a/index.html", "A/Index.html", "output-collision");
    refuse_paths(bench, "a", "a/index.html", "output-collision");
    refuse_paths(bench, "a/b/index.html", "A", "output-collision");
    refuse_paths(bench, "x", "../x", "output-path");
    refuse_paths(bench, "x", "/x", "output-path");
    refuse_paths(bench, "x", "a/./x", "output-path");
    refuse_paths(bench, "x", "a//x", "output-path");
    refuse_paths(bench, "x", "", "output-path");
    refuse_paths(bench, "x", "a\nb", "output-path");
    refuse_paths(bench, "x", ".copse-work/lock", "output-path");
}

static void refuse_output(struct bench *bench, const char *output)
{
    struct store *store = NULL;
    snprintf(bench->output, sizeof bench->output, "%s", output);
    diags_init(&bench->diags, &bench->arena);
    assert_int_equal(open_store(bench, &store), -1);
    if (!said(bench, "output-folder", output))
        fail_msg("%s was not refused", output);
}

static void outputs_that_would_do_harm_are_refused(void **state)
{
    struct bench *bench = *state;
    char path[256];
    refuse_output(bench, "/");
    refuse_output(bench, "/tmp");
    refuse_output(bench, "/tmp/../tmp");
    setenv("HOME", "/usr/share", 1);
    refuse_output(bench, "/usr/share/");
    refuse_output(bench, bench->folder);
    snprintf(path, sizeof path, "%s/content", bench->folder);
    refuse_output(bench, path);
    snprintf(path, sizeof path, "%s/content/new/deep", bench->folder);
    refuse_output(bench, path);
    snprintf(path, sizeof path, "%s/other/.git/hooks", bench->folder);
    refuse_output(bench, path);
    snprintf(path, sizeof path, "mkdir -p %s/repository/.git", bench->folder);
    assert_int_equal(system(path), 0);
    snprintf(path, sizeof path, "%s/repository", bench->folder);
    refuse_output(bench, path);
}

static void a_full_disk_while_putting_leaves_the_site_as_it_was(void **state)
{
    struct bench *bench = *state;
    struct store_report report;
    assert_int_equal(publish(bench, site_a, COUNT(site_a), &report), 0);
    bench->operation = FS_OP_WRITE;
    bench->countdown = 3; /* the first is the lock's note */
    bench->error = ENOSPC;
    assert_int_equal(publish(bench, site_b, COUNT(site_b), &report), -1);
    assert_true(said(bench, "system", "the disk is full"));
    assert_is(bench, site_a, COUNT(site_a));
    assert_int_equal(publish(bench, site_b, COUNT(site_b), &report), 0);
    assert_is(bench, site_b, COUNT(site_b));
}

/* Every file is either of site a, or of site b, or of no site at all. */
static void assert_each_file_whole(struct bench *bench)
{
    assert_true(holds(bench, "index.html", "home"));
    assert_true(holds(bench, "articles/one/index.html", "one") ||
                holds(bench, "articles/one/index.html", "one, changed"));
    assert_true(holds(bench, "articles/two/index.html", "two") ||
                absent(bench, "articles/two/index.html"));
    assert_true(holds(bench, "articles/three/index.html", "three") ||
                absent(bench, "articles/three/index.html"));
    /* What a changed page may link to is there before it. */
    if (holds(bench, "articles/one/index.html", "one, changed"))
        assert_true(holds(bench, "articles/three/index.html", "three"));
    if (absent(bench, "articles/two/index.html"))
        assert_true(holds(bench, "articles/one/index.html", "one, changed"));
}

/* Ends the build with `error`, or as kill -9 does, at each operation of a kind in turn; the files
 * must be whole each time and the next build must put all right. */
static void interrupt_everywhere(struct bench *bench, enum fs_operation operation, int error)
{
    struct store_report report;
    assert_int_equal(publish(bench, site_a, COUNT(site_a), &report), 0);
    for (int nth = 1; nth < 1000; nth++) {
        bench->operation = operation;
        bench->countdown = nth;
        bench->error = error;
        pid_t child = fork();
        assert_true(child >= 0);
        if (child == 0)
            _exit(publish(bench, site_b, COUNT(site_b), &report) == 0 ? 0 : 9);
        int status = 0;
        assert_int_equal(waitpid(child, &status, 0), child);
        assert_true(WIFEXITED(status));
        bench->countdown = 0;
        assert_each_file_whole(bench);
        assert_int_equal(publish(bench, site_b, COUNT(site_b), &report), 0);
        assert_is(bench, site_b, COUNT(site_b));
        assert_true(absent(bench, "articles/two"));
        assert_int_equal(publish(bench, site_a, COUNT(site_a), &report), 0);
        assert_is(bench, site_a, COUNT(site_a));
        if (WEXITSTATUS(status) == 0)
            return;
    }
    fail_msg("the build never came to its end");
}

static void killed_at_any_operation_files_are_whole_and_the_next_build_repairs(void **state)
{
    static const enum fs_operation operations[] = {FS_OP_OPEN,   FS_OP_READ,        FS_OP_WRITE,
                                                   FS_OP_RENAME, FS_OP_REMOVE,      FS_OP_LIST,
                                                   FS_OP_STAT,   FS_OP_MAKE_FOLDER, FS_OP_LOCK};
    for (size_t i = 0; i < COUNT(operations); i++)
        interrupt_everywhere(*state, operations[i], 0);
}

static void failing_at_any_write_files_are_whole_and_the_next_build_repairs(void **state)
{
    interrupt_everywhere(*state, FS_OP_WRITE, ENOSPC);
    interrupt_everywhere(*state, FS_OP_RENAME, EIO);
    interrupt_everywhere(*state, FS_OP_REMOVE, EACCES);
}

static void a_kill_does_not_make_a_foreign_file_ours(void **state)
{
    struct bench *bench = *state;
    struct store_report report;
    bench->operation = FS_OP_RENAME;
    bench->countdown = 2; /* the manifest says what is to come; the first move is not done */
    pid_t child = fork();
    if (child == 0)
        _exit(publish(bench, site_a, COUNT(site_a), &report));
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(WEXITSTATUS(status), 9);
    bench->countdown = 0;
    put_file(bench, "articles/one/index.html", "mine");
    assert_int_equal(publish(bench, site_b, COUNT(site_b), &report), -1);
    assert_true(said(bench, "foreign-file", "public/articles/one/index.html"));
    assert_true(holds(bench, "articles/one/index.html", "mine"));
}

#define STORE_TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        STORE_TEST(writes_a_new_site_whole),
        STORE_TEST(leaves_unchanged_files_alone),
        STORE_TEST(writes_changes_and_removes_what_is_gone_with_its_folder),
        STORE_TEST(foreign_files_elsewhere_stay),
        STORE_TEST(a_foreign_file_in_the_way_is_refused_by_name_and_nothing_is_written),
        STORE_TEST(a_foreign_file_that_is_the_same_is_adopted),
        STORE_TEST(without_the_manifest_equal_files_are_adopted_and_others_refused),
        STORE_TEST(a_page_of_ours_that_was_edited_is_put_right),
        STORE_TEST(a_page_that_is_gone_but_was_edited_is_left_and_named_each_time),
        STORE_TEST(what_was_deleted_by_hand_comes_back),
        STORE_TEST(without_commit_the_output_is_as_it_was),
        STORE_TEST(two_builds_cannot_mix),
        STORE_TEST(symlinks_in_the_output_are_not_followed),
        STORE_TEST(the_output_folder_itself_may_be_a_symlink),
        STORE_TEST(removal_does_not_go_through_symlinks),
        STORE_TEST(collisions_and_paths_that_escape_are_refused),
        STORE_TEST(outputs_that_would_do_harm_are_refused),
        STORE_TEST(a_full_disk_while_putting_leaves_the_site_as_it_was),
        STORE_TEST(killed_at_any_operation_files_are_whole_and_the_next_build_repairs),
        STORE_TEST(failing_at_any_write_files_are_whole_and_the_next_build_repairs),
        STORE_TEST(a_kill_does_not_make_a_foreign_file_ours),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
