#include "base/text.h"
#include "base/utf8.h"

#include <string.h>

struct span span_of(const struct text *text, size_t start, size_t end)
{
    return (struct span){text, start, end};
}

struct span span_file(const struct text *text)
{
    return (struct span){text, STR_NONE, STR_NONE};
}

struct text_position text_position(const struct text *text, size_t offset)
{
    struct str bytes = text->bytes;
    if (offset > bytes.len)
        offset = bytes.len;
    struct text_position position = {.line = 1};
    size_t end;
    while ((end = str_find_byte(bytes, '\n', position.line_start)) != STR_NONE && end < offset) {
        position.line++;
        position.line_start = end + 1;
    }
    if (end == STR_NONE)
        end = bytes.len;
    if (end > position.line_start && bytes.ptr[end - 1] == '\r')
        end--;
    position.line_text = str_sub(bytes, position.line_start, end);
    size_t before = position.line_start;
    /* A byte order mark is no character that an editor counts. */
    if (before == 0 && str_starts(bytes, STR("\xEF\xBB\xBF")) && offset >= 3) {
        before = 3;
        position.line_text = str_after(position.line_text, 3);
        position.line_start = 3;
    }
    position.column = 1 + utf8_count(str_sub(bytes, before, offset));
    return position;
}
