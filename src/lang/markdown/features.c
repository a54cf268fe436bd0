#include "lang/markdown/features.h"

#include "base/sixteen.h"
#include "base/utf8.h"

/* Whether a space stands between ]( and the next ) on the line. */
static bool is_spaced(struct str text, size_t at)
{
    size_t end = text.len - at < MD_ADDRESS_MOST ? text.len : at + MD_ADDRESS_MOST;
    for (at += 2; at < end && text.ptr[at] != ')' && text.ptr[at] != '\n'; at++) {
        if (text.ptr[at] == ' ')
            return true;
    }
    return false;
}

static void look_at(struct str text, size_t at, struct md_features *out)
{
    char byte = text.ptr[at];
    char next = at + 1 < text.len ? text.ptr[at + 1] : '\0';
    char after = at + 2 < text.len ? text.ptr[at + 2] : '\0';
    switch (byte) {
    case '|': out->tables = true; break;
    case '~': out->tildes = true; break;
    case ':': out->tables |= next == '-' || (at > 0 && text.ptr[at - 1] == '-'); break;
    case '[':
        out->brackets++;
        out->pictures += at > 0 && text.ptr[at - 1] == '!';
        out->footnotes |= next == '^';
        out->tasks |= after == ']';
        break;
    case ']': out->spaced = out->spaced || (next == '(' && is_spaced(text, at)); break;
    case '\\': out->escapes = true; break;
    case '{': out->lists |= next == ':'; break;
    case '<': out->html |= str_is_alpha(next) || next == '/' || next == '!' || next == '?'; break;
    case '"':
    case '\'': out->empty_title |= next == byte; break;
    case '(': out->empty_title |= next == ')'; break;
    default: break;
    }
}

/* Whether there may be one of | ~ : [ ] \\ { < among the bytes: `{` to DEL and, a bit apart, `[` to
 * `_`. */
static inline bool may_matter(sixteen bytes)
{
    return sixteen_any(sixteen_within(bytes | 0x20, '{', 0x7F) | (sixteen)(bytes == ':') |
                       (sixteen)(bytes == '<'));
}

static void look_at_all(struct str text, size_t start, size_t end, struct md_features *out)
{
    static const bool kinds[256] = {['|'] = true, ['~'] = true, [':'] = true,  ['['] = true,
                                    [']'] = true, ['{'] = true, ['\\'] = true, ['<'] = true};
    for (size_t at = start; at < end; at++) {
        if (kinds[(unsigned char)text.ptr[at]])
            look_at(text, at, out);
    }
}

void md_look(struct str text, bool titles, struct md_features *out)
{
    sixteen seen = {0}; /* the bits of all bytes */
    char rest = 0;
    size_t at = 0;
    *out = (struct md_features){0};
    for (; at + sizeof seen <= text.len; at += sizeof seen) {
        sixteen bytes = sixteen_at(text.ptr + at);
        seen |= bytes;
        if (may_matter(bytes))
            look_at_all(text, at, at + sizeof seen, out);
    }
    look_at_all(text, at, text.len, out);
    for (; at < text.len; at++)
        rest |= text.ptr[at];
    for (size_t i = 0; titles && i < text.len; i++) {
        if (text.ptr[i] == '"' || text.ptr[i] == '\'' || text.ptr[i] == '(')
            look_at(text, i, out);
    }
    bool ascii = !sixteen_any(seen & 0x80) && !(rest & 0x80);
    out->bad_utf8 = !ascii && utf8_invalid(text) != STR_NONE;
}
