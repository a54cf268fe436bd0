#include "base/html.h"
#include "pages/badge.h"
#include "pages/objects.h"

#include <string.h>

/* Most pages that name a group show nothing of who is in it. */
static void trace_property(const void *group, enum property property,
                           const struct value_reader *reader)
{
    switch (property) {
    case PROPERTY_name:
    case PROPERTY_title:
    case PROPERTY_code:
    case PROPERTY_slug:
    case PROPERTY_url: trace_subject_name(view_of(reader)->trace, group); break;
    default: trace_subject(view_of(reader)->trace, group); break;
    }
}

static struct value tag_get(const void *self, struct value_key key, struct value_reader *reader)
{
    const struct tag *tag = self;
    trace_property(self, (enum property)key.symbol, reader);
    switch ((enum property)key.symbol) {
    case PROPERTY_name:
    case PROPERTY_title: return value_text(tag->name);
    case PROPERTY_slug: return value_text(tag->slug);
    case PROPERTY_url: return object_url(tag->url, reader);
    case PROPERTY_description: return value_text_or_nil(tag->description);
    case PROPERTY_intro: return value_text_or_nil(tag->intro);
    case PROPERTY_parent: return tag->parent ? object_tag(tag->parent) : value_nil();
    case PROPERTY_narrower: return object_tags(&tag->narrower);
    case PROPERTY_count: return value_integer((int64_t)(tag->articles.count + tag->events.count));
    case PROPERTY_articles: return object_entries(&tag->articles);
    case PROPERTY_events: return object_events(view_of(reader), &tag->events, reader);
    case PROPERTY_calendar_url:
        return object_planned(arena_concat(reader->arena, tag->url, STR("events.ics")), reader);
    case PROPERTY_feed_url:
        return object_planned(arena_concat(reader->arena, tag->url, STR("feed.xml")), reader);
    default: return value_nil();
    }
}

static struct value tag_print(const void *self, struct value_reader *reader)
{
    (void)reader;
    return value_text(((const struct tag *)self)->name);
}

static const struct value_class tag_class = {
    .name = "tag", .lasting = true, .get = tag_get, .print = tag_print};

struct value object_tag(const struct tag *tag)
{
    return value_object(&tag_class, tag);
}

static struct value badge_of(const struct designation *designation, struct value_reader *reader)
{
    struct str url = badge_find(view_of(reader)->plan, designation, reader->arena);
    return url.len == 0 || url_is_external(url) ? value_text_or_nil(url) : object_url(url, reader);
}

static struct value holding_get(const void *self, struct value_key key, struct value_reader *reader)
{
    const struct holding *holding = self;
    trace_property(self, (enum property)key.symbol, reader);
    const struct designation *designation = holding->designation;
    switch ((enum property)key.symbol) {
    case PROPERTY_code: return value_text(designation->code);
    case PROPERTY_name:
    case PROPERTY_title: return value_text(holding->words.name);
    case PROPERTY_issuer: return value_text_or_nil(holding->words.issuer);
    case PROPERTY_level: return value_text_or_nil(holding->words.level);
    case PROPERTY_description: return value_text_or_nil(holding->words.description);
    case PROPERTY_website: return value_text_or_nil(holding->words.url);
    case PROPERTY_badge: return badge_of(designation, reader);
    case PROPERTY_url: return object_url(holding->url, reader);
    case PROPERTY_slug: return value_text(designation->slug);
    case PROPERTY_holders:
    case PROPERTY_members: return object_entries(&holding->holders);
    case PROPERTY_count: return value_integer((int64_t)holding->holders.count);
    case PROPERTY_training:
        trace_edition(view_of(reader)->trace, view_of(reader)->edition, FACT_EVENTS);
        return object_training(holding, reader);
    default: return value_nil();
    }
}

static struct value holding_print(const void *self, struct value_reader *reader)
{
    (void)reader;
    return value_text(((const struct holding *)self)->designation->code);
}

static const struct value_class holding_class = {
    .name = "designation", .get = holding_get, .print = holding_print};

struct value object_holding(const struct holding *holding)
{
    return value_object(&holding_class, holding);
}

struct value object_holdings(const struct view *view, struct value_reader *reader)
{
    const struct edition *edition = view->edition;
    struct value *items = arena_zalloc(reader->arena, edition->holding_count, sizeof *items);
    for (size_t i = 0; i < edition->holding_count; i++)
        items[i] = object_holding(&edition->holdings[i]);
    return value_list(reader->arena, items, edition->holding_count);
}

/* A member of a team with the title they have in it. */
static struct value team_members(const struct team *team, struct value_reader *reader)
{
    struct value *items = arena_zalloc(reader->arena, team->members.count, sizeof *items);
    for (size_t i = 0; i < team->members.count; i++) {
        const struct entry *member = team->members.items[i];
        struct str title = {0};
        for (size_t j = 0; j < member->position_count; j++) {
            const struct team *of = member->positions[j].team;
            if (of && str_eq(of->slug, team->slug) && title.len == 0)
                title = member->positions[j].title;
        }
        const struct value_entry parts[] = {{STR("member"), object_entry(member)},
                                            {STR("title"), value_text_or_nil(title)}};
        items[i] = object_map(reader, parts, 2);
    }
    return value_list(reader->arena, items, team->members.count);
}

static struct value team_get(const void *self, struct value_key key, struct value_reader *reader)
{
    const struct team *team = self;
    trace_property(self, (enum property)key.symbol, reader);
    switch ((enum property)key.symbol) {
    case PROPERTY_name:
    case PROPERTY_title: return value_text(team->name);
    case PROPERTY_slug: return value_text(team->slug);
    case PROPERTY_url: return object_url(team->url, reader);
    case PROPERTY_members: return team_members(team, reader);
    case PROPERTY_count: return value_integer((int64_t)team->members.count);
    default: return value_nil();
    }
}

static const struct value_class team_class = {.name = "team", .get = team_get};

struct value object_team(const struct team *team)
{
    return value_object(&team_class, team);
}

struct value object_teams(const struct view *view, struct value_reader *reader)
{
    const struct edition *edition = view->edition;
    struct value *items = arena_zalloc(reader->arena, edition->team_count, sizeof *items);
    for (size_t i = 0; i < edition->team_count; i++)
        items[i] = object_team(edition->teams[i]);
    return value_list(reader->arena, items, edition->team_count);
}

struct value object_months(const struct view *view, struct value_reader *reader)
{
    const struct edition_plan *sections = view->sections;
    struct value *items = arena_zalloc(reader->arena, sections->month_count, sizeof *items);
    for (size_t i = 0; i < sections->month_count; i++) {
        const struct month *month = &sections->months[i];
        const struct date_time first = {
            .year = (int16_t)month->year, .month = (int8_t)month->month, .day = 1};
        const struct value_entry parts[] = {
            {STR("year"), value_integer(month->year)},
            {STR("month"), value_integer(month->month)},
            {STR("date"), value_time(reader->arena, first, (struct str){0})},
            {STR("url"), object_url(month->url, reader)},
            {STR("count"), value_integer((int64_t)month->occurrences.count)},
        };
        items[i] = object_map(reader, parts, 5);
    }
    return value_list(reader->arena, items, sections->month_count);
}

static struct value facet_choice(const struct view *view, const struct facet *facet,
                                 struct value_reader *reader)
{
    const struct value_entry parts[] = {
        {STR("label"), value_text(facet->label)},
        {STR("url"), object_url(facet->url, reader)},
        {STR("count"), value_integer((int64_t)facet->members.count)},
        {STR("current"), value_boolean(view_output(view)->subject == facet)},
    };
    return object_map(reader, parts, 4);
}

static struct value facets_of_kind(const struct view *view, const char *kind,
                                   struct value_reader *reader)
{
    const struct edition_plan *sections = view->sections;
    const struct facet *first = sections->facets;
    const struct facet *end = first + sections->facet_count;
    while (first < end && strcmp(first->kind, kind) != 0)
        first++;
    const struct facet *behind = first;
    while (behind < end && strcmp(behind->kind, kind) == 0)
        behind++;
    size_t count = (size_t)(behind - first);
    struct value *items = arena_alloc(reader->arena, count * sizeof *items);
    for (size_t i = 0; i < count; i++)
        items[i] = facet_choice(view, &first[i], reader);
    return value_list(reader->arena, items, count);
}

struct value object_places(const struct view *view, const struct holding *holding,
                           struct value_reader *reader)
{
    const struct edition_plan *sections = view->sections;
    struct value *items = arena_zalloc(reader->arena, sections->facet_count, sizeof *items);
    size_t count = 0;
    for (size_t i = 0; i < sections->facet_count; i++) {
        if (sections->facets[i].holding == holding)
            items[count++] = facet_choice(view, &sections->facets[i], reader);
    }
    return value_list(reader->arena, items, count);
}

struct value object_facets(const struct view *view, struct value_reader *reader)
{
    const struct edition *edition = view->edition;
    const struct facet *shown =
        view_output(view)->kind == OUTPUT_FACET ? view->output->subject : NULL;
    struct value *designations =
        arena_zalloc(reader->arena, edition->holding_count, sizeof *designations);
    size_t count = 0;
    for (size_t i = 0; i < edition->holding_count; i++) {
        const struct holding *holding = &edition->holdings[i];
        if (holding->holders.count == 0)
            continue;
        const struct value_entry parts[] = {
            {STR("label"), value_text(holding->designation->code)},
            {STR("url"), object_url(holding->url, reader)},
            {STR("count"), value_integer((int64_t)holding->holders.count)},
            {STR("current"), value_boolean(shown && shown->holding == holding)},
        };
        designations[count++] = object_map(reader, parts, 4);
    }
    const struct value_entry all[] = {
        {STR("letters"), facets_of_kind(view, "letter", reader)},
        {STR("locations"), facets_of_kind(view, "location", reader)},
        {STR("languages"), facets_of_kind(view, "language", reader)},
        {STR("services"), facets_of_kind(view, "service", reader)},
        {STR("designations"), value_list(reader->arena, designations, count)},
    };
    return object_map(reader, all, 5);
}
