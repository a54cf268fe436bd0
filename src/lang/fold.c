#include "lang/fold.h"
#include "base/utf8.h"
#include "lang/slug.h"

#include <stddef.h>
#include <stdlib.h>
#include <utf8proc.h>

struct range {
    uint32_t first;
    uint32_t last;
};

/* Accents, vowel points, joiners, soft hyphens: no part of a word, and no gap in it. */
static const struct range dropped[] = {
    {0xAD, 0xAD},     {0x300, 0x36F},   {0x483, 0x487},   {0x591, 0x5BD},   {0x5BF, 0x5BF},
    {0x5C1, 0x5C2},   {0x5C4, 0x5C5},   {0x5C7, 0x5C7},   {0x610, 0x61A},   {0x640, 0x640},
    {0x64B, 0x65F},   {0x670, 0x670},   {0x6D6, 0x6DC},   {0x6DF, 0x6E8},   {0x6EA, 0x6ED},
    {0x200B, 0x200F}, {0x2060, 0x2064}, {0xFE00, 0xFE0F}, {0xFEFF, 0xFEFF},
};

/* What separates words in folded text: punctuation, symbols, pictures. The three tables have no
 * code point in common. */
static const struct range separators[] = {
    {0x0, 0x2F},      {0x3A, 0x40},     {0x5B, 0x60},     {0x7B, 0xAC},     {0xAE, 0xBF},
    {0xD7, 0xD7},     {0xF7, 0xF7},     {0x55A, 0x55F},   {0x589, 0x58A},   {0x5BE, 0x5BE},
    {0x5C0, 0x5C0},   {0x5C3, 0x5C3},   {0x5C6, 0x5C6},   {0x5F3, 0x5F4},   {0x600, 0x60F},
    {0x61B, 0x61F},   {0x66A, 0x66D},   {0x6D4, 0x6D4},   {0x964, 0x965},   {0xE4F, 0xE4F},
    {0xE5A, 0xE5B},   {0x104A, 0x104F}, {0x1360, 0x1368}, {0x17D4, 0x17DA}, {0x1800, 0x180A},
    {0x2000, 0x200A}, {0x2010, 0x205F}, {0x2065, 0x2BFF}, {0x2E00, 0x2E7F}, {0x3000, 0x3004},
    {0x3008, 0x3020}, {0x3030, 0x3030}, {0x303D, 0x303D}, {0x30A0, 0x30A0}, {0x30FB, 0x30FB},
    {0xE000, 0xF8FF}, {0xFD3E, 0xFD3F}, {0xFE10, 0xFE6F}, {0xFFF0, 0xFFFF}, {0x1F000, 0x1FAFF},
};

static const struct range dense[] = {
    {0xE00, 0xE4E},   {0xE50, 0xE59},   {0xE5C, 0xEFF},   {0x1000, 0x1049},
    {0x1050, 0x109F}, {0x1780, 0x17D3}, {0x17DB, 0x17FF}, {0x3005, 0x3007},
    {0x3040, 0x309F}, {0x30A1, 0x30FA}, {0x30FC, 0x30FF}, {0x31F0, 0x31FF},
    {0x3400, 0x4DBF}, {0x4E00, 0x9FFF}, {0xF900, 0xFAFF}, {0x20000, 0x3FFFF},
};

static bool is_in(const struct range *ranges, size_t count, uint32_t code_point)
{
    size_t low = 0;
    size_t high = count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (code_point > ranges[middle].last)
            low = middle + 1;
        else
            high = middle;
    }
    return low < count && code_point >= ranges[low].first;
}

bool fold_is_word(uint32_t code_point)
{
    return !is_in(separators, sizeof separators / sizeof *separators, code_point);
}

bool fold_is_dense(uint32_t code_point)
{
    return code_point >= dense[0].first && is_in(dense, sizeof dense / sizeof *dense, code_point);
}

const char *fold_spelling(uint32_t letter)
{
    enum { SHARP_S = 0xDF, FINAL_SIGMA = 0x3C2 };
    if (letter == SHARP_S)
        return "ss";
    return letter == FINAL_SIGMA ? "σ" : slug_spelling((int32_t)letter);
}

static void add_folded(struct buf *out, utf8proc_int32_t code_point)
{
    if (is_in(dropped, sizeof dropped / sizeof *dropped, (uint32_t)code_point))
        return;
    uint32_t lower = (uint32_t)utf8proc_tolower(code_point);
    const char *spelt = lower < 0x80 ? NULL : fold_spelling(lower);
    if (spelt)
        buf_adds(out, spelt);
    else
        utf8_encode(out, lower);
}

/* ASCII is given as escapes where a class would read it otherwise. */
static void add_limit(struct buf *out, uint32_t code_point)
{
    if (code_point >= 0x80)
        utf8_encode(out, code_point);
    else
        buf_addf(out, "\\x%02x", (unsigned)code_point);
}

void fold_class(enum fold_class class, struct buf *out)
{
    static const struct {
        const struct range *ranges;
        size_t count;
    } classes[] = {
        [FOLD_DROPPED] = {dropped, sizeof dropped / sizeof *dropped},
        [FOLD_GAPS] = {separators, sizeof separators / sizeof *separators},
        [FOLD_DENSE] = {dense, sizeof dense / sizeof *dense},
    };
    for (size_t i = 0; i < classes[class].count; i++) {
        const struct range *range = &classes[class].ranges[i];
        add_limit(out, range->first);
        if (range->last == range->first)
            continue;
        buf_addc(out, '-');
        add_limit(out, range->last);
    }
}

/* Calls `add` for each code point of the text after utf8proc's work on it. */
static void map(struct buf *out, struct str text, unsigned options,
                void (*add)(struct buf *out, utf8proc_int32_t code_point))
{
    utf8proc_uint8_t *mapped = NULL;
    utf8proc_ssize_t len =
        utf8proc_map((const utf8proc_uint8_t *)text.ptr, (utf8proc_ssize_t)text.len, &mapped,
                     (utf8proc_option_t)options);
    for (utf8proc_ssize_t at = 0; at < len;) {
        utf8proc_int32_t code_point;
        utf8proc_ssize_t used = utf8proc_iterate(mapped + at, len - at, &code_point);
        if (used < 1)
            break;
        add(out, code_point);
        at += used;
    }
    free(mapped);
}

static void add_lower(struct buf *out, utf8proc_int32_t code_point)
{
    utf8_encode(out, (uint32_t)utf8proc_tolower(code_point));
}

/* Most words are plain ASCII, of which Unicode's tables make nothing but small letters. Returns
 * whether the text is. */
static bool add_ascii(struct buf *out, struct str text)
{
    size_t start = out->len;
    unsigned char seen = 0;
    buf_add(out, text);
    for (size_t i = start; i < out->len; i++) {
        unsigned char byte = (unsigned char)out->ptr[i];
        seen |= byte;
        if (byte >= 'A' && byte <= 'Z')
            out->ptr[i] = (char)(byte | 0x20);
    }
    if (seen < 0x80)
        return true;
    buf_truncate(out, start);
    return false;
}

void fold_add(struct buf *out, struct str text)
{
    if (text.len > 0 && !add_ascii(out, text))
        map(out, text, UTF8PROC_STABLE | UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT, add_folded);
}

void fold_lower(struct buf *out, struct str text)
{
    if (text.len > 0 && !add_ascii(out, text))
        map(out, text, UTF8PROC_STABLE | UTF8PROC_COMPOSE, add_lower);
}
