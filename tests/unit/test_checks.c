/* What `copse check` tells besides errors, where the command line cannot show it well. */
#include "build/checks/checks_internal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <time.h>

/* A site of one edition and one entry, which has all tags. */
struct tagged {
    struct arena arena;
    struct diags diags;
    struct site site;
    struct edition edition;
    struct entry entry;
    struct record record;
    struct text text;
};

static void make(struct tagged *tagged, size_t count, const char *format)
{
    *tagged = (struct tagged){.text = {.path = STR("content/articles/a.md")}};
    diags_init(&tagged->diags, &tagged->arena);
    struct field_text *given = arena_zalloc(&tagged->arena, count, sizeof *given);
    const struct tag **tags = arena_zalloc(&tagged->arena, count, sizeof *tags);
    for (size_t i = 0; i < count; i++) {
        struct tag *tag = arena_zalloc(&tagged->arena, 1, sizeof *tag);
        char letters[5] = {(char)('a' + i % 10), (char)('a' + i / 10 % 10),
                           (char)('a' + i / 100 % 10), (char)('a' + i / 1000), '\0'};
        tag->slug = arena_printf(&tagged->arena, "%s%s", format, letters);
        tag->name = tag->slug;
        tags[i] = tag;
        given[i].text = tag->slug;
    }
    tagged->record = (struct record){.text = &tagged->text, .tags = {given, count}};
    tagged->edition = (struct edition){.lang = STR("en"), .tags = {tags, count, count}};
    tagged->entry =
        (struct entry){.record = &tagged->record, .edition = &tagged->edition, .published = true};
    tagged->site = (struct site){.entries = &tagged->entry,
                                 .entry_count = 1,
                                 .editions = &tagged->edition,
                                 .edition_count = 1};
}

/* Seconds of this thread that the check of `count` tags takes, the best of three. */
static double measure(size_t count, const char *front, size_t *found)
{
    double best = 1e9;
    for (int round = 0; round < 3; round++) {
        struct tagged tagged;
        struct arena scratch = {0};
        make(&tagged, count, front);
        clock_t begin = clock();
        check_tags(&tagged.site, &scratch, &tagged.diags);
        double spent = (double)(clock() - begin) / CLOCKS_PER_SEC;
        best = spent < best ? spent : best;
        *found = tagged.diags.count;
        arena_release(&scratch);
        arena_release(&tagged.arena);
    }
    return best;
}

static void ten_thousand_similar_tags_take_ten_times_as_long_as_a_thousand(void **state)
{
    size_t found = 0;
    (void)state;
    double small = measure(1000, "a-tag-with-a-long-front-", &found);
    assert_true(found > 900);
    double large = measure(10000, "a-tag-with-a-long-front-", &found);
    assert_true(found > 9000);
    if (large > 0.1 && large > small * 25)
        fail_msg("1,000 tags: %.3f s; 10,000 tags: %.3f s", small, large);
}

static void short_tags_that_differ_by_a_letter_are_two(void **state)
{
    size_t found = 0;
    (void)state;
    measure(1000, "", &found);
    assert_int_equal(found, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ten_thousand_similar_tags_take_ten_times_as_long_as_a_thousand),
        cmocka_unit_test(short_tags_that_differ_by_a_letter_are_two),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
