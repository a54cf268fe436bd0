/* What stands in running text without cmark seeing it: autolinks, and references to footnotes. A
 * text node that holds some is split into nodes, for the passes that follow; where there is nothing
 * for those to do, autolinks are made as the text is printed. */
#include "base/sixteen.h"
#include "lang/markdown/extensions.h"
#include "lang/markdown/footnotes.h"
#include "lang/markup/markup_internal.h"

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
    cmark_node *piece = md_node_new(CMARK_NODE_TEXT);
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
    cmark_node *node = md_node_new(type);
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
    cmark_node *text = md_node_new(CMARK_NODE_TEXT);
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

/* Where there may be one of : @ [ among the bytes, or two of a "www" that begins there or one byte
 * in front (wherever it begins, two of the three are in one half). `:` to `@` holds `<` and `>`. */
static inline sixteen triggers_in(sixteen bytes)
{
    typedef uint64_t halves __attribute__((vector_size(16)));
    sixteen w = (sixteen)(bytes == 'w');
    sixteen pairs = w & (sixteen)((halves)w << 8);
    return pairs | sixteen_within(bytes, ':', '@') | (sixteen)(bytes == '[');
}

static inline bool may_trigger(sixteen bytes)
{
    return sixteen_any(triggers_in(bytes));
}

static inline bool may_matter(sixteen bytes)
{
    return sixteen_any(triggers_in(bytes) | (sixteen)(bytes == '"') | (sixteen)(bytes == '&'));
}

/* The first byte at or behind `from` that an autolink or a reference may hang on; the text's length
 * if there is none. */
static size_t next_trigger(struct str text, size_t from)
{
    static const bool triggers[256] = {[':'] = true, ['w'] = true, ['@'] = true, ['['] = true};
    size_t at = from < text.len ? sixteen_skip(text, from, may_trigger) : text.len;
    /* "www" may begin in the byte before. */
    at -= at > from && at < text.len;
    while (at < text.len && !triggers[(unsigned char)text.ptr[at]])
        at++;
    return at;
}

static void split(struct md_job *job, cmark_node *node)
{
    struct str literal = str_from(cmark_node_get_literal(node));
    struct splitter splitter = {.job = job, .node = node, .text = literal};
    bool start_ok = may_begin_link(node);
    for (size_t at = next_trigger(literal, 0); at < literal.len;
         at = next_trigger(literal, at + 1)) {
        struct md_autolink link;
        if (literal.ptr[at] == '[')
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

void md_print_text(struct md_job *job, cmark_node *node)
{
    struct str text = str_from(cmark_node_get_literal(node));
    if (!job->autolinks || job->link_depth > 0) {
        markup_put_text(&job->html, text);
        return;
    }
    /* What has neither a trigger nor a byte that html writes otherwise: all of it, most often. */
    size_t plain = sixteen_skip(text, 0, may_matter);
    if (plain == text.len) {
        buf_add(&job->html, text);
        return;
    }
    struct splitter splitter = {.job = job, .node = node, .text = text};
    /* "www" may begin in the byte before. */
    for (size_t at = next_trigger(text, plain - (plain > 0)); at < text.len;
         at = next_trigger(text, at + 1)) {
        struct md_autolink link;
        if (!md_autolink_at(text, splitter.done, at, may_begin_link(node), &link))
            continue;
        markup_put_text(&job->html, str_sub(text, splitter.done, link.start));
        struct str piece = str_sub(text, link.start, link.end);
        md_print_autolink(job, link.prefix, piece, find_source(&splitter, piece));
        splitter.done = link.end;
        at = link.end > at ? link.end - 1 : at;
    }
    if (splitter.done == 0) {
        buf_add(&job->html, str_sub(text, 0, plain));
        splitter.done = plain;
    }
    markup_put_text(&job->html, str_after(text, splitter.done));
}

void md_split_texts(struct md_job *job)
{
    if (job->autolinks)
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
