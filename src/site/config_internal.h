/* What the readers of site.yml's keys share. Only for config*.c: config.c has the table of keys,
 * config_identity.c reads those that say what the site is, config_languages.c what it says in each
 * of its languages, config_choices.c how it is published, config_colours.c how it looks,
 * config_html.c what HTML texts may hold. */
#ifndef COPSE_SITE_CONFIG_INTERNAL_H
#define COPSE_SITE_CONFIG_INTERNAL_H

#include "site/config.h"
#include "site/fields.h"

/* A menu as it is read: of one language, or (`lang` empty) of the default one. */
struct config_menu {
    struct str lang;
    const struct menu_item *items;
    size_t count;
};

struct config_menus {
    struct config_menu *items;
    size_t count, capacity;
};

struct config_reader {
    struct field_reader fields;
    const struct fs *fs;
    struct config *config;
    const struct yaml_node *root;
    struct config_menus menus;
};

struct span config_node_span(const struct config_reader *reader, const struct yaml_node *node);

/* "'menu' should be `expected`": adds the error and returns -1. */
int config_wrong(const struct config_reader *reader, const struct yaml_node *node,
                 const char *expected);

/* A member of a map in site.yml; NULL if it is absent or blank. */
const struct yaml_node *config_given(const struct yaml_node *map, struct str key);

/* Single values; 0, or -1 after an error. A blank text leaves *out as it was. */
int config_read_text(struct config_reader *reader, const struct yaml_node *node, struct str *out);
int config_read_texts(struct config_reader *reader, const struct yaml_node *node,
                      const struct str **out, size_t *count);
int config_read_number(const struct config_reader *reader, const struct yaml_node *node,
                       int64_t least, int64_t most, int64_t *out);

/* Takes a URL apart into the config's url, origin and base_path; -1 if it is none. */
int config_split_url(struct config *config, struct str url);

/* config_identity.c: a key each; 0, or -1 after an error at the key's value. */
int config_read_title(struct config_reader *reader, const struct yaml_node *node);
int config_read_description(struct config_reader *reader, const struct yaml_node *node);
int config_read_url(struct config_reader *reader, const struct yaml_node *node);
int config_read_language(struct config_reader *reader, const struct yaml_node *node);
int config_read_timezone(struct config_reader *reader, const struct yaml_node *node);
int config_read_repository(struct config_reader *reader, const struct yaml_node *node);
int config_read_branch(struct config_reader *reader, const struct yaml_node *node);

/* config_languages.c: `languages`, `prefix_default` and `menu`; then, when all keys are read, the
 * config's editions. */
int config_read_languages(struct config_reader *reader, const struct yaml_node *node);
int config_read_prefix_default(struct config_reader *reader, const struct yaml_node *node);
int config_read_menu(struct config_reader *reader, const struct yaml_node *node);
int config_make_editions(struct config_reader *reader);

/* A language tag that may become a folder: "en", "fr", "pt-BR". */
bool config_is_language(struct str tag);

/* config_choices.c: likewise. */
int config_read_paginate(struct config_reader *reader, const struct yaml_node *node);
int config_read_permalinks(struct config_reader *reader, const struct yaml_node *node);
int config_read_rules(struct config_reader *reader, const struct yaml_node *node);
int config_read_search(struct config_reader *reader, const struct yaml_node *node);
int config_read_compress(struct config_reader *reader, const struct yaml_node *node);
int config_read_feeds(struct config_reader *reader, const struct yaml_node *node);
int config_read_designations(struct config_reader *reader, const struct yaml_node *node);
int config_read_directory(struct config_reader *reader, const struct yaml_node *node);
int config_read_comments(struct config_reader *reader, const struct yaml_node *node);
int config_read_calendar(struct config_reader *reader, const struct yaml_node *node);
int config_read_limits(struct config_reader *reader, const struct yaml_node *node);
int config_read_pictures(struct config_reader *reader, const struct yaml_node *node);

/* config_machines.c: likewise; what is read by programs and seldom by people. */
int config_read_security(struct config_reader *reader, const struct yaml_node *node);
int config_read_humans(struct config_reader *reader, const struct yaml_node *node);
int config_read_manifest(struct config_reader *reader, const struct yaml_node *node);

/* config_colours.c: likewise. */
int config_read_colours(struct config_reader *reader, const struct yaml_node *node);

/* config_html.c: what texts may hold. config_html_defaults() comes first. */
void config_html_defaults(struct config *config);
int config_read_embeds(struct config_reader *reader, const struct yaml_node *node);
int config_read_html(struct config_reader *reader, const struct yaml_node *node);

#endif
