/* Growing bytes, owned: what an output is written into.
 *
 * `ptr[len]` is always a NUL byte once anything was added, so that ptr can be handed to a library.
 * A buf belongs to one thread. Adding never fails (mem.h). */
#ifndef COPSE_BASE_BUF_H
#define COPSE_BASE_BUF_H

#include "base/str.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct buf {
    char *ptr;
    size_t len;
    size_t capacity; /* bytes allocated, the NUL's included */
};

/* An empty buf; `struct buf b = {0};` does the same. */
void buf_init(struct buf *buf);
/* Frees the bytes; the buf is then empty and may be used again. */
void buf_release(struct buf *buf);
/* Empties it and keeps its memory. */
void buf_clear(struct buf *buf);
/* Shortens it to `len` bytes (no-op if it is shorter). */
void buf_truncate(struct buf *buf, size_t len);
/* Makes room for `extra` more bytes. */
void buf_reserve(struct buf *buf, size_t extra);

/* The bytes so far; valid until the next change. */
struct str buf_str(const struct buf *buf);

static inline void buf_add(struct buf *buf, struct str str)
{
    if (buf->capacity - buf->len <= str.len)
        buf_reserve(buf, str.len);
    if (str.len > 0)
        memcpy(buf->ptr + buf->len, str.ptr, str.len);
    buf->len += str.len;
    buf->ptr[buf->len] = '\0';
}

static inline void buf_addc(struct buf *buf, char byte)
{
    if (buf->capacity - buf->len <= 1)
        buf_reserve(buf, 1);
    buf->ptr[buf->len++] = byte;
    buf->ptr[buf->len] = '\0';
}

/* A C string. */
static inline void buf_adds(struct buf *buf, const char *text)
{
    buf_add(buf, str_from(text));
}
void buf_addf(struct buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));
void buf_vaddf(struct buf *buf, const char *format, va_list arguments)
    __attribute__((format(printf, 2, 0)));
void buf_add_int(struct buf *buf, int64_t number);
/* Puts `str` in before offset `at`. */
void buf_insert(struct buf *buf, size_t at, struct str str);

#endif
