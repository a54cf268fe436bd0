#include "pages/xml.h"
#include "base/html.h"

void xml_add_text(struct buf *out, const char *name, struct str text)
{
    buf_addf(out, "<%s>", name);
    xml_escape(out, text);
    buf_addf(out, "</%s>\n", name);
}

void xml_add_given(struct buf *out, const char *name, struct str text)
{
    if (text.len > 0)
        xml_add_text(out, name, text);
}

void xml_add_attribute(struct buf *out, const char *name, struct str value)
{
    buf_addf(out, " %s=\"", name);
    xml_escape(out, value);
    buf_addc(out, '"');
}
