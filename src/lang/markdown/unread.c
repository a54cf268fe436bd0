/* Links and pictures that are none because a space stands in their address: `![The hall](our
 * hall.jpg)` is text to CommonMark (§6.3), and nothing but the page itself would show it. */
#include "lang/markdown/markdown_internal.h"

/* A file's name or an address, not words in brackets: it ends like a file, or begins like an
 * address, and no title in quotes stands behind it. */
static bool is_address(struct str target)
{
    size_t dot = target.len;
    if (str_find_byte(target, ' ', 0) == STR_NONE || str_find_byte(target, '"', 0) != STR_NONE ||
        str_starts(target, STR("<")))
        return false;
    while (dot > 0 && target.len - dot < 6 && target.ptr[dot - 1] != '.')
        dot--;
    struct str ending = str_after(target, dot);
    bool file = dot > 1 && ending.len >= 2 && ending.len <= 5;
    for (size_t i = 0; i < ending.len; i++)
        file = file && (str_is_alpha(ending.ptr[i]) || str_is_digit(ending.ptr[i]));
    return file || str_starts(target, STR("/")) || str_starts(target, STR("https://")) ||
           str_starts(target, STR("http://"));
}

/* What is looked for in one text, so that neither long ones nor many of them cost much. */
struct unread {
    struct md_job *job;
    size_t told;
    cmark_node *node; /* the line is that of its */
    struct str line;
    size_t start; /* of the line */
    size_t from;  /* behind what was found in it last */
};

enum { TOLD_MOST = 20 };

/* Where the bracket that ends at `close` opens; a picture's mark belongs to it. */
static size_t opening(struct str line, size_t from, size_t close)
{
    size_t at = close;
    while (at > from && line.ptr[at] != '[')
        at--;
    return at > from && line.ptr[at - 1] == '!' ? at - 1 : at;
}

static void begin_line(struct unread *unread, cmark_node *node)
{
    int number = cmark_node_get_start_line(node);
    int column = cmark_node_get_start_column(node);
    unread->node = node;
    unread->line = (struct str){0};
    if (number > 0)
        unread->line =
            md_line(&unread->job->prepared, unread->job->arena, (size_t)number, &unread->start);
    unread->from = column > 1 ? (size_t)column - 1 : 0;
}

static void note(struct unread *unread, cmark_node *node, struct str target)
{
    struct md_job *job = unread->job;
    if (unread->node != node)
        begin_line(unread, node);
    struct str line = unread->line;
    struct str written = arena_printf(job->arena, "](%.*s)", STR_ARG(target));
    size_t close = str_find(line, written, unread->from);
    if (close == STR_NONE) {
        unread->from = line.len; /* what comes behind is not found either, by whatever is written */
        return;
    }
    size_t open = opening(line, unread->from, close);
    unread->from = close + written.len;
    struct md_place place = {md_source_offset(&job->prepared, unread->start + open),
                             md_source_offset(&job->prepared, unread->start + unread->from)};
    struct buf hint = {0};
    buf_adds(&hint, "write %20 for each space: ");
    for (size_t i = 0; i < target.len; i++)
        buf_add(&hint, target.ptr[i] == ' ' ? STR("%20") : str_sub(target, i, i + 1));
    md_note(job, MARKUP_UNREAD_LINK, place, arena_str(job->arena, buf_str(&hint)),
            "this is shown as it stands and not as a %s, since its address has a space in it",
            line.ptr[open] == '!' ? "picture" : "link");
    buf_release(&hint);
    unread->told++;
}

static void see_text(struct unread *unread, cmark_node *node)
{
    struct str text = str_from(cmark_node_get_literal(node));
    for (size_t at = 0; (at = str_find(text, STR("]("), at)) != STR_NONE; at += 2) {
        struct str near = str_sub(text, at + 2, at + 2 + MD_ADDRESS_MOST);
        size_t end = str_find_byte(near, ')', 0);
        struct str target = end == STR_NONE ? (struct str){0} : str_trim(str_sub(near, 0, end));
        if (is_address(target) && unread->told < TOLD_MOST)
            note(unread, node, target);
    }
}

void md_note_unread(struct md_job *job)
{
    struct unread unread = {.job = job};
    if (!job->options->policy || !job->features.spaced)
        return;
    cmark_iter *iter = cmark_iter_new(job->root);
    cmark_event_type event;
    while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
        cmark_node *node = cmark_iter_get_node(iter);
        if (event == CMARK_EVENT_ENTER && cmark_node_get_type(node) == CMARK_NODE_TEXT)
            see_text(&unread, node);
    }
    cmark_iter_free(iter);
}
