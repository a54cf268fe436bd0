#include "cli/schema_json.h"

#include "base/html.h"
#include "site/field_lists.h"

#define DIALECT "\"$schema\":\"https://json-schema.org/draft/2020-12/schema\""
#define SCALAR "{\"type\":[\"string\",\"number\",\"boolean\",\"null\"]}"
#define DATE                                                                                       \
    "{\"type\":[\"string\",\"null\"],"                                                             \
    "\"pattern\":\"^\\\\s*(\\\\d{4}-\\\\d{1,2}-\\\\d{1,2}([Tt ].*)?)?\\\\s*$\"}"
#define FLAG "{\"type\":[\"boolean\",\"null\"]}"

/* One of a list of maps, or the bare text that stands for it. */
static void add_item(struct buf *out, const struct part_schema *parts, size_t count)
{
    buf_adds(out, "{\"type\":\"object\",\"properties\":{");
    for (size_t i = 0; i < count; i++) {
        buf_adds(out, i > 0 ? "," : "");
        json_escape(out, parts[i].key);
        buf_addf(out, ":%s",
                 parts[i].type == PART_DATE   ? DATE
                 : parts[i].type == PART_FLAG ? FLAG
                                              : SCALAR);
    }
    buf_adds(out, "},\"required\":[");
    bool first = true;
    for (size_t i = 0; i < count; i++) {
        if (!parts[i].required)
            continue;
        buf_adds(out, first ? "" : ",");
        json_escape(out, parts[i].key);
        first = false;
    }
    buf_adds(out, "]}");
}

static void add_items(struct buf *out, enum field_type type)
{
    size_t count = 0;
    bool bare = false;
    const struct part_schema *parts = field_parts(type, &count, &bare);
    buf_adds(out, "\"anyOf\":[{\"type\":\"null\"},");
    buf_adds(out, bare ? "{\"type\":[\"string\",\"number\"]}," : "");
    add_item(out, parts, count);
    buf_adds(out, ",{\"type\":\"array\",\"items\":{\"anyOf\":[{\"type\":\"null\"},");
    buf_adds(out, bare ? "{\"type\":[\"string\",\"number\"]}," : "");
    add_item(out, parts, count);
    buf_adds(out, "]}}]");
}

static void add_choices(struct buf *out, const char *choices)
{
    struct str rest = str_from(choices);
    struct str choice;
    buf_adds(out, "\"enum\":[null");
    while (str_split(&rest, '|', &choice)) {
        buf_addc(out, ',');
        json_escape(out, choice);
    }
    buf_addc(out, ']');
}

static void add_type(struct buf *out, const struct field_schema *field)
{
    switch (field->type) {
    case FIELD_TEXT:
    case FIELD_SLUG:
    case FIELD_FILE:
    case FIELD_LANGUAGE:
    case FIELD_ZONE:
    case FIELD_PERSON:
        buf_adds(out, "\"type\":[\"string\",\"number\",\"boolean\",\"null\"]");
        break;
    case FIELD_EMAIL:
        buf_adds(out,
                 "\"type\":[\"string\",\"null\"],\"pattern\":\"^\\\\s*([^@ ]+@[^ ]+)?\\\\s*$\"");
        break;
    case FIELD_URL:
        buf_adds(out, "\"type\":[\"string\",\"null\"],\"pattern\":\"^\\\\s*([Hh][Tt][Tt][Pp][Ss]?:"
                      "//.*)?$\"");
        break;
    case FIELD_CHOICE: add_choices(out, field->choices); break;
    case FIELD_PERSONS:
    case FIELD_LIST:
    case FIELD_ALIASES:
        buf_adds(
            out,
            "\"type\":[\"array\",\"string\",\"number\",\"boolean\",\"null\"],\"items\":" SCALAR);
        break;
    case FIELD_DATE: buf_adds(out, "\"anyOf\":[" DATE "]"); break;
    case FIELD_DATES:
        buf_adds(out,
                 "\"anyOf\":[{\"type\":[\"string\",\"null\"]},{\"type\":\"array\",\"items\":" DATE
                 "}]");
        break;
    case FIELD_FLAG: buf_adds(out, "\"type\":[\"boolean\",\"null\"]"); break;
    case FIELD_NUMBER: buf_adds(out, "\"type\":[\"integer\",\"null\"],\"minimum\":1"); break;
    case FIELD_MENU: buf_adds(out, "\"type\":[\"boolean\",\"integer\",\"null\"]"); break;
    case FIELD_CREDITS:
        buf_adds(out, "\"type\":[\"number\",\"object\",\"null\"],\"additionalProperties\":"
                      "{\"type\":\"number\"}");
        break;
    case FIELD_CLAIMS:
    case FIELD_ROLES:
    case FIELD_LINKS:
    case FIELD_SESSIONS:
    case FIELD_CHANGES: add_items(out, field->type); break;
    }
}

static void add_field(struct buf *out, const struct field_schema *field)
{
    struct buf about = {0};
    buf_addf(&about, "%s For example: %s", field->about, field->example);
    json_escape(out, field->key);
    buf_adds(out, ":{\"description\":");
    json_escape(out, buf_str(&about));
    buf_addc(out, ',');
    add_type(out, field);
    buf_addc(out, '}');
    buf_release(&about);
}

static void add_kind(struct buf *out, const struct kind_schema *schema)
{
    buf_addf(out, "\"title\":\"Front matter of %s\",\"type\":\"object\",\"required\":[",
             schema->one);
    bool first = true;
    for (size_t i = 0; i < schema->count; i++) {
        if (!schema->fields[i].required)
            continue;
        buf_adds(out, first ? "" : ",");
        json_escape(out, schema->fields[i].key);
        first = false;
    }
    buf_adds(out, "],\"properties\":{");
    for (size_t i = 0; i < schema->count; i++) {
        buf_adds(out, i > 0 ? ",\n" : "\n");
        add_field(out, &schema->fields[i]);
    }
    buf_addc(out, '}');
}

void schema_json_kind(struct buf *out, const struct kind_schema *schema)
{
    buf_adds(out, "{" DIALECT ",");
    add_kind(out, schema);
    buf_adds(out, "}\n");
}

void schema_json_all(struct buf *out)
{
    buf_adds(out, "{" DIALECT ",\"$defs\":{\n");
    for (int kind = 0; kind < KIND_COUNT; kind++) {
        const struct kind_schema *schema = schema_of((enum kind)kind);
        buf_addf(out, "%s\"%s\":{", kind > 0 ? ",\n" : "", schema->name);
        add_kind(out, schema);
        buf_addc(out, '}');
    }
    buf_adds(out, "}}\n");
}
