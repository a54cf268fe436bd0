/* content/tags.yml: what tags are called, what they are about, which are one and which are part of
 * another. */
#include "lang/slug.h"
#include "lang/yaml.h"
#include "site/fields.h"
#include "site/linker.h"
#include "site/localised.h"

struct given_row {
    struct field_text tag, parent;
    struct value name, description, intro;
    struct field_list synonyms;
};

static const struct part_schema parts[] = {
    {STR_INIT("tag"), PART_TEXT, true, offsetof(struct given_row, tag)},
    {STR_INIT("name"), PART_WORDS, false, offsetof(struct given_row, name)},
    {STR_INIT("description"), PART_WORDS, false, offsetof(struct given_row, description)},
    {STR_INIT("intro"), PART_WORDS, false, offsetof(struct given_row, intro)},
    {STR_INIT("synonyms"), PART_LIST, false, offsetof(struct given_row, synonyms)},
    {STR_INIT("parent"), PART_TEXT, false, offsetof(struct given_row, parent)},
};

struct tag_reader {
    struct linker *linker;
    const struct text *text;
    struct field_list *synonyms; /* of each row */
};

static struct span span_of_place(const struct tag_reader *reader, struct place place)
{
    return span_of(reader->text, place.start, place.end);
}

static struct str slug_of(const struct tag_reader *reader, struct str name)
{
    struct str slug = slug_tag(reader->linker->arena, name);
    return slug.len > 0 ? slug : slug_fallback(reader->linker->arena, name);
}

static void read_row(struct tag_reader *reader, const struct yaml_node *node, size_t number)
{
    struct linker *linker = reader->linker;
    struct field_reader fields = {reader->text, linker->arena, linker->diags, STR("tags.yml")};
    struct given_row given = {0};
    struct tag_row *row = &linker->tag_rows[number];
    if (node->kind != YAML_MAPPING) {
        diag_error(linker->diags, "tags", yaml_span(reader->text, node),
                   "an entry should be a map: - {tag: interviews, synonyms: [job interviews]}");
        return;
    }
    int status = field_read_map(&fields, node, parts, sizeof parts / sizeof *parts, &given);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (parts[i].type == PART_WORDS)
            status |= localised_check(&linker->site->config, reader->text,
                                      yaml_get(node, parts[i].key), parts[i].key, linker->diags);
    }
    if (status != 0)
        return;
    *row = (struct tag_row){
        .name = given.tag.text,
        .slug = slug_of(reader, given.tag.text),
        .names = given.name,
        .description = given.description,
        .intro = given.intro,
        .parent_name = given.parent,
        .span = span_of_place(reader, given.tag.place),
    };
    reader->synonyms[number] = given.synonyms;
    if (map_has(&linker->tag_synonyms, row->slug))
        diag_error(linker->diags, "tags", row->span, "the tag '%.*s' stands twice",
                   STR_ARG(row->name));
    else
        map_put(&linker->tag_synonyms, row->slug, row);
}

/* A synonym belongs to one tag, and is not a tag with an entry of its own: that would be a ring, or
 * leave open which of the two is meant. */
static void add_synonym(struct tag_reader *reader, struct tag_row *row,
                        const struct field_text *synonym)
{
    struct linker *linker = reader->linker;
    struct str slug = slug_of(reader, synonym->text);
    const struct tag_row *other = map_get(&linker->tag_synonyms, slug);
    if (!other) {
        map_put(&linker->tag_synonyms, slug, row);
        return;
    }
    if (other == row)
        return;
    bool own = str_eq(other->slug, slug);
    diag_error(linker->diags, "tags", span_of_place(reader, synonym->place),
               own ? "'%.*s' has an entry of its own, so it cannot be a synonym of '%.*s'"
                   : "'%.*s' is a synonym of another tag already, so it cannot be one of '%.*s'",
               STR_ARG(synonym->text), STR_ARG(row->name));
    if (own)
        diag_hint(linker->diags, "delete one: the entry '%.*s', or this synonym",
                  STR_ARG(other->name));
    else
        diag_hint(linker->diags, "it stands under '%.*s'", STR_ARG(other->name));
}

static void find_parent(struct tag_reader *reader, struct tag_row *row)
{
    struct linker *linker = reader->linker;
    struct str name = row->parent_name.text;
    if (name.len == 0)
        return;
    row->parent = map_get(&linker->tag_synonyms, slug_of(reader, name));
    if (row->parent)
        return;
    diag_error(linker->diags, "tags", span_of_place(reader, row->parent_name.place),
               "there is no tag '%.*s' in this file to be the parent", STR_ARG(name));
    diag_hint(linker->diags, "add an entry with  tag: %.*s", STR_ARG(name));
}

enum { PARENTS_MOST = 100 };

/* A ring is cut where it is found, so that whoever goes up from a tag comes to an end. */
static void cut_ring(struct tag_reader *reader, struct tag_row *row)
{
    struct linker *linker = reader->linker;
    const struct tag_row *at = row->parent;
    size_t steps = 0;
    while (at && at != row && steps++ < PARENTS_MOST)
        at = at->parent;
    if (at != row && steps <= PARENTS_MOST)
        return;
    diag_error(linker->diags, "tags", span_of_place(reader, row->parent_name.place),
               at == row ? "the parents of '%.*s' lead back to it"
                         : "'%.*s' has parents upon parents without end",
               STR_ARG(row->name));
    diag_hint(linker->diags, "one of the tags in the ring must have no parent");
    row->parent = NULL;
}

void tag_rows_read(struct linker *linker)
{
    struct tag_reader reader = {.linker = linker};
    map_init(&linker->tag_synonyms, linker->arena);
    const struct yaml_node *root = registry_read_top(linker, "content/tags.yml", YAML_SEQUENCE,
                                                     "a list of tags", &reader.text);
    if (!root)
        return;
    linker->tag_rows = arena_zalloc(linker->arena, root->count, sizeof *linker->tag_rows);
    linker->tag_row_count = root->count;
    reader.synonyms = arena_zalloc(linker->arena, root->count, sizeof *reader.synonyms);
    for (size_t i = 0; i < root->count; i++)
        read_row(&reader, &root->items[i], i);
    for (size_t i = 0; i < root->count; i++) {
        for (size_t j = 0; j < reader.synonyms[i].count; j++)
            add_synonym(&reader, &linker->tag_rows[i], &reader.synonyms[i].items[j]);
    }
    for (size_t i = 0; i < root->count; i++)
        find_parent(&reader, &linker->tag_rows[i]);
    for (size_t i = 0; i < root->count; i++)
        cut_ring(&reader, &linker->tag_rows[i]);
}
