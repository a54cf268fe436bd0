/* The lists of each language: what is published, in the order people will see it. */
#include "lang/collation.h"
#include "lang/slug.h"
#include "site/linker.h"

#include <stdlib.h>

static int newest_first(const void *left, const void *right)
{
    const struct entry *a = *(const struct entry *const *)left;
    const struct entry *b = *(const struct entry *const *)right;
    if (a->date.utc != b->date.utc)
        return a->date.utc > b->date.utc ? -1 : 1;
    return str_cmp(a->file->path, b->file->path);
}

/* By the occurrence that is shown: the next one, of those that are over the last one. */
static int64_t start_of(const struct entry *event)
{
    return event->shown ? event->shown->utc_start : event->date.utc;
}

static int soonest_first(const void *left, const void *right)
{
    const struct entry *a = *(const struct entry *const *)left;
    const struct entry *b = *(const struct entry *const *)right;
    if (start_of(a) != start_of(b))
        return start_of(a) < start_of(b) ? -1 : 1;
    return str_cmp(a->file->path, b->file->path);
}

static int by_sort_key(const void *left, const void *right)
{
    const struct entry *a = *(const struct entry *const *)left;
    const struct entry *b = *(const struct entry *const *)right;
    int order = str_cmp(a->group->sort_key, b->group->sort_key);
    return order ? order : str_cmp(a->file->path, b->file->path);
}

static int by_menu(const void *left, const void *right)
{
    const struct entry *a = *(const struct entry *const *)left;
    const struct entry *b = *(const struct entry *const *)right;
    int64_t order_a = a->record->page.menu.order;
    int64_t order_b = b->record->page.menu.order;
    if (order_a != order_b)
        return order_a < order_b ? -1 : 1;
    return str_cmp(a->slug, b->slug);
}

static int by_path(const void *left, const void *right)
{
    const struct entry *a = *(const struct entry *const *)left;
    const struct entry *b = *(const struct entry *const *)right;
    return str_cmp(a->slug, b->slug);
}

static void sort(struct entry_list *list, int (*order)(const void *, const void *))
{
    if (list->count > 1)
        qsort(list->items, list->count, sizeof *list->items, order);
}

static void add(struct linker *linker, struct entry_list *list, const struct entry *entry)
{
    *vec_push(linker->arena, list) = entry;
}

/* An article, event or page that nobody has translated is shown in the fallback language. */
static bool falls_back(const struct linker *linker, const struct edition *edition,
                       const struct entry *entry)
{
    struct str fallback = config_fallback(&linker->site->config, edition->lang);
    if (entry->edition == edition || !str_eq(entry->edition->lang, fallback))
        return false;
    for (size_t i = 0; i < entry->group->count; i++) {
        const struct entry *other = entry->group->entries[i];
        if (other->edition == edition && other->published)
            return false;
    }
    return true;
}

/* The edition shows a member in its own language, else as site_in_language() says. */
static bool stands_for_group(const struct linker *linker, const struct edition *edition,
                             const struct entry *entry)
{
    return site_in_language(linker->site, entry->group, edition->lang) == entry;
}

static void list_entries(struct linker *linker, struct edition *edition)
{
    for (size_t i = 0; i < linker->site->entry_count; i++) {
        struct entry *entry = &linker->site->entries[i];
        if (!entry->published)
            continue;
        if (entry->kind == KIND_MEMBER && stands_for_group(linker, edition, entry))
            add(linker, &edition->members, entry);
        if (entry->edition != edition && !falls_back(linker, edition, entry))
            continue;
        if (entry->kind == KIND_ARTICLE)
            add(linker, &edition->articles, entry);
        else if (entry->kind == KIND_EVENT)
            add(linker, &edition->events, entry);
        else if (entry->kind == KIND_PAGE)
            add(linker, &edition->pages, entry);
        if (entry->kind == KIND_PAGE && entry->record->page.menu.shown)
            add(linker, &edition->menu, entry);
    }
    sort(&edition->articles, newest_first);
    sort(&edition->events, soonest_first);
    sort(&edition->members, by_sort_key);
    sort(&edition->pages, by_path);
    sort(&edition->menu, by_menu);
}

/* Those before and after each in its own edition's list, which may be shown in a fallback. */
static void link_neighbours(const struct edition *edition)
{
    const struct entry_list *articles = &edition->articles;
    for (size_t i = 0; i < articles->count; i++) {
        struct entry *entry = (struct entry *)articles->items[i];
        if (entry->edition != edition)
            continue;
        entry->newer = i > 0 ? articles->items[i - 1] : NULL;
        entry->older = i + 1 < articles->count ? articles->items[i + 1] : NULL;
    }
}

/* Names with their sort keys, so that qsort needs no context. */
struct named {
    struct str key;
    const void *item;
};

static int by_name(const void *left, const void *right)
{
    return str_cmp(((const struct named *)left)->key, ((const struct named *)right)->key);
}

static void make_months(struct linker *linker, struct year *year)
{
    struct year_month *months = arena_zalloc(linker->arena, 12, sizeof *months);
    for (size_t i = 0; i < year->articles.count; i++) {
        const struct entry *entry = year->articles.items[i];
        int month = entry->date.shown.month;
        if (year->month_count == 0 || months[year->month_count - 1].month != month)
            months[year->month_count++] = (struct year_month){.year = year->year, .month = month};
        add(linker, &months[year->month_count - 1].articles, entry);
    }
    year->months = months;
}

static void make_years(struct linker *linker, struct edition *edition)
{
    struct year *years = arena_zalloc(linker->arena, edition->articles.count, sizeof *years);
    for (size_t i = 0; i < edition->articles.count; i++) {
        const struct entry *entry = edition->articles.items[i];
        int year = entry->date.shown.year;
        if (edition->year_count == 0 || years[edition->year_count - 1].year != year)
            years[edition->year_count++].year = year;
        add(linker, &years[edition->year_count - 1].articles, entry);
    }
    for (size_t i = 0; i < edition->year_count; i++)
        make_months(linker, &years[i]);
    edition->years = years;
}

static void make_holdings(struct linker *linker, struct edition *edition)
{
    const struct designation_list *all = &linker->site->designations;
    struct holding *holdings = arena_zalloc(linker->arena, all->count, sizeof *holdings);
    struct str pattern = linker->site->config.permalinks[PERMALINK_DESIGNATION];
    size_t at = str_find(pattern, STR(":slug"), 0);
    for (size_t i = 0; i < all->count; i++) {
        holdings[i].designation = all->items[i];
        holdings[i].words = all->items[i]->words[edition - linker->site->editions];
        holdings[i].url =
            arena_printf(linker->arena, "%.*s%.*s%.*s%.*s", STR_ARG(edition->prefix),
                         STR_ARG(str_sub(pattern, 0, at)), STR_ARG(all->items[i]->slug),
                         STR_ARG(str_after(pattern, at + 5)));
    }
    for (size_t i = 0; i < edition->members.count; i++) {
        const struct entry *member = edition->members.items[i];
        const struct grant_list *grants = &member->group->grants;
        for (size_t j = 0; j < grants->count; j++) {
            struct entry_list *holders = &holdings[grants->items[j].designation->order].holders;
            bool listed = holders->count > 0 && holders->items[holders->count - 1] == member;
            if (grants->items[j].live && !listed) /* two grants may overlap */
                add(linker, holders, member);
        }
    }
    edition->holdings = holdings;
    edition->holding_count = all->count;
}

static void make_teams(struct linker *linker, struct edition *edition)
{
    struct map teams;
    map_init(&teams, linker->arena);
    for (size_t i = 0; i < edition->members.count; i++) {
        const struct entry *member = edition->members.items[i];
        for (size_t j = 0; j < member->position_count; j++) {
            const struct team *common = member->positions[j].team;
            if (!common)
                continue;
            void **slot = map_slot(&teams, common->slug);
            struct team *team = *slot;
            if (!team) {
                team = *slot = arena_zalloc(linker->arena, 1, sizeof *team);
                *team = (struct team){.name = common->name,
                                      .slug = common->slug,
                                      .url = arena_printf(linker->arena, "%.*s/teams/%.*s/",
                                                          STR_ARG(edition->prefix),
                                                          STR_ARG(common->slug))};
            }
            if (team->members.count == 0 || team->members.items[team->members.count - 1] != member)
                add(linker, &team->members, member);
        }
    }
    struct named *named = arena_zalloc(linker->arena, teams.count, sizeof *named);
    const struct team **sorted = arena_zalloc(linker->arena, teams.count, sizeof *sorted);
    for (size_t i = 0; i < teams.count; i++) {
        const struct team *team = teams.entries[i].value;
        named[i] = (struct named){collation_key(linker->arena, team->name), team};
    }
    if (teams.count > 1)
        qsort(named, teams.count, sizeof *named, by_name);
    for (size_t i = 0; i < teams.count; i++)
        sorted[i] = named[i].item;
    edition->teams = sorted;
    edition->team_count = teams.count;
}

static void note_works(struct linker *linker, struct map *map, const struct person_list *people,
                       const struct entry *entry)
{
    for (size_t i = 0; i < people->count; i++) {
        const struct group *member = people->items[i].member;
        if (!member)
            continue;
        void **slot = map_slot(map, member->primary->file->path);
        if (!*slot)
            *slot = arena_zalloc(linker->arena, 1, sizeof(struct entry_list));
        struct entry_list *list = *slot;
        if (list->count == 0 || list->items[list->count - 1] != entry)
            add(linker, list, entry);
    }
}

static void make_works(struct linker *linker, struct edition *edition)
{
    map_init(&edition->written, linker->arena);
    map_init(&edition->spoken, linker->arena);
    for (size_t i = 0; i < edition->articles.count; i++)
        note_works(linker, &edition->written, &edition->articles.items[i]->authors,
                   edition->articles.items[i]);
    for (size_t i = 0; i < edition->events.count; i++)
        note_works(linker, &edition->spoken, &edition->events.items[i]->speakers,
                   edition->events.items[i]);
}

static void sort_member(struct linker *linker, const struct entry *entry)
{
    const struct config *config = &linker->site->config;
    struct group *group = entry->group;
    const struct collation_name options = {.by_family = config->directory_by_family,
                                           .particles = config->particles,
                                           .particle_count = config->particle_count};
    struct str name = entry->record->title.text;
    if (group->primary->record->member.sort_name.text.len > 0)
        group->sort_key =
            collation_key(linker->arena, group->primary->record->member.sort_name.text);
    else
        group->sort_key = collation_name_key(linker->arena, name, &options);
    group->letter = collation_letter(group->sort_key);
}

void editions_make(struct linker *linker)
{
    struct site *site = linker->site;
    for (size_t i = 0; i < site->entry_count; i++) {
        const struct entry *entry = &site->entries[i];
        if (entry->kind == KIND_MEMBER && entry->group->primary == entry)
            sort_member(linker, entry);
    }
    for (size_t i = 0; i < site->edition_count; i++) {
        struct edition *edition = (struct edition *)&site->editions[i];
        list_entries(linker, edition);
        link_neighbours(edition);
        tags_make(linker, edition);
        make_years(linker, edition);
        make_holdings(linker, edition);
        make_teams(linker, edition);
        make_works(linker, edition);
    }
}
