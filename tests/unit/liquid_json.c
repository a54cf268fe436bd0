#include "liquid_json.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "base/vec.h"

#include <stdlib.h>
#include <string.h>

struct reader {
    struct arena *arena;
    struct str text;
    size_t at;
    int depth;
};

struct values {
    struct value *items;
    size_t count, capacity;
};

struct entries {
    struct value_entry *items;
    size_t count, capacity;
};

static int read_value(struct reader *reader, struct value *out);

static char peek(struct reader *reader)
{
    while (reader->at < reader->text.len && str_is_space(reader->text.ptr[reader->at]))
        reader->at++;
    return reader->at < reader->text.len ? reader->text.ptr[reader->at] : '\0';
}

static int take(struct reader *reader, char byte)
{
    if (peek(reader) != byte)
        return 0;
    reader->at++;
    return 1;
}

static uint32_t hex4(struct reader *reader)
{
    char digits[5] = {0};
    memcpy(digits, reader->text.ptr + reader->at, 4);
    reader->at += 4;
    return (uint32_t)strtoul(digits, NULL, 16);
}

static int read_escape(struct reader *reader, struct buf *out)
{
    static const char from[] = "\"\\/bfnrt";
    static const char to[] = "\"\\/\b\f\n\r\t";
    char byte = reader->text.ptr[reader->at++];
    const char *found = strchr(from, byte);
    if (found != NULL && byte != '\0') {
        buf_addc(out, to[found - from]);
        return 0;
    }
    if (byte != 'u' || reader->at + 4 > reader->text.len)
        return -1;
    uint32_t code = hex4(reader);
    if (code >= 0xd800 && code < 0xdc00 && reader->at + 6 <= reader->text.len) {
        reader->at += 2;
        code = 0x10000 + ((code - 0xd800) << 10) + (hex4(reader) - 0xdc00);
    }
    utf8_encode(out, code);
    return 0;
}

static int read_string(struct reader *reader, struct str *out)
{
    struct buf text = {0};
    int status = -1;
    reader->at++;
    while (reader->at < reader->text.len) {
        char byte = reader->text.ptr[reader->at++];
        if (byte == '"') {
            status = 0;
            break;
        }
        if (byte != '\\')
            buf_addc(&text, byte);
        else if (read_escape(reader, &text) != 0)
            break;
    }
    *out = arena_str(reader->arena, buf_str(&text));
    buf_release(&text);
    return status;
}

static int read_list(struct reader *reader, struct value *out)
{
    struct values list = {0};
    reader->at++;
    while (!take(reader, ']')) {
        struct value item;
        if (read_value(reader, &item) != 0)
            return -1;
        *vec_push(reader->arena, &list) = item;
        if (!take(reader, ',') && peek(reader) != ']')
            return -1;
    }
    *out = value_list(reader->arena, list.items, list.count);
    return 0;
}

static int read_map(struct reader *reader, struct value *out)
{
    struct entries map = {0};
    reader->at++;
    while (!take(reader, '}')) {
        struct value_entry entry;
        if (peek(reader) != '"' || read_string(reader, &entry.key) != 0 || !take(reader, ':') ||
            read_value(reader, &entry.value) != 0)
            return -1;
        *vec_push(reader->arena, &map) = entry;
        if (!take(reader, ',') && peek(reader) != '}')
            return -1;
    }
    *out = value_map(reader->arena, map.items, map.count);
    return 0;
}

static int read_number(struct reader *reader, struct value *out)
{
    size_t start = reader->at;
    while (reader->at < reader->text.len &&
           (str_is_digit(reader->text.ptr[reader->at]) ||
            strchr("+-.eE", reader->text.ptr[reader->at]) != NULL))
        reader->at++;
    struct str digits = str_sub(reader->text, start, reader->at);
    char *text = arena_cstr(reader->arena, digits);
    if (digits.len == 0)
        return -1;
    if (strpbrk(text, ".eE") != NULL) {
        *out = value_float(strtod(text, NULL));
    } else if (digits.len < 18) {
        *out = value_integer(strtoll(text, NULL, 10));
    } else {
        *out = (struct value){.type = VALUE_BIG};
        out->str = digits;
    }
    return 0;
}

static int read_value(struct reader *reader, struct value *out)
{
    char byte = peek(reader);
    struct str rest = str_after(reader->text, reader->at);
    int status = -1;
    if (++reader->depth > 100)
        return -1;
    if (byte == '"') {
        struct str text;
        status = read_string(reader, &text);
        *out = value_text(text);
    } else if (byte == '[') {
        status = read_list(reader, out);
    } else if (byte == '{') {
        status = read_map(reader, out);
    } else if (str_starts(rest, STR("true")) || str_starts(rest, STR("false"))) {
        *out = value_boolean(byte == 't');
        reader->at += byte == 't' ? 4 : 5;
        status = 0;
    } else if (str_starts(rest, STR("null"))) {
        *out = value_nil();
        reader->at += 4;
        status = 0;
    } else {
        status = read_number(reader, out);
    }
    reader->depth--;
    return status;
}

int liquid_json_read(struct arena *arena, struct str text, struct value *out)
{
    struct reader reader = {.arena = arena, .text = text};
    if (read_value(&reader, out) != 0)
        return -1;
    return peek(&reader) == '\0' ? 0 : -1;
}
