/* Hashes, each for one use:
 *
 *   hash_bytes   64 bits, fast, seeded: hash tables. Not stable between versions.
 *   digest       128 bits, SipHash-2-4-128 under a fixed key: has this input changed? Stable.
 *   sha256       FIPS 180-4: fingerprints in URLs and integrity values that browsers check. */
#ifndef COPSE_BASE_HASH_H
#define COPSE_BASE_HASH_H

#include "base/str.h"

#include <stdint.h>

uint64_t hash_bytes(struct str bytes, uint64_t seed);

/* Another such hash, several times as fast where there are many bytes: a checksum of what this
 * machine wrote. */
uint64_t hash_large(struct str bytes, uint64_t seed);

struct digest {
    uint64_t low;
    uint64_t high;
};

struct digest digest_of(struct str bytes);
/* Another one, several times as fast where there are many bytes: for whole files. */
struct digest digest_of_file(struct str bytes);
bool digest_eq(struct digest a, struct digest b);
/* The digest of the two in this order. */
struct digest digest_join(struct digest a, struct digest b);

#define SHA256_SIZE 32
void sha256(struct str bytes, unsigned char out[SHA256_SIZE]);

#endif
