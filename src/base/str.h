/* A borrowed slice of bytes: pointer and length, not NUL-terminated, never owned.
 *
 * Slices point into retained source bytes, an arena or a literal; whoever makes one says which.
 * The empty slice may have any ptr, NULL too. */
#ifndef COPSE_BASE_STR_H
#define COPSE_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct str {
    const char *ptr;
    size_t len;
};

/* A slice of a string literal. STR() is an expression, STR_INIT() an initialiser of a table. */
#define STR(literal) ((struct str){"" literal, sizeof(literal) - 1})
#define STR_INIT(literal)                                                                          \
    {                                                                                              \
        "" literal, sizeof(literal) - 1                                                            \
    }

/* For printf's "%.*s". Lengths beyond INT_MAX are cut. */
#define STR_ARG(s) str_print_len(s), (s).ptr

int str_print_len(struct str str);

/* A slice of a C string; NULL gives the empty slice. */
static inline struct str str_from(const char *text)
{
    return (struct str){text, text ? strlen(text) : 0};
}

static inline bool str_eq(struct str a, struct str b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}
/* Equal but for the case of ASCII letters. */
bool str_eq_nocase(struct str a, struct str b);
/* Byte order, a prefix first: <0, 0, >0. */
int str_cmp(struct str a, struct str b);
static inline bool str_starts(struct str str, struct str prefix)
{
    return str.len >= prefix.len && str_eq((struct str){str.ptr, prefix.len}, prefix);
}
static inline bool str_ends(struct str str, struct str suffix)
{
    return str.len >= suffix.len &&
           str_eq((struct str){str.ptr + (str.len - suffix.len), suffix.len}, suffix);
}

/* Offset of the first byte or text at or after `from`, or STR_NONE. */
#define STR_NONE ((size_t)-1)
size_t str_find_byte(struct str str, char byte, size_t from);
size_t str_find(struct str str, struct str needle, size_t from);
size_t str_rfind_byte(struct str str, char byte);
bool str_has(struct str str, struct str needle);

/* The part [start, end); both are cut to the length. */
static inline struct str str_sub(struct str str, size_t start, size_t end)
{
    if (end > str.len)
        end = str.len;
    if (start > end)
        start = end;
    return (struct str){str.ptr ? str.ptr + start : NULL, end - start};
}
static inline struct str str_after(struct str str, size_t start)
{
    return str_sub(str, start, str.len);
}

/* Without ASCII white space (space, \t, \n, \v, \f, \r) at both ends, at one end. */
struct str str_trim(struct str str);
struct str str_trim_left(struct str str);
struct str str_trim_right(struct str str);

/* Takes the part up to `separator` off the front of *rest and returns it; *rest then begins behind
 * the separator. Returns false when *rest is used up (its ptr is then NULL). "a,,b" gives three
 * parts, "" one empty one. */
bool str_split(struct str *rest, char separator, struct str *part);

/* The next line without its end (\n or \r\n), likewise; a last empty line is not given. */
bool str_line(struct str *rest, struct str *line);

/* A decimal number, digits only, all of `str`: 0, or -1 if it is none or does not fit. */
int str_to_long(struct str str, long long *number);

static inline bool str_is_space(char byte)
{
    return byte == ' ' || (byte >= '\t' && byte <= '\r');
}
static inline bool str_is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}
static inline bool str_is_alpha(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}
static inline char str_lower(char byte)
{
    return byte >= 'A' && byte <= 'Z' ? (char)(byte - 'A' + 'a') : byte;
}
static inline char str_upper(char byte)
{
    return byte >= 'a' && byte <= 'z' ? (char)(byte - 'a' + 'A') : byte;
}

#endif
