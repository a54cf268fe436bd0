#include "site/field_lists.h"
#include "base/html.h"

#include <stdlib.h>
#include <string.h>

/* How a list of maps is decoded: the rows of its map, and the one that a bare text stands for. */
struct item_schema {
    const struct part_schema *parts;
    size_t part_count;
    size_t item_size;
    size_t bare; /* offset of the field_text that a bare text fills, or STR_NONE: maps only */
    const char *example;
};

static const struct part_schema claim_parts[] = {
    {STR_INIT("code"), PART_TEXT, true, offsetof(struct claim, code)},
    {STR_INIT("since"), PART_DATE, false, offsetof(struct claim, since)},
    {STR_INIT("expires"), PART_DATE, false, offsetof(struct claim, expires)},
    {STR_INIT("credential_url"), PART_TEXT, false, offsetof(struct claim, credential_url)},
};

static const struct part_schema role_parts[] = {
    {STR_INIT("team"), PART_TEXT, false, offsetof(struct role, team)},
    {STR_INIT("title"), PART_TEXT, false, offsetof(struct role, title)},
};

static const struct part_schema link_parts[] = {
    {STR_INIT("label"), PART_TEXT, false, offsetof(struct named_link, label)},
    {STR_INIT("url"), PART_TEXT, true, offsetof(struct named_link, url)},
};

static const struct part_schema session_parts[] = {
    {STR_INIT("start"), PART_DATE, true, offsetof(struct session, start)},
    {STR_INIT("end"), PART_DATE, false, offsetof(struct session, end)},
};

static const struct part_schema change_parts[] = {
    {STR_INIT("date"), PART_DATE, true, offsetof(struct change, date)},
    {STR_INIT("start"), PART_DATE, false, offsetof(struct change, start)},
    {STR_INIT("end"), PART_DATE, false, offsetof(struct change, end)},
    {STR_INIT("title"), PART_TEXT, false, offsetof(struct change, title)},
    {STR_INIT("location"), PART_TEXT, false, offsetof(struct change, location)},
    {STR_INIT("cancelled"), PART_FLAG, false, offsetof(struct change, cancelled)},
};

#define PARTS(table) table, sizeof table / sizeof *table

static const struct item_schema claim_items = {PARTS(claim_parts), sizeof(struct claim),
                                               offsetof(struct claim, code),
                                               "[MCRS, {code: CRA, since: 2019-05-01}]"};
static const struct item_schema role_items = {PARTS(role_parts), sizeof(struct role),
                                              offsetof(struct role, title),
                                              "[{team: Board, title: Treasurer}]"};
static const struct item_schema link_items = {PARTS(link_parts), sizeof(struct named_link),
                                              offsetof(struct named_link, url),
                                              "[{label: Website, url: https://example.org}]"};
static const struct item_schema session_items = {
    PARTS(session_parts), sizeof(struct session), STR_NONE,
    "[{start: 2026-04-02 09:00, end: 2026-04-02 12:00}]"};
static const struct item_schema change_items = {PARTS(change_parts), sizeof(struct change),
                                                STR_NONE,
                                                "[{date: 2026-09-03, start: 2026-09-10 18:30}]"};

const struct part_schema *field_parts(enum field_type type, size_t *count, bool *bare)
{
    const struct item_schema *items = type == FIELD_CLAIMS     ? &claim_items
                                      : type == FIELD_ROLES    ? &role_items
                                      : type == FIELD_LINKS    ? &link_items
                                      : type == FIELD_SESSIONS ? &session_items
                                      : type == FIELD_CHANGES  ? &change_items
                                                               : NULL;
    *count = items ? items->part_count : 0;
    *bare = items && items->bare != STR_NONE;
    return items ? items->parts : NULL;
}

static int complain(const struct field_reader *reader, const struct yaml_node *node,
                    const struct item_schema *schema)
{
    diag_error(reader->diags, "wrong-type", yaml_span(reader->text, node),
               "copse does not understand this entry of '%.*s'", STR_ARG(reader->key));
    diag_hint(reader->diags, "it should look like %.*s: %s", STR_ARG(reader->key), schema->example);
    return -1;
}

static int read_item(const struct field_reader *reader, const struct yaml_node *node,
                     const struct item_schema *schema, char *item)
{
    if (node->kind == YAML_MAPPING)
        return field_read_map(reader, node, schema->parts, schema->part_count, item);
    if (node->kind == YAML_SCALAR && schema->bare != STR_NONE)
        return field_read_text(reader, node, (struct field_text *)(void *)(item + schema->bare));
    return complain(reader, node, schema);
}

/* A single item may stand without its list; a bare text with commas is several. */
static int read_items(const struct field_reader *reader, const struct yaml_node *node,
                      const struct item_schema *schema, void **items, size_t *count)
{
    if (node->kind == YAML_SCALAR && schema->bare != STR_NONE) {
        struct field_list texts = {0};
        if (field_read_list(reader, node, &texts) != 0)
            return -1;
        char *made = arena_zalloc(reader->arena, texts.count, schema->item_size);
        for (size_t i = 0; i < texts.count; i++)
            memcpy(made + i * schema->item_size + schema->bare, &texts.items[i],
                   sizeof texts.items[i]);
        *items = made;
        *count = texts.count;
        return 0;
    }
    bool single = node->kind != YAML_SEQUENCE;
    size_t total = single ? 1 : node->count;
    char *made = arena_zalloc(reader->arena, total, schema->item_size);
    int status = 0;
    size_t kept = 0;
    for (size_t i = 0; i < total; i++) {
        const struct yaml_node *item = single ? node : &node->items[i];
        if (!single && yaml_is_blank(item))
            continue;
        if (read_item(reader, item, schema, made + kept * schema->item_size) == 0)
            kept++;
        else
            status = -1;
    }
    *items = made;
    *count = kept;
    return status;
}

int field_read_claims(const struct field_reader *reader, const struct yaml_node *node,
                      struct claim_list *out)
{
    void *items = NULL;
    int status = read_items(reader, node, &claim_items, &items, &out->count);
    out->items = items;
    return status;
}

int field_read_roles(const struct field_reader *reader, const struct yaml_node *node,
                     struct role_list *out)
{
    void *items = NULL;
    int status = read_items(reader, node, &role_items, &items, &out->count);
    out->items = items;
    return status;
}

int field_read_links(const struct field_reader *reader, const struct yaml_node *node,
                     struct link_list *out)
{
    void *items = NULL;
    int status = read_items(reader, node, &link_items, &items, &out->count);
    const struct named_link *links = items;
    for (size_t i = 0; i < out->count; i++) {
        const struct field_text *url = &links[i].url;
        if (field_is_host(url->text)) {
            status = diag_error(reader->diags, "unsafe-url",
                                span_of(reader->text, url->place.start, url->place.end),
                                "an address elsewhere begins with https://");
            diag_hint(reader->diags, "write https://%.*s", STR_ARG(url->text));
        } else if (!url_is_safe(url->text))
            status = diag_error(reader->diags, "unsafe-url",
                                span_of(reader->text, url->place.start, url->place.end),
                                "a link may lead to http, https, mailto or tel addresses only");
    }
    out->items = items;
    if (status != 0)
        out->count = 0; /* pages must not show them */
    return status;
}

int field_read_sessions(const struct field_reader *reader, const struct yaml_node *node,
                        struct session_list *out)
{
    void *items = NULL;
    int status = read_items(reader, node, &session_items, &items, &out->count);
    out->items = items;
    return status;
}

int field_read_changes(const struct field_reader *reader, const struct yaml_node *node,
                       struct change_list *out)
{
    void *items = NULL;
    int status = read_items(reader, node, &change_items, &items, &out->count);
    out->items = items;
    return status;
}

int field_read_dates(const struct field_reader *reader, const struct yaml_node *node,
                     struct date_list *out)
{
    struct field_list texts = {0};
    if (field_read_list(reader, node, &texts) != 0)
        return -1;
    struct field_date *dates = arena_zalloc(reader->arena, texts.count, sizeof *dates);
    for (size_t i = 0; i < texts.count; i++) {
        struct yaml_node item = {.kind = YAML_SCALAR,
                                 .start = texts.items[i].place.start,
                                 .end = texts.items[i].place.end,
                                 .text = texts.items[i].text};
        if (field_read_date(reader, &item, &dates[i]) != 0)
            return -1;
    }
    *out = (struct date_list){dates, texts.count};
    return 0;
}

static int read_hours(const struct field_reader *reader, const struct yaml_node *node,
                      double *hours)
{
    if (node->kind == YAML_SCALAR && node->text.len > 0 && node->text.len < 16) {
        char *end;
        char *digits = arena_cstr(reader->arena, node->text);
        *hours = strtod(digits, &end);
        if (*end == '\0' && str_is_digit(digits[0]) && *hours >= 0 && *hours < 10000)
            return 0;
    }
    return diag_error(reader->diags, "wrong-type", yaml_span(reader->text, node),
                      "credits are hours, a number such as 1.5");
}

int field_read_credits(const struct field_reader *reader, const struct yaml_node *node,
                       struct credit_list *out)
{
    bool by_code = node->kind == YAML_MAPPING;
    size_t count = by_code ? node->count : 1;
    struct credit *credits = arena_zalloc(reader->arena, count, sizeof *credits);
    for (size_t i = 0; i < count; i++) {
        if (by_code) {
            const struct yaml_pair *pair = &node->pairs[i];
            credits[i].code = (struct field_text){
                pair->key, {(uint32_t)pair->key_start, (uint32_t)pair->key_end}};
        }
        if (read_hours(reader, by_code ? &node->pairs[i].value : node, &credits[i].hours) != 0)
            return -1;
    }
    *out = (struct credit_list){credits, count};
    return 0;
}
