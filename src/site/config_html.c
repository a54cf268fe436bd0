/* What HTML the texts of each kind may hold: site.yml's `embeds` and `html`.
 *
 *     embeds: usual                       # or hosts: in articles, events and pages
 *     html:
 *       articles: {embeds: [player.vimeo.com], external_pictures: false}
 *       members: {allow: [tables, figures, pictures]}
 *       comments: {allow: []} */
#include "base/suggest.h"
#include "site/config_internal.h"

/* The kinds as the folders of content/ are called. */
static const struct str folders[KIND_COUNT] = {
    [KIND_ARTICLE] = STR_INIT("articles"), [KIND_MEMBER] = STR_INIT("members"),
    [KIND_EVENT] = STR_INIT("events"),     [KIND_COMMENT] = STR_INIT("comments"),
    [KIND_PAGE] = STR_INIT("pages"),
};

static bool is_personal(size_t kind)
{
    return kind == KIND_MEMBER || kind == KIND_COMMENT;
}

void config_html_defaults(struct config *config)
{
    for (size_t kind = 0; kind < KIND_COUNT; kind++)
        config->policies[kind] = is_personal(kind) ? sanitise_person : sanitise_article;
}

static struct span place_span(const struct config_reader *reader, const struct field_text *item)
{
    return span_of(reader->fields.text, item->place.start, item->place.end);
}

/* "`word` is none of …", with what may have been meant. */
static int no_such_word(struct config_reader *reader, struct span span, struct str word,
                        const char *what, const struct str *words, size_t count)
{
    struct diags *diags = reader->fields.diags;
    struct buf list = {0};
    for (size_t i = 0; i < count; i++)
        buf_addf(&list, "%s%.*s", i == 0 ? "" : i + 1 == count ? " and " : ", ", STR_ARG(words[i]));
    diag_error(diags, "site-config", span, "'%.*s' is not %s; there are %.*s", STR_ARG(word), what,
               STR_ARG(buf_str(&list)));
    buf_release(&list);
    struct str nearest = suggest_nearest(word, words, count);
    if (nearest.len > 0)
        diag_hint(diags, "did you mean '%.*s'?", STR_ARG(nearest));
    return -1;
}

static bool is_host(struct str host)
{
    for (size_t i = 0; i < host.len; i++) {
        char byte = host.ptr[i];
        if (!str_is_alpha(byte) && !str_is_digit(byte) && byte != '-' && byte != '.')
            return false;
    }
    return host.len <= 253 && str_has(host, STR(".")) && host.ptr[0] != '.' &&
           host.ptr[host.len - 1] != '.';
}

/* Hosts by name, or the word `usual` for those that videos and maps usually come from. */
static int read_hosts(struct config_reader *reader, const struct yaml_node *node,
                      struct sanitise_policy *policy)
{
    struct field_list hosts = {0};
    if (field_read_list(&reader->fields, node, &hosts) != 0)
        return -1;
    size_t most = hosts.count + sanitise_embed_host_count;
    struct str *names = arena_zalloc(reader->fields.arena, most, sizeof *names);
    size_t count = 0;
    bool usual = false;
    for (size_t i = 0; i < hosts.count; i++) {
        struct str host = hosts.items[i].text;
        if (str_eq(host, STR("usual"))) {
            usual = true;
        } else if (is_host(host)) {
            names[count++] = host;
        } else {
            diag_error(reader->fields.diags, "site-config", place_span(reader, &hosts.items[i]),
                       "'%.*s' is not the name of a host", STR_ARG(host));
            diag_hint(reader->fields.diags, "only the name, without https:// and path: "
                                            "player.vimeo.com; or the word 'usual'");
            return -1;
        }
    }
    for (size_t i = 0; usual && i < sanitise_embed_host_count; i++)
        names[count++] = sanitise_embed_hosts[i];
    policy->embed_hosts = names;
    policy->embed_host_count = count;
    return 0;
}

int config_read_embeds(struct config_reader *reader, const struct yaml_node *node)
{
    struct sanitise_policy read = {0};
    if (read_hosts(reader, node, &read) != 0)
        return -1;
    for (size_t kind = 0; kind < KIND_COUNT; kind++) {
        /* What `html` says of one kind goes before. */
        const struct yaml_node *own =
            config_given(config_given(reader->root, STR("html")), folders[kind]);
        if (is_personal(kind) || config_given(own, STR("embeds")))
            continue;
        reader->config->policies[kind].embed_hosts = read.embed_hosts;
        reader->config->policies[kind].embed_host_count = read.embed_host_count;
    }
    return 0;
}

static int read_allowed(struct config_reader *reader, const struct yaml_node *node,
                        struct sanitise_policy *policy)
{
    struct field_list words = {0};
    if (field_read_list(&reader->fields, node, &words) != 0)
        return -1;
    policy->groups = SANITISE_TEXT;
    for (size_t i = 0; i < words.count; i++) {
        size_t which = 0;
        while (which < sanitise_choice_count &&
               !str_eq(words.items[i].text, sanitise_choices[which].name))
            which++;
        if (which < sanitise_choice_count) {
            policy->groups |= sanitise_choices[which].group;
            continue;
        }
        struct str *names =
            arena_zalloc(reader->fields.arena, sanitise_choice_count, sizeof *names);
        for (size_t k = 0; k < sanitise_choice_count; k++)
            names[k] = sanitise_choices[k].name;
        return no_such_word(reader, place_span(reader, &words.items[i]), words.items[i].text,
                            "something to allow", names, sanitise_choice_count);
    }
    return 0;
}

static int read_setting(struct config_reader *reader, const struct yaml_pair *pair,
                        struct sanitise_policy *policy)
{
    static const struct str names[] = {STR_INIT("allow"), STR_INIT("embeds"),
                                       STR_INIT("external_pictures")};
    reader->fields.key = pair->key;
    if (str_eq(pair->key, names[0]))
        return read_allowed(reader, &pair->value, policy);
    if (str_eq(pair->key, names[1]))
        return read_hosts(reader, &pair->value, policy);
    if (!str_eq(pair->key, names[2]))
        return no_such_word(reader, span_of(reader->fields.text, pair->key_start, pair->key_end),
                            pair->key, "a setting of a kind's HTML", names, 3);
    return yaml_boolean(&pair->value, &policy->external_pictures)
               ? 0
               : config_wrong(reader, &pair->value, "true or false");
}

int config_read_html(struct config_reader *reader, const struct yaml_node *node)
{
    int status = 0;
    if (node->kind != YAML_MAPPING)
        return config_wrong(reader, node, "a map such as {members: {allow: [tables, pictures]}}");
    for (size_t i = 0; i < node->count; i++) {
        const struct yaml_pair *pair = &node->pairs[i];
        size_t kind = 0;
        while (kind < KIND_COUNT && !str_eq(pair->key, folders[kind]))
            kind++;
        reader->fields.key = pair->key;
        if (kind == KIND_COUNT) {
            status |=
                no_such_word(reader, span_of(reader->fields.text, pair->key_start, pair->key_end),
                             pair->key, "a kind of content", folders, KIND_COUNT);
        } else if (pair->value.kind != YAML_MAPPING && !yaml_is_blank(&pair->value)) {
            status |=
                config_wrong(reader, &pair->value, "a map with allow, embeds or external_pictures");
        }
        for (size_t k = 0;
             kind < KIND_COUNT && k < pair->value.count && pair->value.kind == YAML_MAPPING; k++)
            status |= read_setting(reader, &pair->value.pairs[k], &reader->config->policies[kind]);
    }
    return status;
}
