#include "build/checks/checks_internal.h"
#include "site/bodies.h"

struct str check_source(const struct check *check)
{
    struct text text;
    struct diags ignored;
    diags_init(&ignored, check->scratch);
    if (source_read(check->source, source_spare_worker(check->source), check->entry->file,
                    CONTENT_FILE_MOST, check->scratch, &ignored, &text) != 0)
        return (struct str){0};
    return text.bytes;
}

void checks_entry(const struct plan *plan, struct source *source, const struct entry *entry,
                  struct arena *scratch, struct diags *diags)
{
    const struct check check = {plan->site, entry, source, scratch, diags};
    check_slug(&check);
    check_headings(&check);
    check_link_texts(&check);
    check_alt_texts(&check);
    check_dates(&check);
    if (entry->kind == KIND_EVENT)
        check_event(&check);
}

void checks_run(const struct plan *plan, struct source *source, const struct history *history,
                struct diags *diags)
{
    const struct site *site = plan->site;
    struct arena scratch = {0};
    for (size_t i = 0; i < site->entry_count; i++) {
        checks_entry(plan, source, &site->entries[i], &scratch, diags);
        arena_clear(&scratch);
    }
    check_names(source, &scratch, diags);
    arena_clear(&scratch);
    check_pictures(source, &scratch, diags);
    arena_clear(&scratch);
    check_titles(site, &scratch, diags);
    arena_clear(&scratch);
    check_guests(site, &scratch, diags);
    arena_clear(&scratch);
    check_tags(site, &scratch, diags);
    arena_clear(&scratch);
    check_words(site, &scratch, diags);
    arena_clear(&scratch);
    check_renames(plan, history, &scratch, diags);
    arena_release(&scratch);
}
