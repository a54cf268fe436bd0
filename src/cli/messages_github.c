#include "cli/messages.h"

#include "cli/places.h"

/* GitHub's own escapes; a property's value must not hold ':' and ',' either. */
static void add_escaped(struct buf *out, struct str text, bool property)
{
    for (size_t i = 0; i < text.len; i++) {
        char byte = text.ptr[i];
        if (byte == '%')
            buf_adds(out, "%25");
        else if (byte == '\r')
            buf_adds(out, "%0D");
        else if (byte == '\n')
            buf_adds(out, "%0A");
        else if (property && byte == ':')
            buf_adds(out, "%3A");
        else if (property && byte == ',')
            buf_adds(out, "%2C");
        else
            buf_addc(out, byte);
    }
}

static void add_properties(struct buf *out, const struct diag *diag, const struct place *place)
{
    if (diag->span.text && diag->span.text->path.len > 0) {
        buf_adds(out, "file=");
        add_escaped(out, diag->span.text->path, true);
        buf_addc(out, ',');
    }
    if (place->line > 0)
        buf_addf(out, "line=%zu,endLine=%zu,", place->line, place->end_line);
    /* GitHub takes columns only where a mark stays on its line. */
    if (place->line > 0 && place->line == place->end_line)
        buf_addf(out, "col=%zu,endColumn=%zu,", place->column, place->end_column);
    buf_addf(out, "title=%s", diag->code);
}

void messages_github(struct buf *out, const struct diags *diags)
{
    struct places places = {0};
    for (size_t i = 0; i < diags->count; i++) {
        const struct diag *diag = &diags->items[i];
        struct place place = places_find(&places, diag->span);
        buf_addf(out, "::%s ",
                 diag->severity == SEVERITY_NOTE      ? "notice"
                 : diag->severity == SEVERITY_WARNING ? "warning"
                                                      : "error");
        add_properties(out, diag, &place);
        buf_adds(out, "::");
        add_escaped(out, diag->message, false);
        if (diag->hint.len > 0) {
            buf_adds(out, "%0A");
            add_escaped(out, diag->hint, false);
        }
        buf_addc(out, '\n');
    }
}
