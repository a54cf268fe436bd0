/* Links and pictures, and the holes they leave. */
#include "base/html.h"
#include "base/vec.h"
#include "lang/markdown/markdown_internal.h"
#include "lang/markup/markup_internal.h"

#include <string.h>

/* cmark's interface does not tell `[a](b "")` from `[a](b)`, but its renderer does. */
static bool has_empty_title(const struct md_job *job, cmark_node *node)
{
    if (!job->features.empty_title || job->options->policy)
        return false;
    char *html = cmark_render_html(node, CMARK_OPT_UNSAFE);
    bool link = cmark_node_get_type(node) == CMARK_NODE_LINK;
    const char *tag = html ? strstr(html, link ? "<a href=\"" : "<img src=\"") : NULL;
    const char *end = tag ? strchr(tag, '>') : NULL;
    static const char empty[] = " title=\"\"";
    bool found = end && memmem(tag, (size_t)(end - tag), empty, sizeof empty - 1) != NULL;
    md_memory_free(html);
    return found;
}

static void print_title(struct md_job *job, cmark_node *node)
{
    struct str title = str_from(cmark_node_get_title(node));
    if (title.len == 0 && !has_empty_title(job, node))
        return;
    buf_add(&job->html, STR(" title=\""));
    markup_put_text(&job->html, title);
    buf_addc(&job->html, '"');
}

static struct markup_link *add_link(struct md_job *job, struct str target, struct md_place place,
                                    enum markup_link_kind kind)
{
    struct markup_link *link = vec_push(job->arena, &job->out->links);
    *link = (struct markup_link){
        .kind = kind, .target = target, .source_start = place.start, .source_end = place.end};
    md_origin(job, place.start, MD_MADE);
    return link;
}

static void note_unsafe(struct md_job *job, struct md_place place, struct str url, const char *what)
{
    md_note(job, MARKUP_UNSAFE_URL, place,
            STR("links may be http, https, mailto or tel, or lead to a place in this site"),
            "the %s to '%.*s' was left out: this kind of address is not allowed", what,
            (int)(url.len > 60 ? 60 : url.len), url.ptr);
}

/* The tag, but for what stands behind the quote that ends its URL. */
static void begin_link(struct md_job *job, struct str url, struct md_place place)
{
    struct buf *html = &job->html;
    struct str prefix = job->options->id_prefix;
    if (prefix.len > 0 && url.len > 1 && url.ptr[0] == '#')
        url = arena_printf(job->arena, "#%.*s%.*s", STR_ARG(prefix), STR_ARG(str_after(url, 1)));
    struct markup_link *link = add_link(job, url, place, MARKUP_LINK);
    buf_add(html, STR("<a href=\""));
    link->html_start = html->len;
    markup_put_url(html, url);
    link->html_end = html->len;
    buf_addc(html, '"');
}

static void end_tag(struct md_job *job, struct str url)
{
    const struct sanitise_policy *policy = job->options->policy;
    if (policy && policy->rel.len > 0 && !str_starts(url, STR("#"))) {
        buf_add(&job->html, STR(" rel=\""));
        markup_put_text(&job->html, policy->rel);
        buf_addc(&job->html, '"');
    }
    buf_addc(&job->html, '>');
}

/* The URL of a link or picture; of content as a browser will read it, so that what is printed is
 * what was judged. */
static struct str url_of(const struct md_job *job, cmark_node *node)
{
    struct str url = str_from(cmark_node_get_url(node));
    return job->options->policy ? url_as_read(job->arena, url) : url;
}

static bool link_stays(const struct md_job *job, struct str url)
{
    return !job->options->policy || url_is_safe(url);
}

void md_print_link(struct md_job *job, cmark_node *node, bool entering)
{
    struct str url = url_of(job, node);
    job->link_depth += entering ? 1 : (size_t)-1;
    bool stays = link_stays(job, url);
    if (!stays && entering)
        note_unsafe(job, md_place_of(job, node, url), url, "link");
    if (!stays)
        return;
    if (entering) {
        begin_link(job, arena_str(job->arena, url), md_place_of(job, node, url));
        print_title(job, node);
        end_tag(job, url);
    } else {
        buf_add(&job->html, STR("</a>"));
    }
}

void md_print_autolink(struct md_job *job, struct str prefix, struct str text, size_t source)
{
    struct str url = arena_concat(job->arena, prefix, text);
    struct md_place place = {source, source + text.len};
    bool stays = link_stays(job, url);
    if (stays) {
        begin_link(job, url, place);
        end_tag(job, url);
    } else {
        note_unsafe(job, place, url, "link");
    }
    markup_put_text(&job->html, text);
    if (stays)
        buf_add(&job->html, STR("</a>"));
}

bool md_picture_stays(const struct md_job *job, struct str url)
{
    const struct sanitise_policy *policy = job->options->policy;
    return !policy || (url_is_safe(url) && (policy->groups & SANITISE_PICTURES) &&
                       (policy->external_pictures || !url_is_external(url)));
}

static void note_picture(struct md_job *job, cmark_node *node, struct str url, bool stays)
{
    if (!job->options->policy)
        return;
    if (!url_is_safe(url)) {
        note_unsafe(job, md_place_of(job, node, url), url, "picture");
    } else if (!(job->options->policy->groups & SANITISE_PICTURES)) {
        md_note(job, MARKUP_DROPPED_HTML, md_place_of(job, node, url), STR(""),
                "this picture was left out: pictures are not allowed here");
    } else if (!stays) {
        md_note(job, MARKUP_EXTERNAL_PICTURE, md_place_of(job, node, url),
                STR("put the picture beside the text and name it without http://"),
                "a picture from another site may not be shown here and was left out");
    } else if (url_is_external(url)) {
        md_note(job, MARKUP_EXTERNAL_PICTURE, md_place_of(job, node, url),
                STR("put a copy beside the text: that site can change or remove it, and sees who "
                    "reads this page"),
                "this picture is fetched from another site");
    }
}

void md_print_picture(struct md_job *job, cmark_node *node)
{
    struct str url = url_of(job, node);
    struct buf alt = {0};
    md_plain_text(node, &alt, true);
    bool stays = md_picture_stays(job, url);
    note_picture(job, node, url, stays);
    if (!stays) {
        markup_put_text(&job->html, buf_str(&alt));
        buf_release(&alt);
        return;
    }
    struct buf *html = &job->html;
    struct markup_link *link =
        add_link(job, arena_str(job->arena, url), md_place_of(job, node, url), MARKUP_PICTURE);
    link->alt = arena_str(job->arena, buf_str(&alt));
    link->title = arena_str(job->arena, str_from(cmark_node_get_title(node)));
    link->html_start = html->len;
    buf_add(html, STR("<img src=\""));
    markup_put_url(html, url);
    buf_add(html, STR("\" alt=\""));
    markup_put_text(html, buf_str(&alt));
    buf_addc(html, '"');
    print_title(job, node);
    buf_add(html, STR(" />"));
    link->html_end = html->len;
    buf_release(&alt);
}
