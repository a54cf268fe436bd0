/* Finding tables: which lines of which paragraphs. */
#include "base/vec.h"
#include "lang/markdown/lines.h"
#include "lang/markdown/tables.h"

#include <string.h>

struct finder {
    struct md_job *job;
    struct md_tables *tables;
    struct md_containers containers;
    size_t taken; /* lines up to this one belong to a table already */
    struct {
        size_t *items; /* numbers of the lines that may be delimiter rows */
        size_t count, capacity;
    } candidates;
    size_t next; /* the first candidate that is not behind us */
};

static struct str line_at(struct finder *finder, size_t number, size_t *start)
{
    return md_line(&finder->job->prepared, finder->job->arena, number, start);
}

static void find_candidates(struct finder *finder)
{
    struct md_job *job = finder->job;
    if (!job->features.tables)
        return;
    size_t count = md_line_count(&job->prepared, job->arena);
    for (size_t number = 2; number <= count; number++) {
        size_t start;
        if (md_may_be_delimiter_row(line_at(finder, number, &start)))
            *vec_push(job->arena, &finder->candidates) = number;
    }
}

/* Whether a line by itself begins a block that is no paragraph. cmark knows best. */
static bool begins_block(struct str text)
{
    if (text.len == 0 || (!str_is_digit(text.ptr[0]) && !strchr("<#>`~_*+-", text.ptr[0])))
        return false;
    cmark_node *document = md_parse(text, CMARK_OPT_DEFAULT);
    cmark_node *first = cmark_node_first_child(document);
    bool begins = first && cmark_node_get_type(first) != CMARK_NODE_PARAGRAPH;
    cmark_node_free(document);
    return begins;
}

/* The row's text in a line, if the line can go on with a table. */
static bool row_text(struct finder *finder, size_t number, struct str *row, size_t *start)
{
    size_t text;
    size_t indent;
    struct str line = line_at(finder, number, start);
    if (!md_line_text(&finder->containers, line, &text, &indent) || indent > 3)
        return false;
    *row = str_trim_right(str_after(line, text));
    *start += text;
    return true;
}

static void add_row(struct finder *finder, struct md_table *table, struct str row, size_t start)
{
    struct md_job *job = finder->job;
    struct md_tables *tables = finder->tables;
    struct md_row *entry = vec_push(job->arena, &table->rows);
    *entry = (struct md_row){.cell = tables->cells.count};
    size_t at = 0;
    struct str cell;
    while (entry->count < table->columns.count && md_next_cell(row, &at, &cell)) {
        size_t offset = start + (size_t)(cell.ptr - row.ptr);
        *vec_push(job->arena, &tables->cells) = (struct md_cell){offset, offset + cell.len};
        entry->count++;
    }
    tables->filled += table->columns.count - entry->count;
}

/* kramdown's `{: .class }` below a table is not a row of it. */
static bool is_attribute_list(const struct finder *finder, struct str row)
{
    return finder->job->options->kramdown && str_starts(row, STR("{:")) && str_ends(row, STR("}"));
}

/* The head's text, which may be the lazy line of a quote: then its marks are not there to pass. */
static struct str head_text(struct finder *finder, size_t number, size_t first, cmark_node *block,
                            size_t *start)
{
    struct str line = line_at(finder, number, start);
    size_t text = 0;
    size_t indent;
    if (number == first)
        text = (size_t)cmark_node_get_start_column(block) - 1;
    else if (!md_line_text(&finder->containers, line, &text, &indent))
        text = line.len - str_trim_left(line).len;
    *start += text < line.len ? text : line.len;
    return str_trim_right(str_after(line, text));
}

/* A table whose delimiter row is line `number`, in the block that begins on line `first`. */
static bool try_table(struct finder *finder, cmark_node *block, size_t first, size_t number)
{
    struct md_job *job = finder->job;
    struct md_table table = {.first_line = number - 1, .last_line = number};
    struct str row;
    size_t delimiter_start;
    size_t head_start;
    if (!row_text(finder, number, &row, &delimiter_start) ||
        !md_delimiter_row(row, job->arena, &table.columns))
        return false;
    struct str head = head_text(finder, number - 1, first, block, &head_start);
    if (md_count_cells(head) != table.columns.count)
        return false;
    bool at_head = number - 1 == first;
    table.place_line = at_head ? number - 1 : number;
    table.place_text = at_head ? head_start : delimiter_start;
    add_row(finder, &table, head, head_start);
    size_t start;
    while (finder->tables->filled < MD_MAX_FILLED_CELLS &&
           row_text(finder, table.last_line + 1, &row, &start) && md_count_cells(row) > 0 &&
           !begins_block(row) && !is_attribute_list(finder, row)) {
        add_row(finder, &table, row, start);
        table.last_line++;
    }
    finder->taken = table.last_line;
    *vec_push(job->arena, finder->tables) = table;
    return true;
}

static bool is_setext_underline(struct str row)
{
    if (row.len == 0 || (row.ptr[0] != '=' && row.ptr[0] != '-'))
        return false;
    for (size_t i = 1; i < row.len; i++) {
        if (row.ptr[i] != row.ptr[0])
            return false;
    }
    return true;
}

/* The last line of text of a heading with an underline (cmark gives a wrong one), or 0 if the
 * heading is of the other kind. */
static size_t last_setext_line(struct finder *finder, cmark_node *heading, size_t first)
{
    size_t start;
    struct str line = line_at(finder, first, &start);
    size_t column = (size_t)cmark_node_get_start_column(heading);
    if (column > line.len || line.ptr[column - 1] == '#')
        return 0;
    size_t count = md_line_count(&finder->job->prepared, finder->job->arena);
    for (size_t number = first + 1; number <= count; number++) {
        struct str row;
        if (row_text(finder, number, &row, &start) && is_setext_underline(row))
            return number - 1;
    }
    return 0;
}

static void search_block(struct finder *finder, cmark_node *block, bool heading)
{
    size_t first = (size_t)cmark_node_get_start_line(block);
    while (finder->next < finder->candidates.count &&
           finder->candidates.items[finder->next] <= first)
        finder->next++;
    size_t last = (size_t)cmark_node_get_end_line(block);
    if (finder->next >= finder->candidates.count || first <= finder->taken ||
        (!heading && finder->candidates.items[finder->next] > last))
        return;
    md_containers_of(finder->job, block, &finder->containers);
    if (heading)
        last = last_setext_line(finder, block, first);
    for (; finder->next < finder->candidates.count; finder->next++) {
        size_t number = finder->candidates.items[finder->next];
        if (number > last)
            break;
        if (number > finder->taken + 1)
            try_table(finder, block, first, number);
    }
}

struct md_tables *md_find_tables(struct md_job *job)
{
    struct finder finder = {.job = job};
    find_candidates(&finder);
    if (finder.candidates.count == 0)
        return NULL;
    finder.tables = arena_zalloc(job->arena, 1, sizeof *finder.tables);
    cmark_iter *iter = cmark_iter_new(job->root);
    cmark_event_type event;
    while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
        cmark_node *node = cmark_iter_get_node(iter);
        cmark_node_type type = cmark_node_get_type(node);
        if (event != CMARK_EVENT_ENTER ||
            (type != CMARK_NODE_PARAGRAPH && type != CMARK_NODE_HEADING))
            continue;
        search_block(&finder, node, type == CMARK_NODE_HEADING);
        cmark_iter_reset(iter, node, CMARK_EVENT_EXIT);
    }
    cmark_iter_free(iter);
    return finder.tables->count > 0 ? finder.tables : NULL;
}
