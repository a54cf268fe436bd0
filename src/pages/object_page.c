/* `page`: what the page being made is about. On a record's page it has all of the record's
 * properties; on the others what their templates list. */
#include "pages/alternates.h"
#include "pages/body.h"
#include "pages/forge.h"
#include "pages/jsonld.h"
#include "pages/objects.h"

static const struct {
    const char *name;  /* page.kind */
    const char *title; /* the word that is its title, or NULL: the subject's own */
} kinds[] = {
    [OUTPUT_HOME] = {"home", NULL},
    [OUTPUT_ENTRY] = {NULL, NULL},
    [OUTPUT_ARCHIVE] = {"archive", "title_archive"},
    [OUTPUT_YEAR] = {"archive", NULL},
    [OUTPUT_YEAR_MONTH] = {"archive", NULL},
    [OUTPUT_TAGS] = {"tags", "title_tags"},
    [OUTPUT_TAG] = {"tag", NULL},
    [OUTPUT_MEMBERS] = {"members", "title_members"},
    [OUTPUT_FACET] = {"members", NULL},
    [OUTPUT_DESIGNATIONS] = {"designations", "title_designations"},
    [OUTPUT_DESIGNATION] = {"designation", NULL},
    [OUTPUT_EVENTS] = {"events", "title_events"},
    [OUTPUT_MONTH] = {"month", NULL},
    [OUTPUT_TEAMS] = {"teams", "title_teams"},
    [OUTPUT_TEAM] = {"team", NULL},
    [OUTPUT_SEARCH] = {"search", "title_search"},
    [OUTPUT_NOT_FOUND] = {"404", "title_404"},
    [OUTPUT_REDIRECT] = {"redirect", NULL},
};

static struct value month_title(const struct view *view, int year, int month,
                                struct value_reader *reader)
{
    const struct date_time first = {.year = (int16_t)year, .month = (int8_t)month, .day = 1};
    struct buf title = {0};
    date_format(&title, &first, words_format(view->edition->words, STR("month")), (struct str){0},
                words_dates(view->edition->words));
    struct value value = value_text(arena_str(reader->arena, buf_str(&title)));
    buf_release(&title);
    return value;
}

static struct str word_of(const struct view *view, struct str key, struct value_reader *reader)
{
    struct str word = words_find(view->edition->words, key, NULL, reader->arena);
    return word.len > 0 ? word : key;
}

static struct value facet_title(const struct view *view, const struct facet *facet,
                                struct value_reader *reader)
{
    if (str_eq(str_from(facet->kind), STR("language"))) {
        /* Members name their languages by code or by name; a code has a word of its own. */
        struct str key = arena_printf(reader->arena, "speak_%.*s", STR_ARG(facet->label));
        struct str name = words_find(view->edition->words, key, NULL, reader->arena);
        return value_text(name.len > 0 ? name : facet->label);
    }
    if (!facet->holding)
        return value_text(facet->label);
    return value_text(arena_printf(reader->arena, "%.*s, %.*s",
                                   STR_ARG(facet->holding->designation->code),
                                   STR_ARG(facet->label)));
}

static struct value title_of(const struct view *view, struct value_reader *reader)
{
    const struct output *output = view->output;
    switch (output->kind) {
    case OUTPUT_HOME: return value_text(view->edition->settings->title);
    case OUTPUT_YEAR:
        return value_text(arena_printf(reader->arena, "%.*s %d",
                                       STR_ARG(word_of(view, STR("title_archive"), reader)),
                                       ((const struct year *)output->subject)->year));
    case OUTPUT_TAG: return value_text(((const struct tag *)output->subject)->name);
    case OUTPUT_FACET: return facet_title(view, output->subject, reader);
    case OUTPUT_DESIGNATION:
        return value_text(((const struct holding *)output->subject)->words.name);
    case OUTPUT_TEAM: return value_text(((const struct team *)output->subject)->name);
    case OUTPUT_MONTH: {
        const struct month *month = output->subject;
        return month_title(view, month->year, month->month, reader);
    }
    case OUTPUT_YEAR_MONTH: {
        const struct year_month *month = output->subject;
        return month_title(view, month->year, month->month, reader);
    }
    case OUTPUT_REDIRECT: return value_text(((const struct alias *)output->subject)->title);
    default: break;
    }
    return value_text(word_of(view, str_from(kinds[output->kind].title), reader));
}

/* The Atom feed that fits the page: the tag's, the author's, else the site's. */
static struct str feed_of(const struct view *view, struct value_reader *reader)
{
    const struct output *output = view->output;
    struct str folder = arena_concat(reader->arena, view->edition->prefix, STR("/"));
    const struct config *config = &view->plan->site->config;
    if (output->kind == OUTPUT_TAG && config->feeds_of_tags)
        folder = output->url;
    if (output->kind == OUTPUT_ENTRY && config->feeds_of_members) {
        const struct entry *entry = output->subject;
        if (entry->kind == KIND_MEMBER && site_written(view->edition, entry->group)->count > 0)
            folder = entry->url;
    }
    return arena_concat(reader->arena, folder, STR("feed.xml"));
}

static struct value alternate(struct str lang, struct str url, struct value_reader *reader)
{
    const struct value_entry parts[] = {{STR("lang"), value_text(lang)},
                                        {STR("url"), object_permalink(url, reader)},
                                        {STR("href"), object_url(url, reader)}};
    return object_map(reader, parts, 3);
}

/* The same page in the site's languages, its own included, the default language's first. */
static struct value alternates(const struct view *view, struct value_reader *reader)
{
    const struct site *site = view->plan->site;
    struct value *items = arena_zalloc(reader->arena, site->edition_count, sizeof *items);
    size_t count = 0;
    for (size_t i = 0; i < site->edition_count; i++) {
        const struct output *other = alternates_find(view->plan, view->output, &site->editions[i]);
        if (other)
            items[count++] = alternate(site->editions[i].lang, other->url, reader);
    }
    return value_list(reader->arena, items, count);
}

static struct value json_ld(const struct view *view, struct value_reader *reader)
{
    enum { USUAL = 4000 };
    struct buf script = {0};
    buf_reserve(&script, USUAL);
    jsonld_write(view->plan, view->output, reader->arena, &script);
    struct value value =
        script.len > 0 ? value_html(arena_str(reader->arena, buf_str(&script))) : value_nil();
    buf_release(&script);
    return value;
}

static struct value month_link(const struct month *month, struct value_reader *reader)
{
    if (!month)
        return value_nil();
    const struct date_time first = {
        .year = (int16_t)month->year, .month = (int8_t)month->month, .day = 1};
    const struct value_entry parts[] = {
        {STR("url"), object_url(month->url, reader)},
        {STR("date"), value_time(reader->arena, first, (struct str){0})}};
    return object_map(reader, parts, 2);
}

static struct value month_get(const struct month *month, enum property property,
                              struct value_reader *reader)
{
    const struct date_time first = {
        .year = (int16_t)month->year, .month = (int8_t)month->month, .day = 1};
    switch (property) {
    case PROPERTY_year: return value_integer(month->year);
    case PROPERTY_month: return value_integer(month->month);
    case PROPERTY_first_day: return value_time(reader->arena, first, (struct str){0});
    case PROPERTY_weeks: return object_weeks(month, reader);
    case PROPERTY_events: return object_month_events(month, reader);
    case PROPERTY_previous: return month_link(month->previous, reader);
    case PROPERTY_next: return month_link(month->next, reader);
    default: return value_nil();
    }
}

static struct value directory_get(const struct view *view, enum property property,
                                  struct value_reader *reader)
{
    const struct facet *facet = view->output->kind == OUTPUT_FACET ? view->output->subject : NULL;
    switch (property) {
    case PROPERTY_members: return object_entries(facet ? &facet->members : &view->edition->members);
    case PROPERTY_facet: return facet ? value_text(str_from(facet->kind)) : value_nil();
    case PROPERTY_facets:
        trace_edition(view->trace, view->edition, FACT_FACETS);
        trace_edition(view->trace, view->edition, FACT_HOLDINGS);
        return object_facets(view, reader);
    case PROPERTY_bio_form_url:
        return facet ? value_nil()
                     : value_text_or_nil(
                           forge_bio_url(view->plan->site, view->edition, reader->arena));
    case PROPERTY_designation:
        return facet && facet->holding ? object_holding(facet->holding) : value_nil();
    default: return value_nil();
    }
}

/* What only the page of this kind of subject has. */
static struct value subject_get(const struct view *view, enum property property,
                                struct value_reader *reader)
{
    const struct output *output = view->output;
    switch (output->kind) {
    case OUTPUT_ARCHIVE:
    case OUTPUT_YEAR:
    case OUTPUT_YEAR_MONTH: return object_archive_get(view, property, reader);
    case OUTPUT_TAGS:
        return property == PROPERTY_tags ? object_tags(&view->edition->tags) : value_nil();
    case OUTPUT_TAG:
        return property == PROPERTY_tag ? object_tag(output->subject)
               : property == PROPERTY_articles
                   ? object_entries(&((const struct tag *)output->subject)->articles)
               : property == PROPERTY_events
                   ? object_events(view, &((const struct tag *)output->subject)->events, reader)
                   : value_nil();
    case OUTPUT_MEMBERS:
    case OUTPUT_FACET: return directory_get(view, property, reader);
    case OUTPUT_DESIGNATIONS:
        return property == PROPERTY_designations ? object_holdings(view, reader) : value_nil();
    case OUTPUT_DESIGNATION:
        return property == PROPERTY_designation ? object_holding(output->subject)
               : property == PROPERTY_places    ? object_places(view, output->subject, reader)
                                                : value_nil();
    case OUTPUT_EVENTS:
        return property == PROPERTY_upcoming ? object_upcoming(view, &view->edition->events, reader)
               : property == PROPERTY_past   ? object_past(view, &view->edition->events, reader)
               : property == PROPERTY_past_years ? object_past_years(view, reader)
               : property == PROPERTY_months     ? object_months(view, reader)
                                                 : value_nil();
    case OUTPUT_MONTH: return month_get(output->subject, property, reader);
    case OUTPUT_TEAMS: return property == PROPERTY_teams ? object_teams(view, reader) : value_nil();
    case OUTPUT_TEAM: return property == PROPERTY_team ? object_team(output->subject) : value_nil();
    case OUTPUT_REDIRECT:
        return property == PROPERTY_target
                   ? object_permalink(((const struct alias *)output->subject)->to, reader)
                   : value_nil();
    default: return value_nil();
    }
}

static struct value social_picture(const struct view *view, struct value_reader *reader)
{
    struct str url = plan_social(view->plan, view->output, reader->arena);
    return url.len > 0 ? object_url(url, reader) : value_nil();
}

static struct value page_get(const void *self, struct value_key key, struct value_reader *reader)
{
    const struct view *view = self;
    const struct output *output = view->output;
    switch ((enum property)key.symbol) {
    case PROPERTY_alternates: return alternates(view, reader);
    case PROPERTY_jsonld: return json_ld(view, reader);
    case PROPERTY_feed_url: return object_url(feed_of(view, reader), reader);
    case PROPERTY_lang: return value_text(view->edition->lang);
    case PROPERTY_social_picture: return social_picture(view, reader);
    default: break;
    }
    if (output->kind == OUTPUT_ENTRY)
        return object_entry_get(output->subject, key, reader);
    switch ((enum property)key.symbol) {
    case PROPERTY_kind: return value_text(str_from(kinds[output->kind].name));
    case PROPERTY_title: return title_of(view, reader);
    case PROPERTY_url: return object_url(output->url, reader);
    case PROPERTY_permalink: return object_permalink(output->url, reader);
    case PROPERTY_description:
        return output->kind == OUTPUT_HOME ? value_text_or_nil(view->edition->settings->description)
                                           : value_nil();
    case PROPERTY_noindex:
        return value_boolean(output->kind == OUTPUT_NOT_FOUND || output->kind == OUTPUT_REDIRECT);
    default: return subject_get(view, (enum property)key.symbol, reader);
    }
}

static const struct value_class page_class = {.name = "page", .get = page_get};

struct value object_page(const struct view *view)
{
    return value_object(&page_class, view);
}
