#include "base/html.h"
#include "base/zone.h"
#include "pages/body.h"
#include "pages/feed_internal.h"
#include "pages/organisation.h"

void feed_begin(struct feed_writer *writer, const struct plan *plan, const struct output *output)
{
    const struct feed *feed = output->subject;
    size_t most = plan->site->config.feeds_entries;
    *writer = (struct feed_writer){
        .plan = plan,
        .site = plan->site,
        .output = output,
        .feed = feed,
        .count = feed->articles->count < most ? feed->articles->count : most,
    };
}

void feed_end(struct feed_writer *writer)
{
    arena_release(&writer->scratch);
}

struct str feed_language(const struct feed_writer *writer, const struct entry *entry)
{
    bool foreign = entry->edition != writer->output->edition;
    return foreign ? entry->edition->lang : (struct str){0};
}

struct str feed_title(struct feed_writer *writer)
{
    struct str site = writer->output->edition->settings->title;
    if (str_eq(writer->feed->title, site))
        return site;
    return arena_printf(&writer->scratch, "%.*s · %.*s", STR_ARG(writer->feed->title),
                        STR_ARG(site));
}

struct str feed_description(const struct feed_writer *writer)
{
    const struct config_edition *settings = writer->output->edition->settings;
    return settings->description.len > 0 ? settings->description : settings->title;
}

struct str feed_publisher(const struct feed_writer *writer)
{
    return organisation_name(writer->output->edition);
}

struct str feed_absolute(struct feed_writer *writer, struct str url)
{
    return url_published(writer->site, url, &writer->scratch);
}

struct str feed_self(struct feed_writer *writer)
{
    return feed_absolute(writer, writer->output->url);
}

struct str feed_page(struct feed_writer *writer)
{
    return feed_absolute(writer, writer->feed->page_url);
}

struct str feed_id(struct feed_writer *writer, const struct entry *entry)
{
    const struct field_list *aliases = &entry->record->aliases;
    struct str first =
        aliases->count > 0 ? plan_alias_path(aliases->items[0].text, &writer->scratch) : entry->url;
    return feed_absolute(writer, first);
}

struct str feed_link(struct feed_writer *writer, const struct entry *entry)
{
    return feed_absolute(writer, entry->url);
}

struct str feed_person_link(struct feed_writer *writer, const struct person *person)
{
    if (!person->member)
        return (struct str){0};
    const struct entry *bio =
        site_in_language(writer->site, person->member, writer->output->edition->lang);
    return plan_entry(writer->plan, bio) ? feed_absolute(writer, bio->url) : (struct str){0};
}

struct str feed_image(struct feed_writer *writer, const struct entry *entry)
{
    struct str url =
        body_file_url(writer->plan, entry, entry->record->image.text, &writer->scratch);
    if (url.len == 0 || url_is_external(url))
        return url;
    return arena_concat(&writer->scratch, writer->site->config.origin,
                        url_escaped(&writer->scratch, url));
}

struct str feed_summary(const struct entry *entry)
{
    const struct record *record = entry->record;
    return record->description.text.len > 0 ? record->description.text : record->body.excerpt;
}

struct date_time feed_time(const struct feed_writer *writer, int64_t utc)
{
    return date_from_seconds(utc, zone_at(writer->site->config.zone, utc).offset);
}

static int64_t published_at(const struct entry *entry)
{
    if (entry->date.given)
        return entry->date.utc;
    return entry->history ? entry->history->last.utc : 0;
}

/* An `updated` before the date of publication is a slip of the pen. */
static int64_t updated_at(const struct entry *entry)
{
    int64_t published = published_at(entry);
    return entry->updated.given && entry->updated.utc > published ? entry->updated.utc : published;
}

struct date_time feed_published(const struct feed_writer *writer, const struct entry *entry)
{
    return feed_time(writer, published_at(entry));
}

struct date_time feed_updated(const struct feed_writer *writer, const struct entry *entry)
{
    return feed_time(writer, updated_at(entry));
}

struct date_time feed_newest(const struct feed_writer *writer)
{
    if (writer->count == 0)
        return date_from_seconds(0, 0);
    int64_t newest = updated_at(writer->feed->articles->items[0]);
    for (size_t i = 1; i < writer->count; i++) {
        int64_t updated = updated_at(writer->feed->articles->items[i]);
        newest = updated > newest ? updated : newest;
    }
    return feed_time(writer, newest);
}
