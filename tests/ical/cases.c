/* Writes the hard cases of calendars into a folder: NAME.ics as copse writes it, and NAME.txt with
 * the instances as copse's pages show them: start, end (UTC or days) and title, tab between. */
#include "pages/ics.h"

#include <stdio.h>
#include <stdlib.h>

struct written {
    const char *name;
    const char *zone;
    const char *start;
    const char *end;
    const char *rule;
    const char *except;
    const char *change;    /* the day of the occurrence */
    const char *new_start; /* NULL: cancelled */
    const char *from;      /* the window compared */
    const char *to;
};

static const struct written CASES[] = {
    {"plain", "Europe/London", "2026-07-01 09:00", "2026-07-01 10:30", NULL, NULL, NULL, NULL,
     "2026-01-01", "2027-01-01"},
    {"first-thursday", "America/Halifax", "2025-09-04 18:00", "2025-09-04 20:00",
     "FREQ=MONTHLY;BYDAY=+1TH", "2026-01-01", "2026-07-02", "2026-07-09 19:00", "2025-01-01",
     "2028-01-01"},
    {"cancelled-once", "Europe/Dublin", "2026-01-05 12:30", "2026-01-05 13:00",
     "FREQ=WEEKLY;BYDAY=MO;UNTIL=20261231", NULL, "2026-04-06", NULL, "2026-01-01", "2027-06-01"},
    {"changed-rules", "America/New_York", "2005-03-01 09:00", "2005-03-01 10:00",
     "FREQ=WEEKLY;COUNT=200", NULL, NULL, NULL, "2005-01-01", "2010-01-01"},
    {"rules-ended", "America/Sao_Paulo", "2017-01-02 10:00", "2017-01-02 11:00",
     "FREQ=WEEKLY;COUNT=200", NULL, NULL, NULL, "2017-01-01", "2021-01-01"},
    {"left-out", "Antarctica/Macquarie", "2009-01-02 12:15", "2009-01-02 13:15",
     "FREQ=WEEKLY;COUNT=200", NULL, NULL, NULL, "2009-01-01", "2014-01-01"},
    {"casablanca", "Africa/Casablanca", "2025-01-06 10:00", "2025-01-06 11:00", "FREQ=WEEKLY", NULL,
     NULL, NULL, "2025-01-01", "2028-01-01"},
    {"lord-howe", "Australia/Lord_Howe", "2026-03-28 09:15", "2026-03-28 10:00", "FREQ=DAILY", NULL,
     NULL, NULL, "2026-03-01", "2027-05-01"},
    {"nuuk", "America/Nuuk", "2026-01-03 21:00", "2026-01-03 22:00", "FREQ=WEEKLY", NULL, NULL,
     NULL, "2026-01-01", "2028-01-01"},
    {"kolkata", "Asia/Kolkata", "2026-01-03 21:00", "2026-01-03 22:00", "FREQ=WEEKLY;COUNT=60",
     NULL, NULL, NULL, "2026-01-01", "2028-01-01"},
    {"utc", "UTC", "2026-01-03 21:00", "2026-01-03 22:00", "FREQ=DAILY;BYHOUR=9,14;UNTIL=20260201",
     NULL, NULL, NULL, "2026-01-01", "2028-01-01"},
    {"leap-day", "Europe/London", "2024-02-29", NULL, "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", NULL,
     NULL, NULL, "2024-01-01", "2037-01-01"},
    {"days", "Europe/London", "2026-03-28", "2026-03-30", "FREQ=MONTHLY;BYDAY=-1SA;COUNT=12",
     "2026-05-30", "2026-06-27", "2026-06-20", "2026-01-01", "2028-01-01"},
    {"midnight", "Europe/London", "2026-03-27 23:00", "2026-03-28 00:45", "FREQ=DAILY;COUNT=5",
     NULL, NULL, NULL, "2026-01-01", "2028-01-01"},
    {"across-dst", "Europe/London", "2026-10-24 22:00", "2026-10-25 06:00", NULL, NULL, NULL, NULL,
     "2026-01-01", "2028-01-01"},
    {"last-workday", "America/Toronto", "2026-01-30 16:00", "2026-01-30 17:00",
     "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", NULL, NULL, NULL, "2026-01-01", "2028-01-01"},
    {"off-rule", "Europe/Paris", "2026-09-01 19:00", "2026-09-01 20:00",
     "FREQ=MONTHLY;INTERVAL=2;BYDAY=1TH;COUNT=4", NULL, NULL, NULL, "2026-01-01", "2028-01-01"},
    {"fortnightly", "Europe/Paris", "2026-01-06 19:00", "2026-01-06 20:00",
     "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=SU;UNTIL=20260601T170000Z", NULL, NULL, NULL,
     "2026-01-01", "2028-01-01"},
};

static const char TITLE[] = "Émigrés; cafés, \\ and a very long title that is folded at an emoji "
                            "\xf0\x9f\x8e\x89\xf0\x9f\x8e\x89\xf0\x9f\x8e\x89: end";
static const char TEXT[] = "One line\nanother, with commas; semicolons\r\nand a third \x01 one";

static struct date_time at(const char *text)
{
    struct date_time time;
    const char *why;

    if (date_parse(str_from(text), &time, &why) != 0) {
        fprintf(stderr, "%s: %s\n", text, why);
        exit(1);
    }
    return time;
}

static int64_t utc(const char *text)
{
    struct date_time time = at(text);

    return date_utc_seconds(&time);
}

static void save(const char *folder, const char *name, const char *extension, struct buf *out)
{
    char path[512];
    FILE *file;

    snprintf(path, sizeof path, "%s/%s%s", folder, name, extension);
    file = fopen(path, "wb");
    if (file == NULL || fwrite(out->ptr, 1, out->len, file) != out->len || fclose(file) != 0) {
        perror(path);
        exit(1);
    }
    buf_release(out);
}

static void add_instances(struct buf *out, const struct calendar *calendar,
                          const struct written *written, struct arena *arena)
{
    struct calendar_instances found =
        calendar_expand(calendar, utc(written->from), utc(written->to), arena);
    bool days = calendar_all_day(calendar);

    buf_addf(out, "%s\t%s\n", written->from, written->to);
    for (size_t i = 0; i < found.count; i++) {
        const struct calendar_instance *instance = &found.items[i];
        struct date_time start =
            date_from_seconds(days ? instance->local_start : instance->utc_start, 0);
        struct date_time end = date_from_seconds(days ? instance->local_end : instance->utc_end, 0);

        date_format(out, &start, days ? STR("%F") : STR("%FT%TZ"), STR(""), NULL);
        date_format(out, &end, days ? STR("\t%F") : STR("\t%FT%TZ"), STR(""), NULL);
        buf_addf(out, "\t%s\n", instance->cancelled ? "CANCELLED" : "CONFIRMED");
    }
}

static void write_case(const char *folder, const struct written *written, struct arena *arena)
{
    static const struct fs fs = {0};
    struct diags diags;
    struct calendar_series series = {.start = at(written->start)};
    struct calendar_except except = {0};
    struct calendar_change change = {0};
    const struct calendar *calendar;
    struct str tag = STR("talks, workshops");
    struct buf out = {0};

    diags_init(&diags, arena);
    series.has_end = written->end != NULL;
    if (written->end != NULL)
        series.end = at(written->end);
    if (written->except != NULL) {
        except.date = at(written->except);
        series.excepts = &except;
        series.except_count = 1;
    }
    if (written->change != NULL) {
        change.date = at(written->change);
        change.cancelled = written->new_start == NULL;
        change.has_start = written->new_start != NULL;
        if (written->new_start != NULL)
            change.start = at(written->new_start);
        series.changes = &change;
        series.change_count = 1;
    }
    if (zone_load(&fs, NULL, str_from(written->zone), arena, &series.zone) != 0 ||
        (written->rule != NULL && calendar_rule_parse(str_from(written->rule), (struct span){0},
                                                      arena, &diags, &series.rule) != 0) ||
        calendar_open(&series, arena, &diags, &calendar) != 0) {
        fprintf(stderr, "%s does not open\n", written->name);
        exit(1);
    }
    struct ics_event event = {.uid = str_from(written->name),
                              .sequence = 3,
                              .modified = utc("2026-01-02 03:04:05"),
                              .title = str_from(TITLE),
                              .description = str_from(TEXT),
                              .location = STR("Hall 2, Main Street; rear"),
                              .url = STR("https://example.org/events/a/"),
                              .contact = STR("The Guild, Halifax"),
                              .categories = &tag,
                              .category_count = 1,
                              .calendar = calendar};
    struct ics_feed feed = {.name = STR("Events"),
                            .product = STR("-//example.org//copse//EN"),
                            .refresh_hours = 12,
                            .horizon = utc(written->to),
                            .events = &event,
                            .count = 1};
    ics_write(&feed, arena, &out);
    save(folder, written->name, ".ics", &out);
    add_instances(&out, calendar, written, arena);
    save(folder, written->name, ".txt", &out);
}

int main(int count, char **arguments)
{
    struct arena arena = {0};

    if (count != 2) {
        fprintf(stderr, "usage: cases FOLDER\n");
        return 2;
    }
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++)
        write_case(arguments[1], &CASES[i], &arena);
    arena_release(&arena);
    return 0;
}
