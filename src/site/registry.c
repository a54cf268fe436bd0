/* The registries at the top of content/: designations.yml, roster.yml and members/removed.yml. */
#include "lang/slug.h"
#include "lang/yaml.h"
#include "site/fields.h"
#include "site/linker.h"
#include "site/localised.h"

const struct yaml_node *registry_read_top(struct linker *linker, const char *path,
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
    struct field_text code, badge, order;
    struct value name, issuer, level, description, url;
};

static const struct part_schema designation_parts[] = {
    {STR_INIT("code"), PART_TEXT, true, offsetof(struct designation_row, code)},
    {STR_INIT("name"), PART_WORDS, true, offsetof(struct designation_row, name)},
    {STR_INIT("issuer"), PART_WORDS, false, offsetof(struct designation_row, issuer)},
    {STR_INIT("level"), PART_WORDS, false, offsetof(struct designation_row, level)},
    {STR_INIT("description"), PART_WORDS, false, offsetof(struct designation_row, description)},
    {STR_INIT("url"), PART_WORDS, false, offsetof(struct designation_row, url)},
    {STR_INIT("badge"), PART_TEXT, false, offsetof(struct designation_row, badge)},
    {STR_INIT("order"), PART_TEXT, false, offsetof(struct designation_row, order)},
};

static const struct designation_words *words_of_row(const struct linker *linker,
                                                    const struct designation_row *row)
{
    const struct config *config = &linker->site->config;
    struct designation_words *words =
        arena_zalloc(linker->arena, config->language_count, sizeof *words);
    for (size_t i = 0; i < config->language_count; i++) {
        struct str lang = config->languages[i];
        words[i] = (struct designation_words){
            .name = localised_text(config, &row->name, lang),
            .issuer = localised_text(config, &row->issuer, lang),
            .level = localised_text(config, &row->level, lang),
            .description = localised_text(config, &row->description, lang),
            .url = localised_text(config, &row->url, lang),
        };
    }
    return words;
}

/* That the languages of its texts are the site's. */
static int check_words(const struct linker *linker, const struct text *text,
                       const struct yaml_node *node)
{
    int status = 0;
    for (size_t i = 0; i < sizeof designation_parts / sizeof *designation_parts; i++) {
        if (designation_parts[i].type == PART_WORDS)
            status |= localised_check(&linker->site->config, text,
                                      yaml_get(node, designation_parts[i].key),
                                      designation_parts[i].key, linker->diags);
    }
    return status;
}

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
                       sizeof designation_parts / sizeof *designation_parts, &row) != 0 ||
        check_words(linker, text, node) != 0)
        return;
    struct designation *designation = arena_zalloc(linker->arena, 1, sizeof *designation);
    long long order;
    *designation = (struct designation){
        .code = row.code.text,
        .slug = slug_fold(linker->arena, row.code.text),
        .words = words_of_row(linker, &row),
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
    const struct yaml_node *root = registry_read_top(
        linker, "content/designations.yml", YAML_SEQUENCE, "a list of designations", &text);
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
        registry_read_top(linker, "content/roster.yml", YAML_SEQUENCE,
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
    const struct yaml_node *root = registry_read_top(
        linker, "content/members/removed.yml", YAML_MAPPING,
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

int registry_read(struct linker *linker)
{
    map_init(&linker->designations, linker->arena);
    map_init(&linker->removed, linker->arena);
    read_designations(linker);
    read_roster(linker);
    read_removed(linker);
    tag_rows_read(linker);
    return 0;
}
