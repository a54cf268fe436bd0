#include "lang/liquid/environment.h"
#include "lang/liquid/compiler.h"
#include "lang/liquid/filter.h"
#include "lang/liquid/memo.h"

#include "base/vec.h"

#include <string.h>

/* Partials within partials while compiling. */
#define DEPTH_MOST 100

static void set_limits(struct liquid_limits *limits)
{
    if (limits->depth == 0)
        limits->depth = 100;
    if (limits->iterations == 0)
        limits->iterations = 10000000;
    if (limits->output_bytes == 0)
        limits->output_bytes = (size_t)64 << 20;
    if (limits->template_bytes == 0)
        limits->template_bytes = (size_t)4 << 20;
    if (limits->scratch_bytes == 0)
        limits->scratch_bytes = (size_t)512 << 20;
}

static void put_filter(struct liquid *liquid, struct str name, const struct filter_entry *entry)
{
    void *stored = NULL;
    memcpy(&stored, &entry, sizeof stored); /* the map's values are not const; we never write */
    map_put(&liquid->filters, name, stored);
}

static void add_filters(struct liquid *liquid, const struct filter_table *table)
{
    for (size_t i = 0; i < table->count; i++)
        put_filter(liquid, table->items[i].name, &table->items[i]);
}

static void add_host_filters(struct liquid *liquid)
{
    const struct liquid_host *host = &liquid->settings.host;
    for (size_t i = 0; i < host->filter_count; i++) {
        const struct liquid_filter *filter = &host->filters[i];
        struct filter_entry *entry = arena_zalloc(liquid->arena, 1, sizeof *entry);
        *entry = (struct filter_entry){.name = filter->name,
                                       .least = (uint8_t)filter->least,
                                       .most = (uint8_t)filter->most,
                                       .kind = FILTER_HOST,
                                       .host = filter};
        put_filter(liquid, filter->name, entry);
    }
}

static void list_filters(struct liquid *liquid)
{
    size_t count = liquid->filters.count;
    liquid->filter_names = arena_alloc(liquid->arena, (count + 1) * sizeof *liquid->filter_names);
    for (size_t i = 0; i < count; i++)
        liquid->filter_names[i] = liquid->filters.entries[i].key;
    liquid->filter_name_count = count;
}

struct liquid *liquid_new(struct arena *arena, const struct liquid_settings *settings)
{
    struct liquid *liquid = arena_zalloc(arena, 1, sizeof *liquid);
    liquid->arena = arena;
    liquid->settings = *settings;
    set_limits(&liquid->settings.limits);
    map_init(&liquid->slots, arena);
    map_init(&liquid->continues, arena);
    map_init(&liquid->cycles, arena);
    map_init(&liquid->partials, arena);
    map_init(&liquid->filters, arena);
    liquid_slot(liquid, STR("forloop"));
    liquid_slot(liquid, STR("tablerowloop"));
    liquid_slot(liquid, STR("include"));
    add_filters(liquid, &filters_text);
    add_filters(liquid, &filters_html);
    add_filters(liquid, &filters_number);
    add_filters(liquid, &filters_list);
    add_filters(liquid, &filters_select);
    add_filters(liquid, &filters_date);
    if (settings->jekyll) {
        add_filters(liquid, &filters_jekyll_text);
        add_filters(liquid, &filters_jekyll_list);
    }
    add_host_filters(liquid);
    list_filters(liquid);
    return liquid;
}

struct value_key liquid_key(struct liquid *liquid, struct str name)
{
    const struct liquid_host *host = &liquid->settings.host;
    struct value_key key = {.name = name};
    if (host->symbol != NULL)
        key.symbol = host->symbol(host->context, name);
    return key;
}

uint32_t liquid_slot(struct liquid *liquid, struct str name)
{
    void *known = map_get(&liquid->slots, name);
    if (known != NULL)
        return (uint32_t)((uintptr_t)known - 1);
    struct str kept = arena_str(liquid->arena, name);
    uint32_t slot = (uint32_t)liquid->names.count;
    vec_push(liquid->arena, &liquid->names)->key = liquid_key(liquid, kept);
    map_put(&liquid->slots, kept, (void *)((uintptr_t)slot + 1));
    return slot;
}

uint32_t liquid_slot_find(const struct liquid *liquid, struct str name)
{
    void *known = map_get(&liquid->slots, name);
    return known == NULL ? UINT32_MAX : (uint32_t)((uintptr_t)known - 1);
}

uint32_t liquid_number(struct map *numbers, struct str text)
{
    void *known = map_get(numbers, text);
    if (known != NULL)
        return (uint32_t)((uintptr_t)known - 1);
    uint32_t number = (uint32_t)numbers->count;
    map_put(numbers, text, (void *)((uintptr_t)number + 1));
    return number;
}

const struct filter_entry *liquid_filter_find(const struct liquid *liquid, struct str name)
{
    return map_get(&liquid->filters, name);
}

static struct str partial_key(struct arena *arena, struct str name, uint32_t surroundings,
                              enum liquid_language language)
{
    return arena_printf(arena, "%u %d %.*s", surroundings, (int)language, STR_ARG(name));
}

/* Says of each new message about the partial where the partial was included from. */
static void compile_partial(struct liquid *liquid, struct partial *partial,
                            const struct text *source, size_t start, enum liquid_language language,
                            struct diags *diags)
{
    partial->compiling = true;
    liquid->depth++;
    partial->compiled =
        compile_source(liquid, source, start, language, partial->before, &partial->after, diags);
    liquid->depth--;
    partial->compiling = false;
    if (partial->recursive && partial->compiled != NULL && partial->after != partial->before) {
        diag_error(diags, "layout-error", span_file(source),
                   "a partial that includes itself must end in text where it began in text");
        partial->compiled = NULL;
    }
    partial->failed = partial->compiled == NULL;
    if (!partial->failed && !partial->recursive)
        partial->memo = memo_plan_make(liquid, partial);
}

struct partial *liquid_partial(struct liquid *liquid, struct str name, uint32_t surroundings,
                               enum liquid_language language, struct diags *diags)
{
    struct str key = partial_key(liquid->arena, name, surroundings, language);
    struct partial *partial = map_get(&liquid->partials, key);
    if (partial != NULL) {
        partial->recursive = partial->recursive || partial->compiling;
        return partial;
    }
    const struct liquid_host *host = &liquid->settings.host;
    size_t start = 0;
    const struct text *source = host->load == NULL ? NULL : host->load(host->context, name, &start);
    if (source == NULL)
        return NULL;
    partial = arena_zalloc(liquid->arena, 1, sizeof *partial);
    partial->name = arena_str(liquid->arena, name);
    partial->before = partial->after = surroundings;
    map_put(&liquid->partials, key, partial);
    if (liquid->depth >= DEPTH_MOST) {
        diag_error(diags, "layout-error", span_file(source),
                   "more than %d partials include each other", DEPTH_MOST);
        partial->failed = true;
        return partial;
    }
    compile_partial(liquid, partial, source, start, language, diags);
    return partial;
}

const struct partial *liquid_partial_find(const struct liquid *liquid, struct str name,
                                          uint32_t surroundings, enum liquid_language language,
                                          struct arena *arena)
{
    return map_get(&liquid->partials, partial_key(arena, name, surroundings, language));
}

void liquid_partials_all(struct liquid *liquid, enum liquid_language language, struct diags *diags)
{
    const struct liquid_host *host = &liquid->settings.host;
    if (liquid->all_partials[language] || host->names == NULL)
        return;
    liquid->all_partials[language] = true;
    const struct str *names = NULL;
    size_t count = host->names(host->context, &names);
    /* In a folder of partials that are not all for this template, one that is wrong only matters if
     * it is asked for. */
    struct diags unheard;
    diags_init(&unheard, liquid->arena);
    for (size_t i = 0; i < count; i++)
        liquid_partial(liquid, names[i], 0, language,
                       liquid->settings.autoescape ? diags : &unheard);
}

const struct liquid_template *liquid_compile(struct liquid *liquid, const struct text *source,
                                             size_t start, enum liquid_language language,
                                             struct diags *diags)
{
    uint32_t after = 0;
    const struct liquid_template *compiled =
        compile_source(liquid, source, start, language, 0, &after, diags);
    if (compiled != NULL && after != 0) {
        struct surroundings end = surroundings_unpack(after);
        diag_error(diags, "layout-error", span_of(source, source->bytes.len, source->bytes.len),
                   "the template ends %s: something before this is not closed",
                   surroundings_name(&end));
        return NULL;
    }
    return compiled;
}
