/* The words of the theme: English and French whole, forms by number, dates. */
#include "base/path.h"
#include "base/text.h"
#include "base/utf8.h"
#include "site/words.h"
#include "source/embedded.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

struct bench {
    struct arena arena;
    struct diags diags;
    const struct words *english, *french;
};

static struct text embedded(const char *path)
{
    for (size_t i = 0; i < source_embedded_count; i++) {
        const struct source_embedded_file *file = &source_embedded[i];
        if (strcmp(file->path, path) == 0)
            return (struct text){.path = str_from(path),
                                 .bytes = {(const char *)file->bytes, file->size}};
    }
    fail_msg("%s is not embedded", path);
    return (struct text){0};
}

static int set_up(void **state)
{
    struct bench *bench = calloc(1, sizeof *bench);
    diags_init(&bench->diags, &bench->arena);
    struct text *texts = arena_zalloc(&bench->arena, 2, sizeof *texts);
    texts[0] = embedded("content/i18n/en.yml");
    texts[1] = embedded("content/i18n/fr.yml");
    bench->english = words_make(STR("en"), &texts[0], 1, &bench->arena, &bench->diags);
    bench->french = words_make(STR("fr"), &texts[1], 1, &bench->arena, &bench->diags);
    assert_int_equal(bench->diags.count, 0);
    *state = bench;
    return 0;
}

static int tear_down(void **state)
{
    struct bench *bench = *state;
    arena_release(&bench->arena);
    free(bench);
    return 0;
}

static const struct words *made(struct bench *bench, const char *lang, const char *own)
{
    struct text *texts = arena_zalloc(&bench->arena, 2, sizeof *texts);
    texts[0] = (struct text){.path = STR("content/i18n/own.yml"), .bytes = str_from(own)};
    texts[1] = embedded("content/i18n/en.yml");
    return words_make(str_from(lang), texts, 2, &bench->arena, &bench->diags);
}

static void compare_keys(struct value a, struct value b, const char *where)
{
    for (size_t i = 0; i < a.map->count; i++) {
        struct str key = a.map->entries[i].key;
        const struct value *other = value_map_get(b.map, key);
        if (!other && strcmp(where, "French") == 0 && str_eq(key, STR("days")))
            continue; /* English days are digits */
        if (!other)
            fail_msg("%.*s is only in %s", STR_ARG(key), where);
        if (a.map->entries[i].value.type != other->type)
            fail_msg("%.*s has another form in %s", STR_ARG(key), where);
        if (a.map->entries[i].value.type == VALUE_LIST)
            assert_int_equal(a.map->entries[i].value.list->count, other->list->count);
        if (value_is_string(*other) && str_trim(other->str).len == 0)
            fail_msg("%.*s is empty", STR_ARG(key));
    }
}

static void english_and_french_have_the_same_words(void **state)
{
    struct bench *bench = *state;
    struct value english = words_all(bench->english);
    struct value french = words_all(bench->french);
    compare_keys(english, french, "English");
    compare_keys(french, english, "French");
    compare_keys(*value_map_get(english.map, STR("formats")),
                 *value_map_get(french.map, STR("formats")), "English");
}

/* Every form that the language's rule can ask for is there. */
static void every_number_has_its_form(void **state)
{
    struct bench *bench = *state;
    const struct words *both[] = {bench->english, bench->french};
    for (size_t i = 0; i < 2; i++) {
        struct value all = words_all(both[i]);
        for (size_t j = 0; j < all.map->count; j++) {
            struct value word = all.map->entries[j].value;
            struct str key = all.map->entries[j].key;
            if (word.type != VALUE_MAP || str_eq(key, STR("formats")) || str_eq(key, STR("days")))
                continue;
            assert_true(value_map_get(word.map, STR("one")) != NULL);
            assert_true(value_map_get(word.map, STR("other")) != NULL);
        }
    }
}

static bool is_word(char c)
{
    return str_is_alpha(c) || str_is_digit(c) || c == '_';
}

/* Looks for 'key' | t in a layout. */
static size_t check_layout(const struct bench *bench, struct str path, struct str text)
{
    struct arena scratch = {0};
    size_t found = 0;
    for (size_t at = 0; (at = str_find(text, STR("' | t"), at)) != STR_NONE; at += 5) {
        size_t start = at;
        bool ends = at + 5 >= text.len || !is_word(text.ptr[at + 5]);
        while (start > 0 && is_word(text.ptr[start - 1]))
            start--;
        struct str key = str_sub(text, start, at);
        if (!ends || start == 0 || text.ptr[start - 1] != '\'')
            continue;
        int64_t number = 2;
        if (words_find(bench->english, key, &number, &scratch).len == 0)
            fail_msg("%.*s shows '%.*s', which is no word", STR_ARG(path), STR_ARG(key));
        found++;
    }
    arena_release(&scratch);
    return found;
}

static void every_word_of_a_layout_is_there(void **state)
{
    struct bench *bench = *state;
    size_t found = 0;
    for (size_t i = 0; i < source_embedded_count; i++) {
        const struct source_embedded_file *file = &source_embedded[i];
        struct str path = str_from(file->path);
        if (path_inside(path, STR("layouts")))
            found += check_layout(bench, path, (struct str){(const char *)file->bytes, file->size});
    }
    assert_true(found > 150);
}

/* OQLF: inside guillemets, before a colon, and around the h of a time. Canadian French has none
 * before the other marks. */
static void french_spaces_do_not_break(void **state)
{
    (void)state;
    static const char *const wrong[] = {"\xC2\xAB ", " \xC2\xBB", " :\"", "-H h",
                                        "h %M",      " ?",        " !",   " ;"};
    struct str text = embedded("content/i18n/fr.yml").bytes;
    struct str line;
    while (str_split(&text, '\n', &line)) {
        for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
            if (!str_starts(str_trim(line), STR("#")) && str_has(line, str_from(wrong[i])))
                fail_msg("'%s' in: %.*s", wrong[i], STR_ARG(line));
        }
    }
}

static void check_word(struct bench *bench, const struct words *words, int64_t number,
                       const char *expected)
{
    struct str word = words_find(words, STR("articles"), &number, &bench->arena);
    assert_string_equal(arena_cstr(&bench->arena, word), expected);
}

static void a_language_has_as_many_forms_as_it_needs(void **state)
{
    struct bench *bench = *state;
    const struct words *polish =
        made(bench, "pl",
             "articles: {one: '%{count} artykuł', few: '%{count} artykuły', many: '%{count} "
             "artykułów'}\n");
    check_word(bench, polish, 1, "1 artykuł");
    check_word(bench, polish, 22, "22 artykuły");
    check_word(bench, polish, 5, "5 artykułów");
    const struct words *arabic =
        made(bench, "ar", "articles: {two: مقالان, other: '%{count} مقال'}\n");
    check_word(bench, arabic, 2, "مقالان");
    check_word(bench, arabic, 7, "7 مقال"); /* "few" is not given */
    check_word(bench, bench->french, 0, "0 article");
    check_word(bench, bench->english, 0, "0 articles");
}

static void check_date(struct bench *bench, const struct words *words, int day, const char *format,
                       const char *expected)
{
    struct date_time date = {
        .year = 2026, .month = 5, .day = (int8_t)day, .hour = 9, .has_time = true};
    struct buf text = {0};
    date_format(&text, &date, words_format(words, str_from(format)), (struct str){0},
                words_dates(words));
    assert_string_equal(arena_cstr(&bench->arena, buf_str(&text)), expected);
    buf_release(&text);
}

static void the_first_of_a_month_is_an_ordinal_in_french(void **state)
{
    struct bench *bench = *state;
    check_date(bench, bench->french, 1, "long", "1er mai 2026");
    check_date(bench, bench->french, 2, "long", "2 mai 2026");
    check_date(bench, bench->french, 31, "weekday_long", "dimanche 31 mai 2026");
    check_date(bench, bench->french, 1, "datetime",
               "1er mai 2026, 9\xC2\xA0h\xC2\xA0"
               "00");
    check_date(bench, bench->english, 1, "long", "May 1, 2026");
}

static void places_are_counted_as_the_language_does(void **state)
{
    struct bench *bench = *state;
    static const char *const english[] = {"1st", "2nd", "3rd", "4th"};
    static const char *const french[] = {"1er", "2e", "3e", "4e"};
    for (int i = 0; i < 4; i++) {
        struct str place = words_ordinal(bench->english, i + 1, &bench->arena);
        assert_string_equal(arena_cstr(&bench->arena, place), english[i]);
        place = words_ordinal(bench->french, i + 1, &bench->arena);
        assert_string_equal(arena_cstr(&bench->arena, place), french[i]);
    }
}

static void what_is_missing_is_named(void **state)
{
    struct bench *bench = *state;
    size_t count;
    const struct words *german = made(bench, "de", "menu: Hauptmenü\n");
    const struct str *missing = words_missing(german, &bench->arena, &count);
    assert_true(count > 100);
    for (size_t i = 0; i < count; i++)
        assert_false(str_eq(missing[i], STR("menu")) || str_starts(missing[i], STR("speak_")));
    words_missing(bench->english, &bench->arena, &count);
    assert_int_equal(count, 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(english_and_french_have_the_same_words),
        TEST(every_number_has_its_form),
        TEST(every_word_of_a_layout_is_there),
        TEST(french_spaces_do_not_break),
        TEST(a_language_has_as_many_forms_as_it_needs),
        TEST(the_first_of_a_month_is_an_ordinal_in_french),
        TEST(places_are_counted_as_the_language_does),
        TEST(what_is_missing_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
