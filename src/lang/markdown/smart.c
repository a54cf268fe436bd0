/* French typography, on top of cmark's quotes and dashes: guillemets for “ ”, and no-break spaces
 * inside them and before : ; ! ? where a space was typed. */
#include "lang/markdown/extensions.h"

#include <string.h>

static const char no_break[] = "\xC2\xA0";

/* The French form of what stands at the front of `text`; *len is how much of it that replaces. */
static bool french_form(struct str text, size_t *len, struct str *form)
{
    static const struct {
        struct str from, to;
    } forms[] = {{STR_INIT("\xE2\x80\x9C"), STR_INIT("«\xC2\xA0")},
                 {STR_INIT("\xE2\x80\x9D"), STR_INIT("\xC2\xA0»")},
                 {STR_INIT("« "), STR_INIT("«\xC2\xA0")},
                 {STR_INIT(" »"), STR_INIT("\xC2\xA0»")}};
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        if (str_starts(text, forms[i].from)) {
            *len = forms[i].from.len;
            *form = forms[i].to;
            return true;
        }
    }
    if (text.len < 2 || text.ptr[0] != ' ' || !strchr(":;!?", text.ptr[1]))
        return false;
    *len = 1;
    *form = str_from(no_break);
    return true;
}

static void set_text(struct md_job *job, cmark_node *node)
{
    struct str text = str_from(cmark_node_get_literal(node));
    struct buf *out = &job->scratch;
    buf_clear(out);
    bool changed = false;
    for (size_t i = 0; i < text.len;) {
        size_t len;
        struct str form;
        if ((text.ptr[i] == ' ' || (unsigned char)text.ptr[i] >= 0xC2) &&
            french_form(str_after(text, i), &len, &form)) {
            buf_add(out, form);
            i += len;
            changed = true;
        } else {
            buf_addc(out, text.ptr[i++]);
        }
    }
    if (changed)
        cmark_node_set_literal(node, out->ptr);
}

void md_set_french(struct md_job *job)
{
    if (job->options->smart != MD_SMART_FRENCH)
        return;
    cmark_iter *iter = cmark_iter_new(job->root);
    cmark_event_type event;
    while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
        cmark_node *node = cmark_iter_get_node(iter);
        if (event == CMARK_EVENT_ENTER && cmark_node_get_type(node) == CMARK_NODE_TEXT)
            set_text(job, node);
    }
    cmark_iter_free(iter);
}
