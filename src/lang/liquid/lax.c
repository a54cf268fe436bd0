/* Lax parsing: what Ruby's regular expressions make of a markup that the grammar refuses. Old
 * layouts depend on it, so the quirks are kept: what does not fit is skipped, not reported. */
#include "lang/liquid/compiler.h"
#include "lang/liquid/filter.h"

#include "base/vec.h"

#include <string.h>

static bool is_word(char byte)
{
    return str_is_alpha(byte) || str_is_digit(byte) || byte == '_';
}

/* The end of the quoted string at `at`, or `at` if there is none. */
static size_t quoted_end(struct str text, size_t at)
{
    char quote = text.ptr[at];
    if (quote != '\'' && quote != '"')
        return at;
    size_t end = str_find_byte(text, quote, at + 1);
    return end == STR_NONE ? at : end + 1;
}

static size_t fragment_end(struct str text, size_t at)
{
    size_t end = quoted_end(text, at);
    if (end > at)
        return end;
    while (at < text.len) {
        char byte = text.ptr[at];
        if (str_is_space(byte) || byte == ',' || byte == '|')
            break;
        if (byte == '\'' || byte == '"') {
            end = quoted_end(text, at);
            if (end == at)
                break;
            at = end;
        } else {
            at++;
        }
    }
    return at;
}

bool lax_fragment(struct str markup, size_t *at, struct str *fragment)
{
    for (size_t i = *at; i < markup.len; i++) {
        size_t end = fragment_end(markup, i);
        if (end > i) {
            *fragment = str_sub(markup, i, end);
            *at = end;
            return true;
        }
    }
    return false;
}

static bool all_digits(struct str text)
{
    if (text.len > 0 && text.ptr[0] == '-')
        text = str_after(text, 1);
    for (size_t i = 0; i < text.len; i++)
        if (!str_is_digit(text.ptr[i]))
            return false;
    return text.len > 0;
}

/* 1.5, and 1.2.3, which Ruby reads as 1.2. */
static bool float_prefix(struct str text, struct str *number)
{
    size_t at = text.len > 0 && text.ptr[0] == '-' ? 1 : 0;
    size_t dots = 0;
    size_t end = text.len;
    if (at >= text.len || !str_is_digit(text.ptr[at]))
        return false;
    for (size_t i = at; i < text.len; i++) {
        if (text.ptr[i] == '.' && ++dots == 2)
            end = i;
        if (text.ptr[i] != '.' && !str_is_digit(text.ptr[i]))
            return false;
    }
    *number = str_sub(text, 0, end);
    return dots > 0;
}

static bool lax_range(struct compiler *compiler, struct str markup, struct expression *out)
{
    if (markup.len < 4 || markup.ptr[0] != '(' || markup.ptr[markup.len - 1] != ')')
        return false;
    struct str inner = str_sub(markup, 1, markup.len - 1);
    size_t dots = str_find(inner, STR(".."), 0);
    if (dots == STR_NONE)
        return false;
    struct expression first;
    struct expression last;
    if (!lax_expression(compiler, str_sub(inner, 0, dots), &first) ||
        !lax_expression(compiler, str_after(inner, dots + 2), &last))
        return false;
    out->kind = EXPRESSION_RANGE;
    out->range.first = keep_expression(compiler, first);
    out->range.last = keep_expression(compiler, last);
    return true;
}

/* The end of [ … ], brackets inside counted; `at` if it never ends. */
static size_t bracket_end(struct str text, size_t at)
{
    unsigned depth = 0;
    for (size_t i = at; i < text.len; i++) {
        if (text.ptr[i] == '[' && ++depth > 50)
            return at;
        if (text.ptr[i] == ']' && --depth == 0)
            return i + 1;
    }
    return at;
}

static struct path_step lax_step(struct compiler *compiler, struct str part)
{
    struct path_step step = {0};
    if (part.ptr[0] != '[') {
        step.key = liquid_key(compiler->liquid, part);
        if (str_eq(part, STR("first")))
            step.word = WORD_FIRST;
        else if (str_eq(part, STR("last")))
            step.word = WORD_LAST;
        else if (str_eq(part, STR("size")))
            step.word = WORD_SIZE;
        return step;
    }
    struct expression inner;
    if (!lax_expression(compiler, str_sub(part, 1, part.len - 1), &inner))
        inner = literal_expression(compiler, part, value_nil());
    if (inner.kind == EXPRESSION_LITERAL && value_is_string(inner.literal))
        step.key = liquid_key(compiler->liquid, inner.literal.str);
    else
        step.computed = keep_expression(compiler, inner);
    return step;
}

/* Everything that looks like a name or a bracket; the rest is skipped. */
static void lax_path(struct compiler *compiler, struct str markup, struct expression *out)
{
    struct steps steps = {0};
    bool has_root = false;
    for (size_t i = 0; i < markup.len;) {
        size_t end = i;
        if (markup.ptr[i] == '[') {
            end = bracket_end(markup, i);
        } else {
            while (end < markup.len && (is_word(markup.ptr[end]) || markup.ptr[end] == '-'))
                end++;
            if (end > i && end < markup.len && markup.ptr[end] == '?')
                end++;
        }
        if (end == i) {
            i++;
            continue;
        }
        struct path_step step = lax_step(compiler, str_sub(markup, i, end));
        i = end;
        if (has_root) {
            *vec_push(compiler->arena, &steps) = step;
            continue;
        }
        has_root = true;
        out->kind = step.computed != NULL ? EXPRESSION_COMPUTED : EXPRESSION_VARIABLE;
        if (step.computed != NULL)
            out->root = step.computed;
        else
            out->slot = liquid_slot(compiler->liquid, step.key.name);
    }
    out->steps = steps.items;
    out->step_count = (uint32_t)steps.count;
}

bool lax_expression(struct compiler *compiler, struct str markup, struct expression *out)
{
    markup = str_trim(markup);
    *out = literal_expression(compiler, markup, value_nil());
    if (markup.len == 0)
        return true;
    char first = markup.ptr[0];
    if (markup.len > 1 && (first == '"' || first == '\'') && markup.ptr[markup.len - 1] == first) {
        out->literal = value_html(str_sub(markup, 1, markup.len - 1));
        return true;
    }
    struct str number;
    if (all_digits(markup))
        out->literal = number_literal(compiler, markup);
    else if (float_prefix(markup, &number))
        out->literal = number_literal(compiler, number);
    else if (!literal_word(markup, &out->literal) && !lax_range(compiler, markup, out))
        lax_path(compiler, markup, out);
    return true;
}

/* An argument behind ':' or ',': perhaps a name and a colon, then a fragment. */
static bool lax_argument(struct str text, size_t *at, struct str *name, struct str *value)
{
    size_t i = *at;
    while (i < text.len && str_is_space(text.ptr[i]))
        i++;
    size_t start = i;
    while (i < text.len && (is_word(text.ptr[i]) || text.ptr[i] == '-'))
        i++;
    *name = str_sub(text, start, i);
    while (i < text.len && str_is_space(text.ptr[i]))
        i++;
    if (name->len > 0 && i < text.len && text.ptr[i] == ':') {
        i++;
        while (i < text.len && str_is_space(text.ptr[i]))
            i++;
    } else {
        *name = str_sub(text, start, start);
        i = start;
    }
    size_t end = i < text.len ? fragment_end(text, i) : i;
    *value = str_sub(text, i, end);
    *at = end;
    return end > i;
}

static void lax_filter(struct compiler *compiler, struct str text, struct filter_uses *uses)
{
    size_t start = 0;
    while (start < text.len && !is_word(text.ptr[start]))
        start++;
    size_t end = start;
    while (end < text.len && is_word(text.ptr[end]))
        end++;
    if (end == start)
        return;
    struct expressions positional = {0};
    struct named_arguments named = {0};
    for (size_t i = 0; i < text.len;) {
        if (text.ptr[i] != ':' && text.ptr[i] != ',') {
            i++;
            continue;
        }
        size_t at = i + 1;
        struct str name;
        struct str markup;
        struct expression value;
        if (!lax_argument(text, &at, &name, &markup)) {
            i++;
            continue;
        }
        lax_expression(compiler, markup, &value);
        if (name.len > 0)
            *vec_push(compiler->arena, &named) = (struct named_argument){name, value};
        else
            *vec_push(compiler->arena, &positional) = value;
        i = at;
    }
    struct filter_use use = {.position = compiler_position(compiler, text.ptr + start),
                             .end = compiler_position(compiler, text.ptr + text.len),
                             .arguments = positional.items,
                             .argument_count = positional.count,
                             .named = named.items,
                             .named_count = named.count};
    set_filter(compiler, &use, str_sub(text, start, end));
    *vec_push(compiler->arena, uses) = use;
}

/* The end of a filter: the next '|' or stray quote. */
static size_t filter_end(struct str text, size_t at)
{
    while (at < text.len) {
        size_t end = fragment_end(text, at);
        if (end > at)
            at = end;
        else if (str_is_space(text.ptr[at]) || text.ptr[at] == ',')
            at++;
        else
            break;
    }
    return at;
}

bool lax_pipeline(struct compiler *compiler, struct str markup, struct pipeline *out)
{
    *out = (struct pipeline){.base = literal_expression(compiler, markup, value_nil())};
    out->end = compiler_position(compiler, markup.ptr + markup.len);
    size_t at = 0;
    struct str fragment;
    if (!lax_fragment(markup, &at, &fragment))
        return true;
    lax_expression(compiler, fragment, &out->base);
    struct filter_uses uses = {0};
    at = str_find_byte(markup, '|', at);
    while (at != STR_NONE && at < markup.len) {
        size_t end = filter_end(markup, at);
        if (end > at)
            lax_filter(compiler, str_sub(markup, at, end), &uses);
        at = end > at ? end : at + 1;
    }
    out->filters = uses.items;
    out->filter_count = uses.count;
    return true;
}

static bool lax_operator(struct str text, enum comparison_operator *relation)
{
    static const struct {
        struct str text;
        enum comparison_operator relation;
    } relations[] = {
        {STR_INIT("=="), COMPARE_EQUAL},         {STR_INIT("!="), COMPARE_UNEQUAL},
        {STR_INIT("<>"), COMPARE_UNEQUAL},       {STR_INIT("<"), COMPARE_LESS},
        {STR_INIT(">"), COMPARE_GREATER},        {STR_INIT("<="), COMPARE_LESS_EQUAL},
        {STR_INIT(">="), COMPARE_GREATER_EQUAL}, {STR_INIT("contains"), COMPARE_CONTAINS},
    };
    for (size_t i = 0; i < sizeof relations / sizeof *relations; i++)
        if (str_eq(text, relations[i].text)) {
            *relation = relations[i].relation;
            return true;
        }
    return false;
}

static bool lax_comparison(struct compiler *compiler, struct str markup, struct comparison *out)
{
    size_t at = 0;
    struct str left;
    struct str right;
    *out = (struct comparison){0};
    if (!lax_fragment(markup, &at, &left)) {
        compiler_error(compiler, markup, "a condition is missing here");
        return false;
    }
    lax_expression(compiler, left, &out->left);
    while (at < markup.len && str_is_space(markup.ptr[at]))
        at++;
    size_t start = at;
    while (at < markup.len && (strchr("=!<>_", markup.ptr[at]) != NULL ||
                               (markup.ptr[at] >= 'a' && markup.ptr[at] <= 'z')))
        at++;
    if (at == start)
        return true;
    struct str relation = str_sub(markup, start, at);
    if (!lax_operator(relation, &out->relation)) {
        compiler_error(compiler, relation, "'%.*s' is no comparison", STR_ARG(relation));
        compiler_hint(compiler, "there are ==, !=, <, >, <=, >= and contains");
        return false;
    }
    if (!lax_fragment(markup, &at, &right))
        right = str_after(markup, markup.len);
    return lax_expression(compiler, right, &out->right);
}

/* Where `and` or `or` stands as a word by itself, outside quotes. */
static size_t find_join(struct str text, size_t at, enum condition_join *join, size_t *end)
{
    while (at < text.len) {
        size_t quoted = quoted_end(text, at);
        if (quoted > at) {
            at = quoted;
            continue;
        }
        size_t word = at;
        while (word < text.len && is_word(text.ptr[word]))
            word++;
        struct str name = str_sub(text, at, word);
        bool is_and = str_eq(name, STR("and"));
        if (is_and || str_eq(name, STR("or"))) {
            *join = is_and ? JOIN_AND : JOIN_OR;
            *end = word;
            return at;
        }
        at = word > at ? word : at + 1;
    }
    *join = JOIN_END;
    *end = text.len;
    return text.len;
}

bool lax_condition(struct compiler *compiler, struct str markup, struct condition *out)
{
    struct comparisons items = {0};
    size_t at = 0;
    enum condition_join join = JOIN_AND;
    while (join != JOIN_END) {
        size_t end;
        size_t stop = find_join(markup, at, &join, &end);
        struct comparison item;
        if (!lax_comparison(compiler, str_sub(markup, at, stop), &item))
            return false;
        item.join = join;
        *vec_push(compiler->arena, &items) = item;
        at = end;
    }
    *out = (struct condition){.items = items.items, .count = items.count};
    return true;
}

bool lax_named(struct compiler *compiler, struct str markup, struct named_argument **out,
               size_t *count)
{
    struct named_arguments named = {0};
    for (size_t i = 0; i < markup.len;) {
        if (!is_word(markup.ptr[i])) {
            i++;
            continue;
        }
        size_t at = i;
        struct str name;
        struct str value;
        if (lax_argument(markup, &at, &name, &value) && name.len > 0) {
            struct named_argument argument = {.name = name};
            lax_expression(compiler, value, &argument.value);
            *vec_push(compiler->arena, &named) = argument;
            i = at;
            continue;
        }
        while (i < markup.len && (is_word(markup.ptr[i]) || markup.ptr[i] == '-'))
            i++;
    }
    *out = named.items;
    *count = named.count;
    return true;
}
