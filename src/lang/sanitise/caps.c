/* What gumbo would take too long for is found before it is asked.
 *
 * It searches its stack of open elements at nearly every tag, so its time is about the sum, over
 * all tags, of how deep each one stands. That sum is estimated here, from above: a tag that the
 * author wrote counts as open until an end tag of its name, or for ever where tables or the like
 * can keep an end tag from counting. */
#include "lang/sanitise/sanitise_internal.h"

#include <gumbo.h>

#define MAX_COST ((uint64_t)20 * 1000 * 1000)
#define MAX_CLONES ((uint64_t)1000 * 1000)

struct estimate {
    const struct sanitise_input *input;
    struct str html;
    size_t origin; /* the one that we are in */
    uint64_t cost;
    uint64_t tags;
    uint64_t depth; /* of what Markdown made, which closes what it opens */
    uint64_t raw_depth;
    uint64_t formatting; /* start tags with attributes that later blocks would repeat */
    uint32_t open[GUMBO_TAG_LAST];
    bool scopes; /* an end tag may be out of scope */
};

static bool is_void(GumboTag tag)
{
    switch (tag) {
    case GUMBO_TAG_AREA:
    case GUMBO_TAG_BASE:
    case GUMBO_TAG_BR:
    case GUMBO_TAG_COL:
    case GUMBO_TAG_EMBED:
    case GUMBO_TAG_HR:
    case GUMBO_TAG_IMG:
    case GUMBO_TAG_INPUT:
    case GUMBO_TAG_LINK:
    case GUMBO_TAG_META:
    case GUMBO_TAG_PARAM:
    case GUMBO_TAG_SOURCE:
    case GUMBO_TAG_TRACK:
    case GUMBO_TAG_WBR: return true;
    default: return false;
    }
}

static bool limits_scope(GumboTag tag)
{
    switch (tag) {
    case GUMBO_TAG_APPLET:
    case GUMBO_TAG_BUTTON:
    case GUMBO_TAG_CAPTION:
    case GUMBO_TAG_MARQUEE:
    case GUMBO_TAG_MATH:
    case GUMBO_TAG_OBJECT:
    case GUMBO_TAG_SELECT:
    case GUMBO_TAG_SVG:
    case GUMBO_TAG_TABLE:
    case GUMBO_TAG_TD:
    case GUMBO_TAG_TEMPLATE:
    case GUMBO_TAG_TH: return true;
    default: return false;
    }
}

static bool is_formatting(GumboTag tag)
{
    switch (tag) {
    case GUMBO_TAG_B:
    case GUMBO_TAG_BIG:
    case GUMBO_TAG_CODE:
    case GUMBO_TAG_EM:
    case GUMBO_TAG_FONT:
    case GUMBO_TAG_I:
    case GUMBO_TAG_S:
    case GUMBO_TAG_SMALL:
    case GUMBO_TAG_STRIKE:
    case GUMBO_TAG_STRONG:
    case GUMBO_TAG_TT:
    case GUMBO_TAG_U: return true;
    default: return false;
    }
}

/* The end of a tag, and roughly how many attributes it has. */
static size_t scan_tag(struct str html, size_t at, size_t *attributes)
{
    char quote = '\0';
    bool between = false;
    *attributes = 0;
    for (; at < html.len; at++) {
        char byte = html.ptr[at];
        if (quote) {
            quote = byte == quote ? '\0' : quote;
            continue;
        }
        if (byte == '>')
            return at + 1;
        if (str_is_space(byte) || byte == '/') {
            between = true;
        } else if (between && byte != '=') {
            (*attributes)++;
            between = false;
        }
        if ((byte == '"' || byte == '\'') && html.ptr[at - 1] == '=')
            quote = byte;
    }
    return html.len;
}

static size_t name_end(struct str html, size_t at)
{
    while (at < html.len && !str_is_space(html.ptr[at]) && html.ptr[at] != '/' &&
           html.ptr[at] != '>')
        at++;
    return at;
}

static bool is_raw(struct estimate *estimate, size_t at)
{
    const struct sanitise_input *input = estimate->input;
    while (estimate->origin + 1 < input->origin_count &&
           input->origins[estimate->origin + 1].html <= at)
        estimate->origin++;
    return input->origin_count == 0 || input->origins[estimate->origin].raw;
}

static void count_raw(struct estimate *estimate, GumboTag tag, bool end_tag, size_t attributes)
{
    estimate->scopes |= limits_scope(tag);
    if (end_tag) {
        if (tag < GUMBO_TAG_UNKNOWN && estimate->open[tag] > 0 && !estimate->scopes) {
            estimate->open[tag]--;
            estimate->raw_depth--;
        }
    } else if (!is_void(tag)) {
        if (tag < GUMBO_TAG_UNKNOWN)
            estimate->open[tag]++;
        estimate->raw_depth++;
        estimate->formatting += is_formatting(tag) && attributes > 0;
    }
}

/* Looks at the tag whose '<' is at `at`; returns the offset behind it, or behind the '<' if there
 * is none, or STR_NONE if it has too many attributes. */
static size_t see_tag(struct estimate *estimate, size_t at)
{
    struct str html = estimate->html;
    bool end_tag = at + 1 < html.len && html.ptr[at + 1] == '/';
    size_t name = at + 1 + end_tag;
    if (name >= html.len || !str_is_alpha(html.ptr[name]))
        return at + 1;
    size_t name_to = name_end(html, name);
    GumboTag tag = gumbo_tagn_enum(html.ptr + name, (unsigned)(name_to - name));
    size_t attributes;
    size_t end = scan_tag(html, name_to, &attributes);
    if (attributes > SANITISE_MAX_ATTRIBUTES)
        return STR_NONE;
    estimate->tags++;
    estimate->cost += estimate->depth + estimate->raw_depth;
    if (is_raw(estimate, at))
        count_raw(estimate, tag, end_tag, attributes);
    else if (end_tag)
        estimate->depth -= estimate->depth > 0;
    else
        estimate->depth += !is_void(tag);
    return end;
}

bool sanitise_within_caps(const struct sanitise_input *input)
{
    struct str html = input->html;
    struct estimate estimate = {.input = input, .html = html};
    if (html.len >= UINT32_MAX)
        return false;
    for (size_t at = str_find_byte(html, '<', 0); at != STR_NONE;
         at = str_find_byte(html, '<', at)) {
        at = see_tag(&estimate, at);
        if (at == STR_NONE || estimate.cost > MAX_COST)
            return false;
    }
    return estimate.formatting * estimate.tags <= MAX_CLONES;
}
