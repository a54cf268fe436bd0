/* Text: case, trimming, cutting, replacing. */
#include "lang/liquid/filter.h"
#include "lang/liquid/number.h"

#include "base/html.h"
#include "base/utf8.h"
#include "lang/liquid/text.h"

#include <string.h>

static struct value upcase(struct liquid_run *run, struct value input,
                           const struct liquid_arguments *arguments)
{
    (void)arguments;
    return text_like(input, text_case(run, run_text(run, input), TEXT_UPPER));
}

static struct value downcase(struct liquid_run *run, struct value input,
                             const struct liquid_arguments *arguments)
{
    (void)arguments;
    return text_like(input, text_case(run, run_text(run, input), TEXT_LOWER));
}

static struct value capitalize(struct liquid_run *run, struct value input,
                               const struct liquid_arguments *arguments)
{
    (void)arguments;
    return text_like(input, text_case(run, run_text(run, input), TEXT_CAPITAL));
}

/* Ruby's strip also takes NUL bytes at the end. */
static bool is_blank(char byte)
{
    return str_is_space(byte) || byte == '\0';
}

static struct value strip(struct liquid_run *run, struct value input,
                          const struct liquid_arguments *arguments)
{
    (void)arguments;
    struct str text = str_trim_left(run_text(run, input));
    while (text.len > 0 && is_blank(text.ptr[text.len - 1]))
        text.len--;
    return text_like(input, text);
}

static struct value lstrip(struct liquid_run *run, struct value input,
                           const struct liquid_arguments *arguments)
{
    (void)arguments;
    return text_like(input, str_trim_left(run_text(run, input)));
}

static struct value rstrip(struct liquid_run *run, struct value input,
                           const struct liquid_arguments *arguments)
{
    (void)arguments;
    struct str text = run_text(run, input);
    while (text.len > 0 && is_blank(text.ptr[text.len - 1]))
        text.len--;
    return text_like(input, text);
}

static struct value strip_newlines(struct liquid_run *run, struct value input,
                                   const struct liquid_arguments *arguments)
{
    (void)arguments;
    struct str text = run_text(run, input);
    if (str_find_byte(text, '\n', 0) == STR_NONE)
        return text_like(input, text);
    char *bytes = run_bytes(run, text.len);
    size_t length = 0;
    for (size_t i = 0; i < text.len; i++) {
        bool ends = text.ptr[i] == '\r' && i + 1 < text.len && text.ptr[i + 1] == '\n';
        if (text.ptr[i] != '\n' && !ends)
            bytes[length++] = text.ptr[i];
    }
    return text_like(input, (struct str){bytes, length});
}

static struct value append(struct liquid_run *run, struct value input,
                           const struct liquid_arguments *arguments)
{
    struct value parts[2] = {input, arguments->items[0]};
    return text_join(run, parts, 2);
}

static struct value prepend(struct liquid_run *run, struct value input,
                            const struct liquid_arguments *arguments)
{
    struct value parts[2] = {arguments->items[0], input};
    return text_join(run, parts, 2);
}

/* Text and html do not mix: if any part is html, the text parts are escaped first. */
static struct value substitute(struct liquid_run *run, struct value input, struct value what,
                               struct value with, enum text_which which)
{
    struct value parts[2] = {input, with};
    bool html = text_level(run, parts, 2);
    struct str text = parts[0].str;
    struct str needle = run_text(run, what);
    bool escaped = html && input.type != VALUE_HTML && run->liquid->settings.autoescape;
    if (escaped) {
        struct buf bytes = {0};
        html_escape(&bytes, needle);
        needle = run_keep(run, &bytes);
    }
    struct str result = text_replace(run, text, needle, parts[1].str, which);
    return html ? value_html(result) : value_text(result);
}

static struct value replace(struct liquid_run *run, struct value input,
                            const struct liquid_arguments *arguments)
{
    struct value with = arguments->count > 1 ? arguments->items[1] : text_like(input, STR(""));
    return substitute(run, input, arguments->items[0], with, TEXT_ALL);
}

static struct value replace_first(struct liquid_run *run, struct value input,
                                  const struct liquid_arguments *arguments)
{
    struct value with = arguments->count > 1 ? arguments->items[1] : text_like(input, STR(""));
    return substitute(run, input, arguments->items[0], with, TEXT_FIRST);
}

static struct value replace_last(struct liquid_run *run, struct value input,
                                 const struct liquid_arguments *arguments)
{
    return substitute(run, input, arguments->items[0], arguments->items[1], TEXT_LAST);
}

static struct value remove_all(struct liquid_run *run, struct value input,
                               const struct liquid_arguments *arguments)
{
    return substitute(run, input, arguments->items[0], text_like(input, STR("")), TEXT_ALL);
}

static struct value remove_first(struct liquid_run *run, struct value input,
                                 const struct liquid_arguments *arguments)
{
    return substitute(run, input, arguments->items[0], text_like(input, STR("")), TEXT_FIRST);
}

static struct value remove_last(struct liquid_run *run, struct value input,
                                const struct liquid_arguments *arguments)
{
    return substitute(run, input, arguments->items[0], text_like(input, STR("")), TEXT_LAST);
}

static bool whole_number(struct liquid_run *run, struct value value, const char *what,
                         int64_t *number)
{
    if (number_integer(run, value, number))
        return true;
    run_fail(run, "%s must be a whole number", what);
    return false;
}

static struct value truncate_text(struct liquid_run *run, struct value input,
                                  const struct liquid_arguments *arguments)
{
    int64_t length = 50;
    if (input.type == VALUE_NIL)
        return input;
    if (arguments->count > 0 && !whole_number(run, arguments->items[0], "the length", &length))
        return value_nil();
    struct value mark = arguments->count > 1 ? arguments->items[1] : value_html(STR("..."));
    struct str text = run_text(run, input);
    if ((int64_t)utf8_count(text) <= length)
        return text_like(input, text);
    int64_t kept = length - (int64_t)utf8_count(run_text(run, mark));
    size_t end = kept <= 0 ? 0 : utf8_offset(text, (size_t)kept);
    struct value parts[2] = {text_like(input, str_sub(text, 0, end)), mark};
    return text_join(run, parts, 2);
}

static struct value truncate_words(struct liquid_run *run, struct value input,
                                   const struct liquid_arguments *arguments)
{
    int64_t most = 15;
    if (input.type == VALUE_NIL)
        return input;
    if (arguments->count > 0 &&
        !whole_number(run, arguments->items[0], "the number of words", &most))
        return value_nil();
    if (most >= INT32_MAX) {
        run_fail(run, "that many words cannot be counted");
        return value_nil();
    }
    if (most <= 0)
        most = 1;
    struct value mark = arguments->count > 1 ? arguments->items[1] : value_html(STR("..."));
    struct str text = run_text(run, input);
    char *bytes = run_bytes(run, text.len);
    size_t length = 0;
    size_t at = 0;
    for (int64_t words = 0;; words++) {
        if (words == most && at < text.len)
            break;
        while (at < text.len && str_is_space(text.ptr[at]))
            at++;
        if (at >= text.len)
            return text_like(input, text);
        if (words > 0)
            bytes[length++] = ' ';
        while (at < text.len && !str_is_space(text.ptr[at]))
            bytes[length++] = text.ptr[at++];
    }
    struct value parts[2] = {text_like(input, (struct str){bytes, length}), mark};
    return text_join(run, parts, 2);
}

/* Cuts [offset, offset + length) out of `count` items; false if it lies outside. */
static bool window(int64_t count, int64_t offset, int64_t length, size_t *start, size_t *end)
{
    if (offset < 0)
        offset += count;
    if (offset < 0 || offset > count || length < 0)
        return false;
    *start = (size_t)offset;
    *end = length > count - offset ? (size_t)count : (size_t)(offset + length);
    return true;
}

static struct value slice(struct liquid_run *run, struct value input,
                          const struct liquid_arguments *arguments)
{
    int64_t offset;
    int64_t length = 1;
    size_t start = 0;
    size_t end = 0;
    bool has_length = arguments->count > 1 && value_is_true(arguments->items[1]);
    if (!whole_number(run, arguments->items[0], "where the slice begins", &offset) ||
        (has_length && !whole_number(run, arguments->items[1], "the slice's length", &length)))
        return value_nil();
    if (run_is_list(input) && input.type != VALUE_RANGE) {
        window((int64_t)run_count(run, input), offset, length, &start, &end);
        struct value *items = run_values(run, end - start);
        for (size_t i = start; i < end; i++)
            items[i - start] = run_item(run, input, i);
        return value_list(run->arena, items, end - start);
    }
    struct str text = run_text(run, input);
    window((int64_t)utf8_count(text), offset, length, &start, &end);
    size_t from = utf8_offset(text, start);
    size_t to = from + utf8_offset(str_after(text, from), end - start);
    return text_like(input, str_sub(text, from, to));
}

static struct value split(struct liquid_run *run, struct value input,
                          const struct liquid_arguments *arguments)
{
    return text_split(run, input, run_text(run, arguments->items[0]));
}

static struct value default_to(struct liquid_run *run, struct value input,
                               const struct liquid_arguments *arguments)
{
    const struct value *allow = liquid_named(arguments, "allow_false");
    bool missing = !value_is_true(input);
    if (allow != NULL && value_is_true(*allow))
        missing = input.type == VALUE_NIL;
    if (!missing && !run_is_empty(run, input))
        return input;
    size_t positional = arguments->count - (arguments->named_count > 0 ? 1 : 0);
    return positional > 0 ? arguments->items[0] : value_html(STR(""));
}

static const struct filter_entry entries[] = {
    {STR_INIT("upcase"), 0, 0, FILTER_ORDINARY, upcase, NULL},
    {STR_INIT("downcase"), 0, 0, FILTER_ORDINARY, downcase, NULL},
    {STR_INIT("capitalize"), 0, 0, FILTER_ORDINARY, capitalize, NULL},
    {STR_INIT("strip"), 0, 0, FILTER_ORDINARY, strip, NULL},
    {STR_INIT("lstrip"), 0, 0, FILTER_ORDINARY, lstrip, NULL},
    {STR_INIT("rstrip"), 0, 0, FILTER_ORDINARY, rstrip, NULL},
    {STR_INIT("strip_newlines"), 0, 0, FILTER_ORDINARY, strip_newlines, NULL},
    {STR_INIT("append"), 1, 1, FILTER_ORDINARY, append, NULL},
    {STR_INIT("prepend"), 1, 1, FILTER_ORDINARY, prepend, NULL},
    {STR_INIT("replace"), 1, 2, FILTER_ORDINARY, replace, NULL},
    {STR_INIT("replace_first"), 1, 2, FILTER_ORDINARY, replace_first, NULL},
    {STR_INIT("replace_last"), 2, 2, FILTER_ORDINARY, replace_last, NULL},
    {STR_INIT("remove"), 1, 1, FILTER_ORDINARY, remove_all, NULL},
    {STR_INIT("remove_first"), 1, 1, FILTER_ORDINARY, remove_first, NULL},
    {STR_INIT("remove_last"), 1, 1, FILTER_ORDINARY, remove_last, NULL},
    {STR_INIT("truncate"), 0, 2, FILTER_ORDINARY, truncate_text, NULL},
    {STR_INIT("truncatewords"), 0, 2, FILTER_ORDINARY, truncate_words, NULL},
    {STR_INIT("slice"), 1, 2, FILTER_ORDINARY, slice, NULL},
    {STR_INIT("split"), 1, 1, FILTER_ORDINARY, split, NULL},
    {STR_INIT("default"), 0, 2, FILTER_ORDINARY, default_to, NULL},
};

const struct filter_table filters_text = {entries, sizeof entries / sizeof *entries};
