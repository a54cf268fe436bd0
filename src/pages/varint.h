/* Whole numbers in as few bytes as they need: little-endian, seven bits a byte, the highest bit set
 * where more follow (LEB128). */
#ifndef COPSE_PAGES_VARINT_H
#define COPSE_PAGES_VARINT_H

#include "base/buf.h"

static inline void varint_put(struct buf *out, uint32_t number)
{
    for (; number >= 0x80; number >>= 7)
        buf_addc(out, (char)(number | 0x80));
    buf_addc(out, (char)number);
}

/* The number at the beginning of *bytes, which varint_put() wrote; *bytes begins behind it then. */
static inline uint32_t varint_take(struct str *bytes)
{
    uint32_t number = 0;
    unsigned shift = 0;
    size_t at = 0;
    while (at < bytes->len && (unsigned char)bytes->ptr[at] >= 0x80 && shift < 28) {
        number |= ((unsigned char)bytes->ptr[at++] & 0x7FU) << shift;
        shift += 7;
    }
    number |= (uint32_t)(unsigned char)bytes->ptr[at++] << shift;
    *bytes = str_after(*bytes, at);
    return number;
}

#endif
