/* The BreadcrumbList: home, the index that a page belongs to, the page. */
#include "pages/jsonld_internal.h"

struct section {
    const char *url;  /* below the edition's prefix; NULL: none */
    const char *word; /* its title among the theme's words */
};

static struct section section_of_entry(enum kind kind)
{
    switch (kind) {
    case KIND_ARTICLE: return (struct section){"/articles/", "title_articles"};
    case KIND_MEMBER: return (struct section){"/members/", "title_members"};
    case KIND_EVENT: return (struct section){"/events/", "title_events"};
    default: return (struct section){0};
    }
}

static struct section section_of(const struct output *output)
{
    switch (output->kind) {
    case OUTPUT_ENTRY: return section_of_entry(((const struct entry *)output->subject)->kind);
    case OUTPUT_ARCHIVE:
    case OUTPUT_YEAR:
    case OUTPUT_YEAR_MONTH: return section_of_entry(KIND_ARTICLE);
    case OUTPUT_MEMBERS:
    case OUTPUT_FACET: return section_of_entry(KIND_MEMBER);
    case OUTPUT_EVENTS:
    case OUTPUT_MONTH: return section_of_entry(KIND_EVENT);
    case OUTPUT_TAGS:
    case OUTPUT_TAG: return (struct section){"/tags/", "title_tags"};
    case OUTPUT_DESIGNATIONS:
    case OUTPUT_DESIGNATION: return (struct section){"/designations/", "title_designations"};
    case OUTPUT_TEAMS:
    case OUTPUT_TEAM: return (struct section){"/teams/", "title_teams"};
    default: return (struct section){0};
    }
}

/* What the page itself is called; empty for an index, which its section names. */
static struct str name_of(struct jsonld *page)
{
    const struct output *output = page->output;
    switch (output->kind) {
    case OUTPUT_ENTRY: return ((const struct entry *)output->subject)->record->title.text;
    case OUTPUT_YEAR:
        return arena_printf(page->scratch, "%d", ((const struct year *)output->subject)->year);
    case OUTPUT_YEAR_MONTH: {
        const struct year_month *month = output->subject;
        return arena_printf(page->scratch, "%04d-%02d", month->year, month->month);
    }
    case OUTPUT_MONTH: {
        const struct month *month = output->subject;
        return arena_printf(page->scratch, "%04d-%02d", month->year, month->month);
    }
    case OUTPUT_FACET: return ((const struct facet *)output->subject)->label;
    case OUTPUT_TAG: return ((const struct tag *)output->subject)->name;
    case OUTPUT_DESIGNATION: return ((const struct holding *)output->subject)->words.name;
    case OUTPUT_TEAM: return ((const struct team *)output->subject)->name;
    default: return (struct str){0};
    }
}

static void add_step(struct jsonld *page, int64_t *position, struct str name, struct str url)
{
    jsonld_open(page, NULL, "ListItem");
    json_add_integer(page->out, "position", ++*position);
    json_add_text(page->out, "name", name);
    json_add_text(page->out, "item", jsonld_url(page, url));
    json_close_object(page->out);
}

void jsonld_add_trail(struct jsonld *page)
{
    struct section section = section_of(page->output);
    struct str name = name_of(page);
    struct str prefix = page->edition->prefix;
    int64_t position = 0;
    if (!section.url && name.len == 0)
        return;
    jsonld_open(page, NULL, "BreadcrumbList");
    json_open_list(page->out, "itemListElement");
    add_step(page, &position, page->edition->settings->title,
             arena_printf(page->scratch, "%.*s/", STR_ARG(prefix)));
    if (section.url) {
        struct str word = str_from(section.word);
        struct str title = words_find(page->edition->words, word, NULL, page->scratch);
        add_step(page, &position, title.len > 0 ? title : word,
                 arena_printf(page->scratch, "%.*s%s", STR_ARG(prefix), section.url));
    }
    if (name.len > 0)
        add_step(page, &position, name, page->output->url);
    json_close_list(page->out);
    json_close_object(page->out);
}
