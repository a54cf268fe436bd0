/* What layouts print on a page: links, ids, and what is kept of them between builds. */
#include "build/links_internal.h"

#include "base/html.h"
#include "base/path.h"
#include "build/meant.h"

#include <string.h>

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
    page->dead = 0;
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

static bool is_of_address(struct str bytes, size_t at)
{
    return at < bytes.len && (str_is_alpha(bytes.ptr[at]) || str_is_digit(bytes.ptr[at]) ||
                              strchr("/-_.:", bytes.ptr[at]));
}

/* Where an address stands by itself in the front matter or the settings of which a page is made. */
static bool find_written(const struct text *text, struct str value, struct span *out)
{
    if (!text || value.len < 2)
        return false;
    for (size_t at = 0; (at = str_find(text->bytes, value, at)) != STR_NONE; at++) {
        if ((at > 0 && is_of_address(text->bytes, at - 1)) ||
            is_of_address(text->bytes, at + value.len))
            continue;
        *out = span_of(text, at, at + value.len);
        return true;
    }
    return false;
}

static void report_written(struct page_links *page, struct span span, struct str value, bool first)
{
    diag_error(page->diags, "dead-link", span, "no page of this site has the address %.*s",
               STR_ARG(value));
    /* By page and not by run, whose other pages are made by other threads. */
    if (first)
        meant_address(page->links->plan, value, page->diags);
}

/* Whether this worker said it already: of a place in a text, with what is wrong there. */
static bool was_reported(struct page_links *page, struct span span, struct str value)
{
    return map_put(&page->reported,
                   arena_printf(page->arena, "%p %zu %.*s", (const void *)span.text, span.start,
                                STR_ARG(value)),
                   page) != NULL;
}

/* Of a page with thousands of dead links some are told of the layout: looking for each in all of a
 * front matter would cost too much. */
enum { LOOKED_FOR_MOST = 100 };

/* Layouts mostly print what somebody wrote elsewhere; that is the place to mend. What is wrong in a
 * layout or in site.yml is wrong on every page, and said once. */
static void report_layout_link(struct page_links *page, const struct liquid_link *link)
{
    const struct site *site = page->links->plan->site;
    struct str base = site->config.base_path;
    struct str value =
        path_inside(link->value, base) ? str_after(link->value, base.len) : link->value;
    struct span span;
    bool first = page->dead++ == 0;
    if (page->dead < LOOKED_FOR_MOST && find_written(page->output->span.text, value, &span)) {
        if (!was_reported(page, span, value))
            report_written(page, span, value, first);
        return;
    }
    if (was_reported(page, link->span, link->value))
        return;
    if (find_written(site->config.text, value, &span))
        report_written(page, span, value, true);
    else
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
        links_tell(page->links, worker, page->output, page->output, fragment);
        links_want_part(page->arena, &page->wanted, page->output, fragment, link->span);
    } else if (bare.len > 0 && within_site(page, bare, &scratch, &path)) {
        const struct output *target = plan_find(page->links->plan, path);
        trace_output(page->trace, target);
        if (target)
            links_tell(page->links, worker, page->output, target, fragment);
        if (target)
            links_want_part(page->arena, &page->wanted, target, fragment, link->span);
        else if (!url_is_external(bare)) /* a full address may be another program's */
            report_layout_link(page, link);
    }
    arena_release(&scratch);
}

/* The address of another page without a fragment is the same link wherever it stands, if nobody
 * asks for each; that it is there is a fact, which partials keep by themselves. */
static bool is_same_anywhere(const struct page_links *page, const struct liquid_link *link)
{
    return link->kind == LIQUID_LINK_URL && !page->links->watcher.see && page->dead == 0 &&
           str_starts(link->value, STR("/")) && str_find_byte(link->value, '#', 0) == STR_NONE;
}

static void note_id(struct page_links *page, struct str value)
{
    uint64_t id = links_hash(value);
    *vec_push(page->arena, &page->ids) = links_number(page->output->number, id);
    *vec_push(page->arena, &page->own) = id;
}

static void note_made(const struct page_links *page, struct str url)
{
    const struct links *links = page->links;
    const struct output *to = links->watcher.see ? plan_find(links->plan, url) : NULL;
    if (to)
        links_tell(links, (unsigned)(page - links->workers), page->output, to, (struct str){0});
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

void links_trace(struct links *links, unsigned worker, struct trace *trace)
{
    links->workers[worker].trace = trace;
}

/* Whether the page itself has that id, as far as that is seen with a few looks. */
static bool is_own(const struct page_links *page, uint64_t id)
{
    enum { LOOKS = 64 };
    const struct output *output = page->output;
    for (size_t i = 0; i < page->own.count && i < LOOKS; i++) {
        if (page->own.items[i] == id)
            return true;
    }
    if (output->kind != OUTPUT_ENTRY)
        return false;
    const struct markup *body = &((const struct entry *)output->subject)->record->body;
    for (size_t i = 0; i < body->id_count && i < LOOKS; i++) {
        if (links_hash(markup_id_at(body, i)) == id)
            return true;
    }
    return false;
}

/* Most fragments lead to the page's own parts (its table of contents). These are judged at once:
 * they are good for as long as the page stands as it is. */
static void drop_own(struct page_links *page)
{
    size_t kept = page->first_wanted;
    for (size_t i = kept; i < page->wanted.count; i++) {
        const struct wanted *item = &page->wanted.items[i];
        if (item->output != page->output->number || !is_own(page, item->id))
            page->wanted.items[kept++] = *item;
    }
    page->wanted.count = kept;
}

struct links_of_page links_taken(struct links *links, unsigned worker)
{
    struct page_links *page = &links->workers[worker];
    drop_own(page);
    size_t count = page->wanted.count - page->first_wanted;
    struct links_want *wants = arena_zalloc(page->arena, count, sizeof *wants);
    for (size_t i = 0; i < count; i++) {
        const struct wanted *item = &page->wanted.items[page->first_wanted + i];
        wants[i] = (struct links_want){item->output, 0, item->id};
    }
    return (struct links_of_page){page->own.items, page->own.count, wants, count, page->dead > 0};
}

void links_keep(struct links *links, unsigned worker, const struct output *output,
                const struct links_of_page *kept)
{
    struct page_links *page = &links->workers[worker];
    for (size_t i = 0; i < kept->id_count; i++)
        *vec_push(page->arena, &page->ids) = links_number(output->number, kept->ids[i]);
}
