#include "pages/picture_element.h"
#include "base/html.h"
#include "base/path.h"
#include "lang/markup.h"

const struct attachment *picture_at_url(const struct site *site, struct str url)
{
    struct str base = site->config.base_path;
    size_t query = str_find_byte(url, '?', 0);
    size_t hash = str_find_byte(url, '#', 0);
    url = str_sub(url, 0, query < hash ? query : hash);
    if (base.len > 0 && path_inside(url, base))
        url = str_after(url, base.len);
    return map_get(&site->attachments_by_url, url);
}

void picture_published_size(const struct attachment *attachment, uint32_t *width, uint32_t *height)
{
    picture_shown_size(&attachment->picture, width, height);
    if (attachment->whole) {
        *width = attachment->whole->wish.width;
        *height = attachment->whole->wish.height;
    }
}

static void put_url(const struct site *site, struct str url, struct buf *out)
{
    buf_add(out, site->config.base_path);
    markup_put_url(out, url);
}

static void put_srcset(const struct site *site, const struct picture_set *set, bool modern,
                       struct buf *out)
{
    buf_adds(out, " srcset=\"");
    for (size_t i = set->count; i-- > 0;) {
        const struct picture_step *step = &set->steps[i];
        const struct picture_variant *variant = modern ? step->modern : step->fallback;
        put_url(site, variant->url, out);
        buf_addf(out, " %uw%s", variant->wish.width, i > 0 ? ", " : "");
    }
    buf_addc(out, '"');
}

static void put_attribute(const char *name, struct str value, struct buf *out)
{
    if (value.len == 0)
        return;
    buf_addf(out, " %s=\"", name);
    html_escape(out, value);
    buf_addc(out, '"');
}

void picture_element_open(const struct site *site, const struct picture_set *set, struct str sizes,
                          struct buf *out)
{
    const struct picture_variant *first = set->steps[0].modern;
    buf_addf(out, "<picture><source type=\"image/%s\"",
             first->wish.format == PICTURE_AS_AVIF ? "avif" : "webp");
    put_srcset(site, set, true, out);
    put_attribute("sizes", sizes, out);
    buf_addc(out, '>');
}

void picture_element_sources(const struct site *site, const struct picture_set *set,
                             struct str sizes, struct buf *out)
{
    put_srcset(site, set, false, out);
    put_attribute("sizes", sizes, out);
}

/* alt always, class and loading where there is something to say. */
static void put_manner(const struct picture_manner *manner, struct str tone, struct buf *out)
{
    buf_adds(out, " alt=\"");
    html_escape(out, manner->alt);
    buf_adds(out, manner->eager ? "\"" : "\" loading=\"lazy\"");
    if (manner->class_names.len == 0 && tone.len == 0)
        return;
    buf_adds(out, " class=\"");
    html_escape(out, manner->class_names);
    if (tone.len > 0)
        buf_addf(out, "%stone-%.*s", manner->class_names.len > 0 ? " " : "", STR_ARG(tone));
    buf_addc(out, '"');
}

void picture_element_write_plain(struct str url, const struct picture_manner *manner,
                                 struct buf *out)
{
    buf_adds(out, "<img src=\"");
    markup_put_url(out, url);
    buf_addc(out, '"');
    put_manner(manner, (struct str){0}, out);
    buf_addc(out, '>');
}

void picture_element_write(const struct site *site, const struct attachment *attachment,
                           const struct picture_set *set, const struct picture_manner *manner,
                           struct buf *out)
{
    uint32_t width;
    uint32_t height;
    struct str sizes = manner->sizes;
    picture_published_size(attachment, &width, &height);
    if (set) {
        width = set->steps[0].fallback->wish.width;
        height = set->steps[0].fallback->wish.height;
        if (sizes.len == 0)
            sizes = set->shape->sizes;
        picture_element_open(site, set, sizes, out);
    }
    buf_adds(out, "<img src=\"");
    put_url(site, set ? set->steps[0].fallback->url : attachment->url, out);
    buf_addc(out, '"');
    if (set)
        picture_element_sources(site, set, sizes, out);
    if (width > 0 && height > 0)
        buf_addf(out, " width=\"%u\" height=\"%u\"", width, height);
    put_manner(manner, attachment->tone, out);
    buf_adds(out, set ? "></picture>" : ">");
}
