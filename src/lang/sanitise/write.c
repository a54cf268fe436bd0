/* A tree from gumbo written as HTML, with only what the list allows. */
#include "base/vec.h"
#include "lang/markup/markup_internal.h"
#include "lang/sanitise/sanitise_internal.h"

#include <string.h>

struct frame {
    const GumboNode *node;
    unsigned next;                      /* the child to be written next */
    const struct list_element *element; /* NULL: only what is in it is written */
    size_t heading;                     /* its number plus 1, of a heading */
    size_t start;                       /* of its tag in the output */
};

struct frames {
    struct frame *items;
    size_t count, capacity;
};

static const GumboVector *children_of(const GumboNode *node)
{
    return &node->v.element.children;
}

static void note_dropped(struct writer *writer, const GumboElement *node, bool whole)
{
    size_t at = sanitise_offset(writer, node);
    struct str name = sanitise_name(writer, node);
    sanitise_note(writer, MARKUP_DROPPED_HTML, at,
                  at == STR_NONE ? at : at + node->original_tag.length, "",
                  whole ? "<%.*s> and what is in it was left out: it is not allowed here"
                        : "the tag <%.*s> was left out: it is not allowed here",
                  STR_ARG(name));
}

enum fate { FATE_DROP, FATE_UNWRAP, FATE_KEEP };

static enum fate fate_of(struct writer *writer, const GumboNode *node, struct str name,
                         const struct list_element **element)
{
    *element = NULL;
    if (node->type == GUMBO_NODE_TEMPLATE || node->v.element.tag_namespace != GUMBO_NAMESPACE_HTML)
        return FATE_DROP;
    const struct list_element *found = list_find_element(name);
    if (node->v.element.tag == GUMBO_TAG_IFRAME) {
        *element = found;
        return sanitise_embed_stays(writer, &node->v.element) ? FATE_KEEP : FATE_DROP;
    }
    if (list_drops_whole(name))
        return FATE_DROP;
    if (!found || !(found->group & writer->policy->groups))
        return FATE_UNWRAP;
    if (node->v.element.tag == GUMBO_TAG_INPUT && !sanitise_input_stays(&node->v.element))
        return FATE_DROP;
    *element = found;
    return FATE_KEEP;
}

/* The parser drops a line break right behind <pre>: one that is meant needs another in front. */
static void keep_first_break(struct writer *writer, const GumboElement *node)
{
    if (node->tag != GUMBO_TAG_PRE || node->children.length == 0)
        return;
    const GumboNode *first = node->children.data[0];
    if ((first->type == GUMBO_NODE_TEXT || first->type == GUMBO_NODE_WHITESPACE) &&
        first->v.text.text[0] == '\n')
        buf_addc(&writer->html, '\n');
}

static void begin_heading(struct writer *writer, struct frame *frame)
{
    const char *name = frame->element->name;
    if (name[0] != 'h' || name[1] < '1' || name[1] > '6' || name[2])
        return;
    struct markup_heading *heading = vec_push(writer->arena, &writer->out->headings);
    *heading = (struct markup_heading){.level = name[1] - '0', .html_start = frame->start};
    const GumboAttribute *id = gumbo_get_attribute(&frame->node->v.element.attributes, "id");
    if (id) {
        struct str prefix = writer->input->id_prefix;
        struct str value = str_from(id->value);
        heading->id = str_starts(value, prefix) ? arena_str(writer->arena, value)
                                                : arena_printf(writer->arena, "%.*s%.*s",
                                                               STR_ARG(prefix), STR_ARG(value));
    }
    frame->heading = writer->out->headings.count;
}

/* Writes a start tag, or the whole of an element without content. Returns whether its children are
 * to be written. */
static bool begin_element(struct writer *writer, const GumboNode *node, struct frame *frame)
{
    const GumboElement *html_element = &node->v.element;
    struct str name = sanitise_name(writer, html_element);
    enum fate fate = fate_of(writer, node, name, &frame->element);
    if (fate != FATE_KEEP) {
        note_dropped(writer, html_element, fate == FATE_DROP);
        frame->element = NULL;
        return fate == FATE_UNWRAP;
    }
    struct buf *html = &writer->html;
    frame->start = html->len;
    size_t at = sanitise_offset(writer, html_element);
    *vec_push(writer->arena, &writer->origins) =
        (struct sanitise_origin){.html = html->len,
                                 .source = sanitise_source(writer->input, at == STR_NONE ? 0 : at),
                                 .raw = true};
    if (html_element->tag == GUMBO_TAG_IMG) {
        sanitise_write_picture(writer, frame->element, html_element);
        return false;
    }
    buf_addc(html, '<');
    buf_adds(html, frame->element->name);
    sanitise_write_attributes(writer, frame->element, html_element);
    buf_add(html, frame->element->is_void ? STR(" />") : STR(">"));
    if (html_element->tag == GUMBO_TAG_IFRAME)
        buf_add(html, STR("</iframe>"));
    if (frame->element->is_void || html_element->tag == GUMBO_TAG_IFRAME)
        return false;
    keep_first_break(writer, html_element);
    begin_heading(writer, frame);
    return true;
}

static void end_element(struct writer *writer, const struct frame *frame)
{
    if (!frame->element)
        return;
    struct buf *html = &writer->html;
    buf_add(html, STR("</"));
    buf_adds(html, frame->element->name);
    buf_addc(html, '>');
    if (frame->heading == 0)
        return;
    struct markup_heading *heading = &writer->out->headings.items[frame->heading - 1];
    heading->html_end = html->len;
    struct buf text = {0};
    markup_text_of(str_sub(buf_str(html), heading->html_start, html->len), &text);
    heading->text = arena_str(writer->arena, buf_str(&text));
    buf_release(&text);
}

/* Where the node begins in the input, or STR_NONE. */
static size_t node_offset(const struct writer *writer, const GumboNode *node)
{
    if (node->type == GUMBO_NODE_ELEMENT)
        return sanitise_offset(writer, &node->v.element);
    const char *at = node->v.text.original_text.data;
    struct str html = writer->input->html;
    return at >= html.ptr && at < html.ptr + html.len ? (size_t)(at - html.ptr) : STR_NONE;
}

/* The teaser ends before the first top-level node that lies behind its end in the input. */
static void see_top(struct writer *writer, const GumboNode *node)
{
    struct markup_draft *out = writer->out;
    size_t lead = writer->input->lead_end;
    if (lead == 0 || out->lead_end > 0 || node->type == GUMBO_NODE_TEMPLATE)
        return;
    size_t at = node_offset(writer, node);
    if (at != STR_NONE && at >= lead)
        out->lead_end = writer->html.len;
}

static void leave_top(struct writer *writer, const struct frame *frame)
{
    struct markup_draft *out = writer->out;
    if (writer->input->lead_end == 0 && out->lead_end == 0 && frame->element &&
        strcmp(frame->element->name, "p") == 0 && writer->html.len > frame->start + 7)
        out->lead_end = writer->html.len;
}

static void write_child(struct writer *writer, struct frames *frames, const GumboNode *node)
{
    if (frames->count == 1)
        see_top(writer, node);
    switch (node->type) {
    case GUMBO_NODE_TEXT:
    case GUMBO_NODE_WHITESPACE:
    case GUMBO_NODE_CDATA: markup_put_text(&writer->html, str_from(node->v.text.text)); break;
    case GUMBO_NODE_ELEMENT:
    case GUMBO_NODE_TEMPLATE: {
        struct frame frame = {.node = node};
        if (begin_element(writer, node, &frame))
            *vec_push(writer->arena, frames) = frame;
        break;
    }
    default: break;
    }
}

void sanitise_write(struct writer *writer, const GumboNode *root)
{
    struct frames frames = {0};
    *vec_push(writer->arena, &frames) = (struct frame){.node = root};
    while (frames.count > 0) {
        struct frame *frame = &frames.items[frames.count - 1];
        const GumboVector *children = children_of(frame->node);
        if (frame->next < children->length) {
            write_child(writer, &frames, children->data[frame->next++]);
            continue;
        }
        struct frame done = *frame;
        frames.count--;
        end_element(writer, &done);
        if (frames.count == 1)
            leave_top(writer, &done);
    }
    if (writer->out->lead_end == 0 && writer->input->lead_end > 0)
        writer->out->lead_end = writer->html.len;
}
