/* HTML in the source: passed on, for the sanitiser to judge or because there is no policy. */
#include "lang/markdown/markdown_internal.h"
#include "lang/markup/markup_internal.h"

/* The length of the comment <!--more--> (blanks allowed) at the front of `html`, or 0. */
static size_t more_comment(struct str html)
{
    if (!str_starts(html, STR("<!--")))
        return 0;
    size_t end = str_find(html, STR("-->"), 4);
    if (end == STR_NONE || !str_eq_nocase(str_trim(str_sub(html, 4, end)), STR("more")))
        return 0;
    return end + 3;
}

/* Whether all of it is one comment: nothing for the sanitiser to do, and nothing lost. */
static bool is_comment(struct str html)
{
    return str_starts(html, STR("<!--")) && str_ends(html, STR("-->")) &&
           str_find(html, STR("-->"), 2) == html.len - 3;
}

/* Copies the block's lines, each with the place it comes from. */
static void put_lines(struct md_job *job, cmark_node *node, struct str html)
{
    if (!job->keeps_origins) {
        buf_add(&job->html, html);
        return;
    }
    size_t number = (size_t)cmark_node_get_start_line(node);
    while (html.len > 0) {
        size_t end = str_find_byte(html, '\n', 0);
        size_t len = end == STR_NONE ? html.len : end + 1;
        size_t start;
        struct str line = md_line(&job->prepared, job->arena, number++, &start);
        size_t found = str_find(line, str_trim_right(str_sub(html, 0, len)), 0);
        md_origin(job, md_source_offset(&job->prepared, start + (found == STR_NONE ? 0 : found)),
                  found != STR_NONE ? MD_COPIED : MD_RAW);
        buf_add(&job->html, str_sub(html, 0, len));
        html = str_after(html, len);
    }
    md_origin(job, md_source_offset(&job->prepared, 0), MD_MADE);
}

/* The tags that GitHub shows as text. */
static bool is_filtered(struct str at)
{
    static const struct str names[] = {
        STR_INIT("title"),    STR_INIT("textarea"), STR_INIT("style"),
        STR_INIT("xmp"),      STR_INIT("iframe"),   STR_INIT("noembed"),
        STR_INIT("noframes"), STR_INIT("script"),   STR_INIT("plaintext")};
    size_t name = at.len > 1 && at.ptr[1] == '/' ? 2 : 1;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        size_t end = name + names[i].len;
        if (end >= at.len || !str_eq_nocase(str_sub(at, name, end), names[i]))
            continue;
        char next = at.ptr[end];
        return str_is_space(next) || next == '>' ||
               (next == '/' && end + 1 < at.len && at.ptr[end + 1] == '>');
    }
    return false;
}

static void put_filtered(struct buf *out, struct str html)
{
    size_t done = 0;
    for (size_t at = str_find_byte(html, '<', 0); at != STR_NONE;
         at = str_find_byte(html, '<', at + 1)) {
        if (!is_filtered(str_after(html, at)))
            continue;
        buf_add(out, str_sub(html, done, at));
        buf_add(out, STR("&lt;"));
        done = at + 1;
    }
    buf_add(out, str_after(html, done));
}

void md_print_html_block(struct md_job *job, cmark_node *node)
{
    struct str html = str_from(cmark_node_get_literal(node));
    size_t more = more_comment(html);
    if (more > 0 && !job->lead_found && job->top == job->root &&
        cmark_node_parent(node) == job->root) {
        md_print_fresh_line(job);
        job->out->lead_end = job->html.len;
        job->out->has_more = true;
        job->lead_found = true;
    }
    if (more > 0 && job->options->policy)
        html = str_after(html, more);
    struct str trimmed = str_trim(html);
    if (job->options->policy && (trimmed.len == 0 || is_comment(trimmed)))
        return;
    md_print_fresh_line(job);
    job->raw_html = true;
    switch (job->raw) {
    case MD_RAW_PASS: put_lines(job, node, html); break;
    case MD_RAW_FILTER: put_filtered(&job->html, html); break;
    case MD_RAW_ESCAPE:
        buf_add(&job->html, STR("<p>"));
        markup_put_text(&job->html, trimmed);
        buf_add(&job->html, STR("</p>\n"));
        break;
    }
    md_print_fresh_line(job);
}

void md_print_html_inline(struct md_job *job, cmark_node *node)
{
    struct str html = str_from(cmark_node_get_literal(node));
    if (more_comment(html) > 0 && job->top == job->root && !job->lead_found)
        job->more_pending = true;
    if (job->options->policy && is_comment(html))
        return;
    job->raw_html = true;
    switch (job->raw) {
    case MD_RAW_PASS:
        if (job->keeps_origins) {
            struct md_place place = md_place_of(job, node, (struct str){NULL, 0});
            md_origin(job, place.start, MD_COPIED);
            buf_add(&job->html, html);
            md_origin(job, place.start, MD_MADE);
        } else {
            buf_add(&job->html, html);
        }
        break;
    case MD_RAW_FILTER: put_filtered(&job->html, html); break;
    case MD_RAW_ESCAPE: markup_put_text(&job->html, html); break;
    }
}
