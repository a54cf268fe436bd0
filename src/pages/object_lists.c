#include "pages/body.h"
#include "pages/objects.h"

static size_t entries_count(const void *self, struct value_reader *reader)
{
    (void)reader;
    return ((const struct entry_list *)self)->count;
}

static struct value entries_item(const void *self, size_t index, struct value_reader *reader)
{
    (void)reader;
    return object_entry(((const struct entry_list *)self)->items[index]);
}

static const struct value_class entries_class = {
    .name = "list of entries", .count = entries_count, .item = entries_item};

struct value object_entries(const struct entry_list *list)
{
    return value_object(&entries_class, list);
}

static size_t tags_count(const void *self, struct value_reader *reader)
{
    (void)reader;
    return ((const struct tag_list *)self)->count;
}

static struct value tags_item(const void *self, size_t index, struct value_reader *reader)
{
    (void)reader;
    return object_tag(((const struct tag_list *)self)->items[index]);
}

static const struct value_class tags_class = {
    .name = "list of tags", .count = tags_count, .item = tags_item};

struct value object_tags(const struct tag_list *list)
{
    return value_object(&tags_class, list);
}

static size_t people_count(const void *self, struct value_reader *reader)
{
    (void)reader;
    return ((const struct person_list *)self)->count;
}

static struct value people_item(const void *self, size_t index, struct value_reader *reader)
{
    (void)reader;
    return object_person(&((const struct person_list *)self)->items[index]);
}

static const struct value_class people_class = {
    .name = "list of people", .count = people_count, .item = people_item};

struct value object_people(const struct person_list *people)
{
    return people->count > 0 ? value_object(&people_class, people) : value_nil();
}

struct value object_list(struct value_reader *reader, const struct value *items, size_t count)
{
    return value_list(reader->arena, items, count);
}

struct value object_url(struct str url, struct value_reader *reader)
{
    return value_text(url_on_site(view_of(reader)->plan->site, url, reader->arena));
}

struct value object_planned(struct str url, struct value_reader *reader)
{
    return plan_find(view_of(reader)->plan, url) ? object_url(url, reader) : value_nil();
}

struct value object_permalink(struct str url, struct value_reader *reader)
{
    return value_text(url_absolute(view_of(reader)->plan->site, url, reader->arena));
}

struct value object_moment(const struct moment *moment, struct value_reader *reader)
{
    if (!moment->given)
        return value_nil();
    return value_time(reader->arena, moment->shown, moment->zone_name);
}

struct value object_text_list(const struct field_list *list, struct value_reader *reader)
{
    struct value *items = arena_zalloc(reader->arena, list->count, sizeof *items);
    for (size_t i = 0; i < list->count; i++)
        items[i] = value_text(list->items[i].text);
    return value_list(reader->arena, items, list->count);
}

struct value object_map(struct value_reader *reader, const struct value_entry *entries,
                        size_t count)
{
    struct value_entry *kept = arena_alloc(reader->arena, count * sizeof *kept);
    size_t used = 0;
    for (size_t i = 0; i < count; i++) {
        if (entries[i].value.type != VALUE_NIL)
            kept[used++] = entries[i];
    }
    return value_map(reader->arena, kept, used);
}
