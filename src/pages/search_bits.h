/* Bits in a row, the highest of a byte first: what lists and marks are written in
 * (search_postings.h). */
#ifndef COPSE_PAGES_SEARCH_BITS_H
#define COPSE_PAGES_SEARCH_BITS_H

#include "base/str.h"

#include <stdint.h>

/* Going into memory that was measured before. */
struct bits {
    unsigned char *next;
    uint64_t held;  /* the lowest `count` bits wait */
    unsigned count; /* below 32 */
};

/* The lowest `count` bits of a value that has no others; at most 32. */
static inline void bits_put(struct bits *bits, uint32_t value, unsigned count)
{
    bits->held = bits->held << count | value;
    bits->count += count;
    if (bits->count < 32)
        return;
    bits->count -= 32;
    uint32_t word = (uint32_t)(bits->held >> bits->count);
    for (unsigned i = 0; i < 4; i++)
        bits->next[i] = (unsigned char)(word >> (24 - 8 * i));
    bits->next += 4;
}

static inline void bits_put_rice(struct bits *bits, uint32_t value, unsigned rice)
{
    uint32_t ones = value >> rice;
    for (; ones >= 24; ones -= 24)
        bits_put(bits, 0xFFFFFF, 24);
    bits_put(bits, (2U << ones) - 2, ones + 1);
    bits_put(bits, value & ((1U << rice) - 1), rice);
}

/* How many bits that takes. */
static inline size_t bits_rice(uint32_t value, unsigned rice)
{
    return (size_t)(value >> rice) + 1 + rice;
}

/* The bits that wait, with zeros to the end of their byte. Returns where the bytes end. */
static inline unsigned char *bits_end(struct bits *bits)
{
    for (; bits->count >= 8; bits->count -= 8)
        *bits->next++ = (unsigned char)(bits->held >> (bits->count - 8));
    if (bits->count > 0)
        *bits->next++ = (unsigned char)(bits->held << (8 - bits->count));
    bits->count = 0;
    return bits->next;
}

/* Coming out of bytes; behind their end there are zeros. */
struct bits_reader {
    struct str bytes;
    size_t at; /* the next bit */
};

/* The bits from the next one on, the first the highest; at least 57 of them. */
static inline uint64_t bits_ahead(const struct bits_reader *reader)
{
    uint64_t word = 0;
    size_t byte = reader->at >> 3;
    for (size_t i = 0; byte + 8 > reader->bytes.len && i < 8; i++)
        word = word << 8 |
               (byte + i < reader->bytes.len ? (unsigned char)reader->bytes.ptr[byte + i] : 0U);
    if (byte + 8 <= reader->bytes.len) {
        const unsigned char *next = (const unsigned char *)reader->bytes.ptr + byte;
        word = (uint64_t)next[0] << 56 | (uint64_t)next[1] << 48 | (uint64_t)next[2] << 40 |
               (uint64_t)next[3] << 32 | (uint64_t)next[4] << 24 | (uint64_t)next[5] << 16 |
               (uint64_t)next[6] << 8 | (uint64_t)next[7];
    }
    return word << (reader->at & 7);
}

/* At most 32 bits. */
static inline uint32_t bits_take(struct bits_reader *reader, unsigned count)
{
    uint64_t word = bits_ahead(reader);
    reader->at += count;
    return count == 0 ? 0 : (uint32_t)(word >> (64 - count));
}

static inline uint32_t bits_take_rice(struct bits_reader *reader, unsigned rice)
{
    enum { SEEN = 56 };
    uint32_t ones = 0;
    uint64_t word = bits_ahead(reader);
    while (word >> (64 - SEEN) == (1ULL << SEEN) - 1) {
        ones += SEEN;
        reader->at += SEEN;
        word = bits_ahead(reader);
    }
    unsigned more = (unsigned)__builtin_clzll(~word);
    reader->at += more + 1;
    return (ones + more) << rice | bits_take(reader, rice);
}

static inline bool bits_past(const struct bits_reader *reader)
{
    return reader->at > reader->bytes.len * 8;
}

#endif
