#include "markup_safety.h"

#include "markup_tree.h"

#include <stdio.h>
#include <string.h>

static const char elements[] =
    " a abbr address article aside audio b bdi bdo blockquote br caption cite code col colgroup dd "
    "del details dfn div dl dt em figcaption figure h1 h2 h3 h4 h5 h6 hr i iframe img input ins "
    "kbd li mark ol p pre q rp rt ruby s samp section small source span strong sub summary sup "
    "table tbody td tfoot th thead time tr track u ul var video wbr ";

static const char attributes[] =
    " align allowfullscreen alt aria-label checked class colspan controls data-footnote-backref "
    "data-footnote-backref-idx data-footnote-ref data-footnotes datetime dir disabled height href "
    "id kind label lang loading loop muted name open playsinline poster preload referrerpolicy rel "
    "reversed rowspan sandbox scope span src srclang start title type value width ";

static bool listed(const char *list, const char *name)
{
    char word[64];
    int len = snprintf(word, sizeof word, " %s ", name);
    return len > 2 && (size_t)len < sizeof word && strchr(name, ' ') == NULL &&
           strstr(list, word) != NULL;
}

/* A URL as a browser reads it: without blanks in front and line breaks or tabs anywhere. */
static struct str browser_url(const char *value, struct arena *arena)
{
    char *url = arena_alloc(arena, strlen(value) + 1);
    size_t len = 0;
    for (; *value; value++) {
        if ((len == 0 && (unsigned char)*value <= ' ') || strchr("\t\r\n", *value))
            continue;
        url[len++] = *value == '\\' ? '/' : *value;
    }
    return (struct str){url, len};
}

static bool has_scheme(struct str url)
{
    for (size_t i = 0; i < url.len; i++) {
        char byte = url.ptr[i];
        if (byte == ':')
            return i > 0;
        if (!str_is_alpha(byte) && !(i > 0 && (str_is_digit(byte) || strchr("+-.", byte))))
            return false;
    }
    return false;
}

static bool starts_nocase(struct str text, const char *prefix)
{
    return str_eq_nocase(str_sub(text, 0, strlen(prefix)), str_from(prefix));
}

static bool leads_elsewhere(struct str url)
{
    return has_scheme(url) || str_starts(url, STR("//"));
}

static bool scheme_is_fine(struct str url)
{
    static const char *const fine[] = {"http:", "https:", "mailto:", "tel:"};
    for (size_t i = 0; i < sizeof fine / sizeof fine[0]; i++) {
        if (starts_nocase(url, fine[i]))
            return true;
    }
    return !has_scheme(url);
}

static bool embed_is_fine(struct str url)
{
    static const char *const fine[] = {"https://www.youtube-nocookie.com/",
                                       "https://www.youtube.com/",
                                       "https://player.vimeo.com/",
                                       "https://www.openstreetmap.org/",
                                       "https://archive.org/",
                                       "https://embed.acast.com/",
                                       "https://open.spotify.com/",
                                       "https://w.soundcloud.com/"};
    for (size_t i = 0; i < sizeof fine / sizeof fine[0]; i++) {
        if (starts_nocase(url, fine[i]))
            return true;
    }
    return false;
}

static const char *attribute_danger(const GumboElement *element, const GumboAttribute *attribute,
                                    bool external_pictures, struct arena *arena)
{
    const char *name = attribute->name;
    if (!listed(attributes, name) || attribute->attr_namespace != GUMBO_ATTR_NAMESPACE_NONE)
        return arena_printf(arena, "attribute %s=\"%s\"", name, attribute->value).ptr;
    struct str url = browser_url(attribute->value, arena);
    bool link = strcmp(name, "href") == 0;
    bool resource = strcmp(name, "src") == 0 || strcmp(name, "poster") == 0;
    if ((link || resource) && !scheme_is_fine(url))
        return arena_printf(arena, "address %s=\"%s\"", name, attribute->value).ptr;
    bool may_leave = element->tag == GUMBO_TAG_IMG      ? external_pictures
                     : element->tag == GUMBO_TAG_IFRAME ? embed_is_fine(url)
                                                        : false;
    if (resource && leads_elsewhere(url) && !may_leave)
        return arena_printf(arena, "request for %s", attribute->value).ptr;
    return NULL;
}

static const char *element_danger(const GumboNode *node, bool external_pictures,
                                  struct arena *arena)
{
    const GumboElement *element = &node->v.element;
    const char *name = gumbo_normalized_tagname(element->tag);
    if (node->type == GUMBO_NODE_TEMPLATE || element->tag_namespace != GUMBO_NAMESPACE_HTML ||
        !listed(elements, name))
        return arena_printf(arena, "element <%s> %.*s", name, (int)element->original_tag.length,
                            element->original_tag.data ? element->original_tag.data : "")
            .ptr;
    for (unsigned i = 0; i < element->attributes.length; i++) {
        const char *danger =
            attribute_danger(element, element->attributes.data[i], external_pictures, arena);
        if (danger)
            return danger;
    }
    if (element->tag == GUMBO_TAG_IFRAME && element->children.length > 0)
        return "an iframe with content";
    return NULL;
}

struct look {
    bool external_pictures;
    struct arena *arena;
};

static const char *look_at(void *context, const GumboNode *node)
{
    const struct look *look = context;
    return element_danger(node, look->external_pictures, look->arena);
}

const char *markup_danger(struct str html, bool external_pictures, struct arena *arena)
{
    struct look look = {external_pictures, arena};
    return markup_tree_walk(html, arena, look_at, &look);
}
