/* Where things stand in the author's file. cmark's columns are wrong behind stripped white space
 * and joined text, so they are only where the search begins. */
#include "base/vec.h"
#include "lang/markdown/markdown_internal.h"
#include "lang/markup/markup_internal.h"

#include <stdarg.h>
#include <string.h>

/* The first of the bytes by which an inline of that type begins, at or behind `from`. */
static size_t find_opener(struct str line, cmark_node *node, size_t from)
{
    const char *openers;
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_LINK: openers = "[<"; break;
    case CMARK_NODE_IMAGE: openers = "!"; break;
    case CMARK_NODE_HTML_INLINE: openers = "<"; break;
    default: return from < line.len ? from : line.len;
    }
    for (size_t i = from; i < line.len; i++) {
        if (line.ptr[i] == openers[0] || (openers[1] && line.ptr[i] == openers[1]))
            return i;
    }
    return STR_NONE;
}

static struct md_place place_on_line(struct md_job *job, size_t line_start, size_t from, size_t to)
{
    return (struct md_place){md_source_offset(&job->prepared, line_start + from),
                             md_source_offset(&job->prepared, line_start + to)};
}

/* Where it ends: cmark's column if there is a bracket, else behind the target if that stands behind
 * the opener on the same line, else the end of the line. */
static size_t find_end(cmark_node *node, struct str line, size_t found, struct str needle)
{
    if (cmark_node_get_end_line(node) == cmark_node_get_start_line(node)) {
        size_t column = (size_t)cmark_node_get_end_column(node);
        if (column > found && column <= line.len && strchr(")>]", line.ptr[column - 1]))
            return column;
    }
    size_t end = needle.len > 0 ? str_find(line, needle, found) : STR_NONE;
    if (end == STR_NONE)
        return str_trim_right(line).len;
    end += needle.len;
    return end < line.len && (line.ptr[end] == ')' || line.ptr[end] == '>') ? end + 1 : end;
}

struct md_place md_place_of(struct md_job *job, cmark_node *node, struct str needle)
{
    const struct md_mark *mark = md_mark_of(node);
    if (mark && mark->kind == MD_MARK_AUTOLINK)
        return (struct md_place){mark->source, mark->source + needle.len};
    int line_number = cmark_node_get_start_line(node);
    int column = cmark_node_get_start_column(node);
    if (line_number < 1)
        return (struct md_place){md_source_offset(&job->prepared, 0),
                                 md_source_offset(&job->prepared, 0)};
    size_t start;
    struct str line = md_line(&job->prepared, job->arena, (size_t)line_number, &start);
    size_t from = column > 1 ? (size_t)column - 1 : 0;
    size_t found = find_opener(line, node, from);
    if (found == STR_NONE)
        found = find_opener(line, node, 0);
    if (found == STR_NONE)
        found = from < line.len ? from : 0;
    size_t end = find_end(node, line, found, needle);
    return place_on_line(job, start, found, end > found ? end : found);
}

void md_note(struct md_job *job, enum markup_rule rule, struct md_place place, struct str hint,
             const char *format, ...)
{
    struct buf message = {0};
    va_list arguments;
    va_start(arguments, format);
    buf_vaddf(&message, format, arguments);
    va_end(arguments);
    markup_add_note(job->out, job->arena,
                    (struct markup_note){.rule = rule,
                                         .message = arena_str(job->arena, buf_str(&message)),
                                         .hint = hint,
                                         .source_start = place.start,
                                         .source_end = place.end});
    buf_release(&message);
}

void md_origin(struct md_job *job, size_t source, enum md_origin_kind kind)
{
    if (!job->keeps_origins)
        return;
    *vec_push(job->arena, &job->origins) = (struct sanitise_origin){.html = job->html.len,
                                                                    .source = source,
                                                                    .verbatim = kind == MD_COPIED,
                                                                    .raw = kind != MD_MADE};
}
