#include "lang/liquid/decimal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BASE 1000000000u

static void trim(struct decimal *number)
{
    while (number->count > 0 && number->limbs[number->count - 1] == 0)
        number->count--;
    if (number->count == 0)
        number->negative = false;
}

void decimal_from_integer(struct decimal *out, int64_t number)
{
    uint64_t rest = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
    out->count = 0;
    out->scale = 0;
    out->negative = number < 0;
    for (; rest > 0; rest /= BASE)
        out->limbs[out->count++] = (uint32_t)(rest % BASE);
}

/* out = out × factor + add; false if it grows too long. */
static bool multiply_small(struct decimal *out, uint32_t factor, uint32_t add)
{
    uint64_t carry = add;
    for (int i = 0; i < out->count; i++) {
        carry += (uint64_t)out->limbs[i] * factor;
        out->limbs[i] = (uint32_t)(carry % BASE);
        carry /= BASE;
    }
    if (carry == 0)
        return true;
    if (out->count >= DECIMAL_LIMBS)
        return false;
    out->limbs[out->count++] = (uint32_t)carry;
    return true;
}

static bool shift(struct decimal *out, int digits)
{
    static const uint32_t powers[] = {1,      10,      100,      1000,     10000,
                                      100000, 1000000, 10000000, 100000000};
    int limbs = digits / 9;
    if (out->count + limbs > DECIMAL_LIMBS)
        return false;
    if (limbs > 0 && out->count > 0) {
        memmove(out->limbs + limbs, out->limbs, (size_t)out->count * sizeof *out->limbs);
        memset(out->limbs, 0, (size_t)limbs * sizeof *out->limbs);
        out->count += limbs;
    }
    return multiply_small(out, powers[digits % 9], 0);
}

bool decimal_read(struct decimal *out, struct str text)
{
    *out = (struct decimal){0};
    bool fraction = false;
    for (size_t i = 0; i < text.len; i++) {
        char byte = text.ptr[i];
        if (byte == '.') {
            fraction = true;
        } else if (byte == '-' || byte == '+') {
            out->negative = byte == '-';
        } else {
            if (!multiply_small(out, 10, (uint32_t)(byte - '0')))
                return false;
            out->scale += fraction;
        }
    }
    trim(out);
    return true;
}

void decimal_from_float(struct decimal *out, double number)
{
    char digits[40];
    int precision = 0;
    do
        snprintf(digits, sizeof digits, "%.*e", precision++, number);
    while (precision < 18 && strtod(digits, NULL) != number);
    char *mark = strchr(digits, 'e');
    int exponent = atoi(mark + 1);
    decimal_read(out, (struct str){digits, (size_t)(mark - digits)});
    out->scale -= exponent;
    if (out->scale < 0) {
        shift(out, -out->scale);
        out->scale = 0;
    }
}

static int compare_magnitude(const struct decimal *a, const struct decimal *b)
{
    if (a->count != b->count)
        return a->count < b->count ? -1 : 1;
    for (int i = a->count; i-- > 0;)
        if (a->limbs[i] != b->limbs[i])
            return a->limbs[i] < b->limbs[i] ? -1 : 1;
    return 0;
}

/* Gives both the larger scale. */
static bool align(struct decimal *a, struct decimal *b)
{
    struct decimal *lower = a->scale < b->scale ? a : b;
    int scale = a->scale > b->scale ? a->scale : b->scale;
    if (!shift(lower, scale - lower->scale))
        return false;
    lower->scale = scale;
    return true;
}

int decimal_compare(const struct decimal *a, const struct decimal *b)
{
    struct decimal x = *a;
    struct decimal y = *b;
    if (x.negative != y.negative)
        return x.negative ? -1 : 1;
    if (!align(&x, &y))
        return x.count < y.count ? -1 : 1;
    int order = compare_magnitude(&x, &y);
    return x.negative ? -order : order;
}

static bool add_magnitude(struct decimal *a, const struct decimal *b)
{
    uint32_t carry = 0;
    for (int i = 0; i < b->count || carry > 0; i++) {
        if (i == a->count) {
            if (a->count >= DECIMAL_LIMBS)
                return false;
            a->limbs[a->count++] = 0;
        }
        uint32_t sum = a->limbs[i] + (i < b->count ? b->limbs[i] : 0) + carry;
        carry = sum >= BASE;
        a->limbs[i] = carry ? sum - BASE : sum;
    }
    return true;
}

/* a -= b; a is not the smaller one. */
static void subtract_magnitude(struct decimal *a, const struct decimal *b)
{
    uint32_t borrow = 0;
    for (int i = 0; i < a->count; i++) {
        uint32_t take = (i < b->count ? b->limbs[i] : 0) + borrow;
        borrow = a->limbs[i] < take;
        a->limbs[i] += borrow ? BASE - take : 0 - take;
    }
    trim(a);
}

static bool add(struct decimal *a, const struct decimal *b)
{
    if (a->negative == b->negative)
        return add_magnitude(a, b);
    if (compare_magnitude(a, b) >= 0) {
        subtract_magnitude(a, b);
        return true;
    }
    struct decimal larger = *b;
    subtract_magnitude(&larger, a);
    *a = larger;
    return true;
}

static bool multiply(const struct decimal *a, const struct decimal *b, struct decimal *out)
{
    *out = (struct decimal){.scale = a->scale + b->scale, .negative = a->negative != b->negative};
    if (a->count + b->count > DECIMAL_LIMBS)
        return false;
    out->count = a->count + b->count;
    for (int i = 0; i < a->count; i++) {
        uint64_t carry = 0;
        for (int j = 0; j < b->count || carry > 0; j++) {
            uint64_t product = j < b->count ? (uint64_t)a->limbs[i] * b->limbs[j] : 0;
            carry += product + out->limbs[i + j];
            out->limbs[i + j] = (uint32_t)(carry % BASE);
            carry /= BASE;
        }
    }
    trim(out);
    return true;
}

/* How often b goes into a (less than BASE times), by bisection. */
static uint32_t times_in(const struct decimal *a, const struct decimal *b)
{
    uint32_t low = 0;
    uint32_t high = BASE - 1;
    while (low < high) {
        uint32_t middle = low + (high - low + 1) / 2;
        struct decimal product = *b;
        if (multiply_small(&product, middle, 0) && compare_magnitude(&product, a) <= 0)
            low = middle;
        else
            high = middle - 1;
    }
    return low;
}

/* Magnitudes: quotient, and the remainder. */
static void divide(const struct decimal *a, const struct decimal *b, struct decimal *quotient,
                   struct decimal *rest)
{
    *quotient = (struct decimal){.count = a->count};
    *rest = (struct decimal){0};
    for (int i = a->count; i-- > 0;) {
        memmove(rest->limbs + 1, rest->limbs, (size_t)rest->count * sizeof *rest->limbs);
        rest->limbs[0] = a->limbs[i];
        rest->count++;
        trim(rest);
        uint32_t digit = times_in(rest, b);
        struct decimal product = *b;
        product.negative = false;
        multiply_small(&product, digit, 0);
        trim(&product);
        subtract_magnitude(rest, &product);
        quotient->limbs[i] = digit;
    }
    trim(quotient);
}

static bool divide_fraction(const struct decimal *a, const struct decimal *b, struct decimal *out)
{
    struct decimal x = *a;
    struct decimal rest;
    int extra = 27 + (b->count - a->count) * 9;
    if (extra < 0)
        extra = 0;
    if (x.scale + extra < b->scale)
        extra = b->scale - x.scale;
    if (!shift(&x, extra) || x.count >= DECIMAL_LIMBS)
        return false;
    divide(&x, b, out, &rest);
    out->scale = a->scale + extra - b->scale;
    out->negative = a->negative != b->negative && out->count > 0;
    return true;
}

/* Floored division of aligned numbers: an integer and what is left, with the sign of b. */
static bool divide_floor(const struct decimal *a, const struct decimal *b, bool remainder,
                         struct decimal *out)
{
    struct decimal one;
    struct decimal quotient;
    struct decimal rest;
    if (a->count >= DECIMAL_LIMBS)
        return false;
    divide(a, b, &quotient, &rest);
    bool differ = a->negative != b->negative;
    bool exact = rest.count == 0;
    if (remainder) {
        *out = rest;
        out->scale = a->scale;
        out->negative = a->negative && !exact;
        return exact || !differ || add(out, b);
    }
    *out = quotient;
    decimal_from_integer(&one, 1);
    if (differ && !exact && !add_magnitude(out, &one))
        return false;
    out->negative = differ && out->count > 0;
    return true;
}

bool decimal_apply(enum number_operation operation, const struct decimal *a,
                   const struct decimal *b, bool fraction, struct decimal *out)
{
    if (operation == NUMBER_TIMES)
        return multiply(a, b, out);
    if (operation == NUMBER_DIVIDE && fraction)
        return divide_fraction(a, b, out);
    struct decimal x = *a;
    struct decimal y = *b;
    if (!align(&x, &y))
        return false;
    if (operation == NUMBER_DIVIDE || operation == NUMBER_MODULO)
        return divide_floor(&x, &y, operation == NUMBER_MODULO, out);
    if (operation == NUMBER_MINUS && y.count > 0)
        y.negative = !y.negative;
    *out = x;
    return add(out, &y);
}

/* The digits of the limbs, at most DECIMAL_DIGITS and a NUL. */
static void write_digits(const struct decimal *number, char *out)
{
    int at = sprintf(out, "%u", number->count > 0 ? number->limbs[number->count - 1] : 0);
    for (int i = number->count - 1; i-- > 0;)
        at += sprintf(out + at, "%09u", number->limbs[i]);
}

double decimal_float(const struct decimal *number)
{
    char text[DECIMAL_DIGITS + 32];
    text[0] = '-';
    write_digits(number, text + 1);
    size_t length = strlen(text);
    snprintf(text + length, sizeof text - length, "e%d", -number->scale);
    return strtod(number->negative ? text : text + 1, NULL);
}

struct value decimal_integer(struct liquid_run *run, const struct decimal *number)
{
    char text[DECIMAL_DIGITS + 32];
    text[0] = '-';
    write_digits(number, text + 1);
    size_t length = strlen(text + 1);
    size_t kept = number->scale < 0 || (size_t)number->scale >= length
                      ? (number->scale <= 0 ? length : 0)
                      : length - (size_t)number->scale;
    struct str digits = {text + 1, kept};
    if (kept == 0)
        return value_integer(0);
    if (number->negative)
        digits = (struct str){text, kept + 1};
    bool fits = kept < 19 || (kept == 19 && memcmp(text + 1, "9223372036854775807", 19) <= 0);
    if (fits) {
        int64_t value = 0;
        for (size_t i = 0; i < kept; i++)
            value = value * 10 + (text[1 + i] - '0');
        return value_integer(number->negative ? -value : value);
    }
    struct value big = {.type = VALUE_BIG};
    big.str = arena_str(run->arena, digits);
    return big;
}
