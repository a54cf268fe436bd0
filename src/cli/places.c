#include "cli/places.h"

#include "base/utf8.h"

/* Beyond this many bytes the exact end of a span helps nobody. */
enum { LONGEST_SPAN = 4096 };

/* Walks forward from *offset to `target`. */
static void walk(struct str bytes, size_t target, struct places *at)
{
    while (at->offset < target) {
        size_t newline = str_find_byte(str_sub(bytes, 0, target), '\n', at->offset);
        size_t end = newline == STR_NONE ? target : newline;
        at->column += utf8_count(str_sub(bytes, at->offset, end));
        at->offset = end;
        if (newline == STR_NONE)
            return;
        at->offset++;
        at->line++;
        at->line_start = at->offset;
        at->column = 1;
    }
}

struct place places_find(struct places *places, struct span span)
{
    if (!span.text || span.start == STR_NONE)
        return (struct place){0};
    struct str bytes = span.text->bytes;
    size_t start = span.start < bytes.len ? span.start : bytes.len;
    if (places->text != span.text || places->offset > start)
        *places = (struct places){span.text, 0, 1, 0, 1};
    walk(bytes, start, places);

    struct places end = *places;
    size_t stop = span.end < bytes.len ? span.end : bytes.len;
    if (stop > start + LONGEST_SPAN)
        stop = start + LONGEST_SPAN;
    walk(bytes, stop, &end);
    return (struct place){places->line, places->column, end.line, end.column, places->line_start};
}
