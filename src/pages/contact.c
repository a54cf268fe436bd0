#include "pages/contact.h"
#include "base/html.h"

/* Every byte as %XX: RFC 6068 lets any character of an address be written so, except the @. */
static void add_percent(struct buf *out, struct str part)
{
    for (size_t i = 0; i < part.len; i++)
        buf_addf(out, "%%%02X", (unsigned)(unsigned char)part.ptr[i]);
}

static void add_references(struct buf *out, struct str text)
{
    for (size_t i = 0; i < text.len; i++)
        buf_addf(out, "&#%d;", text.ptr[i]);
}

static void add_domain(struct buf *out, struct str domain)
{
    struct str label;
    bool first = true;
    while (str_split(&domain, '.', &label)) {
        if (!first)
            buf_adds(out, "&#46;");
        html_escape(out, label);
        first = false;
    }
}

void contact_write_email(struct buf *out, struct str address)
{
    size_t at = str_rfind_byte(address, '@');
    if (at == STR_NONE || at == 0 || at + 1 == address.len) {
        html_escape(out, address);
        return;
    }
    struct str local = str_sub(address, 0, at);
    struct str domain = str_after(address, at + 1);
    buf_adds(out, "<a class=\"email\" href=\"");
    add_references(out, STR("mailto:"));
    add_percent(out, local);
    buf_adds(out, "&#64;");
    add_percent(out, domain);
    buf_adds(out, "\">");
    html_escape(out, local);
    /* What is hidden is neither shown, read aloud nor copied; it is there for those who only take
     * the tags away. */
    buf_adds(out, "<span hidden> · </span><wbr>&#64;<span hidden> · </span>");
    add_domain(out, domain);
    buf_adds(out, "</a>");
}
