/* Cutting a template into text, {{ output }} and {% tags %}, by the rules of Ruby's tokenizer:
 * braces end at the first closing ones, quotes or not. */
#include "lang/liquid/compiler.h"

#include <string.h>

static bool is_word(char byte)
{
    return str_is_alpha(byte) || str_is_digit(byte) || byte == '_';
}

/* The end of an output's piece that begins at `from` ("{{"). STR_NONE if it never ends. */
static size_t output_end(struct str text, size_t from)
{
    for (size_t i = from + 2; i < text.len; i++) {
        char byte = text.ptr[i];
        if (byte == '}')
            return i + 1 < text.len && text.ptr[i + 1] == '}' ? i + 2 : i + 1;
        if (byte == '{' && i + 1 < text.len && text.ptr[i + 1] == '%') {
            size_t end = str_find(text, STR("%}"), i + 2);
            return end == STR_NONE ? STR_NONE : end + 2;
        }
    }
    return STR_NONE;
}

/* Inside the braces: the white space marks taken off. */
static struct str inside(struct piece *piece)
{
    struct str all = piece->all;
    struct str inner = str_sub(all, 2, all.len - 2);
    if (inner.len > 0 && inner.ptr[0] == '-') {
        piece->trim_before = true;
        inner = str_after(inner, 1);
    }
    if (inner.len > 0 && inner.ptr[inner.len - 1] == '-') {
        piece->trim_after = true;
        inner.len--;
    } else if (all.len == 5 && all.ptr[2] == '-') {
        piece->trim_after = true; /* {{-}} trims both sides */
    }
    return inner;
}

/* Takes a tag's name off the front of *markup. False if it does not begin with one. */
static bool tag_name(struct str *markup, struct str *name)
{
    struct str rest = str_trim_left(*markup);
    size_t end = 0;
    if (rest.len > 0 && rest.ptr[0] == '#')
        end = 1;
    else
        while (end < rest.len && is_word(rest.ptr[end]))
            end++;
    *name = str_sub(rest, 0, end);
    *markup = str_trim_left(str_after(rest, end));
    return end > 0;
}

static struct piece line_piece(struct pieces *pieces)
{
    while (pieces->at < pieces->text.len) {
        size_t end = str_find_byte(pieces->text, '\n', pieces->at);
        if (end == STR_NONE)
            end = pieces->text.len;
        struct str line = str_sub(pieces->text, pieces->at, end);
        pieces->at = end < pieces->text.len ? end + 1 : end;
        struct piece piece = {.kind = PIECE_TAG, .all = str_trim(line), .markup = line};
        if (piece.all.len == 0)
            continue;
        if (!tag_name(&piece.markup, &piece.name)) {
            piece.kind = PIECE_BROKEN;
            return piece;
        }
        piece.markup = str_trim_right(piece.markup);
        return piece;
    }
    return (struct piece){.kind = PIECE_END, .all = str_after(pieces->text, pieces->text.len)};
}

static struct piece tag_piece(struct pieces *pieces, size_t from)
{
    struct piece piece = {.kind = PIECE_BROKEN, .all = str_sub(pieces->text, from, from + 2)};
    size_t end = str_find(pieces->text, STR("%}"), from + 2);
    if (end == STR_NONE) {
        pieces->at = pieces->text.len; /* looking on from each brace would be quadratic */
        return piece;
    }
    pieces->at = end + 2;
    piece.all = str_sub(pieces->text, from, end + 2);
    piece.markup = inside(&piece);
    if (tag_name(&piece.markup, &piece.name))
        piece.kind = PIECE_TAG;
    return piece;
}

static struct piece output_piece(struct pieces *pieces, size_t from)
{
    struct piece piece = {.kind = PIECE_BROKEN, .all = str_sub(pieces->text, from, from + 2)};
    size_t end = output_end(pieces->text, from);
    if (end == STR_NONE) {
        pieces->at = pieces->text.len; /* looking on from each brace would be quadratic */
        return piece;
    }
    pieces->at = end;
    piece.all = str_sub(pieces->text, from, end);
    if (piece.all.len < 4 || !str_ends(piece.all, STR("}}")))
        return piece;
    piece.kind = PIECE_OUTPUT;
    piece.markup = inside(&piece);
    return piece;
}

static size_t text_end(struct str text, size_t from)
{
    for (size_t i = from;; i++) {
        i = str_find_byte(text, '{', i);
        if (i == STR_NONE || i + 1 >= text.len)
            return text.len;
        if (text.ptr[i + 1] == '{' || text.ptr[i + 1] == '%')
            return i;
    }
}

struct piece piece_next(struct pieces *pieces)
{
    if (pieces->lines)
        return line_piece(pieces);
    size_t from = pieces->at;
    struct str text = pieces->text;
    if (from >= text.len)
        return (struct piece){.kind = PIECE_END, .all = str_after(text, text.len)};
    if (text.ptr[from] == '{' && from + 1 < text.len) {
        if (text.ptr[from + 1] == '%')
            return tag_piece(pieces, from);
        if (text.ptr[from + 1] == '{')
            return output_piece(pieces, from);
    }
    pieces->at = text_end(text, from);
    return (struct piece){.kind = PIECE_TEXT, .all = str_sub(text, from, pieces->at)};
}

/* Whether the piece ends with a tag {% name … %}, whatever stands before it in the piece: the
 * leading part is then text of the body. */
static bool ends_with_tag(struct str piece, struct str *before, struct str *name, bool *trim)
{
    if (!str_ends(piece, STR("%}")) || piece.len < 4)
        return false;
    for (size_t i = piece.len - 3; i-- > 0;) {
        if (piece.ptr[i] != '{' || piece.ptr[i + 1] != '%')
            continue;
        struct str markup = str_sub(piece, i + 2, piece.len - 2);
        if (markup.len > 0 && markup.ptr[0] == '-') {
            markup = str_after(markup, 1);
            *trim = true;
        }
        *before = str_sub(piece, 0, i);
        return tag_name(&markup, name);
    }
    return false;
}

bool piece_until(struct pieces *pieces, struct str end_name, bool nested_is_error, struct str *body,
                 struct piece *end)
{
    size_t start = pieces->at;
    *body = str_sub(pieces->text, start, start);
    if (pieces->lines)
        return false;
    struct str own = str_after(end_name, 3);
    for (;;) {
        struct piece piece = piece_next(pieces);
        if (piece.kind == PIECE_END)
            return false;
        struct str before;
        struct str name;
        bool trim = false;
        if (!ends_with_tag(piece.all, &before, &name, &trim))
            continue;
        if (nested_is_error && str_eq(name, own))
            return false;
        if (!str_eq(name, end_name))
            continue;
        size_t length = (size_t)(before.ptr + before.len - (pieces->text.ptr + start));
        *body = str_sub(pieces->text, start, start + length);
        *end = piece;
        end->trim_before = trim;
        end->trim_after = piece.all.len > 4 && piece.all.ptr[piece.all.len - 3] == '-';
        return true;
    }
}
