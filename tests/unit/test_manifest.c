/* The manifest: what copse remembers of its output. */
#include "publish/manifest.h"
#include "publish/manifest_more.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

static struct str written(struct arena *arena)
{
    struct manifest manifest;
    manifest_init(&manifest, arena);
    static struct manifest_entry entries[] = {
        {.path = STR_INIT("index.html"),
         .digest = {1, UINT64_MAX},
         .size = 10,
         .inode = 20,
         .modified = INT64_MAX,
         .changed = -1},
        {.path = STR_INIT("a name with spaces/x p.html"), .digest = {0, 0}, .pending = true},
    };
    for (size_t i = 0; i < 2; i++)
        manifest_add(&manifest, &entries[i]);
    struct buf out = {0};
    manifest_write(&manifest, &out);
    struct str bytes = arena_str(arena, buf_str(&out));
    buf_release(&out);
    return bytes;
}

static void reads_back_what_it_wrote(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct manifest manifest;
    manifest_read(&manifest, &arena, written(&arena));
    assert_true(manifest.known);
    assert_int_equal(manifest.entries.count, 2);
    const struct manifest_entry *first = manifest_find(&manifest, STR("index.html"));
    assert_non_null(first);
    assert_true(first->digest.low == 1 && first->digest.high == UINT64_MAX);
    assert_true(first->size == 10 && first->inode == 20);
    assert_true(first->modified == INT64_MAX && first->changed == -1 && !first->pending);
    const struct manifest_entry *second =
        manifest_find(&manifest, STR("a name with spaces/x p.html"));
    assert_non_null(second);
    assert_true(second->pending);
    arena_release(&arena);
}

static void any_changed_byte_makes_it_unknown(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct str bytes = written(&arena);
    for (size_t i = 0; i < bytes.len; i++) {
        char *copy = arena_cstr(&arena, bytes);
        copy[i] = (char)(copy[i] ^ 1);
        struct manifest manifest;
        manifest_read(&manifest, &arena, (struct str){copy, bytes.len});
        assert_false(manifest.known);
        assert_int_equal(manifest.entries.count, 0);
    }
    arena_release(&arena);
}

static void cut_off_anywhere_it_is_unknown(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct str bytes = written(&arena);
    for (size_t len = 0; len < bytes.len; len++) {
        struct manifest manifest;
        manifest_read(&manifest, &arena, str_sub(bytes, 0, len));
        assert_false(manifest.known);
    }
    arena_release(&arena);
}

static void an_empty_one_is_known(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct manifest manifest;
    manifest_init(&manifest, &arena);
    struct buf out = {0};
    manifest_write(&manifest, &out);
    manifest_read(&manifest, &arena, buf_str(&out));
    assert_true(manifest.known);
    assert_int_equal(manifest.entries.count, 0);
    buf_release(&out);
    arena_release(&arena);
}

static void a_file_is_fresh_only_while_nothing_of_it_changed(void **state)
{
    (void)state;
    struct manifest_entry entry = {.size = 1, .inode = 2, .modified = 3, .changed = 4};
    struct fs_stat stat = {.kind = FS_FILE, .size = 1, .inode = 2, .modified = 3, .changed = 4};
    assert_true(manifest_fresh(&entry, &stat));
    stat.changed = 5;
    assert_false(manifest_fresh(&entry, &stat));
    stat.changed = 4;
    stat.kind = FS_SYMLINK;
    assert_false(manifest_fresh(&entry, &stat));
    stat.kind = FS_FILE;
    entry.pending = true;
    assert_false(manifest_fresh(&entry, &stat));
}

/* index.html changed, "new.html" came, and the file with spaces went; as written. */
static struct str more_of(struct arena *arena, struct str sum, struct str former)
{
    static struct manifest_entry changed = {.path = STR_INIT("index.html"), .size = 11};
    static struct manifest_entry came = {.path = STR_INIT("new.html"), .size = 12};
    static struct manifest_entry went = {.path = STR_INIT("a name with spaces/x p.html")};
    struct manifest now;
    struct manifest before;
    struct buf out = {0};
    manifest_init(&now, arena);
    manifest_init(&before, arena);
    manifest_add(&before, &changed);
    manifest_add(&before, &went);
    manifest_add(&now, &changed);
    manifest_add(&now, &came);
    manifest_write_more(sum, former, &now, &before, &out);
    struct str bytes = arena_str(arena, buf_str(&out));
    buf_release(&out);
    return bytes;
}

static void what_an_edit_changed_goes_before_the_manifest(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct manifest manifest;
    struct str bytes = written(&arena);
    struct str sum = manifest_sum(bytes);
    manifest_read(&manifest, &arena, bytes);
    manifest_take_more(&manifest, &arena, sum, more_of(&arena, sum, (struct str){0}));
    assert_true(manifest.known);
    assert_int_equal(manifest.entries.count, 2);
    assert_int_equal(manifest_find(&manifest, STR("index.html"))->size, 11);
    assert_non_null(manifest_find(&manifest, STR("new.html")));
    assert_null(manifest_find(&manifest, STR("a name with spaces/x p.html")));
    arena_release(&arena);
}

static void what_a_former_edit_changed_stays_known(void **state)
{
    (void)state;
    struct arena arena = {0};
    static struct manifest_entry later = {.path = STR_INIT("later.html"), .size = 13};
    struct manifest manifest;
    struct manifest now;
    struct manifest before;
    struct buf out = {0};
    struct str bytes = written(&arena);
    struct str sum = manifest_sum(bytes);
    manifest_init(&now, &arena);
    manifest_init(&before, &arena);
    manifest_add(&now, &later);
    manifest_write_more(sum, more_of(&arena, sum, (struct str){0}), &now, &before, &out);
    manifest_read(&manifest, &arena, bytes);
    manifest_take_more(&manifest, &arena, sum, buf_str(&out));
    assert_int_equal(manifest.entries.count, 3);
    assert_int_equal(manifest_find(&manifest, STR("index.html"))->size, 11);
    assert_int_equal(manifest_find(&manifest, STR("later.html"))->size, 13);
    assert_null(manifest_find(&manifest, STR("a name with spaces/x p.html")));
    buf_release(&out);
    arena_release(&arena);
}

static void many_edits_of_the_same_files_do_not_pile_up(void **state)
{
    enum { FILES = 200, EDITS = 100 };
    (void)state;
    struct arena arena = {0};
    static struct manifest_entry entries[FILES];
    struct manifest manifest;
    struct manifest now;
    struct manifest before;
    struct str bytes = written(&arena);
    struct str sum = manifest_sum(bytes);
    struct str more = {0};
    for (size_t edit = 0; edit < EDITS; edit++) {
        struct buf out = {0};
        manifest_init(&now, &arena);
        manifest_init(&before, &arena);
        for (size_t i = 0; i < FILES; i++) {
            entries[i].path = arena_printf(&arena, "folder/file %zu.html", i);
            entries[i].size = edit * 1000 + i;
            /* The last edit takes half of them out. */
            manifest_add(edit + 1 == EDITS && i % 2 == 0 ? &before : &now, &entries[i]);
        }
        manifest_write_more(sum, more, &now, &before, &out);
        more = arena_str(&arena, buf_str(&out));
        buf_release(&out);
        assert_true(more.len < 600 * 1000);
    }
    manifest_read(&manifest, &arena, bytes);
    manifest_take_more(&manifest, &arena, sum, more);
    assert_int_equal(manifest.entries.count, 2 + FILES / 2);
    assert_null(manifest_find(&manifest, STR("folder/file 10.html")));
    assert_int_equal(manifest_find(&manifest, STR("folder/file 11.html"))->size,
                     (EDITS - 1) * 1000 + 11);
    arena_release(&arena);
}

static void changes_of_another_manifest_or_damaged_ones_count_as_not_there(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct str bytes = written(&arena);
    struct str sum = manifest_sum(bytes);
    char *other = arena_cstr(&arena, sum);
    other[6] = other[6] == '0' ? '1' : '0';
    struct str more = more_of(&arena, sum, (struct str){0});
    struct str foreign = more_of(&arena, (struct str){other, sum.len}, (struct str){0});
    for (size_t i = 0; i <= more.len; i++) {
        struct manifest manifest;
        char *damaged = arena_cstr(&arena, more);
        if (i < more.len)
            damaged[i] ^= 1;
        manifest_read(&manifest, &arena, bytes);
        manifest_take_more(&manifest, &arena, sum,
                           i < more.len ? (struct str){damaged, more.len} : foreign);
        assert_int_equal(manifest.entries.count, 2);
        assert_int_equal(manifest_find(&manifest, STR("index.html"))->size, 10);
        assert_null(manifest_find(&manifest, STR("new.html")));
    }
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_back_what_it_wrote),
        cmocka_unit_test(any_changed_byte_makes_it_unknown),
        cmocka_unit_test(cut_off_anywhere_it_is_unknown),
        cmocka_unit_test(an_empty_one_is_known),
        cmocka_unit_test(a_file_is_fresh_only_while_nothing_of_it_changed),
        cmocka_unit_test(what_an_edit_changed_goes_before_the_manifest),
        cmocka_unit_test(what_a_former_edit_changed_stays_known),
        cmocka_unit_test(many_edits_of_the_same_files_do_not_pile_up),
        cmocka_unit_test(changes_of_another_manifest_or_damaged_ones_count_as_not_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
