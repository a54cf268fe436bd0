/* What stands in running text without cmark seeing it: autolinks, and references to footnotes. A
 * text node that holds some is split into nodes. */
#include "lang/markdown/extensions.h"
#include "lang/markdown/footnotes.h"

struct splitter {
    struct md_job *job;
    cmark_node *node; /* the text node; new ones go in before it */
    struct str text;
    size_t done; /* up to where it is in new nodes */
    struct md_place place;
    size_t searched; /* where in the source line the last piece was found */
};

static void put_text(struct splitter *splitter, cmark_node *before, struct str text)
{
    if (text.len == 0)
        return;
    cmark_node *piece = cmark_node_new(CMARK_NODE_TEXT);
    struct buf *literal = &splitter->job->scratch;
    buf_clear(literal);
    buf_add(literal, text);
    cmark_node_set_literal(piece, literal->ptr);
    cmark_node_insert_before(before, piece);
}

/* The source of a piece: searched for on the line of the text node, pieces in order. */
static size_t find_source(struct splitter *splitter, struct str piece)
{
    struct md_job *job = splitter->job;
    int number = cmark_node_get_start_line(splitter->node);
    if (number < 1)
        return md_source_offset(&job->prepared, 0);
    size_t start;
    struct str line = md_line(&job->prepared, job->arena, (size_t)number, &start);
    size_t found = str_find(line, piece, splitter->searched);
    if (found == STR_NONE)
        return md_source_offset(&job->prepared, start + line.len - str_trim_left(line).len);
    splitter->searched = found + piece.len;
    return md_source_offset(&job->prepared, start + found);
}

static cmark_node *put_marked(struct splitter *splitter, cmark_node_type type,
                              enum md_mark_kind kind, struct str piece)
{
    struct md_job *job = splitter->job;
    put_text(splitter, splitter->node,
             str_sub(splitter->text, splitter->done, (size_t)(piece.ptr - splitter->text.ptr)));
    struct md_mark *mark = arena_zalloc(job->arena, 1, sizeof *mark);
    mark->kind = kind;
    mark->source = find_source(splitter, piece);
    cmark_node *node = cmark_node_new(type);
    cmark_node_set_user_data(node, mark);
    cmark_node_insert_before(splitter->node, node);
    splitter->done = (size_t)(piece.ptr - splitter->text.ptr) + piece.len;
    return node;
}

static void put_autolink(struct splitter *splitter, const struct md_autolink *link)
{
    struct str piece = str_sub(splitter->text, link->start, link->end);
    cmark_node *node = put_marked(splitter, CMARK_NODE_LINK, MD_MARK_AUTOLINK, piece);
    struct buf *url = &splitter->job->scratch;
    buf_clear(url);
    buf_add(url, link->prefix);
    buf_add(url, piece);
    cmark_node_set_url(node, url->ptr);
    buf_clear(url);
    buf_add(url, piece);
    cmark_node *text = cmark_node_new(CMARK_NODE_TEXT);
    cmark_node_set_literal(text, url->ptr);
    cmark_node_append_child(node, text);
}

/* `[^label]` at `at`, if there is a footnote of that label. */
static bool put_reference(struct splitter *splitter, size_t at)
{
    struct str text = splitter->text;
    if (!splitter->job->footnotes || at + 3 >= text.len || text.ptr[at + 1] != '^')
        return false;
    size_t end = at + 2;
    while (end < text.len && end - at <= MD_MAX_LABEL + 2 && text.ptr[end] != ']')
        end++;
    if (end >= text.len || text.ptr[end] != ']')
        return false;
    struct md_footnote *footnote = md_footnote_named(splitter->job, str_sub(text, at + 2, end));
    if (!footnote)
        return false;
    cmark_node *node = put_marked(splitter, CMARK_NODE_CUSTOM_INLINE, MD_MARK_FOOTNOTE,
                                  str_sub(text, at, end + 1));
    struct md_mark *mark = md_mark_of(node);
    mark->footnote = footnote;
    return true;
}

/* A code span, a tag or a link right in front keeps `www.` from being one. */
static bool may_begin_link(cmark_node *node)
{
    cmark_node *previous = cmark_node_previous(node);
    cmark_node_type type = previous ? cmark_node_get_type(previous) : CMARK_NODE_NONE;
    return type != CMARK_NODE_CODE && type != CMARK_NODE_HTML_INLINE && type != CMARK_NODE_LINK &&
           type != CMARK_NODE_IMAGE;
}

static void split(struct md_job *job, cmark_node *node)
{
    struct str literal = str_from(cmark_node_get_literal(node));
    struct splitter splitter = {.job = job, .node = node, .text = literal};
    bool start_ok = may_begin_link(node);
    static const bool triggers[256] = {[':'] = true, ['w'] = true, ['@'] = true, ['['] = true};
    for (size_t at = 0; at < literal.len; at++) {
        size_t plain = at;
        while (plain + 8 <= literal.len && !md_may_matter(md_eight_at(literal, plain)))
            plain += 8;
        /* "www" may begin in the byte before. */
        at = plain > at ? plain - 1 : at;
        char byte = literal.ptr[at];
        if (!triggers[(unsigned char)byte])
            continue;
        struct md_autolink link;
        if (byte == '[')
            put_reference(&splitter, at);
        else if (md_autolink_at(literal, splitter.done, at, start_ok, &link))
            put_autolink(&splitter, &link);
        if (splitter.done > at)
            at = splitter.done - 1;
    }
    if (splitter.done == 0)
        return;
    put_text(&splitter, node, str_after(literal, splitter.done));
    cmark_node_unlink(node);
    cmark_node_free(node);
}

void md_split_texts(struct md_job *job)
{
    if (!job->features.links && !job->footnotes)
        return;
    cmark_iter *iter = cmark_iter_new(job->root);
    cmark_event_type event;
    while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
        cmark_node *node = cmark_iter_get_node(iter);
        if (event != CMARK_EVENT_ENTER)
            continue;
        cmark_node_type type = cmark_node_get_type(node);
        if (type == CMARK_NODE_LINK || type == CMARK_NODE_IMAGE)
            cmark_iter_reset(iter, node, CMARK_EVENT_EXIT);
        else if (type == CMARK_NODE_TEXT)
            split(job, node);
    }
    cmark_iter_free(iter);
}
