/* One content file read: front matter by its schema, messages with places, the body. */
#include "site/record.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

struct bench {
    struct arena arena;
    struct diags diags;
    struct text text;
    struct record *record;
    struct str html;
    int status;
};

static int set_up(void **state)
{
    static struct bench bench;
    bench = (struct bench){.text = {.path = STR("content/test.md")}};
    diags_init(&bench.diags, &bench.arena);
    *state = &bench;
    return 0;
}

static int tear_down(void **state)
{
    arena_release(&((struct bench *)*state)->arena);
    return 0;
}

static void read(struct bench *bench, enum kind kind, const char *bytes)
{
    const struct record_options options = {.kind = kind, .markdown = md_content};
    bench->text.bytes = str_from(bytes);
    bench->status = record_read(&bench->text, &options, &bench->arena, &bench->arena, &bench->diags,
                                &bench->record, &bench->html);
}

static bool equals(struct str text, const char *expected)
{
    return str_eq(text, str_from(expected));
}

/* The diagnostic of that code, with its line and column checked. */
static const struct diag *expect(struct bench *bench, const char *code, size_t line, size_t column)
{
    for (size_t i = 0; i < bench->diags.count; i++) {
        const struct diag *diag = &bench->diags.items[i];
        if (strcmp(diag->code, code) != 0)
            continue;
        struct text_position position = text_position(diag->span.text, diag->span.start);
        assert_int_equal(position.line, line);
        assert_int_equal(position.column, column);
        return diag;
    }
    fail_msg("no diagnostic of code %s", code);
    return NULL;
}

static void article_fields_have_their_types(void **state)
{
    struct bench *bench = *state;
    read(bench, KIND_ARTICLE,
         "---\ntitle: Six questions\nauthors: [jo, Ada Guest]\ntags: a, b ,c\n"
         "date: 2026-03-01 18:30\ndraft: true\ncomments: closed\nmood: fine\n---\nBody *text*.\n");
    const struct record *record = bench->record;
    assert_int_equal(bench->status, 0);
    assert_int_equal(bench->diags.count, 0);
    assert_true(equals(record->title.text, "Six questions"));
    assert_int_equal(record->article.authors.count, 2);
    assert_true(equals(record->article.authors.items[1].text, "Ada Guest"));
    assert_int_equal(record->tags.count, 3);
    assert_true(equals(record->tags.items[1].text, "b"));
    assert_int_equal(record->date.time.hour, 18);
    assert_true(record->draft.value);
    assert_true(equals(record->article.comments.text, "closed"));
    assert_int_equal(record->extra.count, 1);
    assert_true(str_has(((struct bench *)*state)->html, STR("Body <em>text</em>.")));
}

static void member_designations_may_be_codes_or_maps(void **state)
{
    struct bench *bench = *state;
    read(bench, KIND_MEMBER,
         "---\nname: Jo\ndesignations: [MCRS, {code: CRA, since: 2019-05-01}]\n"
         "roles:\n  - {team: Board, title: Treasurer}\n  - Mentor\n---\n");
    const struct record_member *member = &bench->record->member;
    assert_int_equal(bench->status, 0);
    assert_int_equal(member->designations.count, 2);
    assert_true(equals(member->designations.items[0].code.text, "MCRS"));
    assert_int_equal(member->designations.items[1].since.time.year, 2019);
    assert_true(equals(member->roles.items[0].team.text, "Board"));
    assert_true(equals(member->roles.items[1].title.text, "Mentor"));
}

static void null_and_empty_values_are_absent(void **state)
{
    struct bench *bench = *state;
    read(bench, KIND_MEMBER, "---\nname: Jo\nphoto:\nlinks: null\nlocation: ''\njoined:\n---\n");
    assert_int_equal(bench->status, 0);
    assert_int_equal(bench->diags.count, 0);
    assert_int_equal(bench->record->member.photo.text.len, 0);
    assert_false(bench->record->member.joined.given);
}

static void a_list_with_commas_points_at_each_of_its_parts(void **state)
{
    struct bench *bench = *state;
    read(bench, KIND_ARTICLE, "---\ntitle: T\nauthors: jo, ada\n---\n");
    const struct field_text *second = &bench->record->article.authors.items[1];
    assert_int_equal(second->place.start, 26);
    assert_int_equal(second->place.end, 29);
}

static void a_missing_title_is_told_at_the_opening_line(void **state)
{
    struct bench *bench = *state;
    read(bench, KIND_EVENT, "---\nstart: 2026-01-01\n---\n");
    assert_int_equal(bench->status, -1);
    const struct diag *diag = expect(bench, "missing-key", 1, 1);
    assert_true(str_has(diag->message, STR("'title'")));
    assert_true(diag->hint.len > 0);
}

static void an_empty_title_is_told_at_its_key(void **state)
{
    struct bench *bench = *state;
    read(bench, KIND_ARTICLE, "---\ndate: 2026-01-01\ntitle:\n---\n");
    expect(bench, "missing-key", 3, 1);
}

static void a_file_without_front_matter_is_an_error(void **state)
{
    struct bench *bench = *state;
    read(bench, KIND_ARTICLE, "title: T\n---\nBody\n");
    assert_int_equal(bench->status, -1);
    assert_null(bench->record);
    expect(bench, "front-matter", 1, 1);
}

static void front_matter_that_never_ends_is_an_error(void **state)
{
    struct bench *bench = *state;
    read(bench, KIND_ARTICLE, "---\ntitle: T\nBody\n");
    expect(bench, "front-matter", 1, 1);
}

static void a_near_miss_of_a_key_names_the_known_one(void **state)
{
    struct bench *bench = *state;
    read(bench, KIND_MEMBER, "---\nname: Jo\ndesignation: [MCRS]\n---\n");
    assert_int_equal(bench->status, 0);
    const struct diag *diag = expect(bench, "unknown-key", 3, 1);
    assert_int_equal(diag->severity, SEVERITY_WARNING);
    assert_true(str_has(diag->hint, STR("'designations'")));
}

static void a_near_miss_beside_the_known_key_is_left_alone(void **state)
{
    struct bench *bench = *state;
    read(bench, KIND_EVENT, "---\ntitle: T\nstart: 2026-01-01\nspeakers: [jo]\nspeaker: Jo\n---\n");
    assert_int_equal(bench->diags.count, 0);
}

static void a_date_that_cannot_be_is_told_with_the_reason(void **state)
{
    struct bench *bench = *state;
    read(bench, KIND_ARTICLE, "---\ntitle: T\ndate: 2026-02-30\n---\n");
    assert_int_equal(bench->status, -1);
    expect(bench, "bad-date", 3, 7);
}

static void yes_is_not_a_truth_value(void **state)
{
    struct bench *bench = *state;
    read(bench, KIND_ARTICLE, "---\ntitle: T\ndraft: yes\n---\n");
    const struct diag *diag = expect(bench, "wrong-type", 3, 8);
    assert_true(str_has(diag->hint, STR("draft: true")));
}

static void script_addresses_in_front_matter_are_refused(void **state)
{
    struct bench *bench = *state;
    read(bench, KIND_EVENT,
         "---\ntitle: T\nstart: 2026-01-01\nregistration: javascript:alert(1)\n---\n");
    assert_int_equal(bench->status, -1);
    expect(bench, "unsafe-url", 4, 15);
}

static void links_of_a_bio_may_not_hold_scripts(void **state)
{
    struct bench *bench = *state;
    read(bench, KIND_MEMBER,
         "---\nname: Jo\nlinks:\n  - {label: x, url: \"java\\tscript:alert(1)\"}\n---\n");
    assert_int_equal(bench->status, -1);
    expect(bench, "unsafe-url", 4, 21);
}

static void all_mistakes_of_a_file_are_reported(void **state)
{
    struct bench *bench = *state;
    read(bench, KIND_EVENT, "---\nstart: soon\nend: 25:00\nsold_out: maybe\n---\n");
    assert_int_equal(diags_count(&bench->diags, SEVERITY_ERROR), 4);
}

static void comments_need_an_author_and_a_date(void **state)
{
    struct bench *bench = *state;
    read(bench, KIND_COMMENT, "---\n---\nHello\n");
    assert_int_equal(diags_count(&bench->diags, SEVERITY_ERROR), 2);
}

static void a_body_that_is_read_later_makes_the_same_record(void **state)
{
    struct bench *bench = *state;
    const struct record_options options = {.kind = KIND_ARTICLE, .markdown = md_content};
    struct record *record;
    struct str html;
    read(bench, KIND_ARTICLE,
         "---\ntitle: T\ntgas: jo\ndate: 2026-01-01\n---\nA <blink>word</blink> to see.\n{: "
         ".wide}\n");
    size_t count = bench->diags.count;
    assert_int_equal(count, 2);
    assert_int_equal(record_read_head(&bench->text, KIND_ARTICLE, &bench->arena, &bench->arena,
                                      &bench->diags, &record),
                     0);
    assert_int_equal(record->said.count, 1);
    diag_error(&bench->diags, "of-another-file", span_file(&bench->text), "said in between");
    assert_int_equal(record_read_body(&bench->text, &options, &bench->arena, &bench->arena,
                                      &bench->diags, record, &html),
                     0);
    assert_true(str_eq(html, bench->html));
    assert_int_equal(record->body_digest, bench->record->body_digest);
    assert_int_equal(record->word_count, bench->record->word_count);
    assert_int_equal(record->said.count, count);
    for (size_t i = 0; i < count; i++)
        assert_string_equal(record->said.items[i].code, bench->record->said.items[i].code);
}

static void every_key_of_a_kind_stands_once_and_says_what_it_is(void **state)
{
    (void)state;
    for (int kind = 0; kind < KIND_COUNT; kind++) {
        const struct kind_schema *schema = schema_of((enum kind)kind);
        for (size_t i = 0; i < schema->count; i++) {
            assert_ptr_equal(schema_field(schema, schema->fields[i].key), &schema->fields[i]);
            assert_true(strlen(schema->fields[i].about) > 10);
            assert_true(strlen(schema->fields[i].example) > 0);
        }
    }
}

#define WITH_BENCH(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_BENCH(article_fields_have_their_types),
        WITH_BENCH(member_designations_may_be_codes_or_maps),
        WITH_BENCH(null_and_empty_values_are_absent),
        WITH_BENCH(a_list_with_commas_points_at_each_of_its_parts),
        WITH_BENCH(a_missing_title_is_told_at_the_opening_line),
        WITH_BENCH(an_empty_title_is_told_at_its_key),
        WITH_BENCH(a_file_without_front_matter_is_an_error),
        WITH_BENCH(front_matter_that_never_ends_is_an_error),
        WITH_BENCH(a_near_miss_of_a_key_names_the_known_one),
        WITH_BENCH(a_near_miss_beside_the_known_key_is_left_alone),
        WITH_BENCH(a_date_that_cannot_be_is_told_with_the_reason),
        WITH_BENCH(yes_is_not_a_truth_value),
        WITH_BENCH(script_addresses_in_front_matter_are_refused),
        WITH_BENCH(links_of_a_bio_may_not_hold_scripts),
        WITH_BENCH(all_mistakes_of_a_file_are_reported),
        WITH_BENCH(comments_need_an_author_and_a_date),
        WITH_BENCH(a_body_that_is_read_later_makes_the_same_record),
        cmocka_unit_test(every_key_of_a_kind_stands_once_and_says_what_it_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
