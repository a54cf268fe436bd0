/* cmark's tree as HTML: blocks. The output is that of cmark's own renderer, byte for byte, but for
 * what the options add. */
#include "base/html.h"
#include "lang/markdown/blocks.h"
#include "lang/markdown/markdown_internal.h"
#include "lang/markup/markup_internal.h"

#include <string.h>

void md_print_fresh_line(struct md_job *job)
{
    struct buf *html = &job->html;
    if (html->len > 0 && html->ptr[html->len - 1] != '\n')
        buf_addc(html, '\n');
}

static void print_list(struct md_job *job, cmark_node *node, bool entering)
{
    bool bullet = cmark_node_get_list_type(node) == CMARK_BULLET_LIST;
    if (!entering) {
        buf_add(&job->html, bullet ? STR("</ul>\n") : STR("</ol>\n"));
        return;
    }
    md_print_fresh_line(job);
    int start = cmark_node_get_list_start(node);
    if (bullet)
        buf_add(&job->html, STR("<ul>\n"));
    else if (start == 1)
        buf_add(&job->html, STR("<ol>\n"));
    else
        buf_addf(&job->html, "<ol start=\"%d\">\n", start);
}

static void print_item(struct md_job *job, cmark_node *node, bool entering)
{
    if (!entering) {
        buf_add(&job->html, STR("</li>\n"));
        return;
    }
    md_print_fresh_line(job);
    buf_add(&job->html, STR("<li>"));
    const struct md_mark *mark = md_mark_of(node);
    if (mark && (mark->kind == MD_MARK_TASK || mark->kind == MD_MARK_TASK_DONE))
        md_print_task_box(job, mark->kind == MD_MARK_TASK_DONE);
}

static void print_code_block(struct md_job *job, cmark_node *node)
{
    md_print_fresh_line(job);
    const char *info = cmark_node_get_fence_info(node);
    size_t language = info ? strcspn(info, " \t\n\v\f\r") : 0;
    if (!info || !info[0]) {
        buf_add(&job->html, STR("<pre><code>"));
    } else {
        buf_add(&job->html, STR("<pre><code class=\"language-"));
        markup_put_text(&job->html, (struct str){info, language});
        buf_add(&job->html, STR("\">"));
    }
    markup_put_text(&job->html, str_from(cmark_node_get_literal(node)));
    buf_add(&job->html, STR("</code></pre>\n"));
}

/* Whether the paragraph is printed bare: in a tight list. */
static bool paragraph_is_tight(const struct md_job *job, cmark_node *node)
{
    cmark_node *parent = cmark_node_parent(node);
    if (parent == job->top)
        return false;
    cmark_node *list = cmark_node_parent(parent);
    return list && cmark_node_get_type(list) == CMARK_NODE_LIST && cmark_node_get_list_tight(list);
}

static void print_paragraph(struct md_job *job, cmark_node *node, bool entering)
{
    if (paragraph_is_tight(job, node))
        return;
    bool figure = md_is_figure(job, node);
    if (entering) {
        md_print_fresh_line(job);
        buf_add(&job->html, figure ? STR("<figure>") : STR("<p>"));
    } else if (figure) {
        md_print_caption(job, node);
        buf_add(&job->html, STR("</figure>\n"));
    } else {
        md_print_footnote_return(job, node);
        buf_add(&job->html, STR("</p>\n"));
    }
}

static void print_quote(struct md_job *job, bool entering)
{
    md_print_fresh_line(job);
    buf_add(&job->html, entering ? STR("<blockquote>\n") : STR("</blockquote>\n"));
}

/* Nearly always the first node of a paragraph says it. */
static bool has_text(struct md_job *job, cmark_node *paragraph)
{
    cmark_node *first = cmark_node_first_child(paragraph);
    if (first && cmark_node_get_type(first) == CMARK_NODE_TEXT &&
        str_trim(str_from(cmark_node_get_literal(first))).len > 0)
        return true;
    buf_clear(&job->scratch);
    md_plain_text(paragraph, &job->scratch, false);
    return str_trim(buf_str(&job->scratch)).len > 0;
}

/* Keeps track of where the teaser ends: with the first top-level paragraph that has any text. */
static void note_lead(struct md_job *job, cmark_node *node)
{
    if (job->lead_found || cmark_node_parent(node) != job->root || job->top != job->root)
        return;
    if (job->more_pending) {
        job->out->lead_end = job->html.len;
        job->out->has_more = true;
        job->lead_found = true;
    } else if (job->out->lead_end == 0 && cmark_node_get_type(node) == CMARK_NODE_PARAGRAPH) {
        if (has_text(job, node))
            job->out->lead_end = job->html.len;
    }
}

static void block_origin(struct md_job *job, cmark_node *node)
{
    if (!job->keeps_origins)
        return;
    struct md_place place = md_place_of(job, node, (struct str){NULL, 0});
    md_origin(job, place.start, MD_MADE);
}

/* Prints a block's start or end. Returns whether its children are to be skipped. */
static bool print_block(struct md_job *job, cmark_node *node, cmark_node_type type, bool entering)
{
    const struct md_mark *mark = md_mark_of(node);
    if (mark && (mark->kind == MD_MARK_FOOTNOTE_BODY || mark->kind == MD_MARK_CELL))
        return true;
    if (entering && type != CMARK_NODE_DOCUMENT)
        block_origin(job, node);
    switch (type) {
    case CMARK_NODE_DOCUMENT: break;
    case CMARK_NODE_BLOCK_QUOTE: print_quote(job, entering); break;
    case CMARK_NODE_LIST:
        if (!job->footnotes || !md_list_is_footnotes(node))
            print_list(job, node, entering);
        break;
    case CMARK_NODE_ITEM: print_item(job, node, entering); break;
    case CMARK_NODE_CODE_BLOCK: print_code_block(job, node); break;
    case CMARK_NODE_HTML_BLOCK:
        if (mark && mark->kind == MD_MARK_TABLE)
            md_print_table(job, mark->table);
        else
            md_print_html_block(job, node);
        break;
    case CMARK_NODE_PARAGRAPH: print_paragraph(job, node, entering); break;
    case CMARK_NODE_HEADING:
        if (entering)
            md_heading_begin(job, node);
        else
            md_heading_end(job, node);
        break;
    case CMARK_NODE_THEMATIC_BREAK:
        md_print_fresh_line(job);
        buf_add(&job->html, STR("<hr />\n"));
        break;
    default: break;
    }
    if (!entering || type == CMARK_NODE_CODE_BLOCK || type == CMARK_NODE_HTML_BLOCK)
        note_lead(job, node);
    return false;
}

void md_print(struct md_job *job, cmark_node *root)
{
    const cmark_node *outer = job->top;
    job->top = root;
    cmark_iter *iter = cmark_iter_new(root);
    cmark_event_type event;
    while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
        cmark_node *node = cmark_iter_get_node(iter);
        if (node == root)
            continue;
        bool entering = event == CMARK_EVENT_ENTER;
        cmark_node_type type = cmark_node_get_type(node);
        bool skip = type >= CMARK_NODE_FIRST_INLINE ? md_print_inline(job, node, type, entering)
                                                    : print_block(job, node, type, entering);
        if (skip && entering)
            cmark_iter_reset(iter, node, CMARK_EVENT_EXIT);
    }
    cmark_iter_free(iter);
    job->top = outer;
}
