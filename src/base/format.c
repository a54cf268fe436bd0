#include "base/format.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

struct sink {
    char *out;
    size_t size;
    size_t len; /* of the whole text, beyond `size` too */
};

static void put(struct sink *sink, const char *bytes, size_t len)
{
    if (sink->len < sink->size) {
        size_t room = sink->size - sink->len;
        memcpy(sink->out + sink->len, bytes, len < room ? len : room);
    }
    sink->len += len;
}

static void put_number(struct sink *sink, uint64_t number, bool negative, unsigned base, char pad,
                       size_t width)
{
    char digits[64];
    size_t at = sizeof digits;
    do {
        digits[--at] = "0123456789abcdef"[number % base];
        number /= base;
    } while (number > 0);
    if (width > 32)
        width = 32;
    if (negative && pad == ' ')
        digits[--at] = '-';
    while (sizeof digits - at + (negative && pad == '0') < width)
        digits[--at] = pad;
    if (negative && pad == '0')
        digits[--at] = '-';
    put(sink, digits + at, sizeof digits - at);
}

/* One conversion, behind its '%'. */
struct conversion {
    char pad;
    size_t width;
    bool measured; /* %.* */
    char length;   /* 'z', 'l', 'q' for ll, NUL */
    char letter;
};

/* Reads the conversion at `format`; how long it is, 0 if it is none of ours. */
static size_t read_conversion(const char *format, struct conversion *c)
{
    const char *at = format;
    *c = (struct conversion){.pad = ' '};
    if (*at == '0')
        c->pad = *at++;
    for (; *at >= '0' && *at <= '9' && c->width < 32; at++)
        c->width = c->width * 10 + (size_t)(*at - '0');
    if (at[0] == '.' && at[1] == '*') {
        c->measured = true;
        at += 2;
    }
    if (*at == 'z' || *at == 'l')
        c->length = *at++;
    if (c->length == 'l' && *at == 'l') {
        c->length = 'q';
        at++;
    }
    c->letter = *at;
    bool number = *at == 'd' || *at == 'u' || *at == 'x';
    bool text = *at == 's' && c->length == '\0' && c->width == 0 && c->pad == ' ';
    bool other = (*at == 'c' || *at == '%') && at == format;
    if (*at == '\0' || c->width > 32 || (number && c->measured) || !(number || text || other))
        return 0;
    return (size_t)(at - format) + 1;
}

static void put_integer(struct sink *sink, const struct conversion *c, va_list *arguments)
{
    unsigned base = c->letter == 'x' ? 16 : 10;
    if (c->letter == 'd') {
        int64_t number = c->length == 'z'   ? (int64_t)va_arg(*arguments, ptrdiff_t)
                         : c->length == 'l' ? va_arg(*arguments, long)
                         : c->length == 'q' ? va_arg(*arguments, long long)
                                            : va_arg(*arguments, int);
        uint64_t magnitude = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
        put_number(sink, magnitude, number < 0, base, c->pad, c->width);
        return;
    }
    uint64_t number = c->length == 'z'   ? va_arg(*arguments, size_t)
                      : c->length == 'l' ? va_arg(*arguments, unsigned long)
                      : c->length == 'q' ? va_arg(*arguments, unsigned long long)
                                         : va_arg(*arguments, unsigned);
    put_number(sink, number, false, base, c->pad, c->width);
}

/* `most` < 0: up to the text's end. */
static void put_text(struct sink *sink, const char *text, int most)
{
    if (!text)
        put(sink, "(null)", most >= 0 && most < 6 ? 0 : 6);
    else
        put(sink, text, most < 0 ? strlen(text) : strnlen(text, (size_t)most));
}

static void put_conversion(struct sink *sink, const struct conversion *c, va_list *arguments)
{
    switch (c->letter) {
    case '%': put(sink, "%", 1); break;
    case 'c': {
        char byte = (char)va_arg(*arguments, int);
        put(sink, &byte, 1);
        break;
    }
    case 's': {
        int most = c->measured ? va_arg(*arguments, int) : -1;
        put_text(sink, va_arg(*arguments, const char *), most);
        break;
    }
    default: put_integer(sink, c, arguments); break;
    }
}

/* False where a conversion is not ours; what was written so far counts for nothing then. */
static bool format_known(struct sink *sink, const char *format, va_list *arguments)
{
    while (*format) {
        const char *percent = strchr(format, '%');
        if (!percent) {
            put(sink, format, strlen(format));
            break;
        }
        put(sink, format, (size_t)(percent - format));
        if (percent[1] == '.' && percent[2] == '*' && percent[3] == 's') { /* most are */
            int most = va_arg(*arguments, int);
            put_text(sink, va_arg(*arguments, const char *), most);
            format = percent + 4;
            continue;
        }
        struct conversion conversion;
        size_t len = read_conversion(percent + 1, &conversion);
        if (len == 0)
            return false;
        put_conversion(sink, &conversion, arguments);
        format = percent + 1 + len;
    }
    return true;
}

size_t format_text(char *out, size_t size, const char *format, va_list arguments)
{
    struct sink sink = {out, size, 0};
    va_list ours;
    va_copy(ours, arguments);
    bool known = format_known(&sink, format, &ours);
    va_end(ours);
    if (known) {
        if (size > 0)
            out[sink.len < size ? sink.len : size - 1] = '\0';
        return sink.len;
    }
    int length = vsnprintf(out, size, format, arguments);
    return length < 0 ? 0 : (size_t)length;
}
