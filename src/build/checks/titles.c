/* duplicate-title: two pages that nobody can tell apart in a list or a search result. Events may
 * share a title as long as they are not on one day. */
#include "base/map.h"
#include "build/checks/checks_internal.h"
#include "lang/slug.h"

static struct str key_of(const struct entry *entry, struct arena *scratch)
{
    const struct date_time *start = &entry->record->event.start.time;
    struct str title = slug_name_key(scratch, entry->record->title.text);
    if (entry->kind != KIND_EVENT) { /* ten thousand articles: no printing */
        const char kind[] = {(char)('0' + entry->kind), ' '};
        struct str place = arena_concat(scratch, entry->edition->lang, STR(" "));
        return arena_concat(scratch, (struct str){kind, sizeof kind},
                            arena_concat(scratch, place, title));
    }
    return arena_printf(scratch, "%d %.*s %d-%d-%d %.*s", (int)entry->kind,
                        STR_ARG(entry->edition->lang), start->year, start->month, start->day,
                        STR_ARG(title));
}

bool checks_title_is_alone(const struct site *site, const struct entry *entry,
                           const struct record *record)
{
    struct arena scratch = {0};
    struct arena kept = {0};
    struct entry renewed = *entry;
    renewed.record = record;
    struct str key = key_of(&renewed, &kept);
    bool alone = true;
    for (size_t i = 0; i < site->entry_count && alone; i++) {
        const struct entry *other = &site->entries[i];
        if (other->number == entry->number || other->kind != entry->kind || !other->published)
            continue;
        alone = !str_eq(key_of(other, &scratch), key);
        arena_clear(&scratch);
    }
    arena_release(&scratch);
    arena_release(&kept);
    return alone;
}

void check_titles(const struct site *site, struct arena *scratch, struct diags *diags)
{
    struct map seen;
    map_init(&seen, scratch);
    for (size_t i = 0; i < site->entry_count; i++) {
        const struct entry *entry = &site->entries[i];
        const struct record *record = entry->record;
        if (!entry->published || entry->kind == KIND_COMMENT || record->title.text.len == 0)
            continue;
        void **slot = map_slot(&seen, key_of(entry, scratch));
        const struct entry *other = *slot;
        if (!other) {
            *slot = (void *)(uintptr_t)entry;
            continue;
        }
        diag_add(diags, SEVERITY_WARNING, "duplicate-title",
                 record_span(record, record->title.place), "%.*s has this %s too",
                 STR_ARG(other->record->text->path), entry->kind == KIND_MEMBER ? "name" : "title");
        diag_hint(diags, entry->kind == KIND_MEMBER
                             ? "if it is one person, keep one of the two files"
                             : "say in the title what is different, or keep one of the two");
    }
}
