/* What documents can be filtered by. */
#include "base/vec.h"
#include "lang/slug.h"
#include "pages/search_card.h"

/* An event that comes every year is found under this many of them. */
enum { YEARS_MOST = 8 };

struct adding {
    const struct edition *edition;
    struct arena *arena;
    struct search_facets *facets;
};

static void add(struct adding *adding, const char *field, struct str slug, struct str label)
{
    *vec_push(adding->arena, adding->facets) = (struct search_facet){field, slug, label};
}

/* A label of the content's, under the slug that the directory has for it. */
static void add_label(struct adding *adding, const char *field, struct str label)
{
    if (label.len == 0)
        return;
    struct str slug = slug_fold(adding->arena, label);
    if (slug.len == 0)
        slug = slug_fallback(adding->arena, label);
    add(adding, field, slug, label);
}

/* What a member speaks, what all else is written in. Members name languages by code or by name; a
 * code has a word of its own. */
static void add_language(struct adding *adding, struct str language)
{
    struct str key = arena_printf(adding->arena, "speak_%.*s", STR_ARG(language));
    struct str name = words_find(adding->edition->words, key, NULL, adding->arena);
    struct str slug = slug_fold(adding->arena, language);
    if (slug.len > 0)
        add(adding, "language", slug, name.len > 0 ? name : language);
}

static void add_year(struct adding *adding, int year)
{
    struct str text = arena_printf(adding->arena, "%04d", year);
    add(adding, "year", text, text);
}

static void add_event_years(struct adding *adding, const struct entry *event)
{
    int last = -1;
    int years = 0;
    for (size_t i = 0; i < event->occurrences.count && years < YEARS_MOST; i++) {
        int year = event->occurrences.items[i].start.shown.year;
        if (year == last)
            continue;
        add_year(adding, year);
        last = year;
        years++;
    }
}

static void add_member(struct adding *adding, const struct entry *entry)
{
    const struct record_member *bio = &entry->record->member;
    const struct grant_list *grants = &entry->group->grants;
    for (size_t i = 0; i < grants->count; i++) {
        const struct designation *designation = grants->items[i].designation;
        if (grants->items[i].live)
            add(adding, "designation", designation->slug, designation->code);
    }
    add_label(adding, "location", bio->location.text);
    for (size_t i = 0; i < bio->languages.count; i++)
        add_language(adding, bio->languages.items[i].text);
}

void search_facets_of(const struct edition *edition, const struct entry *entry, struct arena *arena,
                      struct search_facets *facets)
{
    static const char *const kinds[KIND_COUNT] = {
        [KIND_ARTICLE] = "title_archive",
        [KIND_MEMBER] = "title_members",
        [KIND_EVENT] = "title_events",
        [KIND_PAGE] = "title_pages",
        [KIND_COMMENT] = "",
    };
    struct adding adding = {edition, arena, facets};
    struct str name = str_from(schema_of(entry->kind)->name);
    struct str label = words_find(edition->words, str_from(kinds[entry->kind]), NULL, arena);
    add(&adding, "kind", name, label.len > 0 ? label : name);
    for (size_t i = 0; i < entry->tags.count; i++)
        add(&adding, "tag", entry->tags.items[i]->slug, entry->tags.items[i]->name);
    if (entry->kind == KIND_MEMBER)
        add_member(&adding, entry);
    else
        add_language(&adding, entry->edition->lang);
    if (entry->kind == KIND_EVENT) {
        add_label(&adding, "location", entry->record->event.location.text);
        add_event_years(&adding, entry);
    } else if (entry->date.given) {
        add_year(&adding, entry->date.shown.year);
    }
}

struct str search_facet_key(const struct search_facet *facet, struct arena *arena)
{
    return arena_printf(arena, "%s:%.*s", facet->field, STR_ARG(facet->slug));
}
