#include "serve/marks.h"

static const struct str page_name = STR_INIT("index.html");

static enum mark mark_of(const struct output *output)
{
    if (output->kind != OUTPUT_ENTRY)
        return MARK_NONE;
    const struct entry *entry = output->subject;
    return entry->record->draft.value ? MARK_DRAFT : entry->future ? MARK_FUTURE : MARK_NONE;
}

void marks_add(struct buf *out, const struct plan *plan)
{
    for (size_t i = 0; i < plan->count; i++) {
        const struct output *output = &plan->outputs[i];
        enum mark mark = mark_of(output);
        struct str path = output->path;
        if (str_ends(path, page_name))
            path.len -= page_name.len;
        if (mark != MARK_NONE)
            buf_addf(out, "%d%.*s\n", (int)mark, STR_ARG(path));
    }
}

enum mark marks_find(struct str marks, struct str path)
{
    struct str line;
    if (str_ends(path, page_name))
        path.len -= page_name.len;
    while (str_line(&marks, &line)) {
        if (line.len > 0 && str_eq(str_after(line, 1), path))
            return (enum mark)(line.ptr[0] - '0');
    }
    return MARK_NONE;
}
