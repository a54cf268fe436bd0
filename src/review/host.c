/* The host in a URL as people read it: internationalised names decoded (RFC 3492). */
#include "base/buf.h"
#include "base/html.h"
#include "base/utf8.h"
#include "review/names_internal.h"

#include <string.h>

/* RFC 3492 §5, and the most letters a label can have. */
enum {
    BASE = 36,
    T_MIN = 1,
    T_MAX = 26,
    SKEW = 38,
    DAMP = 700,
    FIRST_BIAS = 72,
    FIRST_LETTER = 128,
    LETTERS_MOST = 64
};

static uint32_t adapt(uint32_t delta, uint32_t count, bool first)
{
    delta = first ? delta / DAMP : delta / 2;
    delta += delta / count;
    uint32_t turns = 0;
    for (; delta > ((BASE - T_MIN) * T_MAX) / 2; turns += BASE)
        delta /= BASE - T_MIN;
    return turns + (BASE - T_MIN + 1) * delta / (delta + SKEW);
}

static int digit_of(char byte)
{
    byte = str_lower(byte);
    if (byte >= 'a' && byte <= 'z')
        return byte - 'a';
    return str_is_digit(byte) ? byte - '0' + 26 : -1;
}

/* One number of variable length at the front of *rest; -1 if there is none. */
static int take_number(struct str *rest, uint32_t bias, uint64_t *number)
{
    uint64_t weight = 1;
    *number = 0;
    for (uint32_t k = BASE;; k += BASE) {
        int digit = rest->len > 0 ? digit_of(rest->ptr[0]) : -1;
        if (digit < 0 || *number > UINT32_MAX || weight > UINT32_MAX)
            return -1;
        *rest = str_after(*rest, 1);
        *number += (uint64_t)digit * weight;
        uint32_t threshold = k <= bias ? T_MIN : k >= bias + T_MAX ? T_MAX : k - bias;
        if ((uint32_t)digit < threshold)
            return 0;
        weight *= BASE - threshold;
    }
}

/* A label behind "xn--"; false if it is no punycode. */
static bool decode_label(struct str label, struct buf *out)
{
    uint32_t letters[LETTERS_MOST];
    uint32_t count = 0;
    size_t dash = str_rfind_byte(label, '-');
    if (label.len > LETTERS_MOST)
        return false;
    for (size_t i = 0; dash != STR_NONE && i < dash; i++)
        letters[count++] = (unsigned char)label.ptr[i];
    struct str rest = dash == STR_NONE ? label : str_after(label, dash + 1);
    uint64_t letter = FIRST_LETTER;
    uint64_t at = 0;
    uint32_t bias = FIRST_BIAS;
    bool first = true;
    while (rest.len > 0) {
        uint64_t delta;
        if (count == LETTERS_MOST || take_number(&rest, bias, &delta) != 0)
            return false;
        at += delta;
        bias = adapt((uint32_t)delta, count + 1, first);
        first = false;
        letter += at / (count + 1);
        at %= count + 1;
        if (letter > 0x10FFFF)
            return false;
        memmove(letters + at + 1, letters + at, (count - at) * sizeof *letters);
        letters[at++] = (uint32_t)letter;
        count++;
    }
    for (uint32_t i = 0; i < count; i++)
        utf8_encode(out, letters[i]);
    return true;
}

struct str names_host(struct arena *arena, struct str url)
{
    size_t start = str_find(url, STR("//"), 0);
    if (start == STR_NONE || !url_is_external(url))
        return (struct str){0};
    struct str host = str_after(url, start + 2);
    size_t end = 0;
    while (end < host.len && host.ptr[end] != '/' && host.ptr[end] != '?' && host.ptr[end] != '#' &&
           host.ptr[end] != '\\')
        end++;
    host = str_sub(host, 0, end);
    size_t at = str_rfind_byte(host, '@');
    if (at != STR_NONE)
        host = str_after(host, at + 1);
    struct buf decoded = {0};
    struct buf out = {0};
    url_unescape(&decoded, host);
    struct str rest = buf_str(&decoded);
    struct str label;
    while (str_split(&rest, '.', &label)) {
        size_t before = out.len;
        if (before > 0)
            buf_addc(&out, '.');
        size_t begin = out.len;
        bool encoded = str_eq_nocase(str_sub(label, 0, 4), STR("xn--"));
        if (!encoded || !decode_label(str_after(label, 4), &out)) {
            buf_truncate(&out, begin);
            buf_add(&out, label);
        }
    }
    struct str result = arena_str(arena, buf_str(&out));
    buf_release(&out);
    buf_release(&decoded);
    return result;
}
