/* JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/). */
#include "pages/body.h"
#include "pages/feed_internal.h"
#include "pages/json.h"

static void add_author(struct str name, struct str url, struct buf *out)
{
    json_open_object(out, NULL);
    json_add_text(out, "name", name);
    json_add_given(out, "url", url);
    json_close_object(out);
}

static void add_authors(struct feed_writer *writer, const struct entry *entry, struct buf *out)
{
    if (entry->authors.count == 0)
        return;
    json_open_list(out, "authors");
    for (size_t i = 0; i < entry->authors.count; i++) {
        const struct person *person = &entry->authors.items[i];
        add_author(person->name, feed_person_link(writer, person), out);
    }
    json_close_list(out);
}

static void add_tags(const struct entry *entry, struct buf *out)
{
    if (entry->tags.count == 0)
        return;
    json_open_list(out, "tags");
    for (size_t i = 0; i < entry->tags.count; i++)
        json_add_text(out, NULL, entry->tags.items[i]->name);
    json_close_list(out);
}

/* An item must have one of the two forms of content; `summary` is beside the full one only. */
static void add_content(struct feed_writer *writer, const struct entry *entry, struct buf *out)
{
    struct str summary = feed_summary(entry);
    if (!writer->feed->full) {
        json_add_text(out, "content_text", summary);
        return;
    }
    struct buf body = {0};
    body_write(writer->plan, entry, BODY_FEED, &body);
    json_add_text(out, "content_html", buf_str(&body));
    buf_release(&body);
    json_add_given(out, "summary", summary);
}

static void add_item(struct feed_writer *writer, const struct entry *entry, struct buf *out)
{
    struct date_time published = feed_published(writer, entry);
    struct date_time updated = feed_updated(writer, entry);
    json_open_object(out, NULL);
    json_add_text(out, "id", feed_id(writer, entry));
    json_add_text(out, "url", feed_link(writer, entry));
    json_add_text(out, "title", entry->record->title.text);
    add_content(writer, entry, out);
    json_add_given(out, "image", feed_image(writer, entry));
    json_add_date(out, "date_published", &published);
    json_add_date(out, "date_modified", &updated);
    add_authors(writer, entry, out);
    add_tags(entry, out);
    json_add_text(out, "language", entry->edition->lang);
    json_close_object(out);
}

void feed_write_json(const struct plan *plan, const struct output *output, struct buf *out)
{
    struct feed_writer writer;
    feed_begin(&writer, plan, output);
    json_open_object(out, NULL);
    json_add_text(out, "version", STR("https://jsonfeed.org/version/1.1"));
    json_add_text(out, "title", feed_title(&writer));
    json_add_text(out, "home_page_url", feed_page(&writer));
    json_add_text(out, "feed_url", feed_self(&writer));
    json_add_given(out, "description", output->edition->settings->description);
    json_add_text(out, "language", output->edition->lang);
    json_open_list(out, "authors");
    add_author(feed_publisher(&writer), url_absolute(plan->site, STR("/"), &writer.scratch), out);
    json_close_list(out);
    json_open_list(out, "items");
    for (size_t i = 0; i < writer.count; i++)
        add_item(&writer, writer.feed->articles->items[i], out);
    json_close_list(out);
    json_close_object(out);
    buf_addc(out, '\n');
    feed_end(&writer);
}
