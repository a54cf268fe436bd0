/* Numbers as Ruby's Liquid reckons: integers without bound, and floats as decimal fractions, so
 * that 0.1 | plus: 0.2 is 0.3. */
#ifndef COPSE_LANG_LIQUID_NUMBER_H
#define COPSE_LANG_LIQUID_NUMBER_H

#include "lang/liquid/run.h"

/* Utils.to_number: a number as it is, a text by what it begins with ("12abc" is 12, "1.5" 1.5),
 * anything else 0. Floats in texts become floats. */
struct value number_of(struct liquid_run *run, struct value value);

/* A whole number: integers, and texts that are exactly one. False for anything else, nil too. */
bool number_integer(struct liquid_run *run, struct value value, int64_t *number);

/* The whole number that a text begins with, 0 if it begins with none (Ruby's to_i); cut to 64 bits.
 */
int64_t number_prefix(struct str text);

/* <0, 0, >0; both are numbers. NaN is equal to nothing and gives *ordered false. */
int number_compare(struct liquid_run *run, struct value a, struct value b, bool *ordered);

enum number_operation { NUMBER_PLUS, NUMBER_MINUS, NUMBER_TIMES, NUMBER_DIVIDE, NUMBER_MODULO };

/* Both are numbers. Division of integers goes towards minus infinity. Dividing by zero is an error
 * of the run, and the result nil. */
struct value number_apply(struct liquid_run *run, enum number_operation operation, struct value a,
                          struct value b);

bool number_is(struct value value);
/* 1.0, 1.0e+20, as Ruby prints floats. */
void number_write_float(double number, struct buf *out);

#endif
