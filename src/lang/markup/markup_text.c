/* The words of markup: its plain text, how many there are, and the excerpt. */
#include "lang/markup.h"

#include "base/sixteen.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "lang/markup/markup_internal.h"

#include <string.h>

/* Elements whose edges end a line of text. */
static bool tag_is_block(struct str name)
{
    /* The usual ones within a line. */
    if (name.len == 0 || (name.len == 1 && name.ptr[0] == 'a') || str_eq(name, STR("em")) ||
        str_eq(name, STR("strong")) || str_eq(name, STR("code")))
        return false;
    static const struct str blocks[] = {
        STR_INIT("p"),       STR_INIT("h1"),      STR_INIT("h2"),         STR_INIT("h3"),
        STR_INIT("h4"),      STR_INIT("h5"),      STR_INIT("h6"),         STR_INIT("ul"),
        STR_INIT("ol"),      STR_INIT("li"),      STR_INIT("blockquote"), STR_INIT("pre"),
        STR_INIT("hr"),      STR_INIT("br"),      STR_INIT("table"),      STR_INIT("thead"),
        STR_INIT("tbody"),   STR_INIT("tfoot"),   STR_INIT("tr"),         STR_INIT("td"),
        STR_INIT("th"),      STR_INIT("caption"), STR_INIT("div"),        STR_INIT("section"),
        STR_INIT("article"), STR_INIT("aside"),   STR_INIT("figure"),     STR_INIT("figcaption"),
        STR_INIT("details"), STR_INIT("summary"), STR_INIT("dl"),         STR_INIT("dt"),
        STR_INIT("dd"),      STR_INIT("img")};
    for (size_t i = 0; i < sizeof blocks / sizeof blocks[0]; i++) {
        if (name.len == blocks[i].len && str_lower(name.ptr[0]) == blocks[i].ptr[0] &&
            str_eq_nocase(name, blocks[i]))
            return true;
    }
    return false;
}

struct text_writer {
    struct buf *out;
    size_t start;
    char gap; /* what must stand before the next text: 0, ' ' or '\n' */
};

static void put_gap(struct text_writer *writer, char gap)
{
    if (writer->gap != '\n')
        writer->gap = gap;
}

static void put_bytes(struct text_writer *writer, struct str bytes)
{
    if (writer->gap && writer->out->len > writer->start)
        buf_addc(writer->out, writer->gap);
    writer->gap = '\0';
    buf_add(writer->out, bytes);
}

/* The references that copse itself writes into html; others cannot occur there. */
static size_t put_reference(struct text_writer *writer, struct str at)
{
    static const struct {
        struct str reference;
        struct str text;
    } known[] = {{STR_INIT("&amp;"), STR_INIT("&")},
                 {STR_INIT("&lt;"), STR_INIT("<")},
                 {STR_INIT("&gt;"), STR_INIT(">")},
                 {STR_INIT("&quot;"), STR_INIT("\"")},
                 {STR_INIT("&#x27;"), STR_INIT("'")}};
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        if (str_starts(at, known[i].reference)) {
            put_bytes(writer, known[i].text);
            return known[i].reference.len;
        }
    }
    put_bytes(writer, STR("&"));
    return 1;
}

/* The offset behind a tag that begins at `at`. A quoted value may hold '>' in the HTML of pure
 * mode. */
static size_t tag_end(struct str html, size_t at)
{
    char quote = '\0';
    for (size_t i = at + 1; i < html.len; i++) {
        char byte = html.ptr[i];
        if (quote) {
            if (byte == quote)
                quote = '\0';
        } else if (byte == '"' || byte == '\'') {
            quote = byte;
        } else if (byte == '>') {
            return i + 1;
        }
    }
    return html.len;
}

/* The number of a footnote and the arrow back are marks, not words: skipped with what they hold. */
static size_t skip_mark(struct str html, struct str tag, size_t end)
{
    struct str close;
    if (tag.len < 3 || (tag.ptr[1] != 's' && tag.ptr[1] != 'a'))
        return end;
    if (str_starts(tag, STR("<sup class=\"footnote-ref\"")))
        close = STR("</sup>");
    else if (str_starts(tag, STR("<a href=\"#")) && str_has(tag, STR(" data-footnote-backref ")))
        close = STR("</a>");
    else
        return end;
    size_t found = str_find(html, close, end);
    return found == STR_NONE ? html.len : found + close.len;
}

static size_t pass_tag(struct text_writer *writer, struct str html, size_t at)
{
    if (str_starts(str_after(html, at), STR("<!--"))) {
        size_t close = str_find(html, STR("-->"), at + 4);
        return close == STR_NONE ? html.len : close + 3;
    }
    size_t end = tag_end(html, at);
    size_t name = at + 1 < html.len && html.ptr[at + 1] == '/' ? at + 2 : at + 1;
    size_t name_end = name;
    while (name_end < end && (str_is_alpha(html.ptr[name_end]) || str_is_digit(html.ptr[name_end])))
        name_end++;
    if (tag_is_block(str_sub(html, name, name_end)))
        put_gap(writer, '\n');
    return skip_mark(html, str_sub(html, at, end), end);
}

/* Whether in sixteen bytes, of seventeen, there is no tag, reference or control character, and no
 * space with another behind it. */
static bool is_plain(const char *bytes, bool after_space)
{
    sixteen b = sixteen_at(bytes);
    sixteen next = sixteen_at(bytes + 1);
    sixteen stops = (sixteen)(b == '<') | (sixteen)(b == '&') | (sixteen)(b < ' ') |
                    ((sixteen)(b == ' ') & (sixteen)(next == ' '));
    return !sixteen_any(stops) && !(after_space && bytes[0] == ' ');
}

/* The end of the words that begin at `at`, with one space between each. */
static size_t plain_end(struct str html, size_t at)
{
    static const bool stops[256] = {['<'] = true,  ['&'] = true,  ['\t'] = true, ['\n'] = true,
                                    ['\v'] = true, ['\f'] = true, ['\r'] = true};
    const unsigned char *bytes = (const unsigned char *)html.ptr;
    /* No branch for each space: where words end cannot be foretold. */
    unsigned after_space = 0;
    while (at < html.len) {
        if (html.len - at > 16 && is_plain(html.ptr + at, after_space)) {
            at += 16;
            after_space = bytes[at - 1] == ' ';
            continue;
        }
        size_t end = html.len - at < 16 ? html.len : at + 16;
        for (; at < end; at++) {
            unsigned space = bytes[at] == ' ';
            if (stops[bytes[at]] | (space & after_space))
                return at - after_space;
            after_space = space;
        }
    }
    return at - after_space;
}

void markup_text_of(struct str html, struct buf *out)
{
    struct text_writer writer = {.out = out, .start = out->len};
    size_t i = 0;
    while (i < html.len) {
        char byte = html.ptr[i];
        if (byte == '<') {
            i = pass_tag(&writer, html, i);
        } else if (byte == '&') {
            i += put_reference(&writer, str_after(html, i));
        } else if (str_is_space(byte)) {
            put_gap(&writer, writer.gap ? writer.gap : ' ');
            i++;
        } else {
            size_t end = plain_end(html, i);
            put_bytes(&writer, str_sub(html, i, end));
            i = end;
        }
    }
}

void markup_text(const struct markup *markup, size_t from, size_t to, struct buf *out)
{
    markup_text_of(str_sub(markup->html, from, to), out);
}

/* Scripts that are written without blanks between words. */
static bool script_has_no_blanks(uint32_t c)
{
    return (c >= 0x0E00 && c <= 0x0EFF) || /* Thai, Lao */
           (c >= 0x1000 && c <= 0x109F) || /* Myanmar */
           (c >= 0x1780 && c <= 0x17FF) || /* Khmer */
           (c >= 0x3040 && c <= 0x30FF) || /* Kana */
           (c >= 0x3400 && c <= 0x9FFF) || /* Han */
           (c >= 0xF900 && c <= 0xFAFF) || /* Han, compatibility */
           (c >= 0x20000 && c <= 0x3FFFF); /* Han, extensions */
}

static bool is_blank(uint32_t c)
{
    return c <= ' ' || c == 0xA0 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 ||
           c == 0x202F || c == 0x205F || c == 0x3000;
}

/* Letters and digits for counting; symbols and punctuation outside ASCII are in these blocks. */
static bool is_wordly(uint32_t c)
{
    if (c < 0x80)
        return str_is_alpha((char)c) || str_is_digit((char)c);
    return c >= 0xC0 && !(c >= 0x2000 && c <= 0x206F) && !(c >= 0x2190 && c <= 0x2BFF) &&
           !(c >= 0x3000 && c <= 0x303F);
}

size_t markup_words(struct str text)
{
    size_t words = 0;
    bool in_word = false;
    for (size_t i = 0; i < text.len;) {
        size_t len = 1;
        uint32_t c = (unsigned char)text.ptr[i];
        if (c >= 0x80)
            c = utf8_decode(str_after(text, i), &len);
        i += len;
        if (is_blank(c)) {
            in_word = false;
        } else if (script_has_no_blanks(c)) {
            words++;
            in_word = false;
        } else if (!in_word && is_wordly(c)) {
            words++;
            in_word = true;
        }
    }
    return words;
}

/* Counting goes on behind a tag, a reference or a character outside ASCII at `at`; returns the
 * offset behind. */
static size_t count_special(struct str html, size_t at, size_t *words, bool *in_word)
{
    if (html.ptr[at] == '<') {
        /* A '>' within a value would only make the count less exact. */
        const char *close = memchr(html.ptr + at, '>', html.len - at);
        size_t end = close ? (size_t)(close - html.ptr) + 1 : html.len;
        /* Two blocks that touch; others stand on lines of their own. */
        if (end < html.len && html.ptr[end] == '<' && html.ptr[at + 1] == '/')
            *in_word = false;
        return end;
    }
    if (html.ptr[at] == '&') {
        /* A reference that copse wrote: one sign, no letter. */
        size_t end = str_find_byte(str_sub(html, 0, at + 8), ';', at);
        return end == STR_NONE ? at + 1 : end + 1;
    }
    size_t len;
    uint32_t c = utf8_decode(str_after(html, at), &len);
    bool alone = script_has_no_blanks(c);
    bool wordly = is_wordly(c);
    *words += alone || (wordly && !*in_word);
    *in_word = !alone && !is_blank(c) && (*in_word || wordly);
    return at + len;
}

static const uint64_t each_byte = UINT64_C(0x0101010101010101);

/* The blanks behind words among eight bytes, a one in each. `dark` and `wordly` are 0xFF where a
 * byte is no blank, and where it is a letter or digit. Adding carries on through 0xFF: a letter or
 * digit carries over the rest of its dark bytes into the blank behind them, or out of all eight. */
static uint64_t word_ends(uint64_t dark, uint64_t wordly, bool *in_word)
{
    uint64_t sum;
    bool carried = __builtin_add_overflow(dark, wordly, &sum);
    carried |= __builtin_add_overflow(sum, (uint64_t)*in_word, &sum);
    *in_word = carried;
    return sum & ~dark & each_byte;
}

/* Counts on over sixteen bytes, without a branch for each. False, and nothing done, if a tag, a
 * reference or a character outside ASCII is among them. */
static bool count_sixteen(sixteen bytes, size_t *words, bool *in_word)
{
    if (sixteen_any((sixteen)(bytes == '<') | (sixteen)(bytes == '&') | (sixteen)(bytes >= 0x80)))
        return false;
    sixteen is_dark = (sixteen)(bytes > ' ');
    sixteen is_wordly = sixteen_within(bytes | 0x20, 'a', 'z') | sixteen_within(bytes, '0', '9');
    uint64_t dark[2], wordly[2];
    bool before = *in_word;
    memcpy(dark, &is_dark, sizeof dark);
    memcpy(wordly, &is_wordly, sizeof wordly);
    uint64_t ends = word_ends(dark[0], wordly[0], in_word) + word_ends(dark[1], wordly[1], in_word);
    /* A word counts where it begins: the last one now, the first before. */
    *words += (size_t)(ends * each_byte >> 56) + *in_word - before;
    return true;
}

/* markup_words() of html's text, without making that. */
static size_t words_of_html(struct str html)
{
    size_t words = 0;
    bool in_word = false;
    for (size_t i = 0; i < html.len;) {
        if (html.len - i >= 16 && count_sixteen(sixteen_at(html.ptr + i), &words, &in_word)) {
            i += 16;
            continue;
        }
        size_t end = html.len - i < 16 ? html.len : i + 16;
        while (i < end) {
            unsigned char c = (unsigned char)html.ptr[i];
            if (c == '<' || c == '&' || c >= 0x80) {
                i = count_special(html, i, &words, &in_word);
                break;
            }
            bool wordly = is_wordly(c);
            words += wordly && !in_word;
            in_word = wordly || (in_word && !is_blank(c));
            i++;
        }
    }
    return words;
}

size_t markup_word_count(const struct markup *markup)
{
    return words_of_html(markup->html);
}

void markup_add_note(struct markup_draft *draft, struct arena *arena, struct markup_note note)
{
    if (draft->notes.count > MARKUP_MAX_NOTES)
        return;
    if (draft->notes.count == MARKUP_MAX_NOTES) {
        note.message = STR("there is more of this kind further down; only the first are listed");
        note.hint = STR("");
    }
    *vec_push(arena, &draft->notes) = note;
}
