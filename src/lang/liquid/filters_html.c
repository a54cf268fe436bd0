/* HTML, URLs, base64, JSON. */
#include "lang/liquid/filter.h"
#include "lang/liquid/text.h"

#include "base/html.h"
#include "base/utf8.h"

#include <string.h>

static struct value escape(struct liquid_run *run, struct value input,
                           const struct liquid_arguments *arguments)
{
    (void)arguments;
    if (input.type == VALUE_NIL)
        return input;
    struct buf out = {0};
    html_escape(&out, run_text(run, input));
    return value_html(run_keep(run, &out));
}

/* With autoescape what is html already stays: Jekyll's layouts escape rendered Markdown's titles.
 */
static struct value escape_once(struct liquid_run *run, struct value input,
                                const struct liquid_arguments *arguments)
{
    (void)arguments;
    if (input.type == VALUE_NIL)
        return value_html(STR(""));
    struct buf out = {0};
    struct str text = run_text(run, input);
    for (size_t i = 0; i < text.len; i++) {
        size_t end = i + 1;
        if (text.ptr[i] == '&') {
            bool number = end < text.len && text.ptr[end] == '#';
            size_t start = end += number;
            while (end < text.len &&
                   (number ? str_is_digit(text.ptr[end]) : str_is_alpha(text.ptr[end])))
                end++;
            if (end > start && end < text.len && text.ptr[end] == ';') {
                buf_add(&out, str_sub(text, i, end + 1));
                i = end;
                continue;
            }
        }
        html_escape(&out, str_sub(text, i, i + 1));
    }
    return value_html(run_keep(run, &out));
}

static struct value raw(struct liquid_run *run, struct value input,
                        const struct liquid_arguments *arguments)
{
    (void)arguments;
    return input.type == VALUE_NIL ? input : value_html(run_text(run, input));
}

/* ---- strip_html, as Ruby's regular expressions do it */

static bool skip_block(struct str text, size_t at, const char *open, const char *close, size_t *end)
{
    if (!str_starts(str_after(text, at), str_from(open)))
        return false;
    size_t found = str_find(text, str_from(close), at);
    if (found == STR_NONE)
        return false;
    *end = found + strlen(close);
    return true;
}

static struct str without_blocks(struct liquid_run *run, struct str text)
{
    char *bytes = run_bytes(run, text.len);
    size_t length = 0;
    bool open[3] = {true, true, true};
    static const char *const marks[3][2] = {
        {"<script", "</script>"}, {"<!--", "-->"}, {"<style", "</style>"}};
    for (size_t i = 0; i < text.len;) {
        size_t end = i;
        for (int kind = 0; kind < 3 && text.ptr[i] == '<' && end == i; kind++) {
            if (!open[kind] || !str_starts(str_after(text, i), str_from(marks[kind][0])))
                continue;
            if (!skip_block(text, i, marks[kind][0], marks[kind][1], &end))
                open[kind] = false; /* no end further on either */
        }
        if (end > i) {
            i = end;
            continue;
        }
        size_t next = str_find_byte(text, '<', i + 1);
        size_t stop = next == STR_NONE ? text.len : next;
        memcpy(bytes + length, text.ptr + i, stop - i);
        length += stop - i;
        i = stop;
    }
    return (struct str){bytes, length};
}

static struct value strip_html(struct liquid_run *run, struct value input,
                               const struct liquid_arguments *arguments)
{
    (void)arguments;
    struct str text = without_blocks(run, run_text(run, input));
    char *bytes = run_bytes(run, text.len);
    size_t length = 0;
    for (size_t i = 0; i < text.len;) {
        size_t open = str_find_byte(text, '<', i);
        size_t end = open == STR_NONE ? STR_NONE : str_find_byte(text, '>', open);
        size_t stop = end == STR_NONE ? text.len : open;
        memcpy(bytes + length, text.ptr + i, stop - i);
        length += stop - i;
        i = end == STR_NONE ? text.len : end + 1;
    }
    return text_like(input, (struct str){bytes, length});
}

static struct value newline_to_br(struct liquid_run *run, struct value input,
                                  const struct liquid_arguments *arguments)
{
    (void)arguments;
    struct value parts[2] = {input, value_html(STR("<br />"))};
    bool html = text_level(run, parts, 2);
    struct str text = parts[0].str;
    struct buf out = {0};
    struct str line;
    size_t from = 0;
    size_t end = str_find_byte(text, '\n', 0);
    if (end == STR_NONE)
        return parts[0];
    for (; end != STR_NONE; end = str_find_byte(text, '\n', from)) {
        line = str_sub(text, from, end > from && text.ptr[end - 1] == '\r' ? end - 1 : end);
        buf_add(&out, line);
        buf_adds(&out, "<br />\n");
        from = end + 1;
    }
    buf_add(&out, str_after(text, from));
    struct str result = run_keep(run, &out);
    return html || run->liquid->settings.autoescape ? value_html(result) : value_text(result);
}

/* ---- URLs */

/* Ruby's CGI.escape leaves these. */
static const bool stays[256] = {
    ['*'] = true, ['-'] = true, ['.'] = true, ['0'] = true, ['1'] = true, ['2'] = true,
    ['3'] = true, ['4'] = true, ['5'] = true, ['6'] = true, ['7'] = true, ['8'] = true,
    ['9'] = true, ['A'] = true, ['B'] = true, ['C'] = true, ['D'] = true, ['E'] = true,
    ['F'] = true, ['G'] = true, ['H'] = true, ['I'] = true, ['J'] = true, ['K'] = true,
    ['L'] = true, ['M'] = true, ['N'] = true, ['O'] = true, ['P'] = true, ['Q'] = true,
    ['R'] = true, ['S'] = true, ['T'] = true, ['U'] = true, ['V'] = true, ['W'] = true,
    ['X'] = true, ['Y'] = true, ['Z'] = true, ['_'] = true, ['a'] = true, ['b'] = true,
    ['c'] = true, ['d'] = true, ['e'] = true, ['f'] = true, ['g'] = true, ['h'] = true,
    ['i'] = true, ['j'] = true, ['k'] = true, ['l'] = true, ['m'] = true, ['n'] = true,
    ['o'] = true, ['p'] = true, ['q'] = true, ['r'] = true, ['s'] = true, ['t'] = true,
    ['u'] = true, ['v'] = true, ['w'] = true, ['x'] = true, ['y'] = true, ['z'] = true,
    ['~'] = true};

static struct value url_encode(struct liquid_run *run, struct value input,
                               const struct liquid_arguments *arguments)
{
    (void)arguments;
    if (input.type == VALUE_NIL)
        return input;
    struct str text = run_text(run, input);
    static const char digits[] = "0123456789ABCDEF";
    char *out = run_bytes(run, 3 * text.len); /* at most that */
    size_t length = 0;
    for (size_t i = 0; i < text.len && !run->failed; i++) {
        unsigned char byte = (unsigned char)text.ptr[i];
        if (stays[byte]) {
            out[length++] = (char)byte;
        } else if (byte == ' ') {
            out[length++] = '+';
        } else {
            out[length++] = '%';
            out[length++] = digits[byte >> 4];
            out[length++] = digits[byte & 15];
        }
    }
    return text_like(input, (struct str){out, length});
}

static int hexadecimal(char byte)
{
    if (str_is_digit(byte))
        return byte - '0';
    byte = str_lower(byte);
    return byte >= 'a' && byte <= 'f' ? byte - 'a' + 10 : -1;
}

static struct value url_decode(struct liquid_run *run, struct value input,
                               const struct liquid_arguments *arguments)
{
    (void)arguments;
    if (input.type == VALUE_NIL)
        return input;
    struct str text = run_text(run, input);
    char *bytes = run_bytes(run, text.len);
    size_t length = 0;
    for (size_t i = 0; i < text.len; i++) {
        int high = i + 2 < text.len && text.ptr[i] == '%' ? hexadecimal(text.ptr[i + 1]) : -1;
        int low = high >= 0 ? hexadecimal(text.ptr[i + 2]) : -1;
        if (low >= 0) {
            bytes[length++] = (char)(high * 16 + low);
            i += 2;
        } else {
            bytes[length++] = text.ptr[i] == '+' ? ' ' : text.ptr[i];
        }
    }
    struct str decoded = {bytes, length};
    if (utf8_invalid(decoded) != STR_NONE) {
        run_fail(run, "what url_decode gives is not text (UTF-8)");
        return value_nil();
    }
    return value_text(decoded);
}

/* ---- base64 (RFC 4648) */

static const char standard[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
static const char url_safe[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

static struct value encode(struct liquid_run *run, struct value input, const char *alphabet)
{
    struct str text = run_text(run, input);
    char *bytes = run_bytes(run, (text.len + 2) / 3 * 4);
    size_t length = 0;
    for (size_t i = 0; i < text.len; i += 3) {
        uint32_t group = 0;
        size_t have = text.len - i < 3 ? text.len - i : 3;
        for (size_t j = 0; j < 3; j++)
            group = group << 8 | (j < have ? (unsigned char)text.ptr[i + j] : 0);
        for (size_t j = 0; j < 4; j++)
            bytes[length++] = j <= have ? alphabet[group >> (18 - 6 * j) & 63] : '=';
    }
    return value_text((struct str){bytes, length});
}

static struct value decode(struct liquid_run *run, struct value input, const char *alphabet,
                           bool padded)
{
    struct str text = run_text(run, input);
    char *bytes = run_bytes(run, text.len);
    size_t length = 0;
    uint32_t group = 0;
    unsigned bits = 0;
    size_t end = text.len;
    bool right = !padded || text.len % 4 == 0;
    for (int i = 0; i < 2 && end > 0 && text.ptr[end - 1] == '='; i++)
        end--;
    right = right && end % 4 != 1 && (end == text.len || text.len % 4 == 0);
    for (size_t i = 0; i < end && right; i++) {
        const char *found = text.ptr[i] == '\0' ? NULL : strchr(alphabet, text.ptr[i]);
        right = found != NULL;
        if (!right)
            break;
        group = group << 6 | (uint32_t)(found - alphabet);
        bits += 6;
        if (bits >= 8) {
            bits -= 8;
            bytes[length++] = (char)(group >> bits & 255);
        }
    }
    struct str decoded = {bytes, length};
    if (!right || utf8_invalid(decoded) != STR_NONE) {
        run_fail(run, "this is not base64 of a text");
        return value_nil();
    }
    return value_text(decoded);
}

static struct value base64_encode(struct liquid_run *run, struct value input,
                                  const struct liquid_arguments *arguments)
{
    (void)arguments;
    return encode(run, input, standard);
}

static struct value base64_decode(struct liquid_run *run, struct value input,
                                  const struct liquid_arguments *arguments)
{
    (void)arguments;
    return decode(run, input, standard, true);
}

static struct value base64_url_safe_encode(struct liquid_run *run, struct value input,
                                           const struct liquid_arguments *arguments)
{
    (void)arguments;
    return encode(run, input, url_safe);
}

static struct value base64_url_safe_decode(struct liquid_run *run, struct value input,
                                           const struct liquid_arguments *arguments)
{
    (void)arguments;
    return decode(run, input, url_safe, false);
}

static const struct filter_entry entries[] = {
    {STR_INIT("escape"), 0, 0, FILTER_ORDINARY, escape, NULL},
    {STR_INIT("h"), 0, 0, FILTER_ORDINARY, escape, NULL},
    {STR_INIT("escape_once"), 0, 0, FILTER_ORDINARY, escape_once, NULL},
    {STR_INIT("raw"), 0, 0, FILTER_RAW, raw, NULL},
    {STR_INIT("strip_html"), 0, 0, FILTER_ORDINARY, strip_html, NULL},
    {STR_INIT("newline_to_br"), 0, 0, FILTER_ORDINARY, newline_to_br, NULL},
    {STR_INIT("url_encode"), 0, 0, FILTER_ORDINARY, url_encode, NULL},
    {STR_INIT("url_decode"), 0, 0, FILTER_ORDINARY, url_decode, NULL},
    {STR_INIT("base64_encode"), 0, 0, FILTER_ORDINARY, base64_encode, NULL},
    {STR_INIT("base64_decode"), 0, 0, FILTER_ORDINARY, base64_decode, NULL},
    {STR_INIT("base64_url_safe_encode"), 0, 0, FILTER_ORDINARY, base64_url_safe_encode, NULL},
    {STR_INIT("base64_url_safe_decode"), 0, 0, FILTER_ORDINARY, base64_url_safe_decode, NULL},
};

const struct filter_table filters_html = {entries, sizeof entries / sizeof *entries};
