#include "pages/objects.h"

static struct value day_value(const struct month *month, int64_t day, struct value_reader *reader)
{
    int year, number, of_month;
    date_from_days(day, &year, &number, &of_month);
    const struct occurrences *all = &month->occurrences;
    struct value *items = arena_zalloc(reader->arena, all->count, sizeof *items);
    size_t count = 0;
    for (size_t i = 0; i < all->count; i++) {
        if (all->items[i]->first_day <= day && day <= all->items[i]->last_day)
            items[count++] = object_occurrence(all->items[i]);
    }
    const struct date_time date = {
        .year = (int16_t)year, .month = (int8_t)number, .day = (int8_t)of_month};
    const struct value_entry parts[] = {
        {STR("day"), value_integer(of_month)},
        {STR("date"), value_time(reader->arena, date, (struct str){0})},
        {STR("in_month"), value_boolean(number == month->month)},
        {STR("events"), value_list(reader->arena, items, count)},
    };
    return object_map(reader, parts, 4);
}

/* Whole weeks from the Sunday before the first to the Saturday after the last. */
struct value object_weeks(const struct month *month, struct value_reader *reader)
{
    int64_t first = date_days(month->year, month->month, 1);
    int64_t last = first + date_month_length(month->year, month->month) - 1;
    const struct date_time start = {
        .year = (int16_t)month->year, .month = (int8_t)month->month, .day = 1};
    int64_t day = first - date_weekday(&start);
    struct value *weeks = arena_zalloc(reader->arena, 6, sizeof *weeks);
    size_t count = 0;
    for (; day <= last; count++) {
        struct value *days = arena_zalloc(reader->arena, 7, sizeof *days);
        for (size_t i = 0; i < 7; i++)
            days[i] = day_value(month, day++, reader);
        weeks[count] = value_list(reader->arena, days, 7);
    }
    return value_list(reader->arena, weeks, count);
}
