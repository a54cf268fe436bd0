/* A stranger's rule: read, opened, expanded, described and written back. Built with
 *     clang -fsanitize=fuzzer,address,undefined
 * The input is a rule; its first byte chooses the start. */
#include "lang/calendar.h"

#include <stdlib.h>

static const struct date_time STARTS[] = {
    {.year = 2026, .month = 1, .day = 31, .hour = 9, .has_time = true},
    {.year = 2024, .month = 2, .day = 29},
    {.year = 1, .month = 1, .day = 1, .hour = 0, .has_time = true},
    {.year = 9999, .month = 12, .day = 31, .hour = 23, .has_time = true},
};

static void expand(const struct calendar *calendar, struct arena *arena, struct diags *diags)
{
    struct buf text = {0};
    const struct calendar_rule *again;
    struct calendar_instances found = calendar_expand(calendar, 1767225600, 1830297600, arena);
    struct calendar_instance next;
    int64_t last;

    for (size_t i = 1; i < found.count; i++) {
        if (found.items[i - 1].utc_start > found.items[i].utc_start)
            abort();
    }
    calendar_next(calendar, 1767225600, arena, &next);
    if (calendar_last(calendar, &last) && last < calendar_first(calendar))
        abort();
    calendar_describe(calendar, calendar_words(STR("fr")), NULL, &text);
    buf_clear(&text);
    calendar_rule_write(calendar, &text);
    /* What copse writes, it can read. */
    if (calendar_rule_parse(buf_str(&text), (struct span){0}, arena, diags, &again) != 0)
        abort();
    buf_release(&text);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    static const struct fs fs = {0};
    struct arena arena = {0};
    struct diags diags;
    struct calendar_series series = {0};
    const struct calendar *calendar;

    if (size == 0 || size > 4096)
        return 0;
    diags_init(&diags, &arena);
    series.start = STARTS[bytes[0] % 4];
    if (zone_load(&fs, NULL, STR("UTC"), &arena, &series.zone) == 0 &&
        calendar_rule_parse((struct str){(const char *)bytes + 1, size - 1}, (struct span){0},
                            &arena, &diags, &series.rule) == 0 &&
        calendar_open(&series, &arena, &diags, &calendar) == 0)
        expand(calendar, &arena, &diags);
    arena_release(&arena);
    return 0;
}
