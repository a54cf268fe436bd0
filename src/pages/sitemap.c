#include "pages/sitemap.h"
#include "base/html.h"
#include "base/zone.h"
#include "pages/alternates.h"
#include "pages/body.h"
#include "pages/xml.h"

#include <string.h>

size_t sitemap_most(const struct site *site)
{
    enum { URLS_MOST = 50000, LANGUAGES = 4 };
    size_t count = site->edition_count;
    return count <= LANGUAGES ? URLS_MOST : URLS_MOST * LANGUAGES / count;
}

bool sitemap_lists(const struct output *output)
{
    switch (output->kind) {
    case OUTPUT_HOME: return output->page == 1;
    case OUTPUT_ENTRY: return !((const struct entry *)output->subject)->record->noindex.value;
    case OUTPUT_FACET: return strcmp(((const struct facet *)output->subject)->kind, "letter") != 0;
    case OUTPUT_ARCHIVE:
    case OUTPUT_YEAR:
    case OUTPUT_YEAR_MONTH:
    case OUTPUT_TAGS:
    case OUTPUT_TAG:
    case OUTPUT_MEMBERS:
    case OUTPUT_DESIGNATIONS:
    case OUTPUT_DESIGNATION:
    case OUTPUT_EVENTS:
    case OUTPUT_TEAMS:
    case OUTPUT_TEAM: return true;
    default: return false;
    }
}

/* A page cannot have changed before it was there. */
static int64_t entry_changed(const struct entry *entry)
{
    int64_t changed = entry->history ? entry->history->last.utc : 0;
    if (entry->updated.given && entry->updated.utc > changed)
        changed = entry->updated.utc;
    if (entry->kind == KIND_ARTICLE && entry->date.given && entry->date.utc > changed)
        changed = entry->date.utc;
    return changed;
}

static int64_t list_changed(const struct entry_list *list)
{
    int64_t newest = 0;
    for (size_t i = 0; i < list->count; i++) {
        int64_t changed = entry_changed(list->items[i]);
        newest = changed > newest ? changed : newest;
    }
    return newest;
}

int64_t sitemap_changed(const struct output *output)
{
    switch (output->kind) {
    case OUTPUT_ENTRY: return entry_changed(output->subject);
    case OUTPUT_HOME:
    case OUTPUT_ARCHIVE: return list_changed(&output->edition->articles);
    case OUTPUT_YEAR: return list_changed(&((const struct year *)output->subject)->articles);
    case OUTPUT_YEAR_MONTH:
        return list_changed(&((const struct year_month *)output->subject)->articles);
    case OUTPUT_TAG: return list_changed(&((const struct tag *)output->subject)->articles);
    default: return 0;
    }
}

static void add_url(const struct plan *plan, struct str url, struct buf *out)
{
    struct buf escaped = {0};
    url_escape_path(&escaped, url);
    xml_escape(out, plan->site->config.url);
    xml_escape(out, buf_str(&escaped));
    buf_release(&escaped);
}

static void add_alternate(const struct plan *plan, struct str lang, struct str url, struct buf *out)
{
    buf_adds(out, "<xhtml:link rel=\"alternate\"");
    xml_add_attribute(out, "hreflang", lang);
    buf_adds(out, " href=\"");
    add_url(plan, url, out);
    buf_adds(out, "\"/>\n");
}

static bool is_listed_entry(const struct output *output)
{
    return output->kind != OUTPUT_ENTRY ||
           !((const struct entry *)output->subject)->record->noindex.value;
}

/* All of them, the page itself included, if there is more than it. The first is for readers of any
 * other language. */
static void add_alternates(const struct plan *plan, const struct output *output, struct buf *out)
{
    size_t start = out->len;
    size_t count = 0;
    for (size_t i = 0; i < plan->site->edition_count; i++) {
        const struct edition *edition = &plan->site->editions[i];
        const struct output *other = alternates_find(plan, output, edition);
        if (!other || !is_listed_entry(other))
            continue;
        add_alternate(plan, edition->lang, other->url, out);
        if (count++ == 0)
            add_alternate(plan, STR("x-default"), other->url, out);
    }
    if (count < 2)
        buf_truncate(out, start);
}

static void add_output(const struct plan *plan, const struct output *output, struct buf *out)
{
    int64_t changed = sitemap_changed(output);
    buf_adds(out, "<url>\n<loc>");
    add_url(plan, output->url, out);
    buf_adds(out, "</loc>\n");
    if (changed > 0) {
        struct date_time time =
            date_from_seconds(changed, zone_at(plan->site->config.zone, changed).offset);
        buf_adds(out, "<lastmod>");
        date_rfc3339(out, &time);
        buf_adds(out, "</lastmod>\n");
    }
    if (plan->site->edition_count > 1)
        add_alternates(plan, output, out);
    buf_adds(out, "</url>\n");
}

static void write_index(const struct plan *plan, size_t parts, struct buf *out)
{
    buf_adds(out, XML_DECLARATION
             "<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
    for (size_t part = 1; part <= parts; part++) {
        buf_adds(out, "<sitemap>\n<loc>");
        add_url(plan, STR("/sitemap-"), out);
        buf_addf(out, "%zu.xml</loc>\n</sitemap>\n", part);
    }
    buf_adds(out, "</sitemapindex>\n");
}

void sitemap_write(const struct plan *plan, const struct output *output, struct buf *out)
{
    size_t most = sitemap_most(plan->site);
    size_t first = output->page > 0 ? (output->page - 1) * most : 0;
    size_t listed = 0;
    if (output->page == 0 && output->pages > 1) {
        write_index(plan, output->pages, out);
        return;
    }
    buf_adds(out, XML_DECLARATION "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\""
                                  " xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n");
    for (size_t i = 0; i < plan->count && listed < first + most; i++) {
        if (!sitemap_lists(&plan->outputs[i]) || listed++ < first)
            continue;
        add_output(plan, &plan->outputs[i], out);
    }
    buf_adds(out, "</urlset>\n");
}

void robots_write(const struct plan *plan, struct buf *out)
{
    buf_adds(out, "User-agent: *\nAllow: /\n\nSitemap: ");
    add_url(plan, STR("/sitemap.xml"), out);
    buf_addc(out, '\n');
}
