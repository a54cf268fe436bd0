/* libFuzzer target: any bytes as a file with front matter, and as a data file.
 * clang -std=c11 -D_GNU_SOURCE -g -O1 -Isrc -fsanitize=fuzzer,address,undefined -pthread \
 *     tests/fuzz/yaml.c src/lang/yaml/?*.c src/lang/front_matter.c src/lang/value.c src/base/?*.c \
 *     -lyaml -lm -o build/fuzz-yaml && build/fuzz-yaml -max_len=4096 build/fuzz-corpus \
 *     tests/fuzz/yaml */
#include "lang/yaml.h"
#include "lang/front_matter.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

/* Every node must lie within its parent's reach and the text; a broken promise ends the run. */
static void check(const struct yaml_node *node, size_t size)
{
    if (node->start > node->end || node->end > size)
        abort();
    for (size_t i = 0; i < node->count; i++) {
        if (node->kind == YAML_SEQUENCE) {
            check(&node->items[i], size);
            continue;
        }
        const struct yaml_pair *pair = &node->pairs[i];
        if (pair->key_start > pair->key_end || pair->key_end > size)
            abort();
        check(&pair->value, size);
    }
}

static void parse(const struct text *text, size_t start, size_t end)
{
    struct arena arena = {0};
    struct diags diags;
    const struct yaml_node *root;
    diags_init(&diags, &arena);
    int result = yaml_parse(text, start, end, &arena, &diags, &root);
    if ((result != 0) != diags_failed(&diags) || (result == 0 && root == NULL))
        abort();
    for (size_t i = 0; i < diags.count; i++)
        if (diags.items[i].span.end > text->bytes.len || diags.items[i].message.len == 0)
            abort();
    if (root != NULL) {
        check(root, text->bytes.len);
        yaml_to_value(root, &arena);
    }
    arena_release(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct text text = {.path = STR("fuzz.yml"), .bytes = {(const char *)bytes, size}};
    struct front_matter parts;
    parse(&text, 0, size);
    if (front_matter_split(text.bytes, &parts) == FRONT_MATTER_FOUND)
        parse(&text, parts.yaml_start, parts.yaml_end);
    return 0;
}
