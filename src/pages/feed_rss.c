/* RSS 2.0 (https://www.rssboard.org/rss-specification) with the extensions readers rely on. */
#include "base/html.h"
#include "pages/body.h"
#include "pages/feed_internal.h"
#include "pages/xml.h"

static void add_time(struct buf *out, const char *name, struct date_time time)
{
    buf_addf(out, "<%s>", name);
    date_rfc822(out, &time);
    buf_addf(out, "</%s>\n", name);
}

static void add_guid(struct feed_writer *writer, const struct entry *entry, struct buf *out)
{
    struct str id = feed_id(writer, entry);
    bool permanent = str_eq(id, feed_link(writer, entry));
    buf_adds(out, permanent ? "<guid isPermaLink=\"true\">" : "<guid isPermaLink=\"false\">");
    xml_escape(out, id);
    buf_adds(out, "</guid>\n");
}

static void add_content(struct feed_writer *writer, const struct entry *entry, struct buf *out)
{
    struct buf body = {0};
    body_write(writer->plan, entry, BODY_FEED, &body);
    xml_add_text(out, "content:encoded", buf_str(&body));
    buf_release(&body);
}

/* `description` is HTML to most readers: the plain text of the summary is escaped once as HTML and
 * once as XML. */
static void add_summary(const struct entry *entry, struct buf *out)
{
    struct buf html = {0};
    html_escape(&html, feed_summary(entry));
    xml_add_given(out, "description", buf_str(&html));
    buf_release(&html);
}

static void add_item(struct feed_writer *writer, const struct entry *entry, struct buf *out)
{
    buf_adds(out, "<item>\n");
    xml_add_text(out, "title", entry->record->title.text);
    xml_add_text(out, "link", feed_link(writer, entry));
    add_guid(writer, entry, out);
    add_time(out, "pubDate", feed_published(writer, entry));
    for (size_t i = 0; i < entry->authors.count; i++)
        xml_add_text(out, "dc:creator", entry->authors.items[i].name);
    if (entry->authors.count == 0)
        xml_add_text(out, "dc:creator", feed_publisher(writer));
    xml_add_given(out, "dc:language", feed_language(writer, entry));
    for (size_t i = 0; i < entry->tags.count; i++)
        xml_add_text(out, "category", entry->tags.items[i]->name);
    add_summary(entry, out);
    if (writer->feed->full)
        add_content(writer, entry, out);
    buf_adds(out, "</item>\n");
}

void feed_write_rss(const struct plan *plan, const struct output *output, struct buf *out)
{
    struct feed_writer writer;
    feed_begin(&writer, plan, output);
    buf_adds(out, XML_DECLARATION "<rss version=\"2.0\""
                                  " xmlns:atom=\"http://www.w3.org/2005/Atom\""
                                  " xmlns:content=\"http://purl.org/rss/1.0/modules/content/\""
                                  " xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n<channel>\n");
    xml_add_text(out, "title", feed_title(&writer));
    xml_add_text(out, "link", feed_page(&writer));
    xml_add_text(out, "description", feed_description(&writer));
    xml_add_text(out, "language", output->edition->lang);
    add_time(out, "lastBuildDate", feed_newest(&writer));
    buf_adds(out, "<atom:link rel=\"self\" type=\"application/rss+xml\"");
    xml_add_attribute(out, "href", feed_self(&writer));
    buf_adds(out, "/>\n");
    for (size_t i = 0; i < writer.count; i++)
        add_item(&writer, writer.feed->articles->items[i], out);
    buf_adds(out, "</channel>\n</rss>\n");
    feed_end(&writer);
}
