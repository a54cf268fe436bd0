#include "base/utf8.h"
#include "pages/ics_internal.h"

enum { LINE_MOST = 75 };

/* How many of the first bytes, up to `most`, are printable ASCII. */
static size_t plain_bytes(struct str line, size_t most)
{
    size_t len = 0;

    while (len < line.len && len < most && line.ptr[len] >= ' ' && line.ptr[len] < 0x7f)
        len++;
    return len;
}

void ics_line(struct buf *out, struct str line)
{
    size_t octets = 0;

    while (line.len > 0) {
        size_t len = plain_bytes(line, LINE_MOST - octets);
        if (len > 0) {
            buf_add(out, str_sub(line, 0, len));
            line = str_after(line, len);
            octets += len;
            continue;
        }
        uint32_t c = utf8_decode(line, &len);
        size_t start = out->len;

        line = str_after(line, len);
        if ((c < 0x20 && c != '\t') || c == 0x7f)
            continue;
        utf8_encode(out, c);
        octets += out->len - start;
        if (octets > LINE_MOST) {
            buf_insert(out, start, STR("\r\n "));
            octets = out->len - start - 2;
        }
    }
    buf_adds(out, "\r\n");
}

void ics_escape(struct buf *line, struct str text)
{
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];

        if (c == '\r' && i + 1 < text.len && text.ptr[i + 1] == '\n')
            continue;
        if (c == '\n' || c == '\r') {
            buf_adds(line, "\\n");
            continue;
        }
        if (c == '\\' || c == ';' || c == ',')
            buf_addc(line, '\\');
        buf_addc(line, c);
    }
}

void ics_text(struct buf *out, const char *name, struct str text)
{
    struct buf line = {0};

    if (text.len == 0)
        return;
    buf_addf(&line, "%s:", name);
    ics_escape(&line, text);
    ics_line(out, buf_str(&line));
    buf_release(&line);
}
