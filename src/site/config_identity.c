/* What the site is and where: names, address, zone, repository. */
#include "base/html.h"
#include "base/suggest.h"
#include "site/config_internal.h"

/* Texts by language are read when it is known which languages there are: config_make_editions(). */
int config_read_title(struct config_reader *reader, const struct yaml_node *node)
{
    if (node->kind == YAML_MAPPING)
        return 0;
    return config_read_text(reader, node, &reader->config->title);
}

int config_read_description(struct config_reader *reader, const struct yaml_node *node)
{
    if (node->kind == YAML_MAPPING)
        return 0;
    return config_read_text(reader, node, &reader->config->description);
}

/* Takes a URL apart: origin and path, no slash at the end, no query or fragment. */
int config_split_url(struct config *config, struct str url)
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

int config_read_url(struct config_reader *reader, const struct yaml_node *node)
{
    struct str url = {0};
    if (config_read_text(reader, node, &url) != 0)
        return -1;
    return url.len == 0 || config_split_url(reader->config, url) == 0
               ? 0
               : config_wrong(reader, node,
                              "the site's address, such as https://example.org or "
                              "https://example.org/guild");
}

int config_read_language(struct config_reader *reader, const struct yaml_node *node)
{
    if (config_read_text(reader, node, &reader->config->language) != 0)
        return -1;
    return config_is_language(reader->config->language)
               ? 0
               : config_wrong(reader, node, "a language tag, such as en or fr");
}

static int explain_zone(const struct config_reader *reader, const struct yaml_node *node,
                        struct str name)
{
    struct diags *diags = reader->fields.diags;
    diag_error(diags, "unknown-zone", config_node_span(reader, node),
               "no time zone is called '%.*s'", STR_ARG(name));
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

int config_read_timezone(struct config_reader *reader, const struct yaml_node *node)
{
    struct config *config = reader->config;
    struct str name = {0};
    if (config_read_text(reader, node, &name) != 0)
        return -1;
    const struct zone *zone;
    int error = zone_load(reader->fs, NULL, name, reader->fields.arena, &zone);
    if (error)
        return explain_zone(reader, node, name);
    config->timezone = name;
    config->zone = zone;
    return 0;
}

int config_read_repository(struct config_reader *reader, const struct yaml_node *node)
{
    struct str url = {0};
    if (config_read_text(reader, node, &url) != 0)
        return -1;
    while (str_ends(url, STR("/")))
        url.len--;
    if (!str_starts(url, STR("https://")) && !str_starts(url, STR("http://")))
        return config_wrong(reader, node, "the web address of the repository");
    reader->config->repository = url;
    return 0;
}

int config_read_branch(struct config_reader *reader, const struct yaml_node *node)
{
    return config_read_text(reader, node, &reader->config->branch);
}
