/* The parts of pages that fragments lead to, judged when all ids are known. */
#include "build/links_internal.h"

#include "base/hash.h"
#include "base/suggest.h"

uint64_t links_hash(struct str id)
{
    return hash_bytes(id, 5);
}

uint64_t links_number(uint32_t output, uint64_t id)
{
    uint64_t mixed = (id ^ (uint64_t)output * 0x9E3779B97F4A7C15U) * 0xD6E8FEB86659FD93U;
    return (mixed ^ mixed >> 32) | 1;
}

void links_want_part(struct arena *arena, struct wanted_list *list, const struct output *output,
                     struct str fragment, struct span span)
{
    /* "#top" and the empty fragment lead to the top of any page (HTML §7.4.6.3). */
    if (fragment.len == 0 || str_eq_nocase(fragment, STR("top")) || !output_is_page(output))
        return;
    *vec_push(arena, list) =
        (struct wanted){output->number, links_hash(fragment), arena_str(arena, fragment), span};
}

/* Where a number stands in the set, or the empty slot where it belongs. */
static uint64_t *id_slot(const struct id_set *set, uint64_t number)
{
    size_t at = (size_t)(number >> 1) & set->mask;
    while (set->slots[at] != 0 && set->slots[at] != number)
        at = (at + 1) & set->mask;
    return &set->slots[at];
}

static bool has_id(const struct id_set *set, uint32_t output, uint64_t id)
{
    return *id_slot(set, links_number(output, id)) != 0;
}

static size_t count_ids(const struct links *links)
{
    const struct site *site = links->plan->site;
    size_t count = 0;
    for (unsigned i = 0; i < links->worker_count; i++)
        count += links->workers[i].ids.count;
    for (size_t i = 0; i < site->entry_count; i++) {
        const struct entry *entry = &site->entries[i];
        for (size_t page = 0; links_shown_on(links->plan, entry, page); page++)
            count += entry->record->body.id_count;
    }
    return count;
}

/* All ids of all pages. */
static struct id_set gather_ids(struct links *links)
{
    const struct site *site = links->plan->site;
    size_t room = 16;
    for (size_t count = count_ids(links); room < count * 2;)
        room *= 2;
    struct id_set all = {arena_zalloc(links->arena, room, sizeof *all.slots), room - 1};
    for (unsigned i = 0; i < links->worker_count; i++) {
        const struct id_list *ids = &links->workers[i].ids;
        for (size_t j = 0; j < ids->count; j++)
            *id_slot(&all, ids->items[j]) = ids->items[j];
    }
    for (size_t i = 0; i < site->entry_count; i++) {
        const struct entry *entry = &site->entries[i];
        const struct markup *body = &entry->record->body;
        const struct output *output;
        for (size_t page = 0; (output = links_shown_on(links->plan, entry, page)); page++) {
            for (size_t j = 0; j < body->id_count; j++) {
                uint64_t number = links_number(output->number, links_hash(markup_id_at(body, j)));
                *id_slot(&all, number) = number;
            }
        }
    }
    return all;
}

static void suggest_fragment(const struct output *output, struct str fragment, struct diags *diags)
{
    if (output->kind != OUTPUT_ENTRY)
        return;
    const struct markup *body = &((const struct entry *)output->subject)->record->body;
    struct arena scratch = {0};
    struct str *ids = arena_zalloc(&scratch, body->id_count, sizeof *ids);
    for (size_t i = 0; i < body->id_count; i++)
        ids[i] = markup_id_at(body, i);
    struct str nearest = suggest_nearest(fragment, ids, body->id_count);
    arena_release(&scratch);
    if (nearest.len > 0)
        diag_hint(diags, "did you mean '#%.*s'?", STR_ARG(nearest));
}

static void judge(const struct links *links, const struct wanted_list *wanted,
                  const struct id_set *ids, struct diags *diags)
{
    for (size_t i = 0; i < wanted->count; i++) {
        const struct wanted *item = &wanted->items[i];
        const struct output *output = &links->plan->outputs[item->output];
        if (has_id(ids, item->output, item->id))
            continue;
        /* The page is right and only its part is wrong: not worth keeping a site back for. */
        diag_add(diags, SEVERITY_WARNING, "dead-fragment", item->span,
                 "%.*s has no part called '#%.*s'", STR_ARG(output->url), STR_ARG(item->fragment));
        suggest_fragment(output, item->fragment, diags);
    }
}

static const struct id_set *all_ids(struct links *links)
{
    if (!links->gathered)
        links->all = gather_ids(links);
    links->gathered = true;
    return &links->all;
}

bool links_satisfied(struct links *links, const struct links_of_page *page)
{
    const struct id_set *ids = all_ids(links);
    for (size_t i = 0; i < page->want_count; i++) {
        if (!has_id(ids, page->wants[i].output, page->wants[i].id))
            return false;
    }
    return !page->dead;
}

void links_finish(struct links *links, struct diags *diags)
{
    const struct id_set *ids = all_ids(links);
    judge(links, &links->wanted, ids, diags);
    for (unsigned i = 0; i < links->worker_count; i++)
        judge(links, &links->workers[i].wanted, ids, diags);
}
