/* layouts/pictures.yml: in which shapes and widths layouts ask for pictures (variants.h). */
#include "lang/yaml.h"
#include "site/linker.h"
#include "site/variants.h"

#include <stdlib.h>

enum { SHAPES_MOST = 32, SHAPE_SIDE_MOST = 4096, PROPORTION_MOST = 100 };

struct shapes_reader {
    struct linker *linker;
    const struct text *text;
};

static int wrong(const struct shapes_reader *reader, size_t start, size_t end, struct str key,
                 const char *expected)
{
    return diag_error(reader->linker->diags, "layout-error", span_of(reader->text, start, end),
                      "'%.*s' should be %s", STR_ARG(key), expected);
}

static int read_uses(struct str word, unsigned *uses)
{
    static const struct {
        struct str name;
        enum picture_use use;
    } all[] = {{STR_INIT("photo"), PICTURE_AS_PHOTO},
               {STR_INIT("image"), PICTURE_AS_IMAGE},
               {STR_INIT("text"), PICTURE_IN_TEXT}};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        if (str_eq(str_trim(word), all[i].name)) {
            *uses |= all[i].use;
            return 0;
        }
    }
    return -1;
}

static int read_for(const struct yaml_node *node, struct picture_shape *shape)
{
    int status = 0;
    if (node->kind == YAML_SCALAR)
        return read_uses(node->text, &shape->uses);
    if (node->kind != YAML_SEQUENCE)
        return -1;
    for (size_t i = 0; i < node->count; i++)
        status |=
            node->items[i].kind == YAML_SCALAR ? read_uses(node->items[i].text, &shape->uses) : -1;
    return status;
}

static int read_proportion(const struct yaml_node *node, struct picture_shape *shape)
{
    struct str rest = node->kind == YAML_SCALAR ? node->text : STR("");
    struct str across;
    long long numbers[2];
    if (!str_split(&rest, ':', &across) || str_to_long(str_trim(across), &numbers[0]) != 0 ||
        str_to_long(str_trim(rest), &numbers[1]) != 0 || numbers[0] < 1 || numbers[1] < 1 ||
        numbers[0] > PROPORTION_MOST || numbers[1] > PROPORTION_MOST)
        return -1;
    shape->across = (uint32_t)numbers[0];
    shape->down = (uint32_t)numbers[1];
    return 0;
}

static int widest_first(const void *a, const void *b)
{
    uint32_t first = *(const uint32_t *)a;
    uint32_t second = *(const uint32_t *)b;
    return first < second ? 1 : first > second ? -1 : 0;
}

static int read_side(const struct yaml_node *node, uint32_t *side)
{
    int64_t number;
    if (!yaml_integer(node, &number) || number < 1 || number > SHAPE_SIDE_MOST)
        return -1;
    *side = (uint32_t)number;
    return 0;
}

static int read_widths(const struct yaml_node *node, struct picture_shape *shape)
{
    if (node->kind != YAML_SEQUENCE || node->count < 1 || node->count > SHAPE_WIDTHS_MOST)
        return -1;
    for (size_t i = 0; i < node->count; i++) {
        if (node->items[i].kind != YAML_SCALAR ||
            read_side(&node->items[i], &shape->widths[shape->width_count++]) != 0)
            return -1;
    }
    qsort(shape->widths, shape->width_count, sizeof *shape->widths, widest_first);
    return 0;
}

static int read_key(const struct shapes_reader *reader, const struct yaml_pair *pair,
                    struct picture_shape *shape)
{
    const struct yaml_node *value = &pair->value;
    const char *expected = NULL;
    if (str_eq(pair->key, STR("for")))
        expected = read_for(value, shape) == 0 ? NULL : "photo, image or text, or a list of these";
    else if (str_eq(pair->key, STR("shape")))
        expected = read_proportion(value, shape) == 0 ? NULL : "a proportion, for example 3:2";
    else if (str_eq(pair->key, STR("widths")))
        expected = read_widths(value, shape) == 0 ? NULL : "a list of 1 to 8 widths, up to 4096";
    else if (str_eq(pair->key, STR("whole")))
        expected = value->kind == YAML_SCALAR && read_side(value, &shape->whole) == 0
                       ? NULL
                       : "a number of pixels, up to 4096";
    else if (str_eq(pair->key, STR("sizes")) && value->kind == YAML_SCALAR)
        shape->sizes = value->text;
    else
        return wrong(reader, pair->key_start, pair->key_end, pair->key,
                     "one of for, shape, widths, sizes and whole");
    return expected ? wrong(reader, value->start, value->end, pair->key, expected) : 0;
}

static int read_shape(const struct shapes_reader *reader, const struct yaml_pair *pair,
                      struct picture_shape *shape)
{
    int status = 0;
    *shape = (struct picture_shape){.name = pair->key};
    if (pair->value.kind != YAML_MAPPING)
        return wrong(reader, pair->value.start, pair->value.end, pair->key,
                     "a map with for and widths");
    for (size_t i = 0; i < pair->value.count; i++)
        status |= read_key(reader, &pair->value.pairs[i], shape);
    if (status == 0 && (shape->uses == 0 || shape->width_count == 0))
        return wrong(reader, pair->key_start, pair->key_end, pair->key,
                     "a map with for and widths");
    return status;
}

void shapes_read(struct linker *linker)
{
    struct shapes_reader reader = {linker, linker_read(linker, STR("layouts/pictures.yml"))};
    const struct yaml_node *root = NULL;
    if (!reader.text)
        return;
    yaml_parse(reader.text, 0, reader.text->bytes.len, linker->arena, linker->diags, &root);
    if (!root || yaml_is_blank(root))
        return;
    if (root->kind != YAML_MAPPING || root->count > SHAPES_MOST) {
        wrong(&reader, root->start, root->end, STR("pictures.yml"), "a map of at most 32 shapes");
        return;
    }
    struct picture_shape *shapes = arena_zalloc(linker->arena, root->count, sizeof *shapes);
    for (size_t i = 0; i < root->count; i++) {
        if (read_shape(&reader, &root->pairs[i], &shapes[linker->site->shape_count]) == 0)
            linker->site->shape_count++;
    }
    linker->site->shapes = shapes;
}
