#include "lang/markdown/table_rows.h"

#include "base/vec.h"

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\v' || byte == '\f';
}

static size_t skip_blanks(struct str line, size_t at)
{
    while (at < line.len && is_blank(line.ptr[at]))
        at++;
    return at;
}

/* `:--`, with blanks around it; the offset behind it, or STR_NONE. */
static size_t delimiter_cell(struct str line, size_t at, uint8_t *align)
{
    at = skip_blanks(line, at);
    bool left = at < line.len && line.ptr[at] == ':';
    at += left;
    size_t dashes = at;
    while (at < line.len && line.ptr[at] == '-')
        at++;
    if (at == dashes)
        return STR_NONE;
    bool right = at < line.len && line.ptr[at] == ':';
    at += right;
    *align = left && right ? MD_ALIGN_CENTER
             : left        ? MD_ALIGN_LEFT
             : right       ? MD_ALIGN_RIGHT
                           : MD_ALIGN_NONE;
    return skip_blanks(line, at);
}

bool md_delimiter_row(struct str line, struct arena *arena, struct md_aligns *out)
{
    *out = (struct md_aligns){0};
    size_t at = line.len > 0 && line.ptr[0] == '|' ? 1 : 0;
    for (;;) {
        uint8_t align;
        at = delimiter_cell(line, at, &align);
        if (at == STR_NONE)
            return false;
        *vec_push(arena, out) = align;
        if (at >= line.len)
            return true;
        if (line.ptr[at] != '|')
            return false;
        at++;
        if (skip_blanks(line, at) >= line.len)
            return true;
    }
}

bool md_may_be_delimiter_row(struct str line)
{
    bool dash = false;
    bool mark = false;
    for (size_t i = line.len; i-- > 0;) {
        char byte = line.ptr[i];
        if (byte == '-')
            dash = true;
        else if (byte == '|' || byte == ':')
            mark = true;
        else if (!is_blank(byte) && byte != '>' && byte != '+' && byte != '*' && byte != '.' &&
                 byte != ')' && !str_is_digit(byte))
            return false;
    }
    return dash && mark;
}

bool md_next_cell(struct str line, size_t *at, struct str *cell)
{
    if (*at == 0) {
        *at = skip_blanks(line, 0);
        if (*at < line.len && line.ptr[*at] == '|')
            *at = skip_blanks(line, *at + 1);
    }
    size_t start = *at;
    if (start >= line.len)
        return false;
    size_t end = start;
    while (end < line.len && (line.ptr[end] != '|' || (end > start && line.ptr[end - 1] == '\\')))
        end++;
    *cell = str_trim(str_sub(line, start, end));
    *at = end < line.len ? skip_blanks(line, end + 1) : end;
    return true;
}

size_t md_count_cells(struct str line)
{
    size_t count = 0;
    size_t at = 0;
    struct str cell;
    while (md_next_cell(line, &at, &cell))
        count++;
    return count;
}
