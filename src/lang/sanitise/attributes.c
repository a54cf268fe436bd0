/* Attributes: which stay, and with what value. */
#include "base/html.h"
#include "base/vec.h"
#include "lang/markup/markup_internal.h"
#include "lang/sanitise/sanitise_internal.h"

static void put(struct writer *writer, struct str name, struct str value)
{
    struct buf *html = &writer->html;
    buf_addc(html, ' ');
    buf_add(html, name);
    buf_add(html, STR("=\""));
    markup_put_text(html, value);
    buf_addc(html, '"');
}

static size_t digits(struct str value)
{
    size_t count = 0;
    while (count < value.len && str_is_digit(value.ptr[count]))
        count++;
    return count <= 9 ? count : 0;
}

static bool put_length(struct writer *writer, struct str name, struct str value)
{
    size_t count = digits(value);
    struct str unit = str_after(value, count);
    if (count == 0 || (unit.len > 0 && !str_eq(unit, STR("px")) && !str_eq(unit, STR("%"))))
        return false;
    put(writer, name, str_sub(value, 0, str_eq(unit, STR("%")) ? count + 1 : count));
    return true;
}

/* The id as it is printed: prefixed once. Empty if it cannot be one or is taken. */
static struct str usable_id(struct writer *writer, struct str value)
{
    if (value.len == 0 || value.len > 500)
        return (struct str){NULL, 0};
    for (size_t i = 0; i < value.len; i++) {
        if ((unsigned char)value.ptr[i] <= ' ' || value.ptr[i] == 0x7F)
            return (struct str){NULL, 0};
    }
    struct str prefix = writer->input->id_prefix;
    struct str id = str_starts(value, prefix)
                        ? arena_str(writer->arena, value)
                        : arena_printf(writer->arena, "%.*s%.*s", STR_ARG(prefix), STR_ARG(value));
    if (map_has(&writer->ids, id))
        return (struct str){NULL, 0};
    map_put(&writer->ids, id, writer);
    *vec_push(writer->arena, &writer->out->ids) = id;
    return id;
}

static bool put_id(struct writer *writer, struct str name, struct str value)
{
    struct str id = usable_id(writer, value);
    if (id.len == 0)
        return false;
    put(writer, name, id);
    return true;
}

/* Returns whether all of the classes stay. */
static bool put_classes(struct writer *writer, struct str name, struct str value)
{
    struct buf kept = {0};
    bool all = true;
    struct str rest = value;
    struct str part;
    while (str_split(&rest, ' ', &part)) {
        part = str_trim(part);
        if (part.len == 0)
            continue;
        if (!list_allows_class(part)) {
            all = false;
            continue;
        }
        if (kept.len > 0)
            buf_addc(&kept, ' ');
        buf_add(&kept, part);
    }
    if (kept.len > 0)
        put(writer, name, buf_str(&kept));
    buf_release(&kept);
    return all;
}

/* What Markdown knows of the link whose hole, or the picture that, is at that place. */
static const struct markup_link *known_link(struct writer *writer, size_t html,
                                            enum markup_link_kind kind)
{
    const struct markup_links *links = writer->input->links;
    if (!links || html == STR_NONE)
        return NULL;
    size_t low = 0;
    size_t high = links->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (links->items[middle].html_start < html)
            low = middle + 1;
        else
            high = middle;
    }
    const struct markup_link *found = low < links->count ? &links->items[low] : NULL;
    return found && found->html_start == html && found->kind == kind ? found : NULL;
}

static size_t offset_in(const struct writer *writer, const char *at)
{
    struct str html = writer->input->html;
    return at >= html.ptr && at < html.ptr + html.len ? (size_t)(at - html.ptr) : STR_NONE;
}

/* Where the value of an attribute begins in the input. */
static size_t value_offset(const struct writer *writer, const GumboAttribute *attribute)
{
    GumboStringPiece value = attribute->original_value;
    if (value.length == 0)
        return STR_NONE;
    bool quoted = value.data[0] == '"' || value.data[0] == '\'';
    return offset_in(writer, value.data + quoted);
}

/* How long the value is in the input, without quotes. */
static size_t value_length(const GumboAttribute *attribute)
{
    GumboStringPiece value = attribute->original_value;
    bool quoted = value.length > 1 && (value.data[0] == '"' || value.data[0] == '\'');
    return quoted ? value.length - 2 : value.length;
}

/* The link stands in bytes [from, to) of the input. */
static void place_link(struct writer *writer, struct markup_link *link, size_t from, size_t to)
{
    link->in_raw_html = true;
    if (from == STR_NONE || from >= to)
        from = to = 0;
    link->source_start = sanitise_source(writer->input, from);
    link->source_end = to > from ? sanitise_source(writer->input, to - 1) + 1 : 0;
    if (link->source_end < link->source_start)
        link->source_end = link->source_start;
}

/* A fragment of the body's own is prefixed like its ids. */
static struct str own_fragment(struct writer *writer, struct str url)
{
    struct str prefix = writer->input->id_prefix;
    if (prefix.len == 0 || url.len < 2 || url.ptr[0] != '#' ||
        str_starts(str_after(url, 1), prefix))
        return url;
    return arena_printf(writer->arena, "#%.*s%.*s", STR_ARG(prefix), STR_ARG(str_after(url, 1)));
}

static void put_url(struct writer *writer, const GumboAttribute *attribute, struct str name,
                    struct str url, enum markup_link_kind kind)
{
    struct buf *html = &writer->html;
    size_t offset = value_offset(writer, attribute);
    const struct markup_link *known = known_link(writer, offset, kind);
    struct markup_link link = {.kind = kind};
    if (known)
        link = *known;
    else
        place_link(writer, &link, offset, offset + value_length(attribute));
    if (!known)
        link.target = arena_str(writer->arena, own_fragment(writer, url));
    buf_addc(html, ' ');
    buf_add(html, name);
    buf_add(html, STR("=\""));
    link.html_start = html->len;
    markup_put_url(html, link.target);
    link.html_end = html->len;
    buf_addc(html, '"');
    *vec_push(writer->arena, &writer->out->links) = link;
}

static void note_url(struct writer *writer, const GumboElement *node, struct str url)
{
    size_t at = sanitise_offset(writer, node);
    sanitise_note(writer, MARKUP_UNSAFE_URL, at, at == STR_NONE ? at : at + 1,
                  "addresses may be http, https, mailto or tel, or lead to a place in this site",
                  "the address '%.*s' was left out: this kind is not allowed",
                  (int)(url.len > 60 ? 60 : url.len), url.ptr);
}

static bool put_link(struct writer *writer, const GumboElement *node,
                     const GumboAttribute *attribute, struct str name, bool resource)
{
    struct str url = url_as_read(writer->arena, str_from(attribute->value));
    if (!url_is_safe(url)) {
        note_url(writer, node, url);
        return true;
    }
    if (resource && url_is_external(url) && node->tag != GUMBO_TAG_IFRAME) {
        size_t at = sanitise_offset(writer, node);
        sanitise_note(writer, MARKUP_EXTERNAL_PICTURE, at, at == STR_NONE ? at : at + 1,
                      "put the file beside the text, or link to the page that has it",
                      "sound and video from another site are not shown here");
        return true;
    }
    put_url(writer, attribute, name, url, resource ? MARKUP_RESOURCE : MARKUP_LINK);
    return true;
}

/* Writes one attribute if its value is right. Returns false if it was left out unsaid. */
static bool put_attribute(struct writer *writer, const struct list_attribute *rule,
                          const GumboElement *node, const GumboAttribute *attribute)
{
    struct str name = str_from(rule->name);
    struct str value = str_from(attribute->value);
    switch (rule->value) {
    case LIST_TEXT: put(writer, name, value); return true;
    case LIST_NUMBER:
        if (digits(str_trim(value)) == 0 || digits(str_trim(value)) != str_trim(value).len)
            return false;
        put(writer, name, str_trim(value));
        return true;
    case LIST_LENGTH: return put_length(writer, name, str_trim(value));
    case LIST_ONE_OF:
        if (!list_has_word(rule->words, value))
            return false;
        put(writer, name, value);
        return true;
    case LIST_SET: put(writer, name, STR("")); return true;
    case LIST_ID: return put_id(writer, name, value);
    case LIST_CLASSES: return put_classes(writer, name, value);
    case LIST_LINK: return put_link(writer, node, attribute, name, false);
    case LIST_RESOURCE: return put_link(writer, node, attribute, name, true);
    }
    return false;
}

static void note_attribute(struct writer *writer, const GumboElement *node,
                           const GumboAttribute *attribute)
{
    size_t at = offset_in(writer, attribute->original_name.data);
    struct str name = str_from(attribute->name);
    struct str element = sanitise_name(writer, node);
    sanitise_note(writer, MARKUP_DROPPED_HTML, at,
                  at == STR_NONE ? at : at + attribute->original_name.length,
                  "what the page looks like is the layout's business; take it out",
                  "the attribute '%.*s' of <%.*s> was left out",
                  (int)(name.len > 40 ? 40 : name.len), name.ptr, STR_ARG(element));
}

void sanitise_write_attributes(struct writer *writer, const struct list_element *element,
                               const GumboElement *node)
{
    bool linked = false;
    for (unsigned i = 0; i < node->attributes.length; i++) {
        const GumboAttribute *attribute = node->attributes.data[i];
        struct str name = str_from(attribute->name);
        const struct list_attribute *rule = attribute->attr_namespace == GUMBO_ATTR_NAMESPACE_NONE
                                                ? list_find_attribute(element, name)
                                                : NULL;
        size_t before = writer->html.len;
        bool said = rule && put_attribute(writer, rule, node, attribute);
        if (rule && rule->value == LIST_LINK && writer->html.len > before)
            linked = str_trim(str_from(attribute->value)).ptr[0] != '#';
        if (!said && !str_eq(name, STR("rel")))
            note_attribute(writer, node, attribute);
    }
    if (node->tag == GUMBO_TAG_IFRAME)
        buf_adds(&writer->html, list_embed_attributes);
    if (linked && writer->policy->rel.len > 0)
        put(writer, STR("rel"), writer->policy->rel);
}

static struct str attribute_value(const GumboElement *node, const char *name)
{
    const GumboAttribute *attribute = gumbo_get_attribute(&node->attributes, name);
    return attribute ? str_from(attribute->value) : (struct str){NULL, 0};
}

/* Whether a picture may be shown; says why if not. */
static bool picture_stays(struct writer *writer, const GumboElement *node, struct str url,
                          bool known)
{
    size_t at = sanitise_offset(writer, node);
    size_t end = at == STR_NONE ? at : at + node->original_tag.length;
    if (url.len == 0 || !url_is_safe(url)) {
        note_url(writer, node, url);
        return false;
    }
    if (!url_is_external(url) || known)
        return true;
    if (!writer->policy->external_pictures) {
        sanitise_note(writer, MARKUP_EXTERNAL_PICTURE, at, end,
                      "put the picture beside the text and name it without http://",
                      "a picture from another site may not be shown here and was left out");
        return false;
    }
    sanitise_note(writer, MARKUP_EXTERNAL_PICTURE, at, end,
                  "put a copy beside the text: that site can change or remove it, and sees who "
                  "reads this page",
                  "this picture is fetched from another site");
    return true;
}

/* The attributes of an <img> that the hole does not have fields for. */
static struct str other_attributes(struct writer *writer, const struct list_element *element,
                                   const GumboElement *node)
{
    struct buf *html = &writer->html;
    size_t start = html->len;
    for (unsigned i = 0; i < node->attributes.length; i++) {
        const GumboAttribute *attribute = node->attributes.data[i];
        struct str name = str_from(attribute->name);
        if (list_has_word("src alt title", name))
            continue;
        const struct list_attribute *rule = attribute->attr_namespace == GUMBO_ATTR_NAMESPACE_NONE
                                                ? list_find_attribute(element, name)
                                                : NULL;
        if (!rule || !put_attribute(writer, rule, node, attribute))
            note_attribute(writer, node, attribute);
    }
    struct str others = arena_str(writer->arena, str_after(buf_str(html), start));
    buf_truncate(html, start);
    return others;
}

void sanitise_write_picture(struct writer *writer, const struct list_element *element,
                            const GumboElement *node)
{
    struct buf *html = &writer->html;
    struct str url = url_as_read(writer->arena, attribute_value(node, "src"));
    size_t at = offset_in(writer, node->original_tag.data);
    const struct markup_link *known = known_link(writer, at, MARKUP_PICTURE);
    struct str alt = attribute_value(node, "alt");
    if (!picture_stays(writer, node, url, known != NULL)) {
        markup_put_text(html, alt);
        return;
    }
    struct markup_link link = {.kind = MARKUP_PICTURE};
    if (known)
        link = *known;
    else
        place_link(writer, &link, at, at + node->original_tag.length);
    if (!known)
        link.target = arena_str(writer->arena, url);
    link.alt = arena_str(writer->arena, alt);
    link.title = arena_str(writer->arena, attribute_value(node, "title"));
    link.attributes = other_attributes(writer, element, node);
    link.html_start = html->len;
    markup_put_picture(html, &link, link.target, STR(""));
    link.html_end = html->len;
    *vec_push(writer->arena, &writer->out->links) = link;
}

bool sanitise_embed_stays(const struct writer *writer, const GumboElement *node)
{
    struct str url = url_as_read(writer->arena, attribute_value(node, "src"));
    if (!str_starts(url, STR("https://")))
        return false;
    size_t slash = str_find_byte(url, '/', 8);
    struct str host = str_sub(url, 8, slash == STR_NONE ? 8 : slash);
    for (size_t i = 0; i < writer->policy->embed_host_count; i++) {
        if (str_eq_nocase(host, writer->policy->embed_hosts[i]))
            return true;
    }
    return false;
}

bool sanitise_input_stays(const GumboElement *node)
{
    return str_eq(attribute_value(node, "type"), STR("checkbox")) &&
           gumbo_get_attribute(&node->attributes, "disabled");
}
