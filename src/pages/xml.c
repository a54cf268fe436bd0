#include "pages/xml.h"
#include "base/html.h"

void xml_add_text(struct buf *out, const char *name, struct str text)
{
    struct str tag = str_from(name);
    buf_addc(out, '<');
    buf_add(out, tag);
    buf_addc(out, '>');
    xml_escape(out, text);
    buf_add(out, STR("</"));
    buf_add(out, tag);
    buf_add(out, STR(">\n"));
}

void xml_add_given(struct buf *out, const char *name, struct str text)
{
    if (text.len > 0)
        xml_add_text(out, name, text);
}

void xml_add_attribute(struct buf *out, const char *name, struct str value)
{
    buf_addc(out, ' ');
    buf_adds(out, name);
    buf_add(out, STR("=\""));
    xml_escape(out, value);
    buf_addc(out, '"');
}
