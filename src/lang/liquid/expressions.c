/* Strict parsing: the grammar as it is documented. */
#include "lang/liquid/compiler.h"
#include "lang/liquid/filter.h"

#include "base/vec.h"

#include <stdlib.h>
#include <string.h>

/* Brackets and parentheses within each other. */
#define DEPTH_MOST 50

struct expression *keep_expression(struct compiler *compiler, struct expression expression)
{
    struct expression *kept = arena_alloc(compiler->arena, sizeof *kept);
    *kept = expression;
    return kept;
}

struct expression literal_expression(struct compiler *compiler, struct str at, struct value value)
{
    return (struct expression){.kind = EXPRESSION_LITERAL,
                               .position = compiler_position(compiler, at.ptr),
                               .literal = value};
}

struct value number_literal(struct compiler *compiler, struct str digits)
{
    if (str_find_byte(digits, '.', 0) != STR_NONE)
        return value_float(strtod(arena_cstr(compiler->arena, digits), NULL));
    bool negative = digits.len > 0 && digits.ptr[0] == '-';
    struct str rest = str_after(digits, negative ? 1 : 0);
    while (rest.len > 1 && rest.ptr[0] == '0')
        rest = str_after(rest, 1);
    long long number;
    if (str_to_long(rest, &number) == 0)
        return value_integer(negative ? -number : number);
    struct value big = {.type = VALUE_BIG};
    big.str = arena_printf(compiler->arena, "%s%.*s", negative ? "-" : "", STR_ARG(rest));
    return big;
}

bool literal_word(struct str word, struct value *out)
{
    static const struct {
        struct str word;
        struct value value;
    } words[] = {
        {STR_INIT("nil"), {.type = VALUE_NIL}},
        {STR_INIT("null"), {.type = VALUE_NIL}},
        {STR_INIT("true"), {.type = VALUE_BOOLEAN, .boolean = true}},
        {STR_INIT("false"), {.type = VALUE_BOOLEAN, .boolean = false}},
        {STR_INIT("blank"), {.type = VALUE_BLANK}},
        {STR_INIT("empty"), {.type = VALUE_EMPTY}},
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_eq(word, words[i].word)) {
            *out = words[i].value;
            return true;
        }
    return false;
}

static enum step_word step_word(struct str name)
{
    if (str_eq(name, STR("first")))
        return WORD_FIRST;
    if (str_eq(name, STR("last")))
        return WORD_LAST;
    return str_eq(name, STR("size")) ? WORD_SIZE : WORD_NONE;
}

/* A step in brackets. A literal text is a key known now. */
static bool bracket_step(struct tokens *tokens, struct path_step *step)
{
    struct compiler *compiler = tokens->compiler;
    struct expression inner;
    tokens_step(tokens);
    if (!parse_expression(tokens, &inner))
        return false;
    if (!tokens_sign(tokens, ']'))
        return tokens_fail(tokens, "a closing ']'");
    *step = (struct path_step){0};
    if (inner.kind == EXPRESSION_LITERAL && value_is_string(inner.literal))
        step->key = liquid_key(compiler->liquid, inner.literal.str);
    else
        step->computed = keep_expression(compiler, inner);
    return true;
}

static bool parse_steps(struct tokens *tokens, struct expression *out)
{
    struct compiler *compiler = tokens->compiler;
    struct steps steps = {0};
    for (;;) {
        struct path_step step = {0};
        if (tokens_look_sign(tokens, '[')) {
            if (!bracket_step(tokens, &step))
                return false;
        } else if (tokens_sign(tokens, '.')) {
            if (tokens->now.kind != TOKEN_NAME && tokens->now.kind != TOKEN_COMPARISON)
                return tokens_fail(tokens, "a name");
            if (tokens->now.kind == TOKEN_COMPARISON && !str_is_alpha(tokens->now.text.ptr[0]))
                return tokens_fail(tokens, "a name");
            step.key = liquid_key(compiler->liquid, tokens->now.text);
            step.word = step_word(tokens->now.text);
            tokens_step(tokens);
        } else {
            break;
        }
        *vec_push(compiler->arena, &steps) = step;
    }
    out->steps = steps.items;
    out->step_count = (uint32_t)steps.count;
    return true;
}

static bool parse_name(struct tokens *tokens, struct expression *out)
{
    struct compiler *compiler = tokens->compiler;
    struct str name = tokens->now.text;
    tokens_step(tokens);
    *out = literal_expression(compiler, name, value_nil());
    struct value literal;
    bool is_word = literal_word(name, &literal);
    if (is_word && !tokens_look_sign(tokens, '.') && !tokens_look_sign(tokens, '[')) {
        out->literal = literal;
        return true;
    }
    out->kind = EXPRESSION_VARIABLE;
    out->slot = liquid_slot(compiler->liquid, name);
    return parse_steps(tokens, out);
}

static bool parse_computed(struct tokens *tokens, struct expression *out)
{
    struct compiler *compiler = tokens->compiler;
    struct path_step root;
    *out = literal_expression(compiler, tokens->now.text, value_nil());
    if (!bracket_step(tokens, &root))
        return false;
    if (root.computed != NULL) {
        out->kind = EXPRESSION_COMPUTED;
        out->root = root.computed;
    } else {
        out->kind = EXPRESSION_VARIABLE;
        out->slot = liquid_slot(compiler->liquid, root.key.name);
    }
    return parse_steps(tokens, out);
}

static bool parse_range(struct tokens *tokens, struct expression *out)
{
    struct compiler *compiler = tokens->compiler;
    struct expression first;
    struct expression last;
    *out = literal_expression(compiler, tokens->now.text, value_nil());
    tokens_step(tokens);
    if (!parse_expression(tokens, &first))
        return false;
    if (tokens->now.kind != TOKEN_DOTDOT)
        return tokens_fail(tokens, "'..'");
    tokens_step(tokens);
    if (!parse_expression(tokens, &last))
        return false;
    if (!tokens_sign(tokens, ')'))
        return tokens_fail(tokens, "a closing ')'");
    out->kind = EXPRESSION_RANGE;
    out->range.first = keep_expression(compiler, first);
    out->range.last = keep_expression(compiler, last);
    return true;
}

static bool parse_one(struct tokens *tokens, struct expression *out)
{
    struct compiler *compiler = tokens->compiler;
    struct str text = tokens->now.text;
    switch (tokens->now.kind) {
    case TOKEN_NAME: return parse_name(tokens, out);
    case TOKEN_STRING:
        *out = literal_expression(compiler, text, value_html(str_sub(text, 1, text.len - 1)));
        tokens_step(tokens);
        return true;
    case TOKEN_NUMBER:
        *out = literal_expression(compiler, text, number_literal(compiler, text));
        tokens_step(tokens);
        return true;
    case TOKEN_SIGN:
        if (text.ptr[0] == '[')
            return parse_computed(tokens, out);
        if (text.ptr[0] == '(')
            return parse_range(tokens, out);
        break;
    default: break;
    }
    return tokens_fail(tokens, "a value (a name, a number or a text in quotes)");
}

bool parse_expression(struct tokens *tokens, struct expression *out)
{
    if (tokens->depth >= DEPTH_MOST)
        return tokens_fail(tokens, "no more than 50 brackets within each other");
    tokens->depth++;
    bool parsed = parse_one(tokens, out);
    tokens->depth--;
    return parsed;
}

bool parse_named(struct tokens *tokens, struct named_argument **out, size_t *count)
{
    struct named_arguments named = {0};
    for (;;) {
        tokens_sign(tokens, ',');
        if (!tokens_look_named(tokens))
            break;
        struct named_argument argument = {.name = tokens->now.text};
        tokens_step(tokens);
        tokens_step(tokens);
        if (!parse_expression(tokens, &argument.value))
            return false;
        *vec_push(tokens->compiler->arena, &named) = argument;
    }
    *out = named.items;
    *count = named.count;
    return true;
}

static bool parse_arguments(struct tokens *tokens, struct filter_use *use)
{
    struct arena *arena = tokens->compiler->arena;
    struct expressions positional = {0};
    struct named_arguments named = {0};
    do {
        bool is_named = tokens_look_named(tokens);
        struct str name = tokens->now.text;
        if (is_named) {
            tokens_step(tokens);
            tokens_step(tokens);
        }
        struct expression value;
        if (!parse_expression(tokens, &value))
            return false;
        if (is_named)
            *vec_push(arena, &named) = (struct named_argument){name, value};
        else
            *vec_push(arena, &positional) = value;
    } while (tokens_sign(tokens, ','));
    use->arguments = positional.items;
    use->argument_count = positional.count;
    use->named = named.items;
    use->named_count = named.count;
    return true;
}

static bool parse_filters(struct tokens *tokens, struct pipeline *out)
{
    struct compiler *compiler = tokens->compiler;
    struct filter_uses uses = {0};
    while (tokens_sign(tokens, '|')) {
        struct filter_use use = {0};
        if (tokens->now.kind != TOKEN_NAME)
            return tokens_fail(tokens, "a filter's name");
        struct str name = tokens->now.text;
        use.position = compiler_position(compiler, name.ptr);
        tokens_step(tokens);
        if (tokens_sign(tokens, ':') && !parse_arguments(tokens, &use))
            return false;
        use.end = compiler_position(compiler, tokens->now.text.ptr);
        set_filter(compiler, &use, name);
        *vec_push(compiler->arena, &uses) = use;
    }
    out->filters = uses.items;
    out->filter_count = uses.count;
    return true;
}

bool parse_pipeline_tokens(struct tokens *tokens, struct pipeline *out)
{
    struct compiler *compiler = tokens->compiler;
    *out = (struct pipeline){0};
    if (tokens->now.kind == TOKEN_END) {
        out->base = literal_expression(compiler, tokens->now.text, value_nil());
        return true;
    }
    bool parenthesised = false;
    if (compiler->liquid->settings.jekyll && tokens_look_sign(tokens, '(')) {
        struct tokens ahead = *tokens;
        struct expression range;
        parenthesised = !parse_range(&ahead, &range);
        if (parenthesised)
            tokens_step(tokens);
    }
    if (!parse_expression(tokens, &out->base) || !parse_filters(tokens, out))
        return false;
    if (parenthesised && !tokens_sign(tokens, ')'))
        return tokens_fail(tokens, "a closing ')'");
    if (out->base.kind == EXPRESSION_LITERAL &&
        (out->base.literal.type == VALUE_EMPTY || out->base.literal.type == VALUE_BLANK))
        out->base.literal = value_html(STR(""));
    out->end = compiler_position(compiler, tokens->now.text.ptr);
    return true;
}

bool parse_filter_tag(struct tokens *tokens, struct str name, struct pipeline *out)
{
    struct compiler *compiler = tokens->compiler;
    struct filter_use *use = arena_zalloc(compiler->arena, 1, sizeof *use);
    *out = (struct pipeline){.filters = use, .filter_count = 1};
    use->position = compiler_position(compiler, name.ptr);
    if (!parse_expression(tokens, &out->base) ||
        (tokens_sign(tokens, ',') && !parse_arguments(tokens, use)))
        return false;
    use->end = compiler_position(compiler, tokens->now.text.ptr);
    out->end = use->end;
    set_filter(compiler, use, name);
    return true;
}

static enum comparison_operator comparison_operator(struct str text)
{
    switch (text.ptr[0]) {
    case '=': return COMPARE_EQUAL;
    case '!': return COMPARE_UNEQUAL;
    case '<':
        if (text.len == 1)
            return COMPARE_LESS;
        return text.ptr[1] == '=' ? COMPARE_LESS_EQUAL : COMPARE_UNEQUAL;
    case '>': return text.len == 1 ? COMPARE_GREATER : COMPARE_GREATER_EQUAL;
    default: return COMPARE_CONTAINS;
    }
}

bool parse_condition_tokens(struct tokens *tokens, struct condition *out)
{
    struct compiler *compiler = tokens->compiler;
    struct comparisons items = {0};
    for (;;) {
        struct comparison item = {0};
        if (!parse_expression(tokens, &item.left))
            return false;
        if (tokens->now.kind == TOKEN_COMPARISON) {
            item.relation = comparison_operator(tokens->now.text);
            tokens_step(tokens);
            if (!parse_expression(tokens, &item.right))
                return false;
        }
        if (tokens_word(tokens, "and"))
            item.join = JOIN_AND;
        else if (tokens_word(tokens, "or"))
            item.join = JOIN_OR;
        *vec_push(compiler->arena, &items) = item;
        if (item.join == JOIN_END)
            break;
    }
    *out = (struct condition){.items = items.items, .count = items.count};
    return true;
}
