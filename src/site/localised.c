#include "site/localised.h"

static bool is_listed(const struct config *config, struct str lang)
{
    for (size_t i = 0; i < config->language_count; i++) {
        if (str_eq(config->languages[i], lang))
            return true;
    }
    return false;
}

static bool is_by_language(const struct config *config, const struct value *value)
{
    if (value->type != VALUE_MAP || value->map->count == 0)
        return false;
    for (size_t i = 0; i < value->map->count; i++) {
        if (!is_listed(config, value->map->entries[i].key))
            return false;
    }
    return true;
}

static const struct value *pick(const struct config *config, const struct value_map *map,
                                struct str lang)
{
    const struct str order[] = {lang, config_fallback(config, lang), config->language};
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        const struct value *found = value_map_get(map, order[i]);
        if (found)
            return found;
    }
    return &map->entries[0].value;
}

struct str localised_text(const struct config *config, const struct value *value, struct str lang)
{
    if (value && is_by_language(config, value))
        value = pick(config, value->map, lang);
    return value && value_is_string(*value) ? value->str : (struct str){0};
}

static struct value localised_list(const struct config *config, const struct value_list *list,
                                   struct str lang, struct arena *arena)
{
    struct value *items = arena_zalloc(arena, list->count, sizeof *items);
    for (size_t i = 0; i < list->count; i++)
        items[i] = localised_value(config, list->items[i], lang, arena);
    return value_list(arena, items, list->count);
}

static struct value localised_map(const struct config *config, const struct value_map *map,
                                  struct str lang, struct arena *arena)
{
    struct value_entry *entries = arena_zalloc(arena, map->count, sizeof *entries);
    for (size_t i = 0; i < map->count; i++)
        entries[i] = (struct value_entry){
            map->entries[i].key, localised_value(config, map->entries[i].value, lang, arena)};
    return value_map(arena, entries, map->count);
}

/* As deep as the YAML that the value was read from, which has a cap. */
struct value localised_value(const struct config *config, struct value value, struct str lang,
                             struct arena *arena)
{
    if (value.type == VALUE_LIST)
        return localised_list(config, value.list, lang, arena);
    if (is_by_language(config, &value))
        return localised_value(config, *pick(config, value.map, lang), lang, arena);
    if (value.type == VALUE_MAP)
        return localised_map(config, value.map, lang, arena);
    return value;
}

int localised_check(const struct config *config, const struct text *text,
                    const struct yaml_node *node, struct str key, struct diags *diags)
{
    int status = 0;
    if (!node || node->kind == YAML_SCALAR)
        return 0;
    if (node->kind != YAML_MAPPING)
        return diag_error(diags, "wrong-type", yaml_span(text, node),
                          "'%.*s' should be a text, or one for each language: {en: …, fr: …}",
                          STR_ARG(key));
    for (size_t i = 0; i < node->count; i++) {
        const struct yaml_pair *pair = &node->pairs[i];
        if (!is_listed(config, pair->key)) {
            status =
                diag_error(diags, "unknown-language", span_of(text, pair->key_start, pair->key_end),
                           "'%.*s' is not one of the site's languages", STR_ARG(pair->key));
            diag_hint(diags, "content/site.yml lists them under 'languages'");
        } else if (pair->value.kind != YAML_SCALAR) {
            status = diag_error(diags, "wrong-type", yaml_span(text, &pair->value),
                                "'%.*s' should be a text in each language", STR_ARG(key));
        }
    }
    return status;
}
