#include "pages/json.h"
#include "base/html.h"

/* A comma is due unless this is the first value of what was opened last: then the last byte is its
 * bracket. A text ends with its quote, so a bracket in it cannot be mistaken for one. */
static void begin(struct buf *out, const char *key)
{
    char last = out->len > 0 ? out->ptr[out->len - 1] : '[';
    if (last == '}' || last == ']' || last == '"' || str_is_digit(last) || str_is_alpha(last))
        buf_addc(out, ',');
    if (!key)
        return;
    /* Keys are constants of the program, without anything to escape. */
    size_t len = strlen(key);
    buf_reserve(out, len + 3);
    char *end = out->ptr + out->len;
    end[0] = '"';
    memcpy(end + 1, key, len);
    memcpy(end + 1 + len, "\":", 3);
    out->len += len + 3;
}

void json_open_object(struct buf *out, const char *key)
{
    begin(out, key);
    buf_addc(out, '{');
}

void json_close_object(struct buf *out)
{
    buf_addc(out, '}');
}

void json_open_list(struct buf *out, const char *key)
{
    begin(out, key);
    buf_addc(out, '[');
}

void json_close_list(struct buf *out)
{
    buf_addc(out, ']');
}

void json_add_text(struct buf *out, const char *key, struct str text)
{
    begin(out, key);
    json_escape(out, text);
}

void json_add_given(struct buf *out, const char *key, struct str text)
{
    if (text.len > 0)
        json_add_text(out, key, text);
}

void json_add_integer(struct buf *out, const char *key, int64_t number)
{
    begin(out, key);
    buf_add_int(out, number);
}

void json_add_boolean(struct buf *out, const char *key, bool boolean)
{
    begin(out, key);
    buf_adds(out, boolean ? "true" : "false");
}

void json_add_date(struct buf *out, const char *key, const struct date_time *time)
{
    begin(out, key);
    buf_addc(out, '"');
    date_rfc3339(out, time);
    buf_addc(out, '"');
}
