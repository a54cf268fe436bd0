#include "lang/markup.h"
#include "base/sixteen.h"

#include "lang/markup/markup_internal.h"

#include <stdint.h>
#include <string.h>

void markup_emit(const struct markup *markup, size_t from, size_t to, markup_resolve *resolve,
                 void *context, struct buf *out)
{
    struct str html = markup->html;
    to = to < html.len ? to : html.len;
    size_t done = from < to ? from : to;
    for (size_t i = 0; resolve && i < markup->link_count; i++) {
        struct markup_link link = markup_link_at(markup, i);
        if (link.html_start < done)
            continue;
        if (link.html_end > to)
            break;
        size_t mark = out->len;
        buf_add(out, str_sub(html, done, link.html_start));
        if (resolve(context, &link, out)) {
            done = link.html_end;
        } else {
            buf_truncate(out, mark);
        }
    }
    buf_add(out, str_sub(html, done, to));
}

/* What may stand in an attribute's URL as it is; & and ' become references, the rest is encoded.
 * The same set as cmark's, so that our output does not differ from it. */
static bool url_byte_is_plain(unsigned char byte)
{
    /* A bit for each of the 128 ASCII characters. */
    static const uint64_t plain[2] = {0xAFFFFF3A00000000U, 0x47FFFFFE87FFFFFFU};
    return byte < 0x80 && (plain[byte / 64] >> (byte % 64) & 1);
}

/* Most of a URL is letters, digits and - . / : */
static inline bool may_not_be_plain(sixteen b)
{
    return sixteen_any(~(sixteen_within(b | 0x20, 'a', 'z') | sixteen_within(b, '-', ':')));
}

void markup_put_url(struct buf *out, struct str url)
{
    static const char hex[] = "0123456789ABCDEF";
    size_t start = 0;
    for (size_t i = sixteen_skip(url, 0, may_not_be_plain); i < url.len; i++) {
        unsigned char byte = (unsigned char)url.ptr[i];
        if (url_byte_is_plain(byte))
            continue;
        buf_add(out, str_sub(url, start, i));
        start = i + 1;
        if (byte == '&') {
            buf_add(out, STR("&amp;"));
        } else if (byte == '\'') {
            buf_add(out, STR("&#x27;"));
        } else {
            char encoded[3] = {'%', hex[byte >> 4], hex[byte & 15]};
            buf_add(out, (struct str){encoded, 3});
        }
    }
    buf_add(out, str_after(url, start));
}

static inline bool may_need_reference(sixteen bytes)
{
    return sixteen_any((sixteen)(bytes == '&') | (sixteen)(bytes == '<') | (sixteen)(bytes == '>') |
                       (sixteen)(bytes == '"'));
}

void markup_put_text(struct buf *out, struct str text)
{
    static const struct str references[] = {
        {0}, STR_INIT("&amp;"), STR_INIT("&lt;"), STR_INIT("&gt;"), STR_INIT("&quot;")};
    static const unsigned char kinds[256] = {['&'] = 1, ['<'] = 2, ['>'] = 3, ['"'] = 4};
    for (size_t start = 0;;) {
        size_t at = sixteen_skip(text, start, may_need_reference);
        while (at < text.len && !kinds[(unsigned char)text.ptr[at]])
            at++;
        buf_add(out, str_sub(text, start, at));
        if (at == text.len)
            return;
        buf_add(out, references[kinds[(unsigned char)text.ptr[at]]]);
        start = at + 1;
    }
}

void markup_put_picture(struct buf *out, const struct markup_link *picture, struct str url,
                        struct str extra)
{
    buf_add(out, STR("<img src=\""));
    markup_put_url(out, url);
    buf_add(out, STR("\" alt=\""));
    markup_put_text(out, picture->alt);
    if (picture->title.len > 0) {
        buf_add(out, STR("\" title=\""));
        markup_put_text(out, picture->title);
    }
    buf_addc(out, '"');
    buf_add(out, picture->attributes);
    buf_add(out, extra);
    buf_add(out, STR(" />"));
}

const char *markup_rule_code(enum markup_rule rule)
{
    switch (rule) {
    case MARKUP_UNSAFE_URL: return "unsafe-url";
    case MARKUP_DROPPED_HTML: return "dropped-html";
    case MARKUP_EXTERNAL_PICTURE: return "external-picture";
    case MARKUP_ATTRIBUTE_LIST: return "attribute-list";
    case MARKUP_UNKNOWN_FOOTNOTE: return "unknown-footnote";
    case MARKUP_UNREAD_LINK: return "unread-link";
    case MARKUP_TOO_LARGE: return "too-large";
    }
    return "markup";
}

/* An attribute list that does nothing can go; alone on its line, with the line. */
static void propose_without(struct diags *diags, struct str bytes, size_t start)
{
    size_t end = str_find_byte(bytes, '}', start);
    size_t line_end = str_find_byte(bytes, '\n', start);
    size_t line_start = start;
    if (!str_starts(str_after(bytes, start), STR("{:")) || end == STR_NONE || end > line_end)
        return;
    end++;
    while (line_start > 0 && bytes.ptr[line_start - 1] != '\n')
        line_start--;
    bool alone = line_end != STR_NONE && str_trim(str_sub(bytes, line_start, start)).len == 0 &&
                 str_trim(str_sub(bytes, end, line_end)).len == 0;
    diag_fix(diags, alone ? line_start : start, alone ? line_end + 1 : end, (struct str){0});
}

int markup_report(const struct markup *markup, const struct text *text, struct str bytes,
                  struct diags *diags)
{
    int status = 0;
    for (size_t i = 0; i < markup->note_count; i++) {
        struct markup_note note = markup_note_at(markup, i);
        bool error = note.rule == MARKUP_TOO_LARGE;
        diag_add(diags, error ? SEVERITY_ERROR : SEVERITY_WARNING, markup_rule_code(note.rule),
                 span_of(text, note.source_start, note.source_end), "%.*s", STR_ARG(note.message));
        if (note.hint.len > 0)
            diag_hint(diags, "%.*s", STR_ARG(note.hint));
        if (note.rule == MARKUP_ATTRIBUTE_LIST)
            propose_without(diags, bytes, note.source_start);
        if (error)
            status = -1;
    }
    return status;
}
