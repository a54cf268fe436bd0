/* How fast Markdown is, against cmark, and how it grows with its input.
 *
 *     make && cc -std=c11 -D_GNU_SOURCE -O2 -fno-pie -no-pie -Isrc -o build/bench-markdown \
 *         tests/bench/markdown/markdown.c build/libcopse.a -lcmark -lgumbo -lm -pthread
 *     build/bench-markdown FILE…        bodies without tables or raw HTML among the files: the time
 *                                       of safe HTML, and cmark's own
 *     build/bench-markdown              inputs made to be hard, at two sizes: ten times the input
 *                                       should take at most about twelve times the time
 *     build/bench-markdown --list       their names
 *     build/bench-markdown --one NAME BYTES   renders one of them once, for linear.sh
 *
 * Times are of the processor, the best of several runs; memory that no longer fits into the caches
 * shows in them. linear.sh counts instructions. */
#include "lang/markdown.h"

#include <cmark.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static struct md_options safe(void)
{
    struct md_options options = md_content;
    options.policy = &sanitise_article;
    return options;
}

/* The seconds that a body takes; *raw tells whether it held HTML. */
static double render(struct str body, bool *raw)
{
    struct arena arena = {0};
    struct markup markup;
    struct md_options options = safe();
    double start = now();
    md_render_str(&options, body, &arena, &markup);
    double taken = now() - start;
    if (raw)
        *raw = markup.had_raw_html;
    arena_release(&arena);
    return taken;
}

static void read_file(const char *path, struct buf *out)
{
    FILE *file = fopen(path, "rb");
    char part[65536];
    size_t count;
    while (file && (count = fread(part, 1, sizeof part, file)) > 0)
        buf_add(out, (struct str){part, count});
    if (file)
        fclose(file);
}

static void against_cmark(char **paths, int count)
{
    double cmark_time = 0;
    double own_time = 0;
    size_t bytes = 0;
    int bodies = 0;
    for (int i = 0; i < count; i++) {
        struct buf body = {0};
        bool raw;
        read_file(paths[i], &body);
        render(buf_str(&body), &raw);
        double best_cmark = 1e9;
        double best_own = 1e9;
        for (int run = 0; run < 20 && !raw && !str_has(buf_str(&body), STR("|")); run++) {
            double start = now();
            free(cmark_markdown_to_html(body.ptr ? body.ptr : "", body.len, CMARK_OPT_UNSAFE));
            double taken = now() - start;
            best_cmark = taken < best_cmark ? taken : best_cmark;
            taken = render(buf_str(&body), NULL);
            best_own = taken < best_own ? taken : best_own;
        }
        if (best_own < 1e9) {
            cmark_time += best_cmark;
            own_time += best_own;
            bytes += body.len;
            bodies++;
        }
        buf_release(&body);
    }
    printf("%d bodies, %zu bytes: cmark %.2f ms, copse %.2f ms (%.2f times)\n", bodies, bytes,
           cmark_time * 1e3, own_time * 1e3, own_time / cmark_time);
}

/* `start`, then `unit` as often as makes the size, then `end` as often if `balanced`, else once.
 * `%d` in a unit is its number. */
struct hard {
    const char *name;
    const char *start;
    const char *unit;
    const char *end;
    bool balanced;
};

static const struct hard inputs[] = {
    {"nested brackets", "", "[", "", false},
    {"nested quotes", "", "> ", "a", false},
    {"nested lists", "", "- ", "a", false},
    {"nested pictures", "", "![", "](b)", true},
    {"strong in em", "", "*a **a ", "b** c* ", true},
    {"struck in struck", "", "~~a ~b ", "c~ d~~ ", true},
    {"em in struck", "", "*a ~~b ", "", false},
    {"tables in quotes", "", "> > | a |\n> > |---|\n> > | b |\n\n", "", false},
    {"many rows", "| a |\n|---|\n", "| *b* |\n", "", false},
    {"rows without bars", "| a |\n|---|\n", "b\n", "", false},
    {"tables that end", "", "| a |\n|---|\n|\n", "", false},
    {"lines like delimiters", "a\n", ":-:\n", "", false},
    {"footnotes", "", "[^%d] x\n\n[^%d]: y\n\n", "", false},
    {"a chain of footnotes", "[^0]\n\n", "[^%d]: [^1%d]\n\n", "", false},
    {"one footnote, often", "[^a]: x\n\n", "[^a] ", "", false},
    {"labels in labels", "", "[^a]: ", "", false},
    {"addresses", "", "https://e.org/%d www.e.org ", "", false},
    {"nearly addresses", "", "www._", "", false},
    {"mail", "", "a@b.", "", false},
    {"round brackets", "http://e.org/", "(", ")", true},
    {"references at the end", "http://e.org/", "&a;", "", false},
    {"equal headings", "", "# a\n", "", false},
    {"headings with numbers", "", "# a\n# a-%d\n", "", false},
    {"escapes", "", "\\~", "", false},
    {"raw inlines", "", "<b>a</b> ", "", false},
    {"raw inlines, open", "", "<b>a ", "", false},
    {"raw blocks", "", "<div>\n\na\n\n</div>\n\n", "", false},
    {"raw blocks, open", "", "<div>\n\n", "", false},
    {"raw attributes", "<b ", "a%d ", ">", false},
    {"raw formatting", "", "<p><b id=x%d></p>", "", false},
    {"raw tables", "", "<table><tr><td>", "", false},
    {"comments, open", "", "<!-- ", "", false},
    /* cmark's own list (test/pathological_tests.py) */
    {"emphasis that closes", "", "a_ ", "", false},
    {"emphasis that opens", "", "_a ", "", false},
    {"links that close", "", "a]", "", false},
    {"links that open", "", "[a", "", false},
    {"emphasis that never matches", "", "*a_ ", "", false},
    {"multiples of three", "a", "**b", "c* ", true},
    {"links that open, emphasis", "", "[ a_", "", false},
    {"brackets of both kinds", "", "[ (](", "", false},
    {"pictures of brackets", "", "![[]()", "", false},
    {"links in emphasis", "", "**x [a*b**c*](d)", "", false},
    {"brackets around", "", "[", "a]", true},
    {"targets that never end", "", "[a](<b", "", false},
    {"targets without an end", "", "[a](b", "", false},
    {"instructions, open", "", "<?", "", false},
    {"declarations, open", "", "a <!A ", "", false},
    {"CDATA, open", "", "a <![CDATA[ ", "", false},
    {"NUL bytes", "", "abc\xEF\xBF\xBD", "", false},
    {"references to collide", "", "[r%d]: /x\n[r%d] ", "", false},
    {"emphasis in deep quotes", "", ">", "a*", true},
    /* ours */
    {"tables in deep quotes", "", "> ", "| a |\n|---|\n", false},
    {"footnotes in tables", "| a |\n|---|\n", "| [^%d] |\n", "\n[^1]: x\n", false},
    {"footnotes in footnotes", "[^0]\n\n", "[^%d]: x [^a%d]\n\n    [^a%d]: y\n\n", "", false},
    {"autolinks with tildes", "~", "https://e.org/%d~www.e.org~ ", "", false},
    {"columns", "", "|-", "\n", true},
    {"tasks", "", "- [ ] a\n", "", false},
    {"attribute lists", "", "*a*{: .b} ", "", false},
    {"French quotes", "", "« a » : \"b\" ", "", false},
    {"headings", "", "# *a* `b`\n", "", false},
    {"pictures with titles", "", "![a](b.png \"c\")\n\n", "", false},
    {"one tag in prose", "<b>a</b>\n\n", "text *a* `b` [c](d)\n\n", "", false},
};

static void put_unit(struct buf *out, const char *unit, size_t number)
{
    for (; *unit; unit++) {
        if (unit[0] == '%' && unit[1] == 'd') {
            buf_add_int(out, (int64_t)number);
            unit++;
        } else {
            buf_addc(out, *unit);
        }
    }
}

static void make(const struct hard *input, size_t size, struct buf *text)
{
    buf_adds(text, input->start);
    size_t count = 0;
    while (text->len < (input->balanced ? size / 2 : size))
        put_unit(text, input->unit, count++);
    for (size_t i = 0; i < (input->balanced ? count : 1); i++)
        buf_adds(text, input->end);
}

static double time_of(const struct hard *input, size_t size)
{
    struct buf text = {0};
    make(input, size, &text);
    double best = 1e9;
    for (int run = 0; run < 3; run++) {
        double taken = render(buf_str(&text), NULL);
        best = taken < best ? taken : best;
    }
    buf_release(&text);
    return best;
}

/* Renders the input of that name once; of size 0, only makes what stands around it. */
static int render_one(const char *name, size_t size)
{
    for (size_t i = 0; i < sizeof inputs / sizeof inputs[0]; i++) {
        if (strcmp(inputs[i].name, name) != 0)
            continue;
        struct buf text = {0};
        make(&inputs[i], size, &text);
        render(buf_str(&text), NULL);
        buf_release(&text);
        return 0;
    }
    return 2;
}

/* 10,000 columns, in full rows and short ones. */
static void wide_table(void)
{
    struct buf text = {0};
    for (int row = 0; row < 4; row++) {
        for (int i = 0; i < 10000; i++)
            buf_adds(&text, row == 1 ? "|-" : "|a");
        buf_adds(&text, "|\n");
    }
    for (int i = 0; i < 10000; i++)
        buf_adds(&text, "|b|\n");
    printf("%-24s %10s %9.1f ms\n", "a table of 10,000 columns", "",
           render(buf_str(&text), NULL) * 1e3);
    buf_release(&text);
}

int main(int count, char **arguments)
{
    if (count == 4 && strcmp(arguments[1], "--one") == 0)
        return render_one(arguments[2], (size_t)strtoul(arguments[3], NULL, 10));
    if (count == 2 && strcmp(arguments[1], "--list") == 0) {
        for (size_t i = 0; i < sizeof inputs / sizeof inputs[0]; i++)
            puts(inputs[i].name);
        return 0;
    }
    if (count > 1) {
        against_cmark(arguments + 1, count - 1);
        return 0;
    }
    for (size_t i = 0; i < sizeof inputs / sizeof inputs[0]; i++) {
        double small = time_of(&inputs[i], 50000);
        double large = time_of(&inputs[i], 500000);
        printf("%-24s %7.1f ms %9.1f ms  %5.1f times\n", inputs[i].name, small * 1e3, large * 1e3,
               large / small);
    }
    wide_table();
    return 0;
}
