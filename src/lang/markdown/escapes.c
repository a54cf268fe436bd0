#include "lang/markdown/extensions.h"

#include <string.h>

/* Whether the backslash at `at` takes a meaning from what stands behind it that only our passes
 * would see. The caller makes sure that the backslash is not itself escaped. */
bool md_escape_at(struct str text, size_t at)
{
    char next = at + 1 < text.len ? text.ptr[at + 1] : '\0';
    return next != '\0' && strchr("~:.@/[", next) != NULL;
}

struct str md_choose_marker(struct str text)
{
    static const struct str candidates[] = {
        STR_INIT("\xF0\x92\x91\xB0"), STR_INIT("\xF0\x92\x91\xB1"), STR_INIT("\xF0\x92\x91\xB2"),
        STR_INIT("\xF0\x92\x91\xB3"), STR_INIT("\xF0\x90\xA9\x90"), STR_INIT("\xF0\x90\xA9\x91"),
        STR_INIT("\xF0\x90\xA9\x92"), STR_INIT("\xF0\x90\xA9\x93")};
    for (size_t i = 0; i < sizeof candidates / sizeof candidates[0]; i++) {
        if (!str_has(text, candidates[i]))
            return candidates[i];
    }
    return (struct str){NULL, 0};
}

/* A copy without the markers, or NULL if there is none in it. */
static const char *without(struct md_job *job, const char *text)
{
    const char *found = text ? strstr(text, job->marker.ptr) : NULL;
    if (!found)
        return NULL;
    struct buf *clean = &job->scratch;
    buf_clear(clean);
    while (found) {
        buf_add(clean, (struct str){text, (size_t)(found - text)});
        text = found + job->marker.len;
        found = strstr(text, job->marker.ptr);
    }
    buf_adds(clean, text);
    return clean->ptr;
}

static void clean_node(struct md_job *job, cmark_node *node)
{
    const char *clean;
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_CODE_BLOCK:
        if ((clean = without(job, cmark_node_get_fence_info(node))))
            cmark_node_set_fence_info(node, clean);
        /* fall through */
    case CMARK_NODE_TEXT:
    case CMARK_NODE_CODE:
    case CMARK_NODE_HTML_INLINE:
    case CMARK_NODE_HTML_BLOCK:
        if ((clean = without(job, cmark_node_get_literal(node))))
            cmark_node_set_literal(node, clean);
        break;
    case CMARK_NODE_LINK:
    case CMARK_NODE_IMAGE:
        if ((clean = without(job, cmark_node_get_url(node))))
            cmark_node_set_url(node, clean);
        if ((clean = without(job, cmark_node_get_title(node))))
            cmark_node_set_title(node, clean);
        break;
    default: break;
    }
}

void md_take_markers_out(struct md_job *job)
{
    if (job->marker.len == 0)
        return;
    cmark_iter *iter = cmark_iter_new(job->root);
    cmark_event_type event;
    while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
        if (event == CMARK_EVENT_ENTER)
            clean_node(job, cmark_iter_get_node(iter));
    }
    cmark_iter_free(iter);
}
