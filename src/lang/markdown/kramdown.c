/* kramdown's attribute lists, `{: .class #id key="value" }`, which Jekyll's authors are used to:
 * left out with a note, since shown they would only puzzle the reader. */
#include "lang/markdown/extensions.h"

/* The length of an attribute list at the front of `text`, or 0. */
static size_t list_length(struct str text)
{
    if (!str_starts(text, STR("{:")))
        return 0;
    size_t end = str_find_byte(text, '}', 2);
    if (end == STR_NONE || str_find_byte(str_sub(text, 0, end), '{', 1) != STR_NONE)
        return 0;
    return end + 1;
}

/* Behind a link, picture, code or emphasis it marks that; on a line of its own its block. */
static bool may_stand_behind(cmark_node *previous, bool ends_text)
{
    switch (previous ? cmark_node_get_type(previous) : CMARK_NODE_NONE) {
    case CMARK_NODE_LINK:
    case CMARK_NODE_IMAGE:
    case CMARK_NODE_CODE:
    case CMARK_NODE_EMPH:
    case CMARK_NODE_STRONG: return true;
    case CMARK_NODE_NONE:
    case CMARK_NODE_SOFTBREAK:
    case CMARK_NODE_LINEBREAK: return ends_text;
    default: return false;
    }
}

static void drop(struct md_job *job, cmark_node *node, struct str text, size_t length)
{
    struct str shown = str_sub(text, 0, length > 60 ? 60 : length);
    struct md_place place = md_place_of(job, node, STR("{:"));
    md_note(job, MARKUP_ATTRIBUTE_LIST, place,
            STR("sizes and classes are the layout's business here; take it out"),
            "'%.*s' is kramdown's and was left out", STR_ARG(shown));
    cmark_node *previous = cmark_node_previous(node);
    struct str rest = arena_str(job->arena, str_after(text, length));
    cmark_node_set_literal(node, rest.len > 0 ? rest.ptr : "");
    if (rest.len == 0 && previous && !cmark_node_next(node) &&
        cmark_node_get_type(previous) == CMARK_NODE_SOFTBREAK) {
        cmark_node_unlink(previous);
        cmark_node_free(previous);
    }
}

static void see_text(struct md_job *job, cmark_node *node)
{
    struct str text = str_from(cmark_node_get_literal(node));
    size_t length = list_length(text);
    if (length == 0)
        return;
    cmark_node *next = cmark_node_next(node);
    bool ends = length == text.len && (!next || cmark_node_get_type(next) == CMARK_NODE_SOFTBREAK);
    if (may_stand_behind(cmark_node_previous(node), ends))
        drop(job, node, text, length);
}

/* Whether nothing is left of a paragraph. */
static bool is_bare(cmark_node *paragraph)
{
    cmark_node *first = cmark_node_first_child(paragraph);
    return first && !cmark_node_next(first) && cmark_node_get_type(first) == CMARK_NODE_TEXT &&
           cmark_node_get_literal(first)[0] == '\0';
}

void md_drop_attribute_lists(struct md_job *job)
{
    if (!job->options->kramdown || !job->features.lists)
        return;
    cmark_iter *iter = cmark_iter_new(job->root);
    cmark_event_type event;
    while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
        cmark_node *node = cmark_iter_get_node(iter);
        cmark_node_type type = cmark_node_get_type(node);
        if (type == CMARK_NODE_TEXT) {
            see_text(job, node);
        } else if (type == CMARK_NODE_PARAGRAPH && event == CMARK_EVENT_EXIT && is_bare(node)) {
            cmark_node_unlink(node);
            cmark_node_free(node);
        }
    }
    cmark_iter_free(iter);
}
