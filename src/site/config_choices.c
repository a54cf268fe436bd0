/* How the site is published: pages, addresses, rules, feeds, lists, calendar, limits. */
#include "site/config_internal.h"
#include "site/rules.h"

int config_read_paginate(struct config_reader *reader, const struct yaml_node *node)
{
    const struct yaml_node *size = node;
    int64_t number = (int64_t)reader->config->paginate;
    if (node->kind == YAML_MAPPING) {
        size = config_given(node, STR("size"));
        const struct yaml_node *stable = config_given(node, STR("stable"));
        if (stable && !yaml_boolean(stable, &reader->config->paginate_stable))
            return config_wrong(reader, stable, "a number, or {size: 10, stable: true}");
    }
    if (size && config_read_number(reader, size, 1, 1000, &number) != 0)
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

int config_read_permalinks(struct config_reader *reader, const struct yaml_node *node)
{
    int status = 0;
    if (node->kind != YAML_MAPPING)
        return config_wrong(reader, node, "a map such as {articles: /news/:year/:slug/}");
    for (size_t i = 0; i < node->count; i++) {
        const struct yaml_pair *pair = &node->pairs[i];
        size_t which = 0;
        while (which < PERMALINK_COUNT && !str_eq(permalink_names[which], pair->key))
            which++;
        if (which == PERMALINK_COUNT || pair->value.kind != YAML_SCALAR ||
            !is_pattern(pair->value.text))
            status = diag_error(
                reader->fields.diags, "site-config", config_node_span(reader, &pair->value),
                "a permalink is an address with :slug in it, for articles, members, events, "
                "pages, tags, designations or teams; it begins and ends with a slash");
        else
            reader->config->permalinks[which] = pair->value.text;
    }
    return status;
}

static int read_rule(struct config_reader *reader, const struct yaml_pair *pair,
                     struct rule_setting *out)
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
        return diag_error(diags, "site-config", config_node_span(reader, &pair->value),
                          "a rule is set to error, warning or off");
    if (rule->fixed && (out->off || out->severity != SEVERITY_ERROR))
        return diag_error(diags, "site-config", span,
                          "the rule '%s' cannot be turned down: what breaks it cannot be published",
                          rule->code);
    return 0;
}

int config_read_rules(struct config_reader *reader, const struct yaml_node *node)
{
    if (node->kind != YAML_MAPPING)
        return config_wrong(reader, node, "a map such as {dead-link: warning}");
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

int config_read_search(struct config_reader *reader, const struct yaml_node *node)
{
    if (!yaml_boolean(node, &reader->config->search))
        return config_wrong(reader, node, "true or false");
    return 0;
}

int config_read_compress(struct config_reader *reader, const struct yaml_node *node)
{
    static const struct str names[CONFIG_COMPRESS_COUNT] = {
        [CONFIG_GZIP] = STR_INIT("gz"),
        [CONFIG_BROTLI] = STR_INIT("br"),
        [CONFIG_ZSTD] = STR_INIT("zst"),
    };
    const struct str *wanted;
    size_t count;
    if (config_read_texts(reader, node, &wanted, &count) != 0)
        return -1;
    for (size_t i = 0; i < count; i++) {
        size_t which = 0;
        while (which < CONFIG_COMPRESS_COUNT && !str_eq(names[which], wanted[i]))
            which++;
        if (which == CONFIG_COMPRESS_COUNT)
            return config_wrong(reader, node, "a list of gz, br and zst, or of some of them");
        reader->config->compress[which] = true;
    }
    return 0;
}

/* A switch in a map: `tags: false`. Absent leaves it as it is. */
static int read_switch(struct config_reader *reader, const struct yaml_node *map, struct str key,
                       bool *out)
{
    const struct yaml_node *value = config_given(map, key);
    if (value && !yaml_boolean(value, out))
        return config_wrong(reader, value, "true or false");
    return 0;
}

int config_read_feeds(struct config_reader *reader, const struct yaml_node *node)
{
    struct config *config = reader->config;
    const struct yaml_node *content = config_given(node, STR("content"));
    const struct yaml_node *entries = config_given(node, STR("entries"));
    int64_t number = (int64_t)config->feeds_entries;
    if (content && str_eq(content->text, STR("summary")))
        config->feeds_full = false;
    else if (content && str_eq(content->text, STR("full")))
        config->feeds_all_full = true;
    else if (content)
        return config_wrong(reader, content, "a map with content: full or content: summary");
    if (entries && config_read_number(reader, entries, 1, 100000, &number) != 0)
        return -1;
    config->feeds_entries = (size_t)number;
    return read_switch(reader, node, STR("tags"), &config->feeds_of_tags) |
           read_switch(reader, node, STR("members"), &config->feeds_of_members);
}

int config_read_designations(struct config_reader *reader, const struct yaml_node *node)
{
    const struct yaml_node *former = config_given(node, STR("former"));
    if (read_switch(reader, node, STR("credentials"), &reader->config->credentials) != 0)
        return -1;
    if (!former)
        return 0;
    reader->config->show_former = str_eq(former->text, STR("show"));
    return reader->config->show_former || str_eq(former->text, STR("hide"))
               ? 0
               : config_wrong(reader, former, "a map with former: show or former: hide");
}

int config_read_directory(struct config_reader *reader, const struct yaml_node *node)
{
    struct config *config = reader->config;
    const struct yaml_node *sort = config_given(node, STR("sort"));
    const struct yaml_node *particles = config_given(node, STR("particles"));
    if (sort) {
        config->directory_by_family = str_eq(sort->text, STR("family"));
        if (!config->directory_by_family && !str_eq(sort->text, STR("name")))
            return config_wrong(reader, sort, "a map with sort: name or sort: family");
    }
    return particles
               ? config_read_texts(reader, particles, &config->particles, &config->particle_count)
               : 0;
}

int config_read_comments(struct config_reader *reader, const struct yaml_node *node)
{
    struct str word = node->kind == YAML_SCALAR ? node->text : STR("");
    if (str_eq(word, STR("off")))
        reader->config->comments = COMMENTS_OFF;
    else if (str_eq(word, STR("closed")))
        reader->config->comments = COMMENTS_CLOSED;
    else if (!str_eq(word, STR("open")))
        return config_wrong(reader, node, "open, closed or off");
    return 0;
}

int config_read_calendar(struct config_reader *reader, const struct yaml_node *node)
{
    struct config *config = reader->config;
    const struct {
        struct str key;
        int *out;
    } rows[] = {{STR("past_days"), &config->calendar_past_days},
                {STR("ahead_days"), &config->calendar_ahead_days},
                {STR("cancelled_days"), &config->calendar_cancelled_days}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct yaml_node *value = config_given(node, rows[i].key);
        int64_t number = *rows[i].out;
        if (value && config_read_number(reader, value, 0, 36500, &number) != 0)
            return -1;
        *rows[i].out = (int)number;
    }
    return read_switch(reader, node, STR("tags"), &config->calendar_of_tags) |
           read_switch(reader, node, STR("events"), &config->calendar_of_events);
}

/* How much a layout may do: {includes: 100, rounds: 10000000, page: 64, template: 4}, the last two
 * in megabytes. */
int config_read_limits(struct config_reader *reader, const struct yaml_node *node)
{
    static const struct str names[] = {STR_INIT("includes"), STR_INIT("rounds"), STR_INIT("page"),
                                       STR_INIT("template")};
    struct liquid_limits *limits = &reader->config->limits;
    int64_t numbers[4] = {0};
    if (node->kind != YAML_MAPPING)
        return config_wrong(reader, node, "a map with includes, rounds, page or template");
    for (size_t i = 0; i < 4; i++) {
        const struct yaml_node *value = config_given(node, names[i]);
        int64_t most = i == 0 ? 1000 : i == 1 ? 1000000000 : 1024;
        if (value && config_read_number(reader, value, 1, most, &numbers[i]) != 0)
            return -1;
    }
    limits->depth = (uint32_t)numbers[0];
    limits->iterations = (uint64_t)numbers[1];
    limits->output_bytes = (size_t)numbers[2] * 1024 * 1024;
    limits->template_bytes = (size_t)numbers[3] * 1024 * 1024;
    return 0;
}

/* What pictures may be and what is made of them: {megabytes: 32, megapixels: 100, frames: 1000,
 * format: webp, svg: none, social: false, icons: false, cache: 512}. */
int config_read_pictures(struct config_reader *reader, const struct yaml_node *node)
{
    static const struct str names[] = {STR_INIT("megabytes"), STR_INIT("megapixels"),
                                       STR_INIT("frames"), STR_INIT("cache")};
    static const int64_t most[] = {64, 400, 100000, 1000000};
    struct config_pictures *pictures = &reader->config->pictures;
    const struct yaml_node *format = config_given(node, STR("format"));
    int64_t numbers[4] = {(int64_t)(pictures->bytes >> 20), (int64_t)(pictures->pixels / 1000000),
                          (int64_t)pictures->frames, (int64_t)(pictures->cache >> 20)};
    if (node->kind != YAML_MAPPING)
        return config_wrong(
            reader, node,
            "a map with megabytes, megapixels, frames, format, svg, social, icons or cache");
    for (size_t i = 0; i < 4; i++) {
        const struct yaml_node *value = config_given(node, names[i]);
        if (value && config_read_number(reader, value, 1, most[i], &numbers[i]) != 0)
            return -1;
    }
    const struct yaml_node *social = config_given(node, STR("social"));
    if (social && !yaml_boolean(social, &pictures->social))
        return config_wrong(reader, social, "true or false");
    const struct yaml_node *icons = config_given(node, STR("icons"));
    if (icons && !yaml_boolean(icons, &pictures->icons))
        return config_wrong(reader, icons, "a map with icons: true or icons: false");
    const struct yaml_node *svg = config_given(node, STR("svg"));
    if (svg) {
        pictures->svg = str_eq(svg->text, STR("articles"));
        if (!pictures->svg && !str_eq(svg->text, STR("none")))
            return config_wrong(reader, svg, "articles or none");
    }
    if (format) {
        pictures->avif = str_eq(format->text, STR("avif"));
        if (!pictures->avif && !str_eq(format->text, STR("webp")))
            return config_wrong(reader, format, "avif or webp");
    }
    pictures->bytes = (size_t)numbers[0] << 20;
    pictures->pixels = (uint64_t)numbers[1] * 1000000;
    pictures->frames = (size_t)numbers[2];
    pictures->cache = (size_t)numbers[3] << 20;
    return 0;
}
