#include "lang/liquid/surroundings.h"

#include <string.h>

void surroundings_forget(struct surroundings *here)
{
    bool in_attribute = here->state >= HTML_NAME && here->state <= HTML_UNQUOTED;
    bool in_value = here->state >= HTML_DOUBLE && here->state <= HTML_UNQUOTED;
    bool in_text =
        here->state == HTML_TEXT || here->state == HTML_COMMENT || here->state == HTML_DECLARATION;
    if (!in_attribute)
        here->attribute = HTML_PLAIN_ATTRIBUTE;
    if (!in_value || !surroundings_link(here, &(enum liquid_link_kind){0})) {
        here->settled = 0;
        here->dynamic = 0;
    }
    if (in_text)
        here->element = here->shares = 0;
}

uint32_t surroundings_pack(const struct surroundings *here)
{
    struct surroundings kept = *here;
    surroundings_forget(&kept);
    return (uint32_t)kept.state | (uint32_t)kept.attribute << 8 | (uint32_t)kept.element << 16 |
           (uint32_t)(kept.settled != 0) << 24 | (uint32_t)(kept.dynamic != 0) << 25 |
           (uint32_t)(kept.shares != 0) << 26;
}

struct surroundings surroundings_unpack(uint32_t packed)
{
    return (struct surroundings){.state = (uint8_t)(packed & 255),
                                 .attribute = (uint8_t)(packed >> 8 & 255),
                                 .element = (uint8_t)(packed >> 16 & 255),
                                 .settled = (uint8_t)(packed >> 24 & 1),
                                 .dynamic = (uint8_t)(packed >> 25 & 1),
                                 .shares = (uint8_t)(packed >> 26 & 1)};
}

bool surroundings_link(const struct surroundings *here, enum liquid_link_kind *kind)
{
    switch ((enum html_attribute)here->attribute) {
    case HTML_URL_ATTRIBUTE: *kind = LIQUID_LINK_URL; return true;
    case HTML_SRCSET_ATTRIBUTE: *kind = LIQUID_LINK_SRCSET; return true;
    case HTML_ID_ATTRIBUTE: *kind = LIQUID_LINK_ID; return true;
    default: return false;
    }
}

const char *surroundings_name(const struct surroundings *here)
{
    switch ((enum html_state)here->state) {
    case HTML_TEXT: return "in text";
    case HTML_TAG_OPEN:
    case HTML_TAG_NAME: return "in a tag's name";
    case HTML_IN_TAG:
    case HTML_AFTER_NAME: return "inside a tag";
    case HTML_NAME: return "in an attribute's name";
    case HTML_EQUALS:
    case HTML_UNQUOTED: return "in an attribute without quotes";
    case HTML_DOUBLE:
    case HTML_SINGLE:
        return here->attribute == HTML_URL_ATTRIBUTE ? "inside a URL in quotes"
                                                     : "inside an attribute's quotes";
    case HTML_COMMENT: return "inside an HTML comment";
    case HTML_DECLARATION: return "inside <! … >";
    case HTML_SCRIPT: return "inside <script>";
    case HTML_STYLE: return "inside <style>";
    }
    return "somewhere else";
}

static uint8_t attribute_kind(struct str name)
{
    static const char *const urls[] = {
        "href",       "src",  "action",     "formaction", "poster",   "data",     "ping",
        "xlink:href", "cite", "background", "manifest",   "longdesc", "codebase", "icon"};
    for (size_t i = 0; i < sizeof urls / sizeof *urls; i++)
        if (str_eq_nocase(name, str_from(urls[i])))
            return HTML_URL_ATTRIBUTE;
    if (str_eq_nocase(name, STR("srcset")) || str_eq_nocase(name, STR("imagesrcset")))
        return HTML_SRCSET_ATTRIBUTE;
    if (str_eq_nocase(name, STR("id")))
        return HTML_ID_ATTRIBUTE;
    if (str_eq_nocase(name, STR("style")))
        return HTML_STYLE_ATTRIBUTE;
    if (str_eq_nocase(name, STR("srcdoc")))
        return HTML_SRCDOC_ATTRIBUTE;
    if (name.len > 2 && str_eq_nocase(str_sub(name, 0, 2), STR("on")))
        return HTML_EVENT_ATTRIBUTE;
    return HTML_PLAIN_ATTRIBUTE;
}

static bool ends_name(char byte)
{
    return str_is_space(byte) || byte == '/' || byte == '>' || byte == '=';
}

/* Behind the tag's >. */
static void leave_tag(struct surroundings *here)
{
    here->state = here->element != 0 ? here->element : HTML_TEXT;
    here->element = 0;
    here->shares = 0;
    here->attribute = HTML_PLAIN_ATTRIBUTE;
    here->element_name = (struct str){0};
}

static size_t step_text(struct surroundings *here, struct str text, size_t at)
{
    size_t open = str_find_byte(text, '<', at);
    if (open == STR_NONE)
        return text.len;
    struct str rest = str_after(text, open);
    if (str_starts(rest, STR("<!--"))) {
        here->state = HTML_COMMENT;
        return open + 4;
    }
    char next = rest.len > 1 ? rest.ptr[1] : '\0';
    if (next == '!' || next == '?') {
        here->state = HTML_DECLARATION;
        return open + 2;
    }
    if (next == '/' || str_is_alpha(next) || rest.len == 1) {
        here->state = HTML_TAG_OPEN;
        return open + 1;
    }
    return open + 1;
}

static size_t step_tag_name(struct surroundings *here, struct str text, size_t at)
{
    size_t start = at;
    bool closing = here->state == HTML_TAG_OPEN && at < text.len && text.ptr[at] == '/';
    if (closing)
        start = ++at;
    while (at < text.len && !ends_name(text.ptr[at]))
        at++;
    struct str name = str_sub(text, start, at);
    if (here->state == HTML_TAG_OPEN) {
        here->element_name = name;
        here->element = 0;
        here->shares = 0;
        if (!closing && str_eq_nocase(name, STR("script")))
            here->element = HTML_SCRIPT;
        else if (!closing && str_eq_nocase(name, STR("style")))
            here->element = HTML_STYLE;
    }
    here->state = at < text.len ? HTML_IN_TAG : HTML_TAG_NAME;
    return at;
}

static size_t step_in_tag(struct surroundings *here, struct str text, size_t at)
{
    while (at < text.len && (str_is_space(text.ptr[at]) || text.ptr[at] == '/'))
        at++;
    if (at >= text.len)
        return at;
    if (text.ptr[at] == '>') {
        leave_tag(here);
        return at + 1;
    }
    here->state = HTML_NAME;
    here->attribute_name = str_sub(text, at, at);
    return at;
}

static size_t step_name(struct surroundings *here, struct str text, size_t at)
{
    size_t start = at;
    /* A name may begin with '=', says HTML. */
    if (at < text.len && here->attribute_name.len == 0 && text.ptr[at] == '=')
        at++;
    while (at < text.len && !ends_name(text.ptr[at]))
        at++;
    here->attribute_name = str_sub(text, start, at);
    here->attribute = attribute_kind(here->attribute_name);
    if (here->shares && str_eq_nocase(here->attribute_name, STR("content")))
        here->attribute = HTML_URL_ATTRIBUTE;
    if (at < text.len)
        here->state = HTML_AFTER_NAME;
    return at;
}

static size_t step_after_name(struct surroundings *here, struct str text, size_t at)
{
    while (at < text.len && str_is_space(text.ptr[at]))
        at++;
    if (at >= text.len)
        return at;
    if (text.ptr[at] == '=') {
        here->state = HTML_EQUALS;
        return at + 1;
    }
    here->state = HTML_IN_TAG;
    return at;
}

static size_t step_equals(struct surroundings *here, struct str text, size_t at)
{
    while (at < text.len && str_is_space(text.ptr[at]))
        at++;
    if (at >= text.len)
        return at;
    char byte = text.ptr[at];
    if (byte == '>') {
        here->state = HTML_IN_TAG;
        return at;
    }
    here->state = byte == '"' ? HTML_DOUBLE : byte == '\'' ? HTML_SINGLE : HTML_UNQUOTED;
    here->settled = here->dynamic = 0;
    at += byte == '"' || byte == '\'';
    here->value_start = text.ptr + at;
    return at;
}

/* Literal text in a URL decides its scheme with the first of : / ? # , unless a value printed
 * before it may have begun one. */
static void settle(struct surroundings *here, struct str part)
{
    if (here->settled || here->dynamic)
        return;
    for (size_t i = 0; i < part.len; i++)
        if (part.ptr[i] == '/' || part.ptr[i] == '?' || part.ptr[i] == '#' || part.ptr[i] == ':')
            here->settled = 1;
    if (here->attribute == HTML_SRCSET_ATTRIBUTE)
        here->settled = 0; /* each candidate begins anew */
}

/* Whether an attribute that ends at `end` says that the content of its <meta> is an address: that
 * of a picture or the like that is shown where the page is shared (ogp.me). */
static bool names_address(const struct surroundings *here, const char *end)
{
    static const char *const names[] = {
        "og:url",   "og:image", "og:image:url", "og:image:secure_url",
        "og:video", "og:audio", "twitter:image"};
    if (!str_eq_nocase(here->element_name, STR("meta")) || here->value_start == NULL ||
        (!str_eq_nocase(here->attribute_name, STR("property")) &&
         !str_eq_nocase(here->attribute_name, STR("name"))))
        return false;
    struct str value = {here->value_start, (size_t)(end - here->value_start)};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_eq_nocase(value, str_from(names[i])))
            return true;
    return false;
}

static size_t step_value(struct surroundings *here, struct str text, size_t at, bool *ended)
{
    size_t end = at;
    if (here->state == HTML_UNQUOTED) {
        while (end < text.len && !str_is_space(text.ptr[end]) && text.ptr[end] != '>')
            end++;
        if (end == text.len)
            end = STR_NONE;
    } else {
        end = str_find_byte(text, here->state == HTML_DOUBLE ? '"' : '\'', at);
    }
    settle(here, str_sub(text, at, end == STR_NONE ? text.len : end));
    *ended = end != STR_NONE;
    return end == STR_NONE ? text.len : end;
}

/* Up to the end tag of the raw element, whose < is left to be read as a tag. */
static size_t step_raw(struct surroundings *here, struct str text, size_t at)
{
    struct str end = here->state == HTML_SCRIPT ? STR("</script") : STR("</style");
    for (size_t i = at; i + end.len <= text.len; i++)
        if (text.ptr[i] == '<' && str_eq_nocase(str_sub(text, i, i + end.len), end)) {
            here->state = HTML_TEXT;
            return i;
        }
    return text.len;
}

static size_t step_until(struct surroundings *here, struct str text, size_t at, struct str mark)
{
    size_t end = str_find(text, mark, at);
    if (end == STR_NONE)
        return text.len;
    here->state = HTML_TEXT;
    return end + mark.len;
}

static size_t step(struct surroundings *here, struct str text, size_t at)
{
    switch ((enum html_state)here->state) {
    case HTML_TEXT: return step_text(here, text, at);
    case HTML_TAG_OPEN:
    case HTML_TAG_NAME: return step_tag_name(here, text, at);
    case HTML_IN_TAG: return step_in_tag(here, text, at);
    case HTML_NAME: return step_name(here, text, at);
    case HTML_AFTER_NAME: return step_after_name(here, text, at);
    case HTML_EQUALS: return step_equals(here, text, at);
    case HTML_COMMENT: return step_until(here, text, at, STR("-->"));
    case HTML_DECLARATION: return step_until(here, text, at, STR(">"));
    case HTML_SCRIPT:
    case HTML_STYLE: return step_raw(here, text, at);
    default: return at;
    }
}

static bool in_value(const struct surroundings *here)
{
    return here->state == HTML_DOUBLE || here->state == HTML_SINGLE || here->state == HTML_UNQUOTED;
}

enum html_event surroundings_step(struct surroundings *here, struct str text, size_t *at)
{
    enum liquid_link_kind kind;
    while (*at < text.len) {
        if (here->quote) {
            here->quote = 0;
            ++*at;
            continue;
        }
        if (!in_value(here)) {
            *at = step(here, text, *at);
            if (in_value(here) && surroundings_link(here, &kind))
                return HTML_VALUE_BEGINS;
            continue;
        }
        bool ended;
        *at = step_value(here, text, *at, &ended);
        if (!ended)
            continue;
        here->shares |= names_address(here, text.ptr + *at);
        here->quote = here->state != HTML_UNQUOTED;
        here->state = HTML_IN_TAG;
        if (surroundings_link(here, &kind))
            return HTML_VALUE_ENDS;
    }
    return HTML_NOTHING;
}
