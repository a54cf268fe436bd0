#include "build/links.h"
#include "base/hash.h"
#include "base/html.h"
#include "base/path.h"
#include "base/suggest.h"
#include "base/vec.h"
#include "build/named_files.h"
#include "pages/body.h"
#include "pages/forge.h"
#include "site/attachments.h"
#include "site/variants.h"

#include <stdlib.h>

/* A link with a fragment, to be judged when all ids are known. */
struct wanted {
    uint32_t output; /* where it leads */
    uint64_t id;
    struct str fragment;
    struct span span;
};

struct wanted_list {
    struct wanted *items;
    size_t count, capacity;
};

/* An id on a page, as one number. */
struct id_list {
    uint64_t *items;
    size_t count, capacity;
};

struct page_links {
    struct links *links;
    const struct output *output;
    struct arena *arena;
    struct diags *diags;
    struct trace *trace; /* or NULL */
    bool dead;
    struct wanted_list wanted;
    struct id_list ids;
    size_t first_wanted; /* of this page */
    struct id_list own;  /* the page's ids, without its number */
    struct map reported; /* what this worker said already: a layout's mistake is on every page */
};

struct links {
    const struct plan *plan;
    struct arena *arena;
    struct page_links *workers;
    unsigned worker_count;
    struct wanted_list wanted;    /* of bodies */
    struct links_watcher watcher; /* without a function: nobody asks */
    struct id_list all;           /* once gathered: every id of every page, sorted */
    bool gathered;
};

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

static void tell(const struct links *links, unsigned worker, const struct output *from,
                 const struct output *to, struct str fragment)
{
    if (links->watcher.see)
        links->watcher.see(links->watcher.context, worker, from, to, fragment);
}

uint64_t links_hash(struct str id)
{
    return hash_bytes(id, 5);
}

static uint64_t id_number(uint32_t output, uint64_t id)
{
    uint64_t mixed = (id ^ (uint64_t)output * 0x9E3779B97F4A7C15U) * 0xD6E8FEB86659FD93U;
    return mixed ^ mixed >> 32;
}

/* The output on whose page an entry's body is shown, and NULL behind the last: a comment stands
 * under its article in each language. */
static const struct output *page_of(const struct plan *plan, const struct entry *entry,
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

static void want(struct arena *arena, struct wanted_list *list, const struct output *output,
                 struct str fragment, struct span span)
{
    /* "#top" and the empty fragment lead to the top of any page (HTML §7.4.6.3). */
    if (fragment.len == 0 || str_eq_nocase(fragment, STR("top")) || !output_is_page(output))
        return;
    *vec_push(arena, list) =
        (struct wanted){output->number, links_hash(fragment), arena_str(arena, fragment), span};
}

/* A suggestion looks at every slug, so only the first mistakes of a run get one: thousands of dead
 * links must not cost thousands times as much. */
enum { SUGGESTIONS_MOST = 100 };

static void suggest_entry(const struct plan *plan, struct str target, struct diags *diags)
{
    if (diags->count > SUGGESTIONS_MOST)
        return;
    struct str name = path_stem(target);
    if (str_ends(target, STR("/")))
        name = path_name(str_sub(target, 0, target.len - 1));
    struct arena scratch = {0};
    const struct site *site = plan->site;
    struct str *slugs = arena_zalloc(&scratch, site->entry_count, sizeof *slugs);
    size_t count = 0;
    for (size_t i = 0; i < site->entry_count; i++) {
        if (site->entries[i].published && site->entries[i].kind != KIND_COMMENT)
            slugs[count++] = site->entries[i].slug;
    }
    struct str nearest = suggest_nearest(name, slugs, count);
    if (nearest.len > 0)
        diag_hint(diags, "did you mean '%.*s'?", STR_ARG(nearest));
    arena_release(&scratch);
}

static const char *why_unpublished(const struct entry *entry)
{
    return entry->record->draft.value ? "a draft"
           : entry->expired           ? "expired"
                                      : "to be published later";
}

static void report_body_link(const struct plan *plan, const struct markup_link *link,
                             const struct body_target *target, struct span span,
                             struct diags *diags)
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
        suggest_entry(plan, written, diags);
        return;
    case BODY_NO_FILE:
        diag_error(diags,
                   link->kind == MARKUP_LINK && str_has(written, STR(".md")) ? "dead-link"
                                                                             : "missing-file",
                   span, "there is no file '%.*s' beside this one", STR_ARG(written));
        if (str_starts(written, STR("www.")))
            diag_hint(diags, "an address elsewhere begins with https://");
        else if (str_has(written, STR(".md")))
            suggest_entry(plan, written, diags);
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
        tell(links, 0, from, plan_find(links->plan, set->steps[i].modern->url), (struct str){0});
        tell(links, 0, from, plan_find(links->plan, set->steps[i].fallback->url), (struct str){0});
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
        tell(links, 0, own, to, fragment);
    if (first)
        want(links->arena, &links->wanted, to, fragment, span);
}

static void check_body(struct links *links, const struct entry *entry, struct diags *diags)
{
    const struct markup *body = &entry->record->body;
    if (!page_of(links->plan, entry, 0))
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
        report_body_link(links->plan, &link, &target, span, diags);
        const struct output *own;
        for (size_t page = 0; (own = page_of(links->plan, entry, page)); page++)
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
        suggest_entry(links->plan, item->url, diags);
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

void *links_page(struct links *links, unsigned worker, const struct output *output,
                 struct arena *arena, struct diags *diags)
{
    struct page_links *page = &links->workers[worker];
    if (!page->arena)
        map_init(&page->reported, arena);
    page->links = links;
    page->output = output;
    page->arena = arena;
    page->diags = diags;
    page->trace = NULL;
    page->dead = false;
    page->first_wanted = page->wanted.count;
    page->own = (struct id_list){0};
    return page;
}

/* Where a URL on a page leads within the site: its root-relative path without the base path, in
 * *path. False if it leads elsewhere. */
static bool within_site(const struct page_links *page, struct str url, struct arena *scratch,
                        struct str *path)
{
    const struct config *config = &page->links->plan->site->config;
    if (url_is_external(url)) {
        if (!str_starts(url, config->url) || url.len == config->url.len ||
            url.ptr[config->url.len] != '/')
            return false;
        *path = str_after(url, config->url.len);
        return true;
    }
    if (str_starts(url, STR("/"))) {
        bool inside = path_inside(url, config->base_path);
        *path = inside ? str_after(url, config->base_path.len) : url;
        return inside || config->base_path.len == 0;
    }
    struct str folder = path_folder(page->output->path);
    struct str resolved;
    if (path_resolve(scratch, folder, url, &resolved) != 0)
        return false;
    *path = arena_printf(scratch, "/%.*s%s", STR_ARG(resolved),
                         str_ends(url, STR("/")) && resolved.len > 0 ? "/" : "");
    return true;
}

static void report_layout_link(struct page_links *page, const struct liquid_link *link)
{
    page->dead = true;
    struct str key = arena_printf(page->arena, "%p %zu %.*s", (const void *)link->span.text,
                                  link->span.start, STR_ARG(link->value));
    if (map_put(&page->reported, key, page))
        return;
    diag_error(page->diags, "dead-link", link->span,
               "this layout links to %.*s, and no page of this site has that address",
               STR_ARG(link->value));
}

static void note_url(struct page_links *page, const struct liquid_link *link, struct str url)
{
    struct arena scratch = {0};
    unsigned worker = (unsigned)(page - page->links->workers);
    size_t hash = str_find_byte(url, '#', 0);
    size_t query = str_find_byte(url, '?', 0);
    struct str bare = str_sub(url, 0, query < hash ? query : hash);
    struct str fragment = hash == STR_NONE ? (struct str){0} : str_after(url, hash + 1);
    struct str path;
    if (bare.len == 0 && !url_is_external(url)) {
        tell(page->links, worker, page->output, page->output, fragment);
        want(page->arena, &page->wanted, page->output, fragment, link->span);
    } else if (bare.len > 0 && within_site(page, bare, &scratch, &path)) {
        const struct output *target = plan_find(page->links->plan, path);
        trace_output(page->trace, target);
        if (target)
            tell(page->links, worker, page->output, target, fragment);
        if (target)
            want(page->arena, &page->wanted, target, fragment, link->span);
        else if (!url_is_external(bare)) /* a full address may be another program's */
            report_layout_link(page, link);
    }
    arena_release(&scratch);
}

/* The address of another page without a fragment is the same link wherever it stands, if nobody
 * asks for each; that it is there is a fact, which partials keep by themselves. */
static bool is_same_anywhere(const struct page_links *page, const struct liquid_link *link)
{
    return link->kind == LIQUID_LINK_URL && !page->links->watcher.see && !page->dead &&
           str_starts(link->value, STR("/")) && str_find_byte(link->value, '#', 0) == STR_NONE;
}

static void note_id(struct page_links *page, struct str value)
{
    uint64_t id = links_hash(value);
    *vec_push(page->arena, &page->ids) = id_number(page->output->number, id);
    *vec_push(page->arena, &page->own) = id;
}

static void note_made(const struct page_links *page, struct str url)
{
    const struct links *links = page->links;
    const struct output *to = links->watcher.see ? plan_find(links->plan, url) : NULL;
    if (to)
        tell(links, (unsigned)(page - links->workers), page->output, to, (struct str){0});
}

static void note_srcset(struct page_links *page, const struct liquid_link *link)
{
    /* URLs with a descriptor each, between commas. */
    struct str rest = link->value;
    struct str candidate;
    while (str_split(&rest, ',', &candidate)) {
        struct str url = str_trim(candidate);
        size_t end = 0;
        while (end < url.len && !str_is_space(url.ptr[end]))
            end++;
        if (end > 0)
            note_url(page, link, str_sub(url, 0, end));
    }
}

bool links_note(void *context, const struct liquid_link *link)
{
    struct page_links *page = context;
    switch (link->kind) {
    case LIQUID_LINK_ID: note_id(page, link->value); break;
    case LIQUID_LINK_MADE: note_made(page, link->value); break;
    case LIQUID_LINK_URL: note_url(page, link, str_trim(link->value)); break;
    case LIQUID_LINK_SRCSET: note_srcset(page, link); break;
    }
    return !is_same_anywhere(page, link);
}

static int compare_ids(const void *left, const void *right)
{
    uint64_t a = *(const uint64_t *)left;
    uint64_t b = *(const uint64_t *)right;
    return (a > b) - (a < b);
}

/* All ids of all pages, sorted. */
static struct id_list gather_ids(struct links *links)
{
    const struct site *site = links->plan->site;
    struct id_list all = {0};
    for (unsigned i = 0; i < links->worker_count; i++) {
        for (size_t j = 0; j < links->workers[i].ids.count; j++)
            *vec_push(links->arena, &all) = links->workers[i].ids.items[j];
    }
    for (size_t i = 0; i < site->entry_count; i++) {
        const struct entry *entry = &site->entries[i];
        const struct markup *body = &entry->record->body;
        const struct output *output;
        for (size_t page = 0; (output = page_of(links->plan, entry, page)); page++) {
            for (size_t j = 0; j < body->id_count; j++)
                *vec_push(links->arena, &all) =
                    id_number(output->number, links_hash(markup_id_at(body, j)));
        }
    }
    if (all.count > 1)
        qsort(all.items, all.count, sizeof *all.items, compare_ids);
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

static bool has_id(const struct id_list *ids, uint32_t output, uint64_t id)
{
    uint64_t number = id_number(output, id);
    return ids->count > 0 &&
           bsearch(&number, ids->items, ids->count, sizeof *ids->items, compare_ids);
}

static void judge(const struct links *links, const struct wanted_list *wanted,
                  const struct id_list *ids, struct diags *diags)
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

static const struct id_list *all_ids(struct links *links)
{
    if (!links->gathered)
        links->all = gather_ids(links);
    links->gathered = true;
    return &links->all;
}

void links_trace(struct links *links, unsigned worker, struct trace *trace)
{
    links->workers[worker].trace = trace;
}

struct links_of_page links_taken(struct links *links, unsigned worker)
{
    const struct page_links *page = &links->workers[worker];
    size_t count = page->wanted.count - page->first_wanted;
    struct links_want *wants = arena_zalloc(page->arena, count, sizeof *wants);
    for (size_t i = 0; i < count; i++) {
        const struct wanted *item = &page->wanted.items[page->first_wanted + i];
        wants[i] = (struct links_want){item->output, 0, item->id};
    }
    return (struct links_of_page){page->own.items, page->own.count, wants, count, page->dead};
}

void links_keep(struct links *links, unsigned worker, const struct output *output,
                const struct links_of_page *kept)
{
    struct page_links *page = &links->workers[worker];
    for (size_t i = 0; i < kept->id_count; i++)
        *vec_push(page->arena, &page->ids) = id_number(output->number, kept->ids[i]);
}

bool links_satisfied(struct links *links, const struct links_of_page *page)
{
    const struct id_list *ids = all_ids(links);
    for (size_t i = 0; i < page->want_count; i++) {
        if (!has_id(ids, page->wants[i].output, page->wants[i].id))
            return false;
    }
    return !page->dead;
}

void links_finish(struct links *links, struct diags *diags)
{
    const struct id_list *ids = all_ids(links);
    judge(links, &links->wanted, ids, diags);
    for (unsigned i = 0; i < links->worker_count; i++)
        judge(links, &links->workers[i].wanted, ids, diags);
}
