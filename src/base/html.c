#include "base/html.h"
#include "base/sixteen.h"
#include "base/utf8.h"

#include <string.h>

static const char *reference(char byte)
{
    switch (byte) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '"': return "&quot;";
    case '\'': return "&#39;";
    default: return NULL;
    }
}

/* What a byte is to those who copy texts in runs. */
enum { SPECIAL_HTML = 1, SPECIAL_ANY = 2, SPECIAL_URL = 4 };

#define H SPECIAL_HTML | SPECIAL_ANY
#define A SPECIAL_ANY
#define U SPECIAL_URL
#define N 0
/* By ASCII's rows of sixteen; what is no ASCII is SPECIAL_ANY and SPECIAL_URL. HTML: & < > " '.
 * Any: these, the backslash and controls. URL: what a path does not hold as it is, '%' too. */
static const unsigned char specials[128] = {A | U, A | U, A | U, A | U, A | U, A | U, A | U, A | U,
                                            A | U, A | U, A | U, A | U, A | U, A | U, A | U, A | U,
                                            A | U, A | U, A | U, A | U, A | U, A | U, A | U, A | U,
                                            A | U, A | U, A | U, A | U, A | U, A | U, A | U, A | U,
                                            /* space ! " # $ % & ' ( ) * + , - . / */
                                            U, N, H | U, U, N, U, H, H, N, N, N, N, N, N, N, N,
                                            /* 0-9 : ; < = > ? */
                                            N, N, N, N, N, N, N, N, N, N, N, N, H | U, N, H | U, U,
                                            /* @ A-O */
                                            N, N, N, N, N, N, N, N, N, N, N, N, N, N, N, N,
                                            /* P-Z [ \ ] ^ _ */
                                            N, N, N, N, N, N, N, N, N, N, N, U, A | U, U, U, N,
                                            /* ` a-o */
                                            U, N, N, N, N, N, N, N, N, N, N, N, N, N, N, N,
                                            /* p-z { | } ~ delete */
                                            N, N, N, N, N, N, N, N, N, N, N, U, U, U, N, A | U};
#undef H
#undef A
#undef U
#undef N

static unsigned special(char byte)
{
    unsigned char c = (unsigned char)byte;
    return c < 128 ? specials[c] : SPECIAL_ANY | SPECIAL_URL;
}

/* Where there is one of & ' < > ": of the first four two and two differ by one bit. */
static inline sixteen html_among(sixteen b)
{
    return (sixteen)((b | 1) == '\'') | (sixteen)((b | 2) == '>') | (sixteen)(b == '"');
}

static inline bool may_be_html(sixteen b)
{
    return sixteen_any(html_among(b));
}

static inline bool may_be_any(sixteen b)
{
    return sixteen_any(html_among(b) | ~sixteen_within(b, 0x20, 0x7e) | (sixteen)(b == '\\'));
}

/* Most of a path is letters, digits and - . / : */
static inline bool may_be_url(sixteen b)
{
    return sixteen_any(~(sixteen_within(b | 0x20, 'a', 'z') | sixteen_within(b, '-', ':')));
}

/* How many bytes from `at` on are none of `kind`: nearly all of a text, so it is copied in runs. */
static inline size_t run_without(struct str text, size_t at, unsigned kind)
{
    size_t end = kind == SPECIAL_HTML  ? sixteen_skip(text, at, may_be_html)
                 : kind == SPECIAL_ANY ? sixteen_skip(text, at, may_be_any)
                                       : sixteen_skip(text, at, may_be_url);
    while (end < text.len && !(special(text.ptr[end]) & kind))
        end++;
    return end - at;
}

void html_escape(struct buf *out, struct str text)
{
    size_t at = 0;
    for (;;) {
        size_t len = run_without(text, at, SPECIAL_HTML);
        buf_add(out, str_sub(text, at, at + len));
        at += len;
        if (at >= text.len)
            return;
        buf_adds(out, reference(text.ptr[at++]));
    }
}

/* How many bytes at `at` are printable ASCII that neither XML nor JSON writes otherwise. */
static size_t plain_run(struct str text, size_t at)
{
    return run_without(text, at, SPECIAL_ANY);
}

static void xml_put(struct buf *out, struct str text, uint32_t code_point)
{
    const char *written = text.len == 1 ? reference(text.ptr[0]) : NULL;
    if (written)
        buf_adds(out, written);
    else if (text.len == 1 && code_point == 0xFFFD)
        buf_adds(out, "\xEF\xBF\xBD");
    else if (code_point >= 0x20 && code_point != 0xFFFE && code_point != 0xFFFF)
        buf_add(out, text);
    else if (code_point == '\t' || code_point == '\n' || code_point == '\r')
        buf_add(out, text);
}

void xml_escape(struct buf *out, struct str text)
{
    for (size_t at = 0, len; at < text.len; at += len) {
        len = plain_run(text, at);
        if (len > 0) {
            buf_add(out, str_sub(text, at, at + len));
            continue;
        }
        uint32_t code_point = utf8_decode(str_after(text, at), &len);
        xml_put(out, str_sub(text, at, at + len), code_point);
    }
}

/* Adds the character that a reference at the front of `text` names; its length, 0 if none. */
static size_t add_reference(struct buf *out, struct str text)
{
    static const struct {
        struct str name;
        uint32_t code_point;
    } names[] = {{STR_INIT("&amp;"), '&'},  {STR_INIT("&lt;"), '<'},    {STR_INIT("&gt;"), '>'},
                 {STR_INIT("&quot;"), '"'}, {STR_INIT("&apos;"), '\''}, {STR_INIT("&nbsp;"), 0xA0},
                 {STR_INIT("&#39;"), '\''}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (str_starts(text, names[i].name)) {
            utf8_encode(out, names[i].code_point);
            return names[i].name.len;
        }
    }
    if (!str_starts(text, STR("&#")))
        return 0;
    bool hex = text.len > 2 && str_lower(text.ptr[2]) == 'x';
    uint32_t value = 0;
    size_t at = hex ? 3 : 2;
    size_t first = at;
    for (; at < text.len && at < first + 7; at++) {
        char c = str_lower(text.ptr[at]);
        bool letter = hex && c >= 'a' && c <= 'f';
        if (!letter && !str_is_digit(c))
            break;
        value = value * (hex ? 16 : 10) + (uint32_t)(letter ? c - 'a' + 10 : c - '0');
    }
    if (at == first || at >= text.len || text.ptr[at] != ';')
        return 0;
    utf8_encode(out, value ? value : 0xFFFD);
    return at + 1;
}

/* The length of the tag or comment at the front of `html`, 0 if it is plain text. */
static size_t markup_length(struct str html)
{
    if (html.len < 2 || !(str_is_alpha(html.ptr[1]) || str_has(STR("/!?"), str_sub(html, 1, 2))))
        return 0;
    if (str_starts(html, STR("<!--"))) {
        size_t end = str_find(html, STR("-->"), 4);
        return end == STR_NONE ? html.len : end + 3;
    }
    char quote = 0;
    for (size_t i = 1; i < html.len; i++) {
        char c = html.ptr[i];
        if (quote)
            quote = c == quote ? 0 : quote;
        else if (c == '"' || c == '\'')
            quote = c;
        else if (c == '>')
            return i + 1;
    }
    return html.len;
}

static bool breaks_line(struct str tag)
{
    static const struct str inline_tags[] = {
        STR_INIT("a"),   STR_INIT("abbr"), STR_INIT("b"),    STR_INIT("cite"), STR_INIT("code"),
        STR_INIT("em"),  STR_INIT("i"),    STR_INIT("kbd"),  STR_INIT("mark"), STR_INIT("q"),
        STR_INIT("s"),   STR_INIT("span"), STR_INIT("del"),  STR_INIT("ins"),  STR_INIT("small"),
        STR_INIT("sub"), STR_INIT("sup"),  STR_INIT("time"), STR_INIT("u"),    STR_INIT("strong"),
    };
    size_t start = tag.len > 1 && tag.ptr[1] == '/' ? 2 : 1;
    size_t end = start;
    while (end < tag.len && str_is_alpha(tag.ptr[end]))
        end++;
    struct str name = str_sub(tag, start, end);
    for (size_t i = 0; i < sizeof inline_tags / sizeof *inline_tags; i++) {
        if (str_eq_nocase(name, inline_tags[i]))
            return false;
    }
    return true;
}

void html_to_text(struct buf *out, struct str html)
{
    size_t start = out->len;
    bool gap = false;
    for (size_t at = 0; at < html.len;) {
        char c = html.ptr[at];
        size_t markup = c == '<' ? markup_length(str_after(html, at)) : 0;
        if (markup > 0 || str_is_space(c)) {
            gap = gap || markup == 0 || breaks_line(str_sub(html, at, at + markup));
            at += markup ? markup : 1;
            continue;
        }
        if (gap && out->len > start)
            buf_addc(out, ' ');
        gap = false;
        size_t used = c == '&' ? add_reference(out, str_after(html, at)) : 0;
        if (used == 0) {
            buf_addc(out, c);
            used = 1;
        }
        at += used;
    }
}

static bool is_unreserved(char c)
{
    return str_is_alpha(c) || str_is_digit(c) || c == '-' || c == '.' || c == '_' || c == '~';
}

static bool is_hex(char c)
{
    c = str_lower(c);
    return str_is_digit(c) || (c >= 'a' && c <= 'f');
}

static void add_percent(struct buf *out, char c)
{
    static const char digits[] = "0123456789ABCDEF";
    unsigned char byte = (unsigned char)c;
    buf_addc(out, '%');
    buf_addc(out, digits[byte >> 4]);
    buf_addc(out, digits[byte & 15]);
}

void url_escape_path(struct buf *out, struct str path)
{
    for (size_t at = 0; at < path.len;) {
        size_t len = run_without(path, at, SPECIAL_URL);
        buf_add(out, str_sub(path, at, at + len));
        at += len;
        if (at >= path.len)
            return;
        char c = path.ptr[at];
        if (c == '%' && at + 2 < path.len && is_hex(path.ptr[at + 1]) && is_hex(path.ptr[at + 2]))
            buf_addc(out, c);
        else
            add_percent(out, c);
        at++;
    }
}

struct str url_escaped(struct arena *arena, struct str path)
{
    if (run_without(path, 0, SPECIAL_URL) == path.len)
        return path;
    struct buf escaped = {0};
    url_escape_path(&escaped, path);
    struct str kept = arena_str(arena, buf_str(&escaped));
    buf_release(&escaped);
    return kept;
}

void url_escape_component(struct buf *out, struct str text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (is_unreserved(text.ptr[i]))
            buf_addc(out, text.ptr[i]);
        else
            add_percent(out, text.ptr[i]);
    }
}

static int hex_value(char c)
{
    c = str_lower(c);
    return str_is_digit(c) ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

void url_unescape(struct buf *out, struct str text)
{
    for (size_t i = 0; i < text.len; i++) {
        int high = text.ptr[i] == '%' && i + 2 < text.len ? hex_value(text.ptr[i + 1]) : -1;
        int low = high >= 0 ? hex_value(text.ptr[i + 2]) : -1;
        buf_addc(out, low >= 0 ? (char)(high * 16 + low) : text.ptr[i]);
        i += low >= 0 ? 2 : 0;
    }
}

/* The scheme as a browser reads it: leading blanks and controls skipped, tabs and line ends within
 * left out. Returns its length in `name`, 0 if the URL has none, or -1 if it cannot be a name. */
static int read_scheme(struct str url, char name[8])
{
    int len = 0;
    size_t at = 0;
    while (at < url.len && (unsigned char)url.ptr[at] <= 0x20)
        at++;
    for (; at < url.len; at++) {
        char c = url.ptr[at];
        if (c == '\t' || c == '\n' || c == '\r')
            continue;
        if (c == ':')
            return len;
        if (c == '/' || c == '?' || c == '#' || c == '\\')
            return 0;
        /* Any other odd byte before a colon: no browser takes it for a scheme, but we are strict.
         */
        bool fits =
            str_is_alpha(c) || (len > 0 && (str_is_digit(c) || c == '+' || c == '-' || c == '.'));
        if (!fits)
            return str_find_byte(str_after(url, at), ':', 0) == STR_NONE ? 0 : -1;
        if (len < 8)
            name[len] = str_lower(c);
        len++;
    }
    return 0;
}

bool url_is_safe(struct str url)
{
    static const struct str allowed[] = {STR_INIT("http"), STR_INIT("https"), STR_INIT("mailto"),
                                         STR_INIT("tel")};
    char name[8];
    if (str_starts(url, STR("/")))
        return true;
    int len = read_scheme(url, name);
    if (len == 0)
        return !str_starts(str_trim_left(url), STR(":"));
    if (len < 0 || len > 8)
        return false;
    for (size_t i = 0; i < sizeof allowed / sizeof *allowed; i++) {
        if (str_eq((struct str){name, (size_t)len}, allowed[i]))
            return true;
    }
    return false;
}

bool url_is_external(struct str url)
{
    char name[8];
    if (!str_starts(url, STR("/")) && read_scheme(url, name) != 0)
        return true;
    url = str_trim_left(url);
    return url.len >= 2 && (url.ptr[0] == '/' || url.ptr[0] == '\\') &&
           (url.ptr[1] == '/' || url.ptr[1] == '\\');
}

struct str url_as_read(struct arena *arena, struct str url)
{
    while (url.len > 0 && (unsigned char)url.ptr[0] <= 0x20)
        url = str_after(url, 1);
    while (url.len > 0 && (unsigned char)url.ptr[url.len - 1] <= 0x20)
        url.len--;
    size_t odd = 0;
    while (odd < url.len && url.ptr[odd] != '\t' && url.ptr[odd] != '\n' && url.ptr[odd] != '\r')
        odd++;
    if (odd == url.len)
        return url;
    char *kept = arena_alloc(arena, url.len);
    size_t len = 0;
    for (size_t i = 0; i < url.len; i++) {
        if (url.ptr[i] != '\t' && url.ptr[i] != '\n' && url.ptr[i] != '\r')
            kept[len++] = url.ptr[i];
    }
    return (struct str){kept, len};
}

static void json_put(struct buf *out, struct str text, uint32_t c)
{
    if (c == '"' || c == '\\') {
        buf_addc(out, '\\');
        buf_addc(out, (char)c);
    } else if (c == '\n') {
        buf_adds(out, "\\n");
    } else if (c == '\t') {
        buf_adds(out, "\\t");
    } else if (c < 0x20 || c == 0x7F || c == '<' || c == '>' || c == '&' || c == 0x2028 ||
               c == 0x2029) {
        buf_addf(out, "\\u%04x", (unsigned)c);
    } else if (text.len == 1 && c == 0xFFFD) {
        buf_adds(out, "\xEF\xBF\xBD");
    } else {
        buf_add(out, text);
    }
}

void json_escape(struct buf *out, struct str text)
{
    buf_addc(out, '"');
    for (size_t at = 0, len; at < text.len; at += len) {
        len = plain_run(text, at);
        if (len > 0) {
            buf_add(out, str_sub(text, at, at + len));
            continue;
        }
        uint32_t c = utf8_decode(str_after(text, at), &len);
        json_put(out, str_sub(text, at, at + len), c);
    }
    buf_addc(out, '"');
}
