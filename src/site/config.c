#include "site/config.h"
#include "base/html.h"
#include "base/suggest.h"
#include "base/vec.h"
#include "site/fields.h"
#include "site/rules.h"

#include <string.h>

struct reader {
    struct field_reader fields;
    const struct fs *fs;
    struct config *config;
    const struct yaml_node *root;
};

static struct span node_span(const struct reader *reader, const struct yaml_node *node)
{
    return yaml_span(reader->fields.text, node);
}

static int wrong(const struct reader *reader, const struct yaml_node *node, const char *expected)
{
    return diag_error(reader->fields.diags, "site-config", node_span(reader, node),
                      "'%.*s' should be %s", STR_ARG(reader->fields.key), expected);
}

/* A member of a map in site.yml; NULL if it is absent or blank. */
static const struct yaml_node *given(const struct yaml_node *map, struct str key)
{
    const struct yaml_node *node = map ? yaml_get(map, key) : NULL;
    return node && !yaml_is_blank(node) ? node : NULL;
}

static int read_text(struct reader *reader, const struct yaml_node *node, struct str *out)
{
    struct field_text text = {0};
    if (field_read_text(&reader->fields, node, &text) != 0)
        return -1;
    if (text.text.len > 0)
        *out = text.text;
    return 0;
}

static int read_texts(struct reader *reader, const struct yaml_node *node, const struct str **out,
                      size_t *count)
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

static int read_number(const struct reader *reader, const struct yaml_node *node, int64_t least,
                       int64_t most, int64_t *out)
{
    int64_t number;
    if (!yaml_integer(node, &number) || number < least || number > most)
        return diag_error(reader->fields.diags, "site-config", node_span(reader, node),
                          "'%.*s' should be a whole number from %lld to %lld",
                          STR_ARG(reader->fields.key), (long long)least, (long long)most);
    *out = number;
    return 0;
}

static int read_title(struct reader *reader, const struct yaml_node *node)
{
    return read_text(reader, node, &reader->config->title);
}

static int read_description(struct reader *reader, const struct yaml_node *node)
{
    return read_text(reader, node, &reader->config->description);
}

/* Takes a URL apart: origin and path, no slash at the end, no query or fragment. */
static int split_url(struct config *config, struct str url)
{
    size_t start = str_starts(url, STR("https://")) ? 8 : str_starts(url, STR("http://")) ? 7 : 0;
    while (url.len > start && url.ptr[url.len - 1] == '/')
        url.len--;
    if (start == 0 || url.len == start || str_find_byte(url, '?', 0) != STR_NONE ||
        str_find_byte(url, '#', 0) != STR_NONE || str_find_byte(url, ' ', 0) != STR_NONE)
        return -1;
    size_t slash = str_find_byte(url, '/', start);
    config->url = url;
    config->origin = str_sub(url, 0, slash);
    config->base_path = slash == STR_NONE ? STR("") : str_after(url, slash);
    return 0;
}

static int read_url(struct reader *reader, const struct yaml_node *node)
{
    struct str url = {0};
    if (read_text(reader, node, &url) != 0)
        return -1;
    return url.len == 0 || split_url(reader->config, url) == 0
               ? 0
               : wrong(reader, node,
                       "the site's address, such as https://example.org or "
                       "https://example.org/guild");
}

/* A language tag that may become a folder: "en", "fr", "pt-BR". */
static bool is_language(struct str tag)
{
    for (size_t i = 0; i < tag.len; i++) {
        if (!str_is_alpha(tag.ptr[i]) &&
            !(i >= 2 && (tag.ptr[i] == '-' || str_is_digit(tag.ptr[i]))))
            return false;
    }
    return tag.len >= 2 && tag.len <= 16;
}

static int read_language(struct reader *reader, const struct yaml_node *node)
{
    if (read_text(reader, node, &reader->config->language) != 0)
        return -1;
    return is_language(reader->config->language)
               ? 0
               : wrong(reader, node, "a language tag, such as en or fr");
}

static int read_languages(struct reader *reader, const struct yaml_node *node)
{
    struct config *config = reader->config;
    if (read_texts(reader, node, &config->languages, &config->language_count) != 0)
        return -1;
    for (size_t i = 0; i < config->language_count; i++) {
        if (!is_language(config->languages[i]))
            return wrong(reader, node, "a list of language tags: [en, fr]");
    }
    return 0;
}

static int explain_zone(const struct reader *reader, const struct yaml_node *node, struct str name)
{
    struct diags *diags = reader->fields.diags;
    diag_error(diags, "unknown-zone", node_span(reader, node), "no time zone is called '%.*s'",
               STR_ARG(name));
    struct str *names;
    size_t count;
    if (zone_names(reader->fs, NULL, reader->fields.arena, &names, &count) != 0)
        return -1;
    struct str nearest = suggest_nearest(name, names, count);
    if (nearest.len > 0)
        diag_hint(diags, "did you mean '%.*s'?", STR_ARG(nearest));
    else
        diag_hint(diags, "zones are named by continent and city, such as America/Halifax");
    return -1;
}

static int read_timezone(struct reader *reader, const struct yaml_node *node)
{
    struct config *config = reader->config;
    struct str name = {0};
    if (read_text(reader, node, &name) != 0)
        return -1;
    const struct zone *zone;
    int error = zone_load(reader->fs, NULL, name, reader->fields.arena, &zone);
    if (error)
        return explain_zone(reader, node, name);
    config->timezone = name;
    config->zone = zone;
    return 0;
}

static int read_menu(struct reader *reader, const struct yaml_node *node)
{
    struct config *config = reader->config;
    if (node->kind != YAML_SEQUENCE)
        return wrong(reader, node, "a list of entries, each with label and url");
    struct menu_item *items = arena_zalloc(reader->fields.arena, node->count, sizeof *items);
    for (size_t i = 0; i < node->count; i++) {
        const struct yaml_node *label = given(&node->items[i], STR("label"));
        const struct yaml_node *url = given(&node->items[i], STR("url"));
        if (!label || !url || label->kind != YAML_SCALAR || url->kind != YAML_SCALAR)
            return wrong(reader, &node->items[i],
                         "a list of entries such as {label: News, url: /articles/}");
        items[i] = (struct menu_item){label->text, url->text, node_span(reader, url)};
    }
    config->menu = items;
    config->menu_count = node->count;
    return 0;
}

static int read_paginate(struct reader *reader, const struct yaml_node *node)
{
    const struct yaml_node *size = node;
    int64_t number = (int64_t)reader->config->paginate;
    if (node->kind == YAML_MAPPING) {
        size = given(node, STR("size"));
        const struct yaml_node *stable = given(node, STR("stable"));
        if (stable && !yaml_boolean(stable, &reader->config->paginate_stable))
            return wrong(reader, stable, "a number, or {size: 10, stable: true}");
    }
    if (size && read_number(reader, size, 1, 1000, &number) != 0)
        return -1;
    reader->config->paginate = (size_t)number;
    return 0;
}

static const struct str permalink_names[PERMALINK_COUNT] = {
    STR_INIT("articles"), STR_INIT("members"),      STR_INIT("events"), STR_INIT("pages"),
    STR_INIT("tags"),     STR_INIT("designations"), STR_INIT("teams"),
};

static bool is_pattern(struct str pattern)
{
    return str_starts(pattern, STR("/")) && str_ends(pattern, STR("/")) &&
           str_has(pattern, STR(":slug")) && !str_has(pattern, STR("//")) &&
           !str_has(pattern, STR("..")) && pattern.len < 200;
}

static int read_permalinks(struct reader *reader, const struct yaml_node *node)
{
    int status = 0;
    if (node->kind != YAML_MAPPING)
        return wrong(reader, node, "a map such as {articles: /news/:year/:slug/}");
    for (size_t i = 0; i < node->count; i++) {
        const struct yaml_pair *pair = &node->pairs[i];
        size_t which = 0;
        while (which < PERMALINK_COUNT && !str_eq(permalink_names[which], pair->key))
            which++;
        if (which == PERMALINK_COUNT || pair->value.kind != YAML_SCALAR ||
            !is_pattern(pair->value.text))
            status = diag_error(
                reader->fields.diags, "site-config", node_span(reader, &pair->value),
                "a permalink is an address with :slug in it, for articles, members, events, "
                "pages, tags, designations or teams; it begins and ends with a slash");
        else
            reader->config->permalinks[which] = pair->value.text;
    }
    return status;
}

static int read_rule(struct reader *reader, const struct yaml_pair *pair, struct rule_setting *out)
{
    const struct rule *rule = rules_find(pair->key);
    struct diags *diags = reader->fields.diags;
    struct span span = span_of(reader->fields.text, pair->key_start, pair->key_end);
    if (!rule) {
        diag_error(diags, "site-config", span, "no rule is called '%.*s'", STR_ARG(pair->key));
        struct str nearest = rules_suggest(pair->key);
        if (nearest.len > 0)
            diag_hint(diags, "did you mean '%.*s'?", STR_ARG(nearest));
        return -1;
    }
    struct str word = pair->value.kind == YAML_SCALAR ? pair->value.text : STR("");
    *out = (struct rule_setting){.code = pair->key, .severity = SEVERITY_ERROR};
    if (str_eq(word, STR("off")))
        out->off = true;
    else if (str_eq(word, STR("warning")))
        out->severity = SEVERITY_WARNING;
    else if (!str_eq(word, STR("error")))
        return diag_error(diags, "site-config", node_span(reader, &pair->value),
                          "a rule is set to error, warning or off");
    if (rule->fixed && (out->off || out->severity != SEVERITY_ERROR))
        return diag_error(diags, "site-config", span,
                          "the rule '%s' cannot be turned down: what breaks it cannot be published",
                          rule->code);
    return 0;
}

static int read_rules(struct reader *reader, const struct yaml_node *node)
{
    if (node->kind != YAML_MAPPING)
        return wrong(reader, node, "a map such as {dead-link: warning}");
    struct rule_setting *rules = arena_zalloc(reader->fields.arena, node->count, sizeof *rules);
    size_t kept = 0;
    int status = 0;
    for (size_t i = 0; i < node->count; i++) {
        if (read_rule(reader, &node->pairs[i], &rules[kept]) == 0)
            kept++;
        else
            status = -1;
    }
    reader->config->rules = rules;
    reader->config->rule_count = kept;
    return status;
}

static int read_repository(struct reader *reader, const struct yaml_node *node)
{
    struct str url = {0};
    if (read_text(reader, node, &url) != 0)
        return -1;
    while (str_ends(url, STR("/")))
        url.len--;
    if (!str_starts(url, STR("https://")) && !str_starts(url, STR("http://")))
        return wrong(reader, node, "the web address of the repository");
    reader->config->repository = url;
    return 0;
}

static int read_branch(struct reader *reader, const struct yaml_node *node)
{
    return read_text(reader, node, &reader->config->branch);
}

static int read_feeds(struct reader *reader, const struct yaml_node *node)
{
    struct config *config = reader->config;
    const struct yaml_node *content = given(node, STR("content"));
    const struct yaml_node *entries = given(node, STR("entries"));
    int64_t number = (int64_t)config->feeds_entries;
    if (content && str_eq(content->text, STR("summary")))
        config->feeds_full = false;
    else if (content && str_eq(content->text, STR("full")))
        config->feeds_all_full = true;
    else if (content)
        return wrong(reader, content, "a map with content: full or content: summary");
    if (entries && read_number(reader, entries, 1, 1000, &number) != 0)
        return -1;
    config->feeds_entries = (size_t)number;
    return 0;
}

static int read_designations(struct reader *reader, const struct yaml_node *node)
{
    const struct yaml_node *former = given(node, STR("former"));
    if (!former)
        return 0;
    reader->config->show_former = str_eq(former->text, STR("show"));
    return reader->config->show_former || str_eq(former->text, STR("hide"))
               ? 0
               : wrong(reader, former, "a map with former: show or former: hide");
}

static int read_directory(struct reader *reader, const struct yaml_node *node)
{
    struct config *config = reader->config;
    const struct yaml_node *sort = given(node, STR("sort"));
    const struct yaml_node *particles = given(node, STR("particles"));
    if (sort) {
        config->directory_by_family = str_eq(sort->text, STR("family"));
        if (!config->directory_by_family && !str_eq(sort->text, STR("name")))
            return wrong(reader, sort, "a map with sort: name or sort: family");
    }
    return particles ? read_texts(reader, particles, &config->particles, &config->particle_count)
                     : 0;
}

static int read_comments(struct reader *reader, const struct yaml_node *node)
{
    struct str word = node->kind == YAML_SCALAR ? node->text : STR("");
    if (str_eq(word, STR("off")))
        reader->config->comments = COMMENTS_OFF;
    else if (str_eq(word, STR("closed")))
        reader->config->comments = COMMENTS_CLOSED;
    else if (!str_eq(word, STR("open")))
        return wrong(reader, node, "open, closed or off");
    return 0;
}

static int read_calendar(struct reader *reader, const struct yaml_node *node)
{
    struct config *config = reader->config;
    const struct {
        struct str key;
        int *out;
    } rows[] = {{STR("past_days"), &config->calendar_past_days},
                {STR("ahead_days"), &config->calendar_ahead_days},
                {STR("cancelled_days"), &config->calendar_cancelled_days}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct yaml_node *value = given(node, rows[i].key);
        int64_t number = *rows[i].out;
        if (value && read_number(reader, value, 0, 36500, &number) != 0)
            return -1;
        *rows[i].out = (int)number;
    }
    return 0;
}

/* Hosts by name, or the word `usual` for those that videos and maps usually come from. */
static int read_embeds(struct reader *reader, const struct yaml_node *node)
{
    struct config *config = reader->config;
    if (node->kind == YAML_SCALAR && str_eq(node->text, STR("usual"))) {
        config->embed_hosts = sanitise_embed_hosts;
        config->embed_host_count = sanitise_embed_host_count;
        return 0;
    }
    return read_texts(reader, node, &config->embed_hosts, &config->embed_host_count);
}

/* How much a layout may do: {includes: 100, rounds: 10000000, page: 64, template: 4}, the last two
 * in megabytes. */
static int read_limits(struct reader *reader, const struct yaml_node *node)
{
    static const struct str names[] = {STR_INIT("includes"), STR_INIT("rounds"), STR_INIT("page"),
                                       STR_INIT("template")};
    struct liquid_limits *limits = &reader->config->limits;
    int64_t numbers[4] = {0};
    if (node->kind != YAML_MAPPING)
        return wrong(reader, node, "a map with includes, rounds, page or template");
    for (size_t i = 0; i < 4; i++) {
        const struct yaml_node *value = given(node, names[i]);
        int64_t most = i == 0 ? 1000 : i == 1 ? 1000000000 : 1024;
        if (value && read_number(reader, value, 1, most, &numbers[i]) != 0)
            return -1;
    }
    limits->depth = (uint32_t)numbers[0];
    limits->iterations = (uint64_t)numbers[1];
    limits->output_bytes = (size_t)numbers[2] * 1024 * 1024;
    limits->template_bytes = (size_t)numbers[3] * 1024 * 1024;
    return 0;
}

/* The keys that need reading here; `values` holds all of them for layouts. */
static const struct {
    struct str key;
    int (*read)(struct reader *reader, const struct yaml_node *node);
} keys[] = {
    {STR_INIT("title"), read_title},
    {STR_INIT("url"), read_url},
    {STR_INIT("description"), read_description},
    {STR_INIT("language"), read_language},
    {STR_INIT("languages"), read_languages},
    {STR_INIT("timezone"), read_timezone},
    {STR_INIT("menu"), read_menu},
    {STR_INIT("paginate"), read_paginate},
    {STR_INIT("permalinks"), read_permalinks},
    {STR_INIT("rules"), read_rules},
    {STR_INIT("repository"), read_repository},
    {STR_INIT("branch"), read_branch},
    {STR_INIT("feeds"), read_feeds},
    {STR_INIT("designations"), read_designations},
    {STR_INIT("directory"), read_directory},
    {STR_INIT("comments"), read_comments},
    {STR_INIT("calendar"), read_calendar},
    {STR_INIT("embeds"), read_embeds},
    {STR_INIT("limits"), read_limits},
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
        .calendar_past_days = 365,
        .calendar_ahead_days = 730,
        .calendar_cancelled_days = 90,
    };
}

static int read_pair(struct reader *reader, const struct yaml_pair *pair)
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
    if (nearest.len > 0 && pair->key.len > 3 && !yaml_get(reader->root, nearest)) {
        diag_add(reader->fields.diags, SEVERITY_WARNING, "unknown-key",
                 span_of(reader->fields.text, pair->key_start, pair->key_end),
                 "'%.*s' is not a setting that copse knows", STR_ARG(pair->key));
        diag_hint(reader->fields.diags, "did you mean '%.*s'?", STR_ARG(nearest));
    }
    return 0;
}

/* The default language first, each once. */
static void complete_languages(struct config *config, struct arena *arena)
{
    struct str *all = arena_zalloc(arena, config->language_count + 1, sizeof *all);
    size_t count = 0;
    all[count++] = config->language;
    for (size_t i = 0; i < config->language_count; i++) {
        if (!str_eq(config->languages[i], config->language))
            all[count++] = config->languages[i];
    }
    config->languages = all;
    config->language_count = count;
}

static int check_required(const struct reader *reader)
{
    static const struct str required[] = {STR_INIT("title"), STR_INIT("url")};
    int status = 0;
    for (size_t i = 0; i < 2; i++) {
        if (given(reader->root, required[i]))
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
    struct reader reader = {{text, arena, diags, {0}}, options->fs, out, NULL};
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
    if (options->base_url.len > 0 && split_url(out, options->base_url) != 0)
        status = diag_error(diags, "site-config", span_file(text),
                            "--base-url should be an address such as https://example.org");
    complete_languages(out, arena);
    return status ? -1 : 0;
}

struct str config_fallback(const struct config *config, struct str lang)
{
    const struct value *map = value_map_get(&config->values, STR("fallback"));
    const struct value *to = map && map->type == VALUE_MAP ? value_map_get(map->map, lang) : NULL;
    return to && value_is_string(*to) ? to->str : (struct str){0};
}
