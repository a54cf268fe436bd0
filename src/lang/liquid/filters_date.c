/* date. */
#include "lang/liquid/filter.h"
#include "lang/liquid/moment.h"

static struct value date(struct liquid_run *run, struct value input,
                         const struct liquid_arguments *arguments)
{
    struct date_time time;
    struct str zone_name;
    struct str format = run_text(run, arguments->items[0]);
    if (format.len == 0 || !moment_of(run, input, &time, &zone_name))
        return input;
    struct buf out = {0};
    date_format(&out, &time, format, zone_name, NULL);
    return value_text(run_keep(run, &out));
}

static const struct filter_entry entries[] = {
    {STR_INIT("date"), 1, 1, FILTER_ORDINARY, date, NULL},
};

const struct filter_table filters_date = {entries, sizeof entries / sizeof *entries};
