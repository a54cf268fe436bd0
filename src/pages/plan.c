#include "pages/plan.h"
#include "base/path.h"
#include "pages/calendars.h"
#include "pages/credentials.h"
#include "pages/directory.h"
#include "pages/discussions.h"
#include "pages/months.h"
#include "pages/plan_internal.h"
#include "site/variants.h"

#include <stdlib.h>
#include <string.h>

static struct str path_of(struct planner *planner, struct str url)
{
    struct str below = str_after(url, 1);
    if (url.len > 0 && url.ptr[url.len - 1] == '/')
        return arena_printf(planner->arena, "%.*sindex.html", STR_ARG(below));
    return below;
}

struct output *planner_add(struct planner *planner, enum output_kind kind, struct str url,
                           const char *layout, const void *subject)
{
    struct output *output = vec_push(&planner->growing, &planner->outputs);
    *output = (struct output){.kind = kind,
                              .url = url,
                              .path = path_of(planner, url),
                              .edition = planner->edition,
                              .layout = str_from(layout),
                              .subject = subject};
    return output;
}

/* "/fr/tags/" in the French edition. */
struct str planner_url(struct planner *planner, const char *below)
{
    return arena_printf(planner->arena, "%.*s%s", STR_ARG(planner->edition->prefix), below);
}

/* Stable pages are full and stay so: the home page has what they leave, at least as much as a page
 * and less than two. */
static size_t newsfeed_pages(const struct planner *planner)
{
    const struct config *config = &planner->site->config;
    size_t each = config->paginate;
    size_t count = planner->edition->articles.count;
    size_t pages = config->paginate_stable ? count / each : (count + each - 1) / each;
    return pages > 0 ? pages : 1;
}

struct str plan_newsfeed_url(const struct site *site, const struct edition *edition, size_t page,
                             size_t pages, struct arena *arena)
{
    size_t number = site->config.paginate_stable ? pages - page + 1 : page;
    return page == 1 ? arena_printf(arena, "%.*s/", STR_ARG(edition->prefix))
                     : arena_printf(arena, "%.*s/page/%zu/", STR_ARG(edition->prefix), number);
}

struct entry_range plan_newsfeed_range(const struct plan *plan, const struct output *page)
{
    const struct config *config = &plan->site->config;
    size_t total = page->edition->articles.count;
    struct entry_range range = {.first = (page->page - 1) * config->paginate};
    range.end = range.first + config->paginate;
    if (config->paginate_stable) {
        range.end = total - (page->pages - page->page) * config->paginate;
        range.first = page->page == 1 ? 0 : range.end - config->paginate;
    }
    if (range.end > total)
        range.end = total;
    return range;
}

static void plan_newsfeed(struct planner *planner)
{
    size_t pages = newsfeed_pages(planner);
    for (size_t page = 1; page <= pages; page++) {
        struct str url =
            plan_newsfeed_url(planner->site, planner->edition, page, pages, planner->arena);
        struct output *output = planner_add(planner, OUTPUT_HOME, url, "home", NULL);
        output->page = page;
        output->pages = pages;
    }
}

static void plan_entries(struct planner *planner, const struct entry_list *entries)
{
    for (size_t i = 0; i < entries->count; i++) {
        const struct entry *entry = entries->items[i];
        if (entry->edition != planner->edition)
            continue; /* a member without a bio in this language */
        struct output *output = planner_add(planner, OUTPUT_ENTRY, entry->url, NULL, entry);
        output->layout = entry->record->layout.text;
        if (output->layout.len == 0)
            output->layout = str_from(schema_of(entry->kind)->name);
        output->span = span_file(entry->record->text);
    }
}

static void plan_feed(struct planner *planner, struct str title, struct str page_url,
                      struct str folder, const struct entry_list *articles)
{
    static const struct {
        enum output_kind kind;
        const char *name;
    } forms[] = {
        {OUTPUT_ATOM, "feed.xml"}, {OUTPUT_RSS, "rss.xml"}, {OUTPUT_JSON_FEED, "feed.json"}};
    struct feed *feed = arena_zalloc(planner->arena, 1, sizeof *feed);
    const struct config *config = &planner->site->config;
    bool of_site = str_eq(folder, planner_url(planner, "/"));
    /* A feed a tag and a member with all of every article would be most of the site's bytes. */
    *feed = (struct feed){title, page_url, folder, articles,
                          of_site ? config->feeds_full : config->feeds_all_full};
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        planner_add(planner, forms[i].kind,
                    arena_printf(planner->arena, "%.*s%s", STR_ARG(folder), forms[i].name), NULL,
                    feed);
}

static void plan_tags(struct planner *planner)
{
    const struct edition *edition = planner->edition;
    planner_add(planner, OUTPUT_TAGS, planner_url(planner, "/tags/"), "tags", NULL);
    for (size_t i = 0; i < edition->tags.count; i++) {
        const struct tag *tag = edition->tags.items[i];
        planner_add(planner, OUTPUT_TAG, tag->url, "tag", tag);
        if (planner->site->config.feeds_of_tags)
            plan_feed(planner, tag->name, tag->url, tag->url, &tag->articles);
    }
}

static void plan_discussions(struct planner *planner)
{
    const struct edition *edition = planner->edition;
    size_t count;
    const struct discussion *discussions =
        discussions_of(planner->site, edition, planner->arena, &count);
    for (size_t i = 0; i < count; i++) {
        const struct entry *article = discussions[i].article;
        struct str folder = article ? article->url : planner_url(planner, "/");
        if (str_ends(folder, STR("/")))
            planner_add(planner, OUTPUT_COMMENTS,
                        arena_printf(planner->arena, "%.*scomments.xml", STR_ARG(folder)), NULL,
                        &discussions[i]);
    }
}

static void plan_archive_months(struct planner *planner, const struct year *year)
{
    for (size_t i = 0; i < year->month_count; i++) {
        struct str url =
            arena_printf(planner->arena, "%.*s/articles/%04d/%02d/",
                         STR_ARG(planner->edition->prefix), year->year, year->months[i].month);
        planner_add(planner, OUTPUT_YEAR_MONTH, url, "archive", &year->months[i]);
    }
}

static void plan_archive(struct planner *planner)
{
    const struct edition *edition = planner->edition;
    planner_add(planner, OUTPUT_ARCHIVE, planner_url(planner, "/articles/"), "archive", NULL);
    for (size_t i = 0; i < edition->year_count; i++) {
        struct str url = arena_printf(planner->arena, "%.*s/articles/%04d/",
                                      STR_ARG(edition->prefix), edition->years[i].year);
        planner_add(planner, OUTPUT_YEAR, url, "archive", &edition->years[i]);
        plan_archive_months(planner, &edition->years[i]);
    }
}

static void plan_members(struct planner *planner, struct edition_plan *plan)
{
    const struct edition *edition = planner->edition;
    planner_add(planner, OUTPUT_MEMBERS, planner_url(planner, "/members/"), "members", NULL);
    plan->facets = directory_facets(edition, planner->arena, &plan->facet_count);
    for (size_t i = 0; i < plan->facet_count; i++)
        planner_add(planner, OUTPUT_FACET, plan->facets[i].url, "members", &plan->facets[i]);
    for (size_t i = 0; i < edition->members.count && planner->site->config.feeds_of_members; i++) {
        const struct entry *member = edition->members.items[i];
        const struct entry_list *written = site_written(edition, member->group);
        if (written->count > 0 && member->edition == edition)
            plan_feed(planner, member->record->title.text, member->url, member->url, written);
    }
}

static void plan_designations(struct planner *planner)
{
    const struct edition *edition = planner->edition;
    planner_add(planner, OUTPUT_DESIGNATIONS, planner_url(planner, "/designations/"),
                "designations", NULL);
    for (size_t i = 0; i < edition->holding_count; i++) {
        struct output *output = planner_add(planner, OUTPUT_DESIGNATION, edition->holdings[i].url,
                                            "designation", &edition->holdings[i]);
        output->span = edition->holdings[i].designation->span;
    }
    planner_add(planner, OUTPUT_ROSTER, planner_url(planner, "/designations/index.json"), NULL,
                NULL);
    size_t count;
    if (!planner->site->config.credentials)
        return;
    const struct credential *credentials = credentials_of(edition, planner->arena, &count);
    for (size_t i = 0; i < count; i++)
        planner_add(planner, OUTPUT_CREDENTIAL,
                    credentials_url(credentials[i].member, credentials[i].grant->designation,
                                    planner->arena),
                    NULL, &credentials[i]);
}

static void plan_calendar(struct planner *planner, struct str url, struct calendar_file file)
{
    struct calendar_file *subject = arena_zalloc(planner->arena, 1, sizeof *subject);
    *subject = file;
    struct output *output = planner_add(planner, OUTPUT_CALENDAR, url, NULL, subject);
    if (file.event)
        output->span = span_file(file.event->record->text);
}

static void plan_calendars(struct planner *planner)
{
    const struct edition *edition = planner->edition;
    plan_calendar(
        planner, planner_url(planner, "/events.ics"),
        (struct calendar_file){.name = edition->settings->title, .events = &edition->events});
    const struct config *config = &planner->site->config;
    for (size_t i = 0; i < edition->events.count && config->calendar_of_events; i++) {
        const struct entry *event = edition->events.items[i];
        if (event->edition != edition)
            continue; /* its calendar is where its page is */
        plan_calendar(planner, calendars_event_url(event, planner->arena),
                      (struct calendar_file){.event = event});
    }
    for (size_t i = 0; i < edition->tags.count && config->calendar_of_tags; i++) {
        const struct tag *tag = edition->tags.items[i];
        struct str name = arena_printf(planner->arena, "%.*s: %.*s",
                                       STR_ARG(edition->settings->title), STR_ARG(tag->name));
        if (tag->events.count > 0)
            plan_calendar(planner,
                          arena_printf(planner->arena, "%.*sevents.ics", STR_ARG(tag->url)),
                          (struct calendar_file){.name = name, .events = &tag->events});
    }
}

static void plan_events(struct planner *planner, struct edition_plan *plan)
{
    planner_add(planner, OUTPUT_EVENTS, planner_url(planner, "/events/"), "events", NULL);
    plan->months = months_of(planner->edition, planner->arena, &plan->month_count);
    for (size_t i = 0; i < plan->month_count; i++)
        planner_add(planner, OUTPUT_MONTH, plan->months[i].url, "month", &plan->months[i]);
    plan_calendars(planner);
}

static void plan_teams(struct planner *planner)
{
    const struct edition *edition = planner->edition;
    if (edition->team_count == 0)
        return;
    planner_add(planner, OUTPUT_TEAMS, planner_url(planner, "/teams/"), "teams", NULL);
    for (size_t i = 0; i < edition->team_count; i++)
        planner_add(planner, OUTPUT_TEAM, edition->teams[i]->url, "team", edition->teams[i]);
}

/* The page is there whether or not an index is made: links lead to it. */
static void plan_search(struct planner *planner, const struct search *search)
{
    if (!planner->site->config.search)
        return;
    planner_add(planner, OUTPUT_SEARCH, planner_url(planner, "/search/"), "search", NULL);
    for (size_t i = 0; search && i < search->count; i++)
        planner_add(planner, OUTPUT_SEARCH_FILE, arena_str(planner->arena, search->files[i].url),
                    NULL, &search->files[i]);
}

static void plan_edition(struct planner *planner, struct edition_plan *plan,
                         const struct search *search)
{
    const struct edition *edition = plan->edition;
    planner->edition = edition;
    plan_newsfeed(planner);
    plan_entries(planner, &edition->articles);
    plan_entries(planner, &edition->events);
    plan_entries(planner, &edition->pages);
    plan_entries(planner, &edition->members);
    plan_discussions(planner);
    plan_archive(planner);
    plan_tags(planner);
    plan_members(planner, plan);
    plan_designations(planner);
    plan_events(planner, plan);
    plan_teams(planner);
    plan_search(planner, search);
    plan_feed(planner, edition->settings->title, planner_url(planner, "/"),
              planner_url(planner, "/"), &edition->articles);
    /* Servers look for it at the root, wherever the default language lives. */
    bool is_default = edition == planner->site->editions;
    planner_add(planner, OUTPUT_NOT_FOUND,
                is_default ? STR("/404.html") : planner_url(planner, "/404.html"), "404", NULL);
}

static void plan_assets(struct planner *planner, const struct source_file *assets, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (plan_replaces(planner, &assets[i]))
            continue;
        struct str below = str_after(assets[i].path, 7);
        struct str url = path_inside(below, STR("root"))
                             ? arena_printf(planner->arena, "%.*s", STR_ARG(str_after(below, 4)))
                             : arena_printf(planner->arena, "/%.*s", STR_ARG(assets[i].path));
        struct text *text = arena_zalloc(planner->arena, 1, sizeof *text);
        text->path = assets[i].path;
        planner_add(planner, OUTPUT_ASSET, url, NULL, &assets[i])->span = span_file(text);
    }
}

static void plan_attachments(struct planner *planner)
{
    for (size_t i = 0; i < planner->site->attachment_count; i++) {
        const struct attachment *attachment = &planner->site->attachments[i];
        if (attachment->fault)
            continue;
        struct text *text = arena_zalloc(planner->arena, 1, sizeof *text);
        text->path = attachment->file->path;
        planner_add(planner, OUTPUT_ATTACHMENT, attachment->url, NULL, attachment)->span =
            span_file(text);
        for (size_t j = 0; j < attachment->variant_count; j++) {
            const struct picture_variant *variant = &attachment->variants[j];
            planner_add(planner, OUTPUT_VARIANT, variant->url, NULL, variant)->span =
                span_file(text);
        }
    }
}

static int compare_outputs(const void *a, const void *b)
{
    return str_cmp(((const struct output *)a)->path, ((const struct output *)b)->path);
}

static void finish(struct planner *planner)
{
    struct plan *plan = planner->plan;
    struct output_list *list = &planner->outputs;
    struct output *outputs = arena_alloc(planner->arena, list->count * sizeof *outputs);
    memcpy(outputs, list->items, list->count * sizeof *outputs);
    qsort(outputs, list->count, sizeof *outputs, compare_outputs);
    plan->outputs = outputs;
    plan->count = list->count;
    map_init(&plan->by_url, planner->arena);
    map_room(&plan->by_url, plan->count);
    for (size_t i = 0; i < list->count; i++) {
        outputs[i].number = (uint32_t)i;
        map_put(&plan->by_url, outputs[i].url, &outputs[i]);
    }
    arena_release(&planner->growing);
}

static struct str social_url(const struct output *page, struct arena *arena)
{
    if (!output_is_page(page) || page->kind == OUTPUT_REDIRECT || page->kind == OUTPUT_NOT_FOUND ||
        page->kind == OUTPUT_SOCIAL || !str_ends(page->url, STR("/")))
        return (struct str){0};
    return arena_printf(arena, "%.*ssocial.jpg", STR_ARG(page->url));
}

/* Of every page that can be shared. */
static void plan_social_pictures(struct planner *planner)
{
    size_t count = planner->site->social ? planner->outputs.count : 0;
    for (size_t i = 0; i < count; i++) {
        struct output page = planner->outputs.items[i];
        struct str url = social_url(&page, planner->arena);
        if (url.len == 0)
            continue;
        struct output *output = planner_add(planner, OUTPUT_SOCIAL, url, "social", NULL);
        output->edition = page.edition;
        output->span = page.span;
    }
}

struct str plan_social(const struct plan *plan, const struct output *page, struct arena *arena)
{
    struct str url = plan->site->social ? social_url(page, arena) : (struct str){0};
    return url.len > 0 && plan_find(plan, url) ? url : (struct str){0};
}

int plan_make(const struct site *site, const struct source_file *assets, size_t asset_count,
              const struct search *searches, struct arena *arena, struct diags *diags,
              const struct plan **out)
{
    struct plan *plan = arena_zalloc(arena, 1, sizeof *plan);
    struct planner planner = {.site = site, .arena = arena, .diags = diags, .plan = plan};
    struct edition_plan *editions = arena_zalloc(arena, site->edition_count, sizeof *editions);
    plan->site = site;
    plan->editions = editions;
    for (size_t i = 0; i < site->edition_count; i++) {
        editions[i].edition = &site->editions[i];
        plan_edition(&planner, &editions[i], searches ? &searches[i] : NULL);
    }
    plan_social_pictures(&planner);
    plan_for_machines(&planner, assets, asset_count);
    plan_assets(&planner, assets, asset_count);
    plan_attachments(&planner);
    size_t errors = diags_count(diags, SEVERITY_ERROR);
    plan_aliases(&planner);
    int status = plan_check_collisions(&planner);
    finish(&planner);
    *out = plan;
    return status != 0 || diags_count(diags, SEVERITY_ERROR) > errors ? -1 : 0;
}

void plan_relate(const struct plan *plan, const struct plan *like, struct arena *arena)
{
    /* Still in the making, and plan_make()'s own. */
    struct edition_plan *editions = (struct edition_plan *)(uintptr_t)plan->editions;
    for (size_t i = 0; i < plan->site->edition_count; i++) {
        bool known = like && i < like->site->edition_count;
        const struct kin_known kin = {known ? &like->editions[i].relations.words : NULL,
                                      known ? like->editions[i].edition : NULL};
        relations_find(plan, editions[i].edition, known ? &kin : NULL, arena,
                       &editions[i].relations);
    }
}

const struct output *plan_find(const struct plan *plan, struct str url)
{
    const struct output *found = map_get(&plan->by_url, url);
    struct arena scratch = {0};
    if (!found && str_ends(url, STR("/index.html")))
        found = map_get(&plan->by_url, str_sub(url, 0, url.len - 10));
    if (!found && !str_ends(url, STR("/")))
        found = map_get(&plan->by_url, arena_concat(&scratch, url, STR("/")));
    arena_release(&scratch);
    return found;
}

const struct output *plan_entry(const struct plan *plan, const struct entry *entry)
{
    return entry->published ? map_get(&plan->by_url, entry->url) : NULL;
}

bool output_is_page(const struct output *output)
{
    return output->layout.len > 0 && output->kind != OUTPUT_SOCIAL;
}
