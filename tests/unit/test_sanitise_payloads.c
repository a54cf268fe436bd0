/* Every payload of tests/xss/payloads.txt, in every position of a text, under every policy. */
#include "base/fs.h"
#include "lang/markdown.h"
#include "markup_safety.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define PAYLOADS "tests/xss/payloads.txt"

/* `$` is where the payload stands. */
static const char *const positions[] = {
    "$",
    "$\n",
    "text $ text\n",
    "# $\n",
    "> $\n",
    "- $\n",
    "1. x\n\n   $\n",
    "| a |\n|---|\n| $ |\n",
    "[$](y)\n",
    "[x]($)\n",
    "[x](<$>)\n",
    "[x](y \"$\")\n",
    "[x](y '$')\n",
    "![$](y.png)\n",
    "![x](y.png \"$\")\n",
    "![x](<$>)\n",
    "<$>\n",
    "`$`\n",
    "```$\nx\n```\n",
    "```\n$\n```\n",
    "    $\n",
    "*$*\n",
    "~~$~~\n",
    "x[^1]\n\n[^1]: $\n",
    "x[^$]\n\n[^$]: x\n",
    "[x]\n\n[x]: $\n",
    "[x]\n\n[x]: y \"$\"\n",
    "<div>\n\n$\n\n</div>\n",
    "<div>$</div>\n",
    "<div title=\"$\">x</div>\n",
    "<div title='$'>x</div>\n",
    "<div title=$>x</div>\n",
    "<a href=\"$\">x</a>\n",
    "<a href=$>x</a>\n",
    "<img src=\"$\">\n",
    "<img alt=\"$\" src=x.png>\n",
    "<iframe src=\"$\"></iframe>\n",
    "<video src=\"$\"></video>\n",
    "<b $>x</b>\n",
    "<$ x>y</$>\n",
    "<!-- $ -->\n",
    "<table><tr><td>$</table>\n",
    "<table>$</table>\n",
    "<select>$</select>\n",
    "<svg>$</svg>\n",
    "<math>$</math>\n",
    "<svg><style>$</style></svg>\n",
    "<style>$</style>\n",
    "<noscript>$</noscript>\n",
    "<template>$</template>\n",
    "<textarea>$</textarea>\n",
    "<pre>\n$</pre>\n",
    "<details><summary>$</summary>$</details>\n",
};

static const struct {
    const char *name;
    size_t len;
    char byte;
} signs[] = {{"␤", 3, '\n'}, {"␍", 3, '\r'}, {"␉", 3, '\t'}, {"␌", 3, '\f'}, {"␀", 3, '\0'}};

static void decode(struct buf *out, struct str line)
{
    for (size_t i = 0; i < line.len;) {
        size_t sign = 0;
        while (sign < 5 && !str_starts(str_after(line, i), str_from(signs[sign].name)))
            sign++;
        buf_addc(out, sign < 5 ? signs[sign].byte : line.ptr[i]);
        i += sign < 5 ? signs[sign].len : 1;
    }
}

static bool is_comment(struct str line)
{
    return str_starts(line, STR("# ")) && str_find_byte(line, '<', 0) == STR_NONE &&
           str_find_byte(line, '"', 0) == STR_NONE;
}

struct trial {
    struct md_options options;
    bool external;
};

static void check(const struct trial *trial, struct str markdown, struct arena *arena)
{
    struct markup markup;
    md_render_str(&trial->options, markdown, arena, &markup);
    const char *danger = markup_danger(markup.html, trial->external, arena);
    if (danger)
        fail_msg("%s came out of:\n%.*s\nas:\n%.*s", danger, STR_ARG(markdown),
                 STR_ARG(markup.html));
    for (size_t i = 0; i < markup.link_count; i++) {
        struct markup_link link = markup_link_at(&markup, i);
        assert_true(link.html_start <= link.html_end && link.html_end <= markup.html.len);
        assert_true(i == 0 || markup_link_at(&markup, i - 1).html_end <= link.html_start);
    }
    struct markup_draft again;
    struct sanitise_input input = {.html = markup.html};
    if (sanitise_html(trial->options.policy, &input, arena, &again) == 0 && markup.had_raw_html)
        assert_true(str_eq(again.html, markup.html) || markup.note_count > 0);
}

static void check_everywhere(const struct trial *trial, struct str payload, struct arena *arena)
{
    struct buf text = {0};
    for (size_t i = 0; i < sizeof positions / sizeof positions[0]; i++) {
        buf_clear(&text);
        for (const char *at = positions[i]; *at; at++) {
            if (*at == '$')
                buf_add(&text, payload);
            else
                buf_addc(&text, *at);
        }
        check(trial, buf_str(&text), arena);
        arena_clear(arena);
    }
    buf_release(&text);
}

static void run(const struct trial *trial)
{
    struct arena file = {0};
    struct arena work = {0};
    struct fs fs = {0};
    struct str rest;
    assert_int_equal(fs_read(&fs, AT_FDCWD, PAYLOADS, (size_t)1 << 20, &file, &rest), 0);
    struct str line;
    size_t count = 0;
    while (str_line(&rest, &line)) {
        if (line.len == 0 || is_comment(line))
            continue;
        struct buf payload = {0};
        decode(&payload, line);
        check_everywhere(trial, buf_str(&payload), &work);
        buf_release(&payload);
        count++;
    }
    assert_true(count >= 300);
    arena_release(&work);
    arena_release(&file);
}

static void nothing_gets_past_the_articles_policy(void **state)
{
    (void)state;
    struct trial trial = {.options = md_content, .external = true};
    trial.options.policy = &sanitise_article;
    run(&trial);
}

static void nothing_gets_past_an_articles_policy_with_embeds(void **state)
{
    (void)state;
    struct sanitise_policy policy = sanitise_article;
    policy.embed_hosts = sanitise_embed_hosts;
    policy.embed_host_count = sanitise_embed_host_count;
    struct trial trial = {.options = md_content, .external = true};
    trial.options.policy = &policy;
    run(&trial);
}

static void nothing_gets_past_the_persons_policy(void **state)
{
    (void)state;
    struct trial trial = {.options = md_content, .external = false};
    trial.options.policy = &sanitise_person;
    trial.options.id_prefix = STR("comment-1-");
    run(&trial);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_gets_past_the_articles_policy),
        cmocka_unit_test(nothing_gets_past_an_articles_policy_with_embeds),
        cmocka_unit_test(nothing_gets_past_the_persons_policy),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
