#include "pages/atom.h"
#include "pages/xml.h"

void atom_add_time(struct buf *out, const char *element, struct date_time time)
{
    buf_addf(out, "<%s>", element);
    date_rfc3339(out, &time);
    buf_addf(out, "</%s>\n", element);
}

void atom_add_link(struct buf *out, const char *relation, const char *type, struct str url)
{
    buf_adds(out, "<link");
    xml_add_attribute(out, "rel", str_from(relation));
    xml_add_attribute(out, "type", str_from(type));
    xml_add_attribute(out, "href", url);
    buf_adds(out, "/>\n");
}

void atom_add_person(struct buf *out, const char *element, struct str name, struct str url)
{
    buf_addf(out, "<%s>", element);
    xml_add_text(out, "name", name);
    buf_truncate(out, out->len - 1); /* a person stands on one line */
    if (url.len > 0) {
        xml_add_text(out, "uri", url);
        buf_truncate(out, out->len - 1);
    }
    buf_addf(out, "</%s>\n", element);
}
