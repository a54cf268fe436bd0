#include "lang/sanitise/list.h"

#include <string.h>

const struct list_element *list_find_element(struct str name)
{
    for (size_t i = 0; i < list_element_count; i++) {
        if (str_eq(name, str_from(list_elements[i].name)))
            return &list_elements[i];
    }
    return NULL;
}

bool list_has_word(const char *words, struct str word)
{
    struct str rest = str_from(words);
    struct str part;
    while (word.len > 0 && str_split(&rest, ' ', &part)) {
        if (str_eq(part, word))
            return true;
    }
    return false;
}

const struct list_attribute *list_find_attribute(const struct list_element *element,
                                                 struct str name)
{
    if (!list_has_word(element->attributes, name) && !list_has_word(list_common_attributes, name))
        return NULL;
    for (size_t i = 0; i < list_attribute_count; i++) {
        if (str_eq(name, str_from(list_attributes[i].name)))
            return &list_attributes[i];
    }
    return NULL;
}

bool list_drops_whole(struct str name)
{
    for (size_t i = 0; i < list_dropped_whole_count; i++) {
        if (str_eq(name, str_from(list_dropped_whole[i])))
            return true;
    }
    return false;
}

bool list_allows_class(struct str name)
{
    for (size_t i = 0; i < list_class_count; i++) {
        struct str allowed = str_from(list_classes[i]);
        if (str_ends(allowed, STR("*"))) {
            if (str_starts(name, str_sub(allowed, 0, allowed.len - 1)))
                return true;
        } else if (str_eq(name, allowed)) {
            return true;
        }
    }
    return false;
}
