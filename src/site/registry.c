/* The registries at the top of content/: designations.yml, roster.yml, tags.yml and
 * members/removed.yml. */
#include "lang/slug.h"
#include "lang/yaml.h"
#include "site/fields.h"
#include "site/linker.h"

/* Reads a registry whose top is a sequence (or a mapping); NULL if it is absent, empty or wrong. */
static const struct yaml_node *read_top(struct linker *linker, const char *path,
                                        enum yaml_kind kind, const char *form,
                                        const struct text **text)
{
    const struct yaml_node *root;
    *text = linker_read(linker, str_from(path));
    if (!*text)
        return NULL;
    yaml_parse(*text, 0, (*text)->bytes.len, linker->arena, linker->diags, &root);
    if (!root || yaml_is_blank(root))
        return NULL;
    if (root->kind == kind)
        return root;
    diag_error(linker->diags, "wrong-type", yaml_span(*text, root), "this file should be %s", form);
    return NULL;
}

struct designation_row {
    struct field_text code, name, issuer, level, description, url, badge, order;
};

static const struct part_schema designation_parts[] = {
    {STR_INIT("code"), PART_TEXT, true, offsetof(struct designation_row, code)},
    {STR_INIT("name"), PART_TEXT, true, offsetof(struct designation_row, name)},
    {STR_INIT("issuer"), PART_TEXT, false, offsetof(struct designation_row, issuer)},
    {STR_INIT("level"), PART_TEXT, false, offsetof(struct designation_row, level)},
    {STR_INIT("description"), PART_TEXT, false, offsetof(struct designation_row, description)},
    {STR_INIT("url"), PART_TEXT, false, offsetof(struct designation_row, url)},
    {STR_INIT("badge"), PART_TEXT, false, offsetof(struct designation_row, badge)},
    {STR_INIT("order"), PART_TEXT, false, offsetof(struct designation_row, order)},
};

static void add_designation(struct linker *linker, const struct text *text,
                            const struct yaml_node *node)
{
    struct designation_row row = {0};
    struct field_reader reader = {text, linker->arena, linker->diags, STR("designations.yml")};
    if (node->kind != YAML_MAPPING) {
        diag_error(linker->diags, "wrong-type", yaml_span(text, node),
                   "an entry should be a map: - {code: MCRS, name: Master Certified Résumé "
                   "Specialist}");
        return;
    }
    if (field_read_map(&reader, node, designation_parts,
                       sizeof designation_parts / sizeof *designation_parts, &row) != 0)
        return;
    struct designation *designation = arena_zalloc(linker->arena, 1, sizeof *designation);
    long long order;
    *designation = (struct designation){
        .code = row.code.text,
        .slug = slug_fold(linker->arena, row.code.text),
        .name = row.name.text,
        .issuer = row.issuer.text,
        .level = row.level.text,
        .description = row.description.text,
        .url = row.url.text,
        .badge = row.badge.text,
        .badge_span = span_of(text, row.badge.place.start, row.badge.place.end),
        .order = str_to_long(row.order.text, &order) == 0 ? (size_t)order : 0,
        .span = span_of(text, row.code.place.start, row.code.place.end),
    };
    const struct designation *before =
        map_put(&linker->designations, designation->code, designation);
    if (before) {
        diag_error(linker->diags, "duplicate-slug", designation->span,
                   "the designation '%.*s' stands twice", STR_ARG(designation->code));
        return;
    }
    *vec_push(linker->arena, &linker->site->designations) = designation;
}

/* By `order` where it is given, in the file's order else: an insertion sort, since the list is
 * short and must keep the order of equals. */
static void sort_designations(struct designation_list *list)
{
    for (size_t i = 1; i < list->count; i++) {
        const struct designation *moved = list->items[i];
        size_t at = i;
        for (; at > 0 && list->items[at - 1]->order > moved->order; at--)
            list->items[at] = list->items[at - 1];
        list->items[at] = moved;
    }
    for (size_t i = 0; i < list->count; i++)
        ((struct designation *)list->items[i])->order = i;
}

static void read_designations(struct linker *linker)
{
    const struct text *text;
    const struct yaml_node *root = read_top(linker, "content/designations.yml", YAML_SEQUENCE,
                                            "a list of designations", &text);
    for (size_t i = 0; root && i < root->count; i++)
        add_designation(linker, text, &root->items[i]);
    sort_designations(&linker->site->designations);
}

static const struct part_schema roster_parts[] = {
    {STR_INIT("member"), PART_TEXT, true, offsetof(struct roster_row, member)},
    {STR_INIT("code"), PART_TEXT, true, offsetof(struct roster_row, code)},
    {STR_INIT("since"), PART_DATE, false, offsetof(struct roster_row, since)},
    {STR_INIT("until"), PART_DATE, false, offsetof(struct roster_row, until)},
    {STR_INIT("revoked"), PART_DATE, false, offsetof(struct roster_row, revoked)},
};

static void read_roster(struct linker *linker)
{
    struct roster *roster = &linker->roster;
    roster->given = source_find(linker->options->source, STR("content/roster.yml")) != NULL;
    const struct yaml_node *root =
        read_top(linker, "content/roster.yml", YAML_SEQUENCE,
                 "a list of grants, each with member, code and since", &roster->text);
    struct field_reader reader = {roster->text, linker->arena, linker->diags, STR("roster.yml")};
    for (size_t i = 0; root && i < root->count; i++) {
        const struct yaml_node *node = &root->items[i];
        struct roster_row row = {.span = yaml_span(roster->text, node)};
        if (node->kind != YAML_MAPPING)
            diag_error(linker->diags, "roster", row.span,
                       "an entry should be a map: - {member: jo-tremblay, code: MCRS, since: "
                       "2024-05-01}");
        else if (field_read_map(&reader, node, roster_parts,
                                sizeof roster_parts / sizeof *roster_parts, &row) == 0)
            *vec_push(linker->arena, roster) = row;
    }
}

static void read_removed(struct linker *linker)
{
    const struct text *text;
    const struct yaml_node *root =
        read_top(linker, "content/members/removed.yml", YAML_MAPPING,
                 "lines of the form  slug: the name that articles keep (or nothing)", &text);
    for (size_t i = 0; root && i < root->count; i++) {
        struct str *name = arena_zalloc(linker->arena, 1, sizeof *name);
        const struct yaml_node *value = &root->pairs[i].value;
        if (value->kind == YAML_SCALAR && !yaml_is_blank(value))
            *name = value->text;
        map_put(&linker->removed, root->pairs[i].key, name);
    }
    struct str *slugs = arena_zalloc(linker->arena, linker->removed.count, sizeof *slugs);
    for (size_t i = 0; i < linker->removed.count; i++)
        slugs[i] = linker->removed.entries[i].key;
    linker->site->removed = slugs;
    linker->site->removed_count = linker->removed.count;
}

static void read_tag_row(struct linker *linker, const struct text *text,
                         const struct yaml_node *node, struct tag_row *row)
{
    struct field_reader reader = {text, linker->arena, linker->diags, STR("tags.yml")};
    struct field_text name = {0};
    struct field_text description = {0};
    struct field_list synonyms = {0};
    const struct yaml_node *given = yaml_get(node, STR("tag"));
    if (!given || field_read_text(&reader, given, &name) != 0 || name.text.len == 0) {
        diag_error(linker->diags, "missing-key", yaml_span(text, node),
                   "an entry of tags.yml needs 'tag'");
        return;
    }
    if ((given = yaml_get(node, STR("description"))) && given->kind == YAML_SCALAR)
        field_read_text(&reader, given, &description);
    if ((given = yaml_get(node, STR("synonyms"))))
        field_read_list(&reader, given, &synonyms);
    *row = (struct tag_row){.name = name.text,
                            .slug = slug_tag(linker->arena, name.text),
                            .description = description.text,
                            .synonym_count = synonyms.count};
    if ((given = yaml_get(node, STR("name"))))
        row->names = yaml_to_value(given, linker->arena);
    struct str *slugs = arena_zalloc(linker->arena, synonyms.count, sizeof *slugs);
    for (size_t i = 0; i < synonyms.count; i++) {
        slugs[i] = slug_tag(linker->arena, synonyms.items[i].text);
        map_put(&linker->tag_synonyms, slugs[i], row);
    }
    row->synonyms = slugs;
    map_put(&linker->tag_synonyms, row->slug, row);
}

static void read_tags(struct linker *linker)
{
    const struct text *text;
    const struct yaml_node *root =
        read_top(linker, "content/tags.yml", YAML_SEQUENCE, "a list of tags", &text);
    if (!root)
        return;
    linker->tag_rows = arena_zalloc(linker->arena, root->count, sizeof *linker->tag_rows);
    linker->tag_row_count = root->count;
    for (size_t i = 0; i < root->count; i++)
        read_tag_row(linker, text, &root->items[i], &linker->tag_rows[i]);
}

int registry_read(struct linker *linker)
{
    map_init(&linker->designations, linker->arena);
    map_init(&linker->removed, linker->arena);
    map_init(&linker->tag_synonyms, linker->arena);
    read_designations(linker);
    read_roster(linker);
    read_removed(linker);
    read_tags(linker);
    return 0;
}
