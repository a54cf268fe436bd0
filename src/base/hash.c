#include "base/hash.h"

#include <string.h>

static uint64_t rotate(uint64_t word, int bits)
{
    return word << bits | word >> (64 - bits);
}

static uint64_t load64(const char *bytes)
{
    uint64_t word;
    memcpy(&word, bytes, sizeof word);
    return word;
}

/* Up to seven bytes as a little-endian number. */
static uint64_t load_tail(const char *bytes, size_t count)
{
    uint64_t word = 0;
    for (size_t i = 0; i < count; i++)
        word |= (uint64_t)(unsigned char)bytes[i] << (8 * i);
    return word;
}

/* The same, where eight bytes end with them. */
static uint64_t load_end(const char *end, size_t count)
{
    if (__BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__)
        return load_tail(end - count, count);
    return load64(end - 8) >> (8 * (8 - count));
}

uint64_t hash_bytes(struct str bytes, uint64_t seed)
{
    const uint64_t prime = 0x9E3779B97F4A7C15U;
    uint64_t hash = seed ^ bytes.len * prime;
    size_t at = 0;
    for (; bytes.len - at >= 8; at += 8)
        hash = rotate((hash ^ load64(bytes.ptr + at)) * prime, 29);
    size_t rest = bytes.len - at;
    if (rest > 0) {
        uint64_t tail = at > 0 ? load_end(bytes.ptr + bytes.len, rest) : load_tail(bytes.ptr, rest);
        hash = rotate((hash ^ tail) * prime, 29);
    }
    hash ^= hash >> 32;
    hash *= 0xD6E8FEB86659FD93U;
    return hash ^ hash >> 32;
}

enum { LANES = 8, BLOCK = LANES * 8 };

/* Mixes as many whole blocks of the bytes as there are into the lanes, which do not wait for each
 * other; returns what is left. */
static struct str mix_lanes(struct str bytes, uint64_t seed, uint64_t lanes[LANES])
{
    const uint64_t prime = 0x9E3779B97F4A7C15U;
    uint64_t a[LANES]; /* in registers */
    size_t at = 0;
    for (unsigned i = 0; i < LANES; i++)
        a[i] = seed + i;
    for (; bytes.len - at >= BLOCK; at += BLOCK) {
#pragma GCC unroll 8
        for (unsigned i = 0; i < LANES; i++)
            a[i] = rotate((a[i] ^ load64(bytes.ptr + at + 8 * i)) * prime, 29);
    }
    memcpy(lanes, a, sizeof a);
    return str_after(bytes, at);
}

uint64_t hash_large(struct str bytes, uint64_t seed)
{
    uint64_t lanes[LANES];
    struct str rest = mix_lanes(bytes, seed, lanes);
    return hash_bytes(rest, hash_bytes((struct str){(const char *)lanes, sizeof lanes}, bytes.len));
}

struct sip {
    uint64_t v0, v1, v2, v3;
};

static inline void sip_round(struct sip *s)
{
    s->v0 += s->v1;
    s->v1 = rotate(s->v1, 13) ^ s->v0;
    s->v0 = rotate(s->v0, 32);
    s->v2 += s->v3;
    s->v3 = rotate(s->v3, 16) ^ s->v2;
    s->v0 += s->v3;
    s->v3 = rotate(s->v3, 21) ^ s->v0;
    s->v2 += s->v1;
    s->v1 = rotate(s->v1, 17) ^ s->v2;
    s->v2 = rotate(s->v2, 32);
}

static inline void sip_word(struct sip *s, uint64_t word)
{
    s->v3 ^= word;
    sip_round(s);
    sip_round(s);
    s->v0 ^= word;
}

struct digest digest_of(struct str bytes)
{
    const uint64_t key0 = 0x636F707365206469U; /* any fixed key will do: "copse di", "gest key" */
    const uint64_t key1 = 0x67657374206B6579U;
    struct sip s = {0x736F6D6570736575U ^ key0, 0x646F72616E646F6DU ^ key1 ^ 0xEE,
                    0x6C7967656E657261U ^ key0, 0x7465646279746573U ^ key1};
    size_t at = 0;
    for (; bytes.len - at >= 8; at += 8)
        sip_word(&s, load64(bytes.ptr + at));
    uint64_t tail = bytes.len > at ? load_tail(bytes.ptr + at, bytes.len - at) : 0;
    sip_word(&s, tail | (uint64_t)bytes.len << 56);
    struct digest digest;
    s.v2 ^= 0xEE;
    for (int i = 0; i < 4; i++)
        sip_round(&s);
    digest.low = s.v0 ^ s.v1 ^ s.v2 ^ s.v3;
    s.v1 ^= 0xDD;
    for (int i = 0; i < 4; i++)
        sip_round(&s);
    digest.high = s.v0 ^ s.v1 ^ s.v2 ^ s.v3;
    return digest;
}

struct digest digest_of_file(struct str bytes)
{
    struct {
        uint64_t lanes[LANES];
        uint64_t length;
        char rest[BLOCK];
    } sum = {.length = bytes.len};
    struct str rest = mix_lanes(bytes, 1, sum.lanes);
    if (rest.len > 0)
        memcpy(sum.rest, rest.ptr, rest.len);
    return digest_of((struct str){(const char *)&sum, sizeof sum});
}

bool digest_eq(struct digest a, struct digest b)
{
    return a.low == b.low && a.high == b.high;
}

struct digest digest_join(struct digest a, struct digest b)
{
    struct digest both[2] = {a, b};
    return digest_of((struct str){(const char *)both, sizeof both});
}

static const uint32_t sha256_words[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

static uint32_t turn(uint32_t word, int bits)
{
    return word >> bits | word << (32 - bits);
}

static void sha256_block(uint32_t state[8], const unsigned char *block)
{
    uint32_t w[64];
    uint32_t s[8];
    for (size_t i = 0; i < 16; i++)
        w[i] = (uint32_t)block[4 * i] << 24 | (uint32_t)block[4 * i + 1] << 16 |
               (uint32_t)block[4 * i + 2] << 8 | block[4 * i + 3];
    for (size_t i = 16; i < 64; i++) {
        uint32_t a = turn(w[i - 15], 7) ^ turn(w[i - 15], 18) ^ w[i - 15] >> 3;
        uint32_t b = turn(w[i - 2], 17) ^ turn(w[i - 2], 19) ^ w[i - 2] >> 10;
        w[i] = w[i - 16] + a + w[i - 7] + b;
    }
    memcpy(s, state, sizeof s);
    for (size_t i = 0; i < 64; i++) {
        uint32_t e = turn(s[4], 6) ^ turn(s[4], 11) ^ turn(s[4], 25);
        uint32_t choose = (s[4] & s[5]) ^ (~s[4] & s[6]);
        uint32_t first = s[7] + e + choose + sha256_words[i] + w[i];
        uint32_t a = turn(s[0], 2) ^ turn(s[0], 13) ^ turn(s[0], 22);
        uint32_t majority = (s[0] & s[1]) ^ (s[0] & s[2]) ^ (s[1] & s[2]);
        memmove(s + 1, s, 7 * sizeof *s);
        s[4] += first;
        s[0] = first + a + majority;
    }
    for (size_t i = 0; i < 8; i++)
        state[i] += s[i];
}

void sha256(struct str bytes, unsigned char out[SHA256_SIZE])
{
    uint32_t state[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                         0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
    const unsigned char *data = (const unsigned char *)bytes.ptr;
    size_t at = 0;
    for (; bytes.len - at >= 64; at += 64)
        sha256_block(state, data + at);
    /* The rest, a 1 bit, zeros and the length in bits: one block, or two. */
    unsigned char last[128] = {0};
    size_t rest = bytes.len - at;
    if (rest > 0)
        memcpy(last, data + at, rest);
    last[rest] = 0x80;
    size_t total = rest < 56 ? 64 : 128;
    uint64_t bits = (uint64_t)bytes.len * 8;
    for (size_t i = 0; i < 8; i++)
        last[total - 1 - i] = (unsigned char)(bits >> (8 * i));
    for (size_t i = 0; i < total; i += 64)
        sha256_block(state, last + i);
    for (size_t i = 0; i < SHA256_SIZE; i++)
        out[i] = (unsigned char)(state[i / 4] >> (24 - 8 * (i % 4)));
}
