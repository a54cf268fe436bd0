#include "pages/relations.h"
#include "base/vec.h"
#include "pages/body.h"

static const struct entry_list none;

static bool is_author(const struct entry *article, const struct group *member)
{
    for (size_t i = 0; i < article->authors.count; i++) {
        if (article->authors.items[i].member == member)
            return true;
    }
    return false;
}

static struct entry_list *list_in(struct map *map, struct str key, struct arena *arena)
{
    void **slot = map_slot(map, key);
    if (!*slot)
        *slot = arena_zalloc(arena, 1, sizeof(struct entry_list));
    return *slot;
}

static void find_mentions(const struct plan *plan, const struct entry *article, struct arena *arena,
                          struct map *mentions)
{
    const struct markup *body = &article->record->body;
    for (size_t i = 0; i < body->link_count; i++) {
        struct markup_link link = markup_link_at(body, i);
        if (link.kind != MARKUP_LINK)
            continue;
        struct body_target target = body_look_up(plan, article, link.target);
        if (!target.output || target.output->kind != OUTPUT_ENTRY)
            continue;
        const struct entry *entry = target.output->subject;
        if (entry->kind != KIND_MEMBER || is_author(article, entry->group))
            continue;
        struct entry_list *list = list_in(mentions, entry->group->primary->file->path, arena);
        if (list->count == 0 || list->items[list->count - 1] != article)
            *vec_push(arena, list) = article;
    }
}

/* What other editions have and this one has in no language, each once: as the first of them has
 * it. `seen` has a mark for each group, by its primary entry's number. */
static struct entry_list foreign_of(const struct site *site, const struct edition *edition,
                                    const struct entry_list *(*list_of)(const struct edition *),
                                    struct arena *arena)
{
    struct entry_list foreign = {0};
    bool *seen = arena_zalloc(arena, site->entry_count, sizeof *seen);
    const struct entry_list *own = list_of(edition);
    for (size_t i = 0; i < own->count; i++)
        seen[own->items[i]->group->primary->number] = true;
    for (size_t i = 0; i < site->edition_count; i++) {
        const struct entry_list *list = list_of(&site->editions[i]);
        for (size_t j = 0; j < list->count; j++) {
            bool *mark = &seen[list->items[j]->group->primary->number];
            if (!*mark)
                *vec_push(arena, &foreign) = list->items[j];
            *mark = true;
        }
    }
    return foreign;
}

static const struct entry_list *articles_of(const struct edition *edition)
{
    return &edition->articles;
}

static const struct entry_list *events_of(const struct edition *edition)
{
    return &edition->events;
}

/* Adds an entry to what its people did, behind what they did in the edition's language. */
static void note_works(const struct person_list *people, const struct entry *entry,
                       const struct map *own, struct arena *arena, struct map *works)
{
    for (size_t i = 0; i < people->count; i++) {
        const struct group *member = people->items[i].member;
        if (!member)
            continue;
        struct str key = member->primary->file->path;
        const struct entry_list *first = map_get(own, key);
        struct entry_list *list = list_in(works, key, arena);
        for (size_t j = 0; list->count == 0 && first && j < first->count; j++)
            *vec_push(arena, list) = first->items[j];
        if (list->count == 0 || list->items[list->count - 1] != entry)
            *vec_push(arena, list) = entry;
    }
}

static void find_foreign(const struct plan *plan, const struct edition *edition,
                         struct arena *arena, struct relations *out)
{
    struct arena scratch = {0};
    struct entry_list articles = foreign_of(plan->site, edition, articles_of, &scratch);
    struct entry_list events = foreign_of(plan->site, edition, events_of, &scratch);
    for (size_t i = 0; i < articles.count; i++) {
        find_mentions(plan, articles.items[i], arena, &out->mentions);
        note_works(&articles.items[i]->authors, articles.items[i], &edition->written, arena,
                   &out->written);
    }
    for (size_t i = 0; i < events.count; i++)
        note_works(&events.items[i]->speakers, events.items[i], &edition->spoken, arena,
                   &out->spoken);
    arena_release(&scratch);
}

/* Puts a part where it belongs among those before it, which came in the order of their dates. */
static void add_part(struct entry_list *series, const struct entry *article, struct arena *arena)
{
    struct field_number part = article->record->article.series_part;
    *vec_push(arena, series) = article;
    size_t at = series->count - 1;
    for (; part.given && at > 0; at--) {
        struct field_number before = series->items[at - 1]->record->article.series_part;
        if (before.given && before.value <= part.value)
            break;
        series->items[at] = series->items[at - 1];
    }
    series->items[at] = article;
}

void relations_find(const struct plan *plan, const struct edition *edition,
                    const struct kin_known *known, struct arena *arena, struct relations *out)
{
    map_init(&out->mentions, arena);
    map_init(&out->written, arena);
    map_init(&out->spoken, arena);
    map_init(&out->series, arena);
    for (size_t i = 0; i < edition->articles.count; i++)
        find_mentions(plan, edition->articles.items[i], arena, &out->mentions);
    if (plan->site->edition_count > 1)
        find_foreign(plan, edition, arena, out);
    for (size_t i = edition->articles.count; i > 0; i--) {
        const struct entry *article = edition->articles.items[i - 1];
        struct str name = article->record->article.series.text;
        if (name.len > 0)
            add_part(list_in(&out->series, name, arena), article, arena);
    }
    if (!known || !kin_words_take(known, plan->site, edition, arena, &out->words))
        kin_words_find(plan->site, edition, arena, &out->words);
}

const struct entry_list *relations_written(const struct relations *relations,
                                           const struct edition *edition,
                                           const struct group *member)
{
    const struct entry_list *found = map_get(&relations->written, member->primary->file->path);
    return found ? found : site_written(edition, member);
}

const struct entry_list *relations_spoken(const struct relations *relations,
                                          const struct edition *edition, const struct group *member)
{
    const struct entry_list *found = map_get(&relations->spoken, member->primary->file->path);
    return found ? found : site_spoken(edition, member);
}

const struct entry_list *relations_mentions(const struct relations *relations,
                                            const struct group *member)
{
    const struct entry_list *found = map_get(&relations->mentions, member->primary->file->path);
    return found ? found : &none;
}

const struct entry_list *relations_series(const struct relations *relations,
                                          const struct entry *article)
{
    struct str name = article->record->article.series.text;
    const struct entry_list *found = name.len > 0 ? map_get(&relations->series, name) : NULL;
    return found ? found : &none;
}
