/* An index that was edited is, file by file, the one that would be made anew. */
#include "base/buf.h"
#include "base/vec.h"
#include "pages/search_edit.h"
#include "pages/search_kept.h"
#include "pages/search_range.h"
#include "plan_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { ARTICLES = 450, STEPS = 16 };

struct article {
    char title[64];
    char body[6000];
    const char *tags;
};

/* What lies in the output folder. */
struct published {
    struct search_file *items;
    size_t count, capacity;
};

struct edit_fixture {
    struct article *texts;
    struct plan_fixture *plan; /* of the texts as they are */
    struct arena arena;
    struct arena keep;
    struct published *published; /* one an edition */
    size_t editions;
    const struct search_kept *known;
    size_t read; /* files */
    uint32_t seed;
};

static uint32_t next(struct edit_fixture *fixture, uint32_t below)
{
    fixture->seed = fixture->seed * 1664525U + 1013904223U;
    return (fixture->seed >> 8) % below;
}

/* Some words stand in nearly all texts, some in a few, some are new. */
static void add_words(struct edit_fixture *fixture, char *body, size_t room, size_t count)
{
    static const char *const common[] = {"the",    "of",     "work",     "working", "archives",
                                         "policy", "ethics", "carrière", "carriere"};
    size_t length = strlen(body);
    for (size_t i = 0; i < count; i++) {
        char word[40];
        uint32_t sort = next(fixture, 10);
        if (sort < 4)
            snprintf(word, sizeof word, "%s", common[next(fixture, 9)]);
        else if (sort < 9)
            snprintf(word, sizeof word, "%c%cword%c", (char)('a' + next(fixture, 26)),
                     (char)('a' + next(fixture, 4)), (char)('a' + next(fixture, 3)));
        else
            snprintf(word, sizeof word, "rare%c%u", (char)('a' + next(fixture, 26)),
                     (unsigned)next(fixture, 100000));
        size_t len = strlen(word);
        if (length + len + 2 > room)
            return;
        memcpy(body + length, word, len);
        body[length + len] = ' ';
        body[length + len + 1] = '\0';
        length += len + 1;
    }
}

/* The site of the texts as they are. */
static void load(struct edit_fixture *fixture)
{
    struct buf script = {0};
    void *plan = NULL;
    if (fixture->plan) {
        plan = fixture->plan;
        plan_fixture_teardown(&plan);
        plan = NULL;
    }
    plan_fixture_setup(&plan);
    fixture->plan = plan;
    buf_adds(&script, "mkdir -p content/articles\nawk '/^@@@/ { close(file); file = "
                      "\"content/articles/\" $2 \".md\"; next } { print >file }' <<'END'\n");
    for (int i = 0; i < ARTICLES; i++)
        buf_addf(&script, "@@@ 2026-01-02-a%d\n---\ntitle: %s\ntags: [%s]\n---\n\n%s\n", i,
                 fixture->texts[i].title, fixture->texts[i].tags, fixture->texts[i].body);
    buf_adds(&script, "END\n");
    plan_fixture_make(fixture->plan, "languages: [en, fr]\nfallback: { fr: en }\n", script.ptr);
    buf_release(&script);
}

static int set_up(void **state)
{
    struct edit_fixture *fixture = calloc(1, sizeof *fixture);
    assert_non_null(fixture);
    fixture->seed = 8;
    fixture->texts = calloc(ARTICLES, sizeof *fixture->texts);
    assert_non_null(fixture->texts);
    for (int i = 0; i < ARTICLES; i++) {
        struct article *text = &fixture->texts[i];
        snprintf(text->title, sizeof text->title, "Article %d alphatwin of omegatwin", i);
        text->tags = i % 3 ? "one" : "two, one";
        add_words(fixture, text->body, sizeof text->body, 20 + next(fixture, 40));
    }
    load(fixture);
    *state = fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct edit_fixture *fixture = *state;
    void *plan = fixture->plan;
    plan_fixture_teardown(&plan);
    arena_release(&fixture->arena);
    arena_release(&fixture->keep);
    free(fixture->texts);
    free(fixture);
    return 0;
}

/* Makes the index whole and publishes it. */
static void make(struct edit_fixture *fixture)
{
    const struct site *site = fixture->plan->site;
    struct search_keeping keeping = {.known = fixture->known, .arenas = &fixture->keep};
    const struct search *searches =
        search_make(site, fixture->plan->pool, &keeping, &fixture->arena);
    fixture->known = keeping.made;
    fixture->editions = site->edition_count;
    fixture->published =
        arena_zalloc(&fixture->arena, site->edition_count, sizeof *fixture->published);
    for (size_t i = 0; i < site->edition_count; i++) {
        for (size_t j = 0; j < searches[i].count; j++)
            *vec_push(&fixture->arena, &fixture->published[i]) = searches[i].files[j];
    }
}

static struct search_file *find(struct edit_fixture *fixture, struct str url)
{
    for (size_t i = 0; i < fixture->editions; i++) {
        for (size_t j = 0; j < fixture->published[i].count; j++) {
            if (str_eq(fixture->published[i].items[j].url, url))
                return &fixture->published[i].items[j];
        }
    }
    return NULL;
}

static bool read_published(void *context, struct str url, struct arena *arena, struct str *bytes)
{
    struct edit_fixture *fixture = context;
    const struct search_file *file = find(fixture, url);
    fixture->read++;
    if (!file)
        return false;
    *bytes = arena_str(arena, file->bytes);
    return true;
}

/* Edits the index for the articles of these numbers; what comes out is published if `publish`. */
static bool edit(struct edit_fixture *fixture, const int *numbers, size_t count,
                 struct search_change *change)
{
    const struct entry **changed = arena_zalloc(&fixture->arena, count, sizeof *changed);
    const struct search_reader reader = {read_published, fixture};
    const struct search_keeping keeping = {.known = fixture->known, .arenas = &fixture->keep};
    const struct site *site = fixture->plan->site;
    for (size_t i = 0; i < count; i++) {
        char path[64];
        snprintf(path, sizeof path, "content/articles/2026-01-02-a%d.md", numbers[i]);
        changed[i] = map_get(&site->entries_by_path, str_from(path));
        assert_non_null(changed[i]);
    }
    fixture->read = 0;
    return search_edit(site, changed, count, &reader, &keeping, &fixture->arena, change);
}

static void publish(struct edit_fixture *fixture, const struct search_change *change)
{
    fixture->known = change->kept;
    for (size_t i = 0; i < fixture->editions; i++) {
        struct published *published = &fixture->published[i];
        const struct search_edited *edited = &change->editions[i];
        for (size_t j = 0; j < edited->gone_count; j++) {
            struct search_file *gone = find(fixture, edited->gone[j]);
            assert_non_null(gone);
            *gone = published->items[--published->count];
        }
        for (size_t j = 0; j < edited->count; j++) {
            struct search_file *old = find(fixture, edited->files[j].url);
            assert_true((old != NULL) == (j == 0));
            if (old)
                *old = edited->files[j];
            else
                *vec_push(&fixture->arena, published) = edited->files[j];
        }
    }
}

/* What is published is what search_make() gives for the site as it is. */
static void compare(struct edit_fixture *fixture)
{
    const struct search *whole =
        search_make(fixture->plan->site, fixture->plan->pool, NULL, &fixture->arena);
    for (size_t i = 0; i < fixture->editions; i++) {
        assert_int_equal(fixture->published[i].count, whole[i].count);
        for (size_t j = 0; j < whole[i].count; j++) {
            const struct search_file *file = find(fixture, whole[i].files[j].url);
            if (!file || !str_eq(file->bytes, whole[i].files[j].bytes))
                fail_msg("%.*s is not as it would be made", STR_ARG(whole[i].files[j].url));
        }
    }
}

/* ---- */

static void change_text(struct edit_fixture *fixture, int number)
{
    struct article *text = &fixture->texts[number];
    switch (next(fixture, 7)) {
    case 0: text->body[0] = '\0'; break;
    case 1: text->body[strlen(text->body) / 2] = '\0'; break;
    case 2: add_words(fixture, text->body, sizeof text->body, 400); break;
    case 3: snprintf(text->title, sizeof text->title, "Another %u", next(fixture, 9)); break;
    case 4:
        text->body[0] = '\0';
        add_words(fixture, text->body, sizeof text->body, 30);
        break;
    case 5:
        for (int i = 0; i < 60; i++)
            strncat(text->body, "often ", sizeof text->body - strlen(text->body) - 1);
        break;
    default: add_words(fixture, text->body, sizeof text->body, 1 + next(fixture, 5));
    }
}

static void edits_give_what_making_gives(void **state)
{
    struct edit_fixture *fixture = *state;
    make(fixture);
    for (int step = 0; step < STEPS; step++) {
        struct search_change change;
        int numbers[160];
        size_t count = step % 4 == 3 ? 150 : 1 + next(fixture, 5);
        for (size_t i = 0; i < count; i++) {
            numbers[i] = (int)next(fixture, ARTICLES);
            change_text(fixture, numbers[i]);
        }
        load(fixture);
        assert_true(edit(fixture, numbers, count, &change));
        publish(fixture, &change);
        compare(fixture);
    }
}

/* The article that has a word, of those that stand once; or -1. */
static int article_with(const struct edit_fixture *fixture, const char *word)
{
    for (int i = 0; i < ARTICLES; i++) {
        if (strstr(fixture->texts[i].body, word))
            return i;
    }
    return -1;
}

/* The word that a words file begins with, if it is a rare one, perhaps turned round. */
static bool rare_word(struct str key, char word[64])
{
    size_t turned = key.ptr[0] == '~';
    snprintf(word, 64, "%.*s", STR_ARG(key));
    for (size_t i = 0; turned && i + 1 < key.len; i++)
        word[i] = key.ptr[key.len - 1 - i];
    word[key.len - turned] = '\0';
    return strncmp(word, "rare", 4) == 0;
}

/* What it began is joined with the file before it and cut again. */
static void a_file_whose_first_word_is_gone_is_cut_anew(void **state)
{
    struct edit_fixture *fixture = *state;
    size_t edits = 0;
    make(fixture);
    for (size_t i = 1; i < fixture->known->editions[0].files.range_count && edits < 12; i++) {
        struct search_change change;
        char word[64];
        if (!rare_word(fixture->known->editions[0].files.ranges[i]->first, word))
            continue;
        int number = article_with(fixture, word);
        assert_in_range(number, 0, ARTICLES - 1);
        memset(strstr(fixture->texts[number].body, word), ' ', strlen(word));
        load(fixture);
        assert_true(edit(fixture, &number, 1, &change));
        publish(fixture, &change);
        compare(fixture);
        edits++;
    }
    assert_in_range(edits, 4, 12);
}

/* The lists of two words that always stand together are one file, until they do not. */
static void a_file_of_two_words_stays_for_the_other(void **state)
{
    struct edit_fixture *fixture = *state;
    struct search_change change;
    const int number = 30;
    make(fixture);
    snprintf(fixture->texts[number].title, sizeof fixture->texts[number].title,
             "Article %d alphatwin of", number);
    load(fixture);
    assert_true(edit(fixture, &number, 1, &change));
    publish(fixture, &change);
    compare(fixture);
}

/* "0-1 1-2 !0": ranges, and units that would have to be cut. */
static void tell_range(void *context, size_t first, size_t end)
{
    buf_addf(context, "%zu-%zu ", first, end);
}

static void tell_blocked(void *context, size_t unit)
{
    buf_addf(context, "!%zu ", unit);
}

static void a_closed_file_is_opened_where_it_would_be_cut(void **state)
{
    struct buf told = {0};
    const struct search_cuts cuts = {tell_range, tell_blocked, &told};
    struct search_unit units[] = {{8000, 5, 2}, {8000, 3, 0}};
    (void)state;
    search_cut(units, 2, &cuts);
    assert_string_equal(told.ptr, "0-1 1-2 ");
    buf_clear(&told);
    units[0].inner = 3; /* a key within begins a file as soon as the other does */
    search_cut(units, 2, &cuts);
    assert_string_equal(told.ptr, "!0 0-1 1-2 ");
    buf_clear(&told);
    units[0].size = 4000; /* both are small enough for one file */
    search_cut(units, 2, &cuts);
    assert_string_equal(told.ptr, "0-2 ");
    buf_release(&told);
}

static void what_did_not_change_makes_no_file(void **state)
{
    struct edit_fixture *fixture = *state;
    struct search_change change;
    const int numbers[] = {3, 400};
    make(fixture);
    load(fixture);
    assert_true(edit(fixture, numbers, 2, &change));
    for (size_t i = 0; i < fixture->editions; i++) {
        assert_int_equal(change.editions[i].count, 0);
        assert_int_equal(change.editions[i].gone_count, 0);
    }
}

static void one_word_opens_few_files(void **state)
{
    struct edit_fixture *fixture = *state;
    struct search_change change;
    const int number = 77;
    make(fixture);
    strncat(fixture->texts[number].body, "zygote",
            sizeof fixture->texts[number].body - strlen(fixture->texts[number].body) - 1);
    load(fixture);
    assert_true(edit(fixture, &number, 1, &change));
    /* In both editions the word's, its neighbour's and the cards' files, with their marks. */
    assert_in_range(fixture->read, 4, 20);
    publish(fixture, &change);
    compare(fixture);
}

static void a_build_after_an_edit_takes_what_it_kept(void **state)
{
    struct edit_fixture *fixture = *state;
    struct search_change change;
    int number = 5;
    make(fixture);
    change_text(fixture, number);
    load(fixture);
    assert_true(edit(fixture, &number, 1, &change));
    publish(fixture, &change);
    make(fixture);
    compare(fixture);
    number = 6;
    change_text(fixture, number);
    load(fixture);
    assert_true(edit(fixture, &number, 1, &change));
    publish(fixture, &change);
    compare(fixture);
}

static void what_cannot_be_edited_is_left_to_making(void **state)
{
    struct edit_fixture *fixture = *state;
    struct search_change change;
    const int number = 9;
    assert_false(edit(fixture, &number, 1, &change)); /* nothing is known */
    make(fixture);
    fixture->texts[number].tags = "three";
    load(fixture);
    assert_false(edit(fixture, &number, 1, &change));
    fixture->texts[number].tags = "two, one";
    strncat(fixture->texts[number].body, " work",
            sizeof fixture->texts[number].body - strlen(fixture->texts[number].body) - 1);
    load(fixture);
    for (size_t i = 0; i < fixture->published[0].count; i++) {
        struct search_file *file = &fixture->published[0].items[i];
        if (str_has(file->url, STR("/w")))
            file->bytes = arena_concat(&fixture->arena, file->bytes, STR("x"));
    }
    assert_false(edit(fixture, &number, 1, &change)); /* files were tampered with */
    fixture->published[0].count = 0;
    assert_false(edit(fixture, &number, 1, &change)); /* or are gone */
}

int main(void)
{
#define EDIT_TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        EDIT_TEST(edits_give_what_making_gives),
        EDIT_TEST(a_file_whose_first_word_is_gone_is_cut_anew),
        EDIT_TEST(a_file_of_two_words_stays_for_the_other),
        cmocka_unit_test(a_closed_file_is_opened_where_it_would_be_cut),
        EDIT_TEST(what_did_not_change_makes_no_file),
        EDIT_TEST(one_word_opens_few_files),
        EDIT_TEST(a_build_after_an_edit_takes_what_it_kept),
        EDIT_TEST(what_cannot_be_edited_is_left_to_making),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
