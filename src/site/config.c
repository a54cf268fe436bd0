#include "site/config.h"
#include "base/html.h"
#include "base/suggest.h"
#include "site/config_internal.h"

struct span config_node_span(const struct config_reader *reader, const struct yaml_node *node)
{
    return yaml_span(reader->fields.text, node);
}

int config_wrong(const struct config_reader *reader, const struct yaml_node *node,
                 const char *expected)
{
    return diag_error(reader->fields.diags, "site-config", config_node_span(reader, node),
                      "'%.*s' should be %s", STR_ARG(reader->fields.key), expected);
}

/* A member of a map in site.yml; NULL if it is absent or blank. */
const struct yaml_node *config_given(const struct yaml_node *map, struct str key)
{
    const struct yaml_node *node = map ? yaml_get(map, key) : NULL;
    return node && !yaml_is_blank(node) ? node : NULL;
}

int config_read_text(struct config_reader *reader, const struct yaml_node *node, struct str *out)
{
    struct field_text text = {0};
    if (field_read_text(&reader->fields, node, &text) != 0)
        return -1;
    if (text.text.len > 0)
        *out = text.text;
    return 0;
}

int config_read_texts(struct config_reader *reader, const struct yaml_node *node,
                      const struct str **out, size_t *count)
{
    struct field_list list = {0};
    if (field_read_list(&reader->fields, node, &list) != 0)
        return -1;
    struct str *texts = arena_zalloc(reader->fields.arena, list.count, sizeof *texts);
    for (size_t i = 0; i < list.count; i++)
        texts[i] = list.items[i].text;
    *out = texts;
    *count = list.count;
    return 0;
}

int config_read_number(const struct config_reader *reader, const struct yaml_node *node,
                       int64_t least, int64_t most, int64_t *out)
{
    int64_t number;
    if (!yaml_integer(node, &number) || number < least || number > most)
        return diag_error(reader->fields.diags, "site-config", config_node_span(reader, node),
                          "'%.*s' should be a whole number from %lld to %lld",
                          STR_ARG(reader->fields.key), (long long)least, (long long)most);
    *out = number;
    return 0;
}

/* The keys that need reading here; `values` holds all of them for layouts. */
static const struct {
    struct str key;
    int (*read)(struct config_reader *reader, const struct yaml_node *node);
} keys[] = {
    {STR_INIT("title"), config_read_title},
    {STR_INIT("url"), config_read_url},
    {STR_INIT("description"), config_read_description},
    {STR_INIT("language"), config_read_language},
    {STR_INIT("languages"), config_read_languages},
    {STR_INIT("prefix_default"), config_read_prefix_default},
    {STR_INIT("timezone"), config_read_timezone},
    {STR_INIT("menu"), config_read_menu},
    {STR_INIT("paginate"), config_read_paginate},
    {STR_INIT("permalinks"), config_read_permalinks},
    {STR_INIT("rules"), config_read_rules},
    {STR_INIT("repository"), config_read_repository},
    {STR_INIT("branch"), config_read_branch},
    {STR_INIT("feeds"), config_read_feeds},
    {STR_INIT("compress"), config_read_compress},
    {STR_INIT("designations"), config_read_designations},
    {STR_INIT("directory"), config_read_directory},
    {STR_INIT("comments"), config_read_comments},
    {STR_INIT("calendar"), config_read_calendar},
    {STR_INIT("search"), config_read_search},
    {STR_INIT("embeds"), config_read_embeds},
    {STR_INIT("html"), config_read_html},
    {STR_INIT("limits"), config_read_limits},
    {STR_INIT("pictures"), config_read_pictures},
    {STR_INIT("security"), config_read_security},
    {STR_INIT("humans"), config_read_humans},
    {STR_INIT("manifest"), config_read_manifest},
    {STR_INIT("colours"), config_read_colours},
    {STR_INIT("organisation"), NULL},
    {STR_INIT("social"), NULL},
    {STR_INIT("fallback"), NULL},
    {STR_INIT("review"), NULL},
};

#define KEY_COUNT (sizeof keys / sizeof *keys)

static void set_defaults(struct config *config)
{
    *config = (struct config){
        .title = STR(""),
        .url = STR("https://example.org"),
        .origin = STR("https://example.org"),
        .base_path = STR(""),
        .language = STR("en"),
        .timezone = STR("UTC"),
        .paginate = 10,
        .permalinks = {STR("/articles/:slug/"), STR("/members/:slug/"), STR("/events/:slug/"),
                       STR("/:slug/"), STR("/tags/:slug/"), STR("/designations/:slug/"),
                       STR("/teams/:slug/")},
        .branch = STR("main"),
        .feeds_full = true,
        .feeds_entries = 20,
        .feeds_of_tags = true,
        .feeds_of_members = true,
        .credentials = true,
        .search = true,
        .pictures = {.bytes = 32U << 20,
                     .pixels = 100000000,
                     .frames = 1000,
                     .cache = (size_t)512 << 20},
        .calendar_past_days = 365,
        .calendar_ahead_days = 730,
        .calendar_cancelled_days = 90,
        .calendar_of_tags = true,
        .calendar_of_events = true,
    };
    config_html_defaults(config);
    brand_make(NULL, NULL, &config->brand);
}

static int read_pair(struct config_reader *reader, const struct yaml_pair *pair)
{
    struct str names[KEY_COUNT];
    reader->fields.key = pair->key;
    for (size_t i = 0; i < KEY_COUNT; i++) {
        names[i] = keys[i].key;
        if (!str_eq(keys[i].key, pair->key))
            continue;
        if (!keys[i].read || yaml_is_blank(&pair->value))
            return 0;
        return keys[i].read(reader, &pair->value);
    }
    struct str nearest = suggest_nearest(pair->key, names, KEY_COUNT);
    if (str_eq(pair->key, STR("redirects"))) {
        diag_add(reader->fields.diags, SEVERITY_WARNING, "unknown-key",
                 span_of(reader->fields.text, pair->key_start, pair->key_end),
                 "'redirects' is not a setting that copse knows");
        diag_hint(reader->fields.diags, "an old address goes into the file of the page that takes "
                                        "its place:  aliases: [/old/]");
        return 0;
    }
    if (nearest.len > 0 && pair->key.len > 3 && !yaml_get(reader->root, nearest)) {
        diag_add(reader->fields.diags, SEVERITY_WARNING, "unknown-key",
                 span_of(reader->fields.text, pair->key_start, pair->key_end),
                 "'%.*s' is not a setting that copse knows", STR_ARG(pair->key));
        diag_hint(reader->fields.diags, "did you mean '%.*s'?", STR_ARG(nearest));
        diag_fix(reader->fields.diags, pair->key_start, pair->key_end, nearest);
    }
    return 0;
}

static int check_required(const struct config_reader *reader)
{
    static const struct str required[] = {STR_INIT("title"), STR_INIT("url")};
    int status = 0;
    for (size_t i = 0; i < 2; i++) {
        if (config_given(reader->root, required[i]))
            continue;
        status = diag_error(reader->fields.diags, "missing-key", span_file(reader->fields.text),
                            "site.yml needs a '%.*s'", STR_ARG(required[i]));
        diag_hint(reader->fields.diags, "add a line such as  %s",
                  i == 0 ? "title: The Career Practitioners' Guild" : "url: https://example.org");
    }
    return status;
}

int config_read(const struct text *text, const struct config_options *options, struct arena *arena,
                struct diags *diags, struct config *out)
{
    set_defaults(out);
    out->text = text;
    struct config_reader reader = {
        .fields = {text, arena, diags, {0}}, .fs = options->fs, .config = out};
    int status = yaml_parse(text, 0, text->bytes.len, arena, diags, &reader.root);
    if (reader.root && reader.root->kind != YAML_MAPPING) {
        status = diag_error(diags, "site-config", span_file(text),
                            "site.yml should be lines of the form  key: value");
        reader.root = NULL;
    }
    for (size_t i = 0; reader.root && i < reader.root->count; i++)
        status |= read_pair(&reader, &reader.root->pairs[i]);
    if (reader.root) {
        status |= check_required(&reader);
        out->values = *yaml_to_value(reader.root, arena).map;
    }
    if (!out->zone && zone_load(options->fs, NULL, STR("UTC"), arena, &out->zone) != 0)
        status = diag_error(diags, "unknown-zone", span_file(text), "the zone UTC cannot be read");
    if (options->base_url.len > 0 && config_split_url(out, options->base_url) != 0)
        status = diag_error(diags, "site-config", span_file(text),
                            "--base-url should be an address such as https://example.org");
    status |= config_make_editions(&reader);
    return status ? -1 : 0;
}

struct str config_fallback(const struct config *config, struct str lang)
{
    const struct value *map = value_map_get(&config->values, STR("fallback"));
    const struct value *to = map && map->type == VALUE_MAP ? value_map_get(map->map, lang) : NULL;
    return to && value_is_string(*to) ? to->str : (struct str){0};
}
