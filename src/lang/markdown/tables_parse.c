/* The second reading: cells as headings, tables as comments. */
#include "base/vec.h"
#include "lang/markdown/tables.h"

#include <string.h>

static const char placeholder[] = "<!--table-->";

/* A cell as a heading. The closing mark keeps `#` at the cell's end what it is. */
static void add_cell(struct md_preparer *preparer, struct str text, struct md_cell cell)
{
    md_preparer_add(preparer, STR("# "), cell.start);
    size_t start = cell.start;
    for (size_t i = cell.start; i + 1 < cell.end; i++) {
        if (text.ptr[i] == '\\' && text.ptr[i + 1] == '|') {
            md_preparer_copy(preparer, start, i);
            start = i + 1;
        }
    }
    md_preparer_copy(preparer, start, cell.end);
    md_preparer_add(preparer, STR(" #\n"), cell.end);
}

static size_t line_start(struct md_job *job, size_t number)
{
    size_t start;
    md_line(&job->prepared, job->arena, number, &start);
    return start;
}

static void rewrite(struct md_job *job, struct md_tables *tables, struct md_prepared *out)
{
    struct md_preparer preparer;
    md_preparer_init(&preparer, &job->prepared, job->arena);
    for (size_t i = 0; i < tables->cells.count; i++)
        add_cell(&preparer, job->prepared.text, tables->cells.items[i]);
    size_t done = 0;
    size_t removed = 0;
    for (size_t i = 0; i < tables->count; i++) {
        struct md_table *table = &tables->items[i];
        md_preparer_copy(&preparer, done, line_start(job, table->first_line));
        md_preparer_copy(&preparer, line_start(job, table->place_line), table->place_text);
        md_preparer_add(&preparer, str_from(placeholder), table->place_text);
        md_preparer_add(&preparer, STR("\n"), table->place_text);
        done = line_start(job, table->last_line + 1);
        table->new_line = tables->cells.count + table->first_line - removed;
        removed += table->last_line - table->first_line;
    }
    md_preparer_copy(&preparer, done, job->prepared.text.len);
    md_preparer_finish(&preparer, out);
}

/* Finds the headings at the front of the tree, which hold what is in the cells. */
static bool take_cells(struct md_job *job, struct md_tables *tables, cmark_node *root)
{
    tables->inlines = arena_zalloc(job->arena, tables->cells.count, sizeof *tables->inlines);
    cmark_node *node = cmark_node_first_child(root);
    for (size_t i = 0; i < tables->cells.count; i++) {
        if (!node || cmark_node_get_type(node) != CMARK_NODE_HEADING ||
            cmark_node_get_start_line(node) != (int)i + 1)
            return false;
        struct md_mark *mark = arena_zalloc(job->arena, 1, sizeof *mark);
        mark->kind = MD_MARK_CELL;
        cmark_node_set_user_data(node, mark);
        tables->inlines[i] = node;
        node = cmark_node_next(node);
    }
    return true;
}

/* An HTML block is kept with the blanks in front of it. */
static bool is_placeholder(cmark_node *block)
{
    const char *literal = cmark_node_get_literal(block);
    literal += strspn(literal, " \t");
    return strncmp(literal, placeholder, sizeof placeholder - 1) == 0;
}

/* Marks the comments that stand for tables. They come in the order of the tables. */
static size_t mark_tables(struct md_job *job, struct md_tables *tables, cmark_node *root)
{
    size_t marked = 0;
    cmark_iter *iter = cmark_iter_new(root);
    cmark_event_type event;
    while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE && marked < tables->count) {
        cmark_node *node = cmark_iter_get_node(iter);
        cmark_node_type type = cmark_node_get_type(node);
        if (event == CMARK_EVENT_ENTER &&
            (type == CMARK_NODE_PARAGRAPH || type == CMARK_NODE_HEADING))
            cmark_iter_reset(iter, node, CMARK_EVENT_EXIT);
        if (type != CMARK_NODE_HTML_BLOCK ||
            cmark_node_get_start_line(node) != (int)tables->items[marked].new_line ||
            !is_placeholder(node))
            continue;
        struct md_mark *mark = arena_zalloc(job->arena, 1, sizeof *mark);
        mark->kind = MD_MARK_TABLE;
        mark->table = &tables->items[marked++];
        cmark_node_set_user_data(node, mark);
    }
    cmark_iter_free(iter);
    return marked;
}

void md_parse_tables(struct md_job *job, struct md_tables *tables, int parse_options)
{
    struct md_prepared prepared;
    rewrite(job, tables, &prepared);
    cmark_node *root = md_parse(prepared.text, parse_options);
    if (!take_cells(job, tables, root) || mark_tables(job, tables, root) != tables->count)
        return;
    job->root = root;
    job->prepared = prepared;
    job->tables = tables;
}
