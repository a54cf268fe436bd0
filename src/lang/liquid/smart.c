/* smartify: quotation marks, dashes and dots as a printer sets them. */
#include "lang/liquid/smart.h"

static bool opens_behind(char before)
{
    return before == '\0' || str_is_space(before) || before == '(' || before == '[' ||
           before == '-' || before == '>';
}

/* What stands for the mark at text[at], and how many bytes it takes; NULL for itself. */
static const char *smart_mark(struct str text, size_t at, size_t *length)
{
    struct str rest = str_after(text, at);
    bool opens = opens_behind(at > 0 ? text.ptr[at - 1] : '\0');
    *length = 1;
    if (str_starts(rest, STR("..."))) {
        *length = 3;
        return "…";
    }
    if (str_starts(rest, STR("---"))) {
        *length = 3;
        return "—";
    }
    if (str_starts(rest, STR("--"))) {
        *length = 2;
        return "–";
    }
    if (rest.ptr[0] == '"')
        return opens ? "“" : "”";
    if (rest.ptr[0] == '\'')
        return opens ? "‘" : "’";
    return NULL;
}

void smart_write(struct str text, bool html, struct buf *out)
{
    for (size_t at = 0; at < text.len;) {
        size_t length = 1;
        size_t tag = html && text.ptr[at] == '<' ? str_find_byte(text, '>', at) : STR_NONE;
        if (tag != STR_NONE) {
            buf_add(out, str_sub(text, at, tag + 1));
            at = tag + 1;
            continue;
        }
        const char *mark = smart_mark(text, at, &length);
        if (mark != NULL)
            buf_adds(out, mark);
        else
            buf_addc(out, text.ptr[at]);
        at += length;
    }
}
