/* The ground floor's small modules: memory, slices, buffers, lists, maps, texts, paths. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/map.h"
#include "base/path.h"
#include "base/suggest.h"
#include "base/text.h"
#include "base/utf8.h"
#include "base/vec.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define assert_str(actual, expected)                                                               \
    do {                                                                                           \
        struct str got_ = (actual);                                                                \
        struct str want_ = str_from(expected);                                                     \
        assert_int_equal(got_.len, want_.len);                                                     \
        assert_memory_equal(got_.ptr ? got_.ptr : "", want_.ptr, want_.len);                       \
    } while (0)

static void arena_hands_out_aligned_memory_that_stays(void **state)
{
    struct arena arena = {0};
    char *first = arena_cstr(&arena, STR("abc"));
    (void)state;
    for (size_t i = 0; i < 1000; i++) {
        void *item = arena_alloc(&arena, i);
        assert_int_equal((uintptr_t)item % _Alignof(max_align_t), 0);
        memset(item, 0xAA, i);
    }
    assert_string_equal(first, "abc");
    arena_release(&arena);
}

static void arena_rewinds_to_a_mark_over_its_blocks(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct arena_mark empty = arena_mark(&arena);
    arena_cstr(&arena, STR("gone"));
    arena_rewind(&arena, empty);
    char *kept = arena_cstr(&arena, STR("kept"));
    struct arena_mark mark = arena_mark(&arena);
    char *next = arena_cstr(&arena, STR("next"));
    arena_rewind(&arena, mark);
    assert_ptr_equal(arena_cstr(&arena, STR("again")), next);
    for (size_t size = 1000; size < 4000000; size *= 4) {
        mark = arena_mark(&arena);
        memset(arena_alloc(&arena, size), 'x', size);
        memset(arena_alloc(&arena, size), 'y', size);
        arena_rewind(&arena, mark);
        memset(arena_alloc(&arena, 64), 'z', 64);
    }
    assert_string_equal(kept, "kept");
    arena_release(&arena);
}

static void arena_serves_blocks_larger_than_its_own(void **state)
{
    struct arena arena = {0};
    (void)state;
    char *large = arena_zalloc(&arena, 5000000, 1);
    assert_int_equal(large[4999999], 0);
    arena_clear(&arena);
    assert_null(arena.block);
    arena_release(&arena);
}

static void split_gives_every_part_and_then_ends(void **state)
{
    struct str rest = STR("a,,b");
    struct str part;
    (void)state;
    assert_true(str_split(&rest, ',', &part));
    assert_str(part, "a");
    assert_true(str_split(&rest, ',', &part));
    assert_str(part, "");
    assert_true(str_split(&rest, ',', &part));
    assert_str(part, "b");
    assert_false(str_split(&rest, ',', &part));
}

static void lines_end_with_either_line_end(void **state)
{
    struct str rest = STR("one\r\ntwo\n\nlast");
    struct str line;
    (void)state;
    assert_true(str_line(&rest, &line));
    assert_str(line, "one");
    assert_true(str_line(&rest, &line));
    assert_str(line, "two");
    assert_true(str_line(&rest, &line));
    assert_str(line, "");
    assert_true(str_line(&rest, &line));
    assert_str(line, "last");
    assert_false(str_line(&rest, &line));
}

static void numbers_that_do_not_fit_are_refused(void **state)
{
    long long number = 7;
    (void)state;
    assert_int_equal(str_to_long(STR("9223372036854775807"), &number), 0);
    assert_true(number == INT64_MAX);
    assert_int_equal(str_to_long(STR("9223372036854775808"), &number), -1);
    assert_int_equal(str_to_long(STR("-1"), &number), -1);
    assert_int_equal(str_to_long(STR(""), &number), -1);
}

static void buffers_write_the_smallest_number(void **state)
{
    struct buf buf = {0};
    (void)state;
    buf_add_int(&buf, INT64_MIN);
    buf_addc(&buf, ' ');
    buf_addf(&buf, "%s-%d", "x", 3);
    assert_str(buf_str(&buf), "-9223372036854775808 x-3");
    buf_insert(&buf, 0, STR(">"));
    assert_int_equal(buf.ptr[0], '>');
    buf_release(&buf);
}

static void maps_keep_the_order_of_insertion(void **state)
{
    struct arena arena = {0};
    struct map map;
    static int values[1000];
    (void)state;
    map_init(&map, &arena);
    for (int i = 0; i < 1000; i++)
        assert_null(map_put(&map, arena_printf(&arena, "key %d", i), &values[i]));
    assert_ptr_equal(map_put(&map, STR("key 5"), &values[6]), &values[5]);
    assert_ptr_equal(map_get(&map, STR("key 999")), &values[999]);
    assert_null(map_get(&map, STR("key 1000")));
    assert_int_equal(map.count, 1000);
    assert_str(map.entries[17].key, "key 17");
    arena_release(&arena);
}

struct number_list {
    int *items;
    size_t count, capacity;
};

static void lists_grow_without_losing_items(void **state)
{
    struct arena arena = {0};
    struct number_list list = {0};
    (void)state;
    for (int i = 0; i < 5000; i++)
        *vec_push(&arena, &list) = i;
    for (int i = 0; i < 5000; i++)
        assert_int_equal(list.items[i], i);
    arena_release(&arena);
}

static void columns_count_characters_and_not_the_bom(void **state)
{
    const struct text text = {STR("a.md"), STR("\xEF\xBB\xBFtitre: Été\r\nsuite\n")};
    (void)state;
    struct text_position position = text_position(&text, 3);
    assert_int_equal(position.line, 1);
    assert_int_equal(position.column, 1);
    assert_str(position.line_text, "titre: Été");
    position = text_position(&text, 3 + 7 + 2 + 1); /* behind É and t */
    assert_int_equal(position.column, 10);
    position = text_position(&text, text.bytes.len - 2);
    assert_int_equal(position.line, 2);
    assert_str(position.line_text, "suite");
}

static void positions_beyond_the_end_are_cut(void **state)
{
    const struct text text = {STR("a.md"), STR("one\n")};
    (void)state;
    struct text_position position = text_position(&text, 999);
    assert_int_equal(position.line, 2);
    assert_int_equal(position.column, 1);
}

static void utf8_refuses_what_rfc_3629_refuses(void **state)
{
    (void)state;
    assert_int_equal(utf8_invalid(STR("Zoë 日本 🎉")), STR_NONE);
    assert_int_equal(utf8_invalid(STR("ab\xC0\x80")), 2);       /* overlong */
    assert_int_equal(utf8_invalid(STR("\xED\xA0\x80")), 0);     /* a surrogate */
    assert_int_equal(utf8_invalid(STR("\xF4\x90\x80\x80")), 0); /* above U+10FFFF */
    assert_int_equal(utf8_invalid(STR("x\xE2\x82")), 1);        /* cut off */
    assert_int_equal(utf8_count(STR("Zoë\xFF")), 4);
}

static void paths_are_taken_apart(void **state)
{
    (void)state;
    assert_str(path_name(STR("a/b/c.md")), "c.md");
    assert_str(path_folder(STR("a/b/c.md")), "a/b");
    assert_str(path_folder(STR("c.md")), "");
    assert_str(path_extension(STR("a.b/c")), "");
    assert_str(path_extension(STR(".hidden")), "");
    assert_str(path_stem(STR("a/photo.large.jpg")), "photo.large");
    assert_true(path_inside(STR("content/a"), STR("content")));
    assert_false(path_inside(STR("contents/a"), STR("content")));
}

static void paths_that_leave_the_tree_are_refused(void **state)
{
    struct arena arena = {0};
    struct str out;
    (void)state;
    assert_int_equal(path_resolve(&arena, STR("content/articles"), STR("../members/./jo.md"), &out),
                     0);
    assert_str(out, "content/members/jo.md");
    assert_int_equal(path_resolve(&arena, STR("content/articles"), STR("/assets//x.png"), &out), 0);
    assert_str(out, "assets/x.png");
    assert_int_equal(path_resolve(&arena, STR("content"), STR("../../etc/passwd"), &out), -1);
    arena_release(&arena);
}

static void suggestions_are_near_and_not_far(void **state)
{
    const struct str words[] = {STR("designations"), STR("description"), STR("title")};
    (void)state;
    assert_str(suggest_nearest(STR("desigations"), words, 3), "designations");
    assert_str(suggest_nearest(STR("tilte"), words, 3), "title");
    assert_str(suggest_nearest(STR("weather"), words, 3), "");
    assert_int_equal(suggest_distance(STR("ab"), STR("ba"), 3), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arena_hands_out_aligned_memory_that_stays),
        cmocka_unit_test(arena_rewinds_to_a_mark_over_its_blocks),
        cmocka_unit_test(arena_serves_blocks_larger_than_its_own),
        cmocka_unit_test(split_gives_every_part_and_then_ends),
        cmocka_unit_test(lines_end_with_either_line_end),
        cmocka_unit_test(numbers_that_do_not_fit_are_refused),
        cmocka_unit_test(buffers_write_the_smallest_number),
        cmocka_unit_test(maps_keep_the_order_of_insertion),
        cmocka_unit_test(lists_grow_without_losing_items),
        cmocka_unit_test(columns_count_characters_and_not_the_bom),
        cmocka_unit_test(positions_beyond_the_end_are_cut),
        cmocka_unit_test(utf8_refuses_what_rfc_3629_refuses),
        cmocka_unit_test(paths_are_taken_apart),
        cmocka_unit_test(paths_that_leave_the_tree_are_refused),
        cmocka_unit_test(suggestions_are_near_and_not_far),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
