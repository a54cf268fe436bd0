/* Arithmetic. */
#include "lang/liquid/decimal.h"
#include "lang/liquid/filter.h"

#include <math.h>

static struct value plus(struct liquid_run *run, struct value input,
                         const struct liquid_arguments *arguments)
{
    return number_apply(run, NUMBER_PLUS, number_of(run, input),
                        number_of(run, arguments->items[0]));
}

static struct value minus(struct liquid_run *run, struct value input,
                          const struct liquid_arguments *arguments)
{
    return number_apply(run, NUMBER_MINUS, number_of(run, input),
                        number_of(run, arguments->items[0]));
}

static struct value times(struct liquid_run *run, struct value input,
                          const struct liquid_arguments *arguments)
{
    return number_apply(run, NUMBER_TIMES, number_of(run, input),
                        number_of(run, arguments->items[0]));
}

static struct value divided_by(struct liquid_run *run, struct value input,
                               const struct liquid_arguments *arguments)
{
    return number_apply(run, NUMBER_DIVIDE, number_of(run, input),
                        number_of(run, arguments->items[0]));
}

static struct value modulo(struct liquid_run *run, struct value input,
                           const struct liquid_arguments *arguments)
{
    return number_apply(run, NUMBER_MODULO, number_of(run, input),
                        number_of(run, arguments->items[0]));
}

static struct value absolute(struct liquid_run *run, struct value input,
                             const struct liquid_arguments *arguments)
{
    (void)arguments;
    struct value number = number_of(run, input);
    if (number.type == VALUE_FLOAT)
        return value_float(fabs(number.number));
    bool negative = number.type == VALUE_INTEGER ? number.integer < 0 : number.str.ptr[0] == '-';
    return negative ? number_apply(run, NUMBER_MINUS, value_integer(0), number) : number;
}

/* A float without its fraction, as an integer of any size. */
static struct value whole(struct liquid_run *run, double number)
{
    if (number > -9e18 && number < 9e18)
        return value_integer((int64_t)number);
    if (!(fabs(number) < 1e100)) {
        run_fail(run, "this number is too large to be rounded");
        return value_nil();
    }
    struct decimal decimal;
    decimal_from_float(&decimal, number);
    return decimal_integer(run, &decimal);
}

static struct value ceiling(struct liquid_run *run, struct value input,
                            const struct liquid_arguments *arguments)
{
    (void)arguments;
    struct value number = number_of(run, input);
    return number.type == VALUE_FLOAT ? whole(run, ceil(number.number)) : number;
}

static struct value floor_of(struct liquid_run *run, struct value input,
                             const struct liquid_arguments *arguments)
{
    (void)arguments;
    struct value number = number_of(run, input);
    return number.type == VALUE_FLOAT ? whole(run, floor(number.number)) : number;
}

/* Half away from zero, on the decimal digits as they are printed. */
static struct decimal round_digits(const struct decimal *number, int64_t places)
{
    struct decimal result = *number;
    struct decimal half;
    struct decimal unit;
    if (places >= number->scale)
        return result;
    int64_t drop = number->scale - places;
    decimal_from_integer(&result, 0);
    if (drop > 400)
        return result;
    decimal_from_integer(&unit, 1);
    struct decimal ten;
    decimal_from_integer(&ten, 10);
    for (int64_t i = 0; i < drop; i++) {
        struct decimal next;
        decimal_apply(NUMBER_TIMES, &unit, &ten, false, &next);
        unit = next;
    }
    struct decimal five;
    decimal_from_integer(&five, 2);
    decimal_apply(NUMBER_DIVIDE, &unit, &five, false, &half);
    struct decimal plain = *number;
    plain.scale = 0;
    bool negative = plain.negative;
    plain.negative = false;
    struct decimal sum;
    struct decimal kept;
    if (!decimal_apply(NUMBER_PLUS, &plain, &half, false, &sum) ||
        !decimal_apply(NUMBER_DIVIDE, &sum, &unit, false, &kept))
        return *number;
    result = kept;
    result.negative = negative && kept.count > 0;
    result.scale = (int)places;
    return result;
}

static struct value round_to(struct liquid_run *run, struct value input,
                             const struct liquid_arguments *arguments)
{
    struct value number = number_of(run, input);
    struct value argument = arguments->count > 0 ? arguments->items[0] : value_integer(0);
    struct value digits = number_of(run, argument);
    int64_t places = digits.type == VALUE_INTEGER ? digits.integer
                     : digits.type == VALUE_FLOAT ? (int64_t)fmax(-400, fmin(400, digits.number))
                                                  : 400;
    if (places > 400 || places < -400)
        places = places > 0 ? 400 : -400;
    if (number.type != VALUE_FLOAT && places >= 0)
        return number;
    struct decimal decimal;
    if (number.type == VALUE_FLOAT) {
        if (!(fabs(number.number) < 1e100)) {
            run_fail(run, "this number is too large to be rounded");
            return value_nil();
        }
        decimal_from_float(&decimal, number.number);
    } else if (number.type == VALUE_INTEGER) {
        decimal_from_integer(&decimal, number.integer);
    } else if (!decimal_read(&decimal, number.str)) {
        return number;
    }
    struct decimal rounded = round_digits(&decimal, places);
    if (number.type == VALUE_FLOAT && places > 0)
        return value_float(decimal_float(&rounded));
    if (places < 0) {
        struct decimal unscaled = rounded;
        unscaled.scale = 0;
        struct value result = decimal_integer(run, &unscaled);
        for (int64_t i = places; i < 0 && result.type != VALUE_NIL; i++) {
            if (result.type == VALUE_INTEGER && result.integer == 0)
                break;
            result = number_apply(run, NUMBER_TIMES, result, value_integer(10));
        }
        return result;
    }
    return decimal_integer(run, &rounded);
}

static struct value limit(struct liquid_run *run, struct value input,
                          const struct liquid_arguments *arguments, int wanted)
{
    bool ordered = true;
    struct value number = number_of(run, input);
    struct value bound = number_of(run, arguments->items[0]);
    int order = number_compare(run, number, bound, &ordered);
    return order == wanted ? bound : number;
}

static struct value at_least(struct liquid_run *run, struct value input,
                             const struct liquid_arguments *arguments)
{
    return limit(run, input, arguments, -1);
}

static struct value at_most(struct liquid_run *run, struct value input,
                            const struct liquid_arguments *arguments)
{
    return limit(run, input, arguments, 1);
}

static const struct filter_entry entries[] = {
    {STR_INIT("plus"), 1, 1, FILTER_NUMBER, plus, NULL},
    {STR_INIT("minus"), 1, 1, FILTER_NUMBER, minus, NULL},
    {STR_INIT("times"), 1, 1, FILTER_NUMBER, times, NULL},
    {STR_INIT("divided_by"), 1, 1, FILTER_NUMBER, divided_by, NULL},
    {STR_INIT("modulo"), 1, 1, FILTER_NUMBER, modulo, NULL},
    {STR_INIT("abs"), 0, 0, FILTER_NUMBER, absolute, NULL},
    {STR_INIT("ceil"), 0, 0, FILTER_NUMBER, ceiling, NULL},
    {STR_INIT("floor"), 0, 0, FILTER_NUMBER, floor_of, NULL},
    {STR_INIT("round"), 0, 1, FILTER_NUMBER, round_to, NULL},
    {STR_INIT("at_least"), 1, 1, FILTER_NUMBER, at_least, NULL},
    {STR_INIT("at_most"), 1, 1, FILTER_NUMBER, at_most, NULL},
};

const struct filter_table filters_number = {entries, sizeof entries / sizeof *entries};
