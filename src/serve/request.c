#include "serve/request.h"

#include "base/utf8.h"

enum { BAD_REQUEST = 400, NOT_FOUND = 404, TOO_LONG = 414 };

int request_target(struct str target, struct request_target *out)
{
    *out = (struct request_target){0};
    if (target.len > REQUEST_MOST)
        return TOO_LONG;
    if (str_starts(target, STR("http://"))) {
        target = str_after(target, 7);
        size_t end = str_find_byte(target, '/', 0);
        if (end == STR_NONE)
            return BAD_REQUEST;
        out->authority = str_sub(target, 0, end);
        target = str_after(target, end);
        if (out->authority.len == 0)
            return BAD_REQUEST;
    }
    if (target.len == 0 || target.ptr[0] != '/')
        return BAD_REQUEST;
    size_t hash = str_find_byte(target, '#', 0);
    if (hash != STR_NONE)
        target.len = hash;
    size_t mark = str_find_byte(target, '?', 0);
    out->path = str_sub(target, 0, mark == STR_NONE ? target.len : mark);
    if (mark != STR_NONE)
        out->query = str_after(target, mark + 1);
    return 0;
}

static int hex(char byte)
{
    if (str_is_digit(byte))
        return byte - '0';
    char lower = str_lower(byte);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/* One part between slashes, decoded. */
static int add_part(struct str part, struct buf *out)
{
    size_t start = out->len;
    for (size_t i = 0; i < part.len; i++) {
        char byte = part.ptr[i];
        if (byte == '%') {
            int high = -1;
            int low = -1;
            if (part.len - i > 2) {
                high = hex(part.ptr[i + 1]);
                low = hex(part.ptr[i + 2]);
            }
            if (high < 0 || low < 0)
                return BAD_REQUEST;
            byte = (char)(high * 16 + low);
            i += 2;
        }
        if ((unsigned char)byte < 0x20 || byte == 0x7f)
            return BAD_REQUEST;
        if (byte == '/' || byte == '\\')
            return NOT_FOUND;
        buf_addc(out, byte);
    }
    struct str name = str_after(buf_str(out), start);
    if (utf8_invalid(name) != STR_NONE || str_eq(name, STR(".")) || str_eq(name, STR("..")))
        return NOT_FOUND;
    return name.len > 255 ? NOT_FOUND : 0;
}

int request_path(struct str path, struct buf *out)
{
    buf_clear(out);
    if (path.len == 0 || path.ptr[0] != '/')
        return BAD_REQUEST;
    struct str rest = str_after(path, 1);
    struct str part;
    bool first = true;
    while (str_split(&rest, '/', &part)) {
        bool last = rest.ptr == NULL;
        if (part.len == 0 && !last)
            return NOT_FOUND;
        if (!first)
            buf_addc(out, '/');
        first = false;
        int refused = add_part(part, out);
        if (refused != 0)
            return refused;
    }
    return 0;
}

bool request_host_is_local(struct str host)
{
    size_t end = host.len;
    if (host.len > 0 && host.ptr[0] == '[') {
        end = str_find_byte(host, ']', 0);
        if (end == STR_NONE)
            return false;
        end++;
    } else {
        size_t colon = str_find_byte(host, ':', 0);
        end = colon == STR_NONE ? host.len : colon;
    }
    struct str port = str_after(host, end);
    for (size_t i = 0; i < port.len; i++) {
        if (i == 0 ? port.ptr[i] != ':' : !str_is_digit(port.ptr[i]))
            return false;
    }
    struct str name = str_sub(host, 0, end);
    return str_eq_nocase(name, STR("localhost")) || str_eq(name, STR("127.0.0.1")) ||
           str_eq(name, STR("[::1]"));
}

uint64_t request_number(struct str query, struct str name)
{
    struct str part;
    long long number = 0;
    while (str_split(&query, '&', &part)) {
        if (part.len > name.len && str_starts(part, name) && part.ptr[name.len] == '=' &&
            str_to_long(str_after(part, name.len + 1), &number) == 0)
            return (uint64_t)number;
    }
    return 0;
}

enum request_range request_range(struct str header, uint64_t size, uint64_t *first, uint64_t *last)
{
    struct str text = str_trim(header);
    long long from = 0, to = 0;
    if (!str_starts(text, STR("bytes=")))
        return RANGE_WHOLE;
    text = str_trim(str_after(text, 6));
    size_t dash = str_find_byte(text, '-', 0);
    if (dash == STR_NONE)
        return RANGE_WHOLE;
    struct str before = str_sub(text, 0, dash);
    struct str after = str_after(text, dash + 1);
    if ((before.len > 0 && str_to_long(before, &from) != 0) ||
        (after.len > 0 && str_to_long(after, &to) != 0) || (before.len == 0 && after.len == 0))
        return RANGE_WHOLE;
    if (before.len == 0) { /* the last so many bytes */
        if (to == 0 || size == 0)
            return RANGE_OUTSIDE;
        *first = (uint64_t)to >= size ? 0 : size - (uint64_t)to;
        *last = size - 1;
        return RANGE_PART;
    }
    if (after.len > 0 && to < from)
        return RANGE_WHOLE;
    if ((uint64_t)from >= size)
        return RANGE_OUTSIDE;
    *first = (uint64_t)from;
    *last = after.len == 0 || (uint64_t)to >= size ? size - 1 : (uint64_t)to;
    return RANGE_PART;
}

bool request_has_tag(struct str list, struct str tag)
{
    struct str part;
    while (str_split(&list, ',', &part)) {
        part = str_trim(part);
        if (str_starts(part, STR("W/")))
            part = str_after(part, 2);
        if (str_eq(part, tag) || str_eq(part, STR("*")))
            return true;
    }
    return false;
}
