#include "lang/liquid/number.h"
#include "lang/liquid/decimal.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool number_is(struct value value)
{
    return value.type == VALUE_INTEGER || value.type == VALUE_FLOAT || value.type == VALUE_BIG;
}

/* The digits at the front of a text, a sign before them; *end is where they end. */
static struct str digits_of(struct str text, size_t *end)
{
    struct str rest = str_trim_left(text);
    size_t at = rest.len > 0 && (rest.ptr[0] == '-' || rest.ptr[0] == '+') ? 1 : 0;
    size_t start = at;
    while (at < rest.len && str_is_digit(rest.ptr[at]))
        at++;
    *end = (size_t)(rest.ptr - text.ptr) + at;
    return at == start ? STR("0") : str_sub(rest, 0, at);
}

int64_t number_prefix(struct str text)
{
    size_t end;
    struct str digits = digits_of(text, &end);
    bool negative = digits.ptr[0] == '-';
    if (digits.ptr[0] == '-' || digits.ptr[0] == '+')
        digits = str_after(digits, 1);
    int64_t number = 0;
    for (size_t i = 0; i < digits.len; i++)
        if (__builtin_mul_overflow(number, 10, &number) ||
            __builtin_add_overflow(number, digits.ptr[i] - '0', &number))
            return negative ? INT64_MIN : INT64_MAX;
    return negative ? -number : number;
}

static struct value integer_text(struct liquid_run *run, struct str digits)
{
    struct decimal number;
    if (digits.len < 19)
        return value_integer(number_prefix(digits));
    if (!decimal_read(&number, digits)) {
        run_fail(run, "this number has more than %d digits", DECIMAL_DIGITS);
        return value_integer(0);
    }
    return decimal_integer(run, &number);
}

struct value number_of(struct liquid_run *run, struct value value)
{
    if (number_is(value))
        return value;
    if (!value_is_string(value))
        return value_integer(0);
    size_t end;
    struct str text = str_trim(value.str);
    struct str digits = digits_of(text, &end);
    if (end + 1 < text.len && text.ptr[end] == '.' && end > 0 && str_is_digit(text.ptr[end - 1])) {
        size_t at = end + 1;
        while (at < text.len && str_is_digit(text.ptr[at]))
            at++;
        char number[64];
        if (at == text.len && text.ptr[0] != '+' && text.len < sizeof number) {
            memcpy(number, text.ptr, text.len);
            number[text.len] = '\0';
            return value_float(strtod(number, NULL));
        }
        if (at == text.len && text.ptr[0] != '+')
            return value_float(strtod(arena_cstr(run->arena, text), NULL));
    }
    return integer_text(run, digits);
}

bool number_integer(struct liquid_run *run, struct value value, int64_t *number)
{
    (void)run;
    if (value.type == VALUE_INTEGER) {
        *number = value.integer;
        return true;
    }
    if (value.type == VALUE_BIG) {
        *number = value.str.ptr[0] == '-' ? INT64_MIN / 4 : INT64_MAX / 4;
        return true;
    }
    if (!value_is_string(value))
        return false;
    size_t end;
    struct str text = str_trim(value.str);
    digits_of(text, &end);
    if (text.len == 0 || end != text.len || !str_is_digit(text.ptr[text.len - 1]))
        return false;
    *number = number_prefix(text);
    return true;
}

static void to_decimal(struct value value, struct decimal *out)
{
    if (value.type == VALUE_INTEGER)
        decimal_from_integer(out, value.integer);
    else if (value.type == VALUE_FLOAT)
        decimal_from_float(out, value.number);
    else if (!decimal_read(out, value.str))
        decimal_from_integer(out, 0);
}

int number_compare(struct liquid_run *run, struct value a, struct value b, bool *ordered)
{
    (void)run;
    if (a.type == VALUE_INTEGER && b.type == VALUE_INTEGER)
        return a.integer < b.integer ? -1 : a.integer > b.integer;
    double left = a.type == VALUE_FLOAT ? a.number : 0;
    double right = b.type == VALUE_FLOAT ? b.number : 0;
    if (isnan(left) || isnan(right)) {
        *ordered = false;
        return 0;
    }
    if (a.type == VALUE_FLOAT && b.type == VALUE_FLOAT)
        return left < right ? -1 : left > right;
    if (isinf(left) || isinf(right))
        return isinf(left) ? (left > 0 ? 1 : -1) : (right > 0 ? -1 : 1);
    struct decimal x;
    struct decimal y;
    to_decimal(a, &x);
    to_decimal(b, &y);
    return decimal_compare(&x, &y);
}

static int64_t floor_divide(int64_t a, int64_t b)
{
    int64_t quotient = a / b;
    return a % b != 0 && (a < 0) != (b < 0) ? quotient - 1 : quotient;
}

static bool apply_integers(enum number_operation operation, int64_t a, int64_t b, int64_t *out)
{
    switch (operation) {
    case NUMBER_PLUS: return !__builtin_add_overflow(a, b, out);
    case NUMBER_MINUS: return !__builtin_sub_overflow(a, b, out);
    case NUMBER_TIMES: return !__builtin_mul_overflow(a, b, out);
    case NUMBER_DIVIDE:
    case NUMBER_MODULO:
        if (a == INT64_MIN && b == -1)
            return false;
        *out = floor_divide(a, b);
        if (operation == NUMBER_MODULO)
            *out = a - *out * b;
        return true;
    }
    return false;
}

static struct value special(enum number_operation operation, double a, double b)
{
    switch (operation) {
    case NUMBER_PLUS: return value_float(a + b);
    case NUMBER_MINUS: return value_float(a - b);
    case NUMBER_TIMES: return value_float(a * b);
    case NUMBER_DIVIDE: return value_float(a / b);
    default: return value_float(fmod(a, b));
    }
}

static bool is_zero(struct value value)
{
    return (value.type == VALUE_INTEGER && value.integer == 0) ||
           (value.type == VALUE_FLOAT && value.number == 0);
}

static double as_double(struct value value)
{
    struct decimal big;
    if (value.type == VALUE_BIG)
        return decimal_read(&big, value.str) ? decimal_float(&big) : INFINITY;
    return value.type == VALUE_FLOAT ? value.number : (double)value.integer;
}

/* Whether a float is one that decimals can hold; integers always are. */
static bool is_moderate(struct value value)
{
    return value.type != VALUE_FLOAT || fabs(value.number) < 1e100;
}

struct value number_apply(struct liquid_run *run, enum number_operation operation, struct value a,
                          struct value b)
{
    bool divides = operation == NUMBER_DIVIDE || operation == NUMBER_MODULO;
    bool floats = a.type == VALUE_FLOAT || b.type == VALUE_FLOAT;
    if (divides && is_zero(b) && floats && operation == NUMBER_DIVIDE)
        return value_float(as_double(a) / 0.0);
    if (divides && is_zero(b)) {
        run_fail(run, "a number cannot be divided by 0");
        return value_nil();
    }
    int64_t result;
    if (a.type == VALUE_INTEGER && b.type == VALUE_INTEGER &&
        apply_integers(operation, a.integer, b.integer, &result))
        return value_integer(result);
    if (!is_moderate(a) || !is_moderate(b))
        return special(operation, as_double(a), as_double(b));
    struct decimal x;
    struct decimal y;
    struct decimal sum;
    to_decimal(a, &x);
    to_decimal(b, &y);
    if (!decimal_apply(operation, &x, &y, floats, &sum)) {
        run_fail(run, "the result has more than %d digits", DECIMAL_DIGITS);
        return value_nil();
    }
    return floats ? value_float(decimal_float(&sum)) : decimal_integer(run, &sum);
}

void number_write_float(double number, struct buf *out)
{
    char digits[40];
    if (isnan(number) || isinf(number)) {
        buf_adds(out, isnan(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity");
        return;
    }
    int precision = 0;
    do
        snprintf(digits, sizeof digits, "%.*e", precision++, number);
    while (precision < 17 && strtod(digits, NULL) != number);
    int exponent = atoi(strchr(digits, 'e') + 1);
    if (exponent >= -4 && exponent < 16) {
        int decimals = precision - 1 - exponent;
        snprintf(digits, sizeof digits, "%.*f", decimals > 0 ? decimals : 1, number);
        buf_adds(out, digits);
        return;
    }
    char *mark = strchr(digits, 'e');
    buf_add(out, (struct str){digits, (size_t)(mark - digits)});
    if (memchr(digits, '.', (size_t)(mark - digits)) == NULL)
        buf_adds(out, ".0");
    buf_adds(out, mark);
}
