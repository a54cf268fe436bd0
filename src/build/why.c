#include "build/why.h"
#include "base/map.h"
#include "base/path.h"
#include "base/vec.h"
#include "build/incremental_internal.h"
#include "build/why_changes.h"

#include <string.h>

enum { REASONS_MOST = 20 };

#define SEARCHED STR("what can be searched for changed")

struct reasons {
    struct why_reason *items;
    size_t count, capacity;
};

struct finding {
    const struct incremental *incremental;
    struct arena *arena;
    struct map gone; /* ids of facts of files that are there no more: their paths */
    struct why_changes changes;
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

/* The key whose lines are the first that differ; empty if there is none. */
static struct str changed_key(struct str old, struct str now)
{
    struct str key = {0};
    struct str a = {0};
    struct str b = {0};
    bool more = true;
    while (more && str_eq(a, b)) {
        bool more_old = str_split(&old, '\n', &a);
        more = str_split(&now, '\n', &b);
        struct str line = more ? b : a;
        size_t colon = str_find_byte(line, ':', 0);
        if ((more || more_old) && colon != STR_NONE && colon > 0 && line.ptr[0] != ' ' &&
            line.ptr[0] != '-' && line.ptr[0] != '#')
            key = str_sub(line, 0, colon);
        if (more != more_old)
            return key;
    }
    return more ? key : (struct str){0};
}

/* Which part of a record's head is another one. */
static const char *changed_part(const struct finding *finding, const struct record *old,
                                const struct record *now)
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
    if (!str_eq(source_of(old, old->front_matter), source_of(now, now->front_matter))) {
        struct str key =
            changed_key(source_of(old, old->front_matter), source_of(now, now->front_matter));
        return key.len == 0 ? "its front matter"
                            : arena_printf(finding->arena, "its '%.*s'", STR_ARG(key)).ptr;
    }
    if (!str_eq(old->body.excerpt, now->body.excerpt))
        return "its first paragraph";
    return old->body.words != now->body.words ? "how long it is to read" : NULL;
}

static const struct record *old_record(const struct finding *finding, const struct entry *entry)
{
    const struct cache_source *source = cache_find(&finding->incremental->old, entry->file->path);
    return source ? source->record : NULL;
}

static const char *time_or_history(const struct finding *finding)
{
    const struct incremental *incremental = finding->incremental;
    return incremental->options->now != incremental->old.summary.now
               ? "time went on"
               : "git's history has other commits";
}

/* What lies outside an entry's own file and shows with it. */
static struct str outer_cause(const struct finding *finding, const struct entry *entry)
{
    static const struct str registries[] = {STR_INIT("content/roster.yml"),
                                            STR_INIT("content/designations.yml")};
    const struct why_changes *changes = &finding->changes;
    struct arena *arena = finding->arena;
    struct str said = {0};
    if (changes->count == 0)
        return str_from(time_or_history(finding));
    if (str_eq(path_stem(path_name(entry->file->path)), STR("index")))
        said = why_changes_say(
            changes, arena_printf(arena, "%.*s/", STR_ARG(path_folder(entry->file->path))), arena);
    for (size_t i = 0; said.len == 0 && i < sizeof registries / sizeof *registries; i++)
        said = why_changes_say(changes, registries[i], arena);
    return said.len > 0 ? said : why_changes_say(changes, STR(""), arena);
}

static struct why_reason about_card(const struct finding *finding, const struct entry *entry)
{
    struct str name = name_of(finding, entry);
    const struct record *old = old_record(finding, entry);
    const char *part = changed_part(finding, old, entry->record);
    for (size_t i = 0; !part && i < entry->group->count; i++) {
        const struct entry *other = entry->group->entries[i];
        if (changed_part(finding, old_record(finding, other), other->record))
            part = "with its translation";
    }
    struct str text = part ? arena_printf(finding->arena, "%.*s changed %s", STR_ARG(name), part)
                           : arena_printf(finding->arena, "%.*s is shown in another way: %.*s",
                                          STR_ARG(name), STR_ARG(outer_cause(finding, entry)));
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
    case FACT_KIN:
        return reason("relations", entry->file->path,
                      arena_printf(finding->arena,
                                   entry->record->kind == KIND_MEMBER
                                       ? "what %.*s wrote or takes part in changed"
                                       : "other pages stand before, after or beside %.*s",
                                   STR_ARG(name)));
    case FACT_LINE:
    case FACT_CARD:
    case FACT_ENTRY_COUNT: break;
    }
    return about_card(finding, entry);
}

/* The first of the files whose paths begin so, or `general`. */
static struct why_reason about_files(const struct finding *finding, const char *kind,
                                     struct str first, struct str second, const char *general)
{
    struct str said = why_changes_say(&finding->changes, first, finding->arena);
    if (said.len == 0 && second.len > 0)
        said = why_changes_say(&finding->changes, second, finding->arena);
    return reason(kind, first, said.len > 0 ? said : str_from(general));
}

static struct why_reason about_site(const struct finding *finding, enum fact_site which)
{
    switch (which) {
    case FACT_SETTINGS:
        return about_files(finding, "settings", STR("content/site.yml"), STR("content/data/"),
                           "content/site.yml or a file in content/data changed");
    case FACT_WORDS:
        return about_files(finding, "words", STR("content/i18n/"), (struct str){0},
                           "a word in content/i18n changed");
    case FACT_ASSETS:
        return about_files(finding, "assets", STR("assets/"), (struct str){0},
                           "a file in assets/ changed");
    case FACT_ADDRESSES:
        return reason("addresses", STR(""),
                      STR("an address, or when a page changed, is another one"));
    case FACT_ALIASES:
        return reason("aliases", STR(""), STR("an old address came, went or leads elsewhere"));
    case FACT_NOW: return reason("now", STR(""), STR("it shows the moment of the build"));
    case FACT_MOMENT:
        return reason("moment", STR(""),
                      STR("the next moment at which the site changes by itself is another one"));
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

/* Says of a fact about many things what was done to change it, where that is one thing. */
static struct why_reason with_cause(const struct finding *finding, struct why_reason about)
{
    const struct incremental *incremental = finding->incremental;
    struct arena *arena = finding->arena;
    if (finding->changes.count == 1)
        about.text = arena_printf(arena, "%.*s (%.*s)", STR_ARG(about.text),
                                  STR_ARG(why_changes_say(&finding->changes, STR(""), arena)));
    else if (finding->changes.count == 0 &&
             incremental->options->now != incremental->old.summary.now)
        about.text = arena_printf(arena, "%.*s, as time went on", STR_ARG(about.text));
    return about;
}

/* It may be a file that it includes. */
static struct why_reason about_layout(const struct finding *finding, struct str name)
{
    struct arena *arena = finding->arena;
    struct str own = arena_printf(arena, "layouts/%.*s.html", STR_ARG(name));
    struct str said = why_changes_say(&finding->changes, own, arena);
    if (said.len == 0)
        said = why_changes_say(&finding->changes, STR("layouts/"), arena);
    if (said.len == 0)
        said = arena_printf(arena, "%.*s, or a file that it includes, changed", STR_ARG(own));
    return reason("layout", name, said);
}

static struct why_reason about_output(const struct finding *finding, const struct output *output,
                                      unsigned which)
{
    struct arena *arena = finding->arena;
    if (output->kind == OUTPUT_ASSET || output->kind == OUTPUT_ATTACHMENT ||
        output->kind == OUTPUT_VARIANT)
        return reason("file", output->path,
                      arena_printf(arena, "the file %.*s changed", STR_ARG(output->path)));
    if (output->kind == OUTPUT_SEARCH_FILE)
        return with_cause(finding, reason("search", output->path, SEARCHED));
    return with_cause(
        finding,
        reason("place", output->path,
               which == 0
                   ? arena_printf(arena, "%.*s is there now, or has another address",
                                  STR_ARG(output->path))
                   : arena_printf(arena, "what %.*s is made of changed", STR_ARG(output->path))));
}

static struct why_reason describe(const struct finding *finding, uint32_t number)
{
    struct fact_about about = facts_about(finding->incremental->facts, number);
    switch (about.group) {
    case FACT_OF_SITE:
        switch ((enum fact_site)about.which) {
        case FACT_SETTINGS:
        case FACT_WORDS:
        case FACT_ASSETS:
        case FACT_NOW: return about_site(finding, (enum fact_site)about.which);
        default: return with_cause(finding, about_site(finding, (enum fact_site)about.which));
        }
    case FACT_OF_EDITION: return with_cause(finding, about_edition((enum fact_edition)about.which));
    case FACT_OF_ENTRY:
        if (about.which == FACT_RELATIONS || about.which == FACT_KIN)
            return with_cause(finding, about_entry(finding, about.subject, FACT_RELATIONS));
        return about_entry(finding, about.subject, (enum fact_entry)about.which);
    case FACT_OF_LAYOUT: return about_layout(finding, about.name);
    case FACT_OF_SUBJECT: return with_cause(finding, about_subject(finding, &about));
    case FACT_OF_OUTPUT: break;
    }
    return about_output(finding, about.subject, about.which);
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

/* How much a reason tells: what somebody did goes before what follows from it. */
static unsigned rank_of(const struct why_reason *reason)
{
    static const char *const ranks[] = {"body",   "card",     "comments", "gone",   "file",
                                        "layout", "settings", "words",    "assets", "articles"};
    static const char *const last[] = {"aliases", "relations", "addresses",
                                       "moment",  "now",       "place"};
    for (unsigned i = 0; i < sizeof ranks / sizeof *ranks; i++) {
        if (strcmp(reason->kind, ranks[i]) == 0)
            return i;
    }
    for (unsigned i = 0; i < sizeof last / sizeof *last; i++) {
        if (strcmp(reason->kind, last[i]) == 0)
            return 100 + i;
    }
    return 50;
}

static void sort_reasons(struct reasons *reasons)
{
    for (size_t i = 1; i < reasons->count; i++) {
        struct why_reason moved = reasons->items[i];
        size_t at = i;
        for (; at > 0 && rank_of(&moved) < rank_of(&reasons->items[at - 1]); at--)
            reasons->items[at] = reasons->items[at - 1];
        reasons->items[at] = moved;
    }
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
        bool searched = incremental->plan->outputs[index].kind == OUTPUT_SEARCH_FILE;
        add(finding, searched ? with_cause(finding, reason("search", STR(""), SEARCHED))
                              : reason("new", STR(""), STR("it is new")));
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
    sort_reasons(&finding->reasons);
}

const struct why *why_find(const struct incremental *incremental, struct arena *arena)
{
    struct finding finding = {.incremental = incremental, .arena = arena};
    struct why *why = arena_zalloc(arena, 1, sizeof *why);
    why->nothing_known = !incremental->has_old;
    if (!incremental->made)
        return why;
    list_gone(&finding);
    if (incremental->has_old)
        finding.changes = why_changes_find(incremental, arena);
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
