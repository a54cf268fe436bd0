#include "base/utf8.h"
#include "base/sixteen.h"

static bool is_continuation(char byte)
{
    return ((unsigned char)byte & 0xC0) == 0x80;
}

/* The length of the well-formed sequence at the front of `str` with its code point, or 0. */
static size_t sequence(struct str str, uint32_t *code_point)
{
    unsigned char lead = (unsigned char)str.ptr[0];
    if (lead < 0x80) {
        *code_point = lead;
        return 1;
    }
    size_t len = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || str.len < len)
        return 0;
    uint32_t value = lead & (0xFFU >> (len + 1));
    for (size_t i = 1; i < len; i++) {
        if (!is_continuation(str.ptr[i]))
            return 0;
        value = value << 6 | ((unsigned char)str.ptr[i] & 0x3FU);
    }
    if ((len == 3 && value < 0x800) || (len == 4 && (value < 0x10000 || value > 0x10FFFF)) ||
        (value >= 0xD800 && value <= 0xDFFF))
        return 0;
    *code_point = value;
    return len;
}

static inline bool is_beyond_ascii(sixteen bytes)
{
    return sixteen_any(bytes & 0x80);
}

size_t utf8_invalid(struct str str)
{
    size_t at = 0;
    while (at < str.len) {
        if ((unsigned char)str.ptr[at] < 0x80) {
            size_t ascii = sixteen_skip(str, at, is_beyond_ascii);
            at = ascii > at ? ascii : at + 1;
            continue;
        }
        uint32_t code_point;
        size_t len = sequence(str_after(str, at), &code_point);
        if (len == 0)
            return at;
        at += len;
    }
    return STR_NONE;
}

uint32_t utf8_decode(struct str str, size_t *len)
{
    *len = 0;
    if (str.len == 0)
        return 0;
    uint32_t code_point = 0;
    *len = sequence(str, &code_point);
    if (*len > 0)
        return code_point;
    *len = 1;
    return 0xFFFD;
}

void utf8_encode(struct buf *buf, uint32_t code_point)
{
    if (code_point > 0x10FFFF || (code_point >= 0xD800 && code_point <= 0xDFFF))
        code_point = 0xFFFD;
    if (code_point < 0x80) {
        buf_addc(buf, (char)code_point);
        return;
    }
    int more = code_point < 0x800 ? 1 : code_point < 0x10000 ? 2 : 3;
    static const unsigned char leads[] = {0, 0xC0, 0xE0, 0xF0};
    buf_addc(buf, (char)(leads[more] | code_point >> (6 * more)));
    while (more-- > 0)
        buf_addc(buf, (char)(0x80 | (code_point >> (6 * more) & 0x3F)));
}

/* How many ASCII bytes stand at `at`, looked at eight at a time; at most `most`. */
static size_t ascii_run(struct str str, size_t at, size_t most)
{
    size_t end = str.len - at < most ? str.len : at + most;
    size_t from = at;
    for (uint64_t eight; at + sizeof eight <= end; at += sizeof eight) {
        memcpy(&eight, str.ptr + at, sizeof eight);
        if ((eight & UINT64_C(0x8080808080808080)) != 0)
            break;
    }
    while (at < end && (unsigned char)str.ptr[at] < 0x80)
        at++;
    return at - from;
}

size_t utf8_count(struct str str)
{
    size_t count = 0;
    for (size_t at = 0, len; at < str.len; at += len, count++) {
        size_t ascii = ascii_run(str, at, str.len);
        count += ascii;
        at += ascii;
        if (at >= str.len)
            break;
        utf8_decode(str_after(str, at), &len);
    }
    return count;
}

size_t utf8_offset(struct str str, size_t index)
{
    size_t at = 0;
    for (size_t len; at < str.len && index > 0; at += len, index--) {
        size_t ascii = ascii_run(str, at, index);
        index -= ascii;
        at += ascii;
        if (at >= str.len || index == 0)
            break;
        utf8_decode(str_after(str, at), &len);
    }
    return at;
}
