/* Footnotes as GitHub prints them, with the ways back that a screen reader can name. */
#include "base/vec.h"
#include "lang/markdown/blocks.h"
#include "lang/markdown/footnotes.h"
#include "lang/markdown/tables.h"
#include "lang/markup/markup_internal.h"

/* An id as it may stand in an attribute and, the same, in a URL's fragment. */
static struct str new_id(struct md_job *job, const char *kind, struct str label, size_t nth)
{
    struct buf id = {0};
    buf_adds(&id, kind);
    for (size_t i = 0; i < label.len; i++) {
        char byte = label.ptr[i];
        bool plain = (unsigned char)byte >= 0x80 || str_is_alpha(byte) || str_is_digit(byte) ||
                     byte == '-' || byte == '_' || byte == '.';
        buf_addc(&id, plain ? byte : '-');
    }
    if (nth > 1)
        buf_addf(&id, "-%zu", nth);
    struct str result = md_new_id(job, buf_str(&id));
    buf_release(&id);
    return result;
}

static void number_reference(struct md_job *job, struct md_mark *mark)
{
    struct md_footnote *footnote = mark->footnote;
    struct md_footnotes *footnotes = job->footnotes;
    if (footnote->number == 0) {
        *vec_push(job->arena, &footnotes->order) = footnote;
        footnote->number = footnotes->order.count;
        footnote->id = new_id(job, "fn-", footnote->label, 1);
    }
    mark->id = new_id(job, "fnref-", footnote->label, footnote->references.count + 1);
    *vec_push(job->arena, &footnote->references) = mark->id;
}

static void number_below(struct md_job *job, cmark_node *root);

static void number_table(struct md_job *job, const struct md_table *table)
{
    for (size_t i = 0; i < table->rows.count; i++) {
        const struct md_row *row = &table->rows.items[i];
        for (size_t k = 0; k < row->count; k++)
            number_below(job, job->tables->inlines[row->cell + k]);
    }
}

/* Recurses once only: a cell holds no table. */
static void number_below(struct md_job *job, cmark_node *root)
{
    cmark_iter *iter = cmark_iter_new(root);
    cmark_event_type event;
    while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
        cmark_node *node = cmark_iter_get_node(iter);
        struct md_mark *mark = md_mark_of(node);
        if (event != CMARK_EVENT_ENTER || !mark || node == root)
            continue;
        if (mark->kind == MD_MARK_FOOTNOTE)
            number_reference(job, mark);
        else if (mark->kind == MD_MARK_TABLE)
            number_table(job, mark->table);
        else if (mark->kind == MD_MARK_FOOTNOTE_BODY || mark->kind == MD_MARK_CELL)
            cmark_iter_reset(iter, node, CMARK_EVENT_EXIT);
    }
    cmark_iter_free(iter);
}

static void note_unused(struct md_job *job)
{
    if (!job->options->policy)
        return;
    for (size_t i = 0; i < job->footnotes->count; i++) {
        const struct md_footnote *footnote = &job->footnotes->items[i];
        if (!footnote->body || footnote->number > 0)
            continue;
        struct md_place place = {footnote->source, footnote->source + footnote->label.len + 3};
        md_note(job, MARKUP_UNKNOWN_FOOTNOTE, place,
                STR("a footnote is shown only where the text refers to it by the same [^label], "
                    "and only the first of that label counts"),
                "the footnote '%.*s' is explained here, but nothing refers to it",
                STR_ARG(footnote->label));
    }
}

void md_number_footnotes(struct md_job *job)
{
    if (!job->footnotes)
        return;
    number_below(job, job->root);
    for (size_t i = 0; i < job->footnotes->order.count; i++)
        number_below(job, job->footnotes->order.items[i]->body);
    note_unused(job);
}

static void print_way(struct md_job *job, struct str id, size_t source)
{
    struct buf *html = &job->html;
    struct markup_link *link = vec_push(job->arena, &job->out->links);
    buf_add(html, STR("<a href=\""));
    *link = (struct markup_link){.kind = MARKUP_LINK, .html_start = html->len};
    buf_addc(html, '#');
    markup_put_url(html, id);
    link->html_end = html->len;
    link->target = arena_printf(job->arena, "#%.*s", STR_ARG(id));
    link->source_start = source;
    link->source_end = source;
    md_origin(job, source, MD_MADE);
}

void md_print_footnote_mark(struct md_job *job, cmark_node *node, const struct md_mark *mark)
{
    (void)node;
    struct buf *html = &job->html;
    buf_add(html, STR("<sup class=\"footnote-ref\">"));
    print_way(job, mark->footnote->id, mark->source);
    buf_add(html, STR("\" id=\""));
    markup_put_text(html, mark->id);
    buf_addf(html, "\" data-footnote-ref>%zu</a></sup>", mark->footnote->number);
}

static void print_ways_back(struct md_job *job, const struct md_footnote *footnote)
{
    struct buf *html = &job->html;
    struct str words = job->options->words.back_to_reference;
    if (words.len == 0)
        words = STR("Back to reference");
    for (size_t i = 0; i < footnote->references.count; i++) {
        char number[48];
        int len = i == 0 ? snprintf(number, sizeof number, "%zu", footnote->number)
                         : snprintf(number, sizeof number, "%zu-%zu", footnote->number, i + 1);
        struct str index = {number, len > 0 ? (size_t)len : 0};
        if (i > 0)
            buf_addc(html, ' ');
        print_way(job, footnote->references.items[i], footnote->source);
        buf_addf(html,
                 "\" class=\"footnote-backref\" data-footnote-backref "
                 "data-footnote-backref-idx=\"%.*s\" aria-label=\"",
                 STR_ARG(index));
        markup_put_text(html, words);
        buf_addf(html, " %.*s\">↩", STR_ARG(index));
        if (i > 0)
            buf_addf(html, "<sup class=\"footnote-ref\">%zu</sup>", i + 1);
        buf_add(html, STR("</a>"));
    }
}

bool md_list_is_footnotes(cmark_node *list)
{
    for (cmark_node *item = cmark_node_first_child(list); item; item = cmark_node_next(item)) {
        const struct md_mark *mark = md_mark_of(item);
        if (!mark || mark->kind != MD_MARK_FOOTNOTE_BODY)
            return false;
    }
    return true;
}

void md_print_footnote_return(struct md_job *job, cmark_node *paragraph)
{
    cmark_node *parent = cmark_node_parent(paragraph);
    const struct md_mark *mark = md_mark_of(parent);
    if (!mark || mark->kind != MD_MARK_FOOTNOTE_BODY || cmark_node_next(paragraph))
        return;
    buf_addc(&job->html, ' ');
    print_ways_back(job, mark->footnote);
}

static void print_footnote(struct md_job *job, const struct md_footnote *footnote)
{
    struct buf *html = &job->html;
    md_origin(job, footnote->source, MD_MADE);
    buf_add(html, STR("<li id=\""));
    markup_put_text(html, footnote->id);
    buf_add(html, STR("\">\n"));
    md_print(job, footnote->body);
    cmark_node *last = cmark_node_last_child(footnote->body);
    if (!last || cmark_node_get_type(last) != CMARK_NODE_PARAGRAPH) {
        md_print_fresh_line(job);
        print_ways_back(job, footnote);
        buf_addc(html, '\n');
    }
    buf_add(html, STR("</li>\n"));
}

void md_print_footnotes(struct md_job *job)
{
    if (!job->footnotes || job->footnotes->order.count == 0)
        return;
    struct buf *html = &job->html;
    md_print_fresh_line(job);
    buf_add(html, STR("<section class=\"footnotes\" data-footnotes"));
    if (job->options->words.footnotes.len > 0) {
        buf_add(html, STR(" aria-label=\""));
        markup_put_text(html, job->options->words.footnotes);
        buf_addc(html, '"');
    }
    buf_add(html, STR(">\n<ol>\n"));
    for (size_t i = 0; i < job->footnotes->order.count; i++)
        print_footnote(job, job->footnotes->order.items[i]);
    buf_add(html, STR("</ol>\n</section>\n"));
}
