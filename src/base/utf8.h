/* UTF-8 as RFC 3629 has it: no surrogates, no overlong forms, nothing above U+10FFFF. */
#ifndef COPSE_BASE_UTF8_H
#define COPSE_BASE_UTF8_H

#include "base/buf.h"
#include "base/str.h"

#include <stdint.h>

/* Offset of the first byte that is not UTF-8, or STR_NONE if all is well. */
size_t utf8_invalid(struct str str);

/* The code point at the front of `str` and its length in bytes in *len. A byte that is no UTF-8
 * gives U+FFFD and a length of 1; the empty slice gives 0 and a length of 0. */
uint32_t utf8_decode(struct str str, size_t *len);

/* Adds a code point; what is no Unicode scalar value becomes U+FFFD. */
void utf8_encode(struct buf *buf, uint32_t code_point);

/* How many code points (each bad byte counts as one). */
size_t utf8_count(struct str str);

/* Offset in bytes of code point number `index`, or the length if there are fewer. */
size_t utf8_offset(struct str str, size_t index);

#endif
