#include "cli/schema_decap.h"

#include "base/html.h"
#include "site/field_lists.h"

#define DATE_PATTERN "^\\d{4}-\\d{1,2}-\\d{1,2}([Tt ].*)?$"

/* JSON's strings are YAML's double-quoted ones. */
static void add_text(struct buf *out, const char *key, struct str text)
{
    buf_addf(out, "%s: ", key);
    json_escape(out, text);
}

static void add_pattern(struct buf *out, const char *pattern, const char *otherwise)
{
    buf_adds(out, ", widget: string, pattern: [");
    json_escape(out, str_from(pattern));
    buf_adds(out, ", ");
    json_escape(out, str_from(otherwise));
    buf_addc(out, ']');
}

static void add_parts(struct buf *out, enum field_type type)
{
    size_t count = 0;
    bool bare = false;
    const struct part_schema *parts = field_parts(type, &count, &bare);
    buf_adds(out, ", widget: list, fields: [");
    for (size_t i = 0; i < count; i++) {
        buf_adds(out, i > 0 ? ", {" : "{");
        add_text(out, "name", parts[i].key);
        buf_adds(out, ", ");
        add_text(out, "label", parts[i].key);
        if (parts[i].type == PART_DATE)
            add_pattern(out, DATE_PATTERN, "a date such as 2026-03-01 or 2026-03-01 18:30");
        else
            buf_addf(out, ", widget: %s",
                     parts[i].type == PART_FLAG   ? "boolean"
                     : parts[i].type == PART_LIST ? "list"
                                                  : "string");
        buf_addf(out, ", required: %s}", parts[i].required ? "true" : "false");
    }
    buf_addc(out, ']');
}

static void add_choices(struct buf *out, const char *choices)
{
    struct str rest = str_from(choices);
    struct str choice;
    bool first = true;
    buf_adds(out, ", widget: select, options: [");
    while (str_split(&rest, '|', &choice)) {
        buf_adds(out, first ? "" : ", ");
        json_escape(out, choice);
        first = false;
    }
    buf_addc(out, ']');
}

static void add_widget(struct buf *out, const struct field_schema *field)
{
    switch (field->type) {
    case FIELD_TEXT:
    case FIELD_SLUG:
    case FIELD_LANGUAGE:
    case FIELD_ZONE:
    case FIELD_PERSON: buf_adds(out, ", widget: string"); break;
    case FIELD_EMAIL:
        add_pattern(out, "^[^@ ]+@[^@ ]+$", "an address such as jo@example.org");
        break;
    case FIELD_URL: add_pattern(out, "^https?://", "an address that begins with https://"); break;
    case FIELD_FILE: buf_adds(out, ", widget: image"); break;
    case FIELD_CHOICE: add_choices(out, field->choices); break;
    case FIELD_DATE:
        add_pattern(out, DATE_PATTERN, "a date such as 2026-03-01 or 2026-03-01 18:30");
        break;
    case FIELD_FLAG: buf_adds(out, ", widget: boolean"); break;
    case FIELD_NUMBER:
    case FIELD_MENU: buf_adds(out, ", widget: number, value_type: int, min: 1"); break;
    case FIELD_CREDITS: buf_adds(out, ", widget: number, value_type: float, min: 0"); break;
    case FIELD_PERSONS:
    case FIELD_LIST:
    case FIELD_ALIASES:
    case FIELD_DATES:
    case FIELD_CLAIMS: buf_adds(out, ", widget: list"); break;
    case FIELD_ROLES:
    case FIELD_LINKS:
    case FIELD_SESSIONS:
    case FIELD_CHANGES: add_parts(out, field->type); break;
    }
}

static void add_field(struct buf *out, const struct field_schema *field)
{
    struct buf hint = {0};
    buf_addf(&hint, "%s For example: %s", field->about, field->example);
    buf_adds(out, "      - {");
    add_text(out, "name", field->key);
    buf_adds(out, ", ");
    add_text(out, "label", field->key);
    add_widget(out, field);
    buf_addf(out, ", required: %s, ", field->required ? "true" : "false");
    add_text(out, "hint", buf_str(&hint));
    buf_adds(out, "}\n");
    buf_release(&hint);
}

/* Pictures lie beside the file that shows them: an empty media_folder means just that. */
static void add_collection(struct buf *out, const struct kind_schema *schema, struct str folder)
{
    struct buf path = {0};
    buf_addf(&path, "%.*s%scontent/%.*s", STR_ARG(folder), folder.len > 0 ? "/" : "",
             STR_ARG(schema->folder));
    buf_addf(out, "  - name: %.*s\n", STR_ARG(schema->folder));
    buf_addf(out, "    label: %c%.*s\n", str_upper(schema->folder.ptr[0]),
             STR_ARG(str_after(schema->folder, 1)));
    buf_addf(out, "    label_singular: %c%s\n    ", str_upper(schema->name[0]), schema->name + 1);
    add_text(out, "folder", buf_str(&path));
    buf_addf(out,
             "\n    create: true\n    extension: md\n    format: frontmatter\n"
             "    identifier_field: %.*s\n    slug: \"%s{{slug}}\"\n"
             "    media_folder: \"\"\n    public_folder: \"\"\n    fields:\n",
             STR_ARG(schema->fields[0].key),
             schema->kind == KIND_ARTICLE ? "{{year}}-{{month}}-{{day}}-" : "");
    for (size_t i = 0; i < schema->count; i++)
        add_field(out, &schema->fields[i]);
    buf_adds(out, "      - {name: body, label: Text, widget: markdown, required: false}\n");
    buf_release(&path);
}

/* The forge, where site.yml's repository names one that Decap knows; else its own gateway. */
static void add_backend(struct buf *out, const struct config *config)
{
    static const struct {
        struct str address;
        const char *name;
    } forges[] = {{STR_INIT("https://github.com/"), "github"},
                  {STR_INIT("https://gitlab.com/"), "gitlab"}};
    struct str repository = config->repository;
    const char *name = "git-gateway";
    struct str path = {0};
    for (size_t i = 0; i < sizeof forges / sizeof *forges; i++) {
        if (!str_starts(repository, forges[i].address))
            continue;
        name = forges[i].name;
        path = str_after(repository, forges[i].address.len);
    }
    while (str_ends(path, STR("/")))
        path.len--;
    if (str_ends(path, STR(".git")))
        path.len -= 4;
    buf_addf(out, "backend:\n  name: %s\n", name);
    if (path.len > 0) {
        add_text(out, "  repo", path);
        buf_addc(out, '\n');
    }
    add_text(out, "  branch", config->branch.len > 0 ? config->branch : STR("main"));
    buf_addc(out, '\n');
}

void schema_decap(struct buf *out, const struct config *config, struct str folder)
{
    struct buf media = {0};
    buf_addf(&media, "%.*s%scontent/pages", STR_ARG(folder), folder.len > 0 ? "/" : "");
    buf_adds(out, "# Decap CMS, made by `copse schema --decap`. Put it beside Decap's page, at\n"
                  "# assets/root/admin/config.yml, and make it anew when copse is updated.\n");
    add_backend(out, config);
    buf_adds(out, "publish_mode: editorial_workflow\n");
    add_text(out, "site_url", config->url);
    buf_addc(out, '\n');
    add_text(out, "locale", str_sub(config->language, 0, 2));
    buf_addc(out, '\n');
    add_text(out, "media_folder", buf_str(&media));
    buf_adds(out, "\npublic_folder: \"\"\nslug: {encoding: ascii, clean_accents: true}\n"
                  "collections:\n");
    for (int kind = 0; kind < KIND_COUNT; kind++) {
        if (kind != KIND_COMMENT)
            add_collection(out, schema_of((enum kind)kind), folder);
    }
    buf_release(&media);
}
