/* The words of an expression. */
#include "lang/liquid/compiler.h"

#include <string.h>

static bool is_word(char byte)
{
    return str_is_alpha(byte) || str_is_digit(byte) || byte == '_';
}

static size_t word_end(struct str text, size_t at)
{
    while (at < text.len && (is_word(text.ptr[at]) || text.ptr[at] == '-'))
        at++;
    return at < text.len && text.ptr[at] == '?' ? at + 1 : at;
}

static size_t number_end(struct str text, size_t at)
{
    if (text.ptr[at] == '-')
        at++;
    while (at < text.len && str_is_digit(text.ptr[at]))
        at++;
    if (at + 1 < text.len && text.ptr[at] == '.' && str_is_digit(text.ptr[at + 1])) {
        at++;
        while (at < text.len && str_is_digit(text.ptr[at]))
            at++;
    }
    return at;
}

static size_t comparison_end(struct str text, size_t at)
{
    char first = text.ptr[at];
    char second = at + 1 < text.len ? text.ptr[at + 1] : '\0';
    if ((first == '=' || first == '!') && second == '=')
        return at + 2;
    if (first == '<' || first == '>')
        return second == '=' || (first == '<' && second == '>') ? at + 2 : at + 1;
    struct str rest = str_after(text, at);
    if (str_starts(rest, STR("contains")) && rest.len > 8 && str_is_space(rest.ptr[8]))
        return at + 8;
    return at;
}

static struct token take(struct tokens *tokens, enum token_kind kind, size_t end)
{
    struct token token = {.kind = kind, .text = str_sub(tokens->markup, tokens->at, end)};
    tokens->at = end;
    return token;
}

static struct token next(struct tokens *tokens)
{
    struct str text = tokens->markup;
    while (tokens->at < text.len && str_is_space(text.ptr[tokens->at]))
        tokens->at++;
    size_t at = tokens->at;
    if (at >= text.len)
        return take(tokens, TOKEN_END, at);
    char byte = text.ptr[at];
    size_t end = comparison_end(text, at);
    if (end > at)
        return take(tokens, TOKEN_COMPARISON, end);
    if (byte == '\'' || byte == '"') {
        end = str_find_byte(text, byte, at + 1);
        return end == STR_NONE ? take(tokens, TOKEN_WRONG, at + 1)
                               : take(tokens, TOKEN_STRING, end + 1);
    }
    bool negative = byte == '-' && at + 1 < text.len && str_is_digit(text.ptr[at + 1]);
    if (str_is_digit(byte) || negative)
        return take(tokens, TOKEN_NUMBER, number_end(text, at));
    if (str_is_alpha(byte) || byte == '_')
        return take(tokens, TOKEN_NAME, word_end(text, at));
    if (byte == '.' && at + 1 < text.len && text.ptr[at + 1] == '.')
        return take(tokens, TOKEN_DOTDOT, at + 2);
    if (strchr("|.:,[]()?-=", byte) != NULL && byte != '\0')
        return take(tokens, TOKEN_SIGN, at + 1);
    return take(tokens, TOKEN_WRONG, at + 1);
}

void tokens_begin(struct tokens *tokens, struct compiler *compiler, struct str markup)
{
    *tokens = (struct tokens){.compiler = compiler, .markup = markup};
    tokens_step(tokens);
}

void tokens_step(struct tokens *tokens)
{
    tokens->now = next(tokens);
}

bool tokens_look_sign(const struct tokens *tokens, char sign)
{
    return tokens->now.kind == TOKEN_SIGN && tokens->now.text.ptr[0] == sign;
}

bool tokens_sign(struct tokens *tokens, char sign)
{
    if (!tokens_look_sign(tokens, sign))
        return false;
    tokens_step(tokens);
    return true;
}

bool tokens_word(struct tokens *tokens, const char *word)
{
    if (tokens->now.kind != TOKEN_NAME || !str_eq(tokens->now.text, str_from(word)))
        return false;
    tokens_step(tokens);
    return true;
}

bool tokens_look_named(const struct tokens *tokens)
{
    if (tokens->now.kind != TOKEN_NAME)
        return false;
    struct tokens ahead = *tokens;
    tokens_step(&ahead);
    return tokens_look_sign(&ahead, ':');
}

bool tokens_fail(struct tokens *tokens, const char *expected)
{
    if (tokens->wrong == NULL) {
        tokens->wrong = expected;
        tokens->wrong_at = tokens->now.text;
    }
    return false;
}

bool tokens_end(struct tokens *tokens)
{
    return tokens->now.kind == TOKEN_END || tokens_fail(tokens, "the end");
}

bool report_tokens(struct tokens *tokens, const char *form)
{
    struct compiler *compiler = tokens->compiler;
    struct str at = tokens->wrong_at;
    const char *expected = tokens->wrong == NULL ? "something else" : tokens->wrong;
    if (at.len == 0)
        compiler_error(compiler, at, "%s was expected before the end", expected);
    else if (at.len == 1 && (at.ptr[0] == '\'' || at.ptr[0] == '"'))
        compiler_error(compiler, at, "the quote that begins here has no partner");
    else
        compiler_error(compiler, at, "%s was expected here, not '%.*s'", expected, STR_ARG(at));
    if (form != NULL)
        compiler_hint(compiler, "it is written %s", form);
    return false;
}
