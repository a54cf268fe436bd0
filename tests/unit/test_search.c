/* The search index: words, lists, and which files an edit changes. tests/browser/search reads an
 * index as a visitor's browser does. */
#include "pages/search.h"
#include "pages/search_words.h"
#include "plan_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* ---- words */

struct words_fixture {
    struct arena arena;
    struct search_words words;
    struct buf out;
};

static int set_up_words(void **state)
{
    struct words_fixture *fixture = calloc(1, sizeof *fixture);
    assert_non_null(fixture);
    search_words_init(&fixture->words, &fixture->arena);
    *state = fixture;
    return 0;
}

static int tear_down_words(void **state)
{
    struct words_fixture *fixture = *state;
    search_words_release(&fixture->words);
    arena_release(&fixture->arena);
    buf_release(&fixture->out);
    free(fixture);
    return 0;
}

/* "form>stem form>stem …" of a text. */
static const char *words_of(struct words_fixture *fixture, const char *text, const char *lang)
{
    struct search_run run = {0};
    search_words_read(&fixture->words, str_from(text), str_from(lang), &fixture->arena, &run);
    buf_clear(&fixture->out);
    buf_adds(&fixture->out, "");
    for (size_t i = 0; i < run.count; i++) {
        struct search_token token = fixture->words.tokens.items[run.items[i]];
        buf_addf(&fixture->out, "%s%.*s>%.*s", i == 0 ? "" : " ",
                 STR_ARG(fixture->words.forms.items[token.form].text),
                 STR_ARG(fixture->words.stems.items[token.stem]));
    }
    return fixture->out.ptr;
}

static void words_are_folded_and_stemmed_by_language(void **state)
{
    assert_string_equal(words_of(*state, "Résumé writers", "en"), "resume>resume writers>writer");
    assert_string_equal(words_of(*state, "Carrières", "fr"), "carrieres>carri");
    assert_string_equal(words_of(*state, "writing writing", "fr-CA"),
                        "writing>writing writing>writing");
    assert_string_equal(words_of(*state, "writing", "xx"), "writing>writing");
    assert_string_equal(words_of(*state, "ISO-15489's “word”", "en"),
                        "iso>iso 15489>15489 s>s word>word");
}

static void scripts_without_spaces_give_pairs(void **state)
{
    assert_string_equal(words_of(*state, "天気予報。", "en"), "天気>天気 気予>気予 予報>予報");
    assert_string_equal(words_of(*state, "天", "en"), "天>天");
    assert_string_equal(words_of(*state, "HR部門", "en"), "hr>hr 部門>部門");
}

static void other_scripts_are_stemmed_as_what_they_are(void **state)
{
    /* With the article and without it. */
    assert_string_equal(words_of(*state, "الكتاب كتاب", "en"), "الكتاب>كتاب كتاب>كتاب");
    assert_string_equal(words_of(*state, "книги", "en"), "книги>книг");
}

static void a_word_ends_after_so_many_characters(void **state)
{
    struct words_fixture *fixture = *state;
    char text[5001];
    memset(text, 'a', 5000);
    text[5000] = '\0';
    const char *words = words_of(fixture, text, "en");
    assert_int_equal(strcspn(words, ">"), SEARCH_WORD_MOST);
}

static void texts_without_words_have_none(void **state)
{
    assert_string_equal(words_of(*state, "", "en"), "");
    assert_string_equal(words_of(*state, " — … \xC2\xA0 !?", "en"), "");
}

static void what_is_no_utf8_does_no_harm(void **state)
{
    assert_string_equal(words_of(*state, "\xE2\x80 \xC2 ok \xFF", "en"), "ok>ok");
}

/* ---- files */

static const struct search *index_of(struct plan_fixture *fixture)
{
    return search_make(fixture->site, fixture->pool, NULL, &fixture->files->arena);
}

/* Forty articles of some thirty words each, and the words `more` in the one that is named. */
static void make_articles(struct plan_fixture *fixture, const char *edited, const char *more)
{
    struct buf script = {0};
    for (int i = 0; i < 40; i++) {
        buf_addf(&script,
                 "put articles/2026-01-02-a%d.md <<'END'\n---\ntitle: Article number %d\n---\n\n",
                 i, i);
        for (int j = 0; j < 30; j++)
            buf_addf(&script, "word%dx%d ", i, j * 7 % 31);
        buf_addf(&script, "shared words of every text stand here\n\n%s\nEND\n",
                 i == atoi(edited) ? more : "");
    }
    plan_fixture_make(fixture, "", script.ptr);
    buf_release(&script);
}

static bool has_file(const struct search *search, const struct search_file *file)
{
    for (size_t i = 0; i < search->count; i++) {
        if (str_eq(search->files[i].url, file->url) && str_eq(search->files[i].bytes, file->bytes))
            return true;
    }
    return false;
}

static size_t new_files(const struct search *before, const struct search *after, char kind)
{
    size_t count = 0;
    for (size_t i = 0; i < after->count; i++) {
        struct str name = after->files[i].url;
        name = str_after(name, str_rfind_byte(name, '/') + 1);
        count += name.ptr[0] == kind && !has_file(before, &after->files[i]);
    }
    return count;
}

static size_t files_of(const struct search *search, char kind)
{
    static const struct search none;
    return new_files(&none, search, kind);
}

static void the_manifest_is_first_and_has_a_fixed_name(void **state)
{
    struct plan_fixture *fixture = *state;
    make_articles(fixture, "-1", "");
    const struct search *search = index_of(fixture);
    assert_true(str_eq(search->files[0].url, STR("/search/index.json")));
    assert_true(str_has(search->files[0].bytes, STR("\"documents\":40,")));
    assert_true(files_of(search, 'w') > 2);
    assert_true(files_of(search, 'c') > 2);
    assert_int_equal(files_of(search, 'f'), 1);
}

static void all_threads_give_the_same_files(void **state)
{
    struct plan_fixture *fixture = *state;
    make_articles(fixture, "-1", "");
    const struct search *one = index_of(fixture);
    struct pool *pool = pool_new(4);
    const struct search *four = search_make(fixture->site, pool, NULL, &fixture->files->arena);
    pool_free(pool);
    assert_int_equal(one->count, four->count);
    for (size_t i = 0; i < one->count; i++) {
        assert_true(str_eq(one->files[i].url, four->files[i].url));
        assert_true(str_eq(one->files[i].bytes, four->files[i].bytes));
    }
}

static void an_added_word_changes_its_own_files_only(void **state)
{
    struct plan_fixture *fixture = *state;
    struct plan_fixture *edited;
    void *other = NULL;
    make_articles(fixture, "-1", "");
    const struct search *before = index_of(fixture);
    plan_fixture_setup(&other);
    edited = other;
    make_articles(edited, "17", "zygote");
    const struct search *after = index_of(edited);
    /* The word's file, that of the word turned round, and its neighbour's, which names the file of
     * its marks. */
    assert_in_range(new_files(before, after, 'w'), 1, 3);
    assert_in_range(new_files(before, after, 'm'), 1, 2);
    assert_int_equal(new_files(before, after, 'p'), 0);
    assert_int_equal(new_files(before, after, 'c'), 0);
    assert_int_equal(new_files(before, after, 'f'), 0);
    /* And the other way round, when the word is taken out again. */
    assert_in_range(new_files(after, before, 'w'), 1, 3);
    assert_in_range(new_files(after, before, 'm'), 1, 2);
    assert_int_equal(new_files(after, before, 'p'), 0);
    assert_int_equal(new_files(after, before, 'c'), 0);
    plan_fixture_teardown(&other);
}

/* The number of the card with this address: where the JSON has it as a key. */
static long number_of(const struct search *search, const char *url)
{
    struct buf wanted = {0};
    long number = -1;
    buf_addf(&wanted, "\":[\"%s\",", url);
    for (size_t i = 0; i < search->count; i++) {
        struct str bytes = search->files[i].bytes;
        size_t at = str_find(bytes, buf_str(&wanted), 0);
        if (at == STR_NONE)
            continue;
        size_t start = at;
        while (start > 0 && str_is_digit(bytes.ptr[start - 1]))
            start--;
        number = strtol(bytes.ptr + start, NULL, 10);
    }
    buf_release(&wanted);
    return number;
}

static void a_number_depends_on_the_path_alone(void **state)
{
    struct plan_fixture *fixture = *state;
    struct plan_fixture *alone;
    void *other = NULL;
    make_articles(fixture, "-1", "");
    plan_fixture_setup(&other);
    alone = other;
    plan_fixture_make(alone, "",
                      "put articles/2026-01-02-a17.md <<'END'\n---\ntitle: Quite another\n"
                      "tags: [one]\n---\n\nNothing of it is the same.\nEND\n");
    long number = number_of(index_of(fixture), "/articles/a17/");
    assert_in_range(number, 0, (1 << 22) - 1);
    assert_int_equal(number, number_of(index_of(alone), "/articles/a17/"));
    assert_int_not_equal(number, number_of(index_of(fixture), "/articles/a18/"));
    plan_fixture_teardown(&other);
}

static bool is_anywhere(const struct search *search, const char *text)
{
    for (size_t i = 0; i < search->count; i++) {
        if (str_has(search->files[i].bytes, str_from(text)))
            return true;
    }
    return false;
}

static void words_stand_turned_round_for_the_misspelt(void **state)
{
    struct plan_fixture *fixture = *state;
    plan_fixture_make(fixture, "",
                      "put articles/2026-01-02-a.md <<'END'\n---\ntitle: Zygotes\n---\n\n"
                      "Étude ago mp3players.\nEND\n");
    const struct search *search = index_of(fixture);
    assert_true(is_anywhere(search, "setogyz"));
    assert_true(is_anywhere(search, "~edute"));
    assert_false(is_anywhere(search, "~oga"));
    assert_false(is_anywhere(search, "3pm"));
}

static void everything_has_a_language_to_be_filtered_by(void **state)
{
    struct plan_fixture *fixture = *state;
    plan_fixture_make(
        fixture, "languages: [en, fr]\n",
        "put articles/2026-01-02-a.fr.md <<'END'\n---\ntitle: Bonjour\n---\n\nOui.\nEND\n"
        "put members/ann.md <<'END'\n---\nname: Ann\nlanguages: [en, fr]\n---\n\nHi.\nEND\n");
    const struct search *search = index_of(fixture);
    assert_true(is_anywhere(&search[0], "[\"fr\",\"fr\",1]"));
    assert_true(is_anywhere(&search[1], "[\"fr\",\"fr\",2]"));
    assert_true(is_anywhere(&search[1], "[\"en\",\"en\",1]"));
}

static void a_new_document_shifts_no_other(void **state)
{
    struct plan_fixture *fixture = *state;
    struct plan_fixture *edited;
    void *other = NULL;
    make_articles(fixture, "-1", "");
    const struct search *before = index_of(fixture);
    plan_fixture_setup(&other);
    edited = other;
    fixture_run(edited->files,
                "mkdir -p content/articles\n"
                "printf -- '---\\ntitle: Alone\\ndate: 2026-01-02\\n---\\n\\nQuixotic.\\n' "
                ">content/articles/alone.md\n");
    make_articles(edited, "-1", "");
    const struct search *after = index_of(edited);
    assert_in_range(new_files(before, after, 'w'), 1, 4);
    assert_in_range(new_files(before, after, 'c'), 1, 2);
    plan_fixture_teardown(&other);
}

static void what_asks_not_to_be_found_is_not(void **state)
{
    struct plan_fixture *fixture = *state;
    plan_fixture_make(
        fixture, "languages: [en, fr]\n",
        "put pages/thanks.md <<'END'\n---\ntitle: Thanks\nnoindex: true\n---\n\nHidden.\nEND\n"
        "put pages/about.md <<'END'\n---\ntitle: About\n---\n\nSeen.\nEND\n");
    const struct search *search = index_of(fixture);
    assert_true(str_has(search[0].files[0].bytes, STR("\"documents\":1,")));
    assert_true(str_eq(search[1].files[0].url, STR("/fr/search/index.json")));
    assert_true(str_has(search[1].files[0].bytes, STR("\"documents\":0,")));
}

static void a_document_of_five_megabytes_is_one_document(void **state)
{
    struct plan_fixture *fixture = *state;
    plan_fixture_make(
        fixture, "",
        "{ printf -- '---\\ntitle: Long\\n---\\n\\n'; "
        "awk 'BEGIN { for (i = 0; i < 400000; i++) printf \"word%d common%s\", i % 9973, "
        "i % 12 ? \" \" : \"\\n\" }'; } | put articles/2026-01-02-long.md\n");
    const struct search *search = index_of(fixture);
    size_t most = 0;
    for (size_t i = 0; i < search->count; i++)
        most = search->files[i].bytes.len > most ? search->files[i].bytes.len : most;
    assert_true(str_has(search->files[0].bytes, STR("\"documents\":1,")));
    assert_true(most < 64 * 1024);
}

int main(void)
{
#define WORDS_TEST(name) cmocka_unit_test_setup_teardown(name, set_up_words, tear_down_words)
#define FILES_TEST(name)                                                                           \
    cmocka_unit_test_setup_teardown(name, plan_fixture_setup, plan_fixture_teardown)
    const struct CMUnitTest tests[] = {
        WORDS_TEST(words_are_folded_and_stemmed_by_language),
        WORDS_TEST(scripts_without_spaces_give_pairs),
        WORDS_TEST(other_scripts_are_stemmed_as_what_they_are),
        WORDS_TEST(a_word_ends_after_so_many_characters),
        WORDS_TEST(texts_without_words_have_none),
        WORDS_TEST(what_is_no_utf8_does_no_harm),
        FILES_TEST(the_manifest_is_first_and_has_a_fixed_name),
        FILES_TEST(all_threads_give_the_same_files),
        FILES_TEST(an_added_word_changes_its_own_files_only),
        FILES_TEST(a_number_depends_on_the_path_alone),
        FILES_TEST(a_new_document_shifts_no_other),
        FILES_TEST(words_stand_turned_round_for_the_misspelt),
        FILES_TEST(everything_has_a_language_to_be_filtered_by),
        FILES_TEST(what_asks_not_to_be_found_is_not),
        FILES_TEST(a_document_of_five_megabytes_is_one_document),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
