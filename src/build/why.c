#include "build/why.h"
#include "base/map.h"
#include "base/vec.h"
#include "build/incremental_internal.h"

enum { REASONS_MOST = 20 };

struct reasons {
    struct why_reason *items;
    size_t count, capacity;
};

struct finding {
    const struct incremental *incremental;
    struct arena *arena;
    struct map gone; /* ids of facts of files that are there no more: their paths */
    struct reasons reasons;
};

static struct why_reason reason(const char *kind, struct str about, struct str text)
{
    return (struct why_reason){kind, about, text};
}

/* What people call an entry. */
static struct str name_of(const struct finding *finding, const struct entry *entry)
{
    if (entry->record->title.text.len == 0)
        return entry->file->path;
    return arena_printf(finding->arena, "'%.*s'", STR_ARG(entry->record->title.text));
}

static struct str source_of(const struct record *record, struct place place)
{
    return str_sub(record->text->bytes, place.start, place.end);
}

static bool same_list(const struct record *old, const struct field_list *a,
                      const struct record *now, const struct field_list *b)
{
    if (a->count != b->count)
        return false;
    for (size_t i = 0; i < a->count; i++) {
        if (!str_eq(source_of(old, a->items[i].place), source_of(now, b->items[i].place)))
            return false;
    }
    return true;
}

/* Which part of a record's head is another one. */
static const char *changed_part(const struct record *old, const struct record *now)
{
    if (!old)
        return "its front matter";
    if (!str_eq(old->title.text, now->title.text))
        return now->kind == KIND_MEMBER ? "its name" : "its title";
    if (!str_eq(source_of(old, old->date.place), source_of(now, now->date.place)))
        return "its date";
    if (!same_list(old, &old->tags, now, &now->tags))
        return "its tags";
    if (!str_eq(old->description.text, now->description.text))
        return "its description";
    if (!str_eq(source_of(old, old->front_matter), source_of(now, now->front_matter)))
        return "its front matter";
    if (!str_eq(old->body.excerpt, now->body.excerpt))
        return "its first paragraph";
    return old->body.words != now->body.words ? "how long it is to read" : NULL;
}

static const struct record *old_record(const struct finding *finding, const struct entry *entry)
{
    const struct cache_source *source = cache_find(&finding->incremental->old, entry->file->path);
    return source ? source->record : NULL;
}

static struct why_reason about_card(const struct finding *finding, const struct entry *entry)
{
    struct str name = name_of(finding, entry);
    const struct record *old = old_record(finding, entry);
    const char *part = changed_part(old, entry->record);
    for (size_t i = 0; !part && i < entry->group->count; i++) {
        const struct entry *other = entry->group->entries[i];
        if (changed_part(old_record(finding, other), other->record))
            part = "with its translation";
    }
    struct str text =
        part ? arena_printf(finding->arena, "%.*s changed %s", STR_ARG(name), part)
             : arena_printf(finding->arena,
                            "%.*s is shown with other dates, people, credentials or pictures",
                            STR_ARG(name));
    return reason("card", entry->file->path, text);
}

static struct why_reason about_entry(const struct finding *finding, const struct entry *entry,
                                     enum fact_entry which)
{
    struct str name = name_of(finding, entry);
    switch (which) {
    case FACT_BODY:
        return reason("body", entry->file->path,
                      arena_printf(finding->arena,
                                   "%.*s changed its text, or a link in it leads elsewhere",
                                   STR_ARG(name)));
    case FACT_COMMENTS:
        return reason("comments", entry->file->path,
                      arena_printf(finding->arena, "%.*s has other comments", STR_ARG(name)));
    case FACT_RELATIONS:
        return reason(
            "relations", entry->file->path,
            arena_printf(finding->arena, "%.*s stands beside other pages", STR_ARG(name)));
    case FACT_CARD:
    case FACT_ENTRY_COUNT: break;
    }
    return about_card(finding, entry);
}

static struct why_reason about_site(enum fact_site which)
{
    switch (which) {
    case FACT_SETTINGS:
        return reason("settings", STR("content/site.yml"),
                      STR("content/site.yml or a file in content/data changed"));
    case FACT_WORDS:
        return reason("words", STR("content/i18n"), STR("a word in content/i18n changed"));
    case FACT_ASSETS: return reason("assets", STR("assets"), STR("a file in assets/ changed"));
    case FACT_ADDRESSES:
        return reason("addresses", STR(""),
                      STR("an address, or when a page changed, is another one"));
    case FACT_ALIASES:
        return reason("aliases", STR(""), STR("an old address came, went or leads elsewhere"));
    case FACT_NOW: return reason("now", STR(""), STR("it shows the moment of the build"));
    case FACT_MOMENT:
        return reason("moment", STR(""), STR("the site's next change by itself is another one"));
    case FACT_ALL_BODIES:
        return reason("bodies", STR(""), STR("it holds every text, and one of them changed"));
    case FACT_EVERYTHING:
    case FACT_SITE_COUNT: break;
    }
    return reason("site", STR(""), STR("it lists the whole site, and something on it changed"));
}

static struct why_reason about_edition(enum fact_edition which)
{
    static const struct {
        const char *kind;
        const char *text;
    } lists[FACT_EDITION_COUNT] = {
        [FACT_ARTICLES] = {"articles", "which articles there are, or their order, changed"},
        [FACT_MEMBERS] = {"members", "which members there are, or their order, changed"},
        [FACT_EVENTS] = {"events", "an event, or which there are, changed"},
        [FACT_PAGES] = {"pages", "a page of the menu, or which pages there are, changed"},
        [FACT_TAGS] = {"tags", "a tag, or what is tagged with it, changed"},
        [FACT_HOLDINGS] = {"designations", "a designation, or who holds it, changed"},
        [FACT_TEAMS] = {"teams", "a team, or who is in it, changed"},
        [FACT_YEARS] = {"archive", "the archive's years and months changed"},
        [FACT_SECTIONS] = {"sections",
                           "a section of the site has its first page, or lost its last"},
        [FACT_FACETS] = {"directory", "the directory's parts changed"},
    };
    return reason(lists[which].kind, STR(""), str_from(lists[which].text));
}

static struct why_reason about_subject(const struct finding *finding,
                                       const struct fact_about *about)
{
    struct arena *arena = finding->arena;
    switch ((enum output_kind)about->which) {
    case OUTPUT_TAG:
        return reason("tag", STR(""),
                      arena_printf(arena, "what is tagged '%.*s' changed",
                                   STR_ARG(((const struct tag *)about->subject)->name)));
    case OUTPUT_TEAM:
        return reason("team", STR(""),
                      arena_printf(arena, "the team '%.*s' changed",
                                   STR_ARG(((const struct team *)about->subject)->name)));
    case OUTPUT_DESIGNATION:
        return reason(
            "designation", STR(""),
            arena_printf(arena, "%.*s, or who holds it, changed",
                         STR_ARG(((const struct holding *)about->subject)->designation->code)));
    case OUTPUT_FACET:
        return reason("directory", STR(""),
                      arena_printf(arena, "the directory's part '%.*s' changed",
                                   STR_ARG(((const struct facet *)about->subject)->label)));
    case OUTPUT_MONTH: return reason("month", STR(""), STR("an event of that month changed"));
    default: return reason("archive", STR(""), STR("the articles of that year changed"));
    }
}

static struct why_reason describe(const struct finding *finding, uint32_t number)
{
    struct fact_about about = facts_about(finding->incremental->facts, number);
    switch (about.group) {
    case FACT_OF_SITE: return about_site((enum fact_site)about.which);
    case FACT_OF_EDITION: return about_edition((enum fact_edition)about.which);
    case FACT_OF_ENTRY: return about_entry(finding, about.subject, (enum fact_entry)about.which);
    case FACT_OF_LAYOUT:
        return reason("layout", about.name,
                      arena_printf(finding->arena,
                                   "layouts/%.*s.html, or a file that it includes, changed",
                                   STR_ARG(about.name)));
    case FACT_OF_SUBJECT: return about_subject(finding, &about);
    case FACT_OF_OUTPUT: break;
    }
    const struct output *output = about.subject;
    if (output->kind == OUTPUT_ASSET || output->kind == OUTPUT_ATTACHMENT ||
        output->kind == OUTPUT_VARIANT)
        return reason("file", output->path,
                      arena_printf(finding->arena, "the file %.*s changed", STR_ARG(output->path)));
    return reason("place", output->path,
                  arena_printf(finding->arena, "%.*s has another place among the pages",
                               STR_ARG(output->path)));
}

/* The facts of files that were there when the last build was made. */
static void list_gone(struct finding *finding)
{
    const struct incremental *incremental = finding->incremental;
    const struct cache *old = &incremental->old;
    map_init(&finding->gone, finding->arena);
    for (size_t i = 0; i < old->source_count; i++) {
        struct str path = cache_path(old, &old->sources[i]);
        if (map_has(&incremental->plan->site->entries_by_path, path))
            continue;
        for (unsigned fact = 0; fact < FACT_ENTRY_COUNT; fact++) {
            uint64_t *id = arena_alloc(finding->arena, sizeof *id);
            struct str *kept = arena_alloc(finding->arena, sizeof *kept);
            *id = facts_entry_id(path, (enum fact_entry)fact);
            *kept = arena_str(finding->arena, path);
            map_put(&finding->gone, (struct str){(const char *)id, sizeof *id}, kept);
        }
    }
}

static struct why_reason describe_gone(const struct finding *finding, uint64_t id)
{
    const struct str *path = map_get(&finding->gone, (struct str){(const char *)&id, sizeof id});
    if (!path)
        return reason("gone", STR(""), STR("something that it showed or linked to is gone"));
    return reason("gone", *path, arena_printf(finding->arena, "%.*s is gone", STR_ARG(*path)));
}

static void add(struct finding *finding, struct why_reason reason)
{
    for (size_t i = 0; i < finding->reasons.count; i++) {
        if (str_eq(finding->reasons.items[i].text, reason.text))
            return;
    }
    reason.about = arena_str(finding->arena, reason.about); /* the site ends before this is told */
    if (finding->reasons.count < REASONS_MOST)
        *vec_push(finding->arena, &finding->reasons) = reason;
}

static void find_reasons(struct finding *finding, size_t index)
{
    const struct incremental *incremental = finding->incremental;
    const struct cache *old = &incremental->old;
    const struct cache_page *page = incremental->pages[index];
    finding->reasons = (struct reasons){0};
    if (!incremental->has_old) {
        add(finding, reason("first", STR(""), STR("nothing is known of an earlier build")));
        return;
    }
    if (!page) {
        add(finding, reason("new", STR(""), STR("it is new")));
        return;
    }
    for (uint32_t i = 0; i < page->facts_count; i++) {
        uint32_t fact = old->page_facts[page->facts_at + i];
        uint32_t number = incremental_number(incremental, old->facts[fact].id);
        if (number == 0)
            add(finding, describe_gone(finding, old->facts[fact].id));
        else if (incremental->numbers[fact] == 0)
            add(finding, describe(finding, number - 1));
    }
    if (page->always)
        add(finding,
            reason("message", STR(""), STR("there is something to say about it each time")));
    if (finding->reasons.count == 0)
        add(finding,
            reason("output", STR(""),
                   STR("the file in the output was missing, or not as it was left there")));
}

const struct why *why_find(const struct incremental *incremental, struct arena *arena)
{
    struct finding finding = {.incremental = incremental, .arena = arena};
    struct why *why = arena_zalloc(arena, 1, sizeof *why);
    why->nothing_known = !incremental->has_old;
    if (!incremental->made)
        return why;
    list_gone(&finding);
    struct why_page *pages = arena_zalloc(arena, incremental->plan->count, sizeof *pages);
    for (size_t i = 0; i < incremental->plan->count; i++) {
        if (!incremental->made[i].is_made)
            continue;
        find_reasons(&finding, i);
        pages[why->count++] =
            (struct why_page){arena_str(arena, incremental->plan->outputs[i].path),
                              finding.reasons.items, finding.reasons.count};
    }
    why->pages = pages;
    return why;
}
