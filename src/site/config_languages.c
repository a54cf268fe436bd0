/* The languages of the site, and what site.yml says in each. */
#include "base/vec.h"
#include "site/config_internal.h"
#include "site/localised.h"

/* The first part has two or three letters (RFC 5646 §2.2.1), so that "English" is none. */
bool config_is_language(struct str tag)
{
    size_t first = str_find_byte(tag, '-', 0);
    if ((first == STR_NONE ? tag.len : first) > 3)
        return false;
    for (size_t i = 0; i < tag.len; i++) {
        if (!str_is_alpha(tag.ptr[i]) &&
            !(i >= 2 && (tag.ptr[i] == '-' || str_is_digit(tag.ptr[i]))))
            return false;
    }
    return tag.len >= 2 && tag.len <= 16;
}

int config_read_languages(struct config_reader *reader, const struct yaml_node *node)
{
    struct config *config = reader->config;
    if (config_read_texts(reader, node, &config->languages, &config->language_count) != 0)
        return -1;
    for (size_t i = 0; i < config->language_count; i++) {
        if (!config_is_language(config->languages[i]))
            return config_wrong(reader, node, "a list of language tags: [en, fr]");
    }
    return 0;
}

int config_read_prefix_default(struct config_reader *reader, const struct yaml_node *node)
{
    return yaml_boolean(node, &reader->config->prefix_default)
               ? 0
               : config_wrong(reader, node, "true or false");
}

static int read_menu_items(struct config_reader *reader, struct str lang,
                           const struct yaml_node *node)
{
    if (node->kind != YAML_SEQUENCE)
        return config_wrong(reader, node, "a list of entries, each with label and url");
    struct menu_item *items = arena_zalloc(reader->fields.arena, node->count, sizeof *items);
    for (size_t i = 0; i < node->count; i++) {
        const struct yaml_node *label = config_given(&node->items[i], STR("label"));
        const struct yaml_node *url = config_given(&node->items[i], STR("url"));
        if (!label || !url || label->kind != YAML_SCALAR || url->kind != YAML_SCALAR)
            return config_wrong(reader, &node->items[i],
                                "a list of entries such as {label: News, url: /articles/}");
        items[i] = (struct menu_item){label->text, url->text, config_node_span(reader, url)};
    }
    *vec_push(reader->fields.arena, &reader->menus) =
        (struct config_menu){lang, items, node->count};
    return 0;
}

/* One list, for the default language, or a map with a list for each language. */
int config_read_menu(struct config_reader *reader, const struct yaml_node *node)
{
    int status = 0;
    if (node->kind != YAML_MAPPING)
        return read_menu_items(reader, (struct str){0}, node);
    for (size_t i = 0; i < node->count; i++) {
        if (!yaml_is_blank(&node->pairs[i].value))
            status |= read_menu_items(reader, node->pairs[i].key, &node->pairs[i].value);
    }
    return status;
}

/* The default language first, each once. */
static void complete_languages(struct config *config, struct arena *arena)
{
    struct str *all = arena_zalloc(arena, config->language_count + 1, sizeof *all);
    size_t count = 0;
    all[count++] = config->language;
    for (size_t i = 0; i < config->language_count; i++) {
        size_t at = 0;
        while (at < count && !str_eq(all[at], config->languages[i]))
            at++;
        if (at == count)
            all[count++] = config->languages[i];
    }
    config->languages = all;
    config->language_count = count;
}

/* That every language at the place of a key of a map is listed. */
static int check_keys(const struct config_reader *reader, const struct yaml_node *node)
{
    int status = 0;
    for (size_t i = 0; node && node->kind == YAML_MAPPING && i < node->count; i++) {
        const struct yaml_pair *pair = &node->pairs[i];
        bool listed = false;
        for (size_t j = 0; j < reader->config->language_count; j++)
            listed = listed || str_eq(reader->config->languages[j], pair->key);
        if (listed)
            continue;
        status = diag_error(reader->fields.diags, "unknown-language",
                            span_of(reader->fields.text, pair->key_start, pair->key_end),
                            "'%.*s' is not one of the site's languages", STR_ARG(pair->key));
        diag_hint(reader->fields.diags, "add it to 'languages', or correct it");
    }
    return status;
}

static int check_fallback(const struct config_reader *reader)
{
    const struct yaml_node *map = config_given(reader->root, STR("fallback"));
    if (map && map->kind != YAML_MAPPING)
        return diag_error(reader->fields.diags, "site-config", config_node_span(reader, map),
                          "'fallback' should be a map such as {fr: en}");
    int status = check_keys(reader, map);
    for (size_t i = 0; map && i < map->count; i++) {
        const struct yaml_node *to = &map->pairs[i].value;
        bool listed = false;
        for (size_t j = 0; j < reader->config->language_count; j++)
            listed = listed ||
                     (to->kind == YAML_SCALAR && str_eq(reader->config->languages[j], to->text));
        if (!listed)
            status =
                diag_error(reader->fields.diags, "unknown-language", config_node_span(reader, to),
                           "a fallback is one of the site's languages");
    }
    return status;
}

static int check_texts(const struct config_reader *reader)
{
    const struct yaml_node *organisation = config_given(reader->root, STR("organisation"));
    const struct {
        const struct yaml_node *map;
        struct str key;
    } texts[] = {{reader->root, STR("title")},
                 {reader->root, STR("description")},
                 {organisation, STR("name")},
                 {organisation, STR("url")}};
    int status = 0;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        status |= localised_check(reader->config, reader->fields.text,
                                  config_given(texts[i].map, texts[i].key), texts[i].key,
                                  reader->fields.diags);
    const struct yaml_node *menu = config_given(reader->root, STR("menu"));
    return status | check_keys(reader, menu) | check_fallback(reader);
}

/* All of site.yml in one language; `fallback` is about languages and stays as it is. */
static struct value_map values_in(const struct config *config, struct str lang, struct arena *arena)
{
    struct value_entry *entries = arena_zalloc(arena, config->values.count, sizeof *entries);
    for (size_t i = 0; i < config->values.count; i++) {
        entries[i] = config->values.entries[i];
        if (!str_eq(entries[i].key, STR("fallback")))
            entries[i].value = localised_value(config, entries[i].value, lang, arena);
    }
    return *value_map(arena, entries, config->values.count).map;
}

static struct str text_in(const struct config *config, struct str key, struct str plain,
                          struct str lang)
{
    const struct value *value = value_map_get(&config->values, key);
    return value && value->type == VALUE_MAP ? localised_text(config, value, lang) : plain;
}

static void set_menu(const struct config_reader *reader, struct config_edition *edition,
                     bool is_default)
{
    for (size_t i = 0; i < reader->menus.count; i++) {
        const struct config_menu *menu = &reader->menus.items[i];
        if (menu->lang.len > 0 ? str_eq(menu->lang, edition->lang) : is_default) {
            edition->menu = menu->items;
            edition->menu_count = menu->count;
        }
    }
}

int config_make_editions(struct config_reader *reader)
{
    struct config *config = reader->config;
    struct arena *arena = reader->fields.arena;
    complete_languages(config, arena);
    int status = check_texts(reader);
    struct config_edition *editions = arena_zalloc(arena, config->language_count, sizeof *editions);
    for (size_t i = 0; i < config->language_count; i++) {
        struct str lang = config->languages[i];
        editions[i].lang = lang;
        editions[i].title = text_in(config, STR("title"), config->title, lang);
        editions[i].description = text_in(config, STR("description"), config->description, lang);
        editions[i].values = values_in(config, lang, arena);
        set_menu(reader, &editions[i], i == 0);
    }
    config->editions = editions;
    config->title = editions[0].title;
    config->description = editions[0].description;
    return status;
}
