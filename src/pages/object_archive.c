/* Articles by year and month. */
#include "pages/objects.h"

static struct value month_item(const struct view *view, const struct year_month *month,
                               struct value_reader *reader)
{
    const struct date_time first = {
        .year = (int16_t)month->year, .month = (int8_t)month->month, .day = 1};
    struct str url = arena_printf(reader->arena, "%.*s/articles/%04d/%02d/",
                                  STR_ARG(view->edition->prefix), month->year, month->month);
    const struct value_entry parts[] = {
        {STR("year"), value_integer(month->year)},
        {STR("month"), value_integer(month->month)},
        {STR("date"), value_time(reader->arena, first, (struct str){0})},
        {STR("url"), object_url(url, reader)},
        {STR("count"), value_integer((int64_t)month->articles.count)},
        {STR("articles"), object_entries(&month->articles)},
    };
    return object_map(reader, parts, sizeof parts / sizeof *parts);
}

static size_t months_count(const void *self, struct value_reader *reader)
{
    (void)reader;
    return ((const struct year *)self)->month_count;
}

static struct value months_item(const void *self, size_t index, struct value_reader *reader)
{
    return month_item(view_of(reader), &((const struct year *)self)->months[index], reader);
}

/* A month is made when it is looked at: most pages that list the years show no month of theirs. */
static const struct value_class months_class = {
    .name = "list of months", .count = months_count, .item = months_item};

static struct value months_of(const struct year *year)
{
    return value_object(&months_class, year);
}

struct value object_years(const struct view *view, struct value_reader *reader)
{
    const struct edition *edition = view->edition;
    struct value *items = arena_zalloc(reader->arena, edition->year_count, sizeof *items);
    for (size_t i = 0; i < edition->year_count; i++) {
        const struct year *year = &edition->years[i];
        struct str url = arena_printf(reader->arena, "%.*s/articles/%04d/",
                                      STR_ARG(edition->prefix), year->year);
        const struct value_entry parts[] = {
            {STR("year"), value_integer(year->year)},
            {STR("url"), object_url(url, reader)},
            {STR("count"), value_integer((int64_t)year->articles.count)},
            {STR("articles"), object_entries(&year->articles)},
            {STR("months"), months_of(year)},
        };
        items[i] = object_map(reader, parts, sizeof parts / sizeof *parts);
    }
    return value_list(reader->arena, items, edition->year_count);
}

static const struct year *find_year(const struct edition *edition, int number)
{
    for (size_t i = 0; i < edition->year_count; i++) {
        if (edition->years[i].year == number)
            return &edition->years[i];
    }
    return NULL;
}

/* Of one year, or of the year in which a month lies. */
static struct value in_year(const struct year *year, enum property property)
{
    switch (property) {
    case PROPERTY_year: return year ? value_integer(year->year) : value_nil();
    case PROPERTY_months: return year ? months_of(year) : value_nil();
    case PROPERTY_articles: return year ? object_entries(&year->articles) : value_nil();
    default: return value_nil();
    }
}

static struct value in_month(const struct view *view, const struct year_month *month,
                             enum property property, struct value_reader *reader)
{
    const struct date_time first = {
        .year = (int16_t)month->year, .month = (int8_t)month->month, .day = 1};
    switch (property) {
    case PROPERTY_month: return value_integer(month->month);
    case PROPERTY_first_day: return value_time(reader->arena, first, (struct str){0});
    case PROPERTY_articles: return object_entries(&month->articles);
    default: return in_year(find_year(view->edition, month->year), property);
    }
}

struct value object_archive_get(const struct view *view, enum property property,
                                struct value_reader *reader)
{
    const struct output *output = view->output;
    if (property == PROPERTY_years)
        return object_years(view, reader);
    if (output->kind == OUTPUT_YEAR)
        return in_year(output->subject, property);
    if (output->kind == OUTPUT_YEAR_MONTH)
        return in_month(view, output->subject, property, reader);
    return property == PROPERTY_articles ? object_entries(&view->edition->articles) : value_nil();
}
