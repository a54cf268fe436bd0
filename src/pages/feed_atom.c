/* Atom, RFC 4287; section numbers in comments are its own. */
#include "base/html.h"
#include "pages/atom.h"
#include "pages/body.h"
#include "pages/feed_internal.h"
#include "pages/xml.h"

static void add_people(struct feed_writer *writer, const char *element,
                       const struct person_list *people, struct buf *out)
{
    for (size_t i = 0; i < people->count; i++)
        atom_add_person(out, element, people->items[i].name,
                        feed_person_link(writer, &people->items[i]));
}

static void add_categories(const struct entry *entry, struct buf *out)
{
    for (size_t i = 0; i < entry->tags.count; i++) {
        buf_adds(out, "<category");
        xml_add_attribute(out, "term", entry->tags.items[i]->slug);
        xml_add_attribute(out, "label", entry->tags.items[i]->name);
        buf_adds(out, "/>\n");
    }
}

static void add_content(struct feed_writer *writer, const struct entry *entry, struct buf *out)
{
    struct buf body = {0};
    body_write(writer->plan, entry, BODY_FEED, &body);
    buf_adds(out, "<content type=\"html\">");
    xml_escape(out, buf_str(&body));
    buf_adds(out, "</content>\n");
    buf_release(&body);
}

static void add_entry(struct feed_writer *writer, const struct entry *entry, struct buf *out)
{
    struct str lang = feed_language(writer, entry);
    buf_adds(out, "<entry");
    if (lang.len > 0)
        xml_add_attribute(out, "xml:lang", lang);
    buf_adds(out, ">\n");
    xml_add_text(out, "title", entry->record->title.text);
    atom_add_link(out, "alternate", "text/html", feed_link(writer, entry));
    xml_add_text(out, "id", feed_id(writer, entry));
    atom_add_time(out, "published", feed_published(writer, entry));
    atom_add_time(out, "updated", feed_updated(writer, entry));
    add_people(writer, "author", &entry->authors, out);
    add_people(writer, "contributor", &entry->with, out);
    add_categories(entry, out);
    xml_add_given(out, "summary", feed_summary(entry));
    if (writer->feed->full)
        add_content(writer, entry, out);
    buf_adds(out, "</entry>\n");
}

void feed_write_atom(const struct plan *plan, const struct output *output, struct buf *out)
{
    struct feed_writer writer;
    feed_begin(&writer, plan, output);
    buf_adds(out, XML_DECLARATION "<feed xmlns=\"http://www.w3.org/2005/Atom\"");
    xml_add_attribute(out, "xml:lang", output->edition->lang);
    buf_adds(out, ">\n");
    xml_add_text(out, "title", feed_title(&writer));
    xml_add_given(out, "subtitle", output->edition->settings->description);
    xml_add_text(out, "id", feed_self(&writer));
    atom_add_link(out, "self", "application/atom+xml", feed_self(&writer));
    atom_add_link(out, "alternate", "text/html", feed_page(&writer));
    atom_add_time(out, "updated", feed_newest(&writer));
    /* Speaks for the entries that name nobody (4.2.1). */
    atom_add_person(out, "author", feed_publisher(&writer),
                    url_absolute(plan->site, STR("/"), &writer.scratch));
    for (size_t i = 0; i < writer.count; i++)
        add_entry(&writer, writer.feed->articles->items[i], out);
    buf_adds(out, "</feed>\n");
    feed_end(&writer);
}
