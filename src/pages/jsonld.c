#include "base/html.h"
#include "pages/body.h"
#include "pages/jsonld_internal.h"

void jsonld_open(struct jsonld *page, const char *key, const char *type)
{
    json_open_object(page->out, key);
    json_add_text(page->out, "@type", str_from(type));
}

struct str jsonld_url(struct jsonld *page, struct str url)
{
    return url_published(page->site, url, page->scratch);
}

struct str jsonld_file(struct jsonld *page, const struct entry *entry, struct str name)
{
    struct str url = body_file_url(page->plan, entry, name, page->scratch);
    if (url.len == 0 || url_is_external(url))
        return url;
    return jsonld_url(page, str_after(url, page->site->config.base_path.len));
}

void jsonld_add_moment(struct jsonld *page, const char *key, const struct moment *moment)
{
    if (moment->given)
        json_add_date(page->out, key, &moment->shown);
}

void jsonld_add_texts(struct jsonld *page, const char *key, const struct field_list *list)
{
    if (list->count == 0)
        return;
    json_open_list(page->out, key);
    for (size_t i = 0; i < list->count; i++)
        json_add_text(page->out, NULL, list->items[i].text);
    json_close_list(page->out);
}

void jsonld_add_description(struct jsonld *page, const struct entry *entry)
{
    struct str given = entry->record->description.text;
    json_add_given(page->out, "description", given.len > 0 ? given : entry->record->body.excerpt);
}

static void add_free_page(struct jsonld *page, const struct entry *entry)
{
    jsonld_open(page, NULL, "WebPage");
    json_add_text(page->out, "name", entry->record->title.text);
    json_add_text(page->out, "url", jsonld_url(page, entry->url));
    json_add_text(page->out, "inLanguage", entry->edition->lang);
    jsonld_add_description(page, entry);
    json_close_object(page->out);
}

static void add_entry(struct jsonld *page, const struct entry *entry)
{
    switch (entry->kind) {
    case KIND_ARTICLE: jsonld_add_article(page, entry); break;
    case KIND_MEMBER: jsonld_add_member(page, entry); break;
    case KIND_EVENT: jsonld_add_event(page, entry); break;
    case KIND_PAGE: add_free_page(page, entry); break;
    case KIND_COMMENT: break;
    }
}

static void add_subject(struct jsonld *page)
{
    switch (page->output->kind) {
    case OUTPUT_HOME:
        jsonld_add_organization_in_full(page);
        jsonld_add_website(page);
        break;
    case OUTPUT_ENTRY: add_entry(page, page->output->subject); break;
    case OUTPUT_DESIGNATION: jsonld_add_designation(page, page->output->subject); break;
    default: break;
    }
}

void jsonld_write(const struct plan *plan, const struct output *output, struct arena *scratch,
                  struct buf *out)
{
    struct jsonld page = {plan, plan->site, output, output->edition, scratch, out};
    if (!output_is_page(output) || output->kind == OUTPUT_NOT_FOUND ||
        output->kind == OUTPUT_REDIRECT || (output->kind == OUTPUT_HOME && output->page > 1))
        return;
    buf_adds(out, "<script type=\"application/ld+json\">");
    json_open_object(out, NULL);
    json_add_text(out, "@context", STR("https://schema.org"));
    json_open_list(out, "@graph");
    add_subject(&page);
    if (output->kind != OUTPUT_HOME)
        jsonld_add_trail(&page);
    json_close_list(out);
    json_close_object(out);
    buf_adds(out, "</script>");
}
