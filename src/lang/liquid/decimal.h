/* Decimal numbers of many digits: what integers beyond 64 bits and exact fractions are reckoned in.
 *
 * value = ± limbs × 10^-scale, the limbs in base 10^9, least first. */
#ifndef COPSE_LANG_LIQUID_DECIMAL_H
#define COPSE_LANG_LIQUID_DECIMAL_H

#include "lang/liquid/number.h"

#define DECIMAL_LIMBS 128
#define DECIMAL_DIGITS (DECIMAL_LIMBS * 9)

struct decimal {
    uint32_t limbs[DECIMAL_LIMBS];
    int count; /* of limbs; 0 is zero */
    int scale; /* digits behind the point */
    bool negative;
};

void decimal_from_integer(struct decimal *out, int64_t number);
/* The shortest decimal fraction that reads back as `number`, which is finite and below 1e100. */
void decimal_from_float(struct decimal *out, double number);
/* -?digits, perhaps with a point. False if there are too many. */
bool decimal_read(struct decimal *out, struct str text);

int decimal_compare(const struct decimal *a, const struct decimal *b);

/* False if the result has too many digits. Division is floored to an integer unless `fraction`,
 * then it has at least 20 significant digits; modulo has the sign of `b`, which is not zero. */
bool decimal_apply(enum number_operation operation, const struct decimal *a,
                   const struct decimal *b, bool fraction, struct decimal *out);

double decimal_float(const struct decimal *number);
/* An integer of 64 bits or a big one, digits behind the point cut off. */
struct value decimal_integer(struct liquid_run *run, const struct decimal *number);

#endif
