/* printf's texts, quickly: what buf_addf() and arena_printf() stand on.
 *
 * libc's vsnprintf() sets up a stream for every call, which shows where a page has hundreds of
 * short texts. The conversions that copse uses most are done here; a format that holds any other
 * goes to libc as a whole. Internal to base. */
#ifndef COPSE_BASE_FORMAT_H
#define COPSE_BASE_FORMAT_H

#include <stdarg.h>
#include <stddef.h>

/* As vsnprintf(): writes at most `size` bytes with the NUL, and returns how long the whole text is
 * without it. 0 for a format that libc refuses. */
size_t format_text(char *out, size_t size, const char *format, va_list arguments)
    __attribute__((format(printf, 3, 0)));

#endif
