#include "build/named_files.h"
#include "base/html.h"
#include "build/meant.h"
#include "pages/badge.h"
#include "pages/body.h"
#include "site/attachments.h"

static void check_outside(const struct entry *entry, const struct field_text *name,
                          struct diags *diags)
{
    bool is_member = entry->kind == KIND_MEMBER;
    diag_add(diags, SEVERITY_WARNING, "external-picture", record_span(entry->record, name->place),
             is_member ? "this picture is on another site, so the bio is shown without it"
                       : "this picture is on another site, which can then see who reads the page");
    diag_hint(diags, "put the picture beside this file and write its name here");
}

void picture_report(const struct attachment *attachment, struct span span, struct diags *diags)
{
    diag_error(diags, attachment->fault, span, "%.*s", STR_ARG(attachment->why));
    if (str_eq(str_from(attachment->fault), STR("broken-picture")))
        diag_hint(diags, "open it on your computer and save or send it again; without it the page "
                         "shows its description");
    else
        diag_hint(diags, "save it smaller; nobody's screen shows as much");
}

static void check_file(const struct plan *plan, const struct entry *entry,
                       const struct field_text *name, struct diags *diags)
{
    if (name->text.len == 0)
        return;
    const struct attachment *attachment = attachment_named(plan->site, entry, name->text);
    if (attachment && attachment->fault) {
        picture_report(attachment, record_span(entry->record, name->place), diags);
        return;
    }
    struct body_target target = body_look_up(plan, entry, name->text);
    if (target.goal == BODY_OUTPUT)
        return;
    if (url_is_external(name->text)) {
        check_outside(entry, name, diags);
        return;
    }
    diag_error(diags, "missing-file", record_span(entry->record, name->place),
               target.goal == BODY_NO_PAGE ? "this site has no file %.*s"
                                           : "there is no file '%.*s' beside this one",
               STR_ARG(name->text));
    if (target.goal == BODY_NO_PAGE || !meant_file(plan, entry, name->text, diags))
        diag_hint(diags, "put the picture there, or correct its name; upper and lower case count");
}

static void check_badges(const struct plan *plan, struct diags *diags)
{
    const struct designation_list *all = &plan->site->designations;
    struct arena scratch = {0};
    for (size_t i = 0; i < all->count; i++) {
        const struct designation *designation = all->items[i];
        if (designation->badge.len == 0 || badge_find(plan, designation, &scratch).len > 0)
            continue;
        diag_error(diags, "missing-file", designation->badge_span,
                   "there is no picture '%.*s' for the badge of %.*s", STR_ARG(designation->badge),
                   STR_ARG(designation->code));
        diag_hint(diags, "put it into assets/ and write its name from there: badges/mcrs.png");
    }
    arena_release(&scratch);
}

void named_files_check(const struct plan *plan, struct diags *diags)
{
    const struct site *site = plan->site;
    for (size_t i = 0; i < site->entry_count; i++) {
        const struct entry *entry = &site->entries[i];
        if (!entry->published)
            continue;
        if (entry->kind == KIND_MEMBER)
            check_file(plan, entry, &entry->record->member.photo, diags);
        check_file(plan, entry, &entry->record->image, diags);
    }
    check_badges(plan, diags);
}
