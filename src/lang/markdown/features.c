#include "lang/markdown/features.h"

#include "base/utf8.h"

#include <string.h>

/* Whether a URL at `at` stands bare in the text, and not in a link's round or pointed brackets. */
static bool is_bare(struct str text, size_t at)
{
    while (at > 0 && str_is_alpha(text.ptr[at - 1]))
        at--;
    if (at == 0)
        return true;
    if (text.ptr[at - 1] == '(')
        return at < 2 || text.ptr[at - 2] != ']';
    return text.ptr[at - 1] != '<';
}

static void look_at(struct str text, size_t at, struct md_features *out)
{
    char byte = text.ptr[at];
    char next = at + 1 < text.len ? text.ptr[at + 1] : '\0';
    char after = at + 2 < text.len ? text.ptr[at + 2] : '\0';
    switch (byte) {
    case '|': out->tables = true; break;
    case '~': out->tildes = true; break;
    case '@': out->links |= str_is_alpha(next) || str_is_digit(next); break;
    case ':':
        out->links |= next == '/' && after == '/' && is_bare(text, at);
        out->tables |= next == '-' || (at > 0 && text.ptr[at - 1] == '-');
        break;
    case 'w': out->links |= next == 'w' && after == 'w' && is_bare(text, at); break;
    case '[':
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

void md_look(struct str text, struct md_features *out)
{
    static const bool interesting[256] = {
        ['|'] = true, ['~'] = true,  ['@'] = true, [':'] = true, ['w'] = true,  ['['] = true,
        ['{'] = true, ['\\'] = true, ['<'] = true, ['"'] = true, ['\''] = true, ['('] = true};
    *out = (struct md_features){0};
    unsigned char high = 0;
    for (size_t i = 0; i < text.len; i++) {
        unsigned char byte = (unsigned char)text.ptr[i];
        high |= byte;
        if (interesting[byte])
            look_at(text, i, out);
    }
    out->bad_utf8 = high >= 0x80 && utf8_invalid(text) != STR_NONE;
}
