#include "cli/messages.h"

#include "base/utf8.h"
#include "cli/places.h"
#include "site/rules.h"

/* How much of a long line is shown around the place. */
enum { COLUMNS_BEFORE = 60, COLUMNS_SHOWN = 100, BYTES_PER_COLUMN = 4, TAB_WIDTH = 4 };

struct range {
    uint32_t first;
    uint32_t last;
};

static bool in_ranges(uint32_t code_point, const struct range *ranges, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (code_point >= ranges[i].first && code_point <= ranges[i].last)
            return true;
    }
    return false;
}

/* Columns that a terminal gives to a character; near enough to set a caret under it. */
static size_t width(uint32_t code_point)
{
    static const struct range none[] = {{0x300, 0x36f},   {0x1ab0, 0x1aff}, {0x200b, 0x200d},
                                        {0x20d0, 0x20ff}, {0xfe00, 0xfe0f}, {0xfe20, 0xfe2f}};
    static const struct range two[] = {{0x1100, 0x115f},  {0x2e80, 0xa4cf},   {0xac00, 0xd7a3},
                                       {0xf900, 0xfaff},  {0xfe30, 0xfe6f},   {0xff00, 0xff60},
                                       {0xffe0, 0xffe6},  {0x1f300, 0x1f64f}, {0x1f900, 0x1f9ff},
                                       {0x20000, 0x3fffd}};
    if (code_point < 0x300)
        return 1;
    if (in_ranges(code_point, none, sizeof none / sizeof *none))
        return 0;
    return in_ranges(code_point, two, sizeof two / sizeof *two) ? 2 : 1;
}

/* Controls, and the characters that turn the direction of text about (Trojan source). */
static bool is_unseen(uint32_t code_point)
{
    return (code_point >= 0x80 && code_point < 0xa0) ||
           (code_point >= 0x202a && code_point <= 0x202e) ||
           (code_point >= 0x2066 && code_point <= 0x2069) || code_point == 0x2028 ||
           code_point == 0x2029 || code_point == 0x200e || code_point == 0x200f;
}

/* Adds one character and returns the columns it takes; *len is how many bytes it was. */
static size_t add_visible(struct buf *out, struct str text, size_t *len)
{
    uint32_t code_point = utf8_decode(text, len);
    unsigned char byte = (unsigned char)text.ptr[0];
    size_t before = out->len;
    if (code_point == '\t') {
        buf_adds(out, "    ");
        return TAB_WIDTH;
    }
    if (code_point < 0x20 || code_point == 0x7f || (*len == 1 && byte >= 0x80)) {
        buf_addf(out, "\\x%02x", byte);
        return out->len - before;
    }
    if (is_unseen(code_point)) {
        buf_addf(out, "\\u{%x}", (unsigned)code_point);
        return out->len - before;
    }
    buf_add(out, str_sub(text, 0, *len));
    return width(code_point);
}

void messages_visible(struct buf *out, struct str text)
{
    size_t len = 0;
    for (; text.len > 0; text = str_after(text, len))
        add_visible(out, text, &len);
}

struct painter {
    struct buf *out;
    bool color;
};

static void paint(struct painter *painter, const char *code)
{
    if (painter->color)
        buf_addf(painter->out, "\x1b[%sm", code);
}

static const char *severity_color(enum severity severity)
{
    switch (severity) {
    case SEVERITY_NOTE: return "1;36";
    case SEVERITY_WARNING: return "1;35";
    case SEVERITY_ERROR:
    case SEVERITY_FAILURE: return "1;31";
    }
    return "0";
}

static void add_head(struct painter *painter, const struct diag *diag, const struct place *place)
{
    struct buf *out = painter->out;
    paint(painter, "1");
    if (diag->span.text && diag->span.text->path.len > 0) {
        messages_visible(out, diag->span.text->path);
        if (place->line > 0)
            buf_addf(out, ":%zu:%zu", place->line, place->column);
    } else {
        buf_adds(out, "copse");
    }
    buf_adds(out, ": ");
    paint(painter, severity_color(diag->severity));
    buf_addf(out, "%s: ", severity_name(diag->severity));
    paint(painter, "0");
    messages_visible(out, diag->message);
    /* A code that `copse help` cannot explain says nothing to anybody. */
    if (diag->severity != SEVERITY_FAILURE && rules_find(str_from(diag->code)))
        buf_addf(out, " [%s]", diag->code);
    buf_addc(out, '\n');
}

/* The part of the line that is shown: from *start (an offset in the text) to the result. */
static size_t window(struct str bytes, const struct place *place, size_t offset, size_t *start)
{
    *start = place->line_start;
    if (place->column > COLUMNS_BEFORE + 1) {
        size_t back = COLUMNS_BEFORE;
        *start = offset;
        while (back > 0 && *start > place->line_start) {
            (*start)--;
            while (*start > place->line_start && (bytes.ptr[*start] & 0xc0) == 0x80)
                (*start)--;
            back--;
        }
    }
    size_t limit = *start + (size_t)COLUMNS_SHOWN * BYTES_PER_COLUMN;
    struct str part = str_sub(bytes, 0, limit < bytes.len ? limit : bytes.len);
    size_t newline = str_find_byte(part, '\n', offset);
    size_t end = newline == STR_NONE ? part.len : newline;
    if (end > *start && bytes.ptr[end - 1] == '\r' && end > offset)
        end--;
    return end;
}

static void add_gutter(struct buf *out, size_t line)
{
    if (line > 0)
        buf_addf(out, "%5zu | ", line);
    else
        buf_adds(out, "      | ");
}

/* The source line with a caret and tildes under the span. */
static void add_source(struct painter *painter, const struct diag *diag, const struct place *place)
{
    struct buf *out = painter->out;
    struct str bytes = diag->span.text->bytes;
    size_t offset = diag->span.start < bytes.len ? diag->span.start : bytes.len;
    size_t start = 0;
    size_t end = window(bytes, place, offset, &start);
    size_t column = 0;
    size_t caret = 0;
    size_t caret_end = 0;
    add_gutter(out, place->line);
    if (start > place->line_start) {
        buf_adds(out, "…");
        column = 1;
    }
    size_t at = start;
    for (size_t len = 0; at < end && column < COLUMNS_SHOWN; at += len) {
        if (at <= offset)
            caret = column;
        column += add_visible(out, str_sub(bytes, at, end), &len);
        if (at < diag->span.end)
            caret_end = column;
    }
    if (at <= offset)
        caret = column;
    if (at < end)
        buf_adds(out, "…");
    buf_addc(out, '\n');
    add_gutter(out, 0);
    for (size_t i = 0; i < caret; i++)
        buf_addc(out, ' ');
    paint(painter, "1;32");
    buf_addc(out, '^');
    for (size_t i = caret + 1; i < caret_end; i++)
        buf_addc(out, '~');
    paint(painter, "0");
    buf_addc(out, '\n');
}

void messages_text(struct buf *out, const struct diags *diags, bool color)
{
    struct painter painter = {out, color};
    struct places places = {0};
    for (size_t i = 0; i < diags->count; i++) {
        const struct diag *diag = &diags->items[i];
        struct place place = places_find(&places, diag->span);
        add_head(&painter, diag, &place);
        if (place.line > 0 && diag->span.text->bytes.len > 0)
            add_source(&painter, diag, &place);
        if (diag->hint.len > 0) {
            buf_adds(out, "        ");
            messages_visible(out, diag->hint);
            buf_addc(out, '\n');
        }
    }
}

static void add_number(struct buf *out, size_t number, const char *what)
{
    buf_addf(out, "%zu %s%s", number, what, number == 1 ? "" : "s");
}

void messages_count(struct buf *out, const struct diags *diags)
{
    size_t errors = diags_count(diags, SEVERITY_ERROR) + diags_count(diags, SEVERITY_FAILURE);
    size_t warnings = diags_count(diags, SEVERITY_WARNING);
    if (errors > 0)
        add_number(out, errors, "error");
    if (errors > 0 && warnings > 0)
        buf_adds(out, " and ");
    if (warnings > 0)
        add_number(out, warnings, "warning");
}
