#include "markup_listed.h"

#include "base/html.h"
#include "lang/sanitise/list.h"
#include "markup_tree.h"

#include <string.h>

struct list_look {
    const struct sanitise_policy *policy;
    struct arena *arena;
};

static bool all_digits(struct str value)
{
    for (size_t i = 0; i < value.len; i++) {
        if (!str_is_digit(value.ptr[i]))
            return false;
    }
    return value.len > 0 && value.len <= 9;
}

static bool all_classes_listed(struct str value)
{
    struct str part;
    while (str_split(&value, ' ', &part)) {
        if (!list_allows_class(part))
            return false;
    }
    return true;
}

static bool is_an_id(struct str value)
{
    for (size_t i = 0; i < value.len; i++) {
        if ((unsigned char)value.ptr[i] <= ' ')
            return false;
    }
    return value.len > 0;
}

static bool value_is_fine(const struct list_attribute *rule, struct str value)
{
    switch (rule->value) {
    case LIST_TEXT: return true;
    case LIST_NUMBER: return all_digits(value);
    case LIST_LENGTH:
        return all_digits(str_ends(value, STR("%")) ? str_sub(value, 0, value.len - 1) : value);
    case LIST_ONE_OF: return list_has_word(rule->words, value);
    case LIST_SET: return value.len == 0;
    case LIST_ID: return is_an_id(value);
    case LIST_CLASSES: return all_classes_listed(value);
    case LIST_LINK:
    case LIST_RESOURCE: return url_is_safe(value);
    }
    return false;
}

/* What the policy adds by itself: `rel` on links, the constant attributes of an <iframe>. */
static bool is_ours(const struct list_look *look, const GumboElement *element,
                    const GumboAttribute *attribute)
{
    struct str value = str_from(attribute->value);
    if (element->tag == GUMBO_TAG_IFRAME)
        return str_find(str_from(list_embed_attributes),
                        arena_printf(look->arena, " %s=\"%s\"", attribute->name, attribute->value),
                        0) != STR_NONE;
    return element->tag == GUMBO_TAG_A && strcmp(attribute->name, "rel") == 0 && value.len > 0 &&
           str_eq(value, look->policy->rel);
}

static bool embed_is_listed(const struct sanitise_policy *policy, struct str url)
{
    for (size_t i = 0; i < policy->embed_host_count; i++) {
        struct str host = policy->embed_hosts[i];
        struct str rest = str_after(url, 8);
        if (str_starts(url, STR("https://")) && str_eq_nocase(str_sub(rest, 0, host.len), host) &&
            rest.len > host.len && rest.ptr[host.len] == '/')
            return true;
    }
    return false;
}

/* Whether an address that the page fetches may lead to another host. */
static bool may_leave(const struct list_look *look, const GumboElement *element, struct str url)
{
    if (element->tag == GUMBO_TAG_IFRAME)
        return embed_is_listed(look->policy, url);
    return element->tag == GUMBO_TAG_IMG && look->policy->external_pictures;
}

static const char *attribute_off_list(const struct list_look *look, const GumboElement *element,
                                      const struct list_element *listed,
                                      const GumboAttribute *attribute)
{
    if (attribute->attr_namespace == GUMBO_ATTR_NAMESPACE_NONE && is_ours(look, element, attribute))
        return NULL;
    struct str value = str_from(attribute->value);
    const struct list_attribute *rule = attribute->attr_namespace == GUMBO_ATTR_NAMESPACE_NONE
                                            ? list_find_attribute(listed, str_from(attribute->name))
                                            : NULL;
    bool fine = rule && value_is_fine(rule, value) &&
                (rule->value != LIST_RESOURCE || !url_is_external(value) ||
                 may_leave(look, element, value));
    return fine ? NULL
                : arena_printf(look->arena, "%s=\"%s\" of <%s> is not on the list", attribute->name,
                               attribute->value, listed->name)
                      .ptr;
}

static bool is_marked_link(const struct list_look *look, const GumboElement *element)
{
    const GumboAttribute *href = gumbo_get_attribute(&element->attributes, "href");
    return element->tag != GUMBO_TAG_A || !href || href->value[0] == '#' ||
           look->policy->rel.len == 0 || gumbo_get_attribute(&element->attributes, "rel");
}

static const char *element_off_list(void *context, const GumboNode *node)
{
    const struct list_look *look = context;
    const GumboElement *element = &node->v.element;
    struct str name = {element->original_tag.data, element->original_tag.length};
    const struct list_element *listed =
        node->type == GUMBO_NODE_ELEMENT && element->tag_namespace == GUMBO_NAMESPACE_HTML &&
                element->tag < GUMBO_TAG_UNKNOWN
            ? list_find_element(str_from(gumbo_normalized_tagname(element->tag)))
            : NULL;
    bool grouped =
        listed && (listed->group == SANITISE_EMBEDS ? look->policy->embed_host_count > 0
                                                    : listed->group & look->policy->groups);
    if (!grouped)
        return arena_printf(look->arena, "the element %.*s is not on the list", STR_ARG(name)).ptr;
    for (unsigned i = 0; i < element->attributes.length; i++) {
        const char *wrong = attribute_off_list(look, element, listed, element->attributes.data[i]);
        if (wrong)
            return wrong;
    }
    if (element->tag == GUMBO_TAG_INPUT && !gumbo_get_attribute(&element->attributes, "disabled"))
        return "an <input> that is no disabled checkbox";
    return is_marked_link(look, element) ? NULL : "a link without the policy's rel";
}

const char *markup_off_list(struct str html, const struct sanitise_policy *policy,
                            struct arena *arena)
{
    struct list_look look = {policy, arena};
    return markup_tree_walk(html, arena, element_off_list, &look);
}
