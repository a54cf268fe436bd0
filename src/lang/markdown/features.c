#include "lang/markdown/features.h"

#include "base/utf8.h"

#include <stdint.h>
#include <string.h>

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
    case '\\': out->escapes = true; break;
    case '{': out->lists |= next == ':'; break;
    case '<': out->html |= str_is_alpha(next) || next == '/' || next == '!' || next == '?'; break;
    case '"':
    case '\'': out->empty_title |= next == byte; break;
    case '(': out->empty_title |= next == ')'; break;
    default: break;
    }
}

/* Whether there may be one of | ~ : [ \\ { < among eight bytes. The ranges are `:` to `<`, `[` to
 * `^` and `{` to DEL. */
static bool may_matter(uint64_t eight)
{
    eight &= MD_EACH(0x7F);
    uint64_t brackets = (eight | MD_EACH(0x20)) + MD_EACH(0x80 - 0x7B);
    uint64_t signs = (eight + MD_EACH(0x80 - ':')) & ~(eight + MD_EACH(0x80 - '='));
    return ((brackets | signs) & MD_EACH(0x80)) != 0;
}

static void look_at_all(struct str text, size_t start, size_t end, struct md_features *out)
{
    static const bool kinds[256] = {['|'] = true, ['~'] = true,  [':'] = true, ['['] = true,
                                    ['{'] = true, ['\\'] = true, ['<'] = true};
    for (size_t at = start; at < end; at++) {
        if (kinds[(unsigned char)text.ptr[at]])
            look_at(text, at, out);
    }
}

void md_look(struct str text, bool titles, struct md_features *out)
{
    uint64_t high = 0;
    size_t start = 0;
    *out = (struct md_features){0};
    for (; start + 8 <= text.len; start += 8) {
        uint64_t eight = md_eight_at(text, start);
        high |= eight;
        if (may_matter(eight))
            look_at_all(text, start, start + 8, out);
    }
    look_at_all(text, start, text.len, out);
    for (size_t i = start; i < text.len; i++)
        high |= (unsigned char)text.ptr[i];
    for (size_t i = 0; titles && i < text.len; i++) {
        if (text.ptr[i] == '"' || text.ptr[i] == '\'' || text.ptr[i] == '(')
            look_at(text, i, out);
    }
    out->bad_utf8 = (high & MD_EACH(0x80)) != 0 && utf8_invalid(text) != STR_NONE;
}
