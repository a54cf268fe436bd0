/* Fuzzing Markdown (libFuzzer):
 *
 *     clang -std=c11 -D_GNU_SOURCE -O1 -g -fsanitize=fuzzer,address,undefined -Isrc -Itests/unit \
 *         -o build/fuzz-markdown tests/fuzz/markdown.c tests/unit/markup_[a-z]*.c \
 *         src/base/[a-z]*.c src/lang/markup/[a-z]*.c src/lang/markdown/[a-z]*.c \
 *         src/lang/sanitise/[a-z]*.c -lcmark -lgumbo -lm -pthread
 *     build/fuzz-markdown tests/fuzz/corpus/markdown
 *
 * The first byte chooses the options. Pure output must be cmark's; with a policy nothing dangerous
 * and nothing off the sanitiser's list may come out, and holes must lie in order within the html.
 */
#include "lang/markdown.h"
#include "markup_listed.h"
#include "markup_safety.h"

#include <cmark.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

static void require(bool fact, const char *what, struct str html)
{
    if (fact)
        return;
    fprintf(stderr, "%s:\n%.*s\n", what, STR_ARG(html));
    abort();
}

static void check_pure(struct str text, const struct markup *markup)
{
    char *html = cmark_markdown_to_html(text.len ? text.ptr : "", text.len, CMARK_OPT_UNSAFE);
    require(str_eq(str_from(html), markup->html), "differs from cmark", markup->html);
    free(html);
}

static void check_holes(const struct markup *markup)
{
    for (size_t i = 0; i < markup->link_count; i++) {
        struct markup_link link = markup_link_at(markup, i);
        require(link.html_start <= link.html_end && link.html_end <= markup->html.len &&
                    (i == 0 || markup_link_at(markup, i - 1).html_end <= link.html_start),
                "holes out of order", markup->html);
    }
    require(markup->lead_end <= markup->html.len, "the teaser is too long", markup->html);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    if (size == 0)
        return 0;
    struct arena arena = {0};
    struct markup markup;
    struct str text = {(const char *)data + 1, size - 1};
    struct md_options options = data[0] & 1 ? md_content : md_pure;
    bool article = data[0] & 4;
    if (data[0] & 2)
        options.policy = article ? &sanitise_article : &sanitise_person;
    if (data[0] & 8)
        options.smart = MD_SMART_FRENCH;
    if (data[0] & 16)
        options.id_prefix = STR("c1-");
    md_render_str(&options, text, &arena, &markup);
    check_holes(&markup);
    if (options.policy) {
        const char *danger = markup_danger(markup.html, article, &arena);
        require(!danger, danger ? danger : "", markup.html);
        const char *unlisted = markup_off_list(markup.html, options.policy, &arena);
        require(!unlisted, unlisted ? unlisted : "", markup.html);
    } else if (!(data[0] & 25)) {
        check_pure(text, &markup);
    }
    arena_release(&arena);
    return 0;
}
