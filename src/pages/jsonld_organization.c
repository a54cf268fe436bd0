#include "base/html.h"
#include "pages/body.h"
#include "pages/jsonld_internal.h"
#include "pages/organisation.h"

static bool is_web_address(struct str url)
{
    return url_is_safe(url) && str_starts(url, STR("http"));
}

/* The accounts and groups of site.yml's `social`. */
static void add_social(struct jsonld *page)
{
    const struct value *social = value_map_get(&page->edition->settings->values, STR("social"));
    size_t count = 0;
    for (size_t i = 0; social && social->type == VALUE_LIST && i < social->list->count; i++) {
        const struct value *item = &social->list->items[i];
        const struct value *url =
            item->type == VALUE_MAP ? value_map_get(item->map, STR("url")) : NULL;
        if (!url || !value_is_string(*url) || !is_web_address(url->str))
            continue;
        if (count++ == 0)
            json_open_list(page->out, "sameAs");
        json_add_text(page->out, NULL, url->str);
    }
    if (count > 0)
        json_close_list(page->out);
}

static struct str logo_url(struct jsonld *page)
{
    struct str logo = organisation_text(page->edition, STR("logo"));
    if (is_web_address(logo))
        return logo;
    return str_starts(logo, STR("/")) ? jsonld_url(page, logo) : (struct str){0};
}

static struct str identifier(struct jsonld *page, const char *fragment)
{
    return arena_printf(page->scratch, "%.*s/#%s", STR_ARG(page->site->config.url), fragment);
}

static void open_organization(struct jsonld *page, const char *key)
{
    struct str name = organisation_name(page->edition);
    struct str url = organisation_text(page->edition, STR("url"));
    jsonld_open(page, key, "Organization");
    json_add_text(page->out, "@id", identifier(page, "organization"));
    json_add_text(page->out, "name", name);
    json_add_text(page->out, "url",
                  is_web_address(url) ? url : url_absolute(page->site, STR("/"), page->scratch));
    json_add_given(page->out, "logo", logo_url(page));
}

void jsonld_add_organization(struct jsonld *page, const char *key)
{
    open_organization(page, key);
    json_close_object(page->out);
}

void jsonld_add_organization_in_full(struct jsonld *page)
{
    open_organization(page, NULL);
    add_social(page);
    json_close_object(page->out);
}

static void add_search(struct jsonld *page)
{
    struct str url = arena_printf(page->scratch, "%.*s/search/", STR_ARG(page->edition->prefix));
    if (!plan_find(page->plan, url))
        return;
    jsonld_open(page, "potentialAction", "SearchAction");
    jsonld_open(page, "target", "EntryPoint");
    json_add_text(
        page->out, "urlTemplate",
        arena_printf(page->scratch, "%.*s?q={search_term_string}", STR_ARG(jsonld_url(page, url))));
    json_close_object(page->out);
    json_add_text(page->out, "query-input", STR("required name=search_term_string"));
    json_close_object(page->out);
}

void jsonld_add_website(struct jsonld *page)
{
    const struct config_edition *settings = page->edition->settings;
    jsonld_open(page, NULL, "WebSite");
    json_add_text(page->out, "@id", identifier(page, "website"));
    json_add_text(page->out, "name", settings->title);
    json_add_text(page->out, "url", jsonld_url(page, page->output->url));
    json_add_given(page->out, "description", settings->description);
    json_add_text(page->out, "inLanguage", page->edition->lang);
    json_open_object(page->out, "publisher");
    json_add_text(page->out, "@id", identifier(page, "organization"));
    json_close_object(page->out);
    add_search(page);
    json_close_object(page->out);
}
