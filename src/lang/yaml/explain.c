/* libyaml's complaints in the words of someone who helps at a kitchen table. Each explainer looks
 * at the line in question to tell what was most likely meant; what it suggests is that very line,
 * mended. */
#include "lang/yaml/yaml_internal.h"

/* A suggestion longer than this helps nobody. */
#define MAX_SUGGESTED 160

struct case_file {
    const struct text *text;
    const struct yaml_problem *problem;
    struct diags *diags;
};

/* ---- looking at lines */

struct line {
    size_t start;
    size_t end; /* without the line end */
    struct str str;
};

static struct line line_at(const struct case_file *file, size_t at)
{
    const char *bytes = file->text->bytes.ptr;
    struct line line = {.start = at, .end = at};
    while (line.start > file->problem->start && bytes[line.start - 1] != '\n')
        line.start--;
    while (line.end < file->problem->end && bytes[line.end] != '\n')
        line.end++;
    if (line.end > line.start && bytes[line.end - 1] == '\r')
        line.end--;
    line.str = str_sub(file->text->bytes, line.start, line.end);
    return line;
}

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t';
}

/* The first colon at or after `from` that YAML takes for the end of a key, or STR_NONE. */
static size_t find_key_colon(struct str line, size_t from)
{
    for (size_t i = from; i < line.len; i++)
        if (line.ptr[i] == ':' && (i + 1 == line.len || is_blank(line.ptr[i + 1])))
            return i;
    return STR_NONE;
}

/* Where the value begins on a line `key: value` or `- value`, else where the text begins. */
static size_t value_start(struct str line)
{
    size_t at = 0;
    while (at < line.len && is_blank(line.ptr[at]))
        at++;
    size_t colon = find_key_colon(line, at);
    if (colon != STR_NONE)
        at = colon + 1;
    else if (str_starts(str_after(line, at), STR("- ")))
        at++;
    while (at < line.len && is_blank(line.ptr[at]))
        at++;
    return at;
}

static char byte_at(const struct case_file *file, size_t at)
{
    return at < file->problem->end ? file->text->bytes.ptr[at] : '\0';
}

/* The last byte before `at` on its line that is no blank; '\0' if there is none. */
static char byte_before(const struct case_file *file, size_t at)
{
    const char *bytes = file->text->bytes.ptr;
    while (at > file->problem->start && is_blank(bytes[at - 1]))
        at--;
    if (at == file->problem->start || bytes[at - 1] == '\n')
        return '\0';
    return bytes[at - 1];
}

/* ---- saying it */

static void say(const struct case_file *file, size_t start, size_t end, const char *message)
{
    end = end < file->problem->end ? end : file->problem->end;
    diag_error(file->diags, "yaml-syntax", span_of(file->text, start, end), "%s", message);
}

/* `value` in the kind of quotes that needs the least escaping. */
static struct str quoted(struct arena *arena, struct str value)
{
    bool has_double = str_find_byte(value, '"', 0) != STR_NONE;
    bool has_backslash = str_find_byte(value, '\\', 0) != STR_NONE;
    if (!has_double && !has_backslash)
        return arena_printf(arena, "\"%.*s\"", STR_ARG(value));
    struct buf buf = {0};
    buf_addc(&buf, '\'');
    for (size_t i = 0; i < value.len; i++) {
        if (value.ptr[i] == '\'')
            buf_addc(&buf, '\'');
        buf_addc(&buf, value.ptr[i]);
    }
    buf_addc(&buf, '\'');
    struct str result = arena_str(arena, buf_str(&buf));
    buf_release(&buf);
    return result;
}

/* A mended line reads best without its indentation and comments. */
static void suggest_quotes(const struct case_file *file, struct line line, size_t from)
{
    struct str value = str_trim(str_after(line.str, from));
    struct str before = str_trim_left(str_sub(line.str, 0, from));
    if (value.len == 0 || line.str.len > MAX_SUGGESTED) {
        diag_hint(file->diags, "put the whole value in quotes: title: \"Résumés: a guide\"");
        return;
    }
    struct str mended = quoted(file->diags->arena, value);
    diag_hint(file->diags, "put quotes around it: %.*s%.*s", STR_ARG(before), STR_ARG(mended));
}

/* ---- one explainer a kind of mistake */

/* `title:Hello`: says so if the line looks like it. */
static bool suggest_blank(const struct case_file *file, struct line line)
{
    size_t colon = str_find_byte(line.str, ':', 0);
    if (colon == STR_NONE || colon == 0 || find_key_colon(line.str, 0) != STR_NONE ||
        line.str.len > MAX_SUGGESTED || str_starts(str_after(line.str, colon), STR("://")))
        return false;
    say(file, line.start + colon, line.start + colon + 1, "a blank is missing after the colon");
    struct str key = str_trim_left(str_sub(line.str, 0, colon));
    struct str value = str_after(line.str, colon + 1);
    diag_hint(file->diags, "write: %.*s: %.*s", STR_ARG(key), STR_ARG(value));
    return true;
}

static void explain_colon(const struct case_file *file)
{
    size_t at = file->problem->at;
    struct line line = line_at(file, at);
    size_t first = find_key_colon(line.str, 0);
    if (first != STR_NONE && line.start + first < at) {
        say(file, at, at + 1, "a text with a colon and a blank in it needs quotes around it");
        suggest_quotes(file, line, value_start(line.str));
        return;
    }
    if (line.start > file->problem->start && suggest_blank(file, line_at(file, line.start - 1)))
        return;
    say(file, at, at + 1, "a key cannot begin here, since the line above it has a value already");
    diag_hint(file->diags, "begin this line in the same column as the key above it; or, if it "
                           "belongs to the text above, put that whole text in quotes");
}

static void explain_start_character(const struct case_file *file)
{
    size_t at = file->problem->at;
    char byte = byte_at(file, at);
    if (byte == '\t') {
        say(file, at, at + 1, "a tab stands here, where YAML allows only spaces");
        diag_hint(file->diags, "replace the tab with spaces, two for each level");
        return;
    }
    diag_error(file->diags, "yaml-syntax", span_of(file->text, at, at + 1),
               "a value that begins with '%c' needs quotes around it", byte);
    struct line line = line_at(file, at);
    suggest_quotes(file, line, at - line.start);
}

static void explain_tab(const struct case_file *file)
{
    size_t at = file->problem->at;
    struct line line = line_at(file, at);
    size_t tab = str_find_byte(line.str, '\t', 0);
    at = tab == STR_NONE ? at : line.start + tab;
    say(file, at, at + 1, "a tab stands here, where YAML allows only spaces");
    diag_hint(file->diags, "replace the tab with spaces, two for each level");
}

static void explain_no_colon(const struct case_file *file)
{
    size_t at =
        file->problem->context_at != STR_NONE ? file->problem->context_at : file->problem->at;
    struct line line = line_at(file, at);
    if (suggest_blank(file, line))
        return;
    say(file, at, line.end, "this line has no key: each line here reads `key: value`");
    diag_hint(file->diags, "put the key and a colon before it; or, if it goes on with the text of "
                           "the line above, begin it with two spaces");
}

static void explain_quote(const struct case_file *file)
{
    size_t at =
        file->problem->context_at != STR_NONE ? file->problem->context_at : file->problem->at;
    struct line line = line_at(file, at);
    char quote = byte_at(file, at);
    diag_error(file->diags, "yaml-syntax", span_of(file->text, at, line.end),
               "the text that begins with %c here has no closing %c", quote, quote);
    struct str shown = str_trim(line.str);
    if (shown.len > 0 && shown.len <= MAX_SUGGESTED)
        diag_hint(file->diags, "close it: %.*s%c", STR_ARG(shown), quote);
    else
        diag_hint(file->diags, "put another %c at the end of the text", quote);
}

static void explain_after_quote(const struct case_file *file, char quote)
{
    size_t at = file->problem->at;
    struct line line = line_at(file, at);
    diag_error(file->diags, "yaml-syntax", span_of(file->text, at, line.end),
               "there is more text after the closing %c", quote);
    if (quote == '\'')
        diag_hint(file->diags, "an apostrophe inside single quotes is written twice ('It''s'); or "
                               "use double quotes around the whole text");
    else
        diag_hint(file->diags, "put the quotes around the whole text; a quote inside double quotes "
                               "has a backslash before it (\\\")");
}

static void explain_content(const struct case_file *file)
{
    size_t at = file->problem->at;
    char byte = byte_at(file, at);
    struct line line = line_at(file, at);
    if (byte == '\0' || byte == '\n' || byte == '\r') {
        say(file, at, at, "a value is missing here");
        diag_hint(file->diags, "complete the line above, or delete it");
        return;
    }
    diag_error(file->diags, "yaml-syntax", span_of(file->text, at, at + 1),
               "'%c' cannot stand here: a value is missing before it, or it has no partner", byte);
    suggest_quotes(file, line, value_start(line.str));
}

/* A line that begins where neither its neighbours nor a deeper level begin, or a stray sign. */
static void explain_key(const struct case_file *file)
{
    size_t at = file->problem->at;
    char before = byte_before(file, at);
    struct line line = line_at(file, at);
    if (before == '"' || before == '\'') {
        explain_after_quote(file, before);
    } else if (before == ']' || before == '}') {
        diag_error(file->diags, "yaml-syntax", span_of(file->text, at, line.end),
                   "there is more text after the closing '%c'", before);
        suggest_quotes(file, line, value_start(line.str));
    } else if (byte_at(file, at) == '-' && before == '\0') {
        say(file, at, line.end, "a list item stands here, where a key belongs");
        diag_hint(file->diags, "a list stands below its key: `tags:`, then `- item` on lines of "
                               "their own; if the '-' belongs to a text, put that in quotes");
    } else if (byte_at(file, at) == '\0') {
        explain_content(file);
    } else if (before == '\0') {
        say(file, at, line.end, "this line does not begin in the same column as the keys above it");
        diag_hint(file->diags, "make the spaces at its beginning the same as theirs");
    } else {
        diag_error(file->diags, "yaml-syntax", span_of(file->text, at, at + 1),
                   "'%c' has a meaning of its own in YAML and cannot stand here",
                   byte_at(file, at));
        suggest_quotes(file, line, value_start(line.str));
    }
}

static void explain_item(const struct case_file *file)
{
    size_t at = file->problem->at;
    char before = byte_before(file, at);
    if (before != '\0') {
        explain_key(file);
        return;
    }
    say(file, at, line_at(file, at).end,
        "this line stands in the middle of a list, but is no item");
    diag_hint(file->diags, "begin it with `- ` in the column of the other items; or, if it is a "
                           "key, in the column of the key above the list");
}

static void explain_bracket(const struct case_file *file)
{
    size_t at =
        file->problem->context_at != STR_NONE ? file->problem->context_at : file->problem->at;
    char open = byte_at(file, at);
    struct line line = line_at(file, at);
    bool is_list = open == '[';
    diag_error(file->diags, "yaml-syntax", span_of(file->text, at, line.end),
               "the '%c' has no '%c' that closes it, or a comma is missing in between", open,
               is_list ? ']' : '}');
    diag_hint(file->diags, is_list ? "a list reads [first, second]; a text that begins with '[' "
                                     "needs quotes around it"
                                   : "a group of keys reads {key: value, key: value}; a text that "
                                     "begins with '{' needs quotes around it");
}

static void explain_escape(const struct case_file *file)
{
    size_t at = file->problem->at;
    say(file, at, at + 1,
        "in double quotes a backslash begins a special character, and there is none of this name");
    diag_hint(file->diags, "write the backslash twice, or use single quotes around the text");
}

static void explain_list_on_line(const struct case_file *file)
{
    size_t at = file->problem->at;
    struct line line = line_at(file, at);
    say(file, at, line.end, "a list cannot begin behind other text on the same line");
    diag_hint(file->diags, "put each `- item` on a line of its own; if this is a text that begins "
                           "with '-', put it in quotes");
}

static void explain_sign(const struct case_file *file)
{
    size_t at =
        file->problem->context_at != STR_NONE ? file->problem->context_at : file->problem->at;
    struct line line = line_at(file, at);
    diag_error(file->diags, "yaml-syntax", span_of(file->text, at, at + 1),
               "a value that begins with '%c' needs quotes around it", byte_at(file, at));
    suggest_quotes(file, line, at - line.start);
}

static void explain_block(const struct case_file *file)
{
    size_t at =
        file->problem->context_at != STR_NONE ? file->problem->context_at : file->problem->at;
    struct line line = line_at(file, at);
    diag_error(file->diags, "yaml-syntax", span_of(file->text, at, line.end),
               "after '%c' the text begins on the next line", byte_at(file, at));
    suggest_quotes(file, line, at - line.start);
}

static void explain_second(const struct case_file *file)
{
    size_t at = file->problem->at;
    if (byte_before(file, at) != '\0') {
        explain_key(file);
        return;
    }
    say(file, at, line_at(file, at).end, "this line does not belong to what stands above it");
    diag_hint(file->diags, "each line is either `key: value` or, in a list, `- item`, and begins "
                           "in the same column as its neighbours");
}

static void explain_percent(const struct case_file *file)
{
    size_t at =
        file->problem->context_at != STR_NONE ? file->problem->context_at : file->problem->at;
    say(file, at, line_at(file, at).end,
        "a line that begins with '%' is an order to YAML, which is "
        "not understood here");
    diag_hint(file->diags, "delete the line, or put its text in quotes behind a key");
}

static void explain_rest(const struct case_file *file)
{
    size_t at = file->problem->at;
    diag_error(file->diags, "yaml-syntax", span_of(file->text, at, at),
               "YAML cannot be read beyond this place (%.*s)", STR_ARG(file->problem->problem));
    diag_hint(file->diags, "look at the quotes, brackets, colons and spaces of this line and the "
                           "one above; a text in double quotes is always right");
}

static void explain_in_quotes(const struct case_file *file)
{
    struct str problem = file->problem->problem;
    if (str_starts(problem, STR("found unexpected")))
        explain_quote(file);
    else
        explain_escape(file);
}

struct rule {
    struct str problem; /* what libyaml's sentence begins with; empty: any */
    struct str context; /* likewise of its context */
    void (*explain)(const struct case_file *file);
};

/* The first that fits is taken. Sentences of libyaml 0.2.5; what another version says in other
 * words still gets explain_rest(). */
static const struct rule rules[] = {
    {STR_INIT(""), STR_INIT("while scanning a quoted scalar"), explain_in_quotes},
    {STR_INIT(""), STR_INIT("while parsing a quoted scalar"), explain_escape},
    {STR_INIT("mapping values are not allowed"), STR_INIT(""), explain_colon},
    {STR_INIT("found character that cannot start"), STR_INIT(""), explain_start_character},
    {STR_INIT("found a tab"), STR_INIT(""), explain_tab},
    {STR_INIT("could not find expected ':'"), STR_INIT(""), explain_no_colon},
    {STR_INIT("did not find expected key"), STR_INIT(""), explain_key},
    {STR_INIT("did not find expected '-'"), STR_INIT(""), explain_item},
    {STR_INIT("did not find expected ','"), STR_INIT(""), explain_bracket},
    {STR_INIT("did not find expected node"), STR_INIT(""), explain_content},
    {STR_INIT("block sequence entries are not"), STR_INIT(""), explain_list_on_line},
    {STR_INIT("mapping keys are not"), STR_INIT(""), explain_start_character},
    {STR_INIT(""), STR_INIT("while scanning an a"), explain_sign},
    {STR_INIT(""), STR_INIT("while scanning a tag"), explain_sign},
    {STR_INIT(""), STR_INIT("while parsing a tag"), explain_sign},
    {STR_INIT("found undefined tag"), STR_INIT(""), explain_sign},
    {STR_INIT(""), STR_INIT("while scanning a block scalar"), explain_block},
    {STR_INIT("did not find expected <document"), STR_INIT(""), explain_second},
    {STR_INIT(""), STR_INIT("while scanning a directive"), explain_percent},
    {STR_INIT(""), STR_INIT("while scanning a %"), explain_percent},
    {STR_INIT("found incompatible YAML"), STR_INIT(""), explain_percent},
    {STR_INIT("found duplicate %"), STR_INIT(""), explain_percent},
};

void yaml_explain(const struct text *text, const struct yaml_problem *problem, struct diags *diags)
{
    struct case_file file = {.text = text, .problem = problem, .diags = diags};
    for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++) {
        if (str_starts(problem->problem, rules[i].problem) &&
            str_starts(problem->context, rules[i].context)) {
            rules[i].explain(&file);
            return;
        }
    }
    explain_rest(&file);
}
