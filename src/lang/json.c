#include "lang/json.h"

#include "base/map.h"
#include "base/utf8.h"
#include "base/vec.h"

#include <stdlib.h>

/* From this many keys on an object is searched by hash. */
#define HASHED_FROM 16

struct reader {
    const struct text *text;
    struct str bytes;
    size_t at;
    struct arena *arena;
    struct diags *diags;
    struct buf buf; /* the string at hand */
};

struct item_list {
    struct value *items;
    size_t count, capacity;
};

struct entry_list {
    struct value_entry *items;
    size_t count, capacity;
};

static int read_value(struct reader *reader, unsigned depth, struct value *out);

/* ---- looking */

static char peek(const struct reader *reader)
{
    return reader->at < reader->bytes.len ? reader->bytes.ptr[reader->at] : '\0';
}

static void skip_space(struct reader *reader)
{
    for (;;) {
        char byte = peek(reader);
        if (byte != ' ' && byte != '\t' && byte != '\n' && byte != '\r')
            return;
        reader->at++;
    }
}

static bool take(struct reader *reader, char byte)
{
    skip_space(reader);
    if (reader->at == reader->bytes.len || peek(reader) != byte)
        return false;
    reader->at++;
    return true;
}

static int fail_at(struct reader *reader, size_t at, const char *what)
{
    size_t end = at < reader->bytes.len ? at + 1 : at;
    return diag_error(reader->diags, "json-syntax", span_of(reader->text, at, end), "%s", what);
}

static int fail(struct reader *reader, const char *what)
{
    if (reader->at >= reader->bytes.len)
        what = "the JSON ends in the middle: a bracket or a quote is still open";
    return fail_at(reader, reader->at, what);
}

/* ---- strings */

static int hex_value(char byte)
{
    if (str_is_digit(byte))
        return byte - '0';
    char lower = str_lower(byte);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/* The four digits behind "\u". */
static int read_unit(struct reader *reader, uint32_t *out)
{
    *out = 0;
    for (int i = 0; i < 4; i++) {
        int digit = hex_value(peek(reader));
        if (digit < 0)
            return fail(reader, "\\u needs four digits 0-9, a-f behind it");
        *out = *out << 4 | (uint32_t)digit;
        reader->at++;
    }
    return 0;
}

static int read_unicode(struct reader *reader)
{
    uint32_t unit;
    if (read_unit(reader, &unit) != 0)
        return -1;
    if (unit >= 0xD800 && unit < 0xDC00 &&
        str_starts(str_after(reader->bytes, reader->at), STR("\\u"))) {
        size_t back = reader->at;
        uint32_t low;
        reader->at += 2;
        if (read_unit(reader, &low) != 0)
            return -1;
        if (low >= 0xDC00 && low < 0xE000)
            unit = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
        else
            reader->at = back;
    }
    utf8_encode(&reader->buf, unit);
    return 0;
}

static int read_escape(struct reader *reader)
{
    static const char names[] = "\"\\/bfnrt";
    static const char meanings[] = "\"\\/\b\f\n\r\t";
    char name = peek(reader);
    if (name == 'u') {
        reader->at++;
        return read_unicode(reader);
    }
    for (size_t i = 0; i < sizeof names - 1; i++) {
        if (names[i] == name && reader->at < reader->bytes.len) {
            buf_addc(&reader->buf, meanings[i]);
            reader->at++;
            return 0;
        }
    }
    return fail(reader, "a backslash in a JSON text is followed by one of \" \\ / b f n r t u");
}

/* Behind the opening quote. */
static int read_string(struct reader *reader, struct str *out)
{
    buf_clear(&reader->buf);
    for (;;) {
        size_t start = reader->at;
        while (reader->at < reader->bytes.len && (unsigned char)peek(reader) >= 0x20 &&
               peek(reader) != '"' && peek(reader) != '\\')
            reader->at++;
        buf_add(&reader->buf, str_sub(reader->bytes, start, reader->at));
        char byte = peek(reader);
        if (byte == '"') {
            reader->at++;
            *out = arena_str(reader->arena, buf_str(&reader->buf));
            return 0;
        }
        if (byte != '\\')
            return fail(reader, "a text in JSON ends with a quote on the same line; a line end in "
                                "it is written \\n");
        reader->at++;
        if (read_escape(reader) != 0)
            return -1;
    }
}

/* ---- numbers and words */

static size_t take_digits(struct reader *reader)
{
    size_t start = reader->at;
    while (str_is_digit(peek(reader)))
        reader->at++;
    return reader->at - start;
}

static int read_whole(struct reader *reader, struct str digits, struct value *out)
{
    bool negative = digits.ptr[0] == '-';
    long long number;
    if (str_to_long(negative ? str_after(digits, 1) : digits, &number) == 0)
        *out = value_integer(negative ? -number : number);
    else if (str_eq(digits, STR("-9223372036854775808")))
        *out = value_integer(INT64_MIN);
    else
        *out = (struct value){.type = VALUE_BIG, .str = arena_str(reader->arena, digits)};
    return 0;
}

static int read_number(struct reader *reader, struct value *out)
{
    size_t start = reader->at;
    bool whole = true;
    if (peek(reader) == '-')
        reader->at++;
    bool zero = peek(reader) == '0';
    size_t digits = take_digits(reader);
    if (digits == 0 || (zero && digits > 1))
        return fail_at(reader, start, "a number in JSON has digits, and no 0 in front of others");
    if (peek(reader) == '.') {
        whole = false;
        reader->at++;
        if (take_digits(reader) == 0)
            return fail(reader, "a number in JSON has a digit behind its point");
    }
    if (peek(reader) == 'e' || peek(reader) == 'E') {
        whole = false;
        reader->at++;
        if (peek(reader) == '+' || peek(reader) == '-')
            reader->at++;
        if (take_digits(reader) == 0)
            return fail(reader, "a number in JSON has a digit behind its e");
    }
    struct str text = str_sub(reader->bytes, start, reader->at);
    if (whole)
        return read_whole(reader, text, out);
    *out = value_float(strtod(arena_cstr(reader->arena, text), NULL));
    return 0;
}

static int read_word(struct reader *reader, struct value *out)
{
    static const struct {
        struct str word;
        struct value value;
    } words[] = {{STR_INIT("true"), {.type = VALUE_BOOLEAN, .boolean = true}},
                 {STR_INIT("false"), {.type = VALUE_BOOLEAN, .boolean = false}},
                 {STR_INIT("null"), {.type = VALUE_NIL}}};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (str_starts(str_after(reader->bytes, reader->at), words[i].word)) {
            reader->at += words[i].word.len;
            *out = words[i].value;
            return 0;
        }
    }
    return fail(reader, "a JSON value belongs here: a text in double quotes, a number, true, "
                        "false, null, [ or {");
}

/* ---- collections */

static int read_list(struct reader *reader, unsigned depth, struct value *out)
{
    struct item_list list = {0};
    if (!take(reader, ']')) {
        do {
            struct value value;
            if (read_value(reader, depth, &value) != 0)
                return -1;
            *vec_push(reader->arena, &list) = value;
        } while (take(reader, ','));
        if (!take(reader, ']'))
            return fail(reader, "a ',' or the closing ']' belongs here");
    }
    *out = value_list(reader->arena, list.items, list.count);
    return 0;
}

/* The entry that has the key already, or NULL. */
static struct value_entry *find_key(struct entry_list *list, const struct map *seen, struct str key)
{
    if (list->count >= HASHED_FROM) {
        size_t number = (size_t)(uintptr_t)map_get(seen, key);
        return number == 0 ? NULL : &list->items[number - 1];
    }
    for (size_t i = 0; i < list->count; i++)
        if (str_eq(list->items[i].key, key))
            return &list->items[i];
    return NULL;
}

static void put(struct reader *reader, struct entry_list *list, struct map *seen,
                struct value_entry entry)
{
    struct value_entry *known = find_key(list, seen, entry.key);
    if (known != NULL) {
        known->value = entry.value;
        return;
    }
    *vec_push(reader->arena, list) = entry;
    if (list->count < HASHED_FROM)
        return;
    if (list->count == HASHED_FROM)
        map_init(seen, reader->arena);
    for (size_t i = list->count == HASHED_FROM ? 0 : list->count - 1; i < list->count; i++)
        map_put(seen, list->items[i].key, (void *)(uintptr_t)(i + 1));
}

static int read_map(struct reader *reader, unsigned depth, struct value *out)
{
    struct entry_list list = {0};
    struct map seen = {0};
    if (!take(reader, '}')) {
        do {
            struct value_entry entry;
            if (!take(reader, '"'))
                return fail(reader, "a key in double quotes belongs here");
            if (read_string(reader, &entry.key) != 0)
                return -1;
            if (!take(reader, ':'))
                return fail(reader, "a ':' belongs here, behind the key");
            if (read_value(reader, depth, &entry.value) != 0)
                return -1;
            put(reader, &list, &seen, entry);
        } while (take(reader, ','));
        if (!take(reader, '}'))
            return fail(reader, "a ',' or the closing '}' belongs here");
    }
    *out = value_map(reader->arena, list.items, list.count);
    return 0;
}

/* Recursion is bounded by JSON_MAX_DEPTH. */
static int read_value(struct reader *reader, unsigned depth, struct value *out)
{
    if (depth == JSON_MAX_DEPTH)
        return fail(reader, "lists and objects are nested too deeply here (more than 256 levels)");
    skip_space(reader);
    char byte = peek(reader);
    struct str str;
    switch (byte) {
    case '[': reader->at++; return read_list(reader, depth + 1, out);
    case '{': reader->at++; return read_map(reader, depth + 1, out);
    case '"':
        reader->at++;
        if (read_string(reader, &str) != 0)
            return -1;
        *out = value_text(str);
        return 0;
    default:
        return byte == '-' || str_is_digit(byte) ? read_number(reader, out)
                                                 : read_word(reader, out);
    }
}

int json_read(const struct text *text, struct arena *arena, struct diags *diags, struct value *out)
{
    struct reader reader = {.text = text, .bytes = text->bytes, .arena = arena, .diags = diags};
    size_t bad = utf8_invalid(text->bytes);
    if (bad != STR_NONE)
        return diag_error(diags, "not-utf8", span_of(text, bad, bad + 1),
                          "byte %zu of the file is not part of any UTF-8 character", bad + 1);
    if (str_starts(text->bytes, STR("\xEF\xBB\xBF")))
        reader.at = 3;
    int result = read_value(&reader, 0, out);
    skip_space(&reader);
    if (result == 0 && reader.at != reader.bytes.len)
        result = fail(&reader, "the JSON was complete before this place");
    buf_release(&reader.buf);
    return result;
}
