#include "base/str.h"

#include <limits.h>
#include <string.h>

int str_print_len(struct str str)
{
    return str.len > INT_MAX ? INT_MAX : (int)str.len;
}

bool str_eq_nocase(struct str a, struct str b)
{
    if (a.len != b.len)
        return false;
    for (size_t i = 0; i < a.len; i++) {
        if (str_lower(a.ptr[i]) != str_lower(b.ptr[i]))
            return false;
    }
    return true;
}

int str_cmp(struct str a, struct str b)
{
    size_t common = a.len < b.len ? a.len : b.len;
    int order = common ? memcmp(a.ptr, b.ptr, common) : 0;
    if (order != 0)
        return order;
    return (a.len > b.len) - (a.len < b.len);
}

size_t str_find_byte(struct str str, char byte, size_t from)
{
    if (from >= str.len)
        return STR_NONE;
    const char *found = memchr(str.ptr + from, (unsigned char)byte, str.len - from);
    return found ? (size_t)(found - str.ptr) : STR_NONE;
}

size_t str_find(struct str str, struct str needle, size_t from)
{
    if (from > str.len || needle.len > str.len - from)
        return STR_NONE;
    if (needle.len == 0)
        return from;
    const char *found = memmem(str.ptr + from, str.len - from, needle.ptr, needle.len);
    return found ? (size_t)(found - str.ptr) : STR_NONE;
}

size_t str_rfind_byte(struct str str, char byte)
{
    const char *found = str.len ? memrchr(str.ptr, (unsigned char)byte, str.len) : NULL;
    return found ? (size_t)(found - str.ptr) : STR_NONE;
}

bool str_has(struct str str, struct str needle)
{
    return str_find(str, needle, 0) != STR_NONE;
}

struct str str_trim_left(struct str str)
{
    size_t start = 0;
    while (start < str.len && str_is_space(str.ptr[start]))
        start++;
    return str_after(str, start);
}

struct str str_trim_right(struct str str)
{
    while (str.len > 0 && str_is_space(str.ptr[str.len - 1]))
        str.len--;
    return str;
}

struct str str_trim(struct str str)
{
    return str_trim_right(str_trim_left(str));
}

bool str_split(struct str *rest, char separator, struct str *part)
{
    if (!rest->ptr)
        return false;
    size_t at = str_find_byte(*rest, separator, 0);
    if (at == STR_NONE) {
        *part = *rest;
        *rest = (struct str){0};
    } else {
        *part = str_sub(*rest, 0, at);
        *rest = str_after(*rest, at + 1);
    }
    return true;
}

bool str_line(struct str *rest, struct str *line)
{
    if (rest->len == 0)
        return false;
    size_t at = str_find_byte(*rest, '\n', 0);
    size_t end = at == STR_NONE ? rest->len : at;
    *line = str_sub(*rest, 0, end);
    if (at != STR_NONE && end > 0 && line->ptr[end - 1] == '\r')
        line->len--;
    *rest = str_after(*rest, at == STR_NONE ? rest->len : at + 1);
    return true;
}

int str_to_long(struct str str, long long *number)
{
    long long value = 0;
    if (str.len == 0)
        return -1;
    for (size_t i = 0; i < str.len; i++) {
        if (!str_is_digit(str.ptr[i]))
            return -1;
        int digit = str.ptr[i] - '0';
        if (value > (LLONG_MAX - digit) / 10)
            return -1;
        value = value * 10 + digit;
    }
    *number = value;
    return 0;
}
