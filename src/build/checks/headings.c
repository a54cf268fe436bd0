/* heading-level: headings that skip a level, so that who hears the page cannot tell what is part
 * of what. The page's title is level 1, so a body may begin with 1 or 2. */
#include "build/checks/checks_internal.h"

/* The level of a heading that a line begins (`## Like this`, or an <h2>), or 0. Marks of quotes and
 * lists may stand in front. */
static int level_of(struct str line)
{
    size_t at = 0;
    while (at < line.len && (line.ptr[at] == ' ' || line.ptr[at] == '>' || line.ptr[at] == '-' ||
                             line.ptr[at] == '*' || line.ptr[at] == '+'))
        at++;
    size_t marks = at;
    while (marks < line.len && line.ptr[marks] == '#')
        marks++;
    if (marks > at && (marks == line.len || str_is_space(line.ptr[marks])))
        return (int)(marks - at);
    for (char digit = '1'; digit <= '6'; digit++) {
        const char small[] = {'<', 'h', digit, '\0'};
        const char large[] = {'<', 'H', digit, '\0'};
        if (str_has(line, str_from(small)) || str_has(line, str_from(large)))
            return digit - '0';
    }
    return 0;
}

static bool is_fence(struct str line)
{
    struct str bare = str_trim_left(line);
    return str_starts(bare, STR("```")) || str_starts(bare, STR("~~~"));
}

/* Where heading number `wanted` (from 0) of those of `level` stands: only its tree knew, so the
 * lines are counted again. The whole file if it cannot be found. */
static struct span find_heading(const struct check *check, int level, size_t wanted)
{
    const struct record *record = check->entry->record;
    struct str bytes = check_source(check);
    struct str rest = str_after(bytes, record->front_matter.end);
    struct str line;
    bool fenced = false;
    while (str_line(&rest, &line)) {
        if (is_fence(line))
            fenced = !fenced;
        if (fenced || level_of(line) != level)
            continue;
        size_t start = (size_t)(line.ptr - bytes.ptr);
        if (wanted-- == 0)
            return span_of(record->text, start, start + line.len);
    }
    return span_file(record->text);
}

void check_headings(const struct check *check)
{
    const struct markup *body = &check->entry->record->body;
    size_t seen[7] = {0};
    int level = 1;
    for (size_t i = 0; i < body->heading_count; i++) {
        struct markup_heading heading = markup_heading_at(body, i);
        if (heading.level > level + 1) {
            diag_add(check->diags, SEVERITY_WARNING, "heading-level",
                     find_heading(check, heading.level, seen[heading.level]),
                     "'%.*s' is a heading of level %d, and %s is of level %d",
                     STR_ARG(heading.text), heading.level,
                     i > 0 ? "the one above it" : "the page's title above it", level);
            diag_hint(check->diags,
                      "write it with %d # in front; levels are for order, not for size", level + 1);
        }
        seen[heading.level]++;
        level = heading.level;
    }
}
