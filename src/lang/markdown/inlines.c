/* cmark's tree as HTML: inlines. */
#include "lang/markdown/footnotes.h"
#include "lang/markdown/markdown_internal.h"
#include "lang/markup/markup_internal.h"

static void print_custom(struct md_job *job, cmark_node *node, bool entering)
{
    const struct md_mark *mark = md_mark_of(node);
    if (mark && mark->kind == MD_MARK_DELETED)
        buf_add(&job->html, entering ? STR("<del>") : STR("</del>"));
    else if (mark && mark->kind == MD_MARK_FOOTNOTE && entering)
        md_print_footnote_mark(job, node, mark);
}

bool md_print_inline(struct md_job *job, cmark_node *node, cmark_node_type type, bool entering)
{
    struct buf *html = &job->html;
    switch (type) {
    case CMARK_NODE_TEXT: md_print_text(job, node); break;
    case CMARK_NODE_LINEBREAK: buf_add(html, STR("<br />\n")); break;
    case CMARK_NODE_SOFTBREAK: buf_addc(html, '\n'); break;
    case CMARK_NODE_CODE:
        buf_add(html, STR("<code>"));
        markup_put_text(html, str_from(cmark_node_get_literal(node)));
        buf_add(html, STR("</code>"));
        break;
    case CMARK_NODE_HTML_INLINE: md_print_html_inline(job, node); break;
    case CMARK_NODE_CUSTOM_INLINE: print_custom(job, node, entering); break;
    case CMARK_NODE_STRONG: buf_add(html, entering ? STR("<strong>") : STR("</strong>")); break;
    case CMARK_NODE_EMPH: buf_add(html, entering ? STR("<em>") : STR("</em>")); break;
    case CMARK_NODE_LINK: md_print_link(job, node, entering); break;
    case CMARK_NODE_IMAGE:
        if (entering)
            md_print_picture(job, node);
        return true;
    default: break;
    }
    return false;
}

void md_plain_text(cmark_node *node, struct buf *out, bool with_alt)
{
    cmark_node *only = cmark_node_first_child(node);
    if (only && !cmark_node_next(only) && cmark_node_get_type(only) == CMARK_NODE_TEXT) {
        buf_add(out, str_from(cmark_node_get_literal(only)));
        return;
    }
    cmark_iter *iter = cmark_iter_new(node);
    cmark_event_type event;
    while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
        cmark_node *part = cmark_iter_get_node(iter);
        if (event != CMARK_EVENT_ENTER)
            continue;
        const struct md_mark *mark = md_mark_of(part);
        switch (cmark_node_get_type(part)) {
        case CMARK_NODE_HTML_INLINE:
            if (!with_alt)
                break;
            /* fall through */
        case CMARK_NODE_TEXT:
        case CMARK_NODE_CODE: buf_add(out, str_from(cmark_node_get_literal(part))); break;
        case CMARK_NODE_LINEBREAK:
        case CMARK_NODE_SOFTBREAK: buf_addc(out, ' '); break;
        case CMARK_NODE_IMAGE:
            if (!with_alt && part != node)
                cmark_iter_reset(iter, part, CMARK_EVENT_EXIT);
            break;
        case CMARK_NODE_CUSTOM_INLINE:
            if (mark && mark->kind == MD_MARK_FOOTNOTE)
                cmark_iter_reset(iter, part, CMARK_EVENT_EXIT);
            break;
        default: break;
        }
    }
    cmark_iter_free(iter);
}
