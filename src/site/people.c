/* Who is meant by an author, a speaker, an organiser: a member by slug or exact name, or a guest.
 */
#include "lang/slug.h"
#include "site/linker.h"

/* What DESIGN §1 calls "looks like a slug". */
static bool looks_like_slug(struct str text)
{
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        if (!(c >= 'a' && c <= 'z') && !str_is_digit(c) && c != '-')
            return false;
    }
    return text.len > 0;
}

static int explain_unknown(struct linker *linker, const struct entry *entry,
                           const struct field_text *given)
{
    diag_error(linker->diags, "unknown-member", entry_span(entry, given->place),
               "there is no member '%.*s' in content/members/", STR_ARG(given->text));
    struct str nearest = linker_suggest_slug(linker, KIND_MEMBER, given->text);
    if (nearest.len > 0)
        diag_hint(linker->diags, "did you mean '%.*s'?", STR_ARG(nearest));
    else
        diag_hint(linker->diags,
                  "for a guest, write the name as a name: Ada Guest, with a capital or a space");
    return -1;
}

static bool is_shown(const struct group *group)
{
    for (size_t i = 0; i < group->count; i++) {
        if (group->entries[i]->published)
            return true;
    }
    return false;
}

/* A member, but only by name as long as no bio of theirs is published. */
static struct person member_person(const struct group *group)
{
    return (struct person){group->primary->record->title.text, is_shown(group) ? group : NULL};
}

static int find_person(struct linker *linker, const struct entry *entry,
                       const struct field_text *given, struct person *out)
{
    const struct str *removed = map_get(&linker->removed, given->text);
    const struct entry *member;
    if (removed) {
        *out = (struct person){*removed, NULL};
        return removed->len > 0 ? 0 : 1;
    }
    if (looks_like_slug(given->text)) {
        member = linker_find_slug(linker, KIND_MEMBER, entry->edition->lang, given->text);
        if (!member)
            return explain_unknown(linker, entry, given);
        *out = member_person(member->group);
        return 0;
    }
    const struct group *named = map_get(&linker->member_names, given->text);
    *out = named ? member_person(named) : (struct person){given->text, NULL};
    return 0;
}

/* Appends those of `fields` to `list`; unknown ones are errors, removed ones without a name are
 * left out. */
static void add_people(struct linker *linker, const struct entry *entry, struct field_list fields,
                       struct person_list *list)
{
    if (fields.count == 0)
        return;
    struct person *all = arena_zalloc(linker->arena, list->count + fields.count, sizeof *all);
    size_t count = 0;
    for (; count < list->count; count++)
        all[count] = list->items[count];
    for (size_t i = 0; i < fields.count; i++) {
        if (find_person(linker, entry, &fields.items[i], &all[count]) == 0)
            count++;
    }
    *list = (struct person_list){all, count};
}

static const struct team *find_team(struct map *teams, struct str name, struct arena *arena)
{
    void **slot = map_slot(teams, name);
    if (!*slot) {
        struct team *team = arena_zalloc(arena, 1, sizeof *team);
        team->name = name;
        team->slug = slug_fold(arena, name);
        if (team->slug.len == 0)
            team->slug = slug_fallback(arena, name);
        *slot = team;
    }
    return *slot;
}

static void find_positions(struct linker *linker, struct entry *entry, struct map *teams)
{
    struct role_list roles = entry->record->member.roles;
    struct position *positions = arena_zalloc(linker->arena, roles.count, sizeof *positions);
    for (size_t i = 0; i < roles.count; i++) {
        struct str team = roles.items[i].team.text;
        positions[i].title = roles.items[i].title.text;
        if (team.len > 0)
            positions[i].team = find_team(teams, team, linker->arena);
    }
    entry->positions = positions;
    entry->position_count = roles.count;
}

static void note_member(struct linker *linker, struct entry *entry, struct map *accounts)
{
    struct str name = entry->record->title.text;
    if (name.len > 0 && !map_has(&linker->member_names, name))
        map_put(&linker->member_names, name, entry->group);
    const struct field_text *account = &entry->record->member.github;
    if (account->text.len == 0)
        return;
    struct buf folded = {0};
    for (size_t i = 0; i < account->text.len; i++)
        buf_addc(&folded, str_lower(account->text.ptr[i]));
    const struct entry *other =
        map_put(accounts, arena_str(linker->working, buf_str(&folded)), entry);
    buf_release(&folded);
    if (other && other->group != entry->group)
        diag_error(linker->diags, "duplicate-account", entry_span(entry, account->place),
                   "the account '%.*s' owns another bio already: %.*s", STR_ARG(account->text),
                   STR_ARG(other->file->path));
}

void people_find(struct linker *linker)
{
    struct site *site = linker->site;
    struct map accounts;
    struct map teams;
    map_init(&accounts, linker->working);
    map_init(&teams, linker->working);
    map_init(&linker->member_names, linker->working);
    for (size_t i = 0; i < site->entry_count; i++) {
        struct entry *entry = &site->entries[i];
        if (entry->kind != KIND_MEMBER)
            continue;
        note_member(linker, entry, &accounts);
        find_positions(linker, entry, &teams);
    }
    for (size_t i = 0; i < site->entry_count; i++) {
        struct entry *entry = &site->entries[i];
        const struct record *record = entry->record;
        if (entry->kind == KIND_ARTICLE) {
            add_people(linker, entry, record->article.author, &entry->authors);
            add_people(linker, entry, record->article.authors, &entry->authors);
            add_people(linker, entry, record->article.editor, &entry->editors);
            add_people(linker, entry, record->article.with, &entry->with);
        } else if (entry->kind == KIND_EVENT) {
            add_people(linker, entry, record->event.speakers, &entry->speakers);
            add_people(linker, entry, record->event.organiser, &entry->organisers);
        } else if (entry->kind == KIND_COMMENT) {
            add_people(linker, entry, record->comment.author, &entry->authors);
        }
    }
}
