#include "pages/icons.h"
#include "pages/objects.h"

#include <stdlib.h>

static struct value languages(const struct site *site, struct value_reader *reader)
{
    struct value *items = arena_zalloc(reader->arena, site->edition_count, sizeof *items);
    for (size_t i = 0; i < site->edition_count; i++)
        items[i] = value_text(site->editions[i].lang);
    return value_list(reader->arena, items, site->edition_count);
}

/* What a language calls itself, as its own words say: "language_fr" in French. */
static struct value own_name(const struct edition *edition, struct arena *arena)
{
    struct str key = arena_printf(arena, "language_%.*s", STR_ARG(edition->lang));
    return value_text_or_nil(words_find(edition->words, key, NULL, arena));
}

/* The site in each of its languages: where it begins. */
static struct value editions(const struct view *view, struct value_reader *reader)
{
    const struct site *site = view->plan->site;
    struct value *items = arena_zalloc(reader->arena, site->edition_count, sizeof *items);
    for (size_t i = 0; i < site->edition_count; i++) {
        const struct edition *edition = &site->editions[i];
        struct str home = arena_concat(reader->arena, edition->prefix, STR("/"));
        const struct value_entry parts[] = {
            {STR("lang"), value_text(edition->lang)},
            {STR("name"), own_name(edition, reader->arena)},
            {STR("title"), value_text(edition->settings->title)},
            {STR("url"), object_url(home, reader)},
            {STR("current"), value_boolean(edition == view->edition)},
        };
        items[i] = object_map(reader, parts, sizeof parts / sizeof *parts);
    }
    return value_list(reader->arena, items, site->edition_count);
}

static struct value menu_entry(const struct view *view, struct str label, struct str url,
                               struct value_reader *reader)
{
    bool current = str_eq(url, view_output(view)->url);
    const struct value_entry parts[] = {
        {STR("label"), value_text(label)},
        {STR("url"), str_starts(url, STR("/")) ? object_url(url, reader) : value_text(url)},
        {STR("current"), value_boolean(current)},
    };
    return object_map(reader, parts, 3);
}

/* site.yml's menu in the edition's language; without one, the pages that ask for it. */
static struct value menu(const struct view *view, struct value_reader *reader)
{
    const struct config_edition *settings = view->edition->settings;
    const struct entry_list *pages = &view->edition->menu;
    bool written = settings->menu_count > 0;
    size_t count = written ? settings->menu_count : pages->count;
    struct value *items = arena_zalloc(reader->arena, count, sizeof *items);
    for (size_t i = 0; i < count; i++)
        items[i] = written
                       ? menu_entry(view, settings->menu[i].label, settings->menu[i].url, reader)
                       : menu_entry(view, pages->items[i]->record->title.text, pages->items[i]->url,
                                    reader);
    return value_list(reader->arena, items, count);
}

static struct value featured(const struct view *view, struct value_reader *reader)
{
    const struct entry_list *articles = &view->edition->articles;
    struct value *items = arena_zalloc(reader->arena, articles->count, sizeof *items);
    size_t count = 0;
    for (size_t i = 0; i < articles->count; i++) {
        if (articles->items[i]->record->article.featured.value)
            items[count++] = object_entry(articles->items[i]);
    }
    return value_list(reader->arena, items, count);
}

static struct value build_time(const struct view *view, struct value_reader *reader)
{
    const struct site *site = view->plan->site;
    struct zone_rule rule = zone_at(site->config.zone, site->now);
    return value_time(reader->arena, date_from_seconds(site->now, rule.offset), rule.abbreviation);
}

static struct value colour(struct colour colour, struct value_reader *reader)
{
    return value_text(
        arena_printf(reader->arena, "#%02x%02x%02x", colour.red, colour.green, colour.blue));
}

/* Those of light pages, for what has no stylesheet. */
static struct value brand(const struct view *view, struct value_reader *reader)
{
    const struct brand_scheme *scheme = &view->plan->site->config.brand.light;
    const struct value_entry parts[] = {
        {STR("paper"), colour(scheme->paper, reader)},
        {STR("ink"), colour(scheme->ink, reader)},
        {STR("soft"), colour(scheme->soft, reader)},
        {STR("main"), colour(scheme->main, reader)},
        {STR("accent"), colour(scheme->accent, reader)},
    };
    return object_map(reader, parts, sizeof parts / sizeof *parts);
}

static struct value icon_link(const struct icon *icon, struct str url, struct value_reader *reader)
{
    bool touch = str_eq(str_from(icon->rel), STR("apple-touch-icon"));
    struct str sizes = arena_printf(reader->arena, "%ux%u", icon->size, icon->size);
    const struct value_entry parts[] = {
        {STR("rel"), value_text(str_from(icon->rel))},
        {STR("url"), object_url(url, reader)},
        {STR("sizes"), touch ? value_nil() : value_text(sizes)},
    };
    return object_map(reader, parts, sizeof parts / sizeof *parts);
}

/* What a page's head links to: icons that are made of the logo or lie in assets/root/, a drawing
 * last, which browsers that know one prefer. */
static struct value icon_links(const struct view *view, struct value_reader *reader)
{
    const struct site *site = view->plan->site;
    bool drawn = site->icons && site->logo.picture.type == PICTURE_SVG;
    struct str drawing = drawn ? site->logo.url : STR("/favicon.svg");
    size_t icon_count;
    size_t count = 0;
    const struct icon *icons = icons_all(&icon_count);
    struct value *items = arena_zalloc(reader->arena, icon_count + 1, sizeof *items);
    for (size_t i = 0; i < icon_count; i++) {
        struct str url = arena_concat(reader->arena, STR("/"), str_from(icons[i].name));
        if (icons[i].rel && plan_find(view->plan, url))
            items[count++] = icon_link(&icons[i], url, reader);
    }
    if (plan_find(view->plan, drawing)) {
        const struct value_entry parts[] = {{STR("rel"), value_text(STR("icon"))},
                                            {STR("url"), object_url(drawing, reader)},
                                            {STR("type"), value_text(STR("image/svg+xml"))}};
        items[count++] = object_map(reader, parts, sizeof parts / sizeof *parts);
    }
    return value_list(reader->arena, items, count);
}

static struct value settings_get(const struct view *view, struct value_key key,
                                 struct value_reader *reader)
{
    const struct config *config = &view->plan->site->config;
    switch ((enum property)key.symbol) {
    case PROPERTY_title: return value_text(view->edition->settings->title);
    case PROPERTY_url: return value_text(config->url);
    case PROPERTY_base_path: return value_text(config->base_path);
    case PROPERTY_description: return value_text_or_nil(view->edition->settings->description);
    case PROPERTY_language: return value_text(config->language);
    case PROPERTY_languages: return languages(view->plan->site, reader);
    case PROPERTY_brand: return brand(view, reader);
    case PROPERTY_timezone: return value_text(config->timezone);
    case PROPERTY_menu: return menu(view, reader);
    case PROPERTY_menu_written: return value_boolean(view->edition->settings->menu_count > 0);
    case PROPERTY_editions: return editions(view, reader);
    case PROPERTY_prefix: return value_text(view->edition->prefix);
    case PROPERTY_repository: return value_text_or_nil(config->repository);
    case PROPERTY_icons: trace_site(view->trace, FACT_ASSETS); return icon_links(view, reader);
    case PROPERTY_manifest_url:
        return object_url(
            arena_concat(reader->arena, view->edition->prefix, STR("/site.webmanifest")), reader);
    case PROPERTY_feed_url:
        return object_url(arena_concat(reader->arena, view->edition->prefix, STR("/feed.xml")),
                          reader);
    case PROPERTY_calendar_url:
        return object_url(arena_concat(reader->arena, view->edition->prefix, STR("/events.ics")),
                          reader);
    default: break;
    }
    const struct value *given = value_map_get(&view->edition->settings->values, key.name);
    return given ? *given : value_nil();
}

/* The sections that hold something, by the names of their folders. */
static struct value sections(const struct edition *edition, struct value_reader *reader)
{
    const struct {
        const char *name;
        size_t count;
    } all[] = {{"articles", edition->articles.count},
               {"events", edition->events.count},
               {"members", edition->members.count},
               {"designations", edition->holding_count}};
    struct value *items = arena_zalloc(reader->arena, sizeof all / sizeof *all, sizeof *items);
    size_t count = 0;
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        if (all[i].count > 0)
            items[count++] = value_text(str_from(all[i].name));
    }
    return value_list(reader->arena, items, count);
}

/* What has no fact of its own is a setting. */
static void note_read(const struct view *view, enum property property)
{
    struct trace *trace = view->trace;
    switch (property) {
    case PROPERTY_time: trace_site(trace, FACT_NOW); break;
    case PROPERTY_posts:
    case PROPERTY_featured:
    case PROPERTY_articles: trace_edition(trace, view->edition, FACT_ARTICLES); break;
    case PROPERTY_members: trace_edition(trace, view->edition, FACT_MEMBERS); break;
    case PROPERTY_events:
    case PROPERTY_upcoming_events:
    case PROPERTY_past_events: trace_edition(trace, view->edition, FACT_EVENTS); break;
    case PROPERTY_menu:
    case PROPERTY_pages: trace_edition(trace, view->edition, FACT_PAGES); break;
    case PROPERTY_tags: trace_edition(trace, view->edition, FACT_TAGS); break;
    case PROPERTY_designations: trace_edition(trace, view->edition, FACT_HOLDINGS); break;
    case PROPERTY_teams: trace_edition(trace, view->edition, FACT_TEAMS); break;
    case PROPERTY_years: trace_edition(trace, view->edition, FACT_YEARS); break;
    case PROPERTY_sections: trace_edition(trace, view->edition, FACT_SECTIONS); break;
    default: trace_site(trace, FACT_SETTINGS); break;
    }
}

static struct value site_get(const void *self, struct value_key key, struct value_reader *reader)
{
    const struct view *view = self;
    const struct edition *edition = view->edition;
    note_read(view, (enum property)key.symbol);
    switch ((enum property)key.symbol) {
    case PROPERTY_time: return build_time(view, reader);
    case PROPERTY_posts:
    case PROPERTY_articles: return object_entries(&edition->articles);
    case PROPERTY_members: return object_entries(&edition->members);
    case PROPERTY_events: return object_entries(&edition->events);
    case PROPERTY_pages: return object_entries(&edition->pages);
    case PROPERTY_tags: return object_tags(&edition->tags);
    case PROPERTY_designations: return object_holdings(view, reader);
    case PROPERTY_teams: return object_teams(view, reader);
    case PROPERTY_years: return object_years(view, reader);
    case PROPERTY_sections: return sections(edition, reader);
    case PROPERTY_featured: return featured(view, reader);
    case PROPERTY_upcoming_events: return object_upcoming(view, &edition->events, reader);
    case PROPERTY_past_events: return object_past(view, &edition->events, reader);
    case PROPERTY_data: return view->plan->site->data;
    case PROPERTY_search: return value_boolean(view->plan->site->config.search);
    default: return settings_get(view, key, reader);
    }
}

static const struct value_class site_class = {.name = "site", .get = site_get};

struct value object_site(const struct view *view)
{
    return value_object(&site_class, view);
}
