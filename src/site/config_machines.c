/* What site.yml says for programs: whom to tell of a security hole, who made the site, and how the
 * site looks among a visitor's apps. */
#include "site/config_internal.h"

static bool has_blank(struct str text)
{
    for (size_t i = 0; i < text.len; i++) {
        if ((unsigned char)text.ptr[i] <= ' ' || text.ptr[i] == 0x7F)
            return true;
    }
    return text.len == 0;
}

/* RFC 9116, 2.5.3: a URI; web addresses must be https. A bare e-mail address is taken for one. */
static int read_contact(struct config_reader *reader, const struct yaml_node *node,
                        struct str contact, struct str *out)
{
    size_t at = str_find_byte(contact, '@', 0);
    bool uri = str_starts(contact, STR("https://")) || str_starts(contact, STR("mailto:")) ||
               str_starts(contact, STR("tel:"));
    bool address = at != STR_NONE && at > 0 && !str_has(contact, STR(":"));
    if (has_blank(contact) || (!uri && !address))
        return config_wrong(reader, node,
                            "an e-mail address, or a URL that begins with https:, mailto: or tel:");
    *out = uri ? contact : arena_printf(reader->fields.arena, "mailto:%.*s", STR_ARG(contact));
    return 0;
}

static int read_contacts(struct config_reader *reader, const struct yaml_node *node)
{
    struct config_security *security = &reader->config->security;
    const struct str *given;
    size_t count;
    reader->fields.key = STR("contact");
    if (config_read_texts(reader, node, &given, &count) != 0)
        return -1;
    struct str *contacts = arena_zalloc(reader->fields.arena, count, sizeof *contacts);
    for (size_t i = 0; i < count; i++) {
        if (read_contact(reader, node, given[i], &contacts[i]) != 0)
            return -1;
    }
    security->contacts = contacts;
    security->contact_count = count;
    return 0;
}

static int read_link(struct config_reader *reader, const struct yaml_node *map, struct str key,
                     struct str *out)
{
    const struct yaml_node *node = config_given(map, key);
    reader->fields.key = key;
    if (!node)
        return 0;
    if (config_read_text(reader, node, out) != 0)
        return -1;
    return str_starts(*out, STR("https://")) && !has_blank(*out)
               ? 0
               : config_wrong(reader, node, "an address that begins with https://");
}

static int read_expires(struct config_reader *reader, const struct yaml_node *node)
{
    struct config_security *security = &reader->config->security;
    const char *why;
    if (node->kind != YAML_SCALAR || date_parse(node->text, &security->expires, &why) != 0)
        return diag_error(reader->fields.diags, "bad-date", config_node_span(reader, node),
                          "'%.*s' is not a date that copse can read", STR_ARG(node->text));
    security->expires_span = config_node_span(reader, node);
    return 0;
}

/* "en, fr" */
static int read_preferred(struct config_reader *reader, const struct yaml_node *node)
{
    struct str *joined = &reader->config->security.languages;
    const struct str *given;
    size_t count;
    reader->fields.key = STR("languages");
    if (config_read_texts(reader, node, &given, &count) != 0)
        return -1;
    for (size_t i = 0; i < count; i++) {
        if (!config_is_language(given[i]))
            return config_wrong(reader, node, "a list of language tags: [en, fr]");
        *joined = i == 0 ? given[0]
                         : arena_printf(reader->fields.arena, "%.*s, %.*s", STR_ARG(*joined),
                                        STR_ARG(given[i]));
    }
    return 0;
}

int config_read_security(struct config_reader *reader, const struct yaml_node *node)
{
    struct config_security *security = &reader->config->security;
    const struct yaml_node *contact = config_given(node, STR("contact"));
    const struct yaml_node *expires = config_given(node, STR("expires"));
    const struct yaml_node *languages = config_given(node, STR("languages"));
    if (!contact || !expires)
        return config_wrong(reader, node,
                            "a map with contact and with expires, a day within the next year: "
                            "{contact: security@example.org, expires: 2027-01-01}");
    int status = read_contacts(reader, contact);
    status |= read_expires(reader, expires);
    status |= languages ? read_preferred(reader, languages) : 0;
    status |= read_link(reader, node, STR("encryption"), &security->encryption);
    status |= read_link(reader, node, STR("acknowledgments"), &security->acknowledgments);
    status |= read_link(reader, node, STR("policy"), &security->policy);
    status |= read_link(reader, node, STR("hiring"), &security->hiring);
    return status ? -1 : 0;
}

int config_read_humans(struct config_reader *reader, const struct yaml_node *node)
{
    if (node->kind != YAML_SCALAR)
        return config_wrong(reader, node, "a text, of several lines behind a  |");
    reader->config->humans = node->text;
    return 0;
}

/* #rgb or #rrggbb: what every browser reads in a manifest. */
static bool is_colour(struct str text)
{
    if ((text.len != 4 && text.len != 7) || text.ptr[0] != '#')
        return false;
    for (size_t i = 1; i < text.len; i++) {
        char c = str_lower(text.ptr[i]);
        if (!str_is_digit(c) && (c < 'a' || c > 'f'))
            return false;
    }
    return true;
}

static int read_colour(struct config_reader *reader, const struct yaml_node *map, struct str key,
                       struct str *out)
{
    const struct yaml_node *node = config_given(map, key);
    reader->fields.key = key;
    if (!node)
        return 0;
    if (config_read_text(reader, node, out) != 0)
        return -1;
    return is_colour(*out) ? 0 : config_wrong(reader, node, "a colour such as '#1f6f54'");
}

static int read_display(struct config_reader *reader, const struct yaml_node *node)
{
    static const struct str all[] = {STR_INIT("browser"), STR_INIT("minimal-ui"),
                                     STR_INIT("standalone")};
    struct str *display = &reader->config->manifest.display;
    reader->fields.key = STR("display");
    if (config_read_text(reader, node, display) != 0)
        return -1;
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        if (str_eq(all[i], *display))
            return 0;
    }
    return config_wrong(reader, node, "browser, minimal-ui or standalone");
}

int config_read_manifest(struct config_reader *reader, const struct yaml_node *node)
{
    struct config_manifest *manifest = &reader->config->manifest;
    const struct yaml_node *display = config_given(node, STR("display"));
    if (node->kind != YAML_MAPPING)
        return config_wrong(reader, node,
                            "a map with short_name, display, theme_color or background_color");
    int status = read_colour(reader, node, STR("theme_color"), &manifest->theme_color);
    status |= read_colour(reader, node, STR("background_color"), &manifest->background_color);
    status |= display ? read_display(reader, display) : 0;
    return status ? -1 : 0;
}
