#include "lang/front_matter.h"

#include <stdbool.h>

/* Takes the line at *at: its bytes without the end; *at then stands behind the end. */
static struct str take_line(struct str bytes, size_t *at)
{
    size_t start = *at;
    size_t end = str_find_byte(bytes, '\n', start);
    if (end == STR_NONE) {
        *at = bytes.len;
        return str_after(bytes, start);
    }
    *at = end + 1;
    return str_sub(bytes, start, end);
}

static bool is_line(struct str line, struct str dashes)
{
    return str_starts(line, dashes) && str_trim(str_after(line, dashes.len)).len == 0;
}

enum front_matter_result front_matter_split(struct str bytes, struct front_matter *out)
{
    *out = (struct front_matter){0};
    size_t at = str_starts(bytes, STR("\xEF\xBB\xBF")) ? 3 : 0;
    out->body_start = at;
    size_t start = at;
    struct str line = take_line(bytes, &at);
    while (str_trim(line).len == 0 && at < bytes.len) {
        start = at;
        line = take_line(bytes, &at);
    }
    if (!is_line(line, STR("---")))
        return FRONT_MATTER_NONE;
    out->opening_start = start;
    out->opening_end = start + 3;
    out->yaml_start = at;
    while (at < bytes.len) {
        size_t line_start = at;
        line = take_line(bytes, &at);
        if (is_line(line, STR("---")) || is_line(line, STR("..."))) {
            out->yaml_end = line_start;
            out->body_start = at;
            return FRONT_MATTER_FOUND;
        }
    }
    out->yaml_end = bytes.len;
    out->body_start = bytes.len;
    return FRONT_MATTER_UNCLOSED;
}
