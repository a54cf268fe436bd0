/* Which addresses belong to anybody on the internet, by IANA's registries of special-purpose
 * addresses (RFC 6890 and what followed it). */
#include "build/outside/outside_internal.h"

struct block {
    unsigned char front[4];
    int bits;
};

static const struct block special[] = {
    {{0}, 8},             /* this network */
    {{10}, 8},            /* private */
    {{100, 64}, 10},      /* shared by carriers */
    {{127}, 8},           /* this computer */
    {{169, 254}, 16},     /* this link, and clouds' settings */
    {{172, 16}, 12},      /* private */
    {{192, 0, 0}, 24},    /* protocols */
    {{192, 0, 2}, 24},    /* examples in documents */
    {{192, 88, 99}, 24},  /* the old 6to4 */
    {{192, 168}, 16},     /* private */
    {{198, 18}, 15},      /* benchmarks */
    {{198, 51, 100}, 24}, /* examples in documents */
    {{203, 0, 113}, 24},  /* examples in documents */
    {{224}, 4},           /* many at once */
    {{240}, 4},           /* reserved, and broadcast */
};

static bool begins_with(const unsigned char *bytes, const unsigned char *front, int bits)
{
    for (int i = 0; i < bits; i++) {
        int mask = 0x80 >> (i % 8);
        if ((bytes[i / 8] & mask) != (front[i / 8] & mask))
            return false;
    }
    return true;
}

static bool is_public_4(const unsigned char *bytes)
{
    for (size_t i = 0; i < sizeof special / sizeof *special; i++) {
        if (begins_with(bytes, special[i].front, special[i].bits))
            return false;
    }
    return true;
}

static bool is_public_6(const unsigned char *bytes)
{
    static const unsigned char mapped[12] = {[10] = 0xFF, [11] = 0xFF};
    static const unsigned char translated[12] = {0x00, 0x64, 0xFF, 0x9B};
    static const unsigned char global[1] = {0x20};
    static const unsigned char protocols[3] = {0x20, 0x01, 0x00}; /* 2001::/23 */
    static const unsigned char documents[4] = {0x20, 0x01, 0x0D, 0xB8};
    static const unsigned char more_documents[3] = {0x3F, 0xFF, 0x00}; /* 3fff::/20 */
    static const unsigned char six_to_four[2] = {0x20, 0x02};
    if (begins_with(bytes, mapped, 96) || begins_with(bytes, translated, 96))
        return is_public_4(bytes + 12);
    if (begins_with(bytes, six_to_four, 16))
        return is_public_4(bytes + 2);
    return begins_with(bytes, global, 3) && !begins_with(bytes, protocols, 23) &&
           !begins_with(bytes, documents, 32) && !begins_with(bytes, more_documents, 20);
}

bool outside_is_public(const unsigned char *bytes, size_t len)
{
    return len == 4 ? is_public_4(bytes) : len == 16 && is_public_6(bytes);
}
