#include "lang/yaml/yaml_internal.h"

const struct yaml_pair *yaml_pair(const struct yaml_node *node, struct str key)
{
    if (node == NULL || node->kind != YAML_MAPPING)
        return NULL;
    for (size_t i = 0; i < node->count; i++)
        if (str_eq(node->pairs[i].key, key))
            return &node->pairs[i];
    return NULL;
}

const struct yaml_node *yaml_get(const struct yaml_node *node, struct str key)
{
    const struct yaml_pair *pair = yaml_pair(node, key);
    return pair == NULL ? NULL : &pair->value;
}

struct span yaml_span(const struct text *text, const struct yaml_node *node)
{
    return span_of(text, node->start, node->end);
}

/* Recursion is bounded by YAML_MAX_DEPTH. */
bool yaml_same(const struct yaml_node *a, const struct yaml_node *b)
{
    if (a->kind != b->kind || a->count != b->count)
        return false;
    if (a->kind == YAML_SCALAR)
        return str_eq(a->text, b->text) && yaml_scalar_type(a) == yaml_scalar_type(b);
    for (size_t i = 0; i < a->count; i++) {
        if (a->kind == YAML_SEQUENCE) {
            if (!yaml_same(&a->items[i], &b->items[i]))
                return false;
        } else if (!str_eq(a->pairs[i].key, b->pairs[i].key) ||
                   !yaml_same(&a->pairs[i].value, &b->pairs[i].value)) {
            return false;
        }
    }
    return true;
}
