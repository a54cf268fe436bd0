/* French typography, on top of cmark's quotes and dashes: guillemets for “ ”, no-break spaces
 * inside them, and before : ; ! ? where a space was typed. */
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

/* A neighbour of a text that is not the end of its line. */
static bool joins(cmark_node *neighbour)
{
    cmark_node_type type = neighbour ? cmark_node_get_type(neighbour) : CMARK_NODE_NONE;
    return type != CMARK_NODE_NONE && type != CMARK_NODE_SOFTBREAK && type != CMARK_NODE_LINEBREAK;
}

static bool is_no_break(struct str text)
{
    return str_starts(text, str_from(no_break)) || str_starts(text, STR("\u202F"));
}

/* Whether the guillemet at text[at] has something right inside it, with no space between. */
static bool is_tight(cmark_node *node, struct str text, size_t at, bool opening)
{
    size_t behind = at + STR("«").len;
    if (opening && behind == text.len)
        return joins(cmark_node_next(node));
    if (opening)
        return !str_is_space(text.ptr[behind]) && !is_no_break(str_after(text, behind));
    if (at == 0)
        return joins(cmark_node_previous(node));
    struct str before = str_sub(text, 0, at);
    return !str_is_space(text.ptr[at - 1]) && !str_ends(before, str_from(no_break)) &&
           !str_ends(before, STR("\u202F"));
}

/* Writes the guillemet at text[at] with its space, if it is one that lacks it. */
static bool put_tight(struct md_job *job, cmark_node *node, struct str text, size_t at)
{
    struct buf *out = &job->scratch;
    bool opening = str_starts(str_after(text, at), STR("«"));
    if ((!opening && !str_starts(str_after(text, at), STR("»"))) ||
        !is_tight(node, text, at, opening))
        return false;
    if (!opening)
        buf_adds(out, no_break);
    buf_add(out, opening ? STR("«") : STR("»"));
    if (opening)
        buf_adds(out, no_break);
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
        } else if ((unsigned char)text.ptr[i] == 0xC2 && put_tight(job, node, text, i)) {
            i += STR("«").len;
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
