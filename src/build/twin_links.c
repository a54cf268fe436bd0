/* Texts that link to more pages of the site, or have more parts, than they had.
 *
 * Such links and ids are of no consequence to what is said of other pages as long as nobody waits
 * for them: no page that visitors cannot find, no link to a part that is not there. */
#include "build/links.h"
#include "build/text_only.h"
#include "build/twin_internal.h"
#include "pages/body.h"

#include <string.h>

static bool same_link(const struct markup_link *a, const struct markup_link *b)
{
    return a->kind == b->kind && str_eq(a->target, b->target);
}

/* One of which there is nothing to say, and that no list of mentions knows. */
static bool is_plain(const struct plan *plan, const struct entry *entry,
                     const struct markup_link *link)
{
    if (link->kind != MARKUP_LINK || entry->kind == KIND_COMMENT)
        return false;
    struct body_target target = body_look_up(plan, entry, link->target);
    const struct output *output = target.goal == BODY_OUTPUT ? target.output : NULL;
    return output && target.suffix.len == 0 && output->kind == OUTPUT_ENTRY &&
           ((const struct entry *)output->subject)->kind != KIND_MEMBER;
}

bool twin_links_kept(struct twin_work *work, const struct twin_text *text)
{
    const struct plan *plan = work->of->plan;
    const struct markup *own = &text->own->body;
    const struct markup *now = &text->record->body;
    size_t own_at = 0;
    size_t at = 0;
    struct markup_link waiting;
    struct markup_link link;
    bool waits = text_next_own_link(plan->site, own, &own_at, &waiting);
    while (text_next_own_link(plan->site, now, &at, &link)) {
        if (waits && same_link(&waiting, &link)) {
            waits = text_next_own_link(plan->site, own, &own_at, &waiting);
            continue;
        }
        if (!is_plain(plan, text->entry, &link))
            return false;
        work->grew = true;
    }
    return !waits;
}

/* With more parts than these a text is left to a build of its own: pages that list them all would
 * have each looked for among all. */
enum { IDS_MOST = 1000 };

bool twin_ids_kept(struct twin_work *work, const struct twin_text *text)
{
    const struct markup *own = &text->own->body;
    const struct markup *now = &text->record->body;
    size_t at = 0;
    for (size_t i = 0; i < own->id_count; i++, at++) {
        while (at < now->id_count && !str_eq(markup_id_at(now, at), markup_id_at(own, i)))
            at++;
        if (at == now->id_count)
            return false;
    }
    if (now->id_count == own->id_count)
        return true;
    work->grew = true;
    return text->entry->kind != KIND_COMMENT && now->id_count <= IDS_MOST;
}

bool twin_may_grow(const struct twin_of *of)
{
    for (size_t i = 0; i < of->said->count; i++) {
        const char *code = of->said->items[i].code;
        if (strcmp(code, "unreachable-page") == 0 || strcmp(code, "dead-fragment") == 0)
            return false;
    }
    return true;
}

/* ---- what layouts print */

static bool lists_id(const struct links_of_page *page, uint64_t id)
{
    for (size_t i = 0; i < page->id_count; i++) {
        if (page->ids[i] == id)
            return true;
    }
    return false;
}

static bool lists_want(const struct links_of_page *page, const struct links_want *want)
{
    for (size_t i = 0; i < page->want_count; i++) {
        if (page->wants[i].output == want->output && page->wants[i].id == want->id)
            return true;
    }
    return false;
}

/* Whether the text that is on an output has a part of that name. */
static bool text_has_id(const struct twin_work *work, const struct links_want *want)
{
    const struct output *output = &work->of->plan->outputs[want->output];
    if (output->kind != OUTPUT_ENTRY)
        return false;
    const struct markup *body = &((const struct entry *)output->subject)->record->body;
    for (size_t i = 0; i < body->id_count; i++) {
        if (links_hash(markup_id_at(body, i)) == want->id)
            return true;
    }
    return false;
}

bool twin_page_links_kept(const struct twin_work *work, size_t index,
                          const struct links_of_page *old, const struct links_of_page *new)
{
    if (old->dead || new->dead)
        return false;
    for (size_t i = 0; i < old->id_count; i++) {
        if (!lists_id(new, old->ids[i]))
            return false;
    }
    for (size_t i = 0; i < new->want_count; i++) {
        const struct links_want *want = &new->wants[i];
        if (!lists_want(old, want) && !text_has_id(work, want) &&
            !(want->output == index && lists_id(new, want->id)))
            return false;
    }
    return true;
}
