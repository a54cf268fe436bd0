#include "lang/svg.h"
#include "base/arena.h"
#include "base/html.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "lang/svg_names.h"
#include "lang/svg_weight.h"

enum { DEPTH_MOST = 64, ELEMENTS_MOST = 50000, ATTRIBUTES_MOST = 64 };

#define NAMESPACE "http://www.w3.org/2000/svg"

struct attribute {
    struct str name;
    struct str value; /* as written */
};

struct names {
    struct str *items;
    size_t count, capacity;
};

struct reader {
    struct str rest;
    struct buf *out;
    struct arena arena;
    struct names open; /* elements, as they are to be closed */
    size_t dropped;    /* how many of them, from there inwards, go; 0: none */
    size_t count;
    bool open_tag; /* a start tag waits for its '>' */
    const char *why;
};

static bool fail(struct reader *reader, const char *why)
{
    if (!reader->why)
        reader->why = why;
    return false;
}

static bool garbled(struct reader *reader)
{
    return fail(reader, "its XML is not well-formed");
}

/* ---- text */

/* A reference's character; 0 if there is none such. Takes it off *rest. */
static uint32_t take_reference(struct str *rest)
{
    static const struct {
        struct str name;
        char character;
    } known[] = {{STR_INIT("&amp;"), '&'},
                 {STR_INIT("&lt;"), '<'},
                 {STR_INIT("&gt;"), '>'},
                 {STR_INIT("&quot;"), '"'},
                 {STR_INIT("&apos;"), '\''}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (str_starts(*rest, known[i].name)) {
            *rest = str_after(*rest, known[i].name.len);
            return (uint32_t)known[i].character;
        }
    }
    size_t end = str_find_byte(str_sub(*rest, 0, 12), ';', 0);
    if (!str_starts(*rest, STR("&#")) || end == STR_NONE)
        return 0;
    struct str digits = str_sub(*rest, 2, end);
    bool hex = str_starts(digits, STR("x"));
    uint32_t number = 0;
    digits = str_after(digits, hex);
    for (size_t i = 0; i < digits.len; i++) {
        char digit = str_lower(digits.ptr[i]);
        if (!str_is_digit(digit) && !(hex && digit >= 'a' && digit <= 'f'))
            return 0;
        number = number * (hex ? 16 : 10) +
                 (uint32_t)(str_is_digit(digit) ? digit - '0' : digit - 'a' + 10);
    }
    *rest = str_after(*rest, end + 1);
    bool allowed = number == '\t' || number == '\n' || number == '\r' ||
                   (number >= 0x20 && number <= 0xD7FF) ||
                   (number >= 0xE000 && number <= 0x10FFFF && number != 0xFFFE && number != 0xFFFF);
    return digits.len > 0 && digits.len < 9 && allowed ? number : 0;
}

/* The text that was meant. False where a reference is none. */
static bool plain_text(struct str text, struct buf *plain)
{
    while (text.len > 0) {
        size_t at = str_find_byte(text, '&', 0);
        buf_add(plain, str_sub(text, 0, at));
        text = at == STR_NONE ? (struct str){0} : str_after(text, at);
        if (text.len == 0)
            break;
        uint32_t character = take_reference(&text);
        if (character == 0)
            return false;
        utf8_encode(plain, character);
    }
    return true;
}

static void put_text(struct reader *reader, struct str plain)
{
    if (reader->dropped > 0 || reader->open.count == 0)
        return;
    if (reader->open_tag)
        buf_addc(reader->out, '>');
    reader->open_tag = false;
    html_escape(reader->out, plain);
}

/* ---- tags */

static bool is_name_byte(char byte)
{
    return str_is_alpha(byte) || str_is_digit(byte) || byte == '-' || byte == '_' || byte == ':' ||
           byte == '.' || (unsigned char)byte >= 0x80;
}

/* Names by which parts are referred to are plain, so that it can be told which part is meant. */
static bool is_plain_id(struct str id)
{
    for (size_t i = 0; i < id.len; i++) {
        if (!is_name_byte(id.ptr[i]))
            return false;
    }
    return id.len > 0;
}

/* References to anything but the drawing itself, and such as browsers decode first; spaces and
 * escapes do not hide one. */
static bool leads_out(struct str value)
{
    struct arena scratch = {0};
    char *small = arena_alloc(&scratch, value.len + 1);
    size_t len = 0;
    bool out = str_find_byte(value, '\\', 0) != STR_NONE;
    for (size_t i = 0; i < value.len; i++) {
        if (!str_is_space(value.ptr[i]) && value.ptr[i] != '"' && value.ptr[i] != '\'')
            small[len++] = str_lower(value.ptr[i]);
    }
    struct str tight = {small, len};
    out = out || str_has(tight, STR("/*")) || str_has(tight, STR("image(")) ||
          str_has(tight, STR("image-set(")) || str_has(tight, STR("src("));
    for (size_t at = str_find(tight, STR("url("), 0); at != STR_NONE;
         at = str_find(tight, STR("url("), at + 4))
        out = out || !str_starts(str_after(tight, at + 4), STR("#")) || str_has(tight, STR("%"));
    arena_release(&scratch);
    return out;
}

static void put_attribute(struct reader *reader, const struct attribute *attribute,
                          struct str value)
{
    struct str name = attribute->name;
    bool link = str_eq(name, STR("href")) || str_eq(name, STR("xlink:href"));
    if (!svg_attribute_stays(name) || (str_eq(name, STR("id")) && !is_plain_id(value)) ||
        (link && (!str_starts(value, STR("#")) || !is_plain_id(str_after(value, 1)))) ||
        (!link && leads_out(value)))
        return;
    buf_addc(reader->out, ' ');
    buf_add(reader->out, link ? STR("href") : name);
    buf_adds(reader->out, "=\"");
    html_escape(reader->out, value);
    buf_addc(reader->out, '"');
}

static struct str take_name(struct reader *reader)
{
    size_t len = 0;
    while (len < reader->rest.len && is_name_byte(reader->rest.ptr[len]))
        len++;
    struct str name = str_sub(reader->rest, 0, len);
    reader->rest = str_after(reader->rest, len);
    return name;
}

static bool take(struct reader *reader, struct str token)
{
    if (!str_starts(reader->rest, token))
        return false;
    reader->rest = str_after(reader->rest, token.len);
    return true;
}

static bool take_attribute(struct reader *reader, struct attribute *attribute)
{
    attribute->name = take_name(reader);
    reader->rest = str_trim_left(reader->rest);
    if (attribute->name.len == 0 || !take(reader, STR("=")))
        return garbled(reader);
    reader->rest = str_trim_left(reader->rest);
    char quote = reader->rest.len > 0 ? reader->rest.ptr[0] : '\0';
    size_t end = quote == '"' || quote == '\'' ? str_find_byte(reader->rest, quote, 1) : STR_NONE;
    if (end == STR_NONE)
        return garbled(reader);
    attribute->value = str_sub(reader->rest, 1, end);
    reader->rest = str_after(reader->rest, end + 1);
    return str_find_byte(attribute->value, '<', 0) == STR_NONE || garbled(reader);
}

static bool is_given(const struct attribute *given, size_t count, struct str name)
{
    for (size_t i = 0; i < count; i++) {
        if (str_eq(given[i].name, name))
            return true;
    }
    return false;
}

static bool put_start(struct reader *reader, struct str name, const struct attribute *given,
                      size_t count)
{
    struct buf plain = {0};
    bool sound = true;
    if (reader->open_tag)
        buf_addc(reader->out, '>');
    reader->open_tag = true;
    buf_addc(reader->out, '<');
    buf_add(reader->out, name);
    if (reader->count == 1)
        buf_adds(reader->out, " xmlns=\"" NAMESPACE "\"");
    for (size_t i = 0; sound && i < count; i++) {
        buf_clear(&plain);
        sound = !is_given(given, i, given[i].name) && plain_text(given[i].value, &plain);
        /* Both become href, and the newer one counts. */
        bool outdone =
            str_eq(given[i].name, STR("xlink:href")) && is_given(given, count, STR("href"));
        if (sound && !outdone)
            put_attribute(reader, &given[i], buf_str(&plain));
    }
    buf_release(&plain);
    return sound || garbled(reader);
}

static void close_element(struct reader *reader)
{
    struct str name = reader->open.items[--reader->open.count];
    if (reader->dropped > 0) {
        reader->dropped--;
        return;
    }
    if (reader->open_tag) {
        buf_adds(reader->out, "/>");
    } else {
        buf_adds(reader->out, "</");
        buf_add(reader->out, name);
        buf_addc(reader->out, '>');
    }
    reader->open_tag = false;
}

static bool read_start(struct reader *reader)
{
    struct attribute given[ATTRIBUTES_MOST];
    size_t count = 0;
    struct str name = take_name(reader);
    if (name.len == 0 || (reader->open.count == 0 && reader->count > 0))
        return garbled(reader);
    if (reader->open.count == 0 && !str_eq(name, STR("svg")))
        return fail(reader, "it does not begin with <svg>");
    if (reader->open.count >= DEPTH_MOST || ++reader->count > ELEMENTS_MOST)
        return fail(reader, "it has too many parts");
    for (;;) {
        size_t before = reader->rest.len;
        reader->rest = str_trim_left(reader->rest);
        bool apart = reader->rest.len < before;
        if (str_starts(reader->rest, STR(">")) || str_starts(reader->rest, STR("/>")))
            break;
        if (!apart || !take_attribute(reader, count < ATTRIBUTES_MOST ? &given[count] : given))
            return garbled(reader);
        if (++count > ATTRIBUTES_MOST)
            return fail(reader, "one of its parts has too many attributes");
    }
    *vec_push(&reader->arena, &reader->open) = name;
    if (reader->dropped > 0 || !svg_element_stays(name))
        reader->dropped++;
    else if (!put_start(reader, name, given, count))
        return false;
    if (take(reader, STR("/>")))
        close_element(reader);
    else
        take(reader, STR(">"));
    return true;
}

static bool read_end(struct reader *reader)
{
    struct str name = take_name(reader);
    reader->rest = str_trim_left(reader->rest);
    if (!take(reader, STR(">")) || reader->open.count == 0 ||
        !str_eq(reader->open.items[reader->open.count - 1], name))
        return garbled(reader);
    close_element(reader);
    return true;
}

/* Everything up to and with `end`. */
static bool skip(struct reader *reader, struct str end)
{
    size_t at = str_find(reader->rest, end, 0);
    if (at == STR_NONE)
        return garbled(reader);
    reader->rest = str_after(reader->rest, at + end.len);
    return true;
}

static bool read_cdata(struct reader *reader)
{
    size_t at = str_find(reader->rest, STR("]]>"), 0);
    if (at == STR_NONE)
        return garbled(reader);
    put_text(reader, str_sub(reader->rest, 0, at));
    reader->rest = str_after(reader->rest, at + 3);
    return true;
}

/* A document type is passed over, if it declares nothing by itself. */
static bool skip_type(struct reader *reader)
{
    size_t end = str_find_byte(reader->rest, '>', 0);
    if (str_find_byte(str_sub(reader->rest, 0, end), '[', 0) != STR_NONE)
        return fail(reader, "it declares entities of its own");
    return skip(reader, STR(">"));
}

static bool read_text(struct reader *reader)
{
    size_t end = str_find_byte(reader->rest, '<', 0);
    struct str text = str_sub(reader->rest, 0, end);
    struct buf plain = {0};
    bool sound =
        plain_text(text, &plain) && (reader->open.count > 0 || str_trim(buf_str(&plain)).len == 0);
    if (sound)
        put_text(reader, buf_str(&plain));
    buf_release(&plain);
    reader->rest = str_after(reader->rest, text.len);
    return sound || garbled(reader);
}

static bool read_one(struct reader *reader)
{
    if (take(reader, STR("<!--")))
        return skip(reader, STR("-->"));
    if (take(reader, STR("<![CDATA[")))
        return read_cdata(reader);
    if (reader->count == 0 && take(reader, STR("<!DOCTYPE")))
        return skip_type(reader);
    if (take(reader, STR("<?")))
        return skip(reader, STR("?>"));
    if (take(reader, STR("</")))
        return read_end(reader);
    if (take(reader, STR("<")))
        return read_start(reader);
    return read_text(reader);
}

const char *svg_sanitise(struct str bytes, struct buf *out)
{
    size_t start = out->len;
    struct reader reader = {.rest = bytes, .out = out};
    take(&reader, STR("\xEF\xBB\xBF"));
    if (utf8_invalid(bytes) != STR_NONE || str_find_byte(bytes, '\0', 0) != STR_NONE)
        reader.why = "its text is not UTF-8";
    while (!reader.why && reader.rest.len > 0)
        read_one(&reader);
    if (!reader.why && (reader.open.count > 0 || reader.count == 0))
        garbled(&reader);
    if (!reader.why)
        reader.why = svg_weigh(str_after(buf_str(out), start));
    if (reader.why)
        buf_truncate(out, start);
    else
        buf_addc(out, '\n');
    arena_release(&reader.arena);
    return reader.why;
}
