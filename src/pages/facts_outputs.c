/* What is read for an output besides what its template looks at. */
#include "base/vec.h"
#include "pages/calendars.h"
#include "pages/facts.h"
#include "pages/stylesheets.h"

/* In each language: which of them a page shows depends on the page's own. */
static void trace_group(struct trace *trace, const struct group *group)
{
    for (size_t i = 0; group && i < group->count; i++)
        trace_entry(trace, group->entries[i], FACT_CARD);
}

static void trace_people(struct trace *trace, const struct person_list *people)
{
    for (size_t i = 0; i < people->count; i++)
        trace_group(trace, people->items[i].member);
}

/* A record and all that stands in its byline or under it. */
static void trace_written(struct trace *trace, const struct entry *entry)
{
    trace_entry(trace, entry, FACT_CARD);
    trace_entry(trace, entry, FACT_BODY);
    trace_entry(trace, entry, FACT_COMMENTS);
    trace_people(trace, &entry->authors);
    trace_people(trace, &entry->editors);
    trace_people(trace, &entry->with);
    trace_people(trace, &entry->speakers);
    trace_people(trace, &entry->organisers);
}

/* And what it stands beside; for its page and its structured data. */
static void trace_whole(struct trace *trace, const struct entry *entry)
{
    trace_written(trace, entry);
    trace_entry(trace, entry, FACT_RELATIONS);
}

/* No recursion: a stranger decides how deep a thread is. */
static void trace_thread(struct trace *trace, const struct group *group)
{
    struct entry_list waiting = {0};
    struct arena scratch = {0};
    for (size_t i = 0; i < group->comments.count; i++)
        *vec_push(&scratch, &waiting) = group->comments.items[i];
    while (waiting.count > 0) {
        const struct entry *comment = waiting.items[--waiting.count];
        trace_whole(trace, comment);
        for (size_t i = 0; i < comment->replies.count; i++)
            *vec_push(&scratch, &waiting) = comment->replies.items[i];
    }
    arena_release(&scratch);
}

static void trace_cards(struct trace *trace, const struct entry_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        trace_entry(trace, list->items[i], FACT_CARD);
}

static void trace_feed(struct trace *trace, const struct output *output)
{
    const struct feed *feed = output->subject;
    const struct site *site = trace->facts->plan->site;
    uint64_t most = (uint64_t)site->config.feeds_entries;
    for (size_t i = 0; i < feed->articles->count && i < most; i++)
        trace_written(trace, feed->articles->items[i]);
}

static void trace_discussion(struct trace *trace, const struct output *output)
{
    const struct discussion *discussion = output->subject;
    if (discussion->article)
        trace_whole(trace, discussion->article);
    for (size_t i = 0; i < discussion->comments.count; i++) {
        const struct entry *comment = discussion->comments.items[i];
        trace_whole(trace, comment);
        trace_group(trace, comment->commented);
    }
}

static void trace_calendar(struct trace *trace, const struct output *output)
{
    const struct calendar_file *file = output->subject;
    trace_site(trace, FACT_MOMENT);
    if (file->event)
        trace_whole(trace, file->event);
    else
        trace_edition(trace, output->edition, FACT_EVENTS);
}

static void trace_page(struct trace *trace, const struct output *output)
{
    const struct edition *edition = output->edition;
    switch (output->kind) {
    case OUTPUT_ENTRY: trace_whole(trace, output->subject); break;
    case OUTPUT_ARCHIVE:
        trace_edition(trace, edition, FACT_YEARS);
        trace_edition(trace, edition, FACT_ARTICLES);
        break;
    case OUTPUT_TAGS: trace_edition(trace, edition, FACT_TAGS); break;
    case OUTPUT_MEMBERS: trace_edition(trace, edition, FACT_MEMBERS); break;
    case OUTPUT_DESIGNATIONS: trace_edition(trace, edition, FACT_HOLDINGS); break;
    case OUTPUT_DESIGNATION: trace_edition(trace, edition, FACT_EVENTS); break;
    case OUTPUT_EVENTS:
        trace_edition(trace, edition, FACT_EVENTS);
        trace_edition(trace, edition, FACT_YEARS);
        break;
    case OUTPUT_TEAMS: trace_edition(trace, edition, FACT_TEAMS); break;
    case OUTPUT_YEAR:
    case OUTPUT_YEAR_MONTH: trace_edition(trace, edition, FACT_YEARS); break;
    case OUTPUT_MONTH: trace_edition(trace, edition, FACT_EVENTS); break;
    default: break;
    }
    trace_subject(trace, output->subject);
    trace_output_plan(trace, output);
    trace_layout(trace, output->layout);
    trace_site(trace, FACT_SETTINGS);
    trace_site(trace, FACT_WORDS);
}

void trace_before(struct trace *trace, const struct output *output)
{
    if (!trace)
        return;
    if (output_is_page(output)) {
        trace_page(trace, output);
        if (output->kind == OUTPUT_ENTRY)
            trace_thread(trace, ((const struct entry *)output->subject)->group);
        return;
    }
    trace_site(trace, FACT_SETTINGS);
    trace_site(trace, FACT_WORDS);
    trace_output_plan(trace, output); /* which of the writers it is too */
    switch (output->kind) {
    case OUTPUT_ATOM:
    case OUTPUT_RSS:
    case OUTPUT_JSON_FEED: trace_feed(trace, output); break;
    case OUTPUT_CREDENTIAL:
        trace_whole(trace, ((const struct credential *)output->subject)->member);
        break;
    case OUTPUT_ASSET: /* a stylesheet may hold others */
        if (stylesheet_is(output->subject))
            trace_site(trace, FACT_ASSETS);
        break;
    case OUTPUT_ICON:
    case OUTPUT_SEARCH_FILE:
    case OUTPUT_VARIANT:
    case OUTPUT_ATTACHMENT:
    case OUTPUT_SOCIAL: /* by who renders it */
    case OUTPUT_HEADERS:
    case OUTPUT_NGINX_HEADERS:
    case OUTPUT_APACHE_HEADERS:
    case OUTPUT_SECURITY:
    case OUTPUT_HUMANS:
    case OUTPUT_ROBOTS: break;
    case OUTPUT_MANIFEST: trace_site(trace, FACT_ASSETS); break;
    case OUTPUT_SITEMAP: trace_site(trace, FACT_ADDRESSES); break;
    case OUTPUT_REDIRECTS:
    case OUTPUT_NGINX:
    case OUTPUT_APACHE:
        trace_site(trace, FACT_ALIASES);
        if (trace->facts->plan->site->removed_count > 0) /* unless there is a page again */
            trace_site(trace, FACT_ADDRESSES);
        break;
    case OUTPUT_ROSTER:
        trace_edition(trace, output->edition, FACT_HOLDINGS);
        for (size_t i = 0; i < output->edition->holding_count; i++)
            trace_subject(trace, &output->edition->holdings[i]);
        trace_cards(trace, &output->edition->members);
        break;
    case OUTPUT_COMMENTS: trace_discussion(trace, output); break;
    case OUTPUT_CALENDAR: trace_calendar(trace, output); break;
    default:
        trace_site(trace, FACT_EVERYTHING);
        trace_site(trace, FACT_ALL_BODIES);
        break;
    }
}
