/* site.yml's `colours`: read, and checked for whether text in them can be read. */
#include "site/brand.h"
#include "site/config_internal.h"

static const struct str names[] = {STR_INIT("main"), STR_INIT("accent")};

#define NAME_COUNT (sizeof names / sizeof *names)

/* An unquoted # begins a note in YAML, so that nothing is left of the colour. */
static int explain(const struct config_reader *reader, const struct yaml_node *node,
                   struct str name)
{
    struct diags *diags = reader->fields.diags;
    diag_error(diags, "site-config", config_node_span(reader, node),
               "'colours' should give %.*s as a colour of six digits, such as \"#2f6130\"",
               STR_ARG(name));
    if (yaml_is_blank(node))
        diag_hint(diags, "put it between quotes: without them everything from # on is a note");
    return -1;
}

static void check_contrast(struct config_reader *reader, const struct yaml_node *node,
                           struct str name, struct colour given)
{
    const struct brand *brand = &reader->config->brand;
    struct diags *diags = reader->fields.diags;
    struct colour nearest;
    if (brand_reaches(brand, given, &nearest))
        return;
    diag_add(diags, SEVERITY_WARNING, "colour-contrast", config_node_span(reader, node),
             "text in the %.*s colour #%02x%02x%02x would be hard to read: its contrast with the "
             "page is %.1f to 1, and 4.5 to 1 is needed",
             STR_ARG(name), given.red, given.green, given.blue,
             colour_contrast(given, brand->light.shade));
    diag_hint(diags, "#%02x%02x%02x is the nearest that reaches it, and is used meanwhile",
              nearest.red, nearest.green, nearest.blue);
}

static void warn_of_others(const struct config_reader *reader, const struct yaml_node *node)
{
    for (size_t i = 0; i < node->count; i++) {
        const struct yaml_pair *pair = &node->pairs[i];
        bool known = false;
        for (size_t j = 0; j < NAME_COUNT; j++)
            known = known || str_eq(pair->key, names[j]);
        if (!known)
            diag_add(reader->fields.diags, SEVERITY_WARNING, "unknown-key",
                     span_of(reader->fields.text, pair->key_start, pair->key_end),
                     "'colours' has main and accent, not '%.*s'", STR_ARG(pair->key));
    }
}

int config_read_colours(struct config_reader *reader, const struct yaml_node *node)
{
    struct colour given[NAME_COUNT];
    const struct yaml_node *found[NAME_COUNT];
    if (node->kind != YAML_MAPPING)
        return config_wrong(reader, node, "a map with main and accent");
    warn_of_others(reader, node);
    for (size_t i = 0; i < NAME_COUNT; i++) {
        found[i] = yaml_get(node, names[i]);
        if (found[i] && (found[i]->kind != YAML_SCALAR || !colour_parse(found[i]->text, &given[i])))
            return explain(reader, found[i], names[i]);
    }
    brand_make(found[0] ? &given[0] : NULL, found[1] ? &given[1] : NULL, &reader->config->brand);
    for (size_t i = 0; i < NAME_COUNT; i++) {
        if (found[i])
            check_contrast(reader, found[i], names[i], given[i]);
    }
    return 0;
}
