#include "site/words.h"
#include "lang/yaml.h"

#include <string.h>

struct words {
    struct str lang;
    const struct value_map **layers; /* the site's file over the built-in one */
    size_t layer_count;
    struct date_names dates;
};

/* The value under `key` in the uppermost layer that has it. */
static const struct value *find(const struct words *words, struct str key)
{
    for (size_t i = 0; i < words->layer_count; i++) {
        const struct value *value = value_map_get(words->layers[i], key);
        if (value)
            return value;
    }
    return NULL;
}

/* A list of `count` names, or NULL. */
static const struct str *names(const struct words *words, struct str key, size_t count,
                               struct arena *arena)
{
    const struct value *value = find(words, key);
    if (!value || value->type != VALUE_LIST || value->list->count != count)
        return NULL;
    struct str *all = arena_zalloc(arena, count, sizeof *all);
    for (size_t i = 0; i < count; i++) {
        if (!value_is_string(value->list->items[i]))
            return NULL;
        all[i] = value->list->items[i].str;
    }
    return all;
}

const struct words *words_make(struct str lang, const struct text *files, size_t count,
                               struct arena *arena, struct diags *diags)
{
    struct words *words = arena_zalloc(arena, 1, sizeof *words);
    words->lang = lang;
    words->layers = arena_zalloc(arena, count, sizeof *words->layers);
    for (size_t i = 0; i < count; i++) {
        const struct yaml_node *root;
        yaml_parse(&files[i], 0, files[i].bytes.len, arena, diags, &root);
        if (!root)
            continue;
        if (root->kind == YAML_MAPPING)
            words->layers[words->layer_count++] = yaml_to_value(root, arena).map;
        else if (!yaml_is_blank(root))
            diag_error(diags, "yaml-syntax", yaml_span(&files[i], root),
                       "this file should be lines of the form  key: text");
    }
    words->dates = (struct date_names){
        .months = names(words, STR("months"), 12, arena),
        .months_short = names(words, STR("months_short"), 12, arena),
        .weekdays = names(words, STR("weekdays"), 7, arena),
        .weekdays_short = names(words, STR("weekdays_short"), 7, arena),
        .half_days = names(words, STR("half_days"), 2, arena),
    };
    return words;
}

struct str words_language(const struct words *words)
{
    return words->lang;
}

/* CLDR's cardinal rule, for the languages that have the two forms "one" and "other". */
static bool is_one(struct str lang, int64_t number)
{
    if (str_starts(lang, STR("fr")) || str_starts(lang, STR("pt")))
        return number == 0 || number == 1;
    return number == 1;
}

static struct str fill_count(struct str form, int64_t number, struct arena *arena)
{
    size_t at = str_find(form, STR("%{count}"), 0);
    if (at == STR_NONE)
        return form;
    return arena_printf(arena, "%.*s%lld%.*s", STR_ARG(str_sub(form, 0, at)), (long long)number,
                        STR_ARG(str_after(form, at + 8)));
}

struct str words_find(const struct words *words, struct str key, const int64_t *number,
                      struct arena *arena)
{
    const struct value *value = find(words, key);
    if (!value)
        return (struct str){0};
    if (value->type == VALUE_MAP) {
        bool one = number && is_one(words->lang, *number);
        const struct value *form = value_map_get(value->map, one ? STR("one") : STR("other"));
        if (!form)
            return (struct str){0};
        value = form;
    }
    if (!value_is_string(*value))
        return (struct str){0};
    return number ? fill_count(value->str, *number, arena) : value->str;
}

const struct date_names *words_dates(const struct words *words)
{
    return &words->dates;
}

struct str words_format(const struct words *words, struct str name)
{
    const struct value *formats = find(words, STR("formats"));
    const struct value *format =
        formats && formats->type == VALUE_MAP ? value_map_get(formats->map, name) : NULL;
    return format && value_is_string(*format) ? format->str : STR("%Y-%m-%d");
}

struct value words_all(const struct words *words)
{
    if (words->layer_count == 0)
        return value_nil();
    return (struct value){.type = VALUE_MAP, .map = words->layers[words->layer_count - 1]};
}
