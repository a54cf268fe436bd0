#include "lang/markdown/lines.h"

#include "base/vec.h"

/* A place in a line. Of a tab that reaches over the columns wanted, `spare` are left over. */
struct cursor {
    struct str line;
    size_t at;
    size_t column;
    size_t spare;
};

static char peek(const struct cursor *cursor)
{
    return cursor->at < cursor->line.len ? cursor->line.ptr[cursor->at] : '\0';
}

/* Passes up to `columns` columns of blanks; returns how many there were. */
static size_t skip_columns(struct cursor *cursor, size_t columns)
{
    size_t passed = 0;
    while (passed < columns) {
        if (cursor->spare > 0) {
            cursor->spare--;
        } else if (peek(cursor) == ' ') {
            cursor->at++;
        } else if (peek(cursor) == '\t') {
            cursor->spare = 3 - cursor->column % 4;
            cursor->at++;
        } else {
            break;
        }
        cursor->column++;
        passed++;
    }
    return passed;
}

/* The indent at the cursor, which stays where it is. */
static size_t indent_of(struct cursor cursor)
{
    return skip_columns(&cursor, (size_t)-1);
}

/* The width of the list marker at the cursor, or 0. */
static size_t marker_width(const struct cursor *cursor)
{
    char byte = peek(cursor);
    if (byte == '-' || byte == '+' || byte == '*')
        return 1;
    size_t at = cursor->at;
    while (at < cursor->line.len && str_is_digit(cursor->line.ptr[at]))
        at++;
    if (at == cursor->at || at >= cursor->line.len ||
        (cursor->line.ptr[at] != '.' && cursor->line.ptr[at] != ')'))
        return 0;
    return at - cursor->at + 1;
}

/* Passes a quote's mark, with one blank behind it. */
static bool enter_quote(struct cursor *cursor)
{
    if (indent_of(*cursor) > 3)
        return false;
    skip_columns(cursor, 3);
    if (peek(cursor) != '>')
        return false;
    cursor->at++;
    cursor->column++;
    skip_columns(cursor, 1);
    return true;
}

/* The columns that an item's text is indented by, from the line on which it begins; the cursor
 * passes its marker (CommonMark 5.2, rules 1 to 3). */
static size_t enter_item(struct cursor *cursor)
{
    size_t indent = skip_columns(cursor, (size_t)-1);
    size_t width = marker_width(cursor);
    cursor->at += width;
    cursor->column += width;
    size_t blanks = indent_of(*cursor);
    struct cursor behind = *cursor;
    skip_columns(&behind, blanks);
    if (blanks < 1 || blanks > 4 || behind.at >= behind.line.len)
        blanks = 1;
    skip_columns(cursor, blanks);
    return indent + width + blanks;
}

static bool inside(struct cursor *cursor, const struct md_container *container)
{
    if (container->quote)
        return enter_quote(cursor);
    return skip_columns(cursor, container->columns) == container->columns;
}

/* A cursor that has passed the containers found so far on the line where the next one begins. */
struct walk {
    struct cursor cursor;
    int line; /* 0: nowhere */
};

static void walk_to(struct md_job *job, struct walk *walk, int line,
                    const struct md_containers *passed)
{
    if (walk->line == line)
        return;
    size_t start;
    walk->line = line;
    walk->cursor =
        (struct cursor){.line = md_line(&job->prepared, job->arena, (size_t)line, &start)};
    for (size_t i = 0; i < passed->count; i++) {
        struct cursor before = walk->cursor;
        if (inside(&walk->cursor, &passed->items[i]) || passed->items[i].quote)
            continue;
        /* It begins on this line too: its marker is here in place of the indent. */
        walk->cursor = before;
        enter_item(&walk->cursor);
    }
}

static struct md_container container_at(struct md_job *job, struct walk *walk, cmark_node *node,
                                        const struct md_containers *passed)
{
    int line = cmark_node_get_start_line(node);
    if (cmark_node_get_type(node) == CMARK_NODE_BLOCK_QUOTE) {
        if (walk->line == line)
            enter_quote(&walk->cursor);
        return (struct md_container){.quote = true};
    }
    /* Kept on the node: many tables may stand in one item. */
    struct md_mark *mark = md_mark_of(node);
    if (!mark) {
        walk_to(job, walk, line, passed);
        mark = arena_zalloc(job->arena, 1, sizeof *mark);
        mark->kind = MD_MARK_COLUMNS;
        mark->columns = enter_item(&walk->cursor);
        cmark_node_set_user_data(node, mark);
    } else {
        walk->line = 0;
    }
    return (struct md_container){.columns = mark->columns};
}

static bool is_container(cmark_node *node)
{
    cmark_node_type type = cmark_node_get_type(node);
    return type == CMARK_NODE_BLOCK_QUOTE || type == CMARK_NODE_ITEM;
}

void md_containers_of(struct md_job *job, cmark_node *block, struct md_containers *out)
{
    size_t depth = 0;
    for (cmark_node *node = cmark_node_parent(block); node; node = cmark_node_parent(node))
        depth += is_container(node);
    cmark_node **path = arena_alloc(job->arena, (depth + 1) * sizeof *path);
    size_t at = depth;
    for (cmark_node *node = cmark_node_parent(block); node; node = cmark_node_parent(node)) {
        if (is_container(node))
            path[--at] = node;
    }
    *out = (struct md_containers){0};
    struct walk walk = {.line = 0};
    for (size_t i = 0; i < depth; i++) {
        struct md_container container = container_at(job, &walk, path[i], out);
        *vec_push(job->arena, out) = container;
    }
}

bool md_line_text(const struct md_containers *containers, struct str line, size_t *text,
                  size_t *indent)
{
    struct cursor cursor = {.line = line};
    for (size_t i = 0; i < containers->count; i++) {
        if (!inside(&cursor, &containers->items[i]))
            return false;
    }
    *indent = skip_columns(&cursor, (size_t)-1);
    *text = cursor.at;
    return cursor.at < line.len;
}
