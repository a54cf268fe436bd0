#include "pages/months.h"
#include "base/vec.h"

#include <stdlib.h>

enum { MONTHS_MOST = 24 };

/* An occurrence in one of its months. */
struct stay {
    int month; /* months since year 0 */
    const struct occurrence *occurrence;
};

struct stay_list {
    struct stay *items;
    size_t count, capacity;
};

static int month_of(int64_t days)
{
    int year, month, day;
    date_from_days(days, &year, &month, &day);
    return year * 12 + month - 1;
}

static int compare_stays(const void *left, const void *right)
{
    const struct stay *a = left;
    const struct stay *b = right;
    if (a->month != b->month)
        return a->month < b->month ? -1 : 1;
    if (a->occurrence->utc_start != b->occurrence->utc_start)
        return a->occurrence->utc_start < b->occurrence->utc_start ? -1 : 1;
    return str_cmp(a->occurrence->event->file->path, b->occurrence->event->file->path);
}

static void add_stays(struct stay_list *stays, const struct entry *event, struct arena *arena)
{
    for (size_t i = 0; i < event->occurrences.count; i++) {
        const struct occurrence *occurrence = &event->occurrences.items[i];
        int first = month_of(occurrence->first_day);
        int last = month_of(occurrence->last_day);
        for (int month = first; month <= last && month < first + MONTHS_MOST; month++)
            *vec_push(arena, stays) = (struct stay){month, occurrence};
    }
}

static struct month *add_month(struct month *month, const struct edition *edition, int number,
                               struct arena *arena)
{
    *month = (struct month){.year = number / 12, .month = number % 12 + 1};
    month->url = arena_printf(arena, "%.*s/events/%04d/%02d/", STR_ARG(edition->prefix),
                              month->year, month->month);
    return month;
}

const struct month *months_of(const struct edition *edition, struct arena *arena, size_t *count)
{
    struct stay_list stays = {0};
    for (size_t i = 0; i < edition->events.count; i++)
        add_stays(&stays, edition->events.items[i], arena);
    if (stays.count > 1)
        qsort(stays.items, stays.count, sizeof *stays.items, compare_stays);
    size_t used = 0;
    struct month *months = arena_zalloc(arena, stays.count, sizeof *months);
    for (size_t i = 0; i < stays.count; i++) {
        if (i == 0 || stays.items[i].month != stays.items[i - 1].month)
            add_month(&months[used++], edition, stays.items[i].month, arena);
        *vec_push(arena, &months[used - 1].occurrences) = stays.items[i].occurrence;
    }
    for (size_t i = 0; i < used; i++) {
        months[i].previous = i > 0 ? &months[i - 1] : NULL;
        months[i].next = i + 1 < used ? &months[i + 1] : NULL;
    }
    *count = used;
    return months;
}
