#include "site/words.h"
#include "lang/yaml.h"
#include "site/plural.h"

#include <string.h>

struct words {
    struct str lang;
    const struct value_map **layers; /* the site's file over the built-in one */
    size_t layer_count;
    size_t own_count; /* of them, those before English */
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

/* The days of a month: as {1: 1er} has them, else in digits. NULL if there is no such map. */
static const struct str *days(const struct words *words, struct arena *arena)
{
    const struct value *value = find(words, STR("days"));
    if (!value || value->type != VALUE_MAP)
        return NULL;
    struct str *all = arena_zalloc(arena, 31, sizeof *all);
    for (int i = 0; i < 31; i++) {
        all[i] = arena_printf(arena, "%d", i + 1);
        const struct value *given = value_map_get(value->map, all[i]);
        if (given && value_is_string(*given))
            all[i] = given->str;
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
        if (root->kind == YAML_MAPPING) {
            words->layers[words->layer_count++] = yaml_to_value(root, arena).map;
            if (!str_ends(files[i].path, STR("/en.yml")))
                words->own_count = words->layer_count;
        }
        if (root->kind != YAML_MAPPING && !yaml_is_blank(root))
            diag_error(diags, "yaml-syntax", yaml_span(&files[i], root),
                       "this file should be lines of the form  key: text");
    }
    words->dates = (struct date_names){
        .months = names(words, STR("months"), 12, arena),
        .months_short = names(words, STR("months_short"), 12, arena),
        .weekdays = names(words, STR("weekdays"), 7, arena),
        .weekdays_short = names(words, STR("weekdays_short"), 7, arena),
        .half_days = names(words, STR("half_days"), 2, arena),
        .days = days(words, arena),
    };
    return words;
}

struct str words_language(const struct words *words)
{
    return words->lang;
}

static struct str fill_count(struct str form, int64_t number, struct arena *arena)
{
    size_t at = str_find(form, STR("%{count}"), 0);
    if (at == STR_NONE)
        return form;
    return arena_printf(arena, "%.*s%lld%.*s", STR_ARG(str_sub(form, 0, at)), (long long)number,
                        STR_ARG(str_after(form, at + 8)));
}

/* A word, or one of its forms; the form for other numbers stands for one that is not given. */
static struct str text_of_form(const struct value *value, struct str form)
{
    if (value->type == VALUE_MAP) {
        const struct value *found = value_map_get(value->map, form);
        value = found ? found : value_map_get(value->map, STR("other"));
    }
    return value && value_is_string(*value) ? value->str : (struct str){0};
}

struct str words_find(const struct words *words, struct str key, const int64_t *number,
                      struct arena *arena)
{
    const struct value *value = find(words, key);
    if (!value)
        return (struct str){0};
    struct str form = number ? plural_cardinal(words->lang, *number) : STR("other");
    struct str text = text_of_form(value, form);
    return number ? fill_count(text, *number, arena) : text;
}

struct str words_ordinal(const struct words *words, int64_t number, struct arena *arena)
{
    const struct value *value = find(words, STR("ordinals"));
    struct str text =
        value ? text_of_form(value, plural_ordinal(words->lang, number)) : (struct str){0};
    return fill_count(text.len > 0 ? text : STR("%{count}"), number, arena);
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

static bool is_own(const struct words *words, struct str key)
{
    for (size_t i = 0; i < words->own_count; i++) {
        if (value_map_get(words->layers[i], key))
            return true;
    }
    return str_starts(key, STR("speak_")) || str_eq(key, STR("days"));
}

const struct str *words_missing(const struct words *words, struct arena *arena, size_t *count)
{
    bool english =
        str_starts(words->lang, STR("en")) && (words->lang.len == 2 || words->lang.ptr[2] == '-');
    const struct value_map *all =
        words->layer_count > 0 ? words->layers[words->layer_count - 1] : NULL;
    *count = 0;
    if (english || !all)
        return NULL;
    struct str *keys = arena_zalloc(arena, all->count, sizeof *keys);
    for (size_t i = 0; i < all->count; i++) {
        if (!is_own(words, all->entries[i].key))
            keys[(*count)++] = all->entries[i].key;
    }
    return keys;
}

struct value words_all(const struct words *words)
{
    if (words->layer_count == 0)
        return value_nil();
    return (struct value){.type = VALUE_MAP, .map = words->layers[words->layer_count - 1]};
}
