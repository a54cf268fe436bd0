#include "build/links_internal.h"

#include "base/html.h"
#include "base/path.h"
#include "base/suggest.h"
#include "build/meant.h"
#include "build/named_files.h"
#include "pages/body.h"
#include "pages/forge.h"
#include "site/attachments.h"
#include "site/variants.h"

struct links *links_new(const struct plan *plan, unsigned workers, struct arena *arena)
{
    struct links *links = arena_zalloc(arena, 1, sizeof *links);
    links->plan = plan;
    links->arena = arena;
    links->workers = arena_zalloc(arena, workers, sizeof *links->workers);
    links->worker_count = workers;
    return links;
}

void links_watch(struct links *links, struct links_watcher watcher)
{
    links->watcher = watcher;
}

void links_tell(const struct links *links, unsigned worker, const struct output *from,
                const struct output *to, struct str fragment)
{
    if (links->watcher.see)
        links->watcher.see(links->watcher.context, worker, from, to, fragment);
}

const struct output *links_shown_on(const struct plan *plan, const struct entry *entry,
                                    size_t number)
{
    if (entry->kind != KIND_COMMENT)
        return number == 0 ? plan_entry(plan, entry) : NULL;
    const struct group *articles = entry->commented;
    for (size_t i = 0; articles && i < articles->count; i++) {
        const struct output *output = plan_entry(plan, articles->entries[i]);
        if (output && forge_shows_comments(plan->site, articles->entries[i]) && number-- == 0)
            return output;
    }
    return NULL;
}

static const char *why_unpublished(const struct entry *entry)
{
    return entry->record->draft.value ? "a draft"
           : entry->expired           ? "expired"
                                      : "to be published later";
}

static void report_body_link(const struct plan *plan, const struct entry *entry,
                             const struct markup_link *link, const struct body_target *target,
                             struct span span, struct diags *diags)
{
    struct str written = link->target;
    switch (target->goal) {
    case BODY_NOT_PUBLISHED:
        diag_error(diags, "dead-link", span, "%.*s is %s, so this link would lead nowhere",
                   STR_ARG(target->entry->file->path), why_unpublished(target->entry));
        return;
    case BODY_NO_PAGE:
        diag_error(diags, "dead-link", span, "no page of this site has the address %.*s",
                   STR_ARG(written));
        if (diags->count <= MEANT_MOST)
            meant_address(plan, written, diags);
        return;
    case BODY_NO_FILE:
        diag_error(diags,
                   link->kind == MARKUP_LINK && str_has(written, STR(".md")) ? "dead-link"
                                                                             : "missing-file",
                   span, "there is no file '%.*s' beside this one", STR_ARG(written));
        meant_file(plan, entry, written, diags);
        return;
    case BODY_OUTSIDE:
    case BODY_OUTPUT: return;
    }
}

/* A picture in a text is there in several sizes; its own address is none of them. */
static void tell_of_sizes(const struct links *links, const struct output *from,
                          const struct picture_set *set)
{
    for (size_t i = 0; i < set->count; i++) {
        links_tell(links, 0, from, plan_find(links->plan, set->steps[i].modern->url),
                   (struct str){0});
        links_tell(links, 0, from, plan_find(links->plan, set->steps[i].fallback->url),
                   (struct str){0});
    }
}

/* What a link of a body leads to from one of the pages that show it; to be judged once. */
static void note_body_link(struct links *links, const struct output *own,
                           const struct markup_link *link, const struct body_target *target,
                           struct span span, bool first)
{
    bool own_part = target->goal == BODY_OUTSIDE && str_starts(link->target, STR("#"));
    const struct output *to = own_part ? own : target->output;
    struct str fragment = own_part ? str_after(link->target, 1) : target->fragment;
    if (!own_part && target->goal != BODY_OUTPUT)
        return;
    bool picture = link->kind == MARKUP_PICTURE && to->kind == OUTPUT_ATTACHMENT;
    const struct picture_set *set = picture ? variants_for(to->subject, PICTURE_IN_TEXT) : NULL;
    if (set && links->watcher.see)
        tell_of_sizes(links, own, set);
    else
        links_tell(links, 0, own, to, fragment);
    if (first)
        links_want_part(links->arena, &links->wanted, to, fragment, span);
}

static void check_body(struct links *links, const struct entry *entry, struct diags *diags)
{
    const struct markup *body = &entry->record->body;
    if (!links_shown_on(links->plan, entry, 0))
        return;
    for (size_t i = 0; i < body->link_count; i++) {
        struct markup_link link = markup_link_at(body, i);
        struct span span = span_of(entry->record->text, link.source_start, link.source_end);
        const struct attachment *attachment =
            url_is_external(link.target) ? NULL
                                         : attachment_named(links->plan->site, entry, link.target);
        if (attachment && attachment->fault) {
            picture_report(attachment, span, diags);
            continue;
        }
        struct body_target target = body_look_up(links->plan, entry, link.target);
        report_body_link(links->plan, entry, &link, &target, span, diags);
        const struct output *own;
        for (size_t page = 0; (own = links_shown_on(links->plan, entry, page)); page++)
            note_body_link(links, own, &link, &target, span, page == 0);
    }
}

static void check_menu(const struct links *links, const struct config_edition *edition,
                       struct diags *diags)
{
    for (size_t i = 0; i < edition->menu_count; i++) {
        const struct menu_item *item = &edition->menu[i];
        if (!str_starts(item->url, STR("/")) ||
            plan_find(links->plan, str_sub(item->url, 0, str_find_byte(item->url, '#', 0))))
            continue;
        diag_error(diags, "dead-link", item->span, "no page of this site has the address %.*s",
                   STR_ARG(item->url));
        if (diags->count <= MEANT_MOST)
            meant_address(links->plan, item->url, diags);
    }
}

void links_check_bodies(struct links *links, struct diags *diags)
{
    const struct site *site = links->plan->site;
    for (size_t i = 0; i < site->entry_count; i++) {
        if (site->entries[i].published)
            check_body(links, &site->entries[i], diags);
    }
    for (size_t i = 0; i < site->config.language_count; i++)
        check_menu(links, &site->config.editions[i], diags);
}
