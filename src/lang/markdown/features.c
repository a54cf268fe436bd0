#include "lang/markdown/features.h"

#include "base/utf8.h"

#include <stdint.h>
#include <string.h>

/* Whether what begins at `at` runs up to that bracket: a link's target is not running text. */
static bool closes(struct str text, size_t at, char bracket)
{
    while (at < text.len && !str_is_space(text.ptr[at]) && text.ptr[at] != bracket)
        at++;
    return at < text.len && (text.ptr[at] == bracket ||
                             (bracket == ')' && at + 1 < text.len && text.ptr[at + 1] == '"'));
}

/* Whether a URL at `at` stands bare in the text, and not in a link's round or pointed brackets. */
static bool is_bare(struct str text, size_t at)
{
    size_t start = at;
    while (start > 0 && at - start < 8 && str_is_alpha(text.ptr[start - 1]))
        start--;
    if (start == 0)
        return true;
    if (text.ptr[start - 1] == '(')
        return start < 2 || text.ptr[start - 2] != ']' || !closes(text, at, ')');
    return text.ptr[start - 1] != '<' || !closes(text, at, '>');
}

static bool is_www(struct str text, size_t at)
{
    return str_starts(str_after(text, at), STR("www.")) &&
           (at == 0 || (!str_is_alpha(text.ptr[at - 1]) && is_bare(text, at)));
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
        if (next == '/' && after == '/') {
            bool bare = is_bare(text, at);
            out->links |= bare;
            out->targets |= !bare;
        }
        out->tables |= next == '-' || (at > 0 && text.ptr[at - 1] == '-');
        break;
    case 'w': out->links |= is_www(text, at); break;
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

/* Looks at eight bytes, or at fewer at the end of the text. */
static void look_at_eight(struct str text, size_t start, size_t count, struct md_features *out)
{
    static const bool kinds[256] = {['|'] = true, ['~'] = true, ['@'] = true,  [':'] = true,
                                    ['w'] = true, ['['] = true, ['\\'] = true, ['{'] = true,
                                    ['<'] = true};
    /* "www" may begin in the byte before. */
    for (size_t at = start > 0 ? start - 1 : 0; at < start + count; at++) {
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
        if (md_may_matter(eight))
            look_at_eight(text, start, 8, out);
    }
    look_at_eight(text, start, text.len - start, out);
    for (size_t i = start; i < text.len; i++)
        high |= (unsigned char)text.ptr[i];
    for (size_t i = 0; titles && i < text.len; i++) {
        if (text.ptr[i] == '"' || text.ptr[i] == '\'' || text.ptr[i] == '(')
            look_at(text, i, out);
    }
    /* Behind an escaped bracket a target is text after all. */
    out->links |= out->escapes && out->targets;
    out->bad_utf8 = (high & MD_EACH(0x80)) != 0 && utf8_invalid(text) != STR_NONE;
}
