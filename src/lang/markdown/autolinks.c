/* Extended autolinks: what GitHub takes for a URL or an e-mail address in running text. */
#include "base/utf8.h"
#include "lang/markdown/extensions.h"

#include <string.h>

static bool is_alnum(char byte)
{
    return str_is_alpha(byte) || str_is_digit(byte);
}

static bool is_host_char(struct str text, size_t at, size_t *len)
{
    unsigned char byte = (unsigned char)text.ptr[at];
    *len = 1;
    if (byte < 0x80)
        return is_alnum((char)byte) || byte == '-' || byte == '_' || byte == '.';
    uint32_t c = utf8_decode(str_after(text, at), len);
    /* The last two blocks hold the characters that md_choose_marker() marks escapes with. */
    return c != 0xA0 && c != 0x3000 && !(c >= 0x2000 && c <= 0x206F) && c != 0xFFFD &&
           !(c >= 0x12470 && c <= 0x12474) && !(c >= 0x10A50 && c <= 0x10A58);
}

/* The end of a domain that begins at `at`, or 0 if it is none: no underscore in its last two
 * parts, and a dot in it if `dotted`. */
static size_t domain_end(struct str text, size_t at, bool dotted)
{
    size_t dots = 0;
    bool underscore_before = false;
    bool underscore = false;
    size_t i = at;
    for (size_t len; i < text.len && is_host_char(text, i, &len); i += len) {
        if (text.ptr[i] == '_') {
            underscore = true;
        } else if (text.ptr[i] == '.') {
            underscore_before = underscore;
            underscore = false;
            dots++;
        }
    }
    if (i == at || ((underscore || underscore_before) && dots <= 10) || (dotted && dots == 0))
        return 0;
    return i;
}

/* Where a semicolon at the end closes what looks like a character reference: its start. */
static size_t before_reference(struct str text, size_t start, size_t end)
{
    size_t at = end - 1;
    while (at > start && str_is_alpha(text.ptr[at - 1]))
        at--;
    return at < end - 1 && at > start && text.ptr[at - 1] == '&' ? at - 1 : end - 1;
}

/* Takes off the end what belongs to the sentence and not to the link. */
static size_t trim_end(struct str text, size_t start, size_t end)
{
    size_t open = 0;
    size_t closed = 0;
    for (size_t i = start; i < end; i++) {
        open += text.ptr[i] == '(';
        closed += text.ptr[i] == ')';
    }
    while (end > start) {
        char last = text.ptr[end - 1];
        if (last == ')' && closed > open) {
            closed--;
            end--;
        } else if (last == ';') {
            end = before_reference(text, start, end);
        } else if (strchr("?!.,:*_~'\"", last)) {
            end--;
        } else {
            break;
        }
    }
    return end;
}

static size_t url_end(struct str text, size_t start, size_t domain)
{
    size_t end = domain;
    while (end < text.len && !str_is_space(text.ptr[end]) && text.ptr[end] != '<')
        end++;
    return trim_end(text, start, end);
}

static bool match_www(struct str text, size_t from, size_t at, bool start_ok,
                      struct md_autolink *out)
{
    if (!str_starts(str_after(text, at), STR("www.")) || (at == 0 && !start_ok))
        return false;
    if (at > 0 && !str_is_space(text.ptr[at - 1]) && !strchr("*_~(", text.ptr[at - 1]))
        return false;
    size_t domain = domain_end(text, at, true);
    if (domain <= at + 4 || at < from)
        return false;
    *out = (struct md_autolink){at, url_end(text, at, domain), STR("http://")};
    return out->end > at + 4;
}

static bool match_url(struct str text, size_t from, size_t at, struct md_autolink *out)
{
    if (!str_starts(str_after(text, at), STR("://")))
        return false;
    size_t start = at;
    while (start > from && at - start < 6 && str_is_alpha(text.ptr[start - 1]))
        start--;
    struct str scheme = str_sub(text, start, at);
    if (!str_eq_nocase(scheme, STR("http")) && !str_eq_nocase(scheme, STR("https")) &&
        !str_eq_nocase(scheme, STR("ftp")))
        return false;
    size_t host = at + 3;
    if (host >= text.len || (!is_alnum(text.ptr[host]) && (unsigned char)text.ptr[host] < 0x80))
        return false;
    size_t domain = domain_end(text, host, false);
    if (domain == 0)
        return false;
    *out = (struct md_autolink){start, url_end(text, start, domain), STR("")};
    return out->end > host;
}

/* An address with `mailto:` or `xmpp:` in front links to itself; behind that of a chat may stand
 * one slash and what is there: xmpp:jo@example.org/phone. */
static void take_protocol(struct str text, size_t from, struct md_autolink *out)
{
    static const struct str protocols[] = {STR_INIT("mailto:"), STR_INIT("xmpp:")};
    for (size_t i = 0; i < sizeof protocols / sizeof protocols[0]; i++) {
        size_t len = protocols[i].len;
        if (out->start < from + len ||
            !str_eq_nocase(str_sub(text, out->start - len, out->start), protocols[i]))
            continue;
        out->start -= len;
        out->prefix = STR("");
        if (i == 0 || out->end >= text.len || text.ptr[out->end] != '/')
            return;
        size_t end = out->end + 1;
        while (end < text.len && (is_alnum(text.ptr[end]) || strchr("@.", text.ptr[end])))
            end++;
        end = trim_end(text, out->start, end);
        if (end > out->end + 1)
            out->end = end;
        return;
    }
}

static bool match_email(struct str text, size_t from, size_t at, struct md_autolink *out)
{
    size_t start = at;
    while (start > from && (is_alnum(text.ptr[start - 1]) || strchr(".+-_", text.ptr[start - 1])))
        start--;
    if (start == at)
        return false;
    size_t dots = 0;
    size_t end = at + 1;
    for (; end < text.len; end++) {
        char byte = text.ptr[end];
        if (is_alnum(byte) || byte == '-' || byte == '_')
            continue;
        if (byte != '.' || end + 1 >= text.len || !is_alnum(text.ptr[end + 1]))
            break;
        dots++;
    }
    if (dots == 0 || (end < text.len && text.ptr[end] == '@') || !str_is_alpha(text.ptr[end - 1]))
        return false;
    *out = (struct md_autolink){start, end, STR("mailto:")};
    take_protocol(text, from, out);
    return true;
}

bool md_autolink_at(struct str text, size_t from, size_t at, bool start_ok, struct md_autolink *out)
{
    switch (text.ptr[at]) {
    case 'w': return match_www(text, from, at, start_ok, out);
    case ':': return match_url(text, from, at, out);
    case '@': return match_email(text, from, at, out);
    default: return false;
    }
}
