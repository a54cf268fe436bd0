#include "base/buf.h"
#include "base/format.h"
#include "base/mem.h"

#include <stdlib.h>

void buf_init(struct buf *buf)
{
    *buf = (struct buf){0};
}

void buf_release(struct buf *buf)
{
    free(buf->ptr);
    *buf = (struct buf){0};
}

void buf_clear(struct buf *buf)
{
    buf_truncate(buf, 0);
}

void buf_truncate(struct buf *buf, size_t len)
{
    if (len > buf->len || !buf->ptr)
        return;
    buf->len = len;
    buf->ptr[len] = '\0';
}

void buf_reserve(struct buf *buf, size_t extra)
{
    if (extra >= SIZE_MAX / 2 || buf->len >= SIZE_MAX / 2)
        mem_exhausted(extra);
    size_t needed = buf->len + extra + 1;
    if (needed <= buf->capacity)
        return;
    size_t capacity = buf->capacity ? buf->capacity : 64;
    while (capacity < needed)
        capacity *= 2;
    buf->ptr = mem_realloc(buf->ptr, capacity);
    buf->capacity = capacity;
    buf->ptr[buf->len] = '\0';
}

struct str buf_str(const struct buf *buf)
{
    return (struct str){buf->ptr, buf->len};
}

void buf_vaddf(struct buf *buf, const char *format, va_list arguments)
{
    enum { USUAL = 96 };
    buf_reserve(buf, USUAL);
    size_t room = buf->capacity - buf->len;
    va_list again;
    va_copy(again, arguments);
    size_t length = format_text(buf->ptr + buf->len, room, format, arguments);
    if (length >= room) {
        buf_reserve(buf, length);
        format_text(buf->ptr + buf->len, length + 1, format, again);
    }
    va_end(again);
    buf->len += length;
}

void buf_addf(struct buf *buf, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    buf_vaddf(buf, format, arguments);
    va_end(arguments);
}

void buf_add_int(struct buf *buf, int64_t number)
{
    char digits[24];
    size_t at = sizeof digits;
    /* The magnitude as unsigned, since -INT64_MIN does not fit. */
    uint64_t rest = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
    do {
        digits[--at] = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest > 0);
    if (number < 0)
        digits[--at] = '-';
    buf_add(buf, (struct str){digits + at, sizeof digits - at});
}

void buf_insert(struct buf *buf, size_t at, struct str str)
{
    if (str.len == 0 || at > buf->len)
        return;
    buf_reserve(buf, str.len);
    memmove(buf->ptr + at + str.len, buf->ptr + at, buf->len - at + 1);
    memcpy(buf->ptr + at, str.ptr, str.len);
    buf->len += str.len;
}
