#include "lang/markdown/bounds.h"

#include <stdint.h>

/* How often pictures, or lists and quotes, may be looked at again: so many times for each byte, and
 * so many in any case. */
enum { LOOKS_A_BYTE = 64, LOOKS_ANYWAY = 16384 };

/* Of what may stand in front of a list's or quote's text, each byte adds at most two levels (a tab
 * is four columns), and a list's text is indented by two columns at least. So a line of more levels
 * than a byte may be looked at begins with this many such bytes, and looking at every so many bytes
 * finds it. */
enum { SHORTEST = LOOKS_A_BYTE / 2, STEP = SHORTEST / 2 };

static bool is_within(size_t looked_at, size_t times, size_t bytes)
{
    return (uint64_t)looked_at * times <= LOOKS_ANYWAY + (uint64_t)LOOKS_A_BYTE * bytes;
}

static bool may_lead(char byte)
{
    static const bool leads[256] = {
        [' '] = true, ['\t'] = true, ['>'] = true, ['-'] = true, ['+'] = true, ['*'] = true,
        ['.'] = true, [')'] = true,  ['0'] = true, ['1'] = true, ['2'] = true, ['3'] = true,
        ['4'] = true, ['5'] = true,  ['6'] = true, ['7'] = true, ['8'] = true, ['9'] = true};
    return leads[(unsigned char)byte];
}

static bool ends_line(char byte)
{
    return byte == '\n' || byte == '\r';
}

/* The length of the mark of a list or a quote at the front of `text`, or 0. */
static size_t mark_length(struct str text)
{
    size_t len = 0;
    while (len < text.len && str_is_digit(text.ptr[len]))
        len++;
    if (len == text.len)
        return 0;
    char byte = text.ptr[len];
    if (len == 0 && byte == '>')
        return 1;
    bool marks = len == 0 ? byte == '-' || byte == '+' || byte == '*' : byte == '.' || byte == ')';
    len++;
    bool apart = len == text.len || text.ptr[len] == ' ' || text.ptr[len] == '\t' ||
                 ends_line(text.ptr[len]);
    return marks && apart ? len : 0;
}

/* How many lists and quotes the line that begins at `at` can be in, at most: those that its marks
 * begin, and those that the columns in front of the last of them can be the indent of. The column
 * behind a mark belongs to that. */
static size_t levels_of(struct str text, size_t at)
{
    size_t marks = 0;
    size_t columns = 0;
    size_t most = 0;
    bool behind_mark = false;
    while (at < text.len) {
        char byte = text.ptr[at];
        if (byte == ' ' || byte == '\t') {
            columns += byte == ' ' ? 1 : 4;
            columns -= behind_mark;
            behind_mark = false;
            at++;
            continue;
        }
        size_t len = mark_length(str_after(text, at));
        if (len == 0)
            break;
        marks++;
        at += len;
        most = marks + columns / 2;
        behind_mark = true;
    }
    return most;
}

/* The start of the line of `at`, if nothing but what may lead stands between; else STR_NONE. */
static size_t leading_from(struct str text, size_t at)
{
    while (at > 0 && may_lead(text.ptr[at - 1]))
        at--;
    return at == 0 || ends_line(text.ptr[at - 1]) ? at : STR_NONE;
}

/* The levels of the deepest line, which begins at *at; 0 if there is none of note. */
static size_t deepest(struct str text, size_t *at)
{
    size_t most = 0;
    size_t probe = STEP;
    while (probe < text.len) {
        if (!may_lead(text.ptr[probe])) {
            probe += STEP;
            continue;
        }
        size_t start = leading_from(text, probe);
        size_t levels = start == STR_NONE ? 0 : levels_of(text, start);
        if (levels > most) {
            most = levels;
            *at = start;
        }
        /* On behind the run, so that none is looked at twice. */
        while (probe < text.len && may_lead(text.ptr[probe]))
            probe++;
        probe += STEP;
    }
    return most;
}

/* How many bytes there are that may make an emphasis, a link or anything else within a text: those
 * in front of lines not counted. */
static size_t count_inlines(struct str text)
{
    static const bool makes[256] = {
        ['*'] = true, ['_'] = true, ['['] = true, [']'] = true, ['~'] = true, [':'] = true,
        ['@'] = true, ['.'] = true, ['`'] = true, ['<'] = true, ['{'] = true};
    size_t count = 0;
    bool leads = true;
    for (size_t at = 0; at < text.len; at++) {
        leads = ends_line(text.ptr[at]) || (leads && may_lead(text.ptr[at]));
        count += !leads && makes[(unsigned char)text.ptr[at]];
    }
    return count;
}

static bool is_too_deep(struct str text, size_t *at)
{
    size_t levels = deepest(text, at);
    return levels > LOOKS_A_BYTE && !is_within(levels, count_inlines(text), text.len);
}

/* Counts up to a blank line, which ends every paragraph; returns the offset behind it. */
static size_t count_brackets(struct str text, size_t at, size_t *pictures, size_t *brackets)
{
    bool blank = false;
    *pictures = 0;
    *brackets = 0;
    for (; at < text.len; at++) {
        char byte = text.ptr[at];
        if (ends_line(byte)) {
            if (blank)
                return at + 1;
            blank = true;
        } else if (byte != ' ' && byte != '\t') {
            blank = false;
            *brackets += byte == '[';
            *pictures += byte == '[' && at > 0 && text.ptr[at - 1] == '!';
        }
    }
    return at;
}

static bool has_too_many_pictures(struct str text, const struct md_features *features, size_t *at)
{
    if (is_within(features->pictures, features->brackets, 0))
        return false;
    for (size_t start = 0; start < text.len;) {
        size_t pictures;
        size_t brackets;
        size_t end = count_brackets(text, start, &pictures, &brackets);
        if (!is_within(pictures, brackets, end - start)) {
            *at = start;
            return true;
        }
        start = end;
    }
    return false;
}

enum md_excess md_exceeds(struct str text, const struct md_features *features, size_t *at)
{
    if (is_too_deep(text, at))
        return MD_TOO_DEEP;
    return has_too_many_pictures(text, features, at) ? MD_TOO_MANY_PICTURES : MD_WITHIN_BOUNDS;
}
