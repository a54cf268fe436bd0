/* Jekyll's filters over text and dates. markdownify, relative_url and absolute_url need
 * the site: the host brings them. */
#include "lang/liquid/filter.h"
#include "lang/liquid/json.h"
#include "lang/liquid/moment.h"
#include "lang/liquid/number.h"
#include "lang/liquid/smart.h"
#include "lang/liquid/text.h"

#include "base/html.h"
#include "base/utf8.h"
#include "lang/slug.h"

#include <stdio.h>
#include <string.h>

static struct value jsonify(struct liquid_run *run, struct value input,
                            const struct liquid_arguments *arguments)
{
    (void)arguments;
    struct buf out = {0};
    run_json(run, input, &out);
    return value_text(run_keep(run, &out));
}

static struct value inspect(struct liquid_run *run, struct value input,
                            const struct liquid_arguments *arguments)
{
    (void)arguments;
    struct buf out = {0};
    run_inspect(run, input, &out);
    return value_text(run_keep(run, &out));
}

static struct value escape_xml(struct liquid_run *run, struct value input,
                               const struct liquid_arguments *arguments)
{
    (void)arguments;
    struct buf out = {0};
    xml_escape(&out, run_text(run, input));
    return value_html(run_keep(run, &out));
}

static struct value percent(struct liquid_run *run, struct value input, const char *kept, bool plus)
{
    struct str text = run_text(run, input);
    struct buf out = {0};
    for (size_t i = 0; i < text.len; i++) {
        char byte = text.ptr[i];
        if (str_is_alpha(byte) || str_is_digit(byte) || (byte != '\0' && strchr(kept, byte)))
            buf_addc(&out, byte);
        else if (plus && byte == ' ')
            buf_addc(&out, '+');
        else
            buf_addf(&out, "%%%02X", (unsigned)(unsigned char)byte);
    }
    return text_like(input, run_keep(run, &out));
}

static struct value cgi_escape(struct liquid_run *run, struct value input,
                               const struct liquid_arguments *arguments)
{
    (void)arguments;
    return percent(run, input, "-_.~*", true);
}

static struct value uri_escape(struct liquid_run *run, struct value input,
                               const struct liquid_arguments *arguments)
{
    (void)arguments;
    return percent(run, input, "-_.!~*'();/?:@&=+$,[]#%", false);
}

static struct value normalize_whitespace(struct liquid_run *run, struct value input,
                                         const struct liquid_arguments *arguments)
{
    (void)arguments;
    struct str text = str_trim(run_text(run, input));
    char *bytes = run_bytes(run, text.len);
    size_t length = 0;
    for (size_t i = 0; i < text.len; i++) {
        bool space = str_is_space(text.ptr[i]);
        if (!space || !str_is_space(text.ptr[i - 1]))
            bytes[length++] = space ? ' ' : text.ptr[i];
    }
    return text_like(input, (struct str){bytes, length});
}

static bool is_cjk(uint32_t code)
{
    return (code >= 0x3040 && code <= 0x30ff) || (code >= 0x3400 && code <= 0x9fff) ||
           (code >= 0xac00 && code <= 0xd7a3);
}

/* "cjk" counts each Chinese, Japanese or Korean character as a word; "auto" does if there are any.
 */
static struct value number_of_words(struct liquid_run *run, struct value input,
                                    const struct liquid_arguments *arguments)
{
    struct str text = run_text(run, input);
    bool each = arguments->count > 0 && arguments->items[0].type != VALUE_NIL;
    int64_t words = 0;
    bool inside = false;
    for (size_t i = 0; i < text.len;) {
        size_t length = 1;
        uint32_t code = utf8_decode(str_after(text, i), &length);
        bool cjk = each && is_cjk(code);
        bool space = str_is_space(text.ptr[i]);
        words += cjk || (!space && !inside);
        inside = !space && !cjk;
        i += length;
    }
    return value_integer(words);
}

static struct value smartify(struct liquid_run *run, struct value input,
                             const struct liquid_arguments *arguments)
{
    (void)arguments;
    struct buf out = {0};
    smart_write(run_text(run, input), input.type == VALUE_HTML, &out);
    return text_like(input, run_keep(run, &out));
}

/* ---- slugify */

enum slug_mode { SLUG_DEFAULT, SLUG_RAW, SLUG_PRETTY, SLUG_ASCII, SLUG_LATIN, SLUG_NONE };

static enum slug_mode slug_mode(struct str name)
{
    static const char *const names[] = {"default", "raw", "pretty", "ascii", "latin", "none"};
    for (int i = 0; i < 6; i++)
        if (str_eq(name, str_from(names[i])))
            return (enum slug_mode)i;
    return SLUG_DEFAULT;
}

static bool slug_keeps(enum slug_mode mode, char byte)
{
    bool plain = str_is_alpha(byte) || str_is_digit(byte);
    bool beyond = (unsigned char)byte >= 0x80;
    switch (mode) {
    case SLUG_RAW: return !str_is_space(byte);
    case SLUG_PRETTY:
        return plain || beyond || (byte != '\0' && strchr("._~!$&'()+,;=@", byte) != NULL);
    case SLUG_ASCII: return plain;
    default: return plain || beyond;
    }
}

static struct value slugify(struct liquid_run *run, struct value input,
                            const struct liquid_arguments *arguments)
{
    struct str name = arguments->count > 0 ? run_text(run, arguments->items[0]) : STR("default");
    enum slug_mode mode = slug_mode(name);
    if (input.type == VALUE_NIL)
        return input;
    struct str text = run_text(run, input);
    if (mode == SLUG_NONE)
        return text_like(input, text);
    if (mode == SLUG_LATIN)
        return text_like(input, slug_fold(run->arena, text));
    text = text_case(run, text, TEXT_LOWER);
    char *bytes = run_bytes(run, text.len);
    size_t length = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (slug_keeps(mode, text.ptr[i]))
            bytes[length++] = text.ptr[i];
        else if (length > 0 && bytes[length - 1] != '-')
            bytes[length++] = '-';
    }
    while (length > 0 && bytes[length - 1] == '-')
        length--;
    return text_like(input, (struct str){bytes, length});
}

/* ---- dates */

static struct value shown(struct liquid_run *run, struct value input, const char *format)
{
    struct date_time time;
    struct str zone_name;
    if (!moment_of(run, input, &time, &zone_name))
        return input;
    struct buf out = {0};
    date_format(&out, &time, str_from(format), zone_name, NULL);
    return value_text(run_keep(run, &out));
}

static const char *ordinal_end(int day)
{
    if (day >= 11 && day <= 13)
        return "th";
    return day % 10 == 1 ? "st" : day % 10 == 2 ? "nd" : day % 10 == 3 ? "rd" : "th";
}

/* date_to_string: "ordinal", perhaps "US". */
static struct value day_text(struct liquid_run *run, struct value input,
                             const struct liquid_arguments *arguments, const char *month)
{
    struct date_time time;
    struct str zone_name;
    char format[40];
    bool ordinal =
        arguments->count > 0 && str_eq(run_text(run, arguments->items[0]), STR("ordinal"));
    bool american = arguments->count > 1 && str_eq(run_text(run, arguments->items[1]), STR("US"));
    if (!ordinal)
        snprintf(format, sizeof format, "%%d %s %%Y", month);
    else if (!moment_of(run, input, &time, &zone_name))
        return input;
    else if (american)
        snprintf(format, sizeof format, "%s %%-d%s, %%Y", month, ordinal_end(time.day));
    else
        snprintf(format, sizeof format, "%%-d%s %s %%Y", ordinal_end(time.day), month);
    return shown(run, input, format);
}

static struct value date_to_string(struct liquid_run *run, struct value input,
                                   const struct liquid_arguments *arguments)
{
    return day_text(run, input, arguments, "%b");
}

static struct value date_to_long_string(struct liquid_run *run, struct value input,
                                        const struct liquid_arguments *arguments)
{
    return day_text(run, input, arguments, "%B");
}

static struct value date_to_xmlschema(struct liquid_run *run, struct value input,
                                      const struct liquid_arguments *arguments)
{
    (void)arguments;
    return shown(run, input, "%Y-%m-%dT%H:%M:%S%:z");
}

static struct value date_to_rfc822(struct liquid_run *run, struct value input,
                                   const struct liquid_arguments *arguments)
{
    (void)arguments;
    return shown(run, input, "%a, %d %b %Y %H:%M:%S %z");
}

static struct value to_integer(struct liquid_run *run, struct value input,
                               const struct liquid_arguments *arguments)
{
    (void)arguments;
    if (input.type == VALUE_BOOLEAN)
        return value_integer(input.boolean);
    struct value number = number_of(run, input);
    if (number.type != VALUE_FLOAT)
        return number;
    return value_integer(number.number > -9e18 && number.number < 9e18 ? (int64_t)number.number
                                                                       : 0);
}

static const struct filter_entry entries[] = {
    {STR_INIT("jsonify"), 0, 0, FILTER_JSON, jsonify, NULL},
    {STR_INIT("inspect"), 0, 0, FILTER_ORDINARY, inspect, NULL},
    {STR_INIT("xml_escape"), 0, 0, FILTER_ORDINARY, escape_xml, NULL},
    {STR_INIT("cgi_escape"), 0, 0, FILTER_ORDINARY, cgi_escape, NULL},
    {STR_INIT("uri_escape"), 0, 0, FILTER_ORDINARY, uri_escape, NULL},
    {STR_INIT("normalize_whitespace"), 0, 0, FILTER_ORDINARY, normalize_whitespace, NULL},
    {STR_INIT("number_of_words"), 0, 1, FILTER_NUMBER, number_of_words, NULL},
    {STR_INIT("smartify"), 0, 0, FILTER_ORDINARY, smartify, NULL},
    {STR_INIT("slugify"), 0, 1, FILTER_ORDINARY, slugify, NULL},
    {STR_INIT("date_to_string"), 0, 2, FILTER_ORDINARY, date_to_string, NULL},
    {STR_INIT("date_to_long_string"), 0, 2, FILTER_ORDINARY, date_to_long_string, NULL},
    {STR_INIT("date_to_xmlschema"), 0, 0, FILTER_ORDINARY, date_to_xmlschema, NULL},
    {STR_INIT("date_to_rfc822"), 0, 0, FILTER_ORDINARY, date_to_rfc822, NULL},
    {STR_INIT("to_integer"), 0, 0, FILTER_NUMBER, to_integer, NULL},
};

const struct filter_table filters_jekyll_text = {entries, sizeof entries / sizeof *entries};
