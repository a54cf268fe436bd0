#include "pages/organisation.h"

struct str organisation_text(const struct edition *edition, struct str key)
{
    const struct value *map = value_map_get(&edition->settings->values, STR("organisation"));
    const struct value *text = map && map->type == VALUE_MAP ? value_map_get(map->map, key) : NULL;
    return text && value_is_string(*text) ? text->str : (struct str){0};
}

struct str organisation_name(const struct edition *edition)
{
    struct str name = organisation_text(edition, STR("name"));
    return name.len > 0 ? name : edition->settings->title;
}
