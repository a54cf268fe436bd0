#include "lang/liquid/text.h"

#include "base/html.h"
#include "base/sixteen.h"
#include "base/utf8.h"
#include "base/vec.h"

#include <string.h>

struct values {
    struct value *items;
    size_t count;
    size_t capacity;
};

static inline bool may_differ(sixteen b)
{
    return sixteen_any((sixteen)(b == '&') | (sixteen)(b == '<') | (sixteen)(b == '>') |
                       (sixteen)(b == '"') | (sixteen)(b == '\''));
}

/* Html that would look the same as text: it may join either. */
static bool is_neutral(struct str text)
{
    for (size_t i = sixteen_skip(text, 0, may_differ); i < text.len; i++)
        if (text.ptr[i] == '&' || text.ptr[i] == '<' || text.ptr[i] == '>' || text.ptr[i] == '"' ||
            text.ptr[i] == '\'')
            return false;
    return true;
}

bool text_level(struct liquid_run *run, struct value *parts, size_t count)
{
    if (!run->liquid->settings.autoescape) {
        for (size_t i = 0; i < count; i++)
            parts[i] = text_like(parts[i], run_text(run, parts[i]));
        return parts[0].type == VALUE_HTML;
    }
    bool html = false;
    bool text = false;
    for (size_t i = 0; i < count; i++) {
        parts[i] = text_like(parts[i], run_text(run, parts[i]));
        bool neutral = is_neutral(parts[i].str);
        html = html || (parts[i].type == VALUE_HTML && !neutral);
        text = text || (parts[i].type == VALUE_TEXT && !neutral);
    }
    if (!html)
        return false;
    if (!text)
        return true;
    for (size_t i = 0; i < count; i++) {
        if (parts[i].type == VALUE_HTML)
            continue;
        struct buf escaped = {0};
        html_escape(&escaped, parts[i].str);
        parts[i] = value_html(run_keep(run, &escaped));
    }
    return true;
}

struct value text_join(struct liquid_run *run, struct value *parts, size_t count)
{
    bool html = text_level(run, parts, count);
    size_t length = 0;
    for (size_t i = 0; i < count; i++)
        length += parts[i].str.len;
    char *bytes = run_bytes(run, length);
    size_t at = 0;
    for (size_t i = 0; i < count; i++) {
        if (parts[i].str.len > 0)
            memcpy(bytes + at, parts[i].str.ptr, parts[i].str.len);
        at += parts[i].str.len;
    }
    struct str joined = {bytes, length};
    return html ? value_html(joined) : value_text(joined);
}

/* ---- case: ASCII here; Latin, Greek and Cyrillic letters by their blocks' layout */

static uint32_t change_case(uint32_t code, bool upper)
{
    bool lower_now = (code >= 0xe0 && code <= 0xfe && code != 0xf7) ||
                     (code >= 0x3b1 && code <= 0x3c9 && code != 0x3c2) ||
                     (code >= 0x430 && code <= 0x44f);
    bool upper_now = (code >= 0xc0 && code <= 0xde && code != 0xd7) ||
                     (code >= 0x391 && code <= 0x3a9) || (code >= 0x410 && code <= 0x42f);
    if (upper && lower_now)
        return code - 0x20;
    if (!upper && upper_now)
        return code + 0x20;
    if (code >= 0x450 && code <= 0x45f)
        return upper ? code - 0x50 : code;
    if (code >= 0x400 && code <= 0x40f)
        return upper ? code : code + 0x50;
    if (code == 0xff)
        return upper ? 0x178 : code;
    if (code == 0x178)
        return upper ? code : 0xff;
    bool even_upper = (code >= 0x100 && code <= 0x137) || (code >= 0x14a && code <= 0x177);
    bool odd_upper = (code >= 0x139 && code <= 0x148) || (code >= 0x179 && code <= 0x17e);
    if (even_upper && code != 0x130 && code != 0x131)
        return upper ? code & ~1u : code | 1u;
    if (odd_upper)
        return upper ? ((code & 1) == 0 ? code - 1 : code) : ((code & 1) == 0 ? code : code + 1);
    return code;
}

static struct str ascii_case(struct liquid_run *run, struct str text, enum text_case how)
{
    char *bytes = run_bytes(run, text.len);
    for (size_t i = 0; i < text.len; i++)
        bytes[i] = how == TEXT_UPPER ? str_upper(text.ptr[i]) : str_lower(text.ptr[i]);
    if (how == TEXT_CAPITAL && text.len > 0)
        bytes[0] = str_upper(text.ptr[0]);
    return (struct str){bytes, text.len};
}

struct str text_case(struct liquid_run *run, struct str text, enum text_case how)
{
    struct buf out = {0};
    bool upper = how != TEXT_LOWER;
    if (utf8_count(text) == text.len && utf8_invalid(text) == STR_NONE)
        return ascii_case(run, text, how);
    buf_reserve(&out, text.len + 1);
    for (size_t i = 0; i < text.len;) {
        char byte = text.ptr[i];
        if ((unsigned char)byte < 0x80) {
            buf_addc(&out, upper ? str_upper(byte) : str_lower(byte));
            i++;
        } else {
            size_t length = 1;
            uint32_t code = utf8_decode(str_after(text, i), &length);
            uint32_t changed = change_case(code, upper);
            if (code == 0xdf && upper)
                buf_adds(&out, how == TEXT_CAPITAL ? "Ss" : "SS");
            else if (changed == code)
                buf_add(&out, str_sub(text, i, i + length));
            else
                utf8_encode(&out, changed);
            i += length;
        }
        if (how == TEXT_CAPITAL)
            upper = false;
    }
    return run_keep(run, &out);
}

/* ---- replacing */

static struct str replace_between(struct liquid_run *run, struct str text, struct str with)
{
    struct buf out = {0};
    buf_add(&out, with);
    for (size_t i = 0; i < text.len && out.len < run->out_limit;) {
        size_t length = 1;
        utf8_decode(str_after(text, i), &length);
        buf_add(&out, str_sub(text, i, i + length));
        buf_add(&out, with);
        i += length;
    }
    return run_keep(run, &out);
}

static size_t find_last(struct str text, struct str needle)
{
    for (size_t i = text.len + 1; i-- > needle.len;)
        if (memcmp(text.ptr + i - needle.len, needle.ptr, needle.len) == 0)
            return i - needle.len;
    return STR_NONE;
}

struct str text_replace(struct liquid_run *run, struct str text, struct str needle, struct str with,
                        enum text_which which)
{
    if (needle.len == 0 && which == TEXT_ALL)
        return replace_between(run, text, with);
    if (needle.len > text.len)
        return text;
    size_t found = which == TEXT_LAST ? (needle.len == 0 ? text.len : find_last(text, needle))
                                      : (needle.len == 0 ? 0 : str_find(text, needle, 0));
    if (found == STR_NONE)
        return text;
    struct buf out = {0};
    size_t from = 0;
    while (found != STR_NONE && out.len < run->out_limit) {
        buf_add(&out, str_sub(text, from, found));
        buf_add(&out, with);
        from = found + needle.len;
        found = which == TEXT_ALL ? str_find(text, needle, from) : STR_NONE;
    }
    buf_add(&out, str_after(text, from));
    return run_keep(run, &out);
}

/* ---- splitting */

static void add_part(struct liquid_run *run, struct values *parts, struct value model,
                     struct str part)
{
    run->scratch += sizeof(struct value);
    if (run->scratch > run->scratch_limit)
        run_bytes(run, 0);
    *vec_push(run->arena, parts) = text_like(model, part);
}

static void split_words(struct liquid_run *run, struct values *parts, struct value model,
                        struct str text)
{
    for (size_t at = 0; at < text.len;) {
        while (at < text.len && str_is_space(text.ptr[at]))
            at++;
        size_t start = at;
        while (at < text.len && !str_is_space(text.ptr[at]))
            at++;
        if (at > start)
            add_part(run, parts, model, str_sub(text, start, at));
    }
}

static void split_characters(struct liquid_run *run, struct values *parts, struct value model,
                             struct str text)
{
    for (size_t at = 0; at < text.len;) {
        size_t length = 1;
        utf8_decode(str_after(text, at), &length);
        add_part(run, parts, model, str_sub(text, at, at + length));
        at += length;
    }
}

struct value text_split(struct liquid_run *run, struct value input, struct str separator)
{
    struct values parts = {0};
    struct str text = run_text(run, input);
    if (str_eq(separator, STR(" "))) {
        split_words(run, &parts, input, text);
    } else if (separator.len == 0) {
        split_characters(run, &parts, input, text);
    } else {
        size_t from = 0;
        size_t found;
        while ((found = str_find(text, separator, from)) != STR_NONE) {
            add_part(run, &parts, input, str_sub(text, from, found));
            from = found + separator.len;
        }
        add_part(run, &parts, input, str_after(text, from));
        while (parts.count > 0 && parts.items[parts.count - 1].str.len == 0)
            parts.count--;
    }
    return value_list(run->arena, parts.items, parts.count);
}
