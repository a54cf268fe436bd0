/* Comments as Atom (RFC 4287), the answers among them marked as RFC 4685 has it. */
#include "base/html.h"
#include "pages/atom.h"
#include "pages/body.h"
#include "pages/feed_internal.h"
#include "pages/xml.h"

/* The article that a comment of this feed stands under, in the feed's language. */
static const struct entry *article_of(const struct feed_writer *writer, const struct entry *comment)
{
    return site_in_language(writer->site, comment->commented, writer->output->edition->lang);
}

/* The id is as lasting as the article's. */
static struct str comment_at(struct feed_writer *writer, struct str article,
                             const struct entry *comment)
{
    return arena_printf(&writer->scratch, "%.*s#comment-%.*s", STR_ARG(article),
                        STR_ARG(comment->comment_id));
}

static void add_parent(struct feed_writer *writer, const struct entry *comment, struct buf *out)
{
    const struct entry *article = article_of(writer, comment);
    if (!comment->parent)
        return;
    buf_adds(out, "<thr:in-reply-to");
    xml_add_attribute(out, "ref", comment_at(writer, feed_id(writer, article), comment->parent));
    xml_add_attribute(out, "href", comment_at(writer, feed_link(writer, article), comment->parent));
    xml_add_attribute(out, "type", STR("text/html"));
    buf_adds(out, "/>\n");
}

static void add_content(struct feed_writer *writer, const struct entry *comment, struct buf *out)
{
    struct buf body = {0};
    body_write(writer->plan, comment, BODY_FEED, &body);
    buf_adds(out, "<content type=\"html\">");
    xml_escape(out, buf_str(&body));
    buf_adds(out, "</content>\n");
    buf_release(&body);
}

static void add_comment(struct feed_writer *writer, const struct entry *comment, struct buf *out)
{
    const struct entry *article = article_of(writer, comment);
    const struct person *author = comment->authors.count > 0 ? comment->authors.items : NULL;
    struct str name = author ? author->name : feed_publisher(writer);
    buf_adds(out, "<entry>\n");
    xml_add_text(out, "title",
                 arena_printf(&writer->scratch, "%.*s · %.*s", STR_ARG(name),
                              STR_ARG(article->record->title.text)));
    atom_add_link(out, "alternate", "text/html",
                  comment_at(writer, feed_link(writer, article), comment));
    xml_add_text(out, "id", comment_at(writer, feed_id(writer, article), comment));
    atom_add_time(out, "published", feed_published(writer, comment));
    atom_add_time(out, "updated", feed_published(writer, comment));
    atom_add_person(out, "author", name,
                    author ? feed_person_link(writer, author) : (struct str){0});
    add_parent(writer, comment, out);
    add_content(writer, comment, out);
    buf_adds(out, "</entry>\n");
}

static void begin(struct feed_writer *writer, const struct discussion *discussion, struct buf *out)
{
    struct str title = writer->output->edition->settings->title;
    struct str page =
        arena_printf(&writer->scratch, "%.*s/", STR_ARG(writer->output->edition->prefix));
    if (discussion->article) {
        title = discussion->article->record->title.text;
        page = discussion->article->url;
    }
    struct str word =
        words_find(writer->output->edition->words, STR("conversation"), NULL, &writer->scratch);
    buf_adds(out, XML_DECLARATION "<feed xmlns=\"http://www.w3.org/2005/Atom\""
                                  " xmlns:thr=\"http://purl.org/syndication/thread/1.0\"");
    xml_add_attribute(out, "xml:lang", writer->output->edition->lang);
    buf_adds(out, ">\n");
    xml_add_text(out, "title",
                 word.len == 0 ? title
                               : arena_printf(&writer->scratch, "%.*s · %.*s", STR_ARG(word),
                                              STR_ARG(title)));
    xml_add_text(out, "id", feed_self(writer));
    atom_add_link(out, "self", "application/atom+xml", feed_self(writer));
    atom_add_link(out, "alternate", "text/html", feed_absolute(writer, page));
}

void feed_write_comments(const struct plan *plan, const struct output *output, struct buf *out)
{
    const struct discussion *discussion = output->subject;
    const struct entry_list *comments = &discussion->comments;
    size_t most = plan->site->config.feeds_entries;
    size_t count = comments->count < most ? comments->count : most;
    struct feed_writer writer = {.plan = plan, .site = plan->site, .output = output};
    begin(&writer, discussion, out);
    atom_add_time(out, "updated",
                  count > 0 ? feed_published(&writer, comments->items[0])
                            : date_from_seconds(0, 0));
    atom_add_person(out, "author", feed_publisher(&writer), feed_absolute(&writer, STR("/")));
    for (size_t i = 0; i < count; i++)
        add_comment(&writer, comments->items[i], out);
    buf_adds(out, "</feed>\n");
    feed_end(&writer);
}
