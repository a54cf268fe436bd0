/* Task lists: `- [ ] to do`, `- [x] done`. */
#include "lang/markdown/blocks.h"
#include "lang/markdown/extensions.h"
#include "lang/markup/markup_internal.h"

static bool has_box(struct str text, bool *done)
{
    if (text.len < 3 || text.ptr[0] != '[' || text.ptr[2] != ']')
        return false;
    *done = text.ptr[1] == 'x' || text.ptr[1] == 'X';
    if (!*done && text.ptr[1] != ' ')
        return false;
    return text.len == 3 || text.ptr[3] == ' ' || text.ptr[3] == '\t';
}

static void mark_item(struct md_job *job, cmark_node *item)
{
    cmark_node *paragraph = cmark_node_first_child(item);
    if (!paragraph || cmark_node_get_type(paragraph) != CMARK_NODE_PARAGRAPH ||
        cmark_node_get_start_line(paragraph) != cmark_node_get_start_line(item))
        return;
    cmark_node *first = cmark_node_first_child(paragraph);
    if (!first || cmark_node_get_type(first) != CMARK_NODE_TEXT)
        return;
    struct str text = str_from(cmark_node_get_literal(first));
    bool done;
    if (!has_box(text, &done))
        return;
    cmark_node *next = cmark_node_next(first);
    if (text.len == 3 && (!next || cmark_node_get_type(next) != CMARK_NODE_SOFTBREAK))
        return;
    struct md_mark *mark = arena_zalloc(job->arena, 1, sizeof *mark);
    mark->kind = done ? MD_MARK_TASK_DONE : MD_MARK_TASK;
    cmark_node_set_user_data(item, mark);
    struct str rest = arena_str(job->arena, str_trim_left(str_after(text, 3)));
    cmark_node_set_literal(first, rest.len > 0 ? rest.ptr : "");
}

void md_find_tasks(struct md_job *job)
{
    if (!job->features.tasks)
        return;
    cmark_iter *iter = cmark_iter_new(job->root);
    cmark_event_type event;
    while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
        cmark_node *node = cmark_iter_get_node(iter);
        const struct md_mark *mark = md_mark_of(node);
        if (event == CMARK_EVENT_EXIT && cmark_node_get_type(node) == CMARK_NODE_ITEM &&
            (!mark || mark->kind != MD_MARK_FOOTNOTE_BODY))
            mark_item(job, node);
    }
    cmark_iter_free(iter);
}

void md_print_task_box(struct md_job *job, bool done)
{
    const struct md_words *words = &job->options->words;
    struct str name = done ? words->task_done : words->task_open;
    buf_add(&job->html, done ? STR("<input checked=\"\" disabled=\"\" type=\"checkbox\"")
                             : STR("<input disabled=\"\" type=\"checkbox\""));
    if (name.len > 0) {
        buf_adds(&job->html, " aria-label=\"");
        markup_put_text(&job->html, name);
        buf_addc(&job->html, '"');
    }
    buf_adds(&job->html, "> ");
}
