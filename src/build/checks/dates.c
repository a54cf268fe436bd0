/* loose-date: dates that copse reads and other programs may not: 2026-3-1, 2026-03-01 9:00. */
#include "base/buf.h"
#include "build/checks/checks_internal.h"

/* The date as it should be typed: what was written, with a nought before single digits of month,
 * day and hour; everything behind stays. */
static void put_full(struct buf *out, struct str written, const struct date_time *time)
{
    size_t at = 0;
    while (at < written.len && written.ptr[at] != 'T' && written.ptr[at] != 't' &&
           !str_is_space(written.ptr[at]))
        at++;
    buf_addf(out, "%04d-%02d-%02d", time->year, time->month, time->day);
    size_t colon = str_find_byte(written, ':', at);
    size_t hour = at;
    while (hour < written.len && !str_is_digit(written.ptr[hour]))
        hour++;
    buf_add(out, str_sub(written, at, hour));
    if (colon == hour + 1)
        buf_addc(out, '0');
    buf_add(out, str_after(written, hour));
}

static void check_date(const struct record *record, const struct field_date *date,
                       struct diags *diags)
{
    if (!date->given || date->place.end == 0)
        return;
    struct str written = str_trim(str_sub(record->text->bytes, date->place.start, date->place.end));
    if (written.len == 0 || !str_is_digit(written.ptr[0]))
        return; /* in quotes */
    struct buf full = {0};
    put_full(&full, written, &date->time);
    if (!str_eq(buf_str(&full), written)) {
        diag_add(diags, SEVERITY_WARNING, "loose-date", record_span(record, date->place),
                 "'%.*s' is read as %.*s; other programs may not see that it is a date",
                 STR_ARG(written), STR_ARG(buf_str(&full)));
        diag_hint(diags, "write %.*s", STR_ARG(buf_str(&full)));
        diag_fix(diags, date->place.start, date->place.end, buf_str(&full));
    }
    buf_release(&full);
}

static void check_parts(const struct record *record, struct diags *diags)
{
    const struct record_event *event = &record->event;
    for (size_t i = 0; i < event->sessions.count; i++) {
        check_date(record, &event->sessions.items[i].start, diags);
        check_date(record, &event->sessions.items[i].end, diags);
    }
    for (size_t i = 0; i < event->changes.count; i++) {
        check_date(record, &event->changes.items[i].date, diags);
        check_date(record, &event->changes.items[i].start, diags);
        check_date(record, &event->changes.items[i].end, diags);
    }
}

void check_dates(const struct check *check)
{
    const struct record *record = check->entry->record;
    struct diags *diags = check->diags;
    const struct kind_schema *schema = schema_of(record->kind);
    for (size_t i = 0; i < schema->count; i++) {
        const void *field = (const char *)record + schema->fields[i].offset;
        const struct date_list *list = field;
        if (schema->fields[i].type == FIELD_DATE)
            check_date(record, field, diags);
        for (size_t j = 0; schema->fields[i].type == FIELD_DATES && j < list->count; j++)
            check_date(record, &list->items[j], diags);
    }
    if (record->kind == KIND_EVENT)
        check_parts(record, diags);
}
