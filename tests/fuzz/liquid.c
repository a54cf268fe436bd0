/* libFuzzer target: any bytes as a template, as its partial and as its data.
 *
 * Input: one byte of flags, then the template, the partial 'p' and JSON, separated by NUL bytes.
 *     clang -std=c11 -D_GNU_SOURCE -O1 -g -fsanitize=fuzzer,address,undefined -Isrc \
 *         -fno-sanitize-recover=undefined -o build/fuzz-liquid tests/fuzz/liquid.c \
 *         src/lang/liquid/[a-z]*.c src/lang/value.c src/lang/json.c src/lang/slug.c \
 *         src/base/[a-z]*.c -lutf8proc -lm -pthread
 *     build/fuzz-liquid -max_total_time=1200 tests/fuzz/corpus/liquid
 *
 * tests/unit/test_liquid_corpus.c replays the corpus without libFuzzer.
 */
#include "lang/liquid/liquid.h"
#include "lang/json.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct text *load(void *context, struct str name, size_t *start)
{
    *start = 0;
    return name.len == 1 && name.ptr[0] == 'p' ? context : NULL;
}

static size_t names(void *context, const struct str **out)
{
    static const struct str all[] = {STR_INIT("p")};
    (void)context;
    *out = all;
    return 1;
}

static bool on_link(void *context, const struct liquid_link *link)
{
    size_t *total = context;
    *total += link->value.len;
    return false;
}

static void one(uint8_t flags, const struct text *source, const struct text *partial,
                const struct text *json)
{
    struct arena arena = {0};
    struct diags diags;
    struct buf out = {0};
    struct value globals = value_nil();
    size_t total = 0;
    diags_init(&diags, &arena);
    if (json_read(json, &arena, &diags, &globals) != 0)
        globals = value_nil();
    struct text *own = arena_alloc(&arena, sizeof *own);
    *own = *partial;
    struct liquid_settings settings = {.jekyll = flags & 1,
                                       .strict = flags & 2,
                                       .autoescape = flags & 4,
                                       .limits = {.iterations = 2000,
                                                  .output_bytes = 1 << 16,
                                                  .scratch_bytes = 1 << 22,
                                                  .depth = 20},
                                       .host = {.context = own, .load = load, .names = names}};
    struct liquid *liquid = liquid_new(&arena, &settings);
    enum liquid_language language = (enum liquid_language)((flags >> 3) % 5);
    const struct liquid_template *compiled = liquid_compile(liquid, source, 0, language, &diags);
    struct liquid_call call = {.globals = globals,
                               .reader = {.arena = &arena},
                               .diags = &diags,
                               .now = 1600000000,
                               .link = on_link,
                               .link_context = &total};
    if (compiled != NULL)
        liquid_render(compiled, &call, &out);
    diags_sort(&diags);
    buf_release(&out);
    arena_release(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    struct str rest = {(const char *)data + 1, size - 1};
    struct str parts[3] = {{"", 0}, {"", 0}, {"", 0}};
    for (int i = 0; i < 2; i++)
        str_split(&rest, '\0', &parts[i]);
    if (rest.ptr != NULL)
        parts[2] = rest;
    struct text source = {STR("template"), parts[0]};
    struct text partial = {STR("p"), parts[1]};
    struct text json = {STR("data"), parts[2]};
    one(data[0], &source, &partial, &json);
    return 0;
}
