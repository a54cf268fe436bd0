#include "lang/yaml/yaml_internal.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Long enough for any double worth writing; longer digits are text to strtod's copy only. */
#define NUMBER_MAX 400

/* Lists of words end with an empty slice. */
static bool is_one_of(struct str text, const struct str *words)
{
    for (; words->len > 0; words++)
        if (str_eq(text, *words))
            return true;
    return false;
}

static const struct str null_words[] = {
    STR_INIT("~"), STR_INIT("null"), STR_INIT("Null"), STR_INIT("NULL"), {NULL, 0}};
static const struct str true_words[] = {
    STR_INIT("true"), STR_INIT("True"), STR_INIT("TRUE"), {NULL, 0}};
static const struct str false_words[] = {
    STR_INIT("false"), STR_INIT("False"), STR_INIT("FALSE"), {NULL, 0}};
static const struct str infinity_words[] = {
    STR_INIT(".inf"), STR_INIT(".Inf"), STR_INIT(".INF"), {NULL, 0}};
static const struct str nan_words[] = {
    STR_INIT(".nan"), STR_INIT(".NaN"), STR_INIT(".NAN"), {NULL, 0}};

static bool is_null(const struct yaml_node *node)
{
    return node->kind == YAML_SCALAR && node->plain &&
           (node->text.len == 0 || is_one_of(node->text, null_words));
}

static struct str without_sign(struct str text)
{
    bool is_signed = text.len > 0 && (text.ptr[0] == '-' || text.ptr[0] == '+');
    return is_signed ? str_after(text, 1) : text;
}

static size_t skip_digits(struct str text, size_t at)
{
    while (at < text.len && str_is_digit(text.ptr[at]))
        at++;
    return at;
}

static bool is_decimal(struct str text)
{
    struct str digits = without_sign(text);
    return digits.len > 0 && skip_digits(digits, 0) == digits.len;
}

static int digit_value(char byte)
{
    if (str_is_digit(byte))
        return byte - '0';
    char lower = str_lower(byte);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : 99;
}

/* 0o17 and 0xFF, without a sign; false if it is none or beyond int64. */
static bool read_based(struct str text, int64_t *out)
{
    int base = str_starts(text, STR("0o")) ? 8 : str_starts(text, STR("0x")) ? 16 : 0;
    if (base == 0 || text.len < 3)
        return false;
    int64_t number = 0;
    for (size_t i = 2; i < text.len; i++) {
        int digit = digit_value(text.ptr[i]);
        if (digit >= base || number > (INT64_MAX - digit) / base)
            return false;
        number = number * base + digit;
    }
    *out = number;
    return true;
}

static bool read_decimal(struct str text, int64_t *out)
{
    struct str digits = without_sign(text);
    bool negative = text.ptr[0] == '-';
    int64_t number = 0;
    for (size_t i = 0; i < digits.len; i++) {
        int digit = digits.ptr[i] - '0';
        /* Counted downwards, since int64 reaches one further there. */
        if (number < (INT64_MIN + digit) / 10)
            return false;
        number = number * 10 - digit;
    }
    if (!negative && number == INT64_MIN)
        return false;
    *out = negative ? number : -number;
    return true;
}

static bool is_float(struct str text)
{
    struct str digits = without_sign(text);
    size_t whole = skip_digits(digits, 0);
    size_t at = whole;
    size_t fraction = 0;
    if (at < digits.len && digits.ptr[at] == '.') {
        size_t end = skip_digits(digits, at + 1);
        fraction = end - at - 1;
        at = end;
    }
    if (whole == 0 && fraction == 0)
        return false;
    if (at < digits.len && str_lower(digits.ptr[at]) == 'e') {
        at++;
        if (at < digits.len && (digits.ptr[at] == '+' || digits.ptr[at] == '-'))
            at++;
        size_t end = skip_digits(digits, at);
        if (end == at)
            return false;
        at = end;
    }
    return at == digits.len && digits.len < NUMBER_MAX;
}

static double read_float(struct str text)
{
    struct str bare = without_sign(text);
    if (is_one_of(bare, nan_words))
        return (double)NAN;
    if (is_one_of(bare, infinity_words))
        return text.ptr[0] == '-' ? -HUGE_VAL : HUGE_VAL;
    char copy[NUMBER_MAX + 2];
    memcpy(copy, text.ptr, text.len);
    copy[text.len] = '\0';
    return strtod(copy, NULL);
}

enum yaml_type yaml_scalar_type(const struct yaml_node *node)
{
    if (node->kind != YAML_SCALAR || !node->plain)
        return YAML_TEXT;
    struct str text = node->text;
    int64_t number;
    if (is_null(node))
        return YAML_NULL;
    if (is_one_of(text, true_words) || is_one_of(text, false_words))
        return YAML_BOOLEAN;
    if (is_decimal(text) || read_based(text, &number))
        return YAML_INTEGER;
    if (is_float(text) || is_one_of(without_sign(text), infinity_words) ||
        is_one_of(text, nan_words))
        return YAML_FLOAT;
    return YAML_TEXT;
}

bool yaml_is_blank(const struct yaml_node *node)
{
    if (node->kind != YAML_SCALAR)
        return false;
    return str_trim(node->text).len == 0 || is_null(node);
}

bool yaml_boolean(const struct yaml_node *node, bool *out)
{
    if (yaml_scalar_type(node) != YAML_BOOLEAN)
        return false;
    *out = is_one_of(node->text, true_words);
    return true;
}

bool yaml_integer(const struct yaml_node *node, int64_t *out)
{
    if (yaml_scalar_type(node) != YAML_INTEGER)
        return false;
    return is_decimal(node->text) ? read_decimal(node->text, out) : read_based(node->text, out);
}

/* An integer that int64 cannot hold: its digits, without '+' and zeros in front. */
static struct value big_integer(struct str text, struct arena *arena)
{
    bool negative = text.ptr[0] == '-';
    struct str digits = without_sign(text);
    while (digits.len > 1 && digits.ptr[0] == '0')
        digits = str_after(digits, 1);
    struct str written =
        negative ? arena_printf(arena, "-%.*s", STR_ARG(digits)) : arena_str(arena, digits);
    return (struct value){.type = VALUE_BIG, .str = written};
}

static struct value scalar_value(const struct yaml_node *node, struct arena *arena)
{
    int64_t integer;
    switch (yaml_scalar_type(node)) {
    case YAML_NULL: return value_nil();
    case YAML_BOOLEAN: return value_boolean(is_one_of(node->text, true_words));
    case YAML_INTEGER:
        return yaml_integer(node, &integer) ? value_integer(integer)
                                            : big_integer(node->text, arena);
    case YAML_FLOAT: return value_float(read_float(node->text));
    case YAML_TEXT: break;
    }
    return value_text(node->text);
}

/* Recursion is bounded by YAML_MAX_DEPTH. */
struct value yaml_to_value(const struct yaml_node *node, struct arena *arena)
{
    if (node->kind == YAML_SCALAR)
        return scalar_value(node, arena);
    if (node->kind == YAML_SEQUENCE) {
        struct value *items = arena_zalloc(arena, node->count, sizeof *items);
        for (size_t i = 0; i < node->count; i++)
            items[i] = yaml_to_value(&node->items[i], arena);
        return value_list(arena, items, node->count);
    }
    struct value_entry *entries = arena_zalloc(arena, node->count, sizeof *entries);
    for (size_t i = 0; i < node->count; i++) {
        entries[i].key = node->pairs[i].key;
        entries[i].value = yaml_to_value(&node->pairs[i].value, arena);
    }
    return value_map(arena, entries, node->count);
}
