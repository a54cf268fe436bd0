/* The site as layouts see it: a value class for each thing, over the frozen site and plan.
 *
 * Every class gets its view through value_reader.context: which page is being made, in which
 * language. That is the one seam between layouts and the site, where a page's reads can be noted
 * (DESIGN §5). Values are made in the reader's arena and live as long as the page's rendering. */
#ifndef COPSE_PAGES_OBJECTS_H
#define COPSE_PAGES_OBJECTS_H

#include "lang/value.h"
#include "pages/facts.h"
#include "pages/plan.h"
#include "pages/properties.h"

/* One page in the making. */
struct view {
    const struct plan *plan;
    const struct output *output;
    const struct edition *edition;       /* of the output */
    const struct edition_plan *sections; /* of that edition */
    struct trace *trace;                 /* what is read is noted here; may be NULL */
    bool *of_page;                       /* set by view_output(); may be NULL */
};

static inline const struct view *view_of(const struct value_reader *reader)
{
    return reader->context;
}

/* The output, for what is not the same on every page of the edition, whatever it is read from: a
 * partial that reads it is run anew for each page (struct liquid_memo). */
static inline const struct output *view_output(const struct view *view)
{
    if (view->of_page)
        *view->of_page = true;
    return view->output;
}

/* object_entry.c: articles, events, free pages and comments; members go to object_member.c. */
struct value object_entry(const struct entry *entry);
/* How long its body takes to read, in minutes. */
int64_t entry_reading_minutes(const struct entry *entry);
/* The property of an entry, as {{ article.title }} reads it. */
struct value object_entry_get(const struct entry *entry, struct value_key key,
                              struct value_reader *reader);

/* object_event.c, object_comment.c: what only these have; VALUE_NIL and false if it is none of
 * theirs. */
bool object_event_get(const struct entry *entry, enum property property,
                      struct value_reader *reader, struct value *out);
bool object_comment_get(const struct entry *entry, enum property property,
                        struct value_reader *reader, struct value *out);

/* object_member.c: members, the people in bylines, and what they hold. */
bool object_member_get(const struct entry *member, enum property property,
                       struct value_reader *reader, struct value *out);
struct value object_person(const struct person *person);
struct value object_people(const struct person_list *people);

/* object_lists.c: lazy lists. The lists must outlive the page. */
struct value object_entries(const struct entry_list *list);
struct value object_tags(const struct tag_list *list);
/* A list of whatever the caller made in the reader's arena. */
struct value object_list(struct value_reader *reader, const struct value *items, size_t count);

/* object_groups.c: what entries are grouped by. */
struct value object_tag(const struct tag *tag);
struct value object_holding(const struct holding *holding);
struct value object_holdings(const struct view *view, struct value_reader *reader);
struct value object_team(const struct team *team);
struct value object_teams(const struct view *view, struct value_reader *reader);
/* object_archive.c: the archive's pages, all years or one year or month. */
struct value object_archive_get(const struct view *view, enum property property,
                                struct value_reader *reader);
struct value object_years(const struct view *view, struct value_reader *reader);
struct value object_months(const struct view *view, struct value_reader *reader);
struct value object_facets(const struct view *view, struct value_reader *reader);
/* Where the holders of a designation practise: a facet for each place. */
struct value object_places(const struct view *view, const struct holding *holding,
                           struct value_reader *reader);

/* object_month.c: the weeks of a month's page. */
struct value object_weeks(const struct month *month, struct value_reader *reader);

/* object_page.c, object_site.c, object_paginator.c: the globals. `self` is the view. */
struct value object_page(const struct view *view);
struct value object_site(const struct view *view);
struct value object_paginator(const struct view *view);

/* Small values. */
struct value object_url(struct str url, struct value_reader *reader);       /* with the base path */
/* Nil where site.yml leaves that output out, or nothing else makes it. */
struct value object_planned(struct str url, struct value_reader *reader);
struct value object_permalink(struct str url, struct value_reader *reader); /* absolute */
struct value object_moment(const struct moment *moment, struct value_reader *reader);
struct value object_text_list(const struct field_list *list, struct value_reader *reader);
/* A map of text values, absent ones left out; `pairs` are key and value in turn. */
struct value object_map(struct value_reader *reader, const struct value_entry *entries,
                        size_t count);
/* object_occurrence.c: an event at one of its times: its own start, end, title, location,
 * cancelled, past and moved_from, and of the event all else. */
struct value object_occurrence(const struct occurrence *occurrence);
/* Those of a series that are still to come, all of an event in sessions; nil for other events. */
struct value object_dates(const struct entry *event, struct value_reader *reader);
struct value object_sessions(const struct entry *event, struct value_reader *reader);
/* What takes place in a month. */
struct value object_month_events(const struct month *month, struct value_reader *reader);
/* What is over, by year (latest first); a series once a year, at its last time in it. */
struct value object_past_years(const struct view *view, struct value_reader *reader);

/* object_training.c: the hours of continuing education for a designation, in coming events. */
struct value object_training(const struct holding *holding, struct value_reader *reader);

/* The events of a list that are still to come (soonest first, each at its next time), that are over
 * (latest first, each at its last time), or the one behind the other. */
struct value object_events(const struct view *view, const struct entry_list *events,
                           struct value_reader *reader);
struct value object_upcoming(const struct view *view, const struct entry_list *events,
                             struct value_reader *reader);
struct value object_past(const struct view *view, const struct entry_list *events,
                         struct value_reader *reader);

#endif
