/* The command line's options, and how messages look. */
#include "cli/messages.h"
#include "cli/options.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

static struct arena arena;
static struct options options;
static struct buf problem;

static int setup(void **state)
{
    (void)state;
    arena_init(&arena);
    buf_init(&problem);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    arena_release(&arena);
    buf_release(&problem);
    return 0;
}

#define ALL (OPTION_BIT(OPTION_COUNT) - 1)
/* Parses the arguments given behind the set of options that are allowed. */
#define PARSE(allowed, ...)                                                                        \
    parse(allowed, (const char *const[]){__VA_ARGS__},                                             \
          sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *))

static int parse(uint64_t allowed, const char *const *arguments, size_t count)
{
    buf_clear(&problem);
    return options_parse(&options, &arena, allowed, arguments, count, &problem);
}

static void every_spelling_of_an_argument_is_read(void **state)
{
    (void)state;
    assert_int_equal(PARSE(ALL, "-j4", "-o", "out", "--format=json", "--rev", "main"), 0);
    assert_int_equal(options.number[OPTION_THREADS], 4);
    assert_string_equal(options.value[OPTION_OUTPUT], "out");
    assert_int_equal(options.number[OPTION_FORMAT], MESSAGES_JSON);
    assert_string_equal(options.value[OPTION_REV], "main");
    assert_int_equal(options.operand_count, 0);
}

static void flags_may_share_a_dash(void **state)
{
    (void)state;
    assert_int_equal(PARSE(ALL, "-qvj2"), 0);
    assert_true(options.given[OPTION_QUIET] && options.given[OPTION_VERBOSE]);
    assert_int_equal(options.number[OPTION_THREADS], 2);
}

static void options_may_follow_operands_until_two_dashes(void **state)
{
    (void)state;
    assert_int_equal(PARSE(ALL, "a", "-q", "-", "--", "-v", "--"), 0);
    assert_true(options.given[OPTION_QUIET]);
    assert_false(options.given[OPTION_VERBOSE]);
    assert_int_equal(options.operand_count, 4);
    assert_string_equal(options.operands[0], "a");
    assert_string_equal(options.operands[1], "-");
    assert_string_equal(options.operands[2], "-v");
    assert_string_equal(options.operands[3], "--");
    assert_null(options.operands[4]);
}

static void the_last_of_two_counts(void **state)
{
    (void)state;
    assert_int_equal(PARSE(ALL, "-oa", "-ob"), 0);
    assert_string_equal(options.value[OPTION_OUTPUT], "b");
}

static void assert_problem(const char *text)
{
    if (!str_has(buf_str(&problem), str_from(text)))
        fail_msg("'%s' is not in: %s", text, problem.ptr);
}

static void a_misspelt_option_gets_a_suggestion(void **state)
{
    (void)state;
    assert_int_equal(PARSE(ALL, "--draft"), -1);
    assert_problem("there is no option --draft; did you mean --drafts?");
    assert_int_equal(PARSE(ALL, "--outptu=x"), -1);
    assert_problem("did you mean --output?");
    assert_int_equal(PARSE(ALL, "--xyzzy"), -1);
    assert_null(strstr(problem.ptr, "did you mean"));
    assert_int_equal(PARSE(ALL, "-x"), -1);
    assert_problem("there is no option -x here");
}

static void options_of_other_commands_are_refused(void **state)
{
    (void)state;
    assert_int_equal(PARSE(OPTION_BIT(OPTION_QUIET), "--gfm"), -1);
    assert_problem("--gfm is not one of this command");
    assert_int_equal(PARSE(OPTION_BIT(OPTION_QUIET), "-v"), -1);
}

static void wrong_arguments_are_named_with_what_would_be_right(void **state)
{
    (void)state;
    assert_int_equal(PARSE(ALL, "-j0"), -1);
    assert_problem("a number from 1 to 256");
    assert_int_equal(PARSE(ALL, "-j", "-1"), -1);
    assert_int_equal(PARSE(ALL, "-j99999999999999999999"), -1);
    assert_int_equal(PARSE(ALL, "--format=jsn"), -1);
    assert_problem("text, json, github, sarif or markdown; did you mean json?");
    assert_int_equal(PARSE(ALL, "--now=yesterday"), -1);
    assert_int_equal(PARSE(ALL, "--now=2026-03-01"), -1);
    assert_problem("2026-03-01T09:00:00Z");
    assert_int_equal(PARSE(ALL, "--now=2026-03-01T09:00:00+01:00"), 0);
    assert_int_equal(PARSE(ALL, "--base-url=example.org"), -1);
    assert_int_equal(PARSE(ALL, "--base-url=https:///x"), -1);
    assert_int_equal(PARSE(ALL, "--base-url=https://example.org/guild"), 0);
    assert_int_equal(PARSE(ALL, "-o", ""), -1);
    assert_int_equal(PARSE(ALL, "-o"), -1);
    assert_problem("--output needs DIR behind it");
    assert_int_equal(PARSE(ALL, "--quiet=yes"), -1);
    assert_problem("--quiet takes nothing behind it");
}

static void every_option_has_a_name_and_a_help_text_and_no_two_share_one(void **state)
{
    (void)state;
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        const struct option *option = &option_table[i];
        assert_non_null(option->name);
        assert_true(option->help[0] != '\0');
        assert_int_equal(option->argument == ARGUMENT_NONE, option->argument_name == NULL);
        for (size_t other = 0; other < i; other++) {
            assert_string_not_equal(option->name, option_table[other].name);
            assert_true(option->letter == 0 || option->letter != option_table[other].letter);
        }
    }
}

static const struct text text = {STR_INIT("content/members/jo.md"),
                                 STR_INIT("---\nname: Jo\ntags: [\t\xc3\xa9\x1b, MCSR]\n---\n")};

static struct diags one_problem(size_t start, size_t end, const char *message)
{
    struct diags diags;
    diags_init(&diags, &arena);
    diag_error(&diags, "unknown-designation", span_of(&text, start, end), "%s", message);
    return diags;
}

static void text_messages_show_the_line_and_a_caret(void **state)
{
    (void)state;
    struct diags diags = one_problem(26, 30, "no designation 'MCSR'");
    diag_hint(&diags, "Did you mean 'MCRS'?");
    struct buf out = {0};
    messages_text(&out, &diags, false);
    assert_string_equal(out.ptr, "content/members/jo.md:3:13: error: no designation 'MCSR' "
                                 "[unknown-designation]\n"
                                 "    3 | tags: [    \xc3\xa9\\x1b, MCSR]\n"
                                 "      |                   ^~~~\n"
                                 "        Did you mean 'MCRS'?\n");
    buf_release(&out);
}

static void messages_never_carry_control_characters_to_the_terminal(void **state)
{
    (void)state;
    struct diags diags = one_problem(0, 3, "a\x1b[31mb\xe2\x80\xae\xff");
    struct buf out = {0};
    messages_text(&out, &diags, false);
    assert_null(memchr(out.ptr, '\x1b', out.len));
    assert_non_null(strstr(out.ptr, "a\\x1b[31mb\\u{202e}\\xff"));
    buf_release(&out);
}

static void a_very_long_line_is_shown_around_the_place(void **state)
{
    (void)state;
    struct buf line = {0};
    for (int i = 0; i < 100000; i++)
        buf_adds(&line, "word ");
    const struct text long_text = {STR("a.md"), buf_str(&line)};
    struct diags diags;
    diags_init(&diags, &arena);
    for (size_t i = 0; i < 10000; i++)
        diag_error(&diags, "dead-link", span_of(&long_text, i * 50, i * 50 + 4), "message %zu", i);
    struct buf out = {0};
    messages_text(&out, &diags, false);
    assert_true(out.len < 10000 * 400);
    assert_non_null(strstr(out.ptr, "a.md:1:499951: error: message 9999 [dead-link]\n"));
    buf_release(&out);
    buf_release(&line);
}

static void a_code_without_help_is_not_shown(void **state)
{
    (void)state;
    struct diags diags;
    diags_init(&diags, &arena);
    diag_error(&diags, "usage", (struct span){0}, "say more");
    struct buf out = {0};
    messages_text(&out, &diags, false);
    assert_string_equal(out.ptr, "copse: error: say more\n");
    buf_release(&out);
}

static void github_messages_escape_what_would_end_them(void **state)
{
    (void)state;
    struct diags diags = one_problem(26, 30, "100%\n::error::x");
    struct buf out = {0};
    messages_github(&out, &diags);
    assert_string_equal(out.ptr,
                        "::error file=content/members/jo.md,line=3,endLine=3,col=13,endColumn=17,"
                        "title=unknown-designation::100%25%0A::error::x\n");
    buf_release(&out);
}

static void json_messages_have_places(void **state)
{
    (void)state;
    struct diags diags = one_problem(26, 30, "no \"designation\"");
    struct buf out = {0};
    messages_json(&out, &diags, NULL);
    assert_non_null(strstr(out.ptr, "\"errors\":1,\"warnings\":0"));
    assert_non_null(strstr(out.ptr, "\"line\":3,\"column\":13,\"end_line\":3,\"end_column\":17"));
    assert_non_null(strstr(out.ptr, "\"message\":\"no \\\"designation\\\"\""));
    buf_release(&out);
}

#define OPTIONS_TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        OPTIONS_TEST(every_spelling_of_an_argument_is_read),
        OPTIONS_TEST(flags_may_share_a_dash),
        OPTIONS_TEST(options_may_follow_operands_until_two_dashes),
        OPTIONS_TEST(the_last_of_two_counts),
        OPTIONS_TEST(a_misspelt_option_gets_a_suggestion),
        OPTIONS_TEST(options_of_other_commands_are_refused),
        OPTIONS_TEST(wrong_arguments_are_named_with_what_would_be_right),
        OPTIONS_TEST(every_option_has_a_name_and_a_help_text_and_no_two_share_one),
        OPTIONS_TEST(text_messages_show_the_line_and_a_caret),
        OPTIONS_TEST(messages_never_carry_control_characters_to_the_terminal),
        OPTIONS_TEST(a_very_long_line_is_shown_around_the_place),
        OPTIONS_TEST(a_code_without_help_is_not_shown),
        OPTIONS_TEST(github_messages_escape_what_would_end_them),
        OPTIONS_TEST(json_messages_have_places),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
